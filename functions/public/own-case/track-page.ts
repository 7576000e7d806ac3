import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { publicView, reporterView } from "../../../shared/case/views/schemas.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { valueOf } from "../../../shared/http/page/form.ts";
import { formAt, seeOther, type Tried } from "../../../shared/http/page/route.ts";
import { keptOpen, openReceipt } from "../../../shared/http/page/session.ts";
import type { Frame, Visit } from "../../../shared/http/page/visit.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { errorSummary, sendButton, textField, wrongFields } from "../../../shared/page/parts/form.ts";

const words = {
  title: { id: "Lacak laporan", en: "Track a report" },
  intro: {
    id: "Siapa pun boleh melihat perjalanan sebuah laporan dengan nomornya. Dengan tanda terima Anda melihat semuanya dan dapat menjawab.",
    en: "Anybody can follow a report by its number. With the receipt you see everything and can answer.",
  },
  number: { id: "Nomor pelacakan", en: "Tracking number" },
  numberHint: {
    id: "Misalnya 7K3MQ-P4X9C. Huruf besar atau kecil sama saja.",
    en: "For example 7K3MQ-P4X9C. Capitals do not matter.",
  },
  receipt: { id: "Tanda terima rahasia", en: "Secret receipt" },
  receiptHint: {
    id: "Lima kelompok, masing-masing empat huruf atau angka. Kosongkan bila Anda bukan pelapornya.",
    en: "Five groups of four letters or digits. Leave it empty if you are not the reporter.",
  },
  notOpened: { id: "Laporan tidak terbuka", en: "No report was opened" },
  open: { id: "Buka laporan", en: "Open the report" },
  over: {
    id: "Laporan ini tertutup sendiri, karena 30 menit tidak dibuka, karena sudah 8 jam terbuka, atau karena Anda keluar. Masukkan tanda terimanya lagi.",
    en: "This report was closed on this device: nobody looked at it for 30 minutes, it was open for 8 hours, or you left. Enter its receipt again.",
  },
  left: {
    id: "Anda sudah keluar. Di perangkat ini tidak ada laporan yang terbuka, dan tanda terima tidak tampil lagi.",
    en: "You have left. No report is open on this device, and no receipt is shown any more.",
  },
  draftStays: {
    id: "Masih ada draf yang belum terkirim di peramban ini.",
    en: "A draft that was not sent is still in this browser.",
  },
  toDraft: { id: "Lanjutkan atau hapus draf", en: "Go on with the draft, or delete it" },
  unreadable: {
    id: "Kami tidak dapat membaca catatan yang disimpan peramban Anda: catatannya berubah, atau kuncinya sudah kami ganti. Masukkan tanda terimanya lagi.",
    en: "We cannot read what your browser had kept: it was changed, or we have another key by now. Enter the receipt again.",
  },
  replaced: {
    id: "Tanda terima yang Anda pakai tidak berlaku lagi, karena sudah diganti. Masukkan yang baru.",
    en: "The receipt that you used is no longer valid, because it was replaced. Enter the new one.",
  },
  inAddress: {
    id: "Tanda terima hanya diketik di kolomnya di bawah. Yang tadi Anda ketik masuk ke alamat halaman: hapus alamat itu dari riwayat peramban, terutama di perangkat bersama.",
    en: "Type a receipt only into its field below. What you typed became part of an address: delete that address from the history of your browser, above all on a shared device.",
  },
  lost: { id: "Tanda terima hilang?", en: "Lost your receipt?" },
  lostText: {
    id: "Kami tidak menyimpannya dan tidak dapat mengirimnya lagi. Tanpa tanda terima, Anda tetap dapat mengikuti laporan dengan nomornya. Bila perlu, buat laporan baru dan sebut nomor yang lama.",
    en: "We do not store it and cannot send it again. Without it you can still follow the report by its number. If needed, make a new report and name the old number.",
  },
} as const satisfies Record<string, Text>;

/** Why a case is not open any more, by the word for it in the address. */
const whyOver = new Map<string, Text>([
  ["keluar", words.left],
  ["asing", words.unreadable],
  ["diganti", words.replaced],
  ["alamat", words.inAddress],
]);

const query = z.strictObject({ nomor: z.string().max(40).optional(), sesi: z.string().max(20).optional() });

/** `/lacak`: opens a case by its number, and by its receipt for whoever holds it. The receipt is posted, never in an address. */
export const trackPage = (frame: Frame, track: Endpoint): Route[] => {
  const show = async (
    visit: Visit,
    asked: { nomor?: string | undefined; sesi?: string | undefined },
    tried: Tried | undefined,
  ) => {
    const { language } = visit;
    const told = {
      language,
      wrong: wrongFields(tried?.problem),
      values: { trackingNumber: tried?.values.trackingNumber ?? asked.nomor ?? "" },
    };
    return page(
      layout({
        language,
        address: "/lacak",
        files: frame.files,
        title: words.title[language],
        narrow: true,
        summary: errorSummary(tried?.problem, language, words.notOpened),
        main: html`${
          asked.sesi &&
          !tried &&
          html`<div class="notice"><p>${(whyOver.get(asked.sesi) ?? words.over)[language]}</p>${
            asked.sesi === "keluar" &&
            visit.cookies.has("__Host-draf") &&
            html`<p>${words.draftStays[language]} <a href="${pageIn(language, "/lapor")}">${words.toDraft[language]}</a></p>`
          }</div>`
        }
<h1>${words.title[language]}</h1>
<p>${words.intro[language]}</p>
<form method="post" action="${pageIn(language, "/lacak")}" data-once>
${textField(told, { name: "trackingNumber", label: words.number[language], hint: words.numberHint[language] }, { width: "middle", autocapitalize: "characters", spellcheck: "false" })}
${textField(told, { name: "receipt", label: words.receipt[language], hint: words.receiptHint[language], optional: true }, { autocapitalize: "characters", spellcheck: "false" })}
${sendButton(words.open[language])}
</form>
<details><summary>${words.lost[language]}</summary><p>${words.lostText[language]}</p></details>`,
      }),
    );
  };
  return formAt(frame, "/lacak", {
    input: { query },
    async show({ query }, visit, tried) {
      const number = trackingNumber.safeParse(query.nomor).data;
      // Links in mails lead here. Whoever has the case open sees it at once.
      if (!tried && number !== undefined && (await openReceipt(frame, visit, number)) !== undefined)
        return seeOther(`/saya/${number}`, visit.language);
      return show(visit, query, tried);
    },
    async send(_, visit, values) {
      const number = trackingNumber.safeParse(valueOf(values, "trackingNumber").trim());
      const receipt = valueOf(values, "receipt").trim() || undefined;
      const asked = { path: { trackingNumber: valueOf(values, "trackingNumber").trim() }, receipt };
      await visit.ask(track, asked, receipt === undefined ? publicView : reporterView);
      const known = number.data ?? "";
      if (receipt === undefined) return seeOther(`/laporan/${known}`, visit.language);
      return seeOther(`/saya/${known}`, visit.language, [await keptOpen(frame, visit, known, receipt)]);
    },
  });
};
