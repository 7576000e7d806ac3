import * as z from "zod";
import type { Language, Text } from "../language.ts";
import type { CalendarVersion } from "./calendar/calendar.ts";
import { calendarOfEdition } from "./calendar/edition.ts";
import { type Day, dayOf } from "./calendar/local-date.ts";
import {
  type Cause,
  type Clock,
  clockState,
  countOf,
  dateMove,
  daysLeft,
  isToldToReporter,
  stateOf,
  zoneOf,
} from "./clock.ts";
import { type Deadline, dueOn, explain, explanation } from "./deadline.ts";
import type { Office } from "./office.ts";
import { basisIn, type ClockName, clockNames, type PolicyVersion } from "./policy.ts";

/** What each clock is called. */
export const clockText: Record<ClockName, Text> = {
  verification: { id: "Verifikasi", en: "Verification" },
  response: { id: "Tanggapan awal", en: "First response" },
  completion: { id: "Penyelesaian", en: "Completion" },
  reply: { id: "Tanggapan pelapor", en: "Reporter's reply" },
  "completing-file": { id: "Pelengkapan berkas oleh pelapor", en: "Completing the file" },
  "objection-decision": { id: "Keputusan atas keberatan", en: "Decision on the objection" },
};

const causes: Record<Cause, Text> = {
  paused: { id: "dihentikan sementara", en: "paused" },
  resumed: { id: "berjalan lagi", en: "running again" },
  extended: { id: "diperpanjang dengan alasan tertulis", en: "extended with a written reason" },
  "new-agency": { id: "instansi lain", en: "another agency" },
  "new-calendar": { id: "hari libur berubah dengan keputusan", en: "holidays changed by decree" },
  "new-policy": { id: "ketentuan batas waktu berubah", en: "limits changed" },
};

export const clockView = z
  .object({
    clock: z.enum(clockNames),
    name: z.string(),
    state: clockState,
    workingDays: z.int().nullable(),
    /** Null while the clock is paused. */
    dueDate: z.iso.date().nullable(),
    /** Null once the clock has ended. */
    daysLeft: z.int().nullable(),
    startedAt: z.iso.datetime(),
    calendarDays: z.int().nullable(),
    dueAt: z.iso.datetime({ offset: true }).nullable(),
    endedAt: z.iso.datetime().optional(),
    legalBasis: z.string(),
    extendedBy: z.int().optional(),
    pauses: z.array(z.object({ from: z.iso.datetime(), to: z.iso.datetime().nullable() })),
    moves: z.array(z.object({ ...dateMove.shape, text: z.string() })),
    /** Null while the clock is paused. */
    explanation: explanation.nullable(),
  })
  .meta({ id: "Clock" });

/** Where a clock is looked at from, with all versions of the calendar and of the limits. */
export interface ClockReading extends Office {
  calendars: readonly CalendarVersion[];
  policies: readonly PolicyVersion[];
}

/** The legal basis of a clock in a language. A clock holds it in Indonesian, and the policy that it began under in both. */
export function basisOf(
  { name, limit, policyVersion }: Clock,
  { policies }: Pick<ClockReading, "policies">,
  language: Language,
): string {
  const { limits } = policies.find(({ version }) => version === policyVersion) ?? { limits: [] };
  const found = limits.find(
    ({ clock, legalBasis }) => clock === name && basisIn(legalBasis, "id") === limit.legalBasis,
  );
  return found ? basisIn(found.legalBasis, language) : limit.legalBasis;
}

/** The office that the due date of a clock was counted for, or the present one where the clock does not name it. */
function officeThen(
  { countedBy }: Clock,
  { calendars, timeZone, calendar: now }: ClockReading,
): Office | undefined {
  if (!countedBy) return { timeZone, calendar: now };
  const calendar = calendarOfEdition(calendars, countedBy);
  return calendar && { timeZone: countedBy.timeZone, calendar };
}

/**
 * The count that explains the due date of a clock. An open clock is explained by the calendar of today, as long as that
 * leads to its date. Undefined where no count does: nothing is explained that contradicts the date.
 */
function countToExplain(one: Clock, due: Day, reading: ClockReading): Deadline | undefined {
  const { calendar } = reading;
  const now = { timeZone: zoneOf(one, reading), calendar };
  const offices = [one.endedAt === undefined ? now : undefined, officeThen(one, reading)];
  for (const office of offices) {
    const deadline = office && countOf(one, office);
    if (deadline?.day === due) return deadline;
    if (deadline && due > deadline.day && isToldToReporter(one)) return { ...deadline, told: due };
  }
  return undefined;
}

/** What a clock says in a line. */
export const clockLine = clockView.pick({
  clock: true,
  name: true,
  state: true,
  workingDays: true,
  dueDate: true,
  daysLeft: true,
});

const timeZoneOf = ({ countedBy }: Clock, { timeZone }: Office) => countedBy?.timeZone ?? timeZone;
const daysOf = ({ limit, extendedBy }: Clock): number => limit.days + (extendedBy ?? 0);

/** Shows a clock in a line. */
export const lineOfClock = (
  one: Clock,
  at: Date,
  reading: Office,
  language: Language,
): z.input<typeof clockLine> => ({
  clock: one.name,
  name: clockText[one.name][language],
  state: stateOf(one, at, reading),
  workingDays: one.limit.unit === "working-days" ? daysOf(one) : null,
  dueDate: one.due === undefined ? null : dueOn(dayOf(one.due), timeZoneOf(one, reading)).dueDate,
  daysLeft: one.endedAt === undefined ? daysLeft(one, at, reading) : null,
});

/** Shows a clock as everybody may see it, with the explanation of its date. */
export function viewOfClock(
  one: Clock,
  at: Date,
  reading: ClockReading,
  language: Language,
): z.input<typeof clockView> {
  const due = one.due === undefined ? undefined : dueOn(dayOf(one.due), timeZoneOf(one, reading));
  const counted = one.due === undefined ? undefined : countToExplain(one, dayOf(one.due), reading);
  return {
    ...lineOfClock(one, at, reading, language),
    startedAt: one.startedAt,
    calendarDays: one.limit.unit === "calendar-days" ? daysOf(one) : null,
    dueAt: due?.dueAt ?? null,
    ...(one.endedAt && { endedAt: one.endedAt }),
    legalBasis: basisOf(one, reading, language),
    ...(one.extendedBy && { extendedBy: one.extendedBy }),
    pauses: one.pauses.map((pause) => ({ from: pause.from, to: pause.to ?? null })),
    moves: one.moves.map((move) => ({ ...move, text: causes[move.cause][language] })),
    explanation: counted ? explain(counted, one.limit, { version: one.policyVersion }, language) : null,
  };
}
