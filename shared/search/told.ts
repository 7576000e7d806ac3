import type { Case, CaseFile } from "../case/case.ts";
import { fileViewOf } from "../case/views/case-view.ts";
import { marker } from "../case/views/masking/masking.ts";
import type { Names } from "../case/views/names.ts";
import { withheldMark } from "../case/views/reading/withheld.ts";
import type { CaseClass } from "../deadline/policy.ts";
import { regionInPublic } from "../directory/regions/place.ts";
import type { Wanted } from "./wanted.ts";
import { wordsIn } from "./words.ts";

/** The words of a case that the public may read: of its title, and of its text with the address. */
export interface ToldWords {
  title: readonly string[];
  body: readonly string[];
}

/** What a search is narrowed to. */
export interface Narrowing {
  agency?: string | undefined;
  status?: string | undefined;
  class?: CaseClass | undefined;
  category?: string | undefined;
  region?: string | undefined;
}

/** Nobody looks for the names in a view here. */
const noNames: Names = {
  timeZone: "Asia/Jakarta",
  agencies: {},
  officers: {},
  regionPath: [],
  category: undefined,
};

/** What stands in place of words that are not shown is no word of the case. */
const markers = [...Object.values(marker), withheldMark].map(({ id }) => id);
const withoutMarkers = (text: string): string =>
  markers.reduce((rest, one) => rest.replaceAll(one, " "), text);

/** The words that the public may read of a case as it is now; undefined where it may read none. */
export function toldWords(file: CaseFile): ToldWords | undefined {
  const { title, text = "", location } = fileViewOf(file, "public", noNames, "id");
  return title === undefined
    ? undefined
    : {
        title: wordsIn(withoutMarkers(title)),
        body: wordsIn(withoutMarkers(`${text} ${location?.address ?? ""}`)),
      };
}

const holds = (words: readonly string[], phrase: readonly string[]): boolean =>
  words.some((_, at) => phrase.every((word, index) => words[at + index] === word));

/** Whether a case holds everything that somebody looks for. */
export const answers = ({ title, body }: ToldWords, { words, phrases }: Wanted): boolean =>
  words.every((word) => title.includes(word) || body.includes(word)) &&
  phrases.every((phrase) => holds(title, phrase) || holds(body, phrase));

/**
 * Whether a case is one of those that a search is narrowed to. A main category stands for its subcategories too, a province for its
 * kabupaten and kota. A report that names an agency is also its own while another one verifies for it.
 */
export const isWithin = (
  found: Case,
  { agency, status, class: kind, category, region }: Narrowing,
): boolean =>
  (agency === undefined ||
    found.holder === agency ||
    (found.status === "submitted" && found.agencyId === agency)) &&
  (status === undefined || found.status === status) &&
  (kind === undefined || found.class === kind) &&
  (category === undefined || `${found.category ?? ""}/`.startsWith(`${category}/`)) &&
  (region === undefined || (regionInPublic(found) ?? "").startsWith(region));
