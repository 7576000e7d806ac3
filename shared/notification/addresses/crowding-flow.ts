import { mailsOfDay, type MailSort } from "../../traffic/load.ts";
import type { TrafficStore } from "../../traffic/traffic-store.ts";
import { oneMailbox } from "./one-mailbox.ts";

/** A place for one more mail at an address on a day. */
export interface Place {
  /** Whether there is one. */
  isFree: boolean;
  /** Whether it is the last of its sort. */
  isLast: boolean;
  /** Gives it back, where the mail did not go out. */
  giveBack(): Promise<void>;
}

/**
 * Takes a place for a mail. Anybody may type a stranger's address into any number of reports, so a few mails of each sort go to an
 * address on a day. The address is counted under a name that only a key of KMS makes, apart from every case.
 */
export async function placeAt(
  traffic: Pick<TrafficStore, "count">,
  sort: MailSort,
  address: string,
  at: Date,
): Promise<Place> {
  const counted = [sort, oneMailbox(address)] as const;
  const count = await traffic.count(counted, at);
  return {
    isFree: count <= mailsOfDay[sort],
    isLast: count === mailsOfDay[sort],
    async giveBack() {
      await traffic.count(counted, at, -1);
    },
  };
}
