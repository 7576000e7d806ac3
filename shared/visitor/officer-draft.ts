import * as z from "zod";

/** The draft of an officer is forgotten so many seconds after its last change. */
export const officerDraftSeconds = 7 * 24 * 60 * 60;

/** DynamoDB takes 400 KB an item, and a seal is a third longer than what it holds. */
const mostBytes = 250_000;

/** What an officer typed into the form of a page and did not send yet. */
export const officerDraft = z.strictObject({
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** Counts the changes: of two devices that store at once, the later one looks again first. */
  version: z.int(),
  /** When it was last changed, in seconds since 1970. */
  savedAt: z.int(),
});
export type OfficerDraft = z.infer<typeof officerDraft>;

/** Whether a draft can be stored. */
export const fitsDraft = (given: OfficerDraft): boolean =>
  Buffer.byteLength(JSON.stringify(given)) <= mostBytes;
