import * as z from "zod";
import { localDay } from "../../deadline/calendar/local-date.ts";
import { workingDaysBetween } from "../../deadline/calendar/working-days.ts";
import { clockLine, lineOfClock } from "../../deadline/clock-view.ts";
import type { Office } from "../../deadline/office.ts";
import type { ClockName } from "../../deadline/policy.ts";
import type { Language } from "../../language.ts";
import type { Case, CaseStatus } from "../case.ts";

const latest = (moments: readonly (string | undefined)[]): string | undefined =>
  moments
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);

/**
 * When the last answer was given; undefined where there was none. An answer ends the completion. A correction of it begins a new
 * window to reply, and is no new answer.
 */
export function answeredAt({ status, clocks }: Pick<Case, "status" | "clocks">): string | undefined {
  const replies = clocks.filter(({ name }) => name === "reply");
  if (replies.length === 0) return undefined;
  const completed =
    status === "answered" || status === "closed"
      ? latest(clocks.filter(({ name }) => name === "completion").map(({ endedAt }) => endedAt))
      : undefined;
  return completed ?? latest(replies.map(({ startedAt }) => startedAt));
}

/** Working days from the day of submission, which is day 0, to the day of the answer, where the agency is. */
export const daysTaken = ({ submittedAt }: Case, answered: string, { timeZone, calendar }: Office): number =>
  workingDaysBetween(
    localDay(Date.parse(submittedAt), timeZone),
    localDay(Date.parse(answered), timeZone),
    calendar,
  );

/** The clock that counts for whoever has to act, in each status. */
const deciding: Record<CaseStatus, readonly ClockName[]> = {
  submitted: ["verification"],
  "awaiting-reporter": ["completing-file"],
  assigned: ["response", "completion"],
  "in-progress": ["completion"],
  answered: ["reply"],
  closed: [],
  archived: ["objection-decision"],
  withdrawn: ["objection-decision"],
};

/** The clock of a case that matters now. `nameOf`: a stored clock and a shown one are named differently. */
export const clockThatCounts = <C extends { endedAt?: string | undefined }>(
  status: CaseStatus,
  clocks: readonly C[],
  nameOf: (clock: C) => ClockName,
): C | undefined =>
  deciding[status]
    .map((name) => clocks.find((clock) => nameOf(clock) === name && clock.endedAt === undefined))
    .find(Boolean);

/** How a case stands in time, in as few facts as a list has room for. */
export const timing = z
  .object({
    answeredAfter: z
      .int()
      .nullable()
      .describe(
        "Working days at the agency that answered, from the day of submission, which is day 0, to the last answer. Null while none holds",
      ),
    waitsFor: clockLine
      .nullable()
      .describe("The clock that counts now, as the case itself shows it. Null where none runs"),
  })
  .meta({ id: "Timing" });
export type Timing = z.input<typeof timing>;

/**
 * How a public case stands in time: counted where its agency is, as its own page counts it. `answered` reads the calendar of the
 * agency that answered.
 */
export function timingOf(
  found: Case,
  at: Date,
  { present, answered }: { present: Office; answered: Office },
  language: Language,
): Timing {
  const hasAnswer = found.status === "answered" || found.status === "closed";
  const moment = hasAnswer ? answeredAt(found) : undefined;
  const counts = clockThatCounts(found.status, found.clocks, ({ name }) => name);
  return {
    answeredAfter: moment === undefined ? null : daysTaken(found, moment, answered),
    waitsFor: counts ? lineOfClock(counts, at, present, language) : null,
  };
}
