/** Which draft this tab is about. Another tab has another one, and a reload keeps it. */
export const current = (name: string) => ({
  read(): string | undefined {
    try {
      return sessionStorage.getItem(name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(id: string | undefined): void {
    try {
      if (id === undefined) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, id);
    } catch {
      // Then a reload does not know it any more; the list still does.
    }
  },
});

/** A random UUID of version 4; not by randomUUID, which phones of 2019 do not have. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
