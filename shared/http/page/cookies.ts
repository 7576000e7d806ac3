/** Says what a browser shall keep: only for this host, by https, out of reach of scripts, and not sent along from other sites. */
export const keepCookie = (name: `__Host-${string}`, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;

export const dropCookie = (name: `__Host-${string}`): string => keepCookie(name, "", 0);

/** Cookies by name. Of a name that comes twice the first is read, as browsers send the closest one first. */
export function cookiesOf(sent: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  for (const pair of sent.flatMap((one) => one.split(";"))) {
    const [name = "", ...value] = pair.split("=");
    if (!found.has(name.trim())) found.set(name.trim(), value.join("=").trim());
  }
  return found;
}
