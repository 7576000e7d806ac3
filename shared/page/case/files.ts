import type { Language, Text } from "../../language.ts";
import { attributes, type Hole, type Html, html } from "../html.ts";
import { pageIn } from "../layout.ts";
import { hidden, sendButton, textField, type Told } from "../parts/form.ts";
import { chip } from "../parts/turn.ts";

const words = {
  yours: { id: "Yang sudah Anda kirim", en: "What you have sent" },
  waiting: { id: "Sedang diperiksa", en: "Being inspected" },
  clean: { id: "Sudah diperiksa", en: "Inspected" },
  refused: { id: "Ditolak", en: "Refused" },
  removed: { id: "Dihapus", en: "Removed" },
  waitingText: {
    id: "Menunggu kiriman dan pemeriksaan. Bila tidak jadi dikirim, baris ini hilang sesudah 25 menit.",
    en: "Waits for the file and its inspection. If it is not sent, this line goes after 25 minutes.",
  },
  open: { id: "Buka salinannya", en: "Open the copy" },
  remove: { id: "Hapus", en: "Remove" },
  more: { id: "Kirim foto atau berkas", en: "Send photos or files" },
  kinds: {
    id: "Foto, PDF, video, rekaman suara, Word, atau Excel. Paling besar {most} MB setiap berkas.",
    en: "Photos, PDF, videos, sound recordings, Word or Excel. At most {most} MB each.",
  },
  before: { id: "Sebelum mengirim: apa yang masih terlihat", en: "Before you send: what can still be seen" },
  name: { id: "Nama untuk berkas ini", en: "A name for this file" },
  nameHint: {
    id: "Misalnya: lubang di depan pasar. Nama orang jangan ditulis.",
    en: "For example: hole in front of the market. Do not write names of people.",
  },
  prepare: { id: "Lanjut: pilih satu berkas", en: "Continue: choose one file" },
  files: { id: "Foto atau berkas", en: "Photos or files" },
  original: { id: "Kirim aslinya sebagai bukti", en: "Send the original as evidence" },
  originalHint: {
    id: "Foto tidak diperkecil. Lebih besar dan lebih lama terkirim.",
    en: "The photo is not made smaller. It is larger and takes longer.",
  },
  send: { id: "Kirim", en: "Send" },
  waits: { id: "Menunggu giliran", en: "Waits its turn" },
  shrinking: { id: "Diperkecil…", en: "Being made smaller…" },
  sending: { id: "Terkirim {percent} %", en: "{percent} % sent" },
  sent: { id: "Terkirim. Kami periksa.", en: "Sent. We inspect it." },
  retrying: {
    id: "Sambungan putus. Dicoba lagi dalam {seconds} detik.",
    en: "The connection dropped. Trying again in {seconds} seconds.",
  },
  failed: { id: "Belum terkirim.", en: "Not sent yet." },
  cancelled: { id: "Dibatalkan", en: "Cancelled" },
  tooLarge: {
    id: "Berkas ini {size} MB. Paling besar {most} MB.",
    en: "This file has {size} MB. At most {most} MB are taken.",
  },
  tooMany: {
    id: "Tinggal {most} berkas lagi yang dapat dikirim.",
    en: "Only {most} more files can be sent.",
  },
  progress: { id: "Kemajuan kiriman", en: "Upload progress" },
  cancel: { id: "Batalkan", en: "Cancel" },
  again: { id: "Coba lagi", en: "Try again" },
  see: { id: "Lihat hasil pemeriksaannya", en: "See how the inspection went" },
  choose: { id: "Pilih berkasnya", en: "Choose the file" },
  chooseHint: {
    id: "Satu berkas, paling besar {most} MB. Kirim dalam 15 menit.",
    en: "One file of at most {most} MB. Send it within 15 minutes.",
  },
  sendOne: { id: "Kirim berkas ini", en: "Send this file" },
  afterwards: {
    id: "Sesudah terkirim, Anda kembali ke daftar berkas. Dari sana Anda dapat mengirim satu lagi.",
    en: "Once it is sent, you come back to the list of files. From there you can send another one.",
  },
  trouble: {
    id: "Muncul halaman berisi kode? Berkasnya terlalu besar atau waktunya habis. Tekan kembali, lalu mulai lagi dari daftar berkas.",
    en: "Do you see a page of code? The file is too large, or the time is over. Press back and begin again from the list of files.",
  },
} as const satisfies Record<string, Text>;

/** What people may choose. What a file is goes by its content. */
const accepted = "image/*,video/*,audio/*,application/pdf,.heic,.docx,.xlsx";

/** A file as a page shows it. */
export interface ShownFile {
  name: string;
  state: "waiting" | "clean" | "refused" | "removed";
  stateText: string;
  thumbnail: boolean;
  type: string;
  /** The addresses that open and remove it, without their language. */
  open: string;
  remove: string;
}

const tones = { waiting: "due", clean: "calm", refused: "late", removed: "calm" } as const;

/** The words of the API name routes in brackets. People have links. */
const forPeople = (text: string): string => text.replace(/ \((?:original-erasure|opening|question)\)/g, "");

const megabytes = (bytes: number): string => String(Math.floor(bytes / 1024 / 1024));

const hasCopy = ({ state, type }: ShownFile): boolean =>
  state === "clean" && !type.startsWith("application/vnd.openxmlformats");

function fileCard(file: ShownFile, language: Language): Html {
  const { name, state, stateText, thumbnail, open, remove } = file;
  return html`<li class="card"><h3>${name}</h3>
<p>${chip(tones[state], words[state][language])}</p>
${thumbnail && state === "clean" && html`<p><img src="${pageIn(language, open)}?kecil=ya" alt="" loading="lazy"></p>`}
<p>${state === "waiting" ? words.waitingText[language] : forPeople(stateText)}</p>
<p class="row">${hasCopy(file) && html`<a href="${pageIn(language, open)}" class="link">${words.open[language]}<span class="unseen">: ${name}</span></a>`}${
    (state === "clean" || state === "waiting") &&
    html`<a href="${pageIn(language, remove)}" class="link">${words.remove[language]}<span class="unseen">: ${name}</span></a>`
  }</p></li>`;
}

/** The files of a reporter, each with what became of it. */
export const fileList = (files: readonly ShownFile[], language: Language): Html =>
  html`<h2>${words.yours[language]}</h2><ul class="cards">${files.map((file) => fileCard(file, language))}</ul>`;

/** Sends files: several with a script, one after another without. */
export function filesSending({
  told,
  address,
  notice,
  mostBytes,
  mostFiles,
  kinds = words.kinds,
  query = {},
}: {
  told: Told;
  address: string;
  /** What may be sent, where it is not what reporters may send. `{most}` stands for the megabytes. */
  kinds?: Text;
  /** What the page carries in its address to where the files are sent from. */
  query?: Readonly<Record<string, string>>;
  /** What has to be known before. */
  notice: string;
  mostBytes: number;
  mostFiles: number;
}): Html {
  const { language } = told;
  const here = pageIn(language, address);
  const carried = new URLSearchParams(query).toString();
  const again = new URLSearchParams({ terkirim: "1", ...query }).toString();
  const said = (name: keyof typeof words) => words[name][language];
  return html`<h2>${said("more")}</h2>
<p>${kinds[language].replace("{most}", megabytes(mostBytes))}</p>
${warning(notice, language)}
<form method="post" action="${carried === "" ? here : `${here}?${carried}`}" data-without-script>
${textField(told, { name: "name", label: said("name"), hint: said("nameHint"), optional: true }, { width: "middle" })}
${sendButton(said("prepare"))}
</form>
<form method="post" action="${here}" hidden data-upload data-ask="${here}/tempat" data-most-files="${mostFiles}" data-most-bytes="${mostBytes}">
<div class="field"><label for="berkas">${said("files")}</label><input type="file" id="berkas" accept="${accepted}"></div>
<div class="field"><label class="choice"><input type="checkbox" data-original><span><b>${said("original")}</b><span class="hint">${said("originalHint")}</span></span></label></div>
<ul class="cards one" data-files hidden ${attributes({
    "data-waiting": said("waits"),
    "data-shrinking": said("shrinking"),
    "data-sending": said("sending"),
    "data-sent": said("sent"),
    "data-retrying": said("retrying"),
    "data-failed": said("failed"),
    "data-cancelled": said("cancelled"),
    "data-too-large": said("tooLarge"),
    "data-too-many": said("tooMany"),
  })}>${line(language)}</ul>
<p data-upload-done hidden><a class="link" href="${`${here}?${again}`}">${said("see")}</a></p>
${sendButton(said("send"))}
</form>`;
}

/** The line of a file, which a script copies. What stands in it is made by `html` already. */
const line = (language: Language): Html =>
  html`<template><li class="card"><b data-file-name></b> <span role="status" data-file-state></span> <progress class="bar" aria-label="${words.progress[language]}" hidden></progress>
<button type="button" class="link" data-file-cancel hidden>${words.cancel[language]}</button><button type="button" class="link" data-file-again hidden>${words.again[language]}</button></li></template>`;

/** The form that sends one file straight to the bucket. */
export const fileForm = (
  {
    upload,
    notice,
    mostBytes,
  }: {
    upload: { url: string; fields: Readonly<Record<string, string>> };
    notice: string;
    mostBytes: number;
  },
  language: Language,
): Html => html`${warning(notice, language)}
<form method="post" action="${upload.url}" enctype="multipart/form-data" data-once>
${Object.entries(upload.fields).map(([name, value]) => hidden(name, value))}
<div class="field"><label for="berkas">${words.choose[language]}</label><span class="hint" id="berkas-hint">${words.chooseHint[language].replace("{most}", megabytes(mostBytes))}</span>
<input type="file" id="berkas" name="file" accept="${accepted}" required aria-describedby="berkas-hint"></div>
${sendButton(words.sendOne[language])}
</form>
<p>${words.afterwards[language]}</p>
<p class="hint">${words.trouble[language]}</p>`;

/** What a sender has to know before a file goes. */
const warning = (notice: string, language: Language): Hole =>
  html`<details><summary>${words.before[language]}</summary><p>${forPeople(notice)}</p></details>`;
