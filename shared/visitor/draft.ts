import * as z from "zod";

/** A draft is forgotten so many seconds after its last change. */
export const draftSeconds = 24 * 60 * 60;

const field = z.string().max(20_000);

/** A report that is being written, or was just sent. */
export const draft = z.strictObject({
  /** What was typed, by the name of the field. */
  values: z.record(z.string().max(60), field),
  /** The report is sent under this key, however often its button is pressed. */
  idempotencyKey: z.uuidv4(),
  /** Counts the changes, so that two tabs do not overwrite each other unseen. */
  version: z.int(),
  /** What the report got once it was sent. It is shown until the visitor leaves. */
  sent: z.strictObject({ trackingNumber: z.string(), receipt: z.string() }).optional(),
});
export type Draft = z.infer<typeof draft>;

/** A fresh draft. */
export const newDraft = (idempotencyKey: string): Draft => ({ values: {}, idempotencyKey, version: 0 });

/** The draft with what a step typed. An empty text takes a field out. */
export function withValues(given: Draft, typed: Readonly<Record<string, string>>): Draft {
  const values = { ...given.values, ...typed };
  for (const [name, value] of Object.entries(values)) if (value === "") delete values[name];
  return { ...given, values, version: given.version + 1 };
}
