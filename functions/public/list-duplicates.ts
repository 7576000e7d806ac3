import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type Case, caseStatus } from "../../shared/case/case.ts";
import {
  likenessInPublic,
  type PublicWords,
  publicReasonsOf,
} from "../../shared/case/lists/public-likeness.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { submission } from "../../shared/case/submission/submission.ts";
import { fileViewOf } from "../../shared/case/views/case-view.ts";
import { namesOf } from "../../shared/case/views/names-flow.ts";
import { isHidden } from "../../shared/case/views/visibility.ts";
import { dayOf, localDay } from "../../shared/deadline/calendar/local-date.ts";
import type { TimeZone } from "../../shared/deadline/calendar/time-zone.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import { canBeSupported } from "../../shared/support/support.ts";
import type { Door } from "../../shared/traffic/door-flow.ts";
import { proofOfWork } from "../../shared/traffic/load.ts";
import { tellingWords } from "../../shared/text/stems.ts";

/** Reports of so many days are compared. */
const lookedBack = 30;
/** At most so many rows of each part of the public feed are looked at, and so many cases are read whole. */
const rowsOfPart = 250;
const readWhole = 20;
const shown = 5;
/** So many characters of a text are shown. */
const excerptLength = 200;

const { title, text, category, location } = submission.shape;

const duplicate = z.object({
  trackingNumber: z.string(),
  title: z.string(),
  excerpt: z.string().describe("The beginning of the text as the public reads it"),
  days: z.int().describe("How many days ago it was sent"),
  status: caseStatus,
  statusText: z.string(),
  agency: z.object({ id: z.string(), name: z.string() }).nullable(),
  place: z
    .object({ regionCode: z.string(), regionName: z.string(), address: z.string().optional() })
    .nullable()
    .describe("As the public reads it. Distances are not told: they would measure where people are."),
  supports: z.object({ count: z.int() }),
  canBeSupported: z.boolean(),
  reasons: z.array(z.string()),
});

/** A public case whole, and what of it is compared. */
interface Compared {
  found: Case;
  view: ReturnType<typeof fileViewOf>;
  words: PublicWords;
  days: number;
}

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

const excerptOf = (text: string): string => {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  if (characters.length <= excerptLength) return characters.join("");
  return `${characters
    .slice(0, excerptLength)
    .join("")
    .replace(/\s+\S*$/, "")}…`;
};

/** What the public reads of a case, and compares. Nothing where the case was hidden in the meantime. */
async function comparedOf(
  { cases, directory }: { cases: CaseStore; directory: DirectoryStore },
  trackingNumber: string,
  at: Date,
  language: Language,
): Promise<Compared[]> {
  const file = await cases.find(trackingNumber);
  if (!file || isHidden(file.case)) return [];
  const names = await namesOf(directory, file);
  const view = fileViewOf(file, "public", names, language);
  const { title = "", text = "", category, location } = view;
  const words = wordsOf(title, text, { category: category?.id, address: location?.address });
  return [{ found: file.case, view, words, days: daysSince(view.submittedAt, at, names.timeZone) }];
}

/**
 * The words by which cases are chosen to be read whole. Of a case that its reporter reworded for the public they are those of the
 * public title: what it said before decides nothing.
 */
const wordsToChooseBy = ({ words = [], redaction, publicTitle = "" }: Case): readonly string[] =>
  redaction === undefined ? words : tellingWords(publicTitle, "");

/**
 * `POST /v1/cases/duplicates`: likely duplicates of a report that somebody is about to send. It is a POST, so that no word of it is
 * in an address. Nothing is stored. Only what everybody may read is read and compared, so no case that is secret changes the
 * answer, nor how long it takes.
 */
export const listDuplicates = (
  stores: { cases: CaseStore; directory: DirectoryStore; door: Door },
  now = () => new Date(),
) =>
  endpoint(
    {
      summary: { id: "Cari laporan serupa sebelum mengirim", en: "Find likely duplicates before sending" },
      input: {
        header: z.object({ "proof-of-work": proofOfWork }),
        body: z.strictObject({ title, text, category, location }),
      },
      output: {
        200: z.object({
          items: z.array(duplicate).max(shown),
          complete: z
            .boolean()
            .describe(`False if not all public reports of the last ${lookedBack} days were compared`),
        }),
      },
    },
    async ({ body }, { language, network, proof }) => {
      const { cases, door } = stores;
      const at = now();
      await door.admitLight(["search", network], { proof, by: randomUUID(), at });
      const draft = wordsOf(body.title, body.text, {
        category: body.category,
        address: body.location?.address,
      });
      const region = body.location?.regionCode;
      const page = await cases.newestPublic({
        since: new Date(at.getTime() - lookedBack * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
        ...(region && { region }),
        rowsOfPart,
      });
      const mine = new Set(draft.words);
      const chosen = page.items
        .map((found) => ({ found, common: wordsToChooseBy(found).filter((word) => mine.has(word)).length }))
        .filter(({ common }) => common >= 2)
        .sort((a, b) => b.common - a.common)
        .slice(0, readWhole);
      const read = await Promise.all(
        chosen.map(({ found }) => comparedOf(stores, found.trackingNumber, at, language)),
      );
      const likely = read
        .flat()
        .flatMap((one) => {
          const likeness = likenessInPublic(draft, one.words);
          return likeness ? [{ ...one, likeness }] : [];
        })
        .sort(
          (a, b) =>
            b.likeness.score - a.likeness.score || (a.found.trackingNumber < b.found.trackingNumber ? -1 : 1),
        )
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
          reasons: publicReasonsOf(likeness, language),
        })),
      );
      return ok({ items, complete: page.after === undefined });
    },
  );
