import * as z from "zod";
import { dayOf } from "../../deadline/calendar/local-date.ts";
import { type FieldRefusal, Refusal, refuseFields } from "../../refusal.ts";
import { officerId } from "../../text/id.ts";
import type { Agency, Officer } from "../directory.ts";
import { type Change, changed, type EntryEvent, type Recorded } from "../entry-history.ts";
import { actorOf, wrong } from "./powers.ts";

/** The body of a `PUT`: who stands in for an officer, from which local date of their agency up to and including which. */
export const absence = z.strictObject({ deputyId: officerId, from: z.iso.date(), until: z.iso.date() });
export type Absence = z.output<typeof absence>;

/** Long leave and maternity leave take three months. Whoever is away for longer names a deputy again. */
const longestDays = 92;

/** The absence that is recorded with an officer, also one that is over. */
export const absenceOf = ({ deputyId, absentFrom, absentUntil }: Officer): Absence | undefined =>
  deputyId !== undefined && absentFrom !== undefined && absentUntil !== undefined
    ? { deputyId, from: absentFrom, until: absentUntil }
    : undefined;

/** The absence of an officer, unless it was over before a local date. It ends by itself. */
export function absenceFrom(officer: Officer, today: string): Absence | undefined {
  const found = absenceOf(officer);
  return found && found.until >= today ? found : undefined;
}

/** Whether an officer is away on a local date. */
export function isAway(officer: Officer, today: string): boolean {
  const found = absenceFrom(officer, today);
  return found !== undefined && found.from <= today;
}

/** A deputy works for the same agency, or for the one right above it. */
export const isNear = (deputy: Officer, { id, parent }: Agency): boolean =>
  deputy.agencyId === id || deputy.agencyId === parent;

/** Whether one of two officers stood in for the other at some time since a date. They are no two people then. */
export const standsInForOther = (a: Officer, b: Officer, since: string): boolean =>
  absenceFrom(a, since)?.deputyId === b.id || absenceFrom(b, since)?.deputyId === a.id;

const refuseDates = (
  { from, until }: Absence,
  recorded: Absence | undefined,
  today: string,
): FieldRefusal[] => {
  if (until < from)
    return [
      wrong("until", {
        id: "Tanggal selesai mendahului tanggal mulai. Perbaiki salah satunya.",
        en: "It ends before it begins. Correct one of the two dates.",
      }),
    ];
  const found: FieldRefusal[] = [];
  // Whoever makes an absence longer sends its first day again.
  if (from < today && from !== recorded?.from)
    found.push(
      wrong("from", {
        id: "Tanggal ini sudah lewat. Mulai hari ini atau sesudahnya.",
        en: "This date is past. Begin today or later.",
      }),
    );
  if (until < today)
    found.push(
      wrong("until", {
        id: "Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya.",
        en: "This date is past. Choose today or a later date.",
      }),
    );
  if (dayOf(until) - dayOf(from) >= longestDays)
    found.push(
      wrong("until", {
        id: `Paling lama ${longestDays} hari. Bila lebih lama, tunjuk lagi wakil sesudahnya.`,
        en: `At most ${longestDays} days. If it takes longer, name a deputy again afterwards.`,
      }),
    );
  return found;
};

/** What naming a deputy is decided on. */
export interface AbsenceContext {
  who: Officer;
  at: Date;
  /** The agency that the absent officer works for, and the local date there. */
  agency: Agency;
  today: string;
  deputy: Officer | undefined;
  /** Whether the deputy's role may make the moves of the absent officer's role. */
  mayMakeMoves: boolean;
  /** Whether the deputy may decide for that time what their own role may not. */
  gains: boolean;
}

const refuseDeputy = (
  { id }: Officer,
  { from, until }: Absence,
  { who, agency, today, deputy, mayMakeMoves, gains }: AbsenceContext,
): FieldRefusal[] => {
  const no = (idText: string, en: string) => [wrong("deputyId", { id: idText, en })];
  if (deputy?.id === id)
    return no(
      "Wakil harus orang lain. Pilih petugas lain.",
      "A deputy is somebody else. Choose another officer.",
    );
  if (!deputy || deputy.dismissedAt || !isNear(deputy, agency))
    return no(
      "Tidak ada petugas aktif dengan id ini di instansi yang sama atau tepat di atasnya. Pilih petugas lain.",
      "There is no active officer with this id at the same agency or right above it. Choose another officer.",
    );
  if (!mayMakeMoves)
    return no(
      "Peran petugas ini tidak dapat mengerjakan semua tugas itu. Pilih petugas dengan peran yang sama atau lebih luas.",
      "The role of this officer does not cover that work. Choose an officer with the same role or a wider one.",
    );
  if (gains && deputy.id === who.id)
    return no(
      "Anda tidak dapat menunjuk diri sendiri sebagai wakil kepala. Pilih petugas lain, atau minta kepala atau admin di tingkat atas.",
      "You cannot make yourself the deputy of a head. Choose another officer, or ask the head or an administrator above.",
    );
  const own = absenceFrom(deputy, today);
  if (own && own.from <= until && from <= own.until)
    return no(
      "Petugas ini sendiri tidak di tempat pada sebagian waktu itu. Pilih petugas lain atau waktu lain.",
      "This officer is away for a part of that time. Choose another officer or another time.",
    );
  return [];
};

/** Names a deputy for a time. Returns undefined if it is so already. */
export function beAbsent(
  before: Recorded<"officer">,
  wanted: Absence,
  context: AbsenceContext,
): Change<"officer"> | undefined {
  const { entry } = before;
  const { who, at, today } = context;
  const fields = [...refuseDates(wanted, absenceOf(entry), today), ...refuseDeputy(entry, wanted, context)];
  if (fields.length > 0) throw refuseFields(fields);
  const { deputyId, from: absentFrom, until: absentUntil } = wanted;
  const after = { ...entry, deputyId, absentFrom, absentUntil };
  return changed("officer", before, after, { type: "changed", by: actorOf(who), at });
}

const dayMs = 24 * 60 * 60 * 1000;
/** So often a deputy is named for an officer within a day. Each time somebody is mailed. */
const namingsADay = 10;
const ofAbsence = ["deputyId", "absentFrom", "absentUntil"];

/** Refuses to name a deputy where that was done very often within a day. Ending an absence is never held up. */
export function refuseNamingOften(events: readonly EntryEvent[], at: Date): void {
  const named = events.filter(({ changes }) =>
    changes.some(({ field, to }) => ofAbsence.includes(field) && typeof to === "string"),
  );
  const eldest = named.at(-namingsADay);
  const waits = eldest ? Date.parse(eldest.at) + dayMs - at.getTime() : 0;
  if (waits <= 0) return;
  throw new Refusal(
    "too-many-requests",
    {
      id: "Wakil petugas ini sudah terlalu sering diganti dalam sehari, dan setiap kali ada yang menerima email. Perubahan ini belum tersimpan; coba lagi sesudah waktu pada Retry-After (dalam detik).",
      en: "The deputy of this officer was changed too often within a day, and each time somebody gets an email. This has not been stored; try again after the time in Retry-After (in seconds).",
    },
    { headers: { "retry-after": String(Math.ceil(waits / 1000)) } },
  );
}

/** Ends an absence, or takes back one that has not begun. Returns undefined if there is none. */
export function beBack(before: Recorded<"officer">, who: Officer, at: Date): Change<"officer"> | undefined {
  const { deputyId: _, absentFrom: _f, absentUntil: _u, ...after } = before.entry;
  return changed("officer", before, after, { type: "changed", by: actorOf(who), at });
}

/** The part of an officer's entry that tells of their absence. A change of the rest keeps it. */
export const absenceKept = (officer: Officer | undefined): Partial<Officer> => {
  const found = officer && !officer.dismissedAt && absenceOf(officer);
  return found ? { deputyId: found.deputyId, absentFrom: found.from, absentUntil: found.until } : {};
};

/** Refuses an officer to whom nothing comes that a deputy could take over. */
export const nothingToHandOver = (): Refusal =>
  new Refusal("forbidden", {
    id: "Peran ini tidak menangani laporan, jadi tidak memerlukan wakil.",
    en: "This role does not work on cases, so it needs no deputy.",
  });
