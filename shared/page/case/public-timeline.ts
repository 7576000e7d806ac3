import type * as z from "zod";
import type { ActorRole } from "../../case/history.ts";
import type { publicView } from "../../case/views/schemas.ts";
import { roleText } from "../../case/views/words.ts";
import { localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import { clockText } from "../../deadline/clock-view.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html, paragraphs } from "../html.ts";
import { pageIn } from "../layout.ts";
import { journey } from "../parts/lists.ts";
import { dayInWordsOf, whenInWords } from "./public-moment.ts";

type Entry = NonNullable<z.output<typeof publicView>["timeline"]>[number];
type Content = NonNullable<Entry["content"]>;

const words = {
  replyUntil: { id: "Pelapor dapat menanggapi sampai", en: "The reporter can reply until" },
  appealUntil: { id: "Pelapor dapat mengajukan banding sampai", en: "The reporter can appeal until" },
  due: { id: "Paling lambat", en: "At the latest" },
  corrected: { id: "Jawaban ini diralat pada", en: "This answer was corrected on" },
  stars: { id: "bintang dari 5", en: "of 5 stars" },
  moreDays: { id: "hari kerja tambahan", en: "more working days" },
  times: { id: "kali dikembalikan", en: "times returned" },
  supervised: { id: "Berkadar pengawasan: batasnya lebih panjang.", en: "Supervised: its limit is longer." },
  first: { id: "Laporan yang pertama", en: "The first report" },
  reason: { id: "Alasan", en: "Reason" },
} as const satisfies Record<string, Text>;

/** Why reports are archived. */
const archivedBecause: Readonly<Record<string, Text>> = {
  "not-public-service": { id: "bukan tentang pelayanan publik", en: "not about a public service" },
  incomplete: { id: "berkas tidak lengkap", en: "the file is incomplete" },
  "duplicate-of": { id: "sama dengan laporan lain", en: "the same as another report" },
  "private-matter": { id: "urusan pribadi", en: "a private matter" },
  abusive: { id: "isinya tidak pantas", en: "its content is abusive" },
  "under-court": { id: "sedang diperiksa pengadilan", en: "before a court" },
};

const textIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** What an entry tells the public besides its name. */
function told(content: Content, zone: TimeZone, language: Language): Hole {
  const reason = textIn(content.reason);
  const replyUntil = textIn(content.replyUntil);
  const appealUntil = textIn(content.appealUntil);
  const text = textIn(content.text);
  const day = (label: Text, moment: string | undefined): Hole =>
    moment !== undefined && html`<p>${label[language]} ${dayInWordsOf(moment, zone, language)}.</p>`;
  return html`${text !== undefined && paragraphs(text)}${
    reason !== undefined &&
    html`<p>${words.reason[language]}: ${archivedBecause[reason]?.[language] ?? reason}.</p>`
  }${content.supervised === true && html`<p>${words.supervised[language]}</p>`}${
    content.stars !== undefined && html`<p>${content.stars} ${words.stars[language]}.</p>`
  }${content.count !== undefined && content.count > 1 && html`<p>${content.count} ${words.times[language]}.</p>`}${
    content.days !== undefined && html`<p>${content.days} ${words.moreDays[language]}.</p>`
  }${content.basis !== undefined && html`<p>${content.basis}</p>`}${
    content.clocks &&
    html`<ul>${content.clocks.map(({ clock, from, to }) => html`<li>${clockText[clock][language]}: ${localDateInWords(from, language)} → ${localDateInWords(to, language)}</li>`)}</ul>`
  }${day(words.due, textIn(content.due))}${day(words.replyUntil, replyUntil)}${day(words.appealUntil, appealUntil)}${day(words.corrected, content.correctedAt)}${
    content.duplicateOf !== undefined &&
    html`<p>${words.first[language]}: <a href="${pageIn(language, `/laporan/${content.duplicateOf}`)}" class="number">${content.duplicateOf}</a></p>`
  }`;
}

/** What has happened to a case, as everybody may know it. Each entry says which role of which agency acted, never who. */
export const publicTimeline = (entries: readonly Entry[], zone: TimeZone, language: Language): Html =>
  journey(
    entries.map(({ text, at, by, agency, content }) => ({
      what: text,
      when: whenInWords(at, zone, language),
      who: [roleText[by as ActorRole]?.[language] ?? by, agency?.name].filter(Boolean).join(", "),
      more: content && told(content, zone, language),
    })),
  );
