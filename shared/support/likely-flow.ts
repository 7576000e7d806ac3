import type { Case } from "../case/case.ts";
import {
  likenessInPublic,
  type PublicLikeness,
  publicReasonsOf,
  type PublicWords,
} from "../case/lists/public-likeness.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import type { Submission } from "../case/submission/submission.ts";
import { fileViewOf } from "../case/views/case-view.ts";
import { namesOf } from "../case/views/names-flow.ts";
import type { CaseView } from "../case/views/schemas.ts";
import { isHidden } from "../case/views/visibility.ts";
import { dayOf, localDay } from "../deadline/calendar/local-date.ts";
import type { TimeZone } from "../deadline/calendar/time-zone.ts";
import type { DirectoryStore } from "../directory/directory-store.ts";
import type { Language } from "../language.ts";
import { tellingWords } from "../text/stems.ts";
import { canBeSupported } from "./support.ts";

/** Reports of so many days are compared. */
const lookedBack = 30;
/** At most so many rows of each part of the public feed are looked at, and so many cases are read whole. */
const rowsOfPart = 250;
const readWhole = 20;
const shown = 5;
/** A case is read whole that has so many stems in common with the draft. */
const leastInCommon = 2;
/** So many characters of a text are shown. */
const excerptLength = 200;

/** A report that nobody has sent yet. */
export type Wording = Pick<Submission, "title" | "text" | "category" | "location">;

type Stores = { cases: Pick<CaseStore, "newestPublic" | "find" | "supportsOf">; directory: DirectoryStore };

/** A public case as everybody reads it, and what of it is compared. */
interface Read {
  found: Case;
  view: CaseView;
  words: PublicWords;
  days: number;
}

const dayMs = 24 * 60 * 60 * 1000;

const wordsOf = (
  title: string,
  text: string,
  { category, address }: { category: string | undefined; address: string | undefined },
): PublicWords => ({ words: tellingWords(`${title} ${address ?? ""}`, text), category });

/** Days from the date on which the public sees that a case was sent, where the agency is. */
function daysSince(submittedAt: string, at: Date, zone: TimeZone): number {
  const day = submittedAt.length === 10 ? dayOf(submittedAt) : localDay(Date.parse(submittedAt), zone);
  return Math.max(0, localDay(at.getTime(), zone) - day);
}

/** The beginning of a text, up to the end of a word. */
function excerptOf(text: string): string {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  if (characters.length <= excerptLength) return characters.join("");
  return `${characters
    .slice(0, excerptLength)
    .join("")
    .replace(/\s\S*$/, "")}…`;
}

/**
 * The words by which cases are chosen to be read whole. Of a case that its reporter reworded for the public they are those of the
 * public title: what it said before decides nothing.
 */
const wordsToChooseBy = ({ words = [], redaction, publicTitle = "" }: Case): readonly string[] =>
  redaction === undefined ? words : tellingWords(publicTitle, "");

const chosenFor = (draft: PublicWords, items: readonly Case[]): string[] => {
  const mine = new Set(draft.words);
  return items
    .map((found) => ({
      number: found.trackingNumber,
      common: wordsToChooseBy(found).filter((word) => mine.has(word)).length,
    }))
    .filter(({ common }) => common >= leastInCommon)
    .sort((a, b) => b.common - a.common)
    .slice(0, readWhole)
    .map(({ number }) => number);
};

/** Reads a case as the public does. Gives back nothing where it was hidden in the meantime. */
async function readInPublic(
  { cases, directory }: Stores,
  trackingNumber: string,
  { at, language }: { at: Date; language: Language },
): Promise<Read | undefined> {
  const file = await cases.find(trackingNumber);
  if (!file || isHidden(file.case)) return undefined;
  const names = await namesOf(directory, file);
  const view = fileViewOf(file, "public", names, language);
  const { title = "", text = "", category, location } = view;
  const words = wordsOf(title, text, { category: category?.id, address: location?.address });
  return { found: file.case, view, words, days: daysSince(view.submittedAt, at, names.timeZone) };
}

/** The likeliest first, and of equally likely ones the lower number. */
const likeliestFirst = (a: Read & { likeness: PublicLikeness }, b: Read & { likeness: PublicLikeness }) =>
  b.likeness.score - a.likeness.score || (a.found.trackingNumber < b.found.trackingNumber ? -1 : 1);

/**
 * Finds public cases that are likely about the same as a draft. Only what everybody may read is read and compared, so no secret
 * case changes the answer, nor how long it takes. `complete` is false where not all public cases of these days were compared.
 */
export async function likelyDuplicates(
  stores: Stores,
  { title, text, category, location }: Wording,
  when: { at: Date; language: Language },
) {
  const { cases } = stores;
  const draft = wordsOf(title, text, { category, address: location?.address });
  const page = await cases.newestPublic({
    since: new Date(when.at.getTime() - lookedBack * dayMs).toISOString().slice(0, 10),
    ...(location && { region: location.regionCode }),
    rowsOfPart,
  });
  const read = await Promise.all(
    chosenFor(draft, page.items).map((number) => readInPublic(stores, number, when)),
  );
  const likely = read
    .flatMap((one) => {
      const likeness = one && likenessInPublic(draft, one.words);
      return likeness ? [{ ...one, likeness }] : [];
    })
    .sort(likeliestFirst)
    .slice(0, shown);
  const items = await Promise.all(
    likely.map(async ({ found, view, days, likeness }) => ({
      trackingNumber: found.trackingNumber,
      title: view.title ?? "",
      excerpt: excerptOf(view.text ?? ""),
      days,
      status: view.status,
      statusText: view.statusText,
      agency: view.agency,
      place: view.location ?? null,
      supports: { count: await cases.supportsOf(found.trackingNumber) },
      canBeSupported: canBeSupported(found),
      reasons: publicReasonsOf(likeness, when.language, {
        title: `${title} ${location?.address ?? ""}`,
        text,
      }),
    })),
  );
  return { items, complete: page.after === undefined };
}
