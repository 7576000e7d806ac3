import type { Language, Text } from "../../language.ts";
import { attributes, type FieldLabels, type Hole, type Html, html, labelsIn, withLabels } from "../html.ts";
import { namedMessage } from "./named.ts";

/** What is wrong with the fields of a form, by their names. */
export type Wrong = ReadonlyMap<string, string>;

export interface Told {
  language: Language;
  wrong: Wrong;
  values: Readonly<Record<string, string | readonly string[]>>;
}

interface Problem {
  detail: string;
  errors?: readonly { path: string; message: string }[] | undefined;
}

/** What a refusal says of the fields of a form. */
export const wrongFields = (problem: Problem | undefined): Wrong =>
  new Map(problem?.errors?.map(({ path, message }) => [path, message]));

const words = {
  toCorrect: { id: "Ada yang perlu diperbaiki", en: "Something needs correcting" },
  problem: { id: "Belum terkirim", en: "Not sent yet" },
  optional: { id: "boleh kosong", en: "optional" },
} as const satisfies Record<string, Text>;

/** The id of the input with this name: what the error summary leads to. */
const inputId = (name: string): string => name.replaceAll(".", "-");

/** What is wrong with what was sent, as it stands above a page with these fields. */
export type Summary = (fields: FieldLabels) => Html;

/**
 * Says at the top what is wrong, with a link to each field, which it names by its label on the page. It takes the focus when the
 * page opens. What is wrong with no field of the page is said as a sentence. Nothing where nothing is wrong. `otherwise`: the
 * heading where no field is wrong.
 */
export const errorSummary = (
  problem: Problem | undefined,
  language: Language,
  otherwise: Text = words.problem,
): Summary | undefined => problem && ((fields) => summaryOf(problem, fields, language, otherwise));

function summaryOf(
  { detail, errors = [] }: Problem,
  fields: FieldLabels,
  language: Language,
  otherwise: Text,
): Html {
  const here = errors.filter(({ path }) => fields.has(path));
  const elsewhere = errors.filter(({ path }) => !fields.has(path));
  const title = here.length > 0 ? words.toCorrect : otherwise;
  return html`<div class="summary" role="alert" tabindex="-1" id="masalah"><h2>${title[language]}</h2>${
    errors.length === 0
      ? html`<p>${detail}</p>`
      : html`<ul>${here.map(({ path, message }) => html`<li><a href="#${inputId(path)}">${namedMessage(fields.get(path), message)}</a></li>`)}${elsewhere.map(({ message }) => html`<li>${message}</li>`)}</ul>`
  }</div>`;
}

export interface Field {
  name: string;
  label: string;
  hint?: Hole;
  /** The form can be sent without it. The label says so. */
  optional?: boolean;
}

/** The markup of a field, which then knows what the field is called. For a field that nothing below makes. */
export const fieldCalled = ({ name, label }: Pick<Field, "name" | "label">, markup: Html): Html =>
  withLabels(markup, new Map([[name, label]]));

/** Fields that belong together, under what they have in common. Away from them each is called by both, or as `called` says. */
export const fieldGroup = (legend: string, fields: Hole, called = legend): Html =>
  withLabels(
    html`<fieldset><legend>${legend}</legend>${fields}</fieldset>`,
    new Map(
      [...labelsIn(fields)].map(([name, label]) => [
        name,
        `${called}, ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
      ]),
    ),
  );

const typed = ({ values }: Told, name: string): string => {
  const value = values[name] ?? "";
  return typeof value === "string" ? value : (value[0] ?? "");
};

const describedBy = ({ wrong }: Told, { name, hint }: Field): string | undefined =>
  [hint && `${inputId(name)}-hint`, wrong.has(name) && `${inputId(name)}-why`].filter(Boolean).join(" ") ||
  undefined;

const labelled = (told: Told, field: Field, input: Html): Html => {
  const { name, label, hint, optional } = field;
  const why = told.wrong.get(name);
  return fieldCalled(
    field,
    html`<div class="${why ? "field wrong" : "field"}"><label for="${inputId(name)}">${label}${optional && html` <small>(${words.optional[told.language]})</small>`}</label>
${hint && html`<span class="hint" id="${inputId(name)}-hint">${hint}</span>`}${why && html`<span class="why" id="${inputId(name)}-why">${why}</span>`}
${input}</div>`,
  );
};

export interface InputOptions {
  type?: "text" | "email" | "tel" | "date" | "search" | "password";
  inputmode?: "numeric" | "decimal" | "email" | "tel" | "text";
  autocomplete?: string;
  max?: string;
  /** Letters that fit: the input is as wide. */
  width?: "short" | "middle";
  autocapitalize?: string;
  spellcheck?: string;
}

/** A field of one line. */
export const textField = (
  told: Told,
  field: Field,
  { type = "text", autocomplete = "off", width, ...more }: InputOptions = {},
): Html =>
  labelled(
    told,
    field,
    html`<input type="${type}" id="${inputId(field.name)}" name="${field.name}" value="${typed(told, field.name)}" ${attributes(
      {
        autocomplete,
        class: width,
        "aria-describedby": describedBy(told, field),
        "aria-invalid": told.wrong.has(field.name) ? "true" : undefined,
        ...more,
      },
    )}>`,
  );

/** A field of several lines. `limit`: so many letters at most, counted as they are typed where a script runs. */
export const textArea = (
  told: Told,
  field: Field,
  { limit, rows = 8, left, over }: { limit?: number; rows?: number; left?: string; over?: string } = {},
): Html =>
  labelled(
    told,
    field,
    html`<textarea id="${inputId(field.name)}" name="${field.name}" rows="${rows}" ${attributes({
      "data-limit": limit,
      "data-left": left,
      "data-over": over,
      "aria-describedby": describedBy(told, field),
      "aria-invalid": told.wrong.has(field.name) ? "true" : undefined,
    })}>
${typed(told, field.name)}</textarea>`,
  );

export interface Option {
  value: string;
  label: string;
  hint?: Hole;
}

/** A list to choose one entry of. The first entry says what an empty choice means. */
export const selectField = (
  told: Told,
  field: Field,
  options: readonly (Option | { label: string; options: readonly Option[] })[],
): Html => {
  const chosen = typed(told, field.name);
  const one = ({ value, label }: Option) =>
    html`<option value="${value}" ${attributes({ selected: value === chosen })}>${label}</option>`;
  return labelled(
    told,
    field,
    html`<select id="${inputId(field.name)}" name="${field.name}" ${attributes({
      "aria-describedby": describedBy(told, field),
      "aria-invalid": told.wrong.has(field.name) ? "true" : undefined,
    })}>${options.map((option) => ("options" in option ? html`<optgroup label="${option.label}">${option.options.map(one)}</optgroup>` : one(option)))}</select>`,
  );
};

/** A question with a few answers to choose one of. */
export function radios(told: Told, field: Field, options: readonly Option[]): Html {
  const { name, label, hint } = field;
  const why = told.wrong.get(name);
  const chosen = typed(told, name);
  const id = inputId(name);
  return fieldCalled(
    field,
    html`<fieldset class="${why ? "field wrong" : "field"}" ${attributes({ "aria-describedby": describedBy(told, field) })}><legend>${label}</legend>
${hint && html`<span class="hint" id="${id}-hint">${hint}</span>`}${why && html`<span class="why" id="${id}-why">${why}</span>`}
${options.map(
  (option, at) =>
    html`<label class="choice"><input type="radio" name="${name}" value="${option.value}" id="${at === 0 ? id : `${id}-${at}`}" ${attributes({ checked: option.value === chosen })}><span><b>${option.label}</b>${option.hint && html`<span class="hint">${option.hint}</span>`}</span></label>`,
)}</fieldset>`,
  );
}

/** A box to tick. */
export function checkbox(told: Told, field: Field): Html {
  const { name, label, hint } = field;
  const why = told.wrong.get(name);
  return fieldCalled(
    field,
    html`<div class="${why ? "field wrong" : "field"}">${why && html`<span class="why" id="${inputId(name)}-why">${why}</span>`}<label class="choice"><input type="checkbox" name="${name}" value="true" id="${inputId(name)}" ${attributes({ checked: typed(told, name) === "true", "aria-describedby": why && `${inputId(name)}-why`, "aria-invalid": why && "true" })}><span><b>${label}</b>${hint && html`<span class="hint">${hint}</span>`}</span></label></div>`,
  );
}

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`;

/** The main button of a form. */
export const sendButton = (label: string, kind: "" | "second" | "leave" = ""): Html =>
  html`<button class="${`button ${kind}`.trim()}">${label}</button>`;
