import { createHash } from "node:crypto";
import * as z from "zod";

/** What happened to a case. Each event carries the hash of the one before, so that none can be changed, removed or reordered unseen. */
export const caseEvent = z.strictObject({
  trackingNumber: z.string(),
  /** 1, 2, 3 ... without gaps. */
  sequence: z.int().positive(),
  type: z.enum(["submitted"]),
  at: z.iso.datetime(),
  by: z.strictObject({ role: z.enum(["reporter"]) }),
  content: z.record(z.string(), z.json()),
  /** Mixed into the content's hash, so that the hash alone does not let anybody test a guess of the content. */
  salt: z.string(),
  previousHash: z.string().nullable(),
  hash: z.string(),
});
export type CaseEvent = z.infer<typeof caseEvent>;

/** JSON with the keys of every object in order, so that equal values have equal hashes wherever they were stored. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const digest = (value: unknown): string => createHash("sha256").update(canonical(value)).digest("base64url");

/** The event's own hash: over its heading, the salted hash of its content and the hash of the event before it. */
export const eventHash = ({ content, salt, hash: _, ...heading }: CaseEvent): string =>
  digest({ ...heading, contentHash: digest({ salt, content }) });

/** The next link of a case's history. */
export function chained(
  event: Omit<CaseEvent, "sequence" | "previousHash" | "hash">,
  previous: CaseEvent | undefined,
): CaseEvent {
  const unsigned: CaseEvent = {
    ...event,
    sequence: (previous?.sequence ?? 0) + 1,
    previousHash: previous?.hash ?? null,
    hash: "",
  };
  return { ...unsigned, hash: eventHash(unsigned) };
}
