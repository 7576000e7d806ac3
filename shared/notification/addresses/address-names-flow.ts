import type { KeyedHash } from "../../platform/encryption.ts";
import { nameUnder } from "../../traffic/day-key.ts";
import { oneMailbox } from "./one-mailbox.ts";
import { secretUnder } from "./unsubscribe-flow.ts";

/** Names addresses so that nobody without the key can try whose a name is. */
export interface AddressNames {
  of(address: string): Promise<string>;
}

/** `hash` is that of a key of KMS, which is asked once by each instance of a function. */
export function addressNames(hash: KeyedHash): AddressNames {
  const secret = secretUnder(hash, "addresses that mails come back from");
  return { of: async (address) => nameUnder(await secret(), [oneMailbox(address)]) };
}
