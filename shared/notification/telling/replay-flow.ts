import type { CaseStore } from "../../case/store/case-store.ts";
import type { Outbox } from "../../platform/message-queue.ts";
import { errorForLog, logger } from "../../platform/observability.ts";
import { type EventToTell, messagesOf } from "../mail-message.ts";
import { rememberedSeconds } from "../notification-store.ts";

const day = 24 * 60 * 60 * 1000;
/** Marks of mails are kept for 90 days. Messages lie in a queue for 14 of them, and some days are to spare. */
const replayedDays = Math.floor(rememberedSeconds / 24 / 60 / 60) - 30;

/** The oldest instant whose mails can be replayed: what was sent later is remembered for long enough. */
export const oldestReplayed = (now: Date): Date => new Date(now.getTime() - replayedDays * day);

/** What a replay did. */
export interface Replayed {
  /** Cases that moved since the beginning, and were read. */
  cases: number;
  events: number;
  messages: number;
  /** The numbers of cases whose history could not be read. Nobody is told of their events. */
  unreadable: string[];
}

/** The days (UTC) from an instant until one that is asked for again at each step: it may pass midnight. */
function* daysFrom(from: Date, until: () => Date): Generator<string> {
  const dayOf = (at: Date) => at.toISOString().slice(0, 10);
  for (let at = from; dayOf(at) <= dayOf(until()); at = new Date(at.getTime() + day)) yield dayOf(at);
}

const portion = 10;
const attempts = 3;

/**
 * Puts all messages on the message queue of mails that the events between two instants ask for. They are read from the histories, so
 * nothing that a queue or the stream has lost is missing. Whoever was mailed or has it on their pile is passed over when the mails are
 * written, so this may be done at any time, and twice.
 */
export async function replay(
  cases: Pick<CaseStore, "movedOn" | "find">,
  emails: Outbox,
  { from, to }: { from: Date; to: Date },
  {
    now = () => new Date(),
    pause = async () => {},
  }: { now?: () => Date; pause?: (messages: number) => Promise<unknown> } = {},
): Promise<Replayed> {
  const done: Replayed = { cases: 0, events: 0, messages: 0, unreadable: [] };
  const seen = new Set<string>();
  const isAsked = ({ at }: { at: string }) =>
    Date.parse(at) >= from.getTime() && Date.parse(at) < to.getTime();

  const put = async (messages: readonly EventToTell[]) => {
    let left = messages;
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt === attempts) throw new Error(`The message queue did not take ${left.length} messages`);
      const refused = new Set(await emails.send(left));
      left = left.filter((_, index) => refused.has(index));
    }
    done.messages += messages.length;
    await pause(messages.length);
  };

  const replayCase = async (number: string) => {
    const file = await cases.find(number).catch((error: unknown) => {
      logger.error("history unreadable", { trackingNumber: number, error: errorForLog(error) });
      done.unreadable.push(number);
    });
    if (!file) return;
    done.cases++;
    const events = file.events.filter(isAsked);
    done.events += events.length;
    const messages = events.flatMap(messagesOf);
    for (let start = 0; start < messages.length; start += portion)
      await put(messages.slice(start, start + portion));
  };

  // The index knows the day of a case's last move. Whatever had an event in that time moved then or later.
  for (const moved of daysFrom(from, now))
    for await (const anchors of cases.movedOn(moved))
      for (const { trackingNumber } of anchors) {
        if (seen.has(trackingNumber)) continue;
        seen.add(trackingNumber);
        await replayCase(trackingNumber);
      }
  return done;
}
