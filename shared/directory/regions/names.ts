import type { Region } from "../directory.ts";

/** Words of a name that many regions share, or that say only what kind of region it is. Nobody finds one by them alone. */
const kindWords = new Set([
  "provinsi",
  "kabupaten",
  "kota",
  "kecamatan",
  "kelurahan",
  "desa",
  "kab",
  "kec",
  "kel",
]);

/** So many letters at least find a region. */
const fewestLetters = 3;
/** One search gives at most so many regions. */
export const mostFound = 20;

/** The words of a name as they are compared: small letters and digits without marks. */
const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’`]/g, "")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words that a region is found by, each once. */
export const findableWords = ({ name }: Pick<Region, "name">): string[] => [
  ...new Set(wordsOf(name).filter((word) => word.length >= fewestLetters)),
];

/** Whoever writes one of these words before a name means a region of this type. */
const typeMeant: Readonly<Record<string, Region["type"]>> = {
  kecamatan: "district",
  kec: "district",
  kelurahan: "village",
  kel: "village",
  desa: "village",
};

/** What somebody searches. */
export interface NameSearch {
  /** Words of names. Each of them has to fit. */
  words: readonly string[];
  /** Those of them that are long enough to read the list by. */
  readBy: readonly string[];
  /** The first word says which type is meant. */
  type?: Region["type"] | undefined;
}

/** A search is read by so many words. */
const readByMost = 4;

/** Reads what somebody typed into a search field. Undefined where it has no word that finds anything. */
export function nameSearch(typed: string): NameSearch | undefined {
  const all = wordsOf(typed);
  const words = [...new Set(all.filter((word) => !kindWords.has(word)))];
  const readBy = words.filter((word) => word.length >= fewestLetters).slice(0, readByMost);
  return readBy.length > 0 ? { words, readBy, type: typeMeant[all[0] ?? ""] } : undefined;
}

/** Whether each searched word begins a word of the region's name or of those above it, and one of them a word of its own. */
export function isFoundBy({ words }: NameSearch, path: readonly Pick<Region, "name">[]): boolean {
  const own = wordsOf(path[0]?.name ?? "");
  const all = path.flatMap(({ name }) => wordsOf(name));
  return (
    words.some((word) => own.some((one) => one.startsWith(word))) &&
    words.every((word) => all.some((one) => one.startsWith(word)))
  );
}

const sizes: readonly Region["type"][] = ["province", "regency", "city", "district", "village"];
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By name, and regions of one name by code. */
export const byName = (a: Region, b: Region): number => compare(a.name, b.name) || compare(a.code, b.code);

/**
 * The best first: a name that is what was searched, then one that begins with it; of these the type that is meant, then the larger
 * region, then by name.
 */
export const bestFirst = (typed: NameSearch) => (a: Region, b: Region) => {
  const searched = typed.words.join(" ");
  const fit = ({ name }: Region): number => {
    const own = wordsOf(name)
      .filter((word) => !kindWords.has(word))
      .join(" ");
    return own === searched ? 0 : own.startsWith(searched) ? 1 : 2;
  };
  const isMeant = ({ type }: Region): number => (type === typed.type ? 0 : 1);
  return (
    fit(a) - fit(b) ||
    isMeant(a) - isMeant(b) ||
    sizes.indexOf(a.type) - sizes.indexOf(b.type) ||
    byName(a, b)
  );
};
