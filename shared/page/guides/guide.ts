import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html } from "../html.ts";

/** A part of a page of instruction. Its sentences have at most twenty words. */
export interface Section {
  heading: Text;
  paragraphs?: readonly Text[];
  list?: readonly Text[];
  /** Markup that follows from tables of rules. */
  more?: (language: Language) => Hole;
}

export interface Guide {
  address: string;
  title: Text;
  lead: Text;
  sections: readonly Section[];
}

/** A page of instruction. */
export const guideInWords = (
  { title, lead, sections }: Guide,
  language: Language,
): Html => html`<h1>${title[language]}</h1>
<p>${lead[language]}</p>
${sections.map(
  ({ heading, paragraphs = [], list, more }) => html`<section><h2>${heading[language]}</h2>
${paragraphs.map((text) => html`<p>${text[language]}</p>`)}
${list && html`<ul>${list.map((text) => html`<li>${text[language]}</li>`)}</ul>`}
${more?.(language)}</section>`,
)}`;
