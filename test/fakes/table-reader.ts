import { createHash } from "node:crypto";
import { keyHash } from "../../shared/case/submission/retry.ts";
import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { keyedOutline, outlineOf, resembles } from "../../shared/text/outline.ts";
import { dayLabel, keyFor, nameUnder, openUnder } from "../../shared/traffic/day-key.ts";
import { type Counted, counterName, utcDate } from "../../shared/traffic/load.ts";

/** One thing that somebody can read: a row of a table, a line of a log, an answer of the API. */
export interface Readable {
  where: string;
  content: unknown;
}

/** What the reader knows besides: the cases and their words, networks that may be meant, and minutes that may be meant. */
export interface Known {
  cases: readonly { number: string; text: string }[];
  networks: readonly string[];
  moments: readonly Date[];
}

export interface Findings {
  /** Cases with a network that they come from. */
  named: string[];
  /** Rows of the Traffic table that belong to a case, whichever network they are of. */
  tied: string[];
}

/** All texts and numbers of a thing, also parts of compound keys; bytes as base64. */
function valuesIn(content: unknown): (string | number)[] {
  if (typeof content === "string") return [content, ...content.split(/[#./:]/)];
  if (typeof content === "number") return [content];
  if (content instanceof Uint8Array) return [Buffer.from(content).toString("base64")];
  if (typeof content !== "object" || content === null) return [];
  return Object.values(content).flatMap(valuesIn);
}

const textsIn = ({ content }: Readable) => valuesIn(content).filter((value) => typeof value === "string");

/** Every way in which a text may stand for a key. */
const asKeys = (text: string): (string | Buffer)[] => [
  text,
  Buffer.from(text, "base64"),
  Buffer.from(text, "hex"),
];

/** How names are made from a key: as it is, and as the functions make them from the hashes of a key of KMS. */
async function keysFrom(text: string, day: string) {
  const found: { counts: string; outlines: string }[] = [{ counts: text, outlines: text }];
  for (const bytes of asKeys(text).map((key) => Buffer.from(key))) {
    if (bytes.length < 8) continue;
    const secret = await keyedHashOf(`local:${bytes.toString("base64")}`)(dayLabel(day));
    found.push({ counts: keyFor(secret, "counts"), outlines: keyFor(secret, "outlines") });
    found.push({ counts: keyFor(text, "counts"), outlines: keyFor(text, "outlines") });
  }
  return found;
}

/** The seconds that a thing tells, and those that lie by one of our spans before and after them. */
const spans = [0, 600, 24 * 60 * 60, 7 * 24 * 60 * 60].flatMap((span) => [span, -span]);
const secondsIn = (readable: Readable): Set<number> =>
  new Set(
    valuesIn(readable.content)
      .map((value) =>
        typeof value === "number" ? value : /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) / 1000 : NaN,
      )
      .filter((seconds) => seconds > 1e9 && seconds < 1e10)
      .map(Math.floor),
  );

/** Hashes that anybody can make of a text. */
const plainHashes = (text: string): string[] => [
  keyHash(text),
  ...(["base64url", "base64", "hex"] as const).map((form) => createHash("sha256").update(text).digest(form)),
];

/**
 * Plays somebody who reads every table and every log, with every officer's view beside them, and who knows how the system works.
 * They try every text that they find as a key against every network, recompute outlines, and join whatever shares a value or a
 * second.
 */
export async function findingsOf(
  read: readonly Readable[],
  { cases, networks, moments }: Known,
): Promise<Findings> {
  const named = new Set<string>();
  const tied = new Set<string>();
  const isTraffic = ({ where }: Readable) => where === "Traffic";
  const traffic = read.filter(isTraffic);
  const rest = read.filter((one) => !isTraffic(one));
  const texts = [...new Set(read.flatMap(textsIn))].filter((text) => text.length >= 16);
  const names = new Map<string, Readable[]>();
  for (const one of traffic)
    for (const text of textsIn(one)) names.set(text, [...(names.get(text) ?? []), one]);

  // In the clear.
  for (const one of read)
    for (const network of networks)
      if (JSON.stringify(one.content).includes(network.replace(/\.0\/24$/, ".")))
        named.add(`something in ${one.where} names ${network}`);

  const outlinesOf = (rows: readonly Readable[], key: string): string[] =>
    rows.flatMap(({ content }) => {
      const { outlines } = content as { outlines?: unknown };
      if (!(outlines instanceof Uint8Array)) return valuesIn(outlines).map(String);
      try {
        return JSON.parse(openUnder(key, outlines)) as string[];
      } catch {
        return [];
      }
    });

  // Every text as a key, against every network.
  for (const text of texts)
    for (const day of new Set(moments.map(utcDate)))
      for (const { counts, outlines } of await keysFrom(text, day))
        for (const at of moments)
          for (const network of networks) {
            const rowsOf = (counted: Counted) => names.get(counterName(counts, counted, at)) ?? [];
            const known = [...rowsOf(["report", network]), ...rowsOf(["receipt", network])];
            if (known.length === 0) continue;
            const windowEndOf = (known[0]?.content as { expiresAt: number }).expiresAt;
            const said = outlinesOf(
              [...known, ...(names.get(nameUnder(outlines, [network, windowEndOf])) ?? [])],
              outlines,
            );
            for (const { number, text: words } of cases)
              if (
                rowsOf(["receipt", network, number]).length > 0 ||
                resembles(keyedOutline(outlines, outlineOf(words)), said)
              )
                named.add(`${number} comes from ${network}`);
          }

  // Outlines that anybody can make, with any text for a key.
  const allOutlines = outlinesOf(traffic, "").filter((outline) => outline.length >= 5);
  if (allOutlines.length > 0)
    for (const { number, text: words } of cases) {
      const outline = outlineOf(words);
      if (
        [outline, ...texts.map((key) => keyedOutline(key, outline))].some((one) =>
          resembles(one, allOutlines),
        )
      )
        tied.add(`an outline is that of ${number}`);
    }

  // Values that a row shares with something else, or a hash of them.
  const elsewhere = new Map<string, string>();
  for (const one of rest)
    for (const text of textsIn(one).filter(({ length }) => length >= 8))
      for (const value of [text, ...plainHashes(text)]) elsewhere.set(value, one.where);
  for (const one of traffic)
    for (const text of textsIn(one)) {
      const where = elsewhere.get(text);
      if (where) tied.add(`a row shares a text with ${where}`);
    }

  // Seconds that a row, or the record of a retry, has in common with a case.
  const ofCases = rest.filter(({ content }) => (content as { sk?: unknown }).sk === "CASE");
  const isRetry = ({ content }: Readable) => (content as { sk?: unknown }).sk === "RETRY";
  for (const one of [...traffic, ...rest.filter(isRetry)])
    for (const second of secondsIn(one))
      for (const found of ofCases)
        if (spans.some((span) => secondsIn(found).has(second + span)))
          tied.add(
            `a row of ${one.where} tells a second of ${String((found.content as { pk: unknown }).pk)}`,
          );

  return { named: [...named].sort(), tied: [...tied].sort() };
}
