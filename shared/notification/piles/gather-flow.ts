import { countingOf } from "../../case/clocks/counting-flow.ts";
import { officeOf } from "../../deadline/clock.ts";
import type { Office } from "../../deadline/office.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { logger } from "../../platform/observability.ts";
import type { Gathering } from "../mail-settings.ts";
import type { Gathered } from "../notification.ts";
import type { Recipient } from "../recipients/recipients.ts";
import { flushAt, nextMailAt } from "./pile.ts";
import type { PileStore, Turn } from "./pile-store.ts";

/** The stores that notifications are gathered with. */
export interface PilingStores {
  directory: DirectoryStore;
  piles: PileStore;
}

/** The zone and the calendar that an agency works by. */
export const workplaceOf = async (directory: DirectoryStore, agencyId: string): Promise<Office> =>
  officeOf(await countingOf(directory, agencyId));

/** Puts a notification on the pile of its recipient until an instant. */
export async function putOnPile(
  piles: PileStore,
  notification: Gathered,
  due: Date,
  at: Date,
): Promise<void> {
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
 * Puts a notification on the pile of its recipient, if they were lately mailed about another one of the same sort. False where
 * they were not: it can be mailed at once, and those that come soon after it wait. `due` says when those are mailed.
 */
async function gatherUnlessFirst(
  piles: PileStore,
  notification: Gathered,
  { turn, seconds, due }: { turn: Turn; seconds: number; due: (at: Date) => Promise<Date> },
  at: Date,
): Promise<boolean> {
  const turnAfter = (from: Date) => new Date(from.getTime() + seconds * 1000);
  const waits = seconds > 0 && !(await piles.takeTurn(turn, at, turnAfter(at)));
  if (!waits) return false;
  const mailedAt = await due(turnAfter(at));
  // What comes after that mail waits in its turn.
  await piles.holdBack(turn, turnAfter(mailedAt));
  await putOnPile(piles, notification, mailedAt, at);
  return true;
}

/**
 * Gathers a notification for an officer or a mailbox who was lately mailed about another new case, or about another event of the
 * same case. False where it can be mailed at once. What was gathered is mailed in their working hours.
 */
export const gatherForOffice = (
  { directory, piles }: PilingStores,
  notification: Gathered,
  { id: to, agencyId }: Recipient,
  { of, gathering }: { of: "new-cases" | "case"; gathering: Gathering },
  at: Date,
): Promise<boolean> =>
  gatherUnlessFirst(
    piles,
    notification,
    {
      turn: { to, about: of === "case" ? notification.trackingNumber : undefined },
      seconds: of === "case" ? gathering.caseSeconds : gathering.newCaseSeconds,
      due: async (after) => nextMailAt(after, await workplaceOf(directory, agencyId)),
    },
    at,
  );

/** So many news reach a reporter at once: verified, asked and answered within minutes is what everybody hopes for. */
const newsAtOnce = 3;

/** Gathers a notification for a reporter who was lately mailed several news of their case. They are mailed at any hour. */
export const gatherForReporter = (
  { piles }: Pick<PilingStores, "piles">,
  notification: Gathered,
  { caseSeconds }: Pick<Gathering, "caseSeconds">,
  at: Date,
): Promise<boolean> =>
  gatherUnlessFirst(
    piles,
    notification,
    { turn: { to: notification.to, atOnce: newsAtOnce }, seconds: caseSeconds, due: async (after) => after },
    at,
  );
