import type { Language } from "../../language.ts";
import { escaped } from "../../text/html.ts";
import { unlinked } from "../../text/unlinked.ts";

/** A mail ready to be sent. Its subject never holds personal data: locked screens show subjects, and logs keep them. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Headers of this mail besides those of every mail. */
  headers?: Readonly<Record<string, string>>;
}

export type Fact = [label: string, value: string];
/** Where a mail leads. A button is what its reader is meant to press. */
export type MailLink = { label: string; url: string; isButton?: true };

/** One case in a list of a mail. */
export interface MailEntry {
  heading: string;
  /** Sentences under the heading. */
  told?: string[];
  facts: Fact[];
  link: MailLink | undefined;
}

/** What a mail says, before it is laid out. */
interface Letter {
  subject: string;
  greeting: string;
  paragraphs: string[];
  facts?: Fact[];
  link?: MailLink | undefined;
  /** Lists of cases, each under a sentence. */
  lists?: { under: string; entries: MailEntry[] }[];
  /** What follows the last list. */
  afterLists?: string;
  closing: string;
}

const factsAsText = (facts: readonly Fact[]): string[] => {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  return facts.map(([label, value]) => `${label.padEnd(width)} : ${value}`);
};

const factsAsHtml = (facts: readonly Fact[]): string => {
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:4px 16px 4px 0;font-weight:normal;color:#555">${escaped(label)}</th><td style="padding:4px 0">${escaped(value)}</td></tr>`,
  );
  return rows.length > 0 ? `<table style="border-collapse:collapse">${rows.join("")}</table>` : "";
};

const buttonStyle =
  "display:inline-block;padding:12px 24px;border-radius:8px;background:#0a5c40;color:#ffffff;font-weight:bold;text-decoration:none";

const linkAsHtml = ({ label, url, isButton }: MailLink): string =>
  `<a href="${escaped(url)}"${isButton ? ` style="${buttonStyle}"` : ""}>${escaped(label)}</a>`;
const paragraphAsHtml = (text: string): string => `<p>${escaped(text)}</p>`;

const entryAsText = ({ heading, told = [], facts, link }: MailEntry, index: number): string =>
  [
    `${index + 1}. ${heading}`,
    ...[...told, ...factsAsText(facts), ...(link ? [`${link.label}: ${link.url}`] : [])].map(
      (line) => `   ${line}`,
    ),
  ].join("\n");

const entryAsHtml = ({ heading, told = [], facts, link }: MailEntry): string =>
  `<li style="padding-bottom:12px"><strong>${escaped(heading)}</strong>${told.map(paragraphAsHtml).join("")}${factsAsHtml(facts)}${link ? linkAsHtml(link) : ""}</li>`;

const unlinkedFacts = (facts: readonly Fact[]): Fact[] =>
  facts.map(([label, value]) => [unlinked(label), unlinked(value)]);

/** A letter in which only our own link is one, whatever people typed into names, addresses and reasons. */
const withoutForeignLinks = (letter: Letter): Letter => ({
  ...letter,
  // A subject is one line, whatever stands in it.
  subject: unlinked(letter.subject).replace(/\s+/g, " "),
  greeting: unlinked(letter.greeting),
  paragraphs: letter.paragraphs.map(unlinked),
  facts: unlinkedFacts(letter.facts ?? []),
  lists: (letter.lists ?? []).map(({ under, entries }) => ({
    under: unlinked(under),
    entries: entries.map(({ heading, told = [], facts, link }) => ({
      heading: unlinked(heading),
      told: told.map(unlinked),
      facts: unlinkedFacts(facts),
      link,
    })),
  })),
  ...(letter.afterLists !== undefined && { afterLists: unlinked(letter.afterLists) }),
  closing: unlinked(letter.closing),
});

/** Lays a letter out as text and as HTML. Only the letter's own link is one: `unlinked` changes all other text. */
export const layOut = (to: string, language: Language, letter: Letter): Mail => {
  const {
    subject,
    greeting,
    paragraphs,
    facts = [],
    link,
    lists = [],
    afterLists,
    closing,
  } = withoutForeignLinks(letter);
  const text = [
    greeting,
    ...paragraphs,
    factsAsText(facts).join("\n"),
    link && `${link.label}: ${link.url}`,
    ...lists.flatMap(({ under, entries }) => [under, ...entries.map(entryAsText)]),
    afterLists,
    closing,
  ]
    .filter(Boolean)
    .join("\n\n");
  const body = [
    ...[greeting, ...paragraphs].map(paragraphAsHtml),
    factsAsHtml(facts),
    link && `<p>${linkAsHtml(link)}</p>`,
    ...lists.flatMap(({ under, entries }) => [
      paragraphAsHtml(under),
      `<ol>${entries.map(entryAsHtml).join("\n")}</ol>`,
    ]),
    afterLists && paragraphAsHtml(afterLists),
    `<p style="color:#555">${escaped(closing)}</p>`,
  ];
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><title>${escaped(subject)}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#222;max-width:38em">
${body.filter(Boolean).join("\n")}
</body></html>`;
  return { to, subject, text, html };
};
