import type { Language, Text } from "../language.ts";
import { type Hole, html } from "./html.ts";

/** Something that somebody typed, by the name of its field. */
export interface TypedText {
  name: string;
  value: string;
}

/** What is said of what lies in a draft. */
export const textSaved: Text = { id: "Teks Anda tersimpan.", en: "Your text is saved." };

const words = {
  title: { id: "Yang Anda tulis", en: "What you wrote" },
  copy: {
    id: "Salin teks ini bila perlu. Halaman ini tidak menyimpannya.",
    en: "Copy this text if you need it. This page does not store it.",
  },
  part: { id: "Tulisan {number}", en: "Text {number}" },
} as const satisfies Record<string, Text>;

/** What fields are called where their text is given back. */
const labels: Readonly<Record<string, Text>> = {
  title: { id: "Judul", en: "Title" },
  text: { id: "Cerita", en: "Text" },
  comment: { id: "Komentar", en: "Comment" },
  reason: { id: "Alasan", en: "Reason" },
};

/** Fields that are never shown again, nor are those of machines. */
const secretNames = /receipt|tanda-?terima|nik|sandi|password|^(?:proof|tiket|isian|draf|kunci)|key$/i;
/** A receipt that somebody pasted into another field. */
const receiptLike = /\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b/gi;
/** What is shorter is quickly typed again. */
const worthCopying = 15;

/** The texts of a form that are worth giving back: long ones, and nothing that could be a receipt. */
export const worthGivingBack = (
  values: Readonly<Record<string, string | readonly string[]>>,
): readonly TypedText[] =>
  Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })))
    .filter(
      ({ name, value }) =>
        !secretNames.test(name) &&
        value.trim().length >= worthCopying &&
        /\s/.test(value.trim()) &&
        /\p{L}{5}|[.,]/u.test(value),
    )
    .map(({ name, value }) => ({ name, value: value.replace(receiptLike, "****") }));

/** Whether a whole form may lie in a page, to be sent again from there: something worth it was typed, and nothing secret. */
export const maySendAgain = (values: Readonly<Record<string, string | readonly string[]>>): boolean =>
  worthGivingBack(values).length > 0 &&
  Object.entries(values).every(
    ([name, value]) => !secretNames.test(name) && [value].flat().every((one) => one.search(receiptLike) < 0),
  );

/** Gives back what somebody typed, to be copied. Nothing where nothing is worth it. */
export const typedAgain = (typed: readonly TypedText[], language: Language): Hole =>
  typed.length > 0 &&
  html`<section aria-labelledby="ditulis"><h2 id="ditulis">${words.title[language]}</h2>
<p class="hint">${words.copy[language]}</p>
${typed.map(
  ({ name, value }, at) =>
    html`<div class="field"><label for="ditulis-${at + 1}">${labels[name]?.[language] ?? words.part[language].replace("{number}", String(at + 1))}</label><textarea id="ditulis-${at + 1}" rows="${Math.min(12, 2 + Math.ceil(value.length / 60))}" readonly>
${value}</textarea></div>`,
)}</section>`;
