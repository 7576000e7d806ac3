interface Policy {
  createScriptURL(address: string): string;
}
interface Policies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy;
}

/**
 * An address that a worker may be loaded from. Browsers with Trusted Types take no other; the page's policy has to allow the name.
 * It gives out one fixed address of this site.
 */
export function workerAddress(policy: "offline-worker" | "proof-worker", path: string): string {
  const { origin, href } = new URL(path, location.href);
  if (origin !== location.origin) throw new Error("A worker comes from this site");
  const { trustedTypes } = window as unknown as { trustedTypes?: Policies };
  return trustedTypes
    ? trustedTypes.createPolicy(policy, { createScriptURL: () => href }).createScriptURL("")
    : href;
}
