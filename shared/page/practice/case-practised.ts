import { fileViewOf } from "../../case/views/case-view.ts";
import type { CaseView } from "../../case/views/schemas.ts";
import { roleText } from "../../case/views/words.ts";
import { dateOf, dayOf, localDay } from "../../deadline/calendar/local-date.ts";
import { inWords, localDateInWords } from "../../deadline/calendar/time-zone.ts";
import type { Clock } from "../../deadline/clock.ts";
import { basisOf, viewOfClock } from "../../deadline/clock-view.ts";
import { certaintyText } from "../../guidance/guidance.ts";
import type { Language, Text } from "../../language.ts";
import { practiceCounting, practiceNames } from "../../practice/agencies.ts";
import type { Rulebook } from "../../practice/rulebook.ts";
import { type PracticeState, practiceToday } from "../../practice/run.ts";
import type { PracticePost, Scenario } from "../../practice/scenario.ts";
import { clocksInWords } from "../case/clocks.ts";
import { asWritten, type EntrySeen, timelineSeen } from "../case/timeline.ts";
import { whoseTurn } from "../case/whose-turn.ts";
import { type Html, html } from "../html.ts";
import type { StaticFiles } from "../layout.ts";
import { days } from "../parts/days.ts";

const words = {
  report: { id: "Laporan", en: "The report" },
  secret: {
    id: "Rahasia: publik tidak membaca isinya.",
    en: "Secret: the public does not read what it says.",
  },
  anonymous: {
    id: "Anonim: Anda dan publik tidak tahu siapa pelapornya.",
    en: "Anonymous: neither you nor the public know who reported.",
  },
  sentAlong: {
    id: "Foto dari pelapor, digambar untuk latihan ini",
    en: "The reporter's photo, drawn for this practice",
  },
  inWords: { id: "Foto ini dalam kata-kata", en: "This photo in words" },
  clocks: { id: "Batas waktu", en: "Limits" },
  timeline: { id: "Riwayat", en: "History" },
  sameAs: { id: "Mengikuti laporan", en: "It follows report" },
  basis: { id: "Dasar", en: "Basis" },
  begins: { id: "Hitungan mulai", en: "The count begins on" },
  dayNought: { id: "Hari itu tidak dihitung.", en: "That day does not count." },
  limit: { id: "Batasnya", en: "The limit is" },
  workingDays: { id: "hari kerja", en: "working days" },
  calendarDays: { id: "hari kalender", en: "calendar days" },
  paused: { id: "Hitungan berhenti dari", en: "The count stood still from" },
  until: { id: "sampai", en: "until" },
  free: { id: "Hari libur dan cuti bersama", en: "Holidays and joint leave" },
  you: { id: "Anda", en: "You are" },
} as const satisfies Record<string, Text>;

const zone = "Asia/Makassar";

/** "Anda: Admin instansi, Dinas PU Kota Contoh" */
export const postInWords = ({ role, agencyId }: PracticePost, language: Language): string =>
  `${words.you[language]}: ${roleText[role][language]}, ${practiceNames[agencyId] ?? agencyId}`;

/** What is shown of the report that a join names: its number, and no link, because there is no such page. */
const joinedTo = ({ content = {} }: EntrySeen, language: Language) =>
  typeof content.duplicateOf === "string" && html`<p>${words.sameAs[language]} ${content.duplicateOf}.</p>`;

const untold = ["duplicateOf"];
/** While a date is asked for, nothing on the page may tell it. */
const untoldDates = [...untold, "replyUntil", "appealUntil", "objectUntil", "due"];

/** The number of the other report leads nowhere: that one is made up too. */
const without =
  (fields: readonly string[]) =>
  ({ content, ...entry }: EntrySeen): EntrySeen =>
    content
      ? {
          ...entry,
          content: Object.fromEntries(Object.entries(content).filter(([field]) => !fields.includes(field))),
        }
      : entry;

/** What an officer reads of a case of practice: what they would read of a real one. */
export function viewPractised({ file, at }: PracticeState, book: Rulebook, language: Language): CaseView {
  const reading = { ...practiceCounting(book, file.case.holder), at };
  const names = {
    timeZone: zone,
    agencies: practiceNames,
    officers: {},
    regionPath: [],
    category: undefined,
  } as const;
  return fileViewOf(file, "officer", names, language, reading);
}

/** The picture that came with a report. Whoever does not see it reads what it shows. */
const pictureSeen = (
  { file, shows }: NonNullable<Scenario["sentAlong"]>,
  files: StaticFiles,
  language: Language,
): Html =>
  html`<h3>${words.sentAlong[language]}</h3>
${files[file] !== undefined && html`<p><img src="${files[file]}" alt="${shows[language]}"></p>`}
<details><summary>${words.inWords[language]}</summary><p>${shows[language]}</p></details>`;

/** A case of practice, as an officer sees a real one. */
export function casePractised(
  state: PracticeState,
  { book, files }: { book: Rulebook; files: StaticFiles },
  language: Language,
): Html {
  const { file, scenario } = state;
  const { report, sentAlong } = scenario;
  const view = viewPractised(state, book, language);
  const entries: EntrySeen[] = view.timeline ?? [];
  const asksDate = state.task?.kind === "due";
  return html`${!asksDate && whoseTurn(view, language, "public")}
<section><h2>${words.report[language]} ${scenario.trackingNumber}</h2>
<h3 lang="id">${file.case.title}</h3>
${asWritten(report.text)}
${report.secret && html`<p><b>${words.secret[language]}</b></p>`}${report.anonymous && html`<p><b>${words.anonymous[language]}</b></p>`}
${sentAlong && pictureSeen(sentAlong, files, language)}</section>
${
  !asksDate &&
  html`<section><h2>${words.clocks[language]}</h2>
${clocksInWords(view.clocks ?? [], { today: practiceToday(state), zone }, language)}</section>`
}
<section><h2>${words.timeline[language]}</h2>
${timelineSeen(
  entries.map(without(asksDate ? untoldDates : untold)),
  {
    zone,
    besides: ({ sequence }) => {
      const entry = entries.find((one) => one.sequence === sequence);
      return entry && joinedTo(entry, language);
    },
  },
  language,
)}</section>`;
}

const holidaysShown = 45;

/** What somebody needs to count a clock themselves: where it begins, how long it is, its pauses, and the free days. */
export function countToMake(clock: Clock, state: PracticeState, book: Rulebook, language: Language): Html {
  const { calendar } = practiceCounting(book, state.file.case.holder);
  const from = localDay(Date.parse(clock.startedAt), zone);
  const until = dayOf(clock.due ?? practiceToday(state)) + holidaysShown;
  const free = [...calendar.freeDays].filter(([day]) => day > from && day <= until).sort(([a], [b]) => a - b);
  const { days: limit, unit } = clock.limit;
  const pauses = clock.pauses.filter(({ to }) => to !== undefined);
  return html`<ul><li>${words.begins[language]} <b>${localDateInWords(dateOf(from), language)}</b>. ${words.dayNought[language]}</li>
<li>${words.limit[language]} <b>${limit + (clock.extendedBy ?? 0)} ${(unit === "working-days" ? words.workingDays : words.calendarDays)[language]}</b>.</li>
${pauses.map(({ from: begun, to = begun }) => html`<li>${words.paused[language]} ${inWords(begun, zone, language)} ${words.until[language]} ${inWords(to, zone, language)}.</li>`)}</ul>
<details><summary>${words.free[language]}</summary><ul>${free.map(([day, name]) => html`<li>${localDateInWords(dateOf(day), language)}: ${name}</li>`)}</ul></details>`;
}

/** The days that a clock counts, its basis, and how sure that basis is. */
export function countPractised(clock: Clock, state: PracticeState, book: Rulebook, language: Language): Html {
  const reading = practiceCounting(book, state.file.case.holder);
  const { explanation, dueDate } = viewOfClock(clock, state.at, reading, language);
  return html`${
    explanation &&
    dueDate !== null &&
    html`${days({ from: explanation.from, due: dueDate, skipped: explanation.skipped, today: practiceToday(state) }, language)}<p>${explanation.text}</p>`
  }<p class="hint">${words.basis[language]}: ${basisOf(clock, reading, language)}. ${certaintyText[clock.limit.certainty][language]}.</p>`;
}
