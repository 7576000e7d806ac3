/** Says what a browser shall keep: only for this host, by https, out of reach of scripts, and not sent along from other sites. */
export const keepCookie = (name: `__Host-${string}`, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;

export const dropCookie = (name: `__Host-${string}`): string => keepCookie(name, "", 0);

/** All cookies by name. Of a name that comes twice the first is read, as browsers send the closest one first. */
export function sentCookies(sent: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  for (const pair of sent.flatMap((one) => one.split(";"))) {
    const [name = "", ...value] = pair.split("=");
    if (!found.has(name.trim())) found.set(name.trim(), value.join("=").trim());
  }
  return found;
}

/** A script writes it when somebody leaves quickly. Without a line no answer takes back the cookies that it cannot reach. */
const leftQuickly = "__Host-pergi";
/** What says who sat here: open cases, a draft, and the name of the device. */
const ofVisitor = ["__Host-saya", "__Host-draf", "__Host-perangkat"] as const;

/** What a browser shall forget whose visitor left quickly before, apart from what this answer has it keep. */
export const forgottenLate = (
  sent: readonly string[] | undefined,
  kept: readonly string[] = [],
): readonly string[] =>
  sentCookies(sent).has(leftQuickly)
    ? [leftQuickly, ...ofVisitor.filter((name) => !kept.some((one) => one.startsWith(`${name}=`)))].map(
        (name) => dropCookie(name as `__Host-${string}`),
      )
    : [];

/** Cookies by name. Those of whoever left quickly open nothing. */
export function cookiesOf(sent?: readonly string[]): ReadonlyMap<string, string> {
  const found = sentCookies(sent);
  if (found.has(leftQuickly)) for (const name of ofVisitor) found.delete(name);
  return found;
}
