import * as z from "zod";
import type { Language, Text } from "../language.ts";
import { dayOf } from "./calendar/local-date.ts";
import { type Cause, type Clock, clockState, countOf, dateMove, daysLeft, stateOf } from "./clock.ts";
import { type Deadline, dueOn, explain, explanation } from "./deadline.ts";
import type { Office } from "./office.ts";
import { type ClockName, clockNames } from "./policy.ts";

const names: Record<ClockName, Text> = {
  verification: { id: "Verifikasi", en: "Verification" },
  response: { id: "Tanggapan awal", en: "First response" },
  completion: { id: "Penyelesaian", en: "Completion" },
  reply: { id: "Tanggapan pelapor", en: "Reporter's reply" },
  "completing-file": { id: "Pelengkapan berkas oleh pelapor", en: "Completing the file" },
  "objection-decision": { id: "Keputusan atas keberatan", en: "Decision on the objection" },
};

const causes: Record<Cause, Text> = {
  paused: { id: "dihentikan sementara: menunggu pelapor", en: "paused: waiting for the reporter" },
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
    startedAt: z.iso.datetime(),
    workingDays: z.int().nullable(),
    calendarDays: z.int().nullable(),
    /** Null while the clock is paused. */
    dueDate: z.iso.date().nullable(),
    dueAt: z.iso.datetime({ offset: true }).nullable(),
    /** Null once the clock has ended. */
    daysLeft: z.int().nullable(),
    endedAt: z.iso.datetime().optional(),
    legalBasis: z.string(),
    extendedBy: z.int().optional(),
    pauses: z.array(z.object({ from: z.iso.datetime(), to: z.iso.datetime().nullable() })),
    moves: z.array(z.object({ ...dateMove.shape, text: z.string() })),
    explanation: explanation.nullable(),
  })
  .meta({ id: "Clock" });

/** The count of a clock, with the date that holds in its place where the reporter was told that one. */
function countToExplain(one: Clock, office: Office): Deadline {
  const deadline = countOf(one, office);
  const due = one.due === undefined ? deadline.day : dayOf(one.due);
  return due > deadline.day && one.endedAt === undefined ? { ...deadline, told: due } : deadline;
}

/** Shows a clock as everybody may see it, with the explanation of its date. */
export function viewOfClock(
  one: Clock,
  at: Date,
  office: Office,
  language: Language,
): z.input<typeof clockView> {
  const days = one.limit.days + (one.extendedBy ?? 0);
  const due = one.due === undefined ? undefined : dueOn(dayOf(one.due), office.timeZone);
  return {
    clock: one.name,
    name: names[one.name][language],
    state: stateOf(one, at, office),
    startedAt: one.startedAt,
    workingDays: one.limit.unit === "working-days" ? days : null,
    calendarDays: one.limit.unit === "calendar-days" ? days : null,
    dueDate: due?.dueDate ?? null,
    dueAt: due?.dueAt ?? null,
    daysLeft: one.endedAt === undefined ? daysLeft(one, at, office) : null,
    ...(one.endedAt && { endedAt: one.endedAt }),
    legalBasis: one.limit.legalBasis,
    ...(one.extendedBy && { extendedBy: one.extendedBy }),
    pauses: one.pauses.map((pause) => ({ from: pause.from, to: pause.to ?? null })),
    moves: one.moves.map((move) => ({ ...move, text: causes[move.cause][language] })),
    explanation: due
      ? explain(countToExplain(one, office), one.limit, { version: one.policyVersion }, language)
      : null,
  };
}
