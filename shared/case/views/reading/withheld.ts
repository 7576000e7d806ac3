import type { Language, Text } from "../../../language.ts";
import type { CaseEvent } from "../../history.ts";
import { type Hidden, masked, withMarkers } from "../masking/masking.ts";
import { eventFields, type Reader } from "../visibility.ts";
import type { AsRead } from "./as-read.ts";

/** Fields in which people write. */
const freeText: ReadonlySet<string> = new Set(["title", "text", "reason", "note", "comment", "basis"]);

/** What is read in place of words that are withheld. It does not tell what they were. */
export const withheldMark: Text = { id: "[tidak ditampilkan]", en: "[not shown]" };

/** Whether words that are withheld are withheld from this reader. Those who work on the case, and the Ombudsman, read them. */
const isOutside = (reader: Reader): boolean => reader !== "officer" && reader !== "observer";

/** Why an officer opened what is sealed, or withheld words, is for the reporter to check. It is never withheld itself. */
const accounts: readonly CaseEvent["type"][] = ["identity-opened", "original-opened", "withheld"];

const isReadOutside = ({ type }: CaseEvent, field: string): boolean => {
  const readersOf: Record<string, readonly Reader[]> = eventFields[type].content;
  // What a correction says is read at the answer.
  if (type === "answer-corrected" && field === "text") return true;
  return ["public", "reporter"].some((reader) => readersOf[field]?.includes(reader as Reader));
};

/** A verifier who corrected no title wrote none: it is the reporter's. The reason of an archival is one of a list. */
const isWritten = ({ type, content }: CaseEvent, field: string): boolean =>
  !(type === "verified" && !content.originalTitle) && !(type === "archived" && field === "reason");

/** The texts of an event that an officer wrote and that somebody outside reads, by field, as they read by now. */
export function officersTexts({ event, content }: AsRead): Record<string, string> {
  if (event.by.role === "reporter" || accounts.includes(event.type)) return {};
  return Object.fromEntries(
    Object.entries(content).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === "string" &&
        freeText.has(entry[0]) &&
        isReadOutside(event, entry[0]) &&
        isWritten(event, entry[0]),
    ),
  );
}

const escapedForSearch = (words: string): string => words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** Where words stand in a text, in capitals or not, and over the end of a line too. */
export function placesOf(words: string, text: string): Omit<Hidden, "marker">[] {
  const search = new RegExp(words.trim().split(/\s+/).map(escapedForSearch).join("\\s+"), "giu");
  return [...text.matchAll(search)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** What a reader reads in place of words of officers that are withheld from them. */
const hiddenIn = (text: string, words: readonly string[], language: Language): Hidden[] =>
  words.flatMap((one) => placesOf(one, text)).map((place) => ({ ...place, marker: withheldMark[language] }));

/** A text of officers as a reader reads it: without words that are withheld from them, and for the public masked. */
export function textFor(
  text: string,
  withheld: readonly string[],
  { reader, language }: { reader: Reader; language: Language },
): string {
  const hidden = isOutside(reader) ? hiddenIn(text, withheld, language) : [];
  return reader === "public" ? masked(text, language, hidden) : withMarkers(text, hidden);
}

/** What an event tells a reader, in the words that they may read. */
export function wordsFor<T extends object>(
  told: T,
  { withheld, isWithheldWhole, ...one }: AsRead,
  to: { reader: Reader; language: Language },
): T {
  const written = officersTexts({ withheld, isWithheldWhole, ...one });
  const shown = (field: string, text: string): string => {
    // A later verification repeats the title that an earlier one wrote.
    if (!(field in written) && one.event.type !== "verified") return textFor(text, [], to);
    return isWithheldWhole && isOutside(to.reader) ? withheldMark[to.language] : textFor(text, withheld, to);
  };
  return Object.fromEntries(
    Object.entries(told).map(([field, value]: [string, unknown]) => [
      field,
      typeof value === "string" && freeText.has(field) ? shown(field, value) : value,
    ]),
  ) as T;
}
