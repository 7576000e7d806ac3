import type { Text } from "../../../language.ts";
import { archivedBecause } from "../../case/ending.ts";
import { attributes, type Hole, type Html, html } from "../../html.ts";
import {
  checkbox,
  type Field,
  fieldCalled,
  type Option,
  radios,
  selectField,
  textArea,
  textField,
  type Told,
} from "../../parts/form.ts";
import type { MoveField } from "./table.ts";

const words = {
  find: { id: "Cari instansi", en: "Find an agency" },
  findBoth: { id: "Cari instansi atau kategori", en: "Find an agency or a category" },
  findHint: {
    id: "Awal kata-katanya, misalnya: pekerjaan umum. Yang sudah Anda isi tidak hilang.",
    en: "The beginnings of its words, such as: pekerjaan umum. What you filled in is not lost.",
  },
  findButton: { id: "Cari", en: "Search" },
  nothing: {
    id: "Tidak ada yang cocok. Coba kata lain.",
    en: "Nothing fits. Try another word.",
  },
  noAgency: {
    id: "Belum ada pilihan. Cari instansinya di atas.",
    en: "There is nothing to choose yet. Search for the agency above.",
  },
  noEntry: {
    id: "Belum ada tulisan petugas yang dibaca publik atau pelapor.",
    en: "No officer has written anything yet that the public or the reporter reads.",
  },
  noEvidence: {
    id: "Belum ada foto atau berkas pada laporan ini.",
    en: "There are no photos or files with this report yet.",
  },
  attach: { id: "Lampirkan foto atau berkas", en: "Attach a photo or file" },
  attachHint: {
    id: "Yang sudah Anda tulis disimpan, dan Anda kembali ke sini.",
    en: "What you wrote is kept, and you come back here.",
  },
  withoutEvidence: { id: "Kirim tanpa bukti", en: "Send without evidence" },
  withoutHint: {
    id: "Laporan ini tentang hal yang dapat dilihat. Foto hasilnya lebih meyakinkan pelapor.",
    en: "This report is about something that can be seen. A photo of the result convinces the reporter better.",
  },
  left: { id: "Sisa {n} huruf", en: "{n} characters left" },
  over: { id: "{n} huruf terlalu banyak", en: "{n} characters too many" },
} as const satisfies Record<string, Text>;

/** What is told of the choices of a form. */
export const choiceWords = {
  found: { id: "Hasil pencarian", en: "Search results" },
  below: { id: "Di bawah instansi Anda", en: "Below your agency" },
  later: { id: "Jangan pilih sekarang", en: "Do not choose now" },
  laterHint: {
    id: "Tetap pada instansi yang disebut pelapor, atau menunggu disposisi.",
    en: "It stays with the agency that the reporter named, or waits to be assigned.",
  },
} as const satisfies Record<string, Text>;

/** What the fields of a form let somebody choose from. */
export interface Choices {
  agencies: readonly Option[];
  categories: readonly (Option | { label: string; options: readonly Option[] })[];
  classes: readonly Option[];
  /** The entries of the timeline in which officers wrote something. */
  entries: readonly Option[];
  /** The files of the case that can be evidence. */
  evidence: readonly Option[];
  /** Whether a search found nothing. */
  foundNothing: boolean;
  /** Whether an answer is asked for evidence. */
  wantsEvidence: boolean;
  /** Whether a file may be attached now. */
  mayAttach: boolean;
}

/** What a button of a form does. */
export type Doing =
  "kirim" | "kirim-lalu-berikutnya" | "simpan" | "cari" | "lampirkan" | "contoh" | "ubah-contoh";

/** A button of a form that has several. Its word is sent along under the name `lakukan`. */
export const doingButton = (doing: Doing, label: string, kind: "" | "second" = "second"): Html =>
  html`<button class="${`button ${kind}`.trim()}" name="lakukan" value="${doing}">${label}</button>`;

/** Several boxes of one field to tick. */
function ticks(told: Told, field: Field, options: readonly Option[]): Html {
  const { name, label, hint } = field;
  const why = told.wrong.get(name);
  const chosen = [told.values[name] ?? []].flat();
  const describedBy = [hint && `${name}-hint`, why && `${name}-why`].filter(Boolean).join(" ") || undefined;
  return fieldCalled(
    field,
    html`<fieldset class="${why ? "field wrong" : "field"}" ${attributes({ "aria-describedby": describedBy })}><legend>${label}</legend>
${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`}${why && html`<span class="why" id="${name}-why">${why}</span>`}
${options.map(
  (option, at) =>
    html`<label class="choice"><input type="checkbox" name="${name}" value="${option.value}" id="${at === 0 ? name : `${name}-${at}`}" ${attributes({ checked: chosen.includes(option.value) })}><span><b>${option.label}</b>${option.hint && html`<span class="hint">${option.hint}</span>`}</span></label>`,
)}</fieldset>`,
  );
}

/** What stands in place of a choice where there is nothing to choose. */
const nothingToChoose = (told: Told, field: Field, text: string): Html => {
  const { name, label } = field;
  const why = told.wrong.get(name);
  return fieldCalled(
    field,
    html`<div class="${why ? "field wrong" : "field"}" id="${name}" tabindex="-1"><b>${label}</b>${why && html`<span class="why" id="${name}-why">${why}</span>`}<p class="hint">${text}</p></div>`,
  );
};

const chosenFrom = (told: Told, field: Field, options: readonly Option[], otherwise: string): Html =>
  options.length > 0 ? radios(told, field, options) : nothingToChoose(told, field, otherwise);

/** The field that looks for agencies, and where a category is chosen too for those. */
function search(told: Told, fields: readonly MoveField[], foundNothing: boolean): Hole {
  const { language } = told;
  if (!fields.some(({ kind }) => kind === "agency")) return undefined;
  const label = fields.some(({ kind }) => kind === "category") ? words.findBoth : words.find;
  return html`${textField(told, { name: "cari", label: label[language], hint: words.findHint[language], optional: true }, { type: "search" })}
${foundNothing && html`<p class="hint" role="status">${words.nothing[language]}</p>`}
<p>${doingButton("cari", words.findButton[language])}</p>`;
}

/** The files to tick, and the way to attach one more. */
function evidence(told: Told, field: Field, { evidence, mayAttach, wantsEvidence }: Choices): Html {
  const { language } = told;
  return html`${evidence.length > 0 ? ticks(told, field, evidence) : nothingToChoose(told, field, words.noEvidence[language])}
${mayAttach && html`<p>${doingButton("lampirkan", words.attach[language])} <span class="hint">${words.attachHint[language]}</span></p>`}
${wantsEvidence && checkbox(told, { name: "withoutEvidence", label: words.withoutEvidence[language], hint: words.withoutHint[language] })}`;
}

/** A box for a long text. */
const longText = (
  told: Told,
  field: Field,
  { most, rows = 8 }: { most: number; rows?: number | undefined },
) => {
  const { language } = told;
  return textArea(told, field, {
    limit: most,
    rows,
    left: words.left[language],
    over: words.over[language],
  });
};

function inputOf(told: Told, given: MoveField, choices: Choices): Html {
  const { language } = told;
  const { name, label, hint, optional } = given;
  const field: Field = {
    name,
    label: label[language],
    ...(hint && { hint: hint[language] }),
    ...(optional && { optional }),
  };
  switch (given.kind) {
    case "text":
      return longText(told, field, given);
    case "line":
      return textField(told, field);
    case "tracking-number":
      return textField(told, field, { width: "middle", autocapitalize: "characters", spellcheck: "false" });
    case "tick":
      return checkbox(told, field);
    case "class":
      return radios(told, field, choices.classes);
    case "category":
      return selectField(told, field, choices.categories);
    case "agency":
      return chosenFrom(told, field, choices.agencies, words.noAgency[language]);
    case "archive-reason":
      return radios(
        told,
        field,
        Object.entries(archivedBecause).map(([value, text]) => ({ value, label: text[language] })),
      );
    case "entry":
      return chosenFrom(told, field, choices.entries, words.noEntry[language]);
    case "evidence":
      return evidence(told, field, choices);
  }
}

/** The fields of the form of a move, with what was typed. */
export const moveInputs = (told: Told, fields: readonly MoveField[], choices: Choices): Html =>
  html`${search(told, fields, choices.foundNothing)}${fields.map((field) => inputOf(told, field, choices))}`;
