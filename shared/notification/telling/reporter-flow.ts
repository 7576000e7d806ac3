import type { DirectoryStore } from "../../directory/directory-store.ts";
import type { ReporterIdentity } from "../../reporter/reporter.ts";
import type { ReporterStore } from "../../reporter/reporter-store.ts";
import type { MailSettings } from "../mail-settings.ts";
import type { About } from "../mails/about.ts";
import { aboutOf, type AboutStores } from "../mails/about-flow.ts";
import type { Mail } from "../mails/mail.ts";
import { formerAddressNotice, reporterNotice } from "../mails/notice.ts";
import { submissionConfirmation } from "../mails/submission-confirmation.ts";
import type { EventName } from "../notification.ts";
import { verifierOf } from "../recipients/recipients-flow.ts";
import { type SendingStores, sendOnce } from "./send-once-flow.ts";

/** The stores that mails to reporters are written from. */
export interface ReporterMailStores extends AboutStores {
  reporters: ReporterStore;
}

type Settings = Pick<MailSettings, "verifyingAgency" | "siteUrl">;

const hasAddress = <T extends Pick<ReporterIdentity, "email">>(
  reporter: T | undefined,
): reporter is T & { email: string } => reporter?.email !== undefined;

/** The reporter of a case, if they left an address and have not stopped the mails. */
export async function mailedReporter(reporters: ReporterStore, trackingNumber: string) {
  const reporter = await reporters.find(trackingNumber);
  return hasAddress(reporter) && !reporter.mailsStopped ? reporter : undefined;
}

async function confirmation(
  { directory, reporters }: ReporterMailStores,
  about: About,
  { verifyingAgency, siteUrl }: Settings,
): Promise<Mail | undefined> {
  const { named, verifier } = await verifierOf(directory, about.case, verifyingAgency);
  const reporter = await mailedReporter(reporters, about.case.trackingNumber);
  return reporter
    ? submissionConfirmation(about.case, reporter, {
        agency: named?.name,
        timeZone: verifier.timeZone,
        policies: await directory.policies(),
        siteUrl,
      })
    : undefined;
}

/** Tells whether an event only hands a case down within the agency that the reporter knows to have it. */
async function isInternalHop(directory: DirectoryStore, { event }: About): Promise<boolean> {
  if (event.type !== "assigned") return false;
  const { from, to } = event.content;
  return (await directory.pathOf(to)).includes(from);
}

async function notice({ reporters, directory }: ReporterMailStores, about: About): Promise<Mail | undefined> {
  if (await isInternalHop(directory, about)) return undefined;
  const reporter = await mailedReporter(reporters, about.case.trackingNumber);
  return reporter && reporterNotice(reporter, about);
}

async function lastNotice({ reporters }: ReporterMailStores, about: About): Promise<Mail | undefined> {
  const former = await reporters.formerAddress(about.case.trackingNumber, about.event.sequence);
  return former && formerAddressNotice(former, about);
}

/** The mails to the reporter of the case itself. Each is undefined where there is nobody to write to. */
const mails = {
  "submission-confirmation": confirmation,
  "reporter-notice": notice,
  "former-address-notice": lastNotice,
};

/** Mails a reporter about an event of their case, at the address that they have or at the one that they gave up. */
export async function tellReporter(
  stores: ReporterMailStores & SendingStores,
  kind: keyof typeof mails,
  { trackingNumber, sequence }: EventName,
  settings: Settings,
  at: Date,
): Promise<void> {
  const notification = { kind, trackingNumber, sequence };
  await sendOnce(stores, notification, at, async () =>
    mails[kind](stores, await aboutOf(stores, notification, settings.siteUrl), settings),
  );
  // A message that comes again after a crash right here forgets them too.
  if (kind === "submission-confirmation") await stores.reporters.forgetReceipt(trackingNumber);
  if (kind === "former-address-notice") await stores.reporters.forgetFormerAddress(trackingNumber, sequence);
}
