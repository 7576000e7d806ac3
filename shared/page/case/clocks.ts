import type * as z from "zod";
import { localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { clockState } from "../../deadline/clock.ts";
import type { clockView } from "../../deadline/clock-view.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html } from "../html.ts";
import { days } from "../parts/days.ts";
import { chip, type Tone } from "../parts/turn.ts";
import { daySeen, momentSeen } from "./moments.ts";

/** A clock as a view shows it, to its reporter or to everybody. */
export type ClockShown = z.output<typeof clockView>;

const words = {
  workingDays: { id: "hari kerja", en: "working days" },
  calendarDays: { id: "hari kalender", en: "calendar days" },
  due: { id: "Paling lambat", en: "By" },
  noDate: {
    id: "Tanggalnya ditentukan lagi begitu hitungan berjalan kembali.",
    en: "Its date is set again once the count goes on.",
  },
  basis: { id: "Dasar", en: "Basis" },
  unsure: {
    id: "Dasar ini belum kami pastikan dari naskah aslinya.",
    en: "We have not confirmed this basis in its original text.",
  },
  provisional: {
    id: "Sementara: keputusan hari libur tahun itu belum ada.",
    en: "Provisional: the decree on that year's holidays is not known yet.",
  },
  calendar: { id: "Kalender", en: "Calendar" },
  skipped: { id: "Semua hari yang dilewati", en: "Every day that is skipped" },
  weekend: { id: "akhir pekan", en: "weekend" },
  pauses: { id: "Hitungan berhenti", en: "The count was paused" },
  from: { id: "dari", en: "from" },
  until: { id: "sampai", en: "until" },
  now: { id: "sampai sekarang", en: "until now" },
  moves: { id: "Tanggalnya pernah berubah", en: "The date has moved" },
  to: { id: "menjadi", en: "to" },
  none: { id: "tanpa tanggal", en: "no date" },
  extended: { id: "diperpanjang", en: "extended by" },
  ended: { id: "Batas waktu yang sudah berakhir", en: "Past deadlines" },
  atTheEnd: { id: "Berakhir", en: "Ended" },
  how: { id: "Bagaimana dihitung", en: "How it is counted" },
} as const satisfies Record<string, Text>;

/** How a clock stands, in words. */
export const clockStates: Record<z.infer<typeof clockState>, { text: Text; tone: Tone }> = {
  running: { text: { id: "berjalan", en: "running" }, tone: "calm" },
  paused: { text: { id: "berhenti sementara", en: "paused" }, tone: "due" },
  met: { text: { id: "terpenuhi", en: "met" }, tone: "calm" },
  missed: { text: { id: "terlewati", en: "missed" }, tone: "late" },
  cancelled: { text: { id: "tidak berlaku lagi", en: "no longer counts" }, tone: "calm" },
};

interface Here {
  /** The local date of now. */
  today: string;
  zone: TimeZone;
}

const limitOf = ({ workingDays, calendarDays, extendedBy }: ClockShown, language: Language): string =>
  [
    workingDays === null
      ? `${calendarDays ?? ""} ${words.calendarDays[language]}`
      : `${workingDays} ${words.workingDays[language]}`,
    extendedBy && `(${words.extended[language]} ${extendedBy})`,
  ]
    .filter(Boolean)
    .join(" ");

const skippedList = ({ explanation }: ClockShown, language: Language): Hole =>
  explanation &&
  explanation.skipped.length > 0 &&
  html`<p>${words.skipped[language]}:</p><ul>${explanation.skipped.map(({ date, why, name }) => html`<li>${localDateInWords(date, language)}: ${why === "weekend" ? words.weekend[language] : name}</li>`)}</ul>`;

const pausesOf = ({ pauses }: ClockShown, { zone }: Here, language: Language): Hole =>
  pauses.length > 0 &&
  html`<p>${words.pauses[language]}:</p><ul>${pauses.map(
    ({ from, to }) =>
      html`<li>${words.from[language]} ${momentSeen(from, zone, language)} ${to === null ? words.now[language] : html`${words.until[language]} ${momentSeen(to, zone, language)}`}</li>`,
  )}</ul>`;

const movesOf = ({ moves }: ClockShown, { zone }: Here, language: Language): Hole => {
  const date = (one: string | null) =>
    one === null ? words.none[language] : localDateInWords(one, language);
  return (
    moves.length > 0 &&
    html`<p>${words.moves[language]}:</p><ul>${moves.map(
      ({ at, from, to, text }) =>
        html`<li>${daySeen(at, zone, language)}: ${text}. ${words.from[language]} ${date(from)} ${words.to[language]} ${date(to)}.</li>`,
    )}</ul>`
  );
};

/** The count of a clock, day by day, with everything that anybody needs to count it again. */
function counted(clock: ClockShown, here: Here, language: Language): Html {
  const { explanation, dueDate, legalBasis } = clock;
  const strip =
    explanation &&
    dueDate !== null &&
    days({ from: explanation.from, due: dueDate, skipped: explanation.skipped, today: here.today }, language);
  return html`${strip}${explanation?.provisional && html`<p>${words.provisional[language]}</p>`}
<details><summary>${words.how[language]}<span class="unseen">: ${clock.name}</span></summary>
${explanation && html`<p>${explanation.text}</p>`}${skippedList(clock, language)}${pausesOf(clock, here, language)}${movesOf(clock, here, language)}
<p class="hint">${words.basis[language]}: ${legalBasis}. ${explanation && explanation.certainty !== "found" && words.unsure[language]} ${explanation && html`${words.calendar[language]}: ${explanation.calendar.map(({ decree }) => decree).join("; ")}.`}</p></details>`;
}

const ticking = (clock: ClockShown, here: Here, language: Language): Html => {
  const { state, dueDate, name } = clock;
  const { text, tone } = clockStates[state];
  return html`<section><h3>${name} ${chip(tone, text[language])}</h3>
<p><b>${limitOf(clock, language)}.</b> ${dueDate === null ? words.noDate[language] : html`${words.due[language]} <b>${localDateInWords(dueDate, language)}</b>.`}</p>
${counted(clock, here, language)}</section>`;
};

const over = (clock: ClockShown, here: Here, language: Language): Html => {
  const { endedAt, name, state } = clock;
  const { text, tone } = clockStates[state];
  return html`<li><h3>${name} ${chip(tone, text[language])}</h3><p class="hint">${limitOf(clock, language)}. ${clock.dueDate !== null && html`${words.due[language]} ${localDateInWords(clock.dueDate, language)}. `}${endedAt && html`${words.atTheEnd[language]}: ${daySeen(endedAt, here.zone, language)}.`}</p>${counted(clock, here, language)}</li>`;
};

/** The clocks of a case: those that run day by day, those that have ended in details. They stand below a heading of level 2. */
export function clocksInWords(clocks: readonly ClockShown[], here: Here, language: Language): Html {
  const open = clocks.filter(({ endedAt }) => endedAt === undefined);
  // Those that stand still come after those that run.
  const running = [
    ...open.filter(({ dueDate }) => dueDate !== null),
    ...open.filter(({ dueDate }) => dueDate === null),
  ];
  const ended = clocks.filter(({ endedAt }) => endedAt !== undefined);
  return html`${running.map((clock) => ticking(clock, here, language))}${
    ended.length > 0 &&
    html`<details><summary>${words.ended[language]} (${ended.length})</summary><ul class="line">${ended.map((clock) => over(clock, here, language))}</ul></details>`
  }`;
}
