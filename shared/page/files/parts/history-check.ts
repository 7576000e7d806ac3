/** An event of a history as its proof shows it: whole, or as a link of the chain. */
interface Shown {
  sequence: number;
  previousHash: string | null;
  hash: string;
  contentHash?: string;
  trackingNumber?: string;
}

/** What `GET /v1/cases/{number}/proof` answers. */
export interface ShownHistory {
  format: string;
  trackingNumber: string;
  head: { sequence: number; hash: string };
  events: readonly Shown[];
}

/** What a check found: how many events there are, how many of them could be hashed again, and which is the first that is wrong. */
export interface CheckedHistory {
  events: number;
  hashed: number;
  wrongAt?: number;
}

/** The format that this check knows. docs/history-format.md describes it. */
const knownFormat = "sp4n-lapor-history-1";

/** The canonical form of RFC 8785: fields in the order of their UTF-16 units, no blanks, numbers and texts as JavaScript writes them. */
export function canonicalForm(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalForm).join(",")}]`;
  const fields = value as Record<string, unknown>;
  return `{${Object.keys(fields)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalForm(fields[name])}`)
    .join(",")}}`;
}

/** SHA-256 of a value in its canonical form, in base64url without padding. */
async function hashOf(value: unknown): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonicalForm(value)));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");
}

async function isRight(
  event: Shown,
  index: number,
  { trackingNumber, events }: ShownHistory,
): Promise<boolean> {
  const before = events[index - 1];
  if (event.sequence !== index + 1 || event.previousHash !== (before ? before.hash : null)) return false;
  // A link shows nothing that could be hashed. The event after it names its hash.
  if (event.contentHash === undefined) return true;
  const { hash, ...rest } = event;
  return event.trackingNumber === trackingNumber && (await hashOf(rest)) === hash;
}

/** Checks a history with nothing but what it shows. Throws where it has a format that this check does not know. */
export async function checkHistory(history: ShownHistory): Promise<CheckedHistory> {
  const { format, head, events } = history;
  if (format !== knownFormat) throw new Error("This format of histories is not known");
  const counted = {
    events: events.length,
    hashed: events.filter((one) => one.contentHash !== undefined).length,
  };
  for (const [index, event] of events.entries())
    if (!(await isRight(event, index, history))) return { ...counted, wrongAt: index + 1 };
  const last = events[events.length - 1];
  const ends = last !== undefined && last.sequence === head.sequence && last.hash === head.hash;
  return ends ? counted : { ...counted, wrongAt: events.length + 1 };
}
