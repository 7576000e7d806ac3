import type * as z from "zod";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { pageAt } from "../../shared/http/page/route.ts";
import { canonicalOf, type Frame, type Visit } from "../../shared/http/page/visit.ts";
import { page, publicPage } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { answeredIn, supportsInShort } from "../../shared/page/case/public-entry.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { layout, pageIn } from "../../shared/page/layout.ts";
import { sendButton } from "../../shared/page/parts/form.ts";
import { cards } from "../../shared/page/parts/lists.ts";
import { chip } from "../../shared/page/parts/turn.ts";
import { calculated } from "./calculate-deadlines.ts";
import { figures } from "./show-figures.ts";

const words = {
  title: { id: "Lapor dan lacak pelayanan publik", en: "Report and track public services" },
  heading: {
    id: "Pelayanan publik bermasalah? Laporkan. Instansi wajib menjawab.",
    en: "A problem with a public service? Report it. The agency has to answer.",
  },
  lead: {
    id: "Pengaduan, aspirasi, atau permintaan informasi. Gratis, boleh tanpa nama, dan tidak hilang walau sinyal putus.",
    en: "Complaints, aspirations or requests for information. Free, anonymous if you like, and not lost when the signal drops.",
  },
  report: { id: "Buat laporan", en: "Make a report" },
  how: { id: "Cara melapor", en: "How to report" },
  reported: { id: "Sudah melapor?", en: "Already reported?" },
  number: { id: "Nomor pelacakan, misalnya 7K3MQ-P4X9C", en: "Tracking number, such as 7K3MQ-P4X9C" },
  track: { id: "Lacak", en: "Track" },
  next: { id: "Yang terjadi sesudah Anda mengirim", en: "What happens after you send it" },
  workingDays: { id: "hari kerja", en: "working days" },
  upTo: { id: "sampai", en: "up to" },
  verified: { id: "Diverifikasi", en: "Verified" },
  verifiedText: {
    id: "Laporan diperiksa dan diteruskan ke instansi yang berwenang.",
    en: "The report is checked and passed to the agency in charge.",
  },
  responded: { id: "Ditanggapi", en: "First response" },
  respondedText: {
    id: "Instansi memberi tahu apa yang akan dilakukan.",
    en: "The agency says what it is going to do.",
  },
  completed: { id: "Diselesaikan", en: "Completed" },
  completedText: {
    id: "Batasnya tergantung jenis laporan. Setiap hari yang dilewati ditampilkan.",
    en: "The deadline depends on the kind of report. Every skipped day is shown.",
  },
  rated: { id: "Anda menilai", en: "You rate it" },
  ratedText: {
    id: "Belum beres? Bantah atau ajukan banding. Baru kemudian ditutup.",
    en: "Not solved? Dispute it or appeal. Only then is it closed.",
  },
  basis: { id: "Dasar", en: "Basis" },
  latest: { id: "Baru dijawab", en: "Recently answered" },
  none: {
    id: "Saat ini tidak ada laporan yang baru dijawab. Enam yang terbaru tampil di sini.",
    en: "No report has a new answer at present. The newest six are shown here.",
  },
  outcome: { id: "Benar-benar selesai?", en: "Really solved?" },
  confirmed: { id: "dinyatakan selesai oleh pelapor", en: "confirmed as solved by the reporter" },
  automatic: {
    id: "selesai otomatis, tanpa tanggapan pelapor",
    en: "closed automatically, no reply from the reporter",
  },
  waiting: { id: "menunggu penilaian pelapor", en: "waiting for the reporter" },
  again: { id: "dikerjakan lagi", en: "being worked on again" },
  answered: { id: "laporan dijawab", en: "reports answered" },
  answered1: { id: "laporan dijawab", en: "report answered" },
  more: { id: "Semua laporan warga", en: "All public reports" },
  count: { id: "Hitung batas waktu laporan saya", en: "Calculate the deadlines of my report" },
} as const satisfies Record<string, Text>;

const daysOf = async (visit: Visit, deadlines: Endpoint, supervised: "true" | "false") => {
  const { clocks } = await visit.ask(deadlines, { query: { class: "complaint", supervised } }, calculated);
  return (name: string) => clocks.find(({ clock }) => clock === name);
};

type Figures = z.output<typeof figures>;

const latestInWords = (
  { latest }: Figures,
  language: Language,
): Hole => html`<h2>${words.latest[language]}</h2>
${
  latest.length === 0
    ? html`<p>${words.none[language]}</p>`
    : cards(
        latest.map(
          ({ trackingNumber, title, agency, status, statusText, workingDays, supports }) =>
            html`${chip(status === "closed" ? "calm" : "due", statusText)}<h3><a href="${pageIn(language, `/laporan/${trackingNumber}`)}" lang="id">${title}</a></h3><p class="hint">${[agency?.name, answeredIn(workingDays, language), supportsInShort(supports, language)].filter(Boolean).join(" · ")}</p>`,
        ),
      )
}
<p><a class="link" href="${pageIn(language, "/laporan")}">${words.more[language]}</a></p>`;

/** What became of answered reports: those that their reporters confirmed are told apart from those that merely closed. */
function outcomeInWords(
  { confirmed, closedAutomatically, waiting, backAtWork }: Figures,
  language: Language,
): Hole {
  if (confirmed.denominator === 0) return undefined;
  const rows = [
    [confirmed, words.confirmed],
    [closedAutomatically, words.automatic],
    [waiting, words.waiting],
    [backAtWork, words.again],
  ] as const;
  return html`<h2>${words.outcome[language]}</h2>
<ul class="counts">${rows.map(([{ numerator }, what]) => html`<li><b>${numerator}</b>${what[language]}</li>`)}</ul>
<p class="hint">${confirmed.denominator} ${(confirmed.denominator === 1 ? words.answered1 : words.answered)[language]}. ${confirmed.definition[language]}</p>`;
}

/** `/`: report, track, what happens and by when, and what became of the reports of others. */
export const homePage = (frame: Frame, deadlines: Endpoint, showFigures: Endpoint): Route[] =>
  pageAt("/", {}, async (_, visit) => {
    const { language } = visit;
    const [usual, supervised, found] = await Promise.all([
      daysOf(visit, deadlines, "false"),
      daysOf(visit, deadlines, "true"),
      visit.ask(showFigures, {}, figures),
    ]);
    const [shortest, longest] = [usual("completion")?.workingDays, supervised("completion")?.workingDays];
    const unit = words.workingDays[language];
    const steps = [
      { days: usual("verification")?.workingDays, unit, what: words.verified, text: words.verifiedText },
      { days: usual("response")?.workingDays, unit, what: words.responded, text: words.respondedText },
      {
        days: shortest,
        unit: `${words.upTo[language]} ${longest ?? ""} ${unit}`,
        what: words.completed,
        text: words.completedText,
      },
      { days: usual("reply")?.workingDays, unit, what: words.rated, text: words.ratedText },
    ];
    const bases = [usual("verification"), supervised("completion"), usual("reply")].map(
      (one) => one?.legalBasis ?? "",
    );
    return {
      ...page(
        layout({
          language,
          address: "/",
          files: frame.files,
          title: words.title[language],
          canonical: canonicalOf(frame),
          main: html`<div class="hero"><div><h1>${words.heading[language]}</h1><p>${words.lead[language]}</p>
<div class="row"><a class="button" href="${pageIn(language, "/lapor")}">${words.report[language]}</a> <a class="button second" href="${pageIn(language, "/cara")}">${words.how[language]}</a></div></div>
<form class="card" action="${pageIn(language, "/lacak")}"><label for="nomor">${words.reported[language]}</label><p class="hint" id="nomor-hint">${words.number[language]}</p>
<div class="row"><input class="grow" id="nomor" name="nomor" aria-describedby="nomor-hint" autocomplete="off" autocapitalize="characters" spellcheck="false">${sendButton(words.track[language], "second")}</div></form></div>
<h2>${words.next[language]}</h2>
<ol class="steps">${steps.map(({ days, unit, what, text }) => html`<li><b>${days}<small>${unit}</small></b><div><h3>${what[language]}</h3>${text[language]}</div></li>`)}</ol>
<p class="hint">${words.basis[language]}: ${[...new Set(bases)].join("; ")}. <a href="${pageIn(language, "/hitung")}">${words.count[language]}</a></p>
${latestInWords(found, language)}
${outcomeInWords(found, language)}`,
        }),
      ),
      headers: publicPage,
    };
  });
