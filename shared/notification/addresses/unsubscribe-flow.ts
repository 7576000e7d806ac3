import * as z from "zod";
import type { KeyedHash } from "../../platform/encryption.ts";
import { openUnder, sealUnder } from "../../traffic/day-key.ts";

/** The mails that a link stops: those about one case, to its reporter or to somebody who follows it. */
const stopping = z.union([
  z.strictObject({
    trackingNumber: z.string(),
    /** The address is that of this round. Null: it is not the reporter's any more, so no further mail goes to it. */
    round: z.int().nonnegative().nullable(),
  }),
  z.strictObject({
    trackingNumber: z.string(),
    /** The id of whoever follows the case. */
    subscriber: z.string(),
  }),
]);
export type Stopping = z.infer<typeof stopping>;

/** Makes and reads the tokens of links in mails. */
export interface LinkTokens<T> {
  of(told: T): Promise<string>;
  /** What a token says; undefined where it is not one of ours. */
  read(token: string): Promise<T | undefined>;
}

/** Makes and reads the tokens of links that stop mails. */
export type StopTokens = LinkTokens<Stopping>;

/**
 * The secret that belongs to a label. Only a key that nobody can read out makes it. `hash` is that of a key of KMS, which is asked
 * once by each instance of a function.
 */
export function secretUnder(hash: KeyedHash, label: string): () => Promise<string> {
  let secret: Promise<string> | undefined;
  return () =>
    (secret ??= hash(label).catch((error: unknown) => {
      secret = undefined; // a failure is not remembered
      throw error;
    }));
}

/**
 * Tokens of one sort of links. A token is sealed and so signed (AES-256-GCM): it shows neither a case nor an address, two tokens for
 * one case differ, and nobody without the key makes one. A token of another label says nothing here.
 */
export function tokensUnder<T extends z.ZodType>(
  hash: KeyedHash,
  { label, told }: { label: string; told: T },
): LinkTokens<z.infer<T>> {
  const secret = secretUnder(hash, label);
  return {
    of: async (one) => sealUnder(await secret(), JSON.stringify(one)).toString("base64url"),
    async read(token) {
      const known = await secret();
      try {
        return told.safeParse(JSON.parse(openUnder(known, Buffer.from(token, "base64url")))).data;
      } catch {
        return undefined;
      }
    },
  };
}

/** The tokens of links that stop mails. */
export const stopTokens = (hash: KeyedHash): StopTokens =>
  tokensUnder(hash, { label: "sp4n-lapor unsubscribing", told: stopping });
