import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * The name of what is hashed and how: the JSON of a value in the canonical form of RFC 8785, its SHA-256 in base64url.
 * docs/history-format.md describes it with a worked example. A change of either needs a new name, and code that still
 * verifies the old one.
 */
export const historyFormat = "sp4n-lapor-history-1";

/** The SHA-256 of a value, whatever the order of its fields. Fields that are undefined do not count. */
export const digest = (value: unknown): string =>
  createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("base64url");

/** An event in a history: each carries the hash of the one before. */
export interface Link {
  /** 1, 2, 3 ... without gaps. */
  sequence: number;
  previousHash: string | null;
  hash: string;
}

/** The last event of a history, as far as the next one needs to know it. */
export type Head = Pick<Link, "sequence" | "hash">;

/** Where the next event of a history stands. */
export const nextAfter = (previous: Head | undefined): Pick<Link, "sequence" | "previousHash"> => ({
  sequence: (previous?.sequence ?? 0) + 1,
  previousHash: previous?.hash ?? null,
});

export interface Flaw {
  sequence: number;
  what: string;
}

/**
 * Everything wrong with a history, each with the number of the event; empty when nobody touched it. `heads` are events as
 * known from elsewhere; `of` says what the history belongs to, and which of its events do.
 */
export function chainFlaws<L extends Link>(
  links: readonly L[],
  heads: readonly Head[],
  of: { name: string; has(link: L): boolean; hash(link: L): string },
): Flaw[] {
  const found: Flaw[] = [];
  let previous: L | undefined;
  for (const [index, link] of links.entries()) {
    const { sequence } = link;
    if (sequence !== index + 1)
      found.push({ sequence: index + 1, what: `event ${index + 1} is missing or out of order` });
    else if (link.previousHash !== (previous?.hash ?? null))
      found.push({ sequence, what: `event ${sequence} does not follow from the event before it` });
    if (!of.has(link)) found.push({ sequence, what: `event ${sequence} belongs to another ${of.name}` });
    if (of.hash(link) !== link.hash)
      found.push({ sequence, what: `event ${sequence} is not what was written: its hash does not fit` });
    previous = link;
  }
  for (const head of heads)
    if (links[head.sequence - 1]?.hash !== head.hash)
      found.push({
        sequence: head.sequence,
        what:
          links.length < head.sequence
            ? `the history ends before event ${head.sequence}`
            : `event ${head.sequence} is not the one that was recorded`,
      });
  return found;
}
