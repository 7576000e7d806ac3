import type { CaseEvent, EventContent } from "../../history.ts";

/** What an event tells by now, where later events changed what is read of it. */
export interface AsRead {
  event: CaseEvent;
  /** Of an answer: its words and evidence, after the last correction. */
  content: CaseEvent["content"];
  /** Words of it that are withheld, and whether all that it said until now is. */
  withheld: readonly string[];
  isWithheldWhole: boolean;
  /** Of an answer that was corrected: when it was last, and what it said first. */
  correction?: { at: string; original: Pick<EventContent<"answered">, "text" | "evidence"> };
}

/** The events of a case while they are read in order. */
interface Reading {
  entries: Map<number, AsRead>;
  /** The number of the answer that corrections are about. */
  answer?: number;
  /** The answer that each correction is about. */
  corrected: Map<number, number>;
  /** Words that are withheld in titles. A title stands in every verification. */
  inTitles: string[];
}

function correct(
  reading: Reading,
  { sequence, at, content }: Extract<CaseEvent, { type: "answer-corrected" }>,
) {
  const { entries, answer, corrected } = reading;
  const found = answer === undefined ? undefined : entries.get(answer);
  if (answer === undefined || found?.event.type !== "answered") return;
  corrected.set(sequence, answer);
  const { text, evidence } = found.event.content;
  entries.set(answer, {
    ...found,
    content: { ...found.event.content, text: content.text, evidence: content.evidence },
    isWithheldWhole: false,
    correction: { at, original: { text, evidence } },
  });
}

const withoutWords = (one: AsRead, words: string | undefined): AsRead =>
  words === undefined ? { ...one, isWithheldWhole: true } : { ...one, withheld: [...one.withheld, words] };

function withhold({ entries, corrected, inTitles }: Reading, { entry, words }: EventContent<"withheld">) {
  const found = entries.get(entry);
  if (!found) return;
  if (found.event.type === "verified") inTitles.push(words ?? found.event.content.title);
  entries.set(entry, withoutWords(found, words));
  // What a correction says is read at the answer, until the next correction.
  const answer = corrected.get(entry);
  const of = answer === undefined ? undefined : entries.get(answer);
  if (answer === undefined || !of) return;
  const isRead = [...corrected].findLast(([, about]) => about === answer)?.[0] === entry;
  if (words !== undefined || isRead) entries.set(answer, withoutWords(of, words));
}

/** The events of a case as they read by now, by their numbers. */
export function asRead(events: readonly CaseEvent[]): ReadonlyMap<number, AsRead> {
  const reading: Reading = { entries: new Map(), corrected: new Map(), inTitles: [] };
  for (const event of events) {
    const { sequence, content } = event;
    reading.entries.set(sequence, { event, content, withheld: [], isWithheldWhole: false });
    if (event.type === "answered") reading.answer = sequence;
    if (event.type === "answer-corrected") correct(reading, event);
    if (event.type === "withheld") withhold(reading, event.content);
  }
  for (const [sequence, one] of reading.entries)
    if (one.event.type === "verified")
      reading.entries.set(sequence, { ...one, withheld: reading.inTitles, isWithheldWhole: false });
  // The reason of a correction may name again what is withheld in the answer.
  for (const [correction, about] of reading.corrected) {
    const [one, answer] = [reading.entries.get(correction), reading.entries.get(about)];
    if (one && answer)
      reading.entries.set(correction, {
        ...one,
        withheld: [...new Set([...one.withheld, ...answer.withheld])],
      });
  }
  return reading.entries;
}

/** The last answer of a case as it reads by now; undefined where nobody has answered. */
export function lastAnswer(events: readonly CaseEvent[]): EventContent<"answered"> | undefined {
  const answers = [...asRead(events).values()].filter(({ event }) => event.type === "answered");
  return answers.at(-1)?.content as EventContent<"answered"> | undefined;
}
