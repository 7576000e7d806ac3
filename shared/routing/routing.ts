import * as z from "zod";
import { caseStatus } from "../case/case.ts";
import type { ReturnNote } from "../case/moves/handing/returns.ts";
import { agency } from "../directory/directory.ts";

/** So many agencies at most are suggested to an officer, and so many similar cases are shown. */
export const most = { agencies: 8, similar: 20 } as const;

/** An agency that is suggested has answered at least so many of the similar cases. */
const tellingCases = 2;

const named = z.object({ id: z.string(), name: z.string() });
const moment = z.union([z.iso.datetime(), z.iso.date()]);

/** How an agency comes to be suggested. */
export const fitsBy = z.enum(["named", "similar", "category", "place"]);

const suggestedAgency = z.object({
  agency: z.object(agency.shape).pick({ id: true, name: true, type: true }),
  fits: fitsBy,
  /** Why, one sentence each. */
  reasons: z.array(z.string()).min(1),
  /** Whether the officer who asks can hand the case to it. If not, the case goes there by way of the level above. */
  withinReach: z.boolean(),
  /** Whether it has returned this very case already. */
  returnedThis: z.boolean(),
});

const similarCase = z.object({
  trackingNumber: z.string(),
  /** Absent where the reader may not know it. */
  title: z.string().optional(),
  submittedAt: moment,
  status: caseStatus,
  statusText: z.string(),
  /** The agency that has the case now, or had it last. */
  agency: named.nullable(),
  answeredBy: named.optional(),
  /** How often it was returned. Of another agency's case it is not told. */
  returns: z.int().optional(),
  /** Whether the officer who asks may read the whole case. Otherwise it is shown as everybody may see it. */
  open: z.boolean(),
  reasons: z.array(z.string()),
});

const returnsOfAgency = z.object({
  from: named,
  /** To whom it returned cases, and how often. */
  to: z.array(named.extend({ cases: z.int().positive() })),
  cases: z.int().positive(),
  /** How many of these were of the same main category. */
  ofCategory: z.int().nonnegative(),
});

/** What helps an officer to choose the agency of a case. It decides nothing. */
export const routing = z
  .object({
    /** The likeliest first. Agencies that returned this case come last. */
    agencies: z.array(suggestedAgency).max(most.agencies),
    /** The last similar cases that were verified, and where they ended. */
    similar: z.object({
      items: z.array(similarCase).max(most.similar),
      /** How many of these each agency answered, or has now; the most first. */
      ended: z.array(named.extend({ cases: z.int().positive() })),
      /** False if not all reports about the kabupaten or kota were compared. */
      complete: z.boolean(),
    }),
    /** What the agencies that may be chosen have returned as not theirs to handle, within a year. */
    returns: z.array(returnsOfAgency),
    /** Since when returns are counted. */
    returnsSince: z.iso.date(),
  })
  .meta({ id: "Routing" });
export type Routing = z.output<typeof routing>;

const mainOf = (category: string | undefined): string | undefined => category?.split("/", 1)[0];

/** How often an agency returned cases, to whom, and how often in this matter. Nothing where it returned none. */
export function returnsCounted(notes: readonly ReturnNote[], category: string | undefined) {
  const to = new Map<string, number>();
  for (const note of notes) to.set(note.to, (to.get(note.to) ?? 0) + 1);
  return {
    cases: notes.length,
    ofCategory: notes.filter(
      (note) => mainOf(category) !== undefined && mainOf(note.category) === mainOf(category),
    ).length,
    to: [...to]
      .map(([id, cases]) => ({ id, cases }))
      .sort((a, b) => b.cases - a.cases || (a.id < b.id ? -1 : 1)),
  };
}

/** Counts where similar cases ended: with the agency that answered, or else with the one that has the case. */
export function endedWith(
  cases: readonly { agency: z.infer<typeof named> | null; answeredBy?: z.infer<typeof named> | undefined }[],
) {
  const counts = new Map<string, z.infer<typeof named> & { cases: number }>();
  for (const { agency, answeredBy } of cases) {
    const end = answeredBy ?? agency;
    if (!end) continue;
    counts.set(end.id, { ...end, cases: (counts.get(end.id)?.cases ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.cases - a.cases || (a.id < b.id ? -1 : 1));
}

/** The agencies that so many of the similar cases ended with that it tells something. */
export const tellingEnds = <T extends { cases: number }>(ended: readonly T[]): T[] =>
  ended.filter(({ cases }) => cases >= tellingCases).slice(0, 3);

/** Gathers what was suggested for several reasons: each agency once, in the order in which it first came. */
export function suggestedOnce<
  A extends { id: string; closedAt?: string | undefined },
  F extends z.infer<typeof fitsBy>,
>(suggested: readonly { agency: A; fits: F; reason: string }[], returnedThis: ReadonlySet<string>) {
  const found = new Map<string, { agency: A; fits: F; reasons: string[]; returnedThis: boolean }>();
  for (const { agency, fits, reason } of suggested) {
    if (agency.closedAt) continue;
    const known = found.get(agency.id);
    if (known) {
      if (!known.reasons.includes(reason)) known.reasons.push(reason);
    } else
      found.set(agency.id, {
        agency,
        fits,
        reasons: [reason],
        returnedThis: returnedThis.has(agency.id),
      });
  }
  return [...found.values()]
    .sort((a, b) => Number(a.returnedThis) - Number(b.returnedThis))
    .slice(0, most.agencies);
}
