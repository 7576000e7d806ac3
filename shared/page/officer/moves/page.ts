import { moveTitle } from "../../../case/moves/table.ts";
import type { Language, Text } from "../../../language.ts";
import { stopWords } from "../../../notification/mails/words/stopping.ts";
import { asWritten } from "../../case/timeline.ts";
import { attributes, type Hole, type Html, html, paragraphs } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { hidden, type Told } from "../../parts/form.ts";
import { besideMove } from "../guidance/beside-move.ts";
import { addressOfMove, officersCase } from "../move-addresses.ts";
import { type Choices, type Doing, doingButton, moveInputs } from "./fields.ts";
import { type FormMove, moveForms } from "./table.ts";

const words = {
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  backToDesk: { id: "Kembali ke meja", en: "Back to the desk" },
  text: { id: "Isi laporan", en: "What was reported" },
  counts: { id: "Yang terjadi pada hitungan hari", en: "What happens to the count of days" },
  unknown: {
    id: "Hitungannya baru diketahui sesudah formulir ini diisi. Tekan “Simpan dulu” untuk melihatnya.",
    en: "This is known once the form is filled in. Press “Save for now” to see it.",
  },
  reads: { id: "Email kepada pelapor", en: "The email to the reporter" },
  ifAddress: {
    id: "Dikirim bila pelapor meninggalkan alamat email. Anda tidak diberi tahu apakah ada alamatnya.",
    en: "Sent if the reporter left an address. You are not told whether they did.",
  },
  discreet: {
    id: "Laporan ini anonim atau rahasia, maka emailnya tidak menyebut apa pun.",
    en: "This report is anonymous or secret, so the email names nothing.",
  },
  subject: { id: "Judul email", en: "Subject" },
  noMail: {
    id: "Pelapor tidak dikirimi email untuk langkah ini. Ia membacanya pada laporannya.",
    en: "The reporter gets no email about this. They read it at their report.",
  },
  amongOfficers: {
    id: "Hanya petugas yang membacanya. Pelapor tidak diberi tahu.",
    en: "Officers alone read it. The reporter is not told.",
  },
  send: { id: "Kirim", en: "Send" },
  sendThenNext: { id: "Kirim, lalu buka berikutnya", en: "Send, then open the next one" },
  save: { id: "Simpan dulu", en: "Save for now" },
  busy: { id: "Mengirim…", en: "Sending…" },
  saved: {
    id: "Tersimpan selama tujuh hari, di perangkat mana pun Anda masuk. Belum terkirim.",
    en: "Saved for seven days, on whatever device you sign in. Not sent yet.",
  },
  draft: { id: "Draf dari {when}. Belum terkirim.", en: "Draft of {when}. Not sent yet." },
  dropDraft: { id: "Buang draf ini", en: "Drop this draft" },
  changed: { id: "Yang berubah sementara itu", en: "What changed meanwhile" },
  notNow: { id: "Ini tidak dapat dilakukan sekarang", en: "Not possible now" },
  standsAt: { id: "Laporan ini sekarang", en: "This report stands at" },
  unsent: { id: "Yang Anda tulis (belum terkirim)", en: "What you wrote (not sent)" },
  routing: { id: "Bantuan memilih instansi", en: "Help to choose an agency" },
  templates: { id: "Contoh jawaban instansi Anda", en: "Your agency's examples of answers" },
  useTemplate: { id: "Pakai contoh ini", en: "Use this example" },
  choose: { id: "Pilih contoh", en: "Choose an example" },
  changeTemplates: { id: "Ubah contoh jawaban", en: "Change the examples of answers" },
  firstTemplate: { id: "Tulis contoh jawaban pertama", en: "Write the first example of an answer" },
  templatesAway: {
    id: "Yang sudah Anda tulis di sini disimpan sebagai draf.",
    en: "What you wrote here is kept as a draft.",
  },
  noTemplates: {
    id: "Instansi Anda belum punya contoh jawaban.",
    en: "Your agency has no examples of answers yet.",
  },
  keepers: {
    id: "Yang menulisnya pejabat penghubung dan admin instansi Anda",
    en: "Liaison officers and administrators of your agency write them",
  },
  stops: {
    id: "Tautan ini hanya ada pada email pelapor, tidak di sini.",
    en: "That link stands in the reporter's email only, not here.",
  },
  draftHint: {
    id: "Contoh ditambahkan di bawah yang sudah Anda tulis. Sesuaikan sebelum mengirim.",
    en: "An example is added below what you wrote. Adapt it before you send it.",
  },
} as const satisfies Record<string, Text>;

/** What of a case stands above the form of a move. */
export interface CaseLine {
  trackingNumber: string;
  title?: string | undefined;
  text?: string | undefined;
  statusText: string;
  agency: { name: string } | null;
  version: number;
}

/** Where the page of a move stands, other than at a real case. Its addresses are without their language. */
export interface MovePlace {
  /** The way back to the case. */
  back: string;
  /** Where the form is sent. */
  form: string;
  /** What the form carries along to tell what its sender saw. */
  seen: Html;
  /** What stands below the heading. */
  head: Hole;
  buttons: readonly (keyof typeof sending)[];
}

const sending = {
  kirim: words.send,
  "kirim-lalu-berikutnya": words.sendThenNext,
  simpan: words.save,
} as const satisfies Partial<Record<Doing, Text>>;

const sendings = Object.keys(sending) as (keyof typeof sending)[];

/** The case in one line, with its number. What people wrote is in Indonesian, whatever the language of the page. */
const caseLine = (
  { trackingNumber, title, statusText, agency }: CaseLine,
  language: Language,
  back = officersCase(trackingNumber),
): Html =>
  html`<p><a class="back" href="${pageIn(language, back)}">${words.back[language]}</a></p>
<p><span class="number">${trackingNumber}</span>${title && html` · <span lang="id">${title}</span>`} · ${statusText}${agency && html` · ${agency.name}`}</p>`;

/** A mail as it would be sent. */
export interface MailSeen {
  subject: string;
  text: string;
}

export interface MovePage {
  move: FormMove;
  language: Language;
  view: CaseLine;
  told: Told;
  choices: Choices;
  /** What the move does to the clocks of this case. Undefined where that cannot be told before something is typed. */
  effects: Html | undefined;
  /** The mail that the reporter would get. Undefined where they get none. */
  mail: MailSeen | undefined;
  isDiscreet: boolean;
  /** When the draft that is shown was stored, in words. */
  draftOf?: string | undefined;
  isSaved: boolean;
  /** What others did since what was typed was begun. */
  changes: Hole;
  /** Help to choose an agency. */
  routing?: Hole;
  /** The agency's examples of answers, and who keeps them. Undefined where the move takes none. */
  templates: TemplatesSeen | undefined;
  /** Absent at a real case. */
  place?: MovePlace;
}

export interface TemplatesSeen {
  items: readonly { id: string; title: string }[];
  /** Whether this officer keeps them. */
  mayChange: boolean;
  /** The names of those who keep them. */
  keepers: readonly string[];
}

const draftNotice = ({ move, language, view, draftOf, isSaved }: MovePage): Hole =>
  draftOf !== undefined &&
  html`<div class="notice" role="status"><p>${isSaved ? words.saved[language] : words.draft[language].replace("{when}", draftOf)}</p>
<form method="post" action="${pageIn(language, addressOfMove(view.trackingNumber, move))}">${hidden("lakukan", "buang")}<button class="link">${words.dropDraft[language]}</button></form></div>`;

const changesNotice = ({ changes, language }: Pick<MovePage, "changes" | "language">): Hole =>
  changes && html`<div class="notice"><h2>${words.changed[language]}</h2>${changes}</div>`;

/** What the reporter is mailed, word for word. */
function mailSeen({ move, mail, isDiscreet, language }: MovePage): Html {
  if (!mail)
    return html`<p class="hint">${(moveForms[move].amongOfficers ? words.amongOfficers : words.noMail)[language]}</p>`;
  return html`<details><summary>${words.reads[language]}</summary>
<p class="hint">${words.ifAddress[language]}${isDiscreet && ` ${words.discreet[language]}`}</p>
<div class="card"><p>${words.subject[language]}: <b>${mail.subject}</b></p>${paragraphs(mail.text)}<p>${stopWords[language].link} <span class="hint">(${words.stops[language]})</span></p></div></details>`;
}

const templateChoice = ({ items }: TemplatesSeen, language: Language): Hole =>
  items.length > 0 &&
  html`<div class="field"><label for="contoh">${words.templates[language]}</label><span class="hint" id="contoh-hint">${words.draftHint[language]}</span>
<select id="contoh" name="contoh" aria-describedby="contoh-hint"><option value="">${words.choose[language]}</option>${items.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}</select></div>
<p>${doingButton("contoh", words.useTemplate[language])}</p>`;

/** Who keeps the examples, and the way there for those who do. */
function templateKeepers({ items, mayChange, keepers }: TemplatesSeen, language: Language): Html {
  if (mayChange) {
    const label = (items.length > 0 ? words.changeTemplates : words.firstTemplate)[language];
    return html`<p>${doingButton("ubah-contoh", label)} <span class="hint">${words.templatesAway[language]}</span></p>`;
  }
  const who = keepers.length > 0 ? `: ${keepers.join(", ")}.` : ".";
  return html`<p class="hint">${items.length === 0 && `${words.noTemplates[language]} `}${words.keepers[language]}${who}</p>`;
}

/** The page of a move that can be made: the case, what the move does, its form, what follows, and what the reporter reads. */
export function movePage(page: MovePage): Html {
  const { move, language, view, told, choices, effects, routing, templates, place } = page;
  const { does, fields, until } = moveForms[move];
  const form = place?.form ?? addressOfMove(view.trackingNumber, move);
  return html`${caseLine(view, language, place?.back)}
<h1>${moveTitle[move][language]}</h1>
${place?.head}
<p>${does[language]}</p>
${draftNotice(page)}${changesNotice(page)}
${view.text && html`<details><summary>${words.text[language]}</summary>${asWritten(view.text)}</details>`}
${besideMove(move, language)}
${routing && html`<details><summary>${words.routing[language]}</summary><h2>${words.routing[language]}</h2>${routing}</details>`}
<form method="post" action="${pageIn(language, form)}" ${attributes({ "data-once": true, "data-busy": words.busy[language], novalidate: true })}>
${place?.seen ?? hidden("seen", String(view.version))}
${templates && [templateChoice(templates, language), templateKeepers(templates, language)]}
${moveInputs(told, fields, choices)}
<section class="notice" aria-labelledby="hitungan"><h2 id="hitungan">${words.counts[language]}</h2>${effects ?? html`<p>${(until ?? words.unknown)[language]}</p>`}</section>
${mailSeen(page)}
<div class="row">${(place?.buttons ?? sendings).map((doing, at) => doingButton(doing, sending[doing][language], at === 0 ? "" : "second"))}</div>
</form>`;
}

/** The page of a move that cannot be made: why not, and where the case stands. What was typed is shown to be copied. */
export function noMovePage({
  move,
  language,
  view,
  why,
  changes,
  unsent,
  place,
}: Pick<MovePage, "move" | "language" | "view" | "changes" | "place"> & {
  why: string;
  unsent: readonly string[];
}): Html {
  return html`${caseLine(view, language, place?.back)}
<h1>${moveTitle[move][language]}</h1>
${place?.head}
<div class="notice"><p><b>${words.notNow[language]}.</b> ${why}</p><p>${words.standsAt[language]}: <b>${view.statusText}</b>${view.agency && html`, ${view.agency.name}`}.</p></div>
${changesNotice({ changes, language })}
${unsent.length > 0 && html`<h2>${words.unsent[language]}</h2><div class="card">${unsent.map(paragraphs)}</div>`}
<p class="row"><a class="button" href="${pageIn(language, place?.back ?? officersCase(view.trackingNumber))}">${words.back[language]}</a>${!place && html`<a class="link" href="${pageIn(language, "/petugas")}">${words.backToDesk[language]}</a>`}</p>`;
}
