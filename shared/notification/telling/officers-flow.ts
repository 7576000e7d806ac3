import type { MailSettings } from "../mail-settings.ts";
import { aboutOf, type AboutStores } from "../mails/about-flow.ts";
import type { Mail } from "../mails/mail.ts";
import { newCaseAlert } from "../mails/new-case-alert.ts";
import { officerNotice } from "../mails/notice.ts";
import type { EventName, Gathered } from "../notification.ts";
import { gather, gatherNewCase, type PilingStores } from "../piles/gather-flow.ts";
import { mailboxOf, type Recipient } from "../recipients/recipients.ts";
import { officersToldOf, verifierOf } from "../recipients/recipients-flow.ts";
import { each } from "./each.ts";
import { type SendingStores, sendOnce } from "./send-once-flow.ts";

type Stores = AboutStores & PilingStores & SendingStores;

/** Mails somebody about a new case at once. If they were mailed about another one lately, this one waits on their pile. */
async function tellOfNewCase(
  stores: Stores,
  notification: Gathered,
  to: Recipient,
  { gathering }: MailSettings,
  at: Date,
  write: () => Promise<Mail | undefined>,
): Promise<void> {
  const waits = await gatherNewCase(stores, notification, to, gathering, at);
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
  const { verifyingAgency, siteUrl } = settings;
  const { case: found } = await aboutOf(stores, { trackingNumber, sequence }, siteUrl);
  const { named, verifier } = await verifierOf(directory, found, verifyingAgency);
  const mailbox = mailboxOf(verifier);
  const notification = { kind: "new-case-alert", trackingNumber, sequence, to: mailbox.id } as const;
  await tellOfNewCase(stores, notification, mailbox, settings, at, async () => {
    const region = found.location && (await directory.region(found.location.regionCode));
    return newCaseAlert(found, { verifier, agencyName: named?.name, regionName: region?.name, siteUrl });
  });
}

/** Mails each officer who is told of an event. Whoever wants their mails once a day finds it in the next daily mail. */
export async function tellOfficers(
  stores: Stores,
  { trackingNumber, sequence }: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  const about = await aboutOf(stores, { trackingNumber, sequence }, settings.siteUrl);
  const told = await officersToldOf(stores.directory, about.event, about.case, settings.verifyingAgency, at);
  const tell = (to: Recipient): Promise<void> => {
    const notification = { kind: "officer-notice", trackingNumber, sequence, to: to.id } as const;
    const write = async () => officerNotice(to, about);
    if (to.mails === "daily")
      return gather(stores, notification, to, { urgent: false }, settings.gathering, at);
    return about.event.type === "submitted"
      ? tellOfNewCase(stores, notification, to, settings, at, write)
      : sendOnce(stores, notification, at, write);
  };
  await each(told.map(tell));
}
