import { logger } from "../../../platform/observability.ts";
import { type Place, placeAt } from "../../addresses/crowding-flow.ts";
import type { MailSettings } from "../../mail-settings.ts";
import { aboutOf, type AboutStores, isInternalHop } from "../../mails/about-flow.ts";
import type { Mail } from "../../mails/mail.ts";
import { formerAddressNotice, reporterNotice } from "../../mails/notice.ts";
import { submissionConfirmation } from "../../mails/submission-confirmation.ts";
import { type EventName, type Notification, reporterId } from "../../notification.ts";
import { verifierOf } from "../../recipients/recipients-flow.ts";
import { sendOnce } from "../send-once-flow.ts";
import { type NewsStores, tellNews } from "./news-flow.ts";
import { mailedReporter, withStop } from "./reporter-mail-flow.ts";

/** The stores that mails to reporters are written from and sent with. */
export type ReporterMailStores = AboutStores & NewsStores;

/** Sends a mail for which `write` takes a place at its address. A place whose mail failed is given back. */
async function sendInPlace(
  stores: ReporterMailStores,
  notification: Notification,
  at: Date,
  write: (
    take: (sort: "confirmation" | "farewell", address: string) => Promise<Place>,
  ) => Promise<Mail | undefined>,
): Promise<void> {
  let place: Place | undefined;
  const take = async (sort: "confirmation" | "farewell", address: string) =>
    (place = await placeAt(stores.traffic, sort, address, at));
  try {
    await sendOnce(stores, notification, at, () => write(take));
  } catch (error) {
    await place?.giveBack();
    throw error;
  }
}

/**
 * Confirms a report to the address that was given with it. Where that address has got enough confirmations today, it hears nothing
 * of this report until the holder of the receipt asks for mails: the receipt was shown to whoever sent the report.
 */
async function confirm(
  stores: ReporterMailStores,
  event: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  const { directory, reporters } = stores;
  const { trackingNumber } = event;
  const { siteUrl, verifyingAgency } = settings;
  const notification = { kind: "submission-confirmation", ...event, to: reporterId(trackingNumber) } as const;
  await sendInPlace(stores, notification, at, async (take) => {
    const about = await aboutOf(stores, event, siteUrl);
    const reporter = await mailedReporter(reporters, trackingNumber);
    if (!reporter) return undefined;
    const { isFree, isLast } = await take("confirmation", reporter.email);
    if (!isFree) {
      await reporters.turnAddressOff(trackingNumber, reporter.stopping.round, "crowded");
      logger.info("this address got enough confirmations today", { trackingNumber });
      return undefined;
    }
    const { named, verifier } = await verifierOf(directory, about.case, verifyingAgency);
    const mail = submissionConfirmation(about.case, reporter, {
      agency: named?.name,
      timeZone: verifier.timeZone,
      policies: await directory.policies(),
      siteUrl,
    });
    return withStop(stores, mail, { ...reporter, lastOfDay: isLast }, settings);
  });
  // A message that comes again after a crash right here forgets it too.
  await reporters.forgetReceipt(trackingNumber);
}

/** Tells an address that it is not used any more. The link in that mail stops nothing, because nothing follows. */
async function sayFarewell(
  stores: ReporterMailStores,
  { trackingNumber, sequence }: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  const notification = { kind: "former-address-notice", trackingNumber, sequence } as const;
  await sendInPlace(stores, notification, at, async (take) => {
    const former = await stores.reporters.formerAddress(trackingNumber, sequence);
    if (!former || !(await take("farewell", former.email)).isFree) return undefined;
    const mail = formerAddressNotice(former, await aboutOf(stores, notification, settings.siteUrl));
    const stopping = { trackingNumber, round: null };
    return mail && withStop(stores, mail, { language: former.language, stopping }, settings);
  });
  // A message that comes again after a crash right here forgets it too.
  await stores.reporters.forgetFormerAddress(trackingNumber, sequence);
}

async function news(
  stores: ReporterMailStores,
  event: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  const about = await aboutOf(stores, event, settings.siteUrl);
  if (await isInternalHop(stores.directory, about)) return;
  const notification = { kind: "reporter-notice", ...event, to: reporterId(event.trackingNumber) } as const;
  await tellNews(stores, notification, settings, at, async (reporter) => reporterNotice(reporter, about));
}

/** Mails a reporter about an event of their case, at the address that they have or at the one that they gave up. */
export function tellReporter(
  stores: ReporterMailStores,
  kind: "submission-confirmation" | "reporter-notice" | "former-address-notice",
  { trackingNumber, sequence }: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  const event = { trackingNumber, sequence };
  switch (kind) {
    case "submission-confirmation":
      return confirm(stores, event, settings, at);
    case "former-address-notice":
      return sayFarewell(stores, event, settings, at);
    case "reporter-notice":
      return news(stores, event, settings, at);
  }
}
