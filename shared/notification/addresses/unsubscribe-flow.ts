import * as z from "zod";
import type { KeyedHash } from "../../platform/encryption.ts";
import { openUnder, sealUnder } from "../../traffic/day-key.ts";

/** The mails that a link stops: those about one case, to the address that the reporter had in a round. */
const stopping = z.strictObject({
  trackingNumber: z.string(),
  /** Null: the address is not the reporter's any more, so no further mail goes to it. */
  round: z.int().nonnegative().nullable(),
});
export type Stopping = z.infer<typeof stopping>;

/** Makes and reads the tokens of links that stop mails. */
export interface StopTokens {
  of(stopping: Stopping): Promise<string>;
  /** What a token stops; undefined where it is not one of ours. */
  read(token: string): Promise<Stopping | undefined>;
}

/** The text whose keyed hash all tokens are sealed under. Only a key that nobody can read out makes that hash. */
const label = "sp4n-lapor unsubscribing";

const opened = (secret: string, token: string): Stopping | undefined => {
  try {
    return stopping.safeParse(JSON.parse(openUnder(secret, Buffer.from(token, "base64url")))).data;
  } catch {
    return undefined;
  }
};

/**
 * A token is sealed and so signed (AES-256-GCM): it shows neither a case nor an address, two tokens for one case differ, and
 * nobody without the key makes one. `hash` is that of a key of KMS, which is asked once by each instance of a function.
 */
export function stopTokens(hash: KeyedHash): StopTokens {
  let secret: Promise<string> | undefined;
  const known = (): Promise<string> =>
    (secret ??= hash(label).catch((error: unknown) => {
      secret = undefined; // a failure is not remembered
      throw error;
    }));
  return {
    of: async (stopping) => sealUnder(await known(), JSON.stringify(stopping)).toString("base64url"),
    read: async (token) => opened(await known(), token),
  };
}
