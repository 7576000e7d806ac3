import type { Language, Text } from "../language.ts";

/** A part of the guidance, in one language. Pages and the booklet each draw it in their own way. */
export type Block =
  | { kind: "heading"; text: string; id?: string }
  | { kind: "text"; text: string }
  | { kind: "list"; items: readonly string[] }
  | { kind: "facts"; facts: readonly (readonly [label: string, told: readonly string[]])[] }
  | { kind: "table"; caption: string; head: readonly string[]; rows: readonly (readonly string[])[] }
  /** A count of days as an example, with its explanation. Where days can be drawn they are. */
  | { kind: "days"; text: string; from: string; due: string; skipped: readonly SkippedDay[]; today: string }
  | { kind: "link"; label: string; address: string }
  /** Pages to go to, each with what there is. */
  | { kind: "links"; links: readonly { label: string; address: string; told: string }[] };

interface SkippedDay {
  date: string;
  why: string;
  name: string;
}

export const heading = (text: string, id?: string): Block => ({ kind: "heading", text, ...(id && { id }) });
export const paragraph = (text: string): Block => ({ kind: "text", text });
export const points = (items: readonly string[]): Block => ({ kind: "list", items });
export const table = (
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Block => ({ kind: "table", caption, head, rows });
export const pointsIn = (items: readonly Text[], language: Language): Block =>
  points(items.map((item) => item[language]));
