import * as z from "zod";
import { missingDecree } from "../../shared/deadline/calendar/calendar.ts";
import { inWords } from "../../shared/deadline/calendar/time-zone.ts";
import type { LastSweepStore } from "../../shared/deadline/last-sweep-store.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { pageAt } from "../../shared/http/page/route.ts";
import { canonicalOf, type Frame, type Visit } from "../../shared/http/page/visit.ts";
import { page, publicPage } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { type Hole, type Html, html } from "../../shared/page/html.ts";
import { layout, pageIn } from "../../shared/page/layout.ts";
import { summaryList } from "../../shared/page/parts/lists.ts";
import { chip, type Tone, turn } from "../../shared/page/parts/turn.ts";
import { errorForLog, logger } from "../../shared/platform/observability.ts";

const words = {
  title: { id: "Keadaan sistem", en: "System status" },
  ready: { id: "Siap", en: "Ready" },
  notReady: { id: "Tidak siap", en: "Not ready" },
  late: { id: "Terlambat", en: "Late" },
  unknown: { id: "Belum diketahui", en: "Not known" },
  allWell: { id: "Sistem siap. ", en: "The system is ready. " },
  allWellText: {
    id: "Anda dapat mengirim dan melihat laporan sekarang.",
    en: "You can send and see reports now.",
  },
  slow: { id: "Ada yang perlu Anda ketahui. ", en: "There is something to know. " },
  slowText: {
    id: "Anda dapat mengirim dan melihat laporan. Baca baris di bawah yang tidak bertanda “Siap”.",
    en: "You can send and see reports. Read the lines below that do not say “Ready”.",
  },
  down: { id: "Sistem tidak siap. ", en: "The system is not ready. " },
  downText: {
    id: "Kami sedang memperbaikinya. Baca di bawah apa yang dapat Anda lakukan.",
    en: "We are working on it. Read below what you can do.",
  },
  taking: { id: "Menerima laporan", en: "Taking reports" },
  takingWell: {
    id: "Laporan yang Anda kirim langsung tersimpan.",
    en: "A report that you send is stored at once.",
  },
  takingNot: {
    id: "Laporan belum dapat dikirim. Coba lagi beberapa menit lagi.",
    en: "Reports cannot be sent. Try again in some minutes.",
  },
  showing: { id: "Melihat laporan", en: "Seeing reports" },
  showingWell: {
    id: "Laporan warga dan laporan Anda sendiri dapat dibuka.",
    en: "Public reports and your own can be opened.",
  },
  showingNot: {
    id: "Laporan belum dapat dibuka. Tidak ada laporan yang hilang.",
    en: "Reports cannot be opened. No report is lost.",
  },
  clocks: { id: "Memeriksa batas waktu", en: "Looking at deadlines" },
  clocksWell: {
    id: "Setiap lima menit sistem mencari laporan yang mendekati batas waktu.",
    en: "Every five minutes the system looks for reports that come due.",
  },
  clocksLate: {
    id: "Peringatan kepada petugas bisa terlambat. Batas waktu laporan Anda tidak berubah.",
    en: "Officers may be warned late. The deadlines of your report do not move.",
  },
  last: { id: "Terakhir", en: "Last" },
  never: { id: "Pemeriksaan pertama belum tercatat.", en: "No look at them is on record so far." },
  notKnown: { id: "Saat ini kami tidak dapat membacanya.", en: "We cannot read it now." },
  calendar: { id: "Kalender hari libur", en: "Calendar of holidays" },
  calendarWell: {
    id: "Keputusan hari libur yang diperlukan sudah ada.",
    en: "The decrees on holidays that are needed are there.",
  },
  calendarMissing: {
    id: "Keputusan hari libur untuk tahun ini belum ada:",
    en: "The decree on holidays is missing for the year",
  },
  provisional: {
    id: "Tanggal di tahun itu masih sementara.",
    en: "Dates in that year are provisional.",
  },
  mails: { id: "Email", en: "Email" },
  mailsText: {
    id: "Halaman ini tidak dapat memeriksa kotak email. Email sering dikumpulkan dulu, jadi tunggu setengah jam.",
    en: "This page cannot look into mailboxes. Emails are often gathered first, so wait for half an hour.",
  },
  mailsElse: {
    id: "Semua kabar juga ada di halaman laporan Anda.",
    en: "All news is on the page of your report too.",
  },
  age: {
    id: "Keadaan di halaman ini paling lama berumur satu menit.",
    en: "What this page says is at most a minute old.",
  },
  what: { id: "Bila ada yang tidak berjalan", en: "When something does not work" },
  draft: {
    id: "Tulisan Anda tidak hilang. Setiap langkah tersimpan 24 jam di peramban yang Anda pakai.",
    en: "What you wrote is not lost. Every step is kept for 24 hours for the browser that you use.",
  },
  goOn: { id: "Lanjutkan laporan", en: "Go on with your report" },
  again: {
    id: "Tunggu beberapa menit, lalu coba lagi. Mengirim ulang formulir yang sama tidak membuat dua laporan.",
    en: "Wait for some minutes and try again. Sending the same form twice does not make two reports.",
  },
  sms: {
    id: "Tidak bisa menunggu? Kirim SMS ke 1708.",
    en: "Cannot wait? Send an SMS to 1708.",
  },
  limits: {
    id: "Hak Anda atas jawaban tidak berkurang. Batas waktu berjalan sejak laporan Anda tersimpan.",
    en: "You do not lose your right to an answer. Deadlines run from when your report is stored.",
  },
  emergency: {
    id: "Ada yang terancam sekarang? Telepon 112.",
    en: "Is somebody in danger now? Call 112.",
  },
} as const satisfies Record<string, Text>;

/** What the page reads besides what it asks of routes. */
export interface StatusSurroundings {
  directory: Pick<DirectoryStore, "calendarYears">;
  lastSweep: Pick<LastSweepStore, "last">;
}

/** Sweeps run every five minutes. A sweep that failed a few times in a row is worth telling. */
const lateAfterMinutes = 20;

/** Where a page is shown, most people live in this zone. */
const zone = "Asia/Makassar";

/** A function has ten seconds. What does not answer within these may as well have failed. */
const patienceMs = 3_000;

/** A fact, or undefined where it cannot be had now: a page about failures does not fail with them, nor wait for them. */
async function known<T>(what: string, asked: Promise<T>): Promise<{ fact: T } | undefined> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("No answer in time")), patienceMs);
  try {
    return { fact: await Promise.race([asked, tooLong]) };
  } catch (error) {
    logger.warn("status unknown", { what, error: errorForLog(error) });
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

interface State {
  taking: boolean;
  showing: boolean;
  sweep: { fact: string | undefined } | undefined;
  calendar: { fact: number | undefined } | undefined;
}

interface Row {
  label: Text;
  tone: Tone;
  chip: Text;
  text: (language: Language) => Hole;
}

const sentence = (text: Text) => (language: Language) => text[language];

const works = (label: Text, ready: boolean, well: Text, not: Text): Row => ({
  label,
  tone: ready ? "calm" : "late",
  chip: ready ? words.ready : words.notReady,
  text: sentence(ready ? well : not),
});

function sweepRow(sweep: State["sweep"], now: Date): Row {
  const label = words.clocks;
  if (!sweep) return { label, tone: "due", chip: words.unknown, text: sentence(words.notKnown) };
  const { fact: last } = sweep;
  if (last === undefined) return { label, tone: "due", chip: words.unknown, text: sentence(words.never) };
  const isLate = now.getTime() - Date.parse(last) > lateAfterMinutes * 60_000;
  return {
    label,
    tone: isLate ? "late" : "calm",
    chip: isLate ? words.late : words.ready,
    text: (language) =>
      html`${isLate ? words.clocksLate[language] : words.clocksWell[language]} ${words.last[language]}: <time datetime="${last}">${inWords(last, zone, language)}</time>.`,
  };
}

function calendarRow(calendar: State["calendar"]): Row {
  const label = words.calendar;
  if (!calendar) return { label, tone: "due", chip: words.unknown, text: sentence(words.notKnown) };
  const { fact: missing } = calendar;
  if (missing === undefined)
    return { label, tone: "calm", chip: words.ready, text: sentence(words.calendarWell) };
  return {
    label,
    tone: "due",
    chip: words.notReady,
    text: (language) => `${words.calendarMissing[language]} ${missing}. ${words.provisional[language]}`,
  };
}

const rowsOf = ({ taking, showing, sweep, calendar }: State, now: Date): Row[] => [
  works(words.taking, taking, words.takingWell, words.takingNot),
  works(words.showing, showing, words.showingWell, words.showingNot),
  sweepRow(sweep, now),
  calendarRow(calendar),
];

function wholeInWords({ taking, showing }: State, rows: readonly Row[], language: Language): Html {
  if (!taking || !showing) return turn("late", words.down[language], words.downText[language]);
  return rows.every(({ tone }) => tone === "calm")
    ? turn("calm", words.allWell[language], words.allWellText[language])
    : turn("due", words.slow[language], words.slowText[language]);
}

const helpInWords = (language: Language): Html => html`<h2>${words.what[language]}</h2>
<ul><li>${words.draft[language]} <a href="${pageIn(language, "/lapor")}">${words.goOn[language]}</a></li>
${[words.again, words.sms, words.limits, words.emergency].map((text) => html`<li>${text[language]}</li>`)}</ul>`;

function stateInWords(state: State, now: Date, language: Language): Html {
  const rows = rowsOf(state, now);
  return html`<h1>${words.title[language]}</h1>
${wholeInWords(state, rows, language)}
${summaryList([
  ...rows.map(({ label, tone, chip: short, text }) => ({
    label: label[language],
    value: html`${chip(tone, short[language])} ${text(language)}`,
  })),
  { label: words.mails[language], value: `${words.mailsText[language]} ${words.mailsElse[language]}` },
])}
<p class="hint">${words.age[language]}</p>
${helpInWords(language)}`;
}

/** `/status`: what works now, and what to do when something does not. It answers whatever has failed. */
export const statusPage = (
  frame: Frame,
  { health, list }: { health: Endpoint; list: Endpoint },
  { directory, lastSweep }: StatusSurroundings,
): Route[] => {
  const stateFor = async (visit: Visit, now: Date): Promise<State> => {
    const [taking, showing, sweep, calendar] = await Promise.all([
      known("taking", visit.ask(health, {}, z.unknown())),
      known("showing", visit.ask(list, { query: { limit: "1" } }, z.unknown())),
      known("sweep", lastSweep.last()),
      known(
        "calendar",
        directory.calendarYears().then((years) => missingDecree(years, now)),
      ),
    ]);
    return { taking: taking !== undefined, showing: showing !== undefined, sweep, calendar };
  };
  return pageAt("/status", {}, async (_, visit) => {
    const { language } = visit;
    const now = frame.now();
    const state = await stateFor(visit, now);
    const shown = page(
      layout({
        language,
        address: "/status",
        files: frame.files,
        title: words.title[language],
        canonical: canonicalOf(frame),
        main: stateInWords(state, now, language),
      }),
    );
    // Nobody shall read of a failure that is over, nor of health after a failure.
    return state.taking && state.showing ? { ...shown, headers: publicPage } : shown;
  });
};
