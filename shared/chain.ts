import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * Names the format of a hash: the JSON of a value in the canonical form of RFC 8785, hashed by SHA-256, in base64url.
 * docs/history-format.md describes it with a worked example. A change of the format needs a new name, and code that still
 * verifies the old one.
 */
export const historyFormat = "sp4n-lapor-history-1";

/** Hashes a value by SHA-256. The order of its fields and fields that are undefined make no difference. */
export const canonicalHash = (value: unknown): string =>
  createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("base64url");

/** An event in a history. Each event carries the hash of the one before. */
export interface Link {
  /** 1, 2, 3 ... without gaps. */
  sequence: number;
  previousHash: string | null;
  hash: string;
}

/** The last event of a history. The next event needs its number and hash. */
export type Head = Pick<Link, "sequence" | "hash">;

/** Gives the next event of a history its number, and the hash of the event before it. */
export const nextAfter = (previous: Head | undefined): Pick<Link, "sequence" | "previousHash"> => ({
  sequence: (previous?.sequence ?? 0) + 1,
  previousHash: previous?.hash ?? null,
});

export interface Flaw {
  sequence: number;
  what: string;
}

/**
 * Finds everything wrong with a history, each flaw with the number of its event. A history that nobody touched has none.
 * `heads` are events that were recorded elsewhere. `of` names what the history belongs to, and tells which events do.
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
