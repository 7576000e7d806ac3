import { localDateInWords } from "../../../deadline/calendar/time-zone.ts";
import type { Chapter } from "../../../guidance/chapters.ts";
import { chapters } from "../../../guidance/chapters.ts";
import type { InForce } from "../../../guidance/in-force.ts";
import type { Language, Text } from "../../../language.ts";
import { type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { blockInWords } from "./guidance-blocks.ts";

export const guidanceWords = {
  title: { id: "Panduan petugas", en: "Guidance for officers" },
  booklet: { id: "Buku panduan petugas", en: "Booklet for officers" },
  lead: {
    id: "Panduan ini dibuat dari aturan yang dipakai sistem. Batas waktu dan kontaknya milik instansi Anda.",
    en: "This guidance is made from the rules that the system uses. Limits and contacts are those of your agency.",
  },
  openBooklet: { id: "Buka sebagai satu buku", en: "Open as one booklet" },
  pdf: { id: "Unduh PDF", en: "Download the PDF" },
  print: { id: "Cetak buku ini", en: "Print this booklet" },
  contents: { id: "Daftar isi", en: "Contents" },
  back: { id: "Kembali ke panduan", en: "Back to the guidance" },
  next: { id: "Bab berikutnya", en: "Next chapter" },
  other: { id: "Panduan untuk instansi Anda yang lain", en: "Guidance for your other agency" },
} as const satisfies Record<string, Text>;

/** For which agency a reader reads, and which other ones of theirs there are. */
export interface GuidanceReader {
  language: Language;
  inForce: InForce;
  /** The other agencies at which they have a post. */
  others: readonly { id: string; name: string }[];
  /** The part of an address that names the agency, where it is not that of their first post. */
  query: string;
}

const root = "/petugas/panduan";

const linkTo = (language: Language, part: string, query: string): string =>
  `${pageIn(language, root)}${part}${query}`;

/** For which agency the guidance is, and on which date it holds. */
const forWhom = ({ language, inForce }: GuidanceReader): Html =>
  html`<p class="where">${inForce.agency.name}, ${localDateInWords(inForce.today, language)}</p>`;

const asBooklet = ({ language, query }: GuidanceReader): Html =>
  html`<p class="row pager"><a class="button second" href="${linkTo(language, "/buku", query)}">${guidanceWords.openBooklet[language]}</a><a class="button second" href="${linkTo(language, "/buku.pdf", query)}">${guidanceWords.pdf[language]}</a></p>`;

/** The first page of the guidance: its chapters, and the booklet. */
export const contentsInWords = (reader: GuidanceReader): Html => {
  const { language, others, query } = reader;
  return html`<h1>${guidanceWords.title[language]}</h1>
${forWhom(reader)}
<p>${guidanceWords.lead[language]}</p>
<ul class="moves">${chapters.map(
    ({ id, title, about }) =>
      html`<li><a href="${linkTo(language, `/${id}`, query)}">${title[language]}</a><br><span class="hint">${about[language]}</span></li>`,
  )}</ul>
${asBooklet(reader)}
${others.map(
  ({ id, name }) =>
    html`<p><a class="link" href="${linkTo(language, "", `?instansi=${id}`)}">${guidanceWords.other[language]}: ${name}</a></p>`,
)}`;
};

const chapterAfter = (chapter: Chapter): Chapter | undefined => chapters[chapters.indexOf(chapter) + 1];

/** One chapter on a page of its own. */
export const chapterInWords = (chapter: Chapter, reader: GuidanceReader): Html => {
  const { language, inForce, query } = reader;
  const next = chapterAfter(chapter);
  const toNext: Hole =
    next !== undefined &&
    html`<p class="pager"><a class="link" href="${linkTo(language, `/${next.id}`, query)}" rel="next">${guidanceWords.next[language]}: ${next.title[language]}</a></p>`;
  return html`<p class="pager"><a class="back" href="${linkTo(language, "", query)}">${guidanceWords.back[language]}</a></p>
<h1>${chapter.title[language]}</h1>
${forWhom(reader)}
${chapter.blocks(language, inForce).map((block) => blockInWords(block, language, 2))}
${toNext}`;
};

/** The whole guidance as one booklet to print, with its table of contents. */
export const bookletInWords = (reader: GuidanceReader): Html => {
  const { language, inForce, query } = reader;
  return html`<p class="pager"><a class="back" href="${linkTo(language, "", query)}">${guidanceWords.back[language]}</a></p>
<h1>${guidanceWords.booklet[language]}</h1>
${forWhom(reader)}
<p>${guidanceWords.lead[language]}</p>
<p class="row pager"><button type="button" class="button" hidden data-print>${guidanceWords.print[language]}</button><a class="button second" href="${linkTo(language, "/buku.pdf", query)}">${guidanceWords.pdf[language]}</a></p>
<nav aria-label="${guidanceWords.contents[language]}"><h2>${guidanceWords.contents[language]}</h2><ol class="moves">${chapters.map(
    ({ id, title }) => html`<li><a href="#${id}">${title[language]}</a></li>`,
  )}</ol></nav>
${chapters.map(
  ({ id, title, blocks }) =>
    html`<section class="chapter"><h2 id="${id}">${title[language]}</h2>
${blocks(language, inForce).map((block) => blockInWords(block, language, 3))}</section>`,
)}`;
};
