import { countingOf } from "../../case/clocks/counting-flow.ts";
import { officeOf } from "../../deadline/clock.ts";
import type { Office } from "../../deadline/office.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { logger } from "../../platform/observability.ts";
import type { Gathering } from "../mail-settings.ts";
import type { Gathered } from "../notification.ts";
import type { Recipient } from "../recipients/recipients.ts";
import { flushAt, newCasesMailAt } from "./pile.ts";
import type { PileStore } from "./pile-store.ts";

/** The stores that notifications are gathered with. */
export interface PilingStores {
  directory: DirectoryStore;
  piles: PileStore;
}

/** The zone and the calendar that an agency works by. */
export const workplaceOf = async (directory: DirectoryStore, agencyId: string): Promise<Office> =>
  officeOf(await countingOf(directory, agencyId));

async function putOnPile(piles: PileStore, notification: Gathered, due: Date, at: Date): Promise<void> {
  const waiting = { notification, flushAt: due.toISOString() };
  const outcome = await piles.add(waiting, at);
  if (outcome === "claimed-elsewhere") throw new Error("Another worker is sending this notification");
  if (outcome === "added") logger.info("mail gathered", waiting);
}

/** Puts a notification on the pile of its recipient until their next mail. */
export async function gather(
  { directory, piles }: PilingStores,
  notification: Gathered,
  { mails, agencyId }: Recipient,
  { urgent }: { urgent: boolean },
  gathering: Gathering,
  at: Date,
): Promise<void> {
  const due = flushAt(at, { mails, urgent }, gathering, await workplaceOf(directory, agencyId));
  await putOnPile(piles, notification, due, at);
}

/**
 * Puts a notification of a new case on the pile of its recipient, if they were mailed about another one lately. False
 * where they were not: it can be mailed at once, and those that come soon after it wait.
 */
export async function gatherNewCase(
  { directory, piles }: PilingStores,
  notification: Gathered,
  { id, agencyId }: Recipient,
  gathering: Gathering,
  at: Date,
): Promise<boolean> {
  const { newCaseSeconds } = gathering;
  const turnAfter = (from: Date) => new Date(from.getTime() + newCaseSeconds * 1000);
  if (newCaseSeconds === 0 || (await piles.takeTurn(id, at, turnAfter(at)))) return false;
  const due = newCasesMailAt(at, gathering, await workplaceOf(directory, agencyId));
  // What comes after that mail waits in its turn.
  await piles.holdBack(id, turnAfter(due));
  await putOnPile(piles, notification, due, at);
  return true;
}
