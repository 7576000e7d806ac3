import * as z from "zod";
import { attachmentPath } from "../../shared/attachment/reading.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { bodyOf, valueOf } from "../../shared/http/page/form.ts";
import { officerFormAt, type OfficerFrame, type OfficerVisit } from "../../shared/http/page/officer.ts";
import { seeOther } from "../../shared/http/page/route.ts";
import { page, type Reply } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import {
  openingForm,
  openingHead,
  openingSummary,
  staysClosed,
} from "../../shared/page/officer/case/opening-page.ts";
import { deskPage } from "../../shared/page/officer/desk-page.ts";
import { officersCase } from "../../shared/page/officer/move-addresses.ts";
import { Refusal } from "../../shared/refusal.ts";
import { originalSeen } from "./open-original.ts";

const words = {
  title: { id: "Buka berkas asli", en: "Open an original" },
  file: { id: "Berkas", en: "File" },
  instead: {
    id: "Pakai salinannya bila cukup. Berkas asli dapat memuat lokasi, waktu, perangkat, dan nama pembuatnya.",
    en: "Use the copy where it is enough. An original may hold position, time, device and the name of who made it.",
  },
  readers: {
    id: "Alasan Anda dicatat di riwayat laporan. Pelapor, petugas laporan ini, Ombudsman, dan auditor membacanya.",
    en: "Your reason goes on record with the case. Its reporter, its officers, the Ombudsman and auditors read it.",
  },
  told: {
    id: "Pelapor diberi tahu bahwa berkas ini dibuka, oleh jabatan apa, dan mengapa.",
    en: "The reporter is told that this file was opened, by which post, and why.",
  },
  consented: {
    id: "Pelapor mengizinkan berkas aslinya dibuka. Ia dapat menarik izin itu kapan saja.",
    en: "The reporter has agreed that their originals are opened. They can take that back at any time.",
  },
  noConsent: {
    id: "Untuk berkas ini izin pelapor tidak diperlukan.",
    en: "This file does not need the reporter's consent.",
  },
  second: {
    id: "Pembukaan ini tidak memerlukan orang kedua. Alasan Anda yang menjadi jaminannya.",
    en: "This opening needs no second person. Your reason on record stands for it.",
  },
  after: {
    id: "Sesudah itu Anda dapat mengunduhnya selama seperempat jam. Izin pelapor diperiksa lagi setiap kali.",
    en: "After that you can download it for a quarter of an hour. The reporter's consent is checked again each time.",
  },
  send: { id: "Catat alasan dan buka", en: "Record the reason and open" },
  changed: {
    id: "Laporan ini berubah sejak halaman ini dibuka. Belum ada yang dibuka. Baca lagi laporannya, lalu kirim lagi bila masih perlu.",
    en: "This case has changed since this page was opened. Nothing was opened. Read the case again, then send it again if you still need to.",
  },
  open: { id: "Terbuka untuk Anda sampai", en: "Open for you until" },
  download: { id: "Unduh berkas asli", en: "Download the original" },
  careful: {
    id: "Simpan hanya di perangkat kantor, dan hapus sesudah selesai.",
    en: "Keep it on an office device only, and delete it when you are done.",
  },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
} as const satisfies Record<string, Text>;

interface Asked {
  /** Whether the opening is possible now, and until when it holds. */
  see: Endpoint;
  open: Endpoint;
  fetch: Endpoint;
}

type Path = { trackingNumber: string; attachmentId: string };
type Seen = z.output<typeof originalSeen>;

const addressOf = ({ trackingNumber, attachmentId }: Path): string =>
  `${officersCase(trackingNumber)}/berkas/${encodeURIComponent(attachmentId.toWellFormed())}/asli`;

/** Asks whether the original can be opened. What stands in the way now is told on the page; everything else is thrown. */
async function seen(see: Endpoint, path: Path, visit: OfficerVisit): Promise<Seen | Refusal> {
  try {
    return await visit.ask(see, { path }, originalSeen);
  } catch (error) {
    if (error instanceof Refusal && error.kind === "conflict") return error;
    throw error;
  }
}

/** The way to an original that is open for this officer. */
const isOpenNow = (
  until: string,
  path: Path,
  language: Language,
): Hole => html`<div class="notice"><p><b>${words.open[language]} ${until}.</b></p><p>${words.careful[language]}</p></div>
<p><a class="button" href="${pageIn(language, addressOf(path))}?unduh=ya">${words.download[language]}</a></p>
<p><a class="link" href="${pageIn(language, officersCase(path.trackingNumber))}">${words.back[language]}</a></p>`;

const fileSeen = ({ file }: Seen, language: Language): Hole =>
  html`<p>${words.file[language]}: <b>${file.name}</b></p>${file.warning && html`<div class="notice"><p>${file.warning}</p></div>`}`;

/**
 * `/petugas/laporan/{trackingNumber}/berkas/{attachmentId}/asli`: the sealed original of a file, for a reason. `?unduh=ya` leads to the
 * file itself, for a quarter of an hour.
 */
export const originalPage = (frame: OfficerFrame, { see, open, fetch }: Asked): Route[] =>
  officerFormAt(frame, "/petugas/laporan/{trackingNumber}/berkas/{attachmentId}/asli", {
    input: {
      path: z.strictObject({ trackingNumber, ...attachmentPath }),
      query: z.strictObject({ unduh: z.literal("ya").optional() }),
    },

    async show({ path, query }, visit, tried): Promise<Reply> {
      const { language } = visit;
      const before = await seen(see, path, visit);
      if (!(before instanceof Refusal) && before.openUntil !== null && query.unduh)
        return visit.reply(fetch, { path });
      const title = words.title[language];
      const form = (known: Seen) =>
        openingForm(language, {
          address: addressOf(path),
          known: [
            words.instead,
            words.readers,
            words.told,
            known.consented ? words.consented : words.noConsent,
            words.second,
          ],
          seen: known.version,
          limit: 500,
          tried,
          consequence: html`<p>${words.after[language]}</p>`,
          button: words.send,
        });
      const main =
        before instanceof Refusal
          ? staysClosed(language, before.text, tried)
          : html`${fileSeen(before, language)}
${before.openUntil === null || tried ? form(before) : isOpenNow(before.openUntil, path, language)}`;
      return page(
        deskPage(visit, frame.files, {
          title,
          narrow: true,
          summary: before instanceof Refusal ? undefined : openingSummary(tried, language),
          main: html`${openingHead(title, path.trackingNumber, language)}
${main}`,
        }),
      );
    },

    async send({ path }, visit, values) {
      const { version, openUntil } = await visit.ask(see, { path }, originalSeen);
      if (valueOf(values, "seen") !== String(version)) {
        // The second of two clicks, or the same form again: it is open for this officer, on record already.
        if (openUntil !== null) return seeOther(addressOf(path), visit.language);
        throw new Refusal("conflict", words.changed);
      }
      await visit.reply(open, { path, body: bodyOf(values, ["reason"]) });
      return seeOther(addressOf(path), visit.language);
    },
  });
