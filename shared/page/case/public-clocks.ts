import type * as z from "zod";
import type { publicClockView } from "../../case/views/schemas.ts";
import { localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html } from "../html.ts";
import { days } from "../parts/days.ts";
import { chip, type Tone } from "../parts/turn.ts";
import { dayInWordsOf, whenInWords } from "./public-moment.ts";

export type PublicClock = z.output<typeof publicClockView>;

const words = {
  began: { id: "Mulai", en: "Began" },
  ended: { id: "Berakhir", en: "Ended" },
  due: { id: "Paling lambat", en: "At the latest" },
  paused: {
    id: "Hitungan hari sedang berhenti. Tanggalnya ditentukan saat berjalan lagi.",
    en: "The count of days stands still. The date is set when it runs again.",
  },
  workingDays: { id: "hari kerja", en: "working days" },
  calendarDays: { id: "hari kalender", en: "calendar days" },
  left: { id: "lagi", en: "left" },
  late: { id: "terlambat", en: "late" },
  today: { id: "hari ini", en: "today" },
  extended: { id: "termasuk perpanjangan", en: "of which were added" },
  basis: { id: "Dasar", en: "Basis" },
  unsure: {
    id: "Dasar ini belum kami pastikan dari naskah aslinya.",
    en: "We have not confirmed this basis in its original text.",
  },
  calendar: { id: "Kalender", en: "Calendar" },
  pauses: { id: "Waktu berhenti", en: "Pauses" },
  until: { id: "sampai", en: "to" },
  now: { id: "sekarang", en: "now" },
  moves: { id: "Perubahan tanggal", en: "Changes of the date" },
  none: { id: "belum ada", en: "none" },
  unexplained: {
    id: "Hitungannya tidak dapat ditampilkan lagi, karena kalender yang dipakai sudah diganti.",
    en: "Its count cannot be shown any more, because its calendar was replaced.",
  },
} as const satisfies Record<string, Text>;

const states: Record<PublicClock["state"], { tone: Tone; text: Text }> = {
  running: { tone: "calm", text: { id: "berjalan", en: "running" } },
  paused: { tone: "due", text: { id: "berhenti sementara", en: "paused" } },
  met: { tone: "calm", text: { id: "ditepati", en: "met" } },
  missed: { tone: "late", text: { id: "terlewat", en: "missed" } },
  cancelled: { tone: "calm", text: { id: "tidak berlaku lagi", en: "cancelled" } },
};

/** How a clock stands, in a word. */
export const clockChip = ({ state }: Pick<PublicClock, "state">, language: Language): Html =>
  chip(states[state].tone, states[state].text[language]);

const unitOf = ({ workingDays }: Pick<PublicClock, "workingDays">): Text =>
  workingDays === null ? words.calendarDays : words.workingDays;

/** "3 hari kerja lagi": how far a clock that runs is from its date. */
function distance(clock: PublicClock, language: Language): string | undefined {
  const { daysLeft, dueDate } = clock;
  if (daysLeft === null || dueDate === null) return undefined;
  if (daysLeft === 0) return words.today[language];
  return `${Math.abs(daysLeft)} ${unitOf(clock)[language]} ${(daysLeft > 0 ? words.left : words.late)[language]}`;
}

/** The clocks of a case, one line each. */
export const clocksInShort = (
  clocks: readonly PublicClock[],
  language: Language,
  caption: string,
  columns: readonly [string, string, string],
): Html =>
  html`<div class="scroll"><table><caption class="unseen">${caption}</caption><thead><tr>${columns.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead><tbody>${clocks.map(
    (clock) =>
      html`<tr><th scope="row">${clock.name}</th><td>${clock.dueDate === null ? "…" : localDateInWords(clock.dueDate, language)}${distance(clock, language) !== undefined && html`<br><small>${distance(clock, language)}</small>`}</td><td>${clockChip(clock, language)}</td></tr>`,
  )}</tbody></table></div>`;

const explained = (
  { explanation, dueDate, legalBasis }: PublicClock,
  today: string,
  language: Language,
): Hole => {
  if (!explanation || dueDate === null)
    return html`<p class="hint">${words.basis[language]}: ${legalBasis}.</p>${dueDate !== null && html`<p>${words.unexplained[language]}</p>`}`;
  return html`${days({ from: explanation.from, due: dueDate, skipped: explanation.skipped, today }, language)}
<p>${explanation.text}</p>
<p class="hint">${words.basis[language]}: ${legalBasis}. ${explanation.certainty !== "found" && words.unsure[language]} ${explanation.calendar.length > 0 && html`${words.calendar[language]}: ${explanation.calendar.map(({ decree }) => decree).join("; ")}.`}</p>`;
};

const listOf = (title: Text, lines: readonly Hole[], language: Language): Hole =>
  lines.length > 0 &&
  html`<h3>${title[language]}</h3><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;

/** Everything about one clock: its date, every day that counts or not, its basis, its pauses and how its date moved. */
export function wholeClock(
  clock: PublicClock,
  { today, zone, language }: { today: string; zone: TimeZone; language: Language },
): Html {
  const { name, startedAt, endedAt, dueDate, workingDays, calendarDays, extendedBy, pauses, moves } = clock;
  const limit = `${workingDays ?? calendarDays ?? ""} ${unitOf(clock)[language]}`;
  const day = (date: string | null): string =>
    date === null ? words.none[language] : localDateInWords(date, language);
  const far = distance(clock, language);
  return html`<section><h2>${name} ${clockChip(clock, language)}</h2>
<p><b>${limit}${extendedBy !== undefined && `, ${extendedBy} ${words.extended[language]}`}.</b> ${
    dueDate === null
      ? words.paused[language]
      : html`${words.due[language]} <b>${day(dueDate)}</b>${far !== undefined && `, ${far}`}.`
  }</p>
<p class="hint">${words.began[language]}: ${whenInWords(startedAt, zone, language)}${endedAt !== undefined && ` · ${words.ended[language]}: ${whenInWords(endedAt, zone, language)}`}</p>
${explained(clock, today, language)}
${listOf(
  words.pauses,
  pauses.map(
    ({ from, to }) =>
      `${whenInWords(from, zone, language)} ${words.until[language]} ${to === null ? words.now[language] : whenInWords(to, zone, language)}`,
  ),
  language,
)}${listOf(
    words.moves,
    moves.map(
      ({ at, from, to, text }) =>
        `${dayInWordsOf(at, zone, language)}: ${text}. ${day(from ?? null)} → ${day(to ?? null)}`,
    ),
    language,
  )}</section>`;
}
