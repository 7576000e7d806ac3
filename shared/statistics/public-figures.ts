import * as z from "zod";
import type { Case } from "../case/case.ts";
import type { Calendar } from "../deadline/calendar/calendar.ts";
import { localDate, localDay } from "../deadline/calendar/local-date.ts";
import type { TimeZone } from "../deadline/calendar/time-zone.ts";
import { workingDaysBetween } from "../deadline/calendar/working-days.ts";
import type { Text } from "../language.ts";

/** The public cases that figures are counted from. */
export interface PublicCases {
  cases: readonly Case[];
  /** When they were read. */
  asOf: string;
  /** False where there are older ones that were not read. */
  complete: boolean;
  /** The date of submission from which on all were read, where there are older ones. */
  since: string | null;
}

/** What each answer with figures says of how they were counted. */
const basisOfFigures = {
  asOf: z.iso.datetime(),
  complete: z.boolean().describe("False if older reports were not counted: there are at least so many"),
  since: z.iso
    .date()
    .nullable()
    .describe("The date of submission from which on all were counted, where not all were"),
};

const countedFrom = ({ asOf, complete, since }: PublicCases) => ({ asOf, complete, since });

/** How many public cases of one agency stand where. */
export const agencyNumbers = z.object({
  open: z.int().describe("Waiting for an officer or for details from the reporter"),
  answered: z.int().describe("Answered, and the reporter has not said yet whether it helped"),
  closedConfirmed: z.int().describe("Closed because the reporter confirmed that it is solved"),
  closedAutomatic: z.int().describe("Closed because the reporter did not reply in time"),
  ...basisOfFigures,
});

const isOpen = ({ status }: Case): boolean => status !== "answered" && status !== "closed";

/** Counts as the public feed filters: a report that names an agency is its own while another one verifies for it. */
export function numbersOf(found: PublicCases, agencyId: string): z.input<typeof agencyNumbers> {
  const own = found.cases.filter(
    ({ holder, status, agencyId: named }) =>
      holder === agencyId || (status === "submitted" && named === agencyId),
  );
  const count = (isCounted: (one: Case) => boolean): number => own.filter(isCounted).length;
  return {
    open: count(isOpen),
    answered: count(({ status }) => status === "answered"),
    closedConfirmed: count(({ status, closure }) => status === "closed" && closure === "confirmed"),
    closedAutomatic: count(({ status, closure }) => status === "closed" && closure === "automatic"),
    ...countedFrom(found),
  };
}

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
export const daysTaken = (
  { submittedAt }: Case,
  answered: string,
  { timeZone, calendar }: { timeZone: TimeZone; calendar: Calendar },
): number =>
  workingDaysBetween(
    localDay(Date.parse(submittedAt), timeZone),
    localDay(Date.parse(answered), timeZone),
    calendar,
  );

/** Reports are counted that were answered in so many days. */
const lookedBack = 90;
const dayMs = 24 * 60 * 60 * 1000;

const answeredSince = (found: PublicCases): Case[] => {
  const first = new Date(Date.parse(found.asOf) - lookedBack * dayMs).toISOString();
  return found.cases.filter((one) => (answeredAt(one) ?? "") >= first);
};

/** What became of answered reports. Each is one of these. */
const outcomes = {
  confirmed: ({ status, closure }: Case) => status === "closed" && closure === "confirmed",
  closedAutomatically: ({ status, closure }: Case) => status === "closed" && closure !== "confirmed",
  waiting: ({ status }: Case) => status === "answered",
  backAtWork: (one: Case) => isOpen(one),
};
type Outcome = keyof typeof outcomes;

const ofAnswered: Text = {
  id: `dari semua laporan publik yang terakhir dijawab dalam ${lookedBack} hari sampai waktu hitung`,
  en: `of all public reports whose last answer was given in the ${lookedBack} days before they were counted`,
};
const definitions: Record<Outcome, Text> = {
  confirmed: {
    id: `Laporan yang dinyatakan selesai oleh pelapornya, ${ofAnswered.id}. Yang selesai otomatis tidak termasuk.`,
    en: `Reports that their reporters confirmed as solved, ${ofAnswered.en}. Those that closed by themselves are not among them.`,
  },
  closedAutomatically: {
    id: `Laporan yang selesai otomatis karena pelapor tidak menanggapi jawaban, ${ofAnswered.id}. Belum tentu masalahnya selesai.`,
    en: `Reports that closed by themselves because the reporter did not reply, ${ofAnswered.en}. That does not say that they are solved.`,
  },
  waiting: {
    id: `Laporan yang masih menunggu tanggapan pelapor, ${ofAnswered.id}.`,
    en: `Reports that still wait for the reporter's reply, ${ofAnswered.en}.`,
  },
  backAtWork: {
    id: `Laporan yang dikerjakan lagi karena pelapor tidak puas, ${ofAnswered.id}.`,
    en: `Reports that are being worked on again because the reporter was not satisfied, ${ofAnswered.en}.`,
  },
};

export const figure = z
  .object({
    value: z.number().nullable().describe("The share, from 0 to 1. Null where the denominator is 0."),
    numerator: z.int(),
    denominator: z.int(),
    ...basisOfFigures,
    definition: z.object({ id: z.string(), en: z.string() }),
  })
  .meta({ id: "Figure" });

/** How many of the reports that were answered lately are solved as their reporters say, and what became of the others. */
export function answeredFigures(found: PublicCases): Record<Outcome, z.input<typeof figure>> {
  const answered = answeredSince(found);
  const figureOf = (outcome: Outcome) => {
    const numerator = answered.filter(outcomes[outcome]).length;
    const denominator = answered.length;
    return {
      value: denominator === 0 ? null : Math.round((1000 * numerator) / denominator) / 1000,
      numerator,
      denominator,
      ...countedFrom(found),
      definition: definitions[outcome],
    };
  };
  return {
    confirmed: figureOf("confirmed"),
    closedAutomatically: figureOf("closedAutomatically"),
    waiting: figureOf("waiting"),
    backAtWork: figureOf("backAtWork"),
  };
}

/** The cases that were answered last. Of one date (WIB) they come by number: the time of an answer is not always public. */
export function answeredLast({ cases }: PublicCases, limit: number): { found: Case; answered: string }[] {
  return cases
    .filter((one) => !isOpen(one))
    .flatMap((found) => {
      const answered = answeredAt(found);
      if (answered === undefined) return [];
      const order = `${localDate(new Date(answered), "Asia/Jakarta")}#${found.trackingNumber}`;
      return [{ found, answered, order }];
    })
    .sort((a, b) => (a.order > b.order ? -1 : 1))
    .slice(0, limit)
    .map(({ found, answered }) => ({ found, answered }));
}
