import type { Block } from "../../../guidance/block.ts";
import type { Language } from "../../../language.ts";
import { attributes, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { days } from "../../parts/days.ts";

const facts = (told: Extract<Block, { kind: "facts" }>["facts"]): Html =>
  html`<dl class="answers">${told.map(
    ([label, texts]) =>
      html`<div><dt>${label}</dt><dd>${texts.map((text) => html`<p>${text}</p>`)}</dd></div>`,
  )}</dl>`;

const table = ({ caption, head, rows }: Extract<Block, { kind: "table" }>): Html =>
  html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${head.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...others]) =>
      html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;

/** A part of the guidance on a page. Its headings stand one level below that of its chapter. */
export function blockInWords(block: Block, language: Language, level: 2 | 3): Html {
  switch (block.kind) {
    case "heading": {
      const id = attributes({ id: block.id });
      return level === 2 ? html`<h2 ${id}>${block.text}</h2>` : html`<h3 ${id}>${block.text}</h3>`;
    }
    case "text":
      return html`<p>${block.text}</p>`;
    case "list":
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case "facts":
      return facts(block.facts);
    case "table":
      return table(block);
    case "days":
      return html`<p>${block.text}</p>${days(block, language)}`;
    case "links":
      return html`<ul class="moves">${block.links.map(({ label, address, told }) => html`<li><a href="${pageIn(language, address)}">${label}</a><br><span class="hint">${told}</span></li>`)}</ul>`;
    case "link":
      return html`<p><a class="button second" href="${pageIn(language, block.address)}">${block.label}</a></p>`;
  }
}
