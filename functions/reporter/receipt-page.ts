import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { valueOf } from "../../shared/http/page/form.ts";
import { ofOwnCase, ownFormAt, type Sent } from "../../shared/http/page/own-case.ts";
import { keptOpen } from "../../shared/http/page/session.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { page } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { ownPage } from "../../shared/page/case/own-page.ts";
import { type Html, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { Refusal } from "../../shared/refusal.ts";
import { inGroups, normaliseCode } from "../../shared/text/code.ts";

const words = {
  title: { id: "Ganti tanda terima", en: "Replace the receipt" },
  intro: {
    id: "Ganti tanda terima bila orang lain mungkin sudah melihatnya. Siapa pun yang memegangnya dianggap sebagai pelapor.",
    en: "Replace the receipt if somebody else may have seen it. Whoever holds it is treated as the reporter.",
  },
  after: {
    id: "Tanda terima yang lama langsung tidak berlaku, di semua perangkat. Yang baru ditampilkan satu kali di halaman berikut: siapkan tempat untuk mencatatnya.",
    en: "The old receipt stops working at once, on every device. The new one is shown once on the next page: have something ready to note it down.",
  },
  send: { id: "Ganti tanda terima", en: "Replace the receipt" },
  newTitle: { id: "Tanda terima baru Anda", en: "Your new receipt" },
  once: {
    id: "Tanda terima ini hanya ditampilkan sekali. Catat atau cetak sekarang. Yang lama tidak berlaku lagi.",
    en: "This receipt is shown only once. Note it down or print it now. The old one no longer works.",
  },
  number: { id: "Nomor pelacakan", en: "Tracking number" },
  receipt: { id: "Tanda terima rahasia", en: "Secret receipt" },
  readAloud: {
    id: "Tidak ada huruf I, L, O, S, dan U di dalamnya. Huruf besar atau kecil sama saja.",
    en: "There is no letter I, L, O, S or U in it. Capitals do not matter.",
  },
  copy: { id: "Salin", en: "Copy" },
  copied: {
    id: "Sudah disalin. Tempelkan di tempat yang hanya Anda buka.",
    en: "Copied. Paste it where only you look.",
  },
  copyByHand: {
    id: "Tidak dapat menyalin otomatis. Teksnya sudah dipilih: salin sendiri.",
    en: "Copying is not possible here. The text is selected: copy it yourself.",
  },
  print: { id: "Cetak", en: "Print" },
  download: { id: "Unduh", en: "Download" },
  fileName: { id: "tanda-terima.txt", en: "receipt.txt" },
  shared: {
    id: "Printer dan komputer yang dipakai bersama dapat menyimpan apa yang dicetak, disalin, atau diunduh.",
    en: "Shared printers and computers may keep what is printed, copied or downloaded.",
  },
  done: { id: "Sudah saya catat, kembali ke laporan", en: "I have noted it, back to the report" },
} as const satisfies Record<string, Text>;

const replacedAlready = () =>
  new Refusal("conflict", {
    id: "Tanda terima laporan ini sudah diganti dari halaman tadi, dan tanda terima baru hanya ditampilkan sekali. Bila belum sempat Anda catat, ganti sekali lagi di bawah.",
    en: "The receipt of this report was replaced from that page already, and a new one is shown only once. If you could not note it down, replace it once more below.",
  });

/** Binds a form to the receipt that it was shown with: sent again after a reload, it replaces nothing a second time. */
const boundTo = (receipt: string, key: string): string =>
  createHash("sha256")
    .update(`${normaliseCode(receipt)} ${key}`)
    .digest("base64url");

const given = z.object({ receipt: z.string() });

const newReceiptText = (trackingNumber: string, receipt: string, language: Language): Html =>
  html`<p class="receipt" id="tanda-terima" translate="no" data-value="${receipt}">${inGroups(normaliseCode(receipt), 4).split("-").join(" ")}</p>
<p class="hint">${words.readAloud[language]}</p>
<p class="row"><button type="button" class="button" data-copy="#tanda-terima" data-done="${words.copied[language]}" data-failed="${words.copyByHand[language]}" hidden>${words.copy[language]}</button> <button type="button" class="button second" data-print hidden>${words.print[language]}</button> <button type="button" class="button second" data-download="#lembar" data-name="${words.fileName[language]}" hidden>${words.download[language]}</button></p>
<div id="lembar" translate="no"><p>${words.number[language]}: <span class="number">${trackingNumber}</span></p><p>${words.receipt[language]}: <span class="number">${receipt}</span></p></div>
<p class="hint">${words.shared[language]}</p>`;

/** `/saya/{trackingNumber}/tanda-terima`: replaces the receipt. The new one is shown once, and the case stays open with it. */
export function receiptPage(frame: Frame, see: Endpoint, rotate: Endpoint): Route[] {
  const send = async ({ path, receipt, values, visit }: Sent<{ trackingNumber: string }>) => {
    const { language } = visit;
    const { trackingNumber } = path;
    const key = valueOf(values, "idempotencyKey");
    if (valueOf(values, "boundTo") !== boundTo(receipt, key)) throw replacedAlready();
    const renewed = await visit.ask(rotate, { path, receipt, idempotencyKey: key }, given);
    return {
      ...page(
        ownPage({
          language,
          address: `/saya/${trackingNumber}/tanda-terima`,
          files: frame.files,
          title: words.newTitle[language],
          trackingNumber,
          main: html`<div class="notice" role="status"><p><b>${words.once[language]}</b></p></div>
${newReceiptText(trackingNumber, renewed.receipt, language)}
<p><a href="${pageIn(language, `/saya/${trackingNumber}`)}">${words.done[language]}</a></p>`,
        }),
      ),
      cookies: [await keptOpen(frame, visit, trackingNumber, renewed.receipt)],
    };
  };
  return ownFormAt(frame, see, {
    at: "tanda-terima",
    path: ofOwnCase,
    title: () => words.title,
    fields: [],
    carried: {
      names: ["idempotencyKey", "boundTo"],
      made: (receipt) => {
        const idempotencyKey = randomUUID();
        return { idempotencyKey, boundTo: boundTo(receipt, idempotencyKey) };
      },
    },
    intro: ({ language }) => html`<p>${words.intro[language]}</p>`,
    inputs: () => undefined,
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    send,
    done: "tanda-terima",
  });
}
