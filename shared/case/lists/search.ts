import * as z from "zod";
import { cursorOf } from "../../cursor.ts";
import { type CaseClass, caseClass } from "../../deadline/policy.ts";
import { regionCode } from "../../text/id.ts";

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
  after: string | undefined;
  limit: number;
}

/**
 * The end of a page of cases: a date where the list is by due date, the time of submission or in the public feed perhaps only its
 * date, the tracking number.
 */
export const cursor = cursorOf((after) =>
  /^(\d{4}-\d\d-\d\d#)?\d{4}-\d\d-\d\d(T[\d:.]+Z)?#[0-9A-Z-]+$/.test(after),
);

/** What lists of cases may be filtered by. */
export const filters = {
  class: caseClass.optional(),
  category: z.string().max(250).optional(),
  region: regionCode.optional(),
};

/** Rows of a page, as typed into an address. */
export const pageSize = z
  .stringFormat("limit", /^\d{1,3}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(100));
