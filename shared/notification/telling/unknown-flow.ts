import type { CaseEvent } from "../../case/history.ts";
import type { CaseStore } from "../../case/store/case-store.ts";
import type { Outbox } from "../../platform/message-queue.ts";
import { type EventToTell, messagesOf, type SomeSubscribers, type UnknownEvent } from "../mail-message.ts";

interface Stores {
  cases: Pick<CaseStore, "find">;
}

/** Refuses to tell of an event that this code does not know. Its message waits for code that does. */
export function refuseUnknown(event: Pick<CaseEvent, "type"> | undefined): void {
  if (event?.type === "other") throw new Error("Newer code wrote this event, and its message waits for that");
}

/** The same of the event that a message is about. */
export async function refuseMessageOfUnknown(
  { cases }: Stores,
  { trackingNumber, sequence }: Pick<EventToTell | SomeSubscribers, "trackingNumber" | "sequence">,
): Promise<void> {
  refuseUnknown((await cases.find(trackingNumber))?.events[sequence - 1]);
}

/** Tells of an event that the code which published it did not know, once there is code that does. */
export async function tellOnceKnown(
  { cases, emails }: Stores & { emails: Outbox },
  { trackingNumber, sequence }: UnknownEvent,
): Promise<void> {
  const event = (await cases.find(trackingNumber))?.events[sequence - 1];
  if (!event) throw new Error("The event of this message is not there");
  refuseUnknown(event);
  const notTaken = await emails.send(messagesOf(event));
  if (notTaken.length > 0) throw new Error("The message queue did not take the mails about an event");
}
