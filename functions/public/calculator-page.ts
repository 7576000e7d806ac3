import * as z from "zod";
import { localDate } from "../../shared/deadline/calendar/local-date.ts";
import {
  localDateInWords,
  type TimeZone,
  timeZones,
  zoneAbbreviation,
} from "../../shared/deadline/calendar/time-zone.ts";
import { clockText } from "../../shared/deadline/clock-view.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { dateTyped } from "../../shared/http/page/form.ts";
import { pageAt } from "../../shared/http/page/route.ts";
import { canonicalOf, type Frame, type Visit } from "../../shared/http/page/visit.ts";
import { type Problem, problemOf } from "../../shared/http/problem.ts";
import { page, publicPage } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { layout, pageIn } from "../../shared/page/layout.ts";
import { days } from "../../shared/page/parts/days.ts";
import {
  checkbox,
  errorSummary,
  selectField,
  sendButton,
  textField,
  wrongFields,
} from "../../shared/page/parts/form.ts";
import { Refusal } from "../../shared/refusal.ts";
import { calculated, calculating } from "./calculate-deadlines.ts";

const words = {
  title: { id: "Hitung batas waktu", en: "Deadline calculator" },
  lead: {
    id: "Pilih jenis laporan dan tanggalnya. Anda melihat setiap hari yang dihitung dan yang dilewati.",
    en: "Choose the kind of report and its date. You see every day that counts and every day that is skipped.",
  },
  class: { id: "Jenis laporan", en: "Kind of report" },
  complaint: { id: "Pengaduan", en: "Complaint" },
  aspiration: { id: "Aspirasi", en: "Aspiration" },
  "information-request": { id: "Permintaan informasi", en: "Information request" },
  supervised: { id: "Berkadar pengawasan", en: "Supervised" },
  supervisedHint: {
    id: "Dugaan penyimpangan yang perlu pemeriksaan. Batas penyelesaiannya lebih panjang.",
    en: "A suspected irregularity that has to be examined. Its deadline is later.",
  },
  formal: { id: "Permintaan resmi menurut UU 14/2008", en: "A formal request under UU 14/2008" },
  from: { id: "Mulai tanggal", en: "Start date" },
  fromHint: {
    id: "Tanggal laporan dikirim. Hari itu tidak dihitung.",
    en: "The date of sending. That day does not count.",
  },
  zone: { id: "Zona waktu instansi", en: "Time zone of the agency" },
  count: { id: "Hitung", en: "Calculate" },
  due: { id: "Paling lambat", en: "By" },
  workingDays: { id: "hari kerja", en: "working days" },
  calendarDays: { id: "hari kalender", en: "calendar days" },
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
  asIf: {
    id: "Setiap batas dihitung seolah-olah mulai pada tanggal itu. Pada laporan nyata, batas berikutnya mulai sesudah langkah sebelumnya.",
    en: "Each deadline is counted as if it began on that date. In a real report the next one begins after the step before.",
  },
  key: {
    id: "Kotak penuh warna: mulai. Kotak bergaris putus: dilewati. Kotak berbingkai: batas waktu.",
    en: "A solid box: the beginning. A dashed one: skipped. A framed one: the limit.",
  },
} as const satisfies Record<string, Text>;

/** A place where the clocks of a zone hold. A whole list does not fit into the field on a phone. */
const islands: Record<TimeZone, Text> = {
  "Asia/Jakarta": { id: "Sumatra dan Jawa", en: "Sumatra and Java" },
  "Asia/Pontianak": { id: "Kalimantan Barat", en: "West Kalimantan" },
  "Asia/Makassar": { id: "Kalimantan Timur", en: "East Kalimantan" },
  "Asia/Jayapura": { id: "Maluku dan Papua", en: "Maluku and Papua" },
};
/** What people type: whatever is wrong is said beside its field. */
const typed = z.strictObject(
  Object.fromEntries(Object.keys(calculating.shape).map((name) => [name, z.string().optional()])),
);
type Calculated = z.output<typeof calculated>;

const resultOf = ({ clocks, officeClosed }: Calculated, today: string, language: Language): Hole =>
  html`${officeClosed && html`<div class="notice"><p>${officeClosed.text}</p></div>`}<p>${words.asIf[language]}</p><p class="hint">${words.key[language]}</p>${clocks.map(
    ({
      clock,
      workingDays,
      calendarDays,
      dueDate,
      legalBasis,
      explanation,
    }) => html`<section><h2>${clockText[clock][language]}</h2>
<p><b>${workingDays ?? calendarDays} ${workingDays === null ? words.calendarDays[language] : words.workingDays[language]}.</b> ${words.due[language]} <b>${localDateInWords(dueDate, language)}</b>.</p>
${days({ from: explanation.from, due: dueDate, skipped: explanation.skipped, today }, language)}
${explanation.provisional && html`<p>${words.provisional[language]}</p>`}
<p class="hint">${words.basis[language]}: ${legalBasis}. ${explanation.certainty !== "found" && words.unsure[language]} ${words.calendar[language]}: ${explanation.calendar.map(({ decree }) => decree).join("; ")}.</p></section>`,
  )}`;

/** `/hitung`: the calculator of deadlines, explained day by day. */
export const calculatorPage = (frame: Frame, deadlines: Endpoint): Route[] => {
  /** Nothing is counted before somebody asks; what is refused is said beside its field. */
  const count = async (
    visit: Visit,
    query: Record<string, string | undefined>,
  ): Promise<{ found?: Calculated; problem?: Problem }> => {
    try {
      return { found: await visit.ask(deadlines, { query }, calculated) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { problem: problemOf(error, visit.language, visit.requestId) };
    }
  };
  return pageAt("/hitung", { query: typed }, async ({ query }, visit) => {
    const { language } = visit;
    const today = localDate(frame.now(), "Asia/Makassar");
    const from = dateTyped(query.from ?? today);
    const values: Readonly<Record<string, string>> = {
      class: "complaint",
      timeZone: "Asia/Makassar",
      ...query,
      from,
    };
    const { found, problem } = await count(visit, values);
    const told = { language, wrong: wrongFields(problem), values };
    const option = (value: "complaint" | "aspiration" | "information-request") => ({
      value,
      label: words[value][language],
    });
    return {
      ...page(
        layout({
          language,
          address: "/hitung",
          files: frame.files,
          title: words.title[language],
          canonical: canonicalOf(frame),
          summary: errorSummary(problem, language),
          main: html`<h1>${words.title[language]}</h1>
<p>${words.lead[language]}</p>
<form action="${pageIn(language, "/hitung")}" class="card">
${selectField(told, { name: "class", label: words.class[language] }, [option("complaint"), option("aspiration"), option("information-request")])}
${checkbox(told, { name: "supervised", label: words.supervised[language], hint: words.supervisedHint[language] })}
${checkbox(told, { name: "formal", label: words.formal[language] })}
${textField(told, { name: "from", label: words.from[language], hint: words.fromHint[language] }, { type: "date", width: "middle" })}
${selectField(
  told,
  { name: "timeZone", label: words.zone[language] },
  timeZones.map((value) => ({ value, label: `${zoneAbbreviation[value]} (${islands[value][language]})` })),
)}
${sendButton(words.count[language])}
</form>
${found && resultOf(found, today, language)}`,
        }),
        problem?.status ?? 200,
      ),
      headers: publicPage,
    };
  });
};
