import type { CaseStore } from "../../../case/store/case-store.ts";
import { countEnd } from "../../../traffic/load.ts";
import { placeAt } from "../../addresses/crowding-flow.ts";
import type { MailSettings } from "../../mail-settings.ts";
import type { AboutStores } from "../../mails/about-flow.ts";
import { aboutOf } from "../../mails/about-flow.ts";
import type { Mail } from "../../mails/mail.ts";
import { reporterDigest, type ReporterNews } from "../../mails/reporter-digest.ts";
import type { Gathered } from "../../notification.ts";
import { gatherForReporter, putOnPile } from "../../piles/gather-flow.ts";
import type { PileStore, Waiting } from "../../piles/pile-store.ts";
import { dispatch } from "../post-flow.ts";
import { type SendingStores, sendOnce } from "../send-once-flow.ts";
import {
  type MailedReporter,
  mailedReporter,
  type ReporterAddressStores,
  withStop,
} from "./reporter-mail-flow.ts";

/** The stores that news to reporters are sent and gathered with. */
export interface NewsStores extends ReporterAddressStores, SendingStores {
  reporters: ReporterAddressStores["reporters"];
  piles: PileStore;
}

type NewsSettings = Pick<MailSettings, "gathering" | "siteUrl">;

/** When an address that got as many mails today as it may gets the next ones. */
const tomorrow = (at: Date): Date => new Date(countEnd(["news"], at) * 1000);

/**
 * Tells the reporter of a case news: at once, unless they were told other news of it lately, or their address got as many mails
 * today as it may. Then they wait on the pile of the case.
 */
export async function tellNews(
  stores: NewsStores,
  notification: Gathered,
  settings: NewsSettings,
  at: Date,
  write: (reporter: MailedReporter) => Promise<Mail | undefined>,
): Promise<void> {
  const { piles, reporters, traffic } = stores;
  const reporter = await mailedReporter(reporters, notification.trackingNumber);
  if (reporter && (await gatherForReporter(stores, notification, settings.gathering, at))) return;
  const place = reporter && (await placeAt(traffic, "news", reporter.email, at));
  if (place && !place.isFree) return putOnPile(piles, notification, tomorrow(at), at);
  try {
    const isWritten = await sendOnce(stores, notification, at, async () => {
      const mail = reporter && (await write(reporter));
      return mail && withStop(stores, mail, reporter, settings);
    });
    if (!isWritten) await place?.giveBack();
  } catch (error) {
    await place?.giveBack();
    throw error;
  }
}

/** What a notification on the pile of a case tells its reporter; undefined where it holds no more. */
async function newsOf(
  stores: AboutStores & { cases: Pick<CaseStore, "get"> },
  { trackingNumber, sequence, follows }: Gathered,
  siteUrl: string | undefined,
): Promise<ReporterNews | undefined> {
  if (follows === undefined) return { about: await aboutOf(stores, { trackingNumber, sequence }, siteUrl) };
  const [found, about] = await Promise.all([
    stores.cases.get(trackingNumber),
    aboutOf(stores, { trackingNumber: follows, sequence }, siteUrl),
  ]);
  return found?.joinedTo === undefined ? undefined : { about: { ...about, case: found }, first: about.case };
}

/** Mails a reporter what waits on the pile of their case, written from what holds now. */
export async function mailNews(
  stores: NewsStores & AboutStores & { cases: Pick<CaseStore, "get"> },
  { to, trackingNumber }: { to: string; trackingNumber: string },
  waiting: readonly Waiting[],
  settings: NewsSettings,
  at: Date,
): Promise<void> {
  const { piles, reporters, traffic } = stores;
  const notifications = waiting.map(({ notification }) => notification);
  const reporter = await mailedReporter(reporters, trackingNumber);
  const news = reporter
    ? await Promise.all(notifications.map((one) => newsOf(stores, one, settings.siteUrl)))
    : [];
  const mail =
    reporter &&
    reporterDigest(
      reporter,
      news.filter((one) => one !== undefined),
    );
  if (!mail) return piles.takeOff(notifications, "dropped", at);
  const place = await placeAt(traffic, "news", reporter.email, at);
  if (!place.isFree) return piles.putOff(notifications, tomorrow(at));
  try {
    await dispatch(stores, to, await withStop(stores, mail, reporter, settings), at);
  } catch (error) {
    await place.giveBack();
    throw error;
  }
  await piles.takeOff(notifications, "sent", at);
}
