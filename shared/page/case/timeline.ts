import * as z from "zod";
import type { ActorRole } from "../../case/history.ts";
import { roleText } from "../../case/views/words.ts";
import type { TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html, paragraphs } from "../html.ts";
import { pageIn } from "../layout.ts";
import { journey } from "../parts/lists.ts";
import { archivedBecause } from "./ending.ts";
import { daySeen, momentSeen } from "./moments.ts";

interface Named {
  name: string;
}

/** An entry of a timeline, as the view of any reader tells it. */
export interface EntrySeen {
  sequence: number;
  type: string;
  text: string;
  at: string;
  by: string;
  agency?: Named | undefined;
  /** Whose view this is knows officers by name. */
  officer?: Named | undefined;
  content?: Readonly<Record<string, unknown>> | undefined;
}

/** What a refusal says of those who acted on a case meanwhile. */
export const changesTold = z.looseObject({
  changes: z.array(
    z.looseObject({
      sequence: z.number(),
      type: z.string(),
      text: z.string(),
      at: z.string(),
      by: z.string(),
      agency: z.object({ name: z.string() }).optional(),
      content: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

const words = {
  stars: { id: "Bintang", en: "Stars" },
  of: { id: "dari 5", en: "of 5" },
  corrected: { id: "Diralat", en: "Corrected" },
  sameAs: { id: "Laporan yang sama", en: "The same report" },
  hidden: { id: "Isinya disembunyikan dari publik.", en: "Its content was hidden from the public." },
  newTitle: { id: "Judul untuk publik", en: "Title for the public" },
  due: { id: "Paling lambat", en: "By" },
  replyUntil: { id: "Pelapor dapat menanggapi sampai", en: "The reporter can reply until" },
  appealUntil: { id: "Pelapor dapat mengajukan banding sampai", en: "The reporter can appeal until" },
  objectUntil: { id: "Pelapor dapat mengajukan keberatan sampai", en: "The reporter can object until" },
  basis: { id: "Dasar", en: "Basis" },
  more: { id: "Selengkapnya", en: "All of it" },
} as const satisfies Record<string, Text>;

/** Who did it: a role and an agency. Nobody but officers, the Ombudsman and auditors has a view with the officer's name. */
export const actorSeen = ({ by, agency, officer }: EntrySeen, language: Language): string => {
  const role = by in roleText ? roleText[by as ActorRole][language] : by;
  return [officer?.name, role, agency?.name].filter((part) => part !== undefined).join(", ");
};

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** What somebody wrote. People write in Indonesian, whatever the language of the page: it is read aloud so. */
export const asWritten = (text: string): Html => html`<div lang="id">${paragraphs(text)}</div>`;

/** Texts longer than this are folded. */
const longText = 700;

/** What somebody wrote, with its line breaks: in Indonesian, whatever the language of the page. A long text is folded, so that the way of the case stays in sight. */
const told = (text: string, language: Language): Html =>
  text.length <= longText
    ? asWritten(text)
    : html`<p lang="id">${[...text].slice(0, 300).join("")} …</p><details><summary>${words.more[language]}</summary>${asWritten(text)}</details>`;

const reasonOf = ({ type, content = {} }: EntrySeen, language: Language): Hole => {
  const reason = textOf(content.reason);
  if (reason === undefined) return undefined;
  const known =
    type === "archived" && reason in archivedBecause
      ? archivedBecause[reason as keyof typeof archivedBecause][language]
      : undefined;
  return known === undefined ? asWritten(reason) : html`<p>${known}</p>`;
};

const written = (entry: EntrySeen, language: Language): Hole => {
  const { content = {} } = entry;
  return ["title", "text", "note", "comment"].map((field) => {
    const text = textOf(content[field]);
    if (text === undefined || (field === "title" && entry.type !== "redacted")) return undefined;
    return field === "title"
      ? html`<p>${words.newTitle[language]}: <span lang="id">${text}</span></p>`
      : told(text, language);
  });
};

const limits = ["replyUntil", "appealUntil", "objectUntil"] as const;

const dated = ({ content = {} }: EntrySeen, zone: TimeZone, language: Language): Hole => {
  const due = textOf(content.due);
  return [
    due && html`<p>${words.due[language]} ${daySeen(due, zone, language)}.</p>`,
    limits.map((limit) => {
      const until = textOf(content[limit]);
      return until && html`<p>${words[limit][language]} ${daySeen(until, zone, language)}.</p>`;
    }),
  ];
};

/** What an entry tells besides its heading, as far as this reader may read it. */
function contentOf(entry: EntrySeen, { zone, caseAt = publicCase }: Shown, language: Language): Hole {
  const { content = {} } = entry;
  const other = textOf(content.duplicateOf);
  const corrected = textOf(content.correctedAt);
  const basis = textOf(content.basis);
  return [
    typeof content.stars === "number" &&
      html`<p>${words.stars[language]}: ${content.stars} ${words.of[language]}</p>`,
    reasonOf(entry, language),
    written(entry, language),
    content.hide === true && html`<p>${words.hidden[language]}</p>`,
    other &&
      html`<p>${words.sameAs[language]}: <a href="${pageIn(language, caseAt(other))}">${other}</a></p>`,
    basis && html`<p>${words.basis[language]}: ${basis}</p>`,
    corrected &&
      html`<p class="hint">${words.corrected[language]}: ${daySeen(corrected, zone, language)}</p>`,
    dated(entry, zone, language),
  ];
}

const publicCase = (trackingNumber: string): string => `/laporan/${trackingNumber}`;

interface Shown {
  zone: TimeZone;
  /** Where its reader opens another case: at the page for everybody, unless said otherwise. */
  caseAt?: (trackingNumber: string) => string;
  /** What stands below an entry besides, such as the files of an answer. */
  besides?: (entry: EntrySeen) => Hole;
}

/** What has happened to a case, in order, with who did it, for whichever reader the view was made. */
export const timelineSeen = (
  entries: readonly EntrySeen[],
  { besides = () => undefined, ...shown }: Shown,
  language: Language,
): Html =>
  journey(
    entries.map((entry) => ({
      what: entry.text,
      when: momentSeen(entry.at, shown.zone, language),
      who: actorSeen(entry, language),
      more: [contentOf(entry, shown, language), besides(entry)],
    })),
  );
