import type { DirectoryStore } from "../../directory/directory-store.ts";
import { errorForLog, logger, metrics } from "../../platform/observability.ts";
import type { ReporterStore } from "../../reporter/reporter-store.ts";
import { isOver, type Returned, type UndeliverableBecause } from "../../reporter/undeliverable.ts";
import type { SubscriberStore } from "../../subscriber/subscriber-store.ts";
import type { AddressMarkStore } from "../addresses/address-mark-store.ts";
import type { AddressNames } from "../addresses/address-names-flow.ts";
import { officeHash, type UndeliverableStore } from "../addresses/undeliverable-store.ts";
import type { Tagged } from "../mail-feedback.ts";
import type { Mail } from "../mails/mail.ts";
import { AddressRefused, type Mailer } from "../mails/mailer-store.ts";
import { agencyOfMailbox, caseOfReporterId, subscriberOfRecipient } from "../notification.ts";

/** The stores that know which people no mail reaches. */
export interface AddressStores {
  reporters: Pick<ReporterStore, "markUndeliverable">;
  undeliverables: Pick<UndeliverableStore, "mark">;
  subscribers: Pick<SubscriberStore, "forget">;
}

/** The stores that sending a mail needs. */
export interface PostStores extends AddressStores {
  reporters: Pick<ReporterStore, "markUndeliverable" | "markDeliverable" | "addressFreedAt">;
  undeliverables: Pick<UndeliverableStore, "mark" | "clear">;
  directory: Pick<DirectoryStore, "officer" | "agency">;
  addressMarks: Pick<AddressMarkStore, "find">;
  addressNames: AddressNames;
  mailer: Mailer;
}

/**
 * Notes that no mail reaches somebody: an officer, the mailbox of an agency or the reporter of a case, by their id as a recipient.
 * Whoever learns it comes in here: who sends, and who hears of mails that came back.
 */
export async function noteUndeliverable(
  { reporters, undeliverables, subscribers }: AddressStores,
  { to, office, ...told }: { to: string; office: string; why: UndeliverableBecause; mailedAt?: string },
  at: Date,
): Promise<void> {
  const trackingNumber = caseOfReporterId(to);
  const mark = { since: at.toISOString(), ...told };
  const subscriber = subscriberOfRecipient(to);
  // Whoever follows a case has no other trace with us, so the address is forgotten instead of marked.
  if (subscriber) await subscribers.forget(subscriber);
  else if (trackingNumber === undefined) await undeliverables.mark({ ...mark, to, addressHash: office });
  else await reporters.markUndeliverable(trackingNumber, mark);
  logger.warn("mail undeliverable", { to, why: told.why });
}

/** A mail that is on its way is not sent again because a mark could not be removed: the next one removes it. */
async function noteArrival(
  { reporters, undeliverables }: Pick<PostStores, "reporters" | "undeliverables">,
  to: string,
): Promise<void> {
  if (subscriberOfRecipient(to)) return;
  const trackingNumber = caseOfReporterId(to);
  try {
    if (trackingNumber === undefined) await undeliverables.clear(to);
    else await reporters.markDeliverable(trackingNumber);
  } catch (error) {
    logger.warn("mark of an undeliverable address kept", { to, error: errorForLog(error) });
  }
}

/** When somebody said for the last time that this recipient's address is right. */
async function freedAt(
  { reporters, directory }: Pick<PostStores, "reporters" | "directory">,
  to: string,
): Promise<string | undefined> {
  if (subscriberOfRecipient(to)) return undefined;
  const trackingNumber = caseOfReporterId(to);
  if (trackingNumber !== undefined) return reporters.addressFreedAt(trackingNumber);
  const agency = agencyOfMailbox(to);
  return (await (agency === undefined ? directory.officer(to) : directory.agency(agency)))?.addressFreedAt;
}

/**
 * Whether mails to a marked address go to this recipient all the same. Whoever complained is believed over the holder of a
 * receipt, who may have typed a stranger's address; an administrator knows their officers.
 */
async function isFreed(stores: PostStores, to: string | undefined, mark: Returned): Promise<boolean> {
  if (to === undefined) return false;
  if (mark.why === "complained" && caseOfReporterId(to) !== undefined) return false;
  return isOver(mark, await freedAt(stores, to));
}

const isOfOffice = (to: string | undefined): boolean =>
  to !== undefined && caseOfReporterId(to) === undefined && subscriberOfRecipient(to) === undefined;

/**
 * Sends a mail. An address that the mail service refuses for good is noted, and its mail counts as done: sent again it would be
 * refused again. To an address that mails came back from nothing is sent. `to` is undefined where the address is nobody's any more.
 */
export async function dispatch(
  stores: PostStores,
  to: string | undefined,
  mail: Mail,
  at: Date,
): Promise<"sent" | "undeliverable"> {
  const office = officeHash(mail.to);
  const address = await stores.addressNames.of(mail.to);
  const mark = await stores.addressMarks.find(address, at);
  if (mark && !(await isFreed(stores, to, mark))) {
    metrics.addMetric("MailWithheld", "Count", 1);
    const { why, mailedAt } = mark;
    if (to !== undefined) await noteUndeliverable(stores, { to, office, why, mailedAt }, at);
    return "undeliverable";
  }
  const tagged: Tagged = { to, address, office: isOfOffice(to) ? office : undefined };
  try {
    await stores.mailer.send(mail, tagged);
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error;
    if (to !== undefined) await noteUndeliverable(stores, { to, office, why: error.why }, at);
    return "undeliverable";
  }
  if (to !== undefined) await noteArrival(stores, to);
  return "sent";
}
