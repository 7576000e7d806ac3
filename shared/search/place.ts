import { isPosition } from "../case/lists/search.ts";

/** The end of a page of what was found. */
export interface SearchPlace {
  /** The index that the search began with. It goes on with the same one. Without an index only the newest reports are searched. */
  index: string | undefined;
  /** The last report of the page, among those newer than the index; or else how many hits of the index were looked at. */
  at: string | number;
}

/** The name of an index: the second at which it was built, and a part of its own. */
const nameOfIndex = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

export const newIndexName = (at: Date, random: string): string =>
  `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z-${random.replace(/[^0-9a-f]/g, "").slice(0, 8)}`;

/** Reads the end of a page; undefined where it is no page of a search. */
export function searchPlace(given: string): SearchPlace | undefined {
  const [name = "", at = "", ...more] = given.split("!");
  const index = name === "" ? undefined : name;
  if (more.length > 0 || (index !== undefined && !nameOfIndex.test(index))) return undefined;
  if (/^\d{1,7}$/.test(at)) return { index, at: Number(at) };
  return isPosition(at) ? { index, at } : undefined;
}

/** Writes the end of a page. */
export const searchEnd = ({ index = "", at }: SearchPlace): string => `${index}!${at}`;
