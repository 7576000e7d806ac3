import { joinsSeenBy } from "../../case/moves/joining/joining-flow.ts";
import type { CaseStore } from "../../case/store/case-store.ts";
import { namesOf } from "../../case/views/names-flow.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import type { Language } from "../../language.ts";
import type { Outbox } from "../../platform/message-queue.ts";
import { isFollowable, type Subscriber, type SubscriberName } from "../../subscriber/subscriber.ts";
import type { SubscriberStore } from "../../subscriber/subscriber-store.ts";
import { countEnd } from "../../traffic/load.ts";
import type { TrafficStore } from "../../traffic/traffic-store.ts";
import { type Place, placeAt } from "../addresses/crowding-flow.ts";
import type { StopTokens } from "../addresses/unsubscribe-flow.ts";
import type { FollowRequest, SomeSubscribers } from "../mail-message.ts";
import type { MailSettings } from "../mail-settings.ts";
import type { Mail } from "../mails/mail.ts";
import { followRequestMail, subscriberMail } from "../mails/subscriber-mails.ts";
import { type EventName, subscriberRecipient } from "../notification.ts";
import { gatherForReporter, putOnPile } from "../piles/gather-flow.ts";
import type { PileStore, Waiting } from "../piles/pile-store.ts";
import { each } from "../telling/each.ts";
import { dispatch } from "../telling/post-flow.ts";
import { withStop } from "../telling/reporters/reporter-mail-flow.ts";
import { type SendingStores, sendOnce } from "../telling/send-once-flow.ts";
import { type FollowTokens, linkUntil } from "./following-flow.ts";
import { isNews, notBefore, type PublicCase, publicEntryOf, publicViewOf } from "./public-news.ts";

/** The stores that those who follow cases are found and mailed with. */
export interface SubscriberStores extends SendingStores {
  cases: Pick<CaseStore, "find" | "get">;
  directory: DirectoryStore;
  subscribers: SubscriberStore;
  piles: PileStore;
  traffic: Pick<TrafficStore, "count">;
  stopTokens: Pick<StopTokens, "of">;
  followTokens: Pick<FollowTokens, "of">;
  /** The message queue of mails itself: a case with many subscribers is told in portions. */
  emails: Outbox;
}

type SubscriberSettings = Pick<MailSettings, "gathering" | "siteUrl">;

/** One message tells so many. */
const portion = 10;

async function publicCaseOf(
  { cases, directory }: Pick<SubscriberStores, "cases" | "directory">,
  trackingNumber: string,
): Promise<PublicCase | undefined> {
  const file = await cases.find(trackingNumber);
  if (!file) return undefined;
  const [names, joins] = await Promise.all([namesOf(directory, file), joinsSeenBy(cases, file, "public")]);
  return { file, names, joins };
}

/** The mail of some events of a case; undefined where the public may know of none of them any more. */
function mailOf(
  to: Subscriber,
  found: PublicCase,
  sequences: readonly number[],
  siteUrl: string | undefined,
): Mail | undefined {
  const entries = sequences
    .filter((sequence) => isNews(found, sequence))
    .toSorted((a, b) => a - b)
    .flatMap((sequence) => publicEntryOf(found, sequence, to.language) ?? []);
  if (entries.length === 0) return undefined;
  const { class: sort, statusText, agency } = publicViewOf(found, to.language);
  const { timeZone } = found.names;
  return subscriberMail(to, found.file.case, {
    class: sort,
    statusText,
    agency: agency?.name,
    entries,
    timeZone,
    siteUrl,
  });
}

const withStopOf = (
  stores: Pick<SubscriberStores, "stopTokens">,
  mail: Mail,
  { trackingNumber, id }: SubscriberName,
  language: Language,
  settings: SubscriberSettings,
): Promise<Mail> =>
  withStop(stores, mail, { language, stopping: { trackingNumber, subscriber: id } }, settings);

/** When an address that got as many of these mails today as it may gets the next ones. */
const tomorrow = (at: Date): Date => new Date(countEnd(["followed-news"], at) * 1000);

/** Tells one subscriber of an event: at once, or with what else happens soon. */
async function tell(
  stores: SubscriberStores,
  name: SubscriberName,
  sequence: number,
  found: PublicCase,
  settings: SubscriberSettings,
  at: Date,
): Promise<void> {
  const { piles, subscribers, traffic } = stores;
  const { trackingNumber } = name;
  const to = subscriberRecipient(name);
  const notification = { kind: "subscriber-notice", trackingNumber, sequence, to } as const;
  const waitsUntil = notBefore(found, at);
  if (waitsUntil) return putOnPile(piles, notification, waitsUntil, at);
  if (await gatherForReporter(stores, notification, settings.gathering, at)) return;
  const subscriber = await subscribers.find(name);
  const place = subscriber && (await placeAt(traffic, "followed-news", subscriber.email, at));
  if (place && !place.isFree) return putOnPile(piles, notification, tomorrow(at), at);
  try {
    const isWritten = await sendOnce(stores, notification, at, async () => {
      const mail = subscriber && mailOf(subscriber, found, [sequence], settings.siteUrl);
      return mail && withStopOf(stores, mail, name, subscriber.language, settings);
    });
    if (!isWritten) await place?.giveBack();
  } catch (error) {
    await place?.giveBack();
    throw error;
  }
}

/** Tells some of those who follow a case of an event. Whoever was told already is passed over. */
export async function tellSomeSubscribers(
  stores: SubscriberStores,
  { trackingNumber, sequence, ids }: Omit<SomeSubscribers, "kind">,
  settings: SubscriberSettings,
  at: Date,
): Promise<void> {
  const found = await publicCaseOf(stores, trackingNumber);
  if (!found || !isNews(found, sequence)) return;
  await each(ids.map((id) => tell(stores, { trackingNumber, id }, sequence, found, settings, at)));
}

/**
 * Tells those who follow a case of an event. Where they are many, each portion is a message of its own, so that no run takes long
 * and what fails for one is tried again for few.
 */
export async function tellSubscribers(
  stores: SubscriberStores,
  { trackingNumber, sequence }: EventName,
  settings: SubscriberSettings,
  at: Date,
): Promise<void> {
  const ids = await stores.subscribers.idsOf(trackingNumber);
  if (ids.length <= portion) {
    if (ids.length > 0) await tellSomeSubscribers(stores, { trackingNumber, sequence, ids }, settings, at);
    return;
  }
  const messages = Array.from({ length: Math.ceil(ids.length / portion) }, (_, index): SomeSubscribers => ({
    kind: "some-subscribers",
    trackingNumber,
    sequence,
    ids: ids.slice(index * portion, (index + 1) * portion),
  }));
  // Those that were taken may come twice. Nobody is mailed twice by that.
  const notTaken = await stores.emails.send(messages);
  if (notTaken.length > 0) throw new Error("The message queue did not take all subscribers");
}

/** Mails a subscriber what waits for them about their case, written from what the public may know now. */
export async function mailSubscriber(
  stores: SubscriberStores,
  name: SubscriberName,
  waiting: readonly Waiting[],
  settings: SubscriberSettings,
  at: Date,
): Promise<void> {
  const { piles, subscribers, traffic } = stores;
  const [found, subscriber] = await Promise.all([
    publicCaseOf(stores, name.trackingNumber),
    subscribers.find(name),
  ]);
  // What may not be told before its time does not go along with what is due.
  const isHeldBack = found !== undefined && notBefore(found, at) !== undefined;
  const notifications = waiting
    .filter(({ flushAt }) => !isHeldBack || flushAt <= at.toISOString())
    .map(({ notification }) => notification);
  const sequences = notifications.map(({ sequence }) => sequence);
  const mail = found && subscriber && mailOf(subscriber, found, sequences, settings.siteUrl);
  if (!mail) return piles.takeOff(notifications, "dropped", at);
  const place = await placeAt(traffic, "followed-news", subscriber.email, at);
  if (!place.isFree) return piles.putOff(notifications, tomorrow(at));
  try {
    const stoppable = await withStopOf(stores, mail, name, subscriber.language, settings);
    await dispatch(stores, subscriberRecipient(name), stoppable, at);
  } catch (error) {
    await place.giveBack();
    throw error;
  }
  await piles.takeOff(notifications, "sent", at);
}

/**
 * Mails an address that was typed whether it follows the case. An address that follows it already is not asked again, and an
 * address gets a few of these mails a day, whoever types it.
 */
export async function askByMail(
  stores: SubscriberStores,
  { trackingNumber, id, askedAt, wish }: FollowRequest,
  settings: SubscriberSettings,
  at: Date,
): Promise<void> {
  const { cases, subscribers, traffic, followTokens } = stores;
  const name = { trackingNumber, id };
  const to = subscriberRecipient(name);
  const notification = { kind: "follow-request", trackingNumber, sequence: wish, to } as const;
  let place: Place | undefined;
  const write = async (): Promise<Mail | undefined> => {
    const [subscriber, isFollowing, found] = await Promise.all([
      subscribers.asking(name, at),
      subscribers.isFollowing(name),
      cases.get(trackingNumber),
    ]);
    if (!subscriber) return undefined;
    if (isFollowing || !found || !isFollowable(found) || settings.siteUrl === undefined) {
      await subscribers.forgetAsking(name);
      return undefined;
    }
    place = await placeAt(traffic, "follow-request", subscriber.email, at);
    if (!place.isFree) return undefined;
    const token = await followTokens.of({ ...name, until: linkUntil(askedAt) });
    const url = new URL(`/v1/follow/${token}`, settings.siteUrl).toString();
    const mail = followRequestMail(subscriber, found, url);
    return withStopOf(stores, mail, name, subscriber.language, settings);
  };
  try {
    await sendOnce(stores, notification, at, write);
  } catch (error) {
    await place?.giveBack();
    throw error;
  }
}
