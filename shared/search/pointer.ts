import * as z from "zod";

/** Names the newest index, and tells what it was built from. */
export const indexPointer = z.strictObject({
  name: z.string(),
  builtAt: z.iso.datetime(),
  /** The numbers and versions of all public cases, as a hash. */
  fingerprint: z.string(),
  cases: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});
export type IndexPointer = z.output<typeof indexPointer>;

const dayMs = 24 * 60 * 60 * 1000;

/** What is taken out of a text and how it is taken apart. Another number has every index built anew. */
export const indexForm = 1;

/**
 * Whether an index is still what a build would make. Indexes of DynamoDB may be a moment behind, so nothing is trusted for longer than
 * a day. The bucket forgets an index after three.
 */
export const isCurrent = (newest: IndexPointer | undefined, fingerprint: string, at: Date): boolean =>
  newest !== undefined &&
  newest.fingerprint === fingerprint &&
  at.getTime() - Date.parse(newest.builtAt) < dayMs;

/**
 * From which position on in the public feed a report may have come after a build began. Reports that the public sees by date stand at
 * the beginning of a day, and their day begins up to nine hours before that of UTC. Ten minutes are more than an index of DynamoDB
 * is behind.
 */
export const newerThan = (builtAt: Date): string =>
  new Date(builtAt.getTime() - 10 * 60 * 1000).toISOString().slice(0, 10);
