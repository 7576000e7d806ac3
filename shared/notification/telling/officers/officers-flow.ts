import { placeName } from "../../../directory/regions/place.ts";
import { logger } from "../../../platform/observability.ts";
import type { Gathering, MailSettings } from "../../mail-settings.ts";
import { aboutOf, type AboutStores } from "../../mails/about-flow.ts";
import type { Mail } from "../../mails/mail.ts";
import { newCaseAlert } from "../../mails/new-case-alert.ts";
import { officerNotice } from "../../mails/notice.ts";
import type { EventName, Gathered } from "../../notification.ts";
import { gather, gatherForOffice, type PilingStores } from "../../piles/gather-flow.ts";
import { mailboxOf, type Recipient, sendsOn, wasHandedOnSince } from "../../recipients/recipients.ts";
import { officersToldOf, verifierOf } from "../../recipients/recipients-flow.ts";
import { each } from "../each.ts";
import { type SendingStores, sendOnce } from "../send-once-flow.ts";

type Stores = AboutStores & PilingStores & SendingStores;

/** Mails somebody at once, unless they were mailed lately about another new case, or about the same case: then it is gathered. */
async function tellOrGather(
  stores: Stores,
  notification: Gathered,
  to: Recipient,
  { of, gathering }: { of: "new-cases" | "case"; gathering: Gathering },
  at: Date,
  write: () => Promise<Mail | undefined>,
): Promise<void> {
  const waits = await gatherForOffice(stores, notification, to, { of, gathering }, at);
  if (!waits) await sendOnce(stores, notification, at, write);
}

/** Alerts the mailbox of the agency that verifies a new case. */
export async function tellVerifier(
  stores: Stores,
  { trackingNumber, sequence }: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  const { directory } = stores;
  const { verifyingAgency, siteUrl, gathering } = settings;
  const { case: found } = await aboutOf(stores, { trackingNumber, sequence }, siteUrl);
  const { named, verifier } = await verifierOf(directory, found, verifyingAgency);
  const mailbox = mailboxOf(verifier);
  const notification = { kind: "new-case-alert", trackingNumber, sequence, to: mailbox.id } as const;
  await tellOrGather(stores, notification, mailbox, { of: "new-cases", gathering }, at, async () => {
    const path = found.location ? await directory.regionPath(found.location.regionCode) : [];
    return newCaseAlert(found, { verifier, agencyName: named?.name, regionName: placeName(path), siteUrl });
  });
}

/**
 * Mails each officer who is told of an event, the first about a case at once. Whoever wants their mails once a day finds it in
 * the next daily mail. An event that comes late, after the case went to another agency, is nobody's news any more.
 */
export async function tellOfficers(
  stores: Stores,
  { trackingNumber, sequence }: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  const { gathering } = settings;
  const about = await aboutOf(stores, { trackingNumber, sequence }, settings.siteUrl);
  const file = await stores.cases.find(trackingNumber);
  if (file && !sendsOn(about.event) && wasHandedOnSince(file.events, sequence))
    return logger.info("nothing left to tell", { kind: "officer-notice", trackingNumber, sequence });
  const told = await officersToldOf(stores.directory, about.event, about.case, settings.verifyingAgency, at);
  const of = about.event.type === "submitted" ? "new-cases" : "case";
  const tell = (to: Recipient): Promise<void> => {
    const notification = { kind: "officer-notice", trackingNumber, sequence, to: to.id } as const;
    return to.mails === "daily"
      ? gather(stores, notification, to, { urgent: false }, gathering, at)
      : tellOrGather(stores, notification, to, { of, gathering }, at, async () => officerNotice(to, about));
  };
  await each(told.map(tell));
}
