import * as z from "zod";
import type { ActorRole } from "../../../shared/case/history.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { proofView } from "../../../shared/case/views/proof-view.ts";
import { publicView } from "../../../shared/case/views/schemas.ts";
import { roleText } from "../../../shared/case/views/words.ts";
import { inWords, type TimeZone } from "../../../shared/deadline/calendar/time-zone.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { canonicalOf, type Frame } from "../../../shared/http/page/visit.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Language } from "../../../shared/language.ts";
import { zoneSeen } from "../../../shared/page/case/moments.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";

const words = {
  title: { id: "Bukti riwayat laporan", en: "Proof of the history of report" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  lead: {
    id: "Setiap peristiwa dalam laporan ini punya sidik: deretan huruf yang dihitung dari isinya. Sidik itu memuat juga sidik peristiwa sebelumnya.",
    en: "Each event of this report has a fingerprint: a row of letters that is computed from its content. That content includes the fingerprint of the event before.",
  },
  provesTitle: { id: "Apa yang dibuktikan", en: "What this proves" },
  proves: {
    id: [
      "Tidak ada peristiwa yang diubah, dihapus, disisipkan, atau ditukar. Satu huruf saja berubah, semua sidik sesudahnya tidak cocok lagi.",
      "Orang lain yang menyimpan sidik terakhir dapat membandingkannya kapan saja.",
      "Setiap hari sidik terakhir disalin ke tempat yang tidak dapat ditimpa siapa pun.",
    ],
    en: [
      "No event was changed, removed, put in or moved. If one letter changes, no later fingerprint matches any more.",
      "Whoever kept the last fingerprint can compare it at any time.",
      "Each day the last fingerprint is copied to a place that nobody can overwrite.",
    ],
  },
  notTitle: { id: "Apa yang tidak dibuktikan", en: "What this does not prove" },
  not: {
    id: "Bukti ini tidak berkata bahwa isi laporan atau jawabannya benar. Ia hanya berkata bahwa catatannya masih seperti saat ditulis.",
    en: "It does not say that a report or an answer is true. It says that the record is as it was written.",
  },
  check: { id: "Periksa di peramban ini", en: "Check it in this browser" },
  working: { id: "Sedang dihitung ulang…", en: "Checking…" },
  right: {
    id: "Cocok. {events} peristiwa bersambung tanpa celah, dan {hashed} di antaranya dihitung ulang di perangkat Anda.",
    en: "It matches. {events} events follow each other without a gap, and your device computed {hashed} of them again.",
  },
  wrong: {
    id: "Tidak cocok mulai peristiwa ke-{n}. Muat ulang halaman ini. Bila tetap tidak cocok, simpan datanya dan beri tahu kami.",
    en: "It does not match from event {n} on. Load this page again. If it still does not match, keep the data and tell us.",
  },
  unable: {
    id: "Pemeriksaan tidak dapat dijalankan sekarang. Coba lagi saat sinyal baik, atau periksa dengan tangan seperti di bawah.",
    en: "The check cannot run now. Try again with a better signal, or check by hand as told below.",
  },
  event: { id: "Peristiwa yang tidak ditampilkan", en: "An event that is not shown" },
  each: {
    id: "Di bawah setiap peristiwa tertulis sidiknya.",
    en: "Below each event stands its fingerprint.",
  },
  chain: { id: "Rantai peristiwa", en: "The chain of events" },
  link: {
    id: "Isi dan waktunya tidak terbuka untuk publik. Tempatnya dalam rantai tetap terlihat.",
    en: "What it was and when is not public. Its place in the chain still shows.",
  },
  last: { id: "Sidik terakhir", en: "The last fingerprint" },
  copy: { id: "Salin sidik terakhir", en: "Copy the last fingerprint" },
  copied: { id: "Tersalin.", en: "Copied." },
  copyFailed: { id: "Teksnya sudah dipilih: salin sendiri.", en: "It is selected: copy it yourself." },
  byHand: { id: "Memeriksa dengan tangan", en: "Checking by hand" },
  steps: {
    id: [
      "Unduh data bukti (JSON) di bawah.",
      "Ambil satu peristiwa yang memuat contentHash, dan buang bidang hash-nya.",
      "Tulis sisanya dalam bentuk baku RFC 8785: nama bidang urut abjad, tanpa spasi.",
      "Hitung SHA-256 dari tulisan itu dalam base64url. Hasilnya harus sama dengan hash peristiwa itu.",
      "Periksa previousHash: harus sama dengan hash peristiwa sebelumnya. Peristiwa pertama memuat null.",
    ],
    en: [
      "Download the data of the proof (JSON) below.",
      "Take an event that has a contentHash, and leave out its field hash.",
      "Write the rest in the canonical form of RFC 8785: fields in alphabetical order, no blanks.",
      "Compute the SHA-256 of that line in base64url. It has to be the hash of the event.",
      "Look at previousHash: it has to be the hash of the event before. The first event has null.",
    ],
  },
  command: { id: "Perintah untuk langkah keempat", en: "A command for the fourth step" },
  json: { id: "Unduh data bukti (JSON)", en: "Download the data of the proof (JSON)" },
} as const;

type Proof = z.output<typeof proofView>;
type Event = Proof["events"][number];

/** What an event is called, by its place. Whole events have a time; the timeline of the case tells the same one. */
function nameOf(
  event: Event,
  timeline: NonNullable<z.output<typeof publicView>["timeline"]>,
): string | undefined {
  if (!("contentHash" in event)) return undefined;
  return timeline.find(({ type, at }) => type === event.type && at === event.at)?.text;
}

const entryOf = (event: Event, name: string | undefined, zone: TimeZone, language: Language): Hole =>
  html`<li>${
    "contentHash" in event
      ? html`<h3>${event.sequence}. ${name ?? event.type}</h3><p class="hint">${inWords(event.at, zone, language)} · ${roleText[event.by.role as ActorRole]?.[language] ?? event.by.role}</p>`
      : html`<h3>${event.sequence}. ${words.event[language]}</h3><p class="hint">${words.link[language]}</p>`
  }<code class="hash">${event.hash}</code></li>`;

const button = (address: string, language: Language): Hole =>
  html`<p><button type="button" class="button" hidden data-check-history="${address}" data-working="${words.working[language]}" data-right="${words.right[language]}" data-wrong="${words.wrong[language]}" data-unable="${words.unable[language]}">${words.check[language]}</button></p>`;

/** `/laporan/{trackingNumber}/riwayat`: the chain of events, what it proves, and how anybody checks it without us. */
export const historyPage = (frame: Frame, { proof, track }: { proof: Endpoint; track: Endpoint }): Route[] =>
  pageAt(
    "/laporan/{trackingNumber}/riwayat",
    { path: z.strictObject({ trackingNumber }) },
    async ({ path }, visit) => {
      const { language } = visit;
      const number = path.trackingNumber;
      const [{ head, events }, { timeline = [], clocks }] = await Promise.all([
        visit.ask(proof, { path }, proofView),
        visit.ask(track, { path }, publicView),
      ]);
      const zone = zoneSeen({ clocks, timeline });
      const data = `/v1/cases/${number}/proof`;
      return {
        ...page(
          layout({
            language,
            address: `/laporan/${number}/riwayat`,
            files: frame.files,
            quickExit: true,
            title: `${words.title[language]} ${number}`,
            canonical: canonicalOf(frame),
            scripts: ["proof-check.js"],
            main: html`<p><a class="back" href="${pageIn(language, `/laporan/${number}`)}">${words.back[language]}</a></p>
<h1>${words.title[language]} <span class="number">${number}</span></h1>
<p>${words.lead[language]}</p>
${button(data, language)}
<h2>${words.last[language]}</h2>
<p class="receipt" id="sidik">${head.hash}</p>
<p><button type="button" class="button second" hidden data-copy="#sidik" data-done="${words.copied[language]}" data-failed="${words.copyFailed[language]}">${words.copy[language]}</button></p>
<h2>${words.provesTitle[language]}</h2>
<ul>${words.proves[language].map((one) => html`<li>${one}</li>`)}</ul>
<h3>${words.notTitle[language]}</h3>
<p>${words.not[language]}</p>
<h2>${words.chain[language]}</h2>
<p>${words.each[language]}</p>
<ol class="line">${events.map((event) => entryOf(event, nameOf(event, timeline), zone, language))}</ol>
<details><summary>${words.byHand[language]}</summary>
<ol>${words.steps[language].map((one) => html`<li>${one}</li>`)}</ol>
<p>${words.command[language]}:</p>
<pre class="scroll" tabindex="0"><code>printf %s '{"at":…}' | openssl dgst -sha256 -binary | basenc --base64url | tr -d =</code></pre></details>
<p><a class="button second" href="${data}" download="bukti-${number}.json">${words.json[language]}</a></p>`,
          }),
        ),
        headers: publicPage,
      };
    },
  );
