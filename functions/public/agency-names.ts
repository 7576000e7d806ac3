import type * as z from "zod";
import type { Endpoint } from "../../shared/http/endpoint.ts";
import type { Visit } from "../../shared/http/page/visit.ts";
import { agenciesListed } from "./list-directory.ts";

export type ListedAgency = z.output<typeof agenciesListed>["items"][number];

/** So many pages of 500 are read at most. */
const mostPages = 10;

/** All agencies, by id. */
export async function allAgencies(visit: Visit, agencies: Endpoint): Promise<ListedAgency[]> {
  const all: ListedAgency[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const read = await visit.ask(agencies, { query: { limit: "500", cursor } }, agenciesListed);
    all.push(...read.items);
    if (read.cursor === null) break;
    cursor = read.cursor;
  }
  return all;
}

const wordsOfName = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** The agencies that a text names: each of its words begins a word of the name. The shortest names come first. */
export function namedLike(agencies: readonly ListedAgency[], typed: string): ListedAgency[] {
  const wanted = wordsOfName(typed);
  if (wanted.length === 0) return [];
  const found = agencies.filter(({ name, id }) => {
    const words = wordsOfName(`${name} ${id}`);
    return wanted.every((one) => words.some((word) => word.startsWith(one)));
  });
  const same = found.filter(({ name }) => wordsOfName(name).join(" ") === wanted.join(" "));
  return same.length > 0 ? same : found.toSorted((a, b) => a.name.length - b.name.length);
}
