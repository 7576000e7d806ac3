import type { Agency } from "./directory.ts";

/** An agency, or anything else with a name. */
type Named = Pick<Agency, "id" | "name"> & { type?: Agency["type"] };

const wordsOfName = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** Others stand below them: whoever looks for a city means its government before one of its units. */
const lowest: Partial<Record<Agency["type"], number>> = { department: 1, unit: 2 };

/**
 * The agencies that a text names: each of its words begins a word of the name or of the id. Those whose own name has the words come
 * first, then those that others stand below, then short names.
 */
export function namedLike<A extends Named>(agencies: readonly A[], typed: string): A[] {
  const wanted = wordsOfName(typed);
  if (wanted.length === 0) return [];
  const hasAll = (words: readonly string[]): boolean =>
    wanted.every((one) => words.some((word) => word.startsWith(one)));
  const found = agencies.filter(({ name, id }) => hasAll(wordsOfName(`${name} ${id}`)));
  const same = found.filter(({ name }) => wordsOfName(name).join(" ") === wanted.join(" "));
  if (same.length > 0) return same;
  const ranked = found.map((one) => ({
    one,
    byName: hasAll(wordsOfName(one.name)) ? 0 : 1,
    level: (one.type && lowest[one.type]) ?? 0,
  }));
  return ranked
    .toSorted((a, b) => a.byName - b.byName || a.level - b.level || a.one.name.length - b.one.name.length)
    .map(({ one }) => one);
}
