import type { Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { canonicalOf, type Frame } from "../../../shared/http/page/visit.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { attributes, type Html, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import {
  checkbox,
  radios,
  sendButton,
  textArea,
  textField,
  type Told,
} from "../../../shared/page/parts/form.ts";

const words = {
  title: { id: "Lapor tanpa sinyal", en: "Report without a signal" },
  intro: {
    id: "Tulis sekarang. Laporan Anda terkirim sekali, begitu sinyal kembali.",
    en: "Write now. Your report is sent once, as soon as the signal is back.",
  },
  onPhone: {
    id: "Yang Anda tulis tersimpan di perangkat ini sampai terkirim. Di perangkat bersama, hapus sesudahnya. “Keluar cepat” menghapusnya juga.",
    en: "What you write is kept on this device until it is sent. On a shared device, delete it afterwards. “Leave quickly” deletes it too.",
  },
  noScript: {
    id: "Peramban Anda tidak menjalankan skrip, jadi halaman ini memerlukan sinyal. Isian di bawah membawa Anda ke langkah pertama laporan.",
    en: "Your browser runs no scripts, so this page needs a signal. The form below leads you to the first step of a report.",
  },
  steps: { id: "Tulis laporan dalam enam langkah", en: "Write a report in six steps" },
  kind: { id: "Apa yang ingin Anda sampaikan?", en: "What do you want to tell?" },
  complaint: { id: "Pengaduan", en: "A complaint" },
  complaintHint: { id: "Ada yang tidak beres", en: "Something is not right" },
  aspiration: { id: "Aspirasi", en: "A suggestion (aspirasi)" },
  aspirationHint: { id: "Saran atau harapan", en: "An idea or a wish" },
  information: { id: "Permintaan informasi", en: "A request for information" },
  informationHint: { id: "Anda ingin tahu sesuatu", en: "You want to know something" },
  heading: { id: "Judul", en: "Title" },
  headingHint: {
    id: "Misalnya: Air PDAM keruh sejak Senin",
    en: "For example: Water has been muddy since Monday",
  },
  text: { id: "Apa yang terjadi?", en: "What happened?" },
  textHint: {
    id: "Tulis apa, kapan, dan di mana. Jangan tulis nomor KTP.",
    en: "Write what, when and where. Do not write the number of an identity card.",
  },
  occurredOn: { id: "Tanggal kejadian", en: "Date on which it happened" },
  place: { id: "Di mana?", en: "Where?" },
  placeHint: { id: "Jalan, kelurahan, kecamatan, atau kota", en: "Street, kelurahan, kecamatan or town" },
  anonymous: { id: "Anonim", en: "Anonymous" },
  anonymousHint: { id: "Petugas tidak melihat siapa Anda.", en: "Officers do not see who you are." },
  secret: { id: "Rahasia", en: "Secret" },
  secretHint: { id: "Publik tidak melihat laporan ini.", en: "The public does not see this report." },
  send: { id: "Kirim laporan", en: "Send the report" },
  forget: { id: "Hapus dari perangkat ini", en: "Delete from this device" },
  placeLine: { id: "Tempat: {place}", en: "Place: {place}" },
  wrong: { id: "Ada yang perlu diperbaiki", en: "Something needs correcting" },
  waitingTitle: { id: "Laporan Anda menunggu sinyal", en: "Your report waits for a signal" },
  waitingText: {
    id: "Anda boleh menutup halaman ini. Buka lagi ketika ada sinyal, lalu catat tanda terimanya.",
    en: "You may close this page. Open it again when there is a signal, and note the receipt.",
  },
  sendNow: { id: "Coba kirim sekarang", en: "Try to send now" },
  edit: { id: "Ubah isinya", en: "Change it" },
  answerTitle: { id: "Laporan Anda sudah kami terima", en: "We have your report" },
  answerText: {
    id: "Catat keduanya sekarang. Tanda terima hanya ada di perangkat ini, dan kami tidak menyimpannya.",
    en: "Note both now. The receipt is on this device only, and we do not store it.",
  },
  number: { id: "Nomor pelacakan", en: "Tracking number" },
  receipt: { id: "Tanda terima rahasia", en: "Secret receipt" },
  copy: { id: "Salin tanda terima", en: "Copy the receipt" },
  copied: { id: "Tersalin", en: "Copied" },
  notCopied: { id: "Tidak tersalin. Teksnya sudah ditandai.", en: "Not copied. The text is selected." },
  print: { id: "Cetak", en: "Print" },
  noted: {
    id: "Sudah saya catat, hapus dari perangkat ini",
    en: "I have noted it, delete it from this device",
  },
} as const satisfies Record<string, Text>;

/** What the script says while it works. */
const states = {
  "data-writing": { id: "Tersimpan di perangkat ini: {time}", en: "Kept on this device: {time}" },
  "data-not-lasting": {
    id: "Peramban ini tidak menyimpan apa pun. Biarkan halaman ini terbuka sampai terkirim.",
    en: "This browser keeps nothing. Leave this page open until the report is sent.",
  },
  "data-sending": { id: "Sedang dikirim…", en: "Sending…" },
  "data-offline": {
    id: "Tidak ada sinyal. Terkirim sendiri nanti.",
    en: "No signal. It will be sent by itself.",
  },
  "data-waiting": { id: "Belum terkirim. Dicoba lagi {time}.", en: "Not sent yet. Trying again {time}." },
  "data-busy": { id: "Kami sedang ramai. Dicoba lagi {time}.", en: "We are very busy. Trying again {time}." },
  "data-proving": {
    id: "Kami sedang ramai. Perangkat Anda mengerjakan soal hitungan dulu.",
    en: "We are very busy. Your device solves a puzzle first.",
  },
  "data-refused": {
    id: "Belum terkirim. Perbaiki yang ditandai.",
    en: "Not sent yet. Correct what is marked.",
  },
  "data-answered": { id: "Terkirim.", en: "Sent." },
  "data-deleted": { id: "Sudah dihapus dari perangkat ini.", en: "Deleted from this device." },
  "data-noted": {
    id: "Tidak ada lagi yang tersimpan di perangkat ini.",
    en: "Nothing is kept on this device any more.",
  },
} as const satisfies Record<string, Text>;

const address = "/lapor/tanpa-sinyal";

/** The form, which everybody gets alike. Without a script it is sent to the first step of a report. */
function form(language: Language, worker: string): Html {
  const told: Told = { language, wrong: new Map(), values: { class: "complaint" } };
  const said = (name: keyof typeof words) => words[name][language];
  return html`<form method="post" action="${pageIn(language, "/lapor/cerita")}" data-offline data-place-line="${said("placeLine")}" data-worker="${worker}">
${radios(told, { name: "class", label: said("kind") }, [
  { value: "complaint", label: said("complaint"), hint: said("complaintHint") },
  { value: "aspiration", label: said("aspiration"), hint: said("aspirationHint") },
  { value: "information-request", label: said("information"), hint: said("informationHint") },
])}
${textField(told, { name: "title", label: said("heading"), hint: said("headingHint") })}
${textArea(told, { name: "text", label: said("text"), hint: said("textHint") })}
${textField(told, { name: "occurredOn", label: said("occurredOn"), optional: true }, { type: "date", width: "middle" })}
${textField(told, { name: "place", label: said("place"), hint: said("placeHint"), optional: true })}
${checkbox(told, { name: "anonymous", label: said("anonymous"), hint: said("anonymousHint") })}
${checkbox(told, { name: "secret", label: said("secret"), hint: said("secretHint") })}
<p class="row">${sendButton(said("send"))} <button type="button" class="link" data-forget hidden>${said("forget")}</button></p>
</form>`;
}

/** What the script shows later: that the report waits, and what came of it. */
function later(language: Language): Html {
  const said = (name: keyof typeof words) => words[name][language];
  return html`<section data-waiting-part hidden aria-labelledby="menunggu"><h2 id="menunggu">${said("waitingTitle")}</h2>
<p>${said("waitingText")}</p>
<p class="row"><button type="button" class="button" data-send-now>${said("sendNow")}</button> <button type="button" class="button second" data-edit>${said("edit")}</button></p></section>
<section data-answer-part hidden tabindex="-1" aria-labelledby="diterima"><h2 id="diterima">${said("answerTitle")}</h2>
<p>${said("answerText")}</p>
<h3>${said("number")}</h3><p class="receipt" id="nomor" data-number></p>
<h3>${said("receipt")}</h3><p class="receipt" id="tanda-terima" data-receipt></p>
<p class="row"><button type="button" class="button second" data-copy="#tanda-terima" data-done="${said("copied")}" data-failed="${said("notCopied")}" hidden>${said("copy")}</button> <button type="button" class="button second" data-print hidden>${said("print")}</button></p>
<p><button type="button" class="button" data-receipt-noted>${said("noted")}</button></p></section>`;
}

/** `/lapor/tanpa-sinyal`: the short form that works without a line. It is the same for everybody. */
export const offlinePage = (frame: Frame): Route[] =>
  pageAt(address, {}, async (_, { language }) => {
    const { files } = frame;
    const said = (name: keyof typeof words) => words[name][language];
    const stated = Object.fromEntries(Object.entries(states).map(([name, text]) => [name, text[language]]));
    return {
      ...page(
        layout({
          language,
          address,
          files,
          title: said("title"),
          narrow: true,
          focused: true,
          quickExit: true,
          scripts: ["offline.js"],
          canonical: canonicalOf(frame),
          main: html`<h1>${said("title")}</h1>
<p>${said("intro")}</p>
<p role="status" data-state ${attributes(stated)}></p>
${later(language)}
<section data-writing-part aria-label="${said("title")}">
<noscript><p class="notice">${said("noScript")} <a href="${pageIn(language, "/lapor/cerita")}">${said("steps")}</a></p></noscript>
<p>${said("onPhone")}</p>
${form(language, files["proof-worker.js"] ?? "")}
</section>
<template data-errors><div class="summary" tabindex="-1"><h2>${said("wrong")}</h2><p data-detail></p><ul></ul></div></template>
<template data-error><span class="why"></span></template>`,
        }),
      ),
      headers: publicPage,
    };
  });
