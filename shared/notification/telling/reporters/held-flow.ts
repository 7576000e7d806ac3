import { situationOf } from "../../../case/moves/table.ts";
import type { CaseStore } from "../../../case/store/case-store.ts";
import { endOfWaiting, wasHeld } from "../../../case/submission/held.ts";
import { type EventToTell, messagesOf } from "../../mail-message.ts";
import type { MailSettings } from "../../mail-settings.ts";
import type { PilingStores } from "../../piles/gather-flow.ts";
import { tellOfficers, tellVerifier } from "../officers/officers-flow.ts";
import { type ReporterMailStores, tellReporter } from "./reporter-flow.ts";

type Stores = ReporterMailStores & PilingStores & { cases: Pick<CaseStore, "find"> };

/**
 * Sends what waited while a report was held, once the waiting has ended: the confirmation to its reporter, with the receipt if
 * they asked for it, and the alerts of a new case where it still has to be verified. Only the first message of the event that
 * ended the waiting does this, so that no two workers send the same. Returns whether the report still waits: until then its
 * reporter is mailed no news, because anybody may have typed the address.
 */
export async function tellWhoWaited(
  stores: Stores,
  message: EventToTell,
  settings: MailSettings,
  at: Date,
): Promise<boolean> {
  const { kind, trackingNumber, sequence } = message;
  const file = await stores.cases.find(trackingNumber);
  const event = file?.events[sequence - 1];
  if (!file || !event || !wasHeld(file.events)) return false;
  const end = endOfWaiting(file.events);
  if (messagesOf(event)[0]?.kind !== kind) return !end;
  // Whoever takes the report back needs no receipt by mail.
  if (event.type === "withdrawn" && (!end || end.sequence > sequence))
    await stores.reporters.forgetReceipt(trackingNumber);
  if (end?.sequence !== sequence) return !end;
  const submission = { trackingNumber, sequence: 1 };
  await tellReporter(stores, "submission-confirmation", submission, settings, at);
  if (situationOf(file.case) !== "submitted") return false;
  await tellVerifier(stores, submission, settings, at);
  await tellOfficers(stores, submission, settings, at);
  return false;
}
