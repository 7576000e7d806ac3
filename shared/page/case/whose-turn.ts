import type * as z from "zod";
import { type CaseStatus, statusText as plainStatus } from "../../case/case.ts";
import { clockThatCounts } from "../../case/clocks/timing.ts";
import { localDateInWords } from "../../deadline/calendar/time-zone.ts";
import type { clockView } from "../../deadline/clock-view.ts";
import type { ClockName } from "../../deadline/policy.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html } from "../html.ts";
import { type Tone, turn } from "../parts/turn.ts";
import { type EndedSeen, endingOf } from "./ending.ts";
import { daySeen, zoneSeen } from "./moments.ts";

type ClockSeen = Pick<
  z.output<typeof clockView>,
  "clock" | "state" | "dueDate" | "dueAt" | "daysLeft" | "workingDays" | "endedAt"
>;

/** What of a view says whose turn it is. */
export interface CaseSeen extends EndedSeen {
  agency: { name: string } | null;
  clocks?: readonly ClockSeen[] | undefined;
  referredAt?: string | undefined;
}

const reportersTurn: readonly CaseStatus[] = ["awaiting-reporter", "answered"];

const whatIsDue: Partial<Record<ClockName, Text>> = {
  verification: { id: "Laporan harus diverifikasi", en: "The report has to be verified" },
  response: { id: "Instansi harus memberi tanggapan awal", en: "The agency has to give a first response" },
  completion: { id: "Laporan harus diselesaikan", en: "The report has to be completed" },
  reply: { id: "Nilai atau bantah jawaban ini", en: "Rate or dispute this answer" },
  "completing-file": { id: "Lengkapi laporan ini", en: "Complete this report" },
  "objection-decision": { id: "Keberatan harus diputuskan", en: "The objection has to be decided" },
};

/** The same to everybody else: what the reporter can do is no order to who reads it. */
const whatReporterDoes: Partial<Record<ClockName, Text>> = {
  reply: {
    id: "Pelapor dapat menilai atau membantah jawaban ini",
    en: "The reporter can rate or dispute this answer",
  },
  "completing-file": {
    id: "Pelapor harus melengkapi laporan ini",
    en: "The reporter has to complete this report",
  },
};

const afterwards: Partial<Record<ClockName, Text>> = {
  verification: { id: "Bila lewat, atasannya diberi tahu.", en: "After that, the level above is told." },
  response: {
    id: "Bila lewat, kepala instansi diberi tahu.",
    en: "After that, the head of the agency is told.",
  },
  completion: {
    id: "Bila lewat, kepala instansi diberi tahu.",
    en: "After that, the head of the agency is told.",
  },
  reply: { id: "Sesudah itu laporan selesai otomatis.", en: "After that, the report closes automatically." },
  "completing-file": {
    id: "Sesudah itu laporan dianggap dicabut.",
    en: "After that, the report counts as withdrawn.",
  },
};

/** The same once it has passed. */
const passed: Partial<Record<ClockName, Text>> = {
  verification: { id: "Atasannya diberi tahu.", en: "The level above is told." },
  response: { id: "Kepala instansi diberi tahu.", en: "The head of the agency is told." },
  completion: { id: "Kepala instansi diberi tahu.", en: "The head of the agency is told." },
};

/** The time that is left, or how late it is: "3 hari kerja lagi", "hari ini", "terlambat 2 hari kerja" */
export function left(
  { daysLeft, workingDays }: Pick<ClockSeen, "daysLeft" | "workingDays">,
  language: Language,
): string {
  if (daysLeft === null) return "";
  const unit = workingDays === null ? { id: "hari", en: "day" } : { id: "hari kerja", en: "working day" };
  const count = Math.abs(daysLeft);
  const inEnglish = `${count} ${unit.en}${count === 1 ? "" : "s"}`;
  if (daysLeft === 0) return { id: "hari ini", en: "today" }[language];
  if (daysLeft > 0) return { id: `${count} ${unit.id} lagi`, en: `${inEnglish} left` }[language];
  return { id: `terlambat ${count} ${unit.id}`, en: `${inEnglish} late` }[language];
}

export const toneOf = (days: number | null): Tone =>
  days === null || days > 1 ? "calm" : days >= 0 ? "due" : "late";

const words = {
  yours: { id: "Giliran Anda", en: "Your turn" },
  reporters: { id: "Giliran pelapor", en: "Now with the reporter" },
  national: { id: "Giliran admin nasional", en: "Now with the national administrators" },
  paused: { id: "Hitungan hari sedang berhenti.", en: "The count of days is paused." },
  by: { id: "paling lambat", en: "by" },
  referred: {
    id: "Ombudsman juga menerima laporan ini, sejak",
    en: "The Ombudsman has this report too, since",
  },
  standsAt: { id: "Statusnya", en: "Its status is" },
} as const satisfies Record<string, Text>;

/** The Ombudsman may have the case beside its agency. */
const besides = ({ referredAt, ...view }: CaseSeen, language: Language): Hole =>
  referredAt !== undefined &&
  html`<br>${words.referred[language]} ${daySeen(referredAt, zoneSeen(view), language)}.`;

/** What the status alone does not say: who of an agency has to act, or that somebody has to decide first. */
const precisely = ({ status, statusText }: CaseSeen, language: Language): Hole =>
  statusText !== plainStatus[status][language] && html` ${words.standsAt[language]}: ${statusText}.`;

function whose({ status, agency }: CaseSeen, language: Language, reading: "reporter" | "public"): string {
  if (reportersTurn.includes(status))
    return (reading === "reporter" ? words.yours : words.reporters)[language];
  if (!agency) return words.national[language];
  return { id: `Giliran ${agency.name}`, en: `Now with ${agency.name}` }[language];
}

/** Says whose turn it is and until when, before anything else. `reading`: whether the reporter reads it, or everybody. `caseAt`: where officers find the case that it follows. */
export function whoseTurn(
  view: CaseSeen,
  language: Language,
  reading: "reporter" | "public",
  caseAt?: (trackingNumber: string) => string,
): Html {
  const { status, statusText, clocks } = view;
  const counts = clockThatCounts(status, clocks ?? [], ({ clock }) => clock);
  const more = besides(view, language);
  if (!counts && ["closed", "archived", "withdrawn"].includes(status))
    return turn("calm", statusText, html`${endingOf(view, language, reading, caseAt)}${more}`);
  if (!counts) return turn("calm", whose(view, language, reading), html`${statusText}.${more}`);
  const told = reading === "public" ? { ...whatIsDue, ...whatReporterDoes } : whatIsDue;
  const what = told[counts.clock]?.[language] ?? statusText;
  const exactly = precisely(view, language);
  if (counts.dueDate === null)
    return turn(
      "calm",
      whose(view, language, reading),
      html`${what}. ${words.paused[language]}${exactly}${more}`,
    );
  const isLate = counts.daysLeft !== null && counts.daysLeft < 0;
  return turn(
    toneOf(counts.daysLeft),
    whose(view, language, reading),
    html`${what} ${words.by[language]} <b>${localDateInWords(counts.dueDate, language)}</b>, ${left(counts, language)}. ${(isLate ? passed : afterwards)[counts.clock]?.[language]}${exactly}${more}`,
  );
}
