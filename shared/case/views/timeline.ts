import type { Language } from "../../language.ts";
import type { CaseFile } from "../case.ts";
import { type CaseEvent, withKnownFields } from "../history.ts";
import { dayOfInstant } from "./by-day.ts";
import { type Joins, untoldJoins } from "./joins.ts";
import { hopOf, type Names, withName } from "./names.ts";
import { type AsRead, asRead } from "./reading/as-read.ts";
import { wordsFor } from "./reading/withheld.ts";
import { type CaseReader, eventFields, headingFields, type Reader, seenBy } from "./visibility.ts";
import { wordsOf } from "./words.ts";

/** What an event tells without a title of the officers', for the public where the reporter redacted the title. */
const withoutTitle = (told: object): object =>
  Object.fromEntries(Object.entries(told).filter(([field]) => field !== "title"));

/** What a correction changed of an answer. Officers and the Ombudsman also read what it said first. */
function correctionOf({ correction }: AsRead, reader: Reader, day: (at: string) => string): object {
  if (!correction) return {};
  const { at, original } = correction;
  return {
    correctedAt: day(at),
    ...((reader === "officer" || reader === "observer") && {
      originalText: original.text,
      originalEvidence: original.evidence,
    }),
  };
}

/** What a timeline is told with. */
export interface Telling {
  names: Names;
  language: Language;
  /** What the reader may know of the cases that this one was joined to. */
  joins: Joins;
  /** Whether the reader is shown dates in place of times. */
  byDay: boolean;
}

/** Readers who know nothing of a join whose other side they may not know. Others see that there is one. */
const isPublic = (reader: Reader): boolean => reader === "public" || reader === "public-of-hidden";

/** Whether a reader is told of an event at all. */
export const isTold = (event: CaseEvent, reader: Reader, untold: ReadonlySet<number>): boolean =>
  eventFields[event.type].event.includes(reader) &&
  !(isPublic(reader) && untold.has(event.sequence) && event.type !== "archived");

/** The times of events of which a reader is not told. */
export function untoldTimes({ events }: CaseFile, reader: Reader, joins: Joins): ReadonlySet<string> {
  const untold = untoldJoins(events, joins);
  const told = new Set(events.filter((event) => isTold(event, reader, untold)).map(({ at }) => at));
  return new Set(events.map(({ at }) => at).filter((at) => !told.has(at)));
}

/** What an event tells without the other side of its join. What an officer wrote about it may name the other case. */
function withoutOther(told: object, { by }: CaseEvent, reader: Reader): object {
  const { duplicateOf: _, reason, text, ...rest } = told as Record<string, unknown>;
  return {
    ...rest,
    ...(!isPublic(reader) && reason !== undefined && { reason }),
    ...(by.role === "reporter" && text !== undefined && { text }),
  };
}

/** A digest of an earlier time, without salt. Whoever has a photo could test it against that, so nobody is shown it. */
const unsalted = /^[0-9a-f]{64}$/;
const withoutUnsalted = (told: object): object =>
  Object.fromEntries(
    Object.entries(told).filter(([field, value]) => field !== "digest" || !unsalted.test(String(value))),
  );

/** The part of an event's content that one kind of reader sees. A submission tells nothing here: the case shows it. */
function toldBy({ event, content }: AsRead, reader: Reader, untold: ReadonlySet<number>): object {
  if (event.type === "submitted") return {};
  const seen = seenBy(reader, eventFields[event.type].content, content);
  const told = withoutUnsalted(withKnownFields(event.type, seen));
  return untold.has(event.sequence) ? withoutOther(told, event, reader) : told;
}

/** What happened to a case, as one kind of reader sees it. */
export function timelineOf(
  events: readonly CaseEvent[],
  reader: Reader,
  { names, language, joins, byDay }: Telling,
) {
  const agency = (id: string) => withName(names.agencies, id);
  const isTitleRedacted = events.some(({ type, content }) => type === "redacted" && "title" in content);
  const untold = untoldJoins(events, joins);
  const day = (at: string) => (byDay ? dayOfInstant(at, names.timeZone) : at);
  return [...asRead(events).values()]
    .filter(({ event }) => isTold(event, reader, untold))
    .map((one, index) => {
      const { event } = one;
      const { sequence, type, at, by } = event;
      const { officerId } = seenBy(reader, headingFields, event);
      const all = wordsFor(toldBy(one, reader, untold), one, { reader, language });
      const told = reader === "public" && isTitleRedacted ? withoutTitle(all) : all;
      const { from, to } = hopOf(told);
      const content = {
        ...told,
        ...(from && { from: agency(from) }),
        ...(to && { to: agency(to) }),
        ...correctionOf(one, reader, day),
      };
      return {
        // A gap would tell the public when something happened that it is not told.
        sequence: isPublic(reader) ? index + 1 : sequence,
        type,
        text: wordsOf(event, to && agency(to).name)[language],
        at: day(at),
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
  reader: Exclude<CaseReader, "public">,
  telling: Omit<Telling, "byDay">,
) => timelineOf(events, reader, { ...telling, byDay: false }).filter(({ sequence }) => sequence > version);
