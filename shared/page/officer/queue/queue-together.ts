import type * as z from "zod";
import type { archiveReason } from "../../../case/history.ts";
import type { Language, Text } from "../../../language.ts";
import { archivedBecause } from "../../case/ending.ts";
import { type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import {
  hidden,
  radios,
  selectField,
  textArea,
  textField,
  type Told,
  wrongFields,
} from "../../parts/form.ts";
import { officersCase } from "../move-addresses.ts";
import { beginningOf, type CaseWaiting, queueRows } from "./queue-rows.ts";

type Move = "progress" | "assign" | "archive" | "join";

/** The fields of each move that can be made with several cases, as its route names them. */
export const fieldsTogether: Record<Move, readonly string[]> = {
  progress: ["text"],
  assign: ["agencyId", "note"],
  archive: ["reason", "text"],
  join: ["trackingNumber", "text"],
};

interface Words {
  title: Text;
  /** What follows for the clocks, and what the reporters are told. */
  follows: Text;
  send: Text;
  done: Text;
}

export const togetherWords: Record<Move, Words> = {
  progress: {
    title: { id: "Catat perkembangan bersama", en: "Note progress together" },
    follows: {
      id: "Catatan ini dibaca semua orang dan dikirim kepada pelapornya. Hitungan tanggapan awal selesai; hitungan penyelesaian berjalan terus.",
      en: "Everybody reads this note, and the reporters are sent it. The count of the first response ends; that of the completion goes on.",
    },
    send: { id: "Catat pada laporan yang dicentang", en: "Note it on the ticked cases" },
    done: { id: "dicatat", en: "noted" },
  },
  assign: {
    title: { id: "Disposisikan bersama", en: "Assign together" },
    follows: {
      id: "Laporan pindah ke instansi yang Anda pilih. Batas waktunya tidak dimulai lagi: sisa harinya berjalan terus di sana.",
      en: "The cases go to the agency that you choose. Their limits do not begin anew: the days that are left go on there.",
    },
    send: { id: "Disposisikan laporan yang dicentang", en: "Assign the ticked cases" },
    done: { id: "didisposisikan", en: "assigned" },
  },
  archive: {
    title: { id: "Arsipkan bersama", en: "Archive together" },
    follows: {
      id: "Hitungan hari berhenti dan laporan tidak dikerjakan lagi. Setiap pelapor membaca alasan ini dan dapat mengajukan keberatan.",
      en: "The count of days stops and nobody works on the cases any more. Each reporter reads this reason and may object.",
    },
    send: { id: "Arsipkan laporan yang dicentang", en: "Archive the ticked cases" },
    done: { id: "diarsipkan", en: "archived" },
  },
  join: {
    title: { id: "Gabungkan bersama", en: "Join together" },
    follows: {
      id: "Hitungan hari laporan yang dicentang berakhir: laporan itu mengikuti laporan pertama. Setiap pelapor diberi tahu dan dapat memisahkannya.",
      en: "The clocks of the ticked cases end: they follow the first one. Each reporter is told and may separate theirs.",
    },
    send: { id: "Gabungkan laporan yang dicentang", en: "Join the ticked cases" },
    done: { id: "digabungkan", en: "joined" },
  },
};

const words = {
  back: { id: "Kembali ke antrean", en: "Back to the queue" },
  chosen: { id: "Laporan yang dicentang", en: "The ticked cases" },
  changed: {
    id: "Berubah sejak Anda mencentangnya. Buka dulu, lalu centang lagi bila masih tepat.",
    en: "It has changed since you ticked it. Open it first, then tick it again if it still fits.",
  },
  text: { id: "Perkembangan", en: "Progress" },
  textHint: {
    id: "Satu catatan yang sama untuk semuanya. Jangan tulis nama orang.",
    en: "The same note for all of them. Name no people.",
  },
  find: { id: "Cari instansi", en: "Find an agency" },
  findHint: {
    id: "Ketik sebagian namanya, lalu tekan Cari.",
    en: "Type a part of its name, then press Search.",
  },
  search: { id: "Cari", en: "Search" },
  agency: { id: "Kepada instansi", en: "To the agency" },
  noAgency: { id: "Cari dan pilih instansi dulu.", en: "Find and choose an agency first." },
  cut: {
    id: "Masih ada yang lain. Ketik nama yang lebih lengkap.",
    en: "There are more. Type more of the name.",
  },
  note: { id: "Catatan untuk instansi itu", en: "A note for that agency" },
  reason: { id: "Alasan", en: "Reason" },
  chooseReason: { id: "Pilih alasan", en: "Choose a reason" },
  reasonHint: {
    id: "Laporan yang sama tidak diarsipkan: gabungkan.",
    en: "The same report twice is not archived: join it.",
  },
  why: { id: "Penjelasan untuk pelapor", en: "Explanation for the reporters" },
  first: { id: "Nomor laporan pertama", en: "Number of the first report" },
  oneHint: {
    id: "Nomor laporan yang akan diikuti oleh laporan yang dicentang.",
    en: "Number of the case that the ticked one will follow.",
  },
  firstHint: {
    id: "Laporan yang diikuti. Yang paling dulu diterima di antara yang dicentang: {nomor}. Ganti bila laporan lain yang diikuti.",
    en: "The case that the others follow. The first one received of those ticked: {nomor}. Change it if they follow another one.",
  },
  remark: { id: "Penjelasan", en: "Explanation" },
  failed: { id: "Belum berhasil", en: "Not done" },
  again: { id: "Coba lagi untuk yang dicentang", en: "Try again for the ticked ones" },
  final: { id: "Tidak dapat dilakukan", en: "Cannot be done" },
  made: { id: "Berhasil", en: "Done" },
  reload: {
    id: "Memuat ulang halaman ini aman: tidak ada yang dilakukan dua kali.",
    en: "It is safe to load this page again: nothing is done twice.",
  },
  pick: { id: "Pilih", en: "Choose" },
} as const satisfies Record<string, Text>;

/** A page of a move with several cases. */
export interface TogetherForm {
  language: Language;
  move: Move;
  values: Readonly<Record<string, string | readonly string[]>>;
  problem: { detail: string; errors?: readonly { path: string; message: string }[] | undefined } | undefined;
  action: string;
  back: string;
  /** The ticked case that was received first, where one of them leads. */
  first?: string | undefined;
  agencies: { offered: readonly { id: string; name: string }[]; isCut: boolean };
}

type Reason = z.infer<typeof archiveReason>;
const reasons = (Object.keys(archivedBecause) as Reason[]).filter((reason) => reason !== "duplicate-of");

/** The agency that all cases go to: found by its name, and chosen. */
function agencyFields(told: Told, { agencies: { offered, isCut } }: TogetherForm): Html {
  const { language } = told;
  const options = offered.map(({ id, name }) => ({ value: id, label: name }));
  return html`${textField(told, { name: "cari", label: words.find[language], hint: words.findHint[language], optional: true }, { type: "search" })}
<p><button class="button second" name="langkah" value="cari">${words.search[language]}</button></p>
${options.length > 0 ? radios(told, { name: "agencyId", label: words.agency[language] }, options) : html`<p class="hint" id="agencyId">${words.noAgency[language]}</p>`}${isCut && html`<p class="hint">${words.cut[language]}</p>`}
${textArea(told, { name: "note", label: words.note[language], optional: true }, { rows: 3, limit: 2_000 })}`;
}

const fieldsOf: Record<Move, (told: Told, form: TogetherForm) => Html> = {
  progress: (told) =>
    textArea(
      told,
      { name: "text", label: words.text[told.language], hint: words.textHint[told.language] },
      { rows: 5, limit: 5_000 },
    ),
  assign: agencyFields,
  archive: (told) =>
    html`${selectField(
      told,
      { name: "reason", label: words.reason[told.language], hint: words.reasonHint[told.language] },
      [
        { value: "", label: words.chooseReason[told.language] },
        ...reasons.map((value) => ({ value, label: archivedBecause[value][told.language] })),
      ],
    )}${textArea(told, { name: "text", label: words.why[told.language] }, { rows: 4, limit: 2_000 })}`,
  join: (told, { first }) =>
    html`${textField(told, { name: "trackingNumber", label: words.first[told.language], hint: first === undefined ? words.oneHint[told.language] : words.firstHint[told.language].replace("{nomor}", first) }, { width: "middle", autocapitalize: "characters", spellcheck: "false" })}${textArea(told, { name: "text", label: words.remark[told.language], optional: true }, { rows: 3, limit: 2_000 })}`,
};

const backLink = ({ back, language }: TogetherForm): Html =>
  html`<p><a class="back" href="${back}">${words.back[language]}</a></p>`;

/** "2 laporan tidak lagi di antrean Anda dan tidak ikut." */
const left = (gone: number, language: Language): Hole =>
  gone > 0 &&
  html`<p class="hint">${{ id: `${gone} laporan tidak lagi di instansi Anda, jadi tidak ikut.`, en: `${gone} of them are no longer at your agency, so they are left out.` }[language]}</p>`;

/** The page that confirms: what the move does, its fields, and the cases, each of which can be left out. */
export function confirmMain(
  form: TogetherForm,
  {
    cases,
    hasChanged,
    gone,
    ownAgency,
  }: {
    ownAgency: string;
    cases: readonly CaseWaiting[];
    hasChanged: (view: CaseWaiting) => boolean;
    gone: number;
  },
): Html {
  const { language, move, action, values, problem } = form;
  const said = togetherWords[move];
  const told: Told = { language, wrong: wrongFields(problem), values };
  return html`${backLink(form)}<h1>${said.title[language]} (${cases.length})</h1>
<form method="post" action="${action}"><div class="notice"><p>${said.follows[language]}</p></div>
${fieldsOf[move](told, form)}
<h2>${words.chosen[language]}</h2>${left(gone, language)}
${queueRows(cases, language, { ownAgency, ticked: (view) => !hasChanged(view), more: (view) => hasChanged(view) && html`<br><b>${words.changed[language]}</b>` })}
<p class="row"><button class="button" name="langkah" value="kirim">${said.send[language]}</button><a class="link" href="${form.back}">${words.back[language]}</a></p></form>`;
}

/** What came of one case. */
export interface ResultShown {
  trackingNumber: string;
  title: string | undefined;
  problem: { detail: string; errors?: readonly { message: string }[] | undefined } | undefined;
  /** The version on which it can be tried again. */
  tryAgainOn: number | undefined;
}

const nameOf = ({ trackingNumber, title }: ResultShown, language: Language): Html =>
  html`<a href="${pageIn(language, officersCase(trackingNumber))}">${title === undefined ? trackingNumber : beginningOf(title, 110)}</a>${title !== undefined && html` <small>${trackingNumber}</small>`}`;

/** Why it was refused, in the words of the route. */
const whyNot = ({ problem }: ResultShown): Hole =>
  problem &&
  html`<br>${problem.errors && problem.errors.length > 0 ? problem.errors.map(({ message }) => message).join(" ") : problem.detail}`;

/** What was typed, kept for trying again. */
const kept = ({ move, values }: TogetherForm): Hole =>
  fieldsTogether[move].map((name) => {
    const value = values[name] ?? "";
    return hidden(name, typeof value === "string" ? value : (value[0] ?? ""));
  });

/** The cases that can be tried again, still ticked. */
const tryAgain = (form: TogetherForm, results: readonly ResultShown[]): Hole =>
  results.length > 0 &&
  html`<h2>${words.failed[form.language]} (${results.length})</h2><form method="post" action="${form.action}">${kept(form)}
<ul class="queue ticks">${results.map(
    (one) =>
      html`<li><label class="pick"><input type="checkbox" name="n" value="${`${one.trackingNumber}:${one.tryAgainOn ?? 0}`}" checked><span class="unseen">${words.pick[form.language]} ${one.trackingNumber}</span></label><div>${nameOf(one, form.language)}${whyNot(one)}</div></li>`,
  )}</ul><p><button class="button" name="langkah" value="kirim">${words.again[form.language]}</button></p></form>`;

/** The result of a move with several cases: how many were moved, what came of each, and what can be tried again. */
export function resultMain(form: TogetherForm, results: readonly ResultShown[]): Html {
  const { language, move } = form;
  const made = results.filter(({ problem }) => !problem);
  const again = results.filter(({ tryAgainOn }) => tryAgainOn !== undefined);
  const final = results.filter(({ problem, tryAgainOn }) => problem && tryAgainOn === undefined);
  const done = togetherWords[move].done[language];
  const list = (title: Text, some: readonly ResultShown[]): Hole =>
    some.length > 0 &&
    html`<h2>${title[language]} (${some.length})</h2><ul class="queue">${some.map((one) => html`<li><div>${nameOf(one, language)}${whyNot(one)}</div></li>`)}</ul>`;
  return html`${backLink(form)}<h1>${{ id: `${made.length} dari ${results.length} laporan ${done}`, en: `${made.length} of ${results.length} cases ${done}` }[language]}</h1>
<p class="hint">${words.reload[language]}</p>
${tryAgain(form, again)}${list(words.final, final)}${list(words.made, made)}
<p class="row">${again.length === 0 && html`<a class="button" href="${form.back}">${words.back[language]}</a>`}</p>`;
}
