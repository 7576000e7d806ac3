import * as z from "zod";
import { cursorOf } from "../../cursor.ts";
import { type CaseClass, caseClass } from "../../deadline/policy.ts";
import { agencyId, regionCode } from "../../text/id.ts";
import { line, lookedUp } from "../../text/writing.ts";

/** A span of local dates, both ends included. */
export interface Window {
  from?: string;
  to?: string;
}

/** What a page of cases is asked for by. `after` is the end of the page before. */
export interface Search {
  class?: CaseClass;
  category?: string;
  region?: string;
  /** Of a queue: only what is due in this window. */
  window?: Window;
  /** Of a queue: only what something has happened to since this instant. */
  movedSince?: string;
  /** Of the public feed: only what stands at this position or after it. */
  since?: string;
  after: string | undefined;
  limit: number;
}

/**
 * Whether a text can be the end of a page of cases: a date where the list is by due date, the time of submission or in the public feed
 * perhaps only its date, the tracking number.
 */
export const isPosition = (after: string): boolean =>
  /^(\d{4}-\d\d-\d\d#)?\d{4}-\d\d-\d\d(T[\d:.]+Z)?#[0-9A-Z-]+$/.test(after);

/** The end of a page of a queue in a tree of agencies, which is read part by part. */
export interface QueuePlace {
  /** The last agency of the part before. The first part has none before it. */
  part: string | undefined;
  /** The end of the page before in this part. At its beginning there is none. */
  after: string | undefined;
}

const behindPart = "!";

/** Takes the cursor of a queue apart. */
export function queuePlace(given: string | undefined): QueuePlace {
  const [first = "", second] = (given ?? "").split(behindPart);
  const [part, after] = second === undefined ? [undefined, first] : [first, second];
  return { part, after: after === "" ? undefined : after };
}

/** Writes the place behind a page of a queue: in the same part, or at the beginning of the next one. It is undefined at the end. */
export function queueEnd({ part, after }: QueuePlace, nextPart: string | undefined): string | undefined {
  if (after !== undefined) return part === undefined ? after : `${part}${behindPart}${after}`;
  return nextPart === undefined ? undefined : `${nextPart}${behindPart}`;
}

export const queueCursor = cursorOf((given) => {
  const { part, after } = queuePlace(given);
  const isPart = part === undefined ? after !== undefined : agencyId.safeParse(part).success;
  return isPart && (after === undefined || isPosition(after));
});

/** What lists of cases may be filtered by. */
export const filters = {
  class: caseClass.optional(),
  category: lookedUp(250).optional(),
  region: regionCode.optional(),
};

/** What somebody looks for, as they type it. */
export const typedSearch = line(200).describe(
  "Words that a case has to hold, all of them; words in quotes as a phrase; or a tracking number",
);

/** Rows of a page, as typed into an address. */
export const pageSize = z
  .stringFormat("limit", /^\d{1,3}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(100));
