/** What this tab remembers. Another tab does not know it; a reload does. It is written at once, also while the page goes away. */
export const tabMemory = (name: string) => ({
  read(): string | undefined {
    try {
      return sessionStorage.getItem(name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(value: string | undefined): void {
    try {
      if (value === undefined) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, value);
    } catch {
      // Then a reload does not know it any more; the phone's own store still does.
    }
  },
});

/** What was written in the moment before the page went away. A database on the phone is too slow for that moment. */
export const lastWords = (name: string) => {
  const memory = tabMemory(name);
  return {
    keep: (id: string, values: Record<string, string[]>) => memory.write(JSON.stringify({ id, values })),
    /** The values of this draft, once. */
    take(id: string): Record<string, string[]> | undefined {
      const words = memory.read();
      memory.write(undefined);
      if (words === undefined) return undefined;
      const last = JSON.parse(words) as { id: string; values: Record<string, string[]> };
      return last.id === id ? last.values : undefined;
    },
  };
};

/** A random UUID of version 4; not by randomUUID, which phones of 2019 do not have. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
