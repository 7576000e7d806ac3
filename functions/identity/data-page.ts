import * as z from "zod";
import { localDateInWords, type TimeZone } from "../../shared/deadline/calendar/time-zone.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ofOwnCase, openCase } from "../../shared/http/page/own-case.ts";
import { pageAt } from "../../shared/http/page/route.ts";
import { keptOpen } from "../../shared/http/page/session.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { page, type Reply } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { daySeen, momentSeen, zoneSeen } from "../../shared/page/case/moments.ts";
import { ownPage } from "../../shared/page/case/own-page.ts";
import { asWritten, type EntrySeen, timelineSeen } from "../../shared/page/case/timeline.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { hidden, sendButton } from "../../shared/page/parts/form.ts";
import { summaryList } from "../../shared/page/parts/lists.ts";
import { whyNoDeletion } from "./deletion-page.ts";
import { personalData } from "./export-data.ts";

const words = {
  title: { id: "Data saya", en: "My data" },
  intro: {
    id: "Ini semua yang kami simpan tentang Anda dalam laporan ini. Hanya Anda yang melihat halaman ini.",
    en: "This is all that we keep about you with this report. Nobody but you sees this page.",
  },
  identity: { id: "Siapa Anda", en: "Who you are" },
  nobody: { id: "Laporan ini tidak memuat identitas Anda.", en: "There is no identity with this report." },
  name: { id: "Nama", en: "Name" },
  email: { id: "Alamat email", en: "Email address" },
  phone: { id: "Nomor telepon", en: "Phone number" },
  nik: { id: "NIK", en: "NIK" },
  kept: { id: "Tersimpan, tidak ditampilkan", en: "Kept, not shown" },
  none: { id: "Tidak ada", en: "None" },
  mails: { id: "Email tentang laporan", en: "Emails about the report" },
  on: { id: "Dikirim", en: "Sent" },
  off: { id: "Tidak dikirim", en: "Not sent" },
  language: { id: "Bahasa email", en: "Language of emails" },
  indonesian: { id: "Bahasa Indonesia", en: "Indonesian" },
  english: { id: "Bahasa Inggris", en: "English" },
  correct: { id: "Perbaiki", en: "Correct" },
  choose: { id: "Ubah", en: "Change" },
  report: { id: "Yang Anda laporkan", en: "What you reported" },
  reportTitle: { id: "Judul", en: "Title" },
  text: { id: "Cerita", en: "Story" },
  place: { id: "Tempat", en: "Place" },
  position: { id: "Titik lokasi", en: "Position" },
  occurredOn: { id: "Tanggal kejadian", en: "Date of what happened" },
  sent: { id: "Dikirim", en: "Sent" },
  how: { id: "Cara melapor", en: "How you reported" },
  anonymous: {
    id: "Anonim: petugas tidak tahu siapa Anda",
    en: "Anonymous: officers do not know who you are",
  },
  secret: { id: "Rahasia: publik tidak membaca isinya", en: "Secret: the public does not read it" },
  open: {
    id: "Terbuka: publik membaca isinya tanpa nama Anda",
    en: "Open: the public reads it without your name",
  },
  written: { id: "Yang Anda lakukan dan tulis sesudahnya", en: "What you did and wrote after that" },
  opened: { id: "Siapa yang membuka data Anda", en: "Who opened your data" },
  notOpened: { id: "Belum pernah dibuka.", en: "It was never opened." },
  files: { id: "Lampiran Anda dan instansi", en: "Files of yours and of agencies" },
  noFiles: { id: "Tidak ada lampiran.", en: "There are no files." },
  keeping: { id: "Berapa lama kami menyimpannya", en: "How long we keep it" },
  days: { id: "hari sesudah laporan berakhir", en: "days after the report has ended" },
  until: { id: "Sampai", en: "Until" },
  notYet: {
    id: "Waktunya mulai ketika laporan berakhir.",
    en: "The time begins when the report ends.",
  },
  download: { id: "Unduh semua data (JSON)", en: "Download all data (JSON)" },
  downloadHint: {
    id: "Berkas ini memuat semua yang ada di atas. Simpan di tempat yang hanya Anda buka.",
    en: "The file holds all of the above. Keep it where only you look.",
  },
  delete: { id: "Hapus identitas", en: "Delete the identity" },
  deleteLink: {
    id: "Lihat akibatnya, lalu hapus identitas saya",
    en: "See what follows, then delete my identity",
  },
} as const satisfies Record<string, Text>;

type Held = z.output<typeof personalData>;

const identityRows = (
  { identity, mails, language: mailed, case: { trackingNumber } }: Held,
  language: Language,
): Hole => {
  const link = (to: string, label: Text) => ({
    address: pageIn(language, `/saya/${trackingNumber}/${to}`),
    label: label[language],
  });
  const correct = link("surel", words.correct);
  const row = (label: Text, value: string | undefined) => ({
    label: label[language],
    value: value ?? words.none[language],
    change: correct,
  });
  return html`${!identity && html`<p>${words.nobody[language]}</p>`}${summaryList([
    row(words.name, identity?.name),
    row(words.email, identity?.email),
    row(words.phone, identity?.phone),
    row(words.nik, identity?.nikOnFile ? words.kept[language] : undefined),
    {
      label: words.mails[language],
      value: (mails ? words.on : words.off)[language],
      change: link("surat", words.choose),
    },
    ...(mailed
      ? [
          {
            label: words.language[language],
            value: (mailed === "id" ? words.indonesian : words.english)[language],
          },
        ]
      : []),
  ])}`;
};

function reportRows({ case: found }: Held, zone: TimeZone, language: Language): Hole {
  const { title, text = "", location, occurredOn, submittedAt, anonymous, secret } = found;
  const how = [anonymous && words.anonymous, secret && words.secret].filter((one) => one !== false);
  const position =
    location?.latitude !== undefined && location.longitude !== undefined
      ? `${location.latitude}, ${location.longitude}`
      : undefined;
  return summaryList([
    { label: words.reportTitle[language], value: html`<span lang="id">${title}</span>` },
    { label: words.text[language], value: asWritten(text) },
    ...(location
      ? [
          {
            label: words.place[language],
            value: [location.address, location.regionName].filter(Boolean).join(", "),
          },
        ]
      : []),
    ...(position ? [{ label: words.position[language], value: position }] : []),
    ...(occurredOn
      ? [{ label: words.occurredOn[language], value: localDateInWords(occurredOn, language) }]
      : []),
    { label: words.sent[language], value: momentSeen(submittedAt, zone, language) },
    {
      label: words.how[language],
      value: (how.length > 0 ? how : [words.open]).map((one) => html`<p>${one[language]}</p>`),
    },
  ]);
}

const entriesOf = (entries: readonly EntrySeen[], zone: TimeZone, empty: Hole, language: Language): Hole =>
  entries.length === 0 ? empty : timelineSeen(entries, { zone }, language);

const filesOf = ({ files, case: { trackingNumber, attachments = [] } }: Held, language: Language): Hole =>
  attachments.length === 0
    ? html`<p>${words.noFiles[language]}</p>`
    : html`<ul>${attachments.map(({ attachmentId, name, stateText }) => {
        const link = files.some((one) => one.attachmentId === attachmentId);
        return html`<li>${link ? html`<a href="${pageIn(language, `/saya/${trackingNumber}/berkas/${attachmentId}`)}">${name}</a>` : name}: ${stateText}</li>`;
      })}</ul>`;

const keepingOf = ({ retention: { days, basis, until } }: Held, zone: TimeZone, language: Language): Hole =>
  html`<p>${days} ${words.days[language]}. ${basis}. ${
    until === null
      ? words.notYet[language]
      : html`${words.until[language]} <b>${daySeen(until, zone, language)}</b>.`
  }</p>`;

const asFile = (held: Held): Reply => ({
  status: 200,
  file: { content: Buffer.from(JSON.stringify(held, undefined, 2)), type: "application/json" },
  headers: { "content-disposition": 'attachment; filename="data-laporan.json"' },
});

/** `/saya/{trackingNumber}/data`: all that we know about the reporter, to read and to download. */
export const dataPage = (frame: Frame, see: Endpoint, exported: Endpoint): Route[] =>
  pageAt(
    "/saya/{trackingNumber}/data",
    { path: ofOwnCase, query: z.strictObject({ unduh: z.string().max(10).optional() }) },
    async ({ path, query }, visit) => {
      const { language } = visit;
      const { trackingNumber } = path;
      const opened = await openCase(frame, visit, { see, trackingNumber });
      if ("closed" in opened) return opened.closed;
      const { view, receipt } = opened;
      const held = await visit.ask(exported, { path, receipt }, personalData);
      const cookies = [await keptOpen(frame, visit, trackingNumber, receipt)];
      if (query.unduh === "json") return { ...asFile(held), cookies };
      const zone = zoneSeen(view);
      const { timeline = [] } = held.case;
      const address = `/saya/${trackingNumber}/data`;
      const own = timeline.filter(({ by, type }) => by === "reporter" && type !== "submitted");
      const openings = timeline.filter(({ type }) => ["identity-opened", "original-opened"].includes(type));
      const mayDelete = view.legalMoves?.includes("delete-identity");
      return {
        ...page(
          ownPage({
            language,
            address,
            files: frame.files,
            title: words.title[language],
            trackingNumber,
            main: html`<p>${words.intro[language]}</p>
<h2>${words.identity[language]}</h2>${identityRows(held, language)}
<h2>${words.opened[language]}</h2>${entriesOf(openings, zone, html`<p>${words.notOpened[language]}</p>`, language)}
<h2>${words.report[language]}</h2>${reportRows(held, zone, language)}
<h2>${words.files[language]}</h2>${filesOf(held, language)}
${own.length > 0 && html`<h2>${words.written[language]}</h2>${entriesOf(own, zone, undefined, language)}`}
<h2>${words.keeping[language]}</h2>${keepingOf(held, zone, language)}
<form action="${pageIn(language, address)}">${hidden("unduh", "json")}<p>${sendButton(words.download[language])}</p><p class="hint">${words.downloadHint[language]}</p></form>
<h2>${words.delete[language]}</h2>
<p>${mayDelete ? html`<a href="${pageIn(language, `${address}/hapus`)}">${words.deleteLink[language]}</a>` : whyNoDeletion(view)[language]}</p>`,
          }),
        ),
        cookies,
      };
    },
  );
