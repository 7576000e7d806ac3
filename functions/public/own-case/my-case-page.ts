import * as z from "zod";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import { localDateInWords, type TimeZone } from "../../../shared/deadline/calendar/time-zone.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { ofOwnCase, openCase, type OwnView } from "../../../shared/http/page/own-case.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { keptOpen } from "../../../shared/http/page/session.ts";
import type { Frame, Visit } from "../../../shared/http/page/visit.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { newestAnswer, newestQuestion } from "../../../shared/page/case/answer.ts";
import { clocksInWords } from "../../../shared/page/case/clocks.ts";
import { daySeen, zoneSeen } from "../../../shared/page/case/moments.ts";
import { foremostMoves, movesList } from "../../../shared/page/case/own-moves.ts";
import { leaveButton } from "../../../shared/page/case/own-page.ts";
import { asWritten, type EntrySeen, timelineSeen } from "../../../shared/page/case/timeline.ts";
import { whoseTurn } from "../../../shared/page/case/whose-turn.ts";
import { type Hole, type Html, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { summaryList } from "../../../shared/page/parts/lists.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { officeMailboxAfter } from "../../../shared/reporter/office-mailbox.ts";

const words = {
  title: { id: "Laporan saya", en: "My report" },
  report: { id: "Laporan", en: "Report" },
  content: { id: "Isi laporan", en: "The report itself" },
  sent: { id: "dikirim", en: "sent" },
  clocks: { id: "Batas waktu", en: "Deadlines" },
  noClocks: { id: "Belum ada batas waktu yang berjalan.", en: "No deadline is running yet." },
  moreClocks: { id: "Batas waktu seperti yang dilihat publik", en: "The deadlines as the public sees them" },
  journey: { id: "Perjalanan", en: "What has happened" },
  can: { id: "Yang dapat Anda lakukan", en: "What you can do" },
  yours: { id: "Yang Anda laporkan", en: "What you reported" },
  text: { id: "Cerita", en: "Story" },
  ownTitle: { id: "Judul Anda", en: "Your title" },
  place: { id: "Tempat", en: "Place" },
  category: { id: "Kategori", en: "Category" },
  occurredOn: { id: "Tanggal kejadian", en: "Date of what happened" },
  who: { id: "Siapa melihat apa", en: "Who sees what" },
  anonymous: {
    id: "Anonim: petugas tidak tahu siapa Anda.",
    en: "Anonymous: officers do not know who you are.",
  },
  named: {
    id: "Petugas membaca laporan, bukan identitas Anda.",
    en: "Officers read the report, not who you are.",
  },
  public: { id: "Yang dibaca publik", en: "What the public reads" },
  hidden: {
    id: "Publik tidak membaca judul dan ceritanya.",
    en: "The public reads neither title nor story.",
  },
  publicPage: { id: "Buka halaman untuk publik", en: "Open the page for everybody" },
  files: { id: "Lampiran", en: "Files" },
  noFiles: { id: "Belum ada lampiran.", en: "No files yet." },
  evidence: { id: "Bukti", en: "Evidence" },
  fromAgency: { id: "dari instansi", en: "from the agency" },
  remove: { id: "Hapus", en: "Remove" },
  supports: { id: "orang menyatakan mengalami hal yang sama.", en: "people say that they have this too." },
  support: { id: "orang menyatakan mengalami hal yang sama.", en: "person says that they have this too." },
  correctAddress: { id: "Perbaiki alamat email", en: "Correct the email address" },
  sendAgain: {
    id: "Alamatnya sudah benar: minta email dikirim lagi",
    en: "It is right: have emails sent again",
  },
} as const satisfies Record<string, Text>;

/** What a page that led back here has done, by the word in the address. */
const done = new Map<string, Text>([
  ["tanggapan", { id: "Tulisan Anda sudah terkirim.", en: "Your words were sent." }],
  ["nilai", { id: "Penilaian Anda sudah tersimpan.", en: "Your rating is stored." }],
  [
    "nilai-rendah",
    {
      id: "Penilaian Anda sudah tersimpan. Laporan ini dibuka lagi untuk kepala instansi.",
      en: "Your rating is stored. The report is open again, for the head of the agency.",
    },
  ],
  ["banding", { id: "Banding Anda sudah terkirim.", en: "Your appeal was sent." }],
  ["keberatan", { id: "Keberatan Anda sudah terkirim.", en: "Your objection was sent." }],
  ["cabut", { id: "Laporan ini sudah dicabut.", en: "The report is withdrawn." }],
  ["pisahkan", { id: "Laporan ini berdiri sendiri lagi.", en: "The report stands by itself again." }],
  ["teks-publik", { id: "Yang dibaca publik sudah berubah.", en: "What the public reads has changed." }],
  ["ombudsman", { id: "Persetujuan Anda sudah dicatat.", en: "We have noted that you agree." }],
  ["izin-identitas", { id: "Pilihan Anda sudah disimpan.", en: "Your choice is stored." }],
  ["berkas-asli", { id: "Berkas asli sudah dihapus.", en: "The originals are erased." }],
  ["hapus-berkas", { id: "Lampiran sudah dihapus.", en: "The file is removed." }],
  ["surat", { id: "Pilihan email sudah disimpan.", en: "Your choice about emails is stored." }],
  ["surel", { id: "Data Anda sudah diperbaiki.", en: "Your data are corrected." }],
  [
    "surel-kantor",
    {
      id: `Data Anda sudah diperbaiki. ${officeMailboxAfter.id}`,
      en: `Your data are corrected. ${officeMailboxAfter.en}`,
    },
  ],
  ["hapus-identitas", { id: "Identitas Anda sudah dihapus.", en: "Your identity is deleted." }],
  ["lampiran", { id: "Lampiran Anda sudah diterima.", en: "We have your file." }],
]);

const doneNotice = (sudah: string | undefined, language: Language): Hole => {
  const text = done.get(sudah ?? "");
  return text && html`<div class="notice" role="status"><p><b>${text[language]}</b></p></div>`;
};

type Attached = NonNullable<OwnView["attachments"]>[number];

const fileAddress = ({ trackingNumber }: OwnView, id: string, language: Language): string =>
  pageIn(language, `/saya/${trackingNumber}/berkas/${id}`);

/** Word and Excel documents have no copy that could be opened. */
const canBeOpened = ({ state, type }: Attached): boolean =>
  state === "clean" && !type.startsWith("application/vnd.");

const fileLink = (view: OwnView, one: Attached, language: Language): Hole =>
  canBeOpened(one)
    ? html`<a href="${fileAddress(view, one.attachmentId, language)}">${one.name}</a>`
    : one.name;

/** The files that an answer leans on. */
const evidenceOf =
  (view: OwnView, language: Language) =>
  (entry: EntrySeen): Hole => {
    const ids = Array.isArray(entry.content?.evidence) ? (entry.content.evidence as unknown[]) : [];
    const files = (view.attachments ?? []).filter(({ attachmentId }) => ids.includes(attachmentId));
    return (
      files.length > 0 &&
      html`<p>${words.evidence[language]}:</p><ul>${files.map((one) => html`<li>${fileLink(view, one, language)}</li>`)}</ul>`
    );
  };

const filesOf = (view: OwnView, language: Language): Hole => {
  const { attachments = [] } = view;
  if (attachments.length === 0) return html`<p>${words.noFiles[language]}</p>`;
  return html`<ul class="thumbs">${attachments.map((one) => {
    const { attachmentId, state, stateText, thumbnail, by } = one;
    const address = fileAddress(view, attachmentId, language);
    return html`<li class="card">${state === "clean" && thumbnail && html`<p><img src="${`${address}?kecil=ya`}" alt="" loading="lazy"></p>`}<p>${fileLink(view, one, language)}${by !== "reporter" && html` (${words.fromAgency[language]})`}</p><p class="hint">${stateText}</p>${
      by === "reporter" &&
      state !== "removed" &&
      html`<p><a href="${`${address}/hapus`}">${words.remove[language]}<span class="unseen"> ${one.name}</span></a></p>`
    }</li>`;
  })}</ul>`;
};

function reported(view: OwnView, language: Language): Html {
  const { text, title, originalTitle, location, category, occurredOn, anonymous } = view;
  const rows: { label: string; value: Hole }[] = [
    { label: words.ownTitle[language], value: html`<span lang="id">${originalTitle ?? title}</span>` },
    { label: words.text[language], value: asWritten(text ?? "") },
    ...(location
      ? [
          {
            label: words.place[language],
            value: [location.address, location.regionName].filter(Boolean).join(", "),
          },
        ]
      : []),
    ...(category ? [{ label: words.category[language], value: category.name }] : []),
    ...(occurredOn
      ? [{ label: words.occurredOn[language], value: localDateInWords(occurredOn, language) }]
      : []),
    { label: words.who[language], value: (anonymous ? words.anonymous : words.named)[language] },
  ];
  return html`<details><summary>${words.yours[language]}</summary>${summaryList(rows)}</details>`;
}

const readByAll = ({ publicTitle, publicText, trackingNumber }: OwnView, language: Language): Html =>
  html`<details><summary>${words.public[language]}</summary>${
    publicTitle === undefined
      ? html`<p>${words.hidden[language]}</p>`
      : html`<div class="card"><p lang="id"><b>${publicTitle}</b></p>${asWritten(publicText ?? "")}</div>`
  }<p><a class="link" href="${pageIn(language, `/laporan/${trackingNumber}`)}">${words.publicPage[language]}</a></p></details>`;

const limitsOf = (
  view: OwnView,
  { today, zone }: { today: string; zone: TimeZone },
  language: Language,
): Html => {
  const { clocks = [], publicTitle, trackingNumber } = view;
  return html`<h2>${words.clocks[language]}</h2>
${clocks.length === 0 ? html`<p>${words.noClocks[language]}</p>` : clocksInWords(clocks, { today, zone }, language)}
${publicTitle !== undefined && html`<p><a class="link" href="${pageIn(language, `/laporan/${trackingNumber}/batas-waktu`)}">${words.moreClocks[language]}</a></p>`}`;
};

const supported = ({ supports }: OwnView, language: Language): Hole =>
  supports !== undefined &&
  supports.count > 0 &&
  html`<p>${supports.count} ${(supports.count === 1 ? words.support : words.supports)[language]}</p>`;

/** Where somebody whom no mail reaches corrects their address, or has mails sent to it again. */
const mendAddress = (trackingNumber: string, language: Language): Hole =>
  html`<p><a class="link" href="${pageIn(language, `/saya/${trackingNumber}/surel`)}">${words.correctAddress[language]}</a></p><p><a class="link" href="${pageIn(language, `/saya/${trackingNumber}/surat`)}">${words.sendAgain[language]}</a></p>`;

function caseInWords(
  view: OwnView,
  { today, sudah }: { today: Date; sudah: string | undefined },
  language: Language,
): Hole {
  const zone = zoneSeen(view);
  const { notices = [], timeline = [], status, trackingNumber } = view;
  const besides = evidenceOf(view, language);
  return html`<p class="where">${words.report[language]} <span class="number">${trackingNumber}</span>, ${words.sent[language]} ${daySeen(view.submittedAt, zone, language)}</p>
<h1 lang="id">${view.title}</h1>
${doneNotice(sudah, language)}
${whoseTurn(view, language, "reporter")}
${notices.map(({ code, text }) => html`<div class="notice"><p>${text}</p>${code === "undeliverable" && mendAddress(trackingNumber, language)}</div>`)}
${foremostMoves(view, language)}
${status === "awaiting-reporter" && newestQuestion(timeline, zone, language)}
${newestAnswer(timeline, { zone, besides }, language)}
${limitsOf(view, { today: localDate(today, zone), zone }, language)}
<h2>${words.journey[language]}</h2>
${timelineSeen(timeline, { zone, besides }, language)}
${supported(view, language)}
<h2>${words.can[language]}</h2>
${movesList(view, language)}
<h2>${words.files[language]}</h2>
${filesOf(view, language)}
<h2>${words.content[language]}</h2>
${reported(view, language)}
${readByAll(view, language)}
${leaveButton(language)}`;
}

/** Where the pictures of a case come from: the page may load them from there alone. */
async function bucketsOf(
  visit: Visit,
  file: Endpoint,
  { view, receipt }: { view: OwnView; receipt: string },
): Promise<string[]> {
  const first = view.attachments?.find(({ state, thumbnail }) => state === "clean" && thumbnail);
  if (!first) return [];
  const path = { trackingNumber: view.trackingNumber, attachmentId: first.attachmentId };
  try {
    const { headers } = await visit.reply(file, { path, receipt, query: { thumbnail: "true" } });
    return headers?.location === undefined ? [] : [new URL(headers.location).origin];
  } catch (error) {
    // The file went in this moment. The page is worth showing without its picture.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** `/saya/{trackingNumber}`: the case as its reporter sees it. Whoever has not opened it with the receipt is asked for it. */
export const myCasePage = (frame: Frame, { track, file }: { track: Endpoint; file: Endpoint }): Route[] =>
  pageAt(
    "/saya/{trackingNumber}",
    { path: ofOwnCase, query: z.strictObject({ sudah: z.string().max(20).optional() }) },
    async ({ path: { trackingNumber }, query }, visit) => {
      const { language } = visit;
      const opened = await openCase(frame, visit, { see: track, trackingNumber });
      if ("closed" in opened) return opened.closed;
      const { view, receipt } = opened;
      return {
        ...page(
          layout({
            language,
            address: `/saya/${trackingNumber}`,
            files: frame.files,
            title: words.title[language],
            quickExit: true,
            buckets: await bucketsOf(visit, file, opened),
            main: caseInWords(view, { today: frame.now(), sudah: query.sudah }, language),
          }),
        ),
        cookies: [await keptOpen(frame, visit, trackingNumber, receipt)],
      };
    },
  );
