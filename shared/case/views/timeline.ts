import type { Language } from "../../language.ts";
import type { CaseFile } from "../case.ts";
import type { CaseEvent } from "../history.ts";
import { masked } from "./masking/masking.ts";
import { hopOf, type Names, withName } from "./names.ts";
import { type CaseReader, eventFields, headingFields, type Reader, seenBy } from "./visibility.ts";
import { eventText } from "./words.ts";

/** Fields in which people write. */
const freeText = new Set(["title", "text", "reason", "note", "comment", "basis"]);

/** What an event tells the public: masked, and without a title of the officers' where the reporter redacted the title. */
function publicWords(told: object, isTitleRedacted: boolean, language: Language): object {
  return Object.fromEntries(
    Object.entries(told)
      .filter(([field]) => field !== "title" || !isTitleRedacted)
      .map(([field, value]: [string, unknown]) => [
        field,
        typeof value === "string" && freeText.has(field) ? masked(value, language) : value,
      ]),
  );
}

/** A digest of an earlier time, without salt. Whoever has a photo could test it against that, so nobody is shown it. */
const unsalted = /^[0-9a-f]{64}$/;

/** The part of an event's content that one kind of reader sees. A submission tells nothing here: the case shows it. */
function toldBy({ type, content }: CaseEvent, reader: Reader): object {
  if (type === "submitted") return {};
  const told = seenBy(reader, eventFields[type].content, content);
  return Object.fromEntries(
    Object.entries(told).filter(([field, value]) => field !== "digest" || !unsalted.test(String(value))),
  );
}

/** What happened to a case, as one kind of reader sees it. */
export function timelineOf(events: readonly CaseEvent[], reader: Reader, names: Names, language: Language) {
  const agency = (id: string) => withName(names.agencies, id);
  const isTitleRedacted = events.some(({ type, content }) => type === "redacted" && "title" in content);
  return events
    .filter(({ type }) => eventFields[type].event.includes(reader))
    .map((event) => {
      const { sequence, type, at, by } = event;
      const { officerId } = seenBy(reader, headingFields, event);
      const all = toldBy(event, reader);
      const told = reader === "public" ? publicWords(all, isTitleRedacted, language) : all;
      const { from, to } = hopOf(told);
      const content = { ...told, ...(from && { from: agency(from) }), ...(to && { to: agency(to) }) };
      const text = eventText[type][language];
      return {
        sequence,
        type,
        text: to ? `${text} ${language === "id" ? "ke" : "to"} ${agency(to).name}` : text,
        at,
        by: by.role,
        ...(by.agencyId && { agency: agency(by.agencyId) }),
        ...(officerId && { officer: withName(names.officers, officerId) }),
        ...(Object.keys(content).length > 0 && { content }),
      };
    });
}

/** What happened after a version of the case that somebody knew. It tells whoever was overtaken. */
export const changesSince = (
  { events }: CaseFile,
  version: number,
  reader: CaseReader,
  names: Names,
  language: Language,
) =>
  timelineOf(
    events.filter(({ sequence }) => sequence > version),
    reader,
    names,
    language,
  );
