import * as z from "zod";

/** A draft is forgotten so many seconds after its last change. */
export const draftSeconds = 24 * 60 * 60;

/** DynamoDB takes 400 KB an item, and a seal is a third longer than what it holds. */
const mostBytes = 250_000;

/** A report that is being written, or was just sent. */
export const draft = z.strictObject({
  /** What was typed, by the name of the field, right or wrong. */
  values: z.record(z.string().max(60), z.string()),
  /** The report is sent under this key, however often its button is pressed. */
  idempotencyKey: z.uuidv4(),
  /** Counts the changes, so that two tabs do not overwrite each other unseen. */
  version: z.int(),
  /** When it was last changed, in seconds since 1970. */
  savedAt: z.int().optional(),
  /** What was sent under the key while nobody knows yet whether it was stored, the newest last. */
  underway: z.array(z.record(z.string(), z.unknown())).optional(),
  /** What the report got once it was sent. It is shown until the visitor says that they have it, or the draft is forgotten. */
  sent: z
    .strictObject({
      trackingNumber: z.string(),
      receipt: z.string(),
      notices: z.array(z.string()),
      /** Until when the report has to be verified, and the days that do not count. */
      verification: z
        .strictObject({
          from: z.string(),
          due: z.string(),
          skipped: z.array(z.strictObject({ date: z.string(), why: z.string(), name: z.string() })),
        })
        .optional(),
      /** What was typed last is not in the report: it had been stored before. */
      before: z.boolean().optional(),
    })
    .optional(),
});
export type Draft = z.infer<typeof draft>;

/** A fresh draft. */
export const newDraft = (idempotencyKey: string): Draft => ({ values: {}, idempotencyKey, version: 0 });

/** The draft with what a step typed. An empty text takes a field out. */
export function withValues(given: Draft, typed: Readonly<Record<string, string>>): Draft {
  const values = { ...given.values, ...typed };
  for (const [name, value] of Object.entries(values)) if (value === "") delete values[name];
  return { ...given, values };
}

/** Whether a draft can be stored. */
export const canBeKept = (given: Draft): boolean => Buffer.byteLength(JSON.stringify(given)) <= mostBytes;

/** So many reports of unknown fate are kept. One more does not fit beside them. */
export const mostUnderway = 3;

type Body = Readonly<Record<string, unknown>>;

/** What else was sent under the key of a draft while nobody knows whether it was stored, the newest last. */
export const othersUnderway = ({ underway = [] }: Draft, body: Body): Body[] =>
  underway.filter((other) => JSON.stringify(other) !== JSON.stringify(body));

/** The draft that says what is about to be sent. Whoever loses the answer can ask for it again. */
export const withUnderway = (given: Draft, body: Body): Draft => ({
  ...given,
  underway: [...othersUnderway(given, body), body],
});

/** The draft after a report was refused: it was not stored. */
export const withoutUnderway = (given: Draft, body: Body): Draft => ({
  ...given,
  underway: othersUnderway(given, body),
});

/** The draft after its report was sent: what the report got, and of what was typed only what is not in it. */
export const withSent = ({ underway: _, ...given }: Draft, sent: NonNullable<Draft["sent"]>): Draft => ({
  ...given,
  values: sent.before ? given.values : {},
  sent,
});

/** When a draft is forgotten. */
export const forgottenAt = ({ savedAt = 0 }: Draft): Date => new Date((savedAt + draftSeconds) * 1000);
