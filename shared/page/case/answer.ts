import type { TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html } from "../html.ts";
import { momentSeen } from "./moments.ts";
import { actorSeen, asWritten, type EntrySeen } from "./timeline.ts";

const words = {
  answer: { id: "Jawaban instansi", en: "The agency's answer" },
  corrected: { id: "Jawaban ini diralat", en: "This answer was corrected" },
  question: { id: "Pertanyaan kepada Anda", en: "The question to you" },
} as const satisfies Record<string, Text>;

/** The newest entry of a kind. */
const newestEntry = (entries: readonly EntrySeen[] | undefined, type: string): EntrySeen | undefined =>
  entries?.findLast((entry) => entry.type === type);

const saying = (entry: EntrySeen): string =>
  typeof entry.content?.text === "string" ? entry.content.text : "";

const when = (entry: EntrySeen, zone: TimeZone, language: Language): Html =>
  html`<p class="hint">${actorSeen(entry, language)} · ${momentSeen(entry.at, zone, language)}</p>`;

/** The newest answer with whoever gave it, under a heading. `besides`: its files. Nothing where there is none. */
export function newestAnswer(
  entries: readonly EntrySeen[] | undefined,
  { zone, besides }: { zone: TimeZone; besides?: (entry: EntrySeen) => Hole },
  language: Language,
): Hole {
  const entry = newestEntry(entries, "answered");
  if (!entry) return undefined;
  const { correctedAt } = entry.content ?? {};
  return html`<h2>${words.answer[language]}</h2><div class="card">${when(entry, zone, language)}${asWritten(saying(entry))}${typeof correctedAt === "string" && html`<p class="hint">${words.corrected[language]}: ${momentSeen(correctedAt, zone, language)}</p>`}${besides?.(entry)}</div>`;
}

/** The newest question to the reporter. */
export function newestQuestion(
  entries: readonly EntrySeen[] | undefined,
  zone: TimeZone,
  language: Language,
): Hole {
  const entry = newestEntry(entries, "asked");
  return (
    entry &&
    html`<h2>${words.question[language]}</h2><div class="card">${when(entry, zone, language)}${asWritten(saying(entry))}</div>`
  );
}
