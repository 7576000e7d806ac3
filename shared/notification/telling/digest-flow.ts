import type { CaseStore } from "../../case/store/case-store.ts";
import { isOfficeHour, nextOfficeHour } from "../../deadline/office.ts";
import { logger } from "../../platform/observability.ts";
import type { MailSettings } from "../mail-settings.ts";
import type { About } from "../mails/about.ts";
import { aboutOf, type AboutStores } from "../mails/about-flow.ts";
import { digest, type DueCase } from "../mails/digest.ts";
import { caseOfReporterId, type Gathered, subscriberOfRecipient } from "../notification.ts";
import { gather, type PilingStores, workplaceOf } from "../piles/gather-flow.ts";
import type { PileStore, Waiting } from "../piles/pile-store.ts";
import { mailboxOf, type Recipient, wasHandedOnSince } from "../recipients/recipients.ts";
import { officersToldOf, verifierOf } from "../recipients/recipients-flow.ts";
import { mailSubscriber, type SubscriberStores } from "../subscribers/subscribers-flow.ts";
import { each } from "./each.ts";
import { alertedNow, gatherAlerts } from "./officers/alerts-flow.ts";
import { dispatch } from "./post-flow.ts";
import { mailNews, type NewsStores } from "./reporters/news-flow.ts";

type Stores = AboutStores & PilingStores & NewsStores & SubscriberStores & { cases: Pick<CaseStore, "get"> };

/** How many notifications of a pile are reviewed at once. */
const reviewedAtOnce = 25;

/** A notification of a pile, read again just before the mail. */
interface Reviewed {
  notification: Gathered;
  /** Its recipient, if they still have to be told. */
  recipient: Recipient | undefined;
  /** The limits that the mail lists for it. */
  due: DueCase[];
  /** The events that the mail lists for it. */
  news: About[];
}

/** An alert whose case is not its recipient's any more goes on the pile of whoever is in charge now. */
async function reviewAlert(
  stores: Stores,
  notification: Gathered,
  about: About,
  settings: MailSettings,
  at: Date,
): Promise<Reviewed> {
  const told = await alertedNow(stores.directory, about, settings, at);
  const mine = told.find(({ recipient }) => recipient.id === notification.to);
  if (!mine) await gatherAlerts(stores, notification, told, settings, at);
  const due = (mine?.alerts ?? []).map(({ view }) => ({ about, clock: view }));
  return { notification, recipient: mine?.recipient, due, news: [] };
}

/** Whoever is told of this event now. */
async function toldNow(
  { directory }: Stores,
  kind: Exclude<Gathered["kind"], "deadline-alert">,
  { case: found, event }: About,
  { verifyingAgency }: MailSettings,
  at: Date,
): Promise<Recipient[]> {
  if (kind === "officer-notice") return officersToldOf(directory, event, found, verifyingAgency, at);
  const { verifier } = await verifierOf(directory, found, verifyingAgency);
  return [mailboxOf(verifier)];
}

/**
 * Puts a notice whose reader left, or has another post now, on the piles of whoever is told instead and was not told before. Whoever
 * got the case since has been told of that.
 */
async function handOn(
  stores: Stores,
  { trackingNumber, sequence }: Gathered,
  told: readonly Recipient[],
  { gathering }: MailSettings,
  at: Date,
): Promise<void> {
  const file = await stores.cases.find(trackingNumber);
  if (file && wasHandedOnSince(file.events, sequence)) return;
  await each(
    told.map((recipient) => {
      const notification = { kind: "officer-notice", trackingNumber, sequence, to: recipient.id } as const;
      return gather(stores, notification, recipient, { urgent: false }, gathering, at);
    }),
  );
}

async function review(
  stores: Stores,
  notification: Gathered,
  settings: MailSettings,
  at: Date,
): Promise<Reviewed> {
  const { kind, to } = notification;
  const about = await aboutOf(stores, notification, settings.siteUrl);
  if (kind === "deadline-alert") return reviewAlert(stores, notification, about, settings, at);
  const told = await toldNow(stores, kind, about, settings, at);
  const recipient = told.find(({ id }) => id === to);
  if (kind === "officer-notice" && !recipient) await handOn(stores, notification, told, settings, at);
  return { notification, recipient, due: [], news: recipient ? [about] : [] };
}

/** Reviews all that waits on a pile. What cannot be read keeps nothing else from the mail. */
async function reviewAll(
  stores: Stores,
  waiting: readonly Waiting[],
  settings: MailSettings,
  at: Date,
): Promise<{ reviewed: Reviewed[]; failures: unknown[] }> {
  const reviewed: Reviewed[] = [];
  const failures: unknown[] = [];
  for (let from = 0; from < waiting.length; from += reviewedAtOnce) {
    const portion = waiting.slice(from, from + reviewedAtOnce);
    const outcomes = await Promise.allSettled(
      portion.map(({ notification }) => review(stores, notification, settings, at)),
    );
    for (const outcome of outcomes)
      if (outcome.status === "fulfilled") reviewed.push(outcome.value);
      else failures.push(outcome.reason);
  }
  return { reviewed, failures };
}

/** Makes a pile wait for the next working hours of its recipient. */
async function putOffUntil(opening: Date, piles: PileStore, waiting: readonly Waiting[]): Promise<void> {
  const earlier = waiting.filter(({ flushAt }) => flushAt < opening.toISOString());
  await piles.putOff(
    earlier.map(({ notification }) => notification),
    opening,
  );
}

const notificationsOf = (reviewed: readonly Reviewed[]): Gathered[] =>
  reviewed.map(({ notification }) => notification);

async function mailClaimedPile(stores: Stores, to: string, settings: MailSettings, at: Date): Promise<void> {
  const { directory, piles } = stores;
  const waiting = await piles.waiting(to);
  // A copy of a message that has been worked on finds nothing due.
  if (!waiting.some(({ flushAt }) => flushAt <= at.toISOString())) return;
  const trackingNumber = caseOfReporterId(to);
  if (trackingNumber !== undefined) return mailNews(stores, { to, trackingNumber }, waiting, settings, at);
  const subscriber = subscriberOfRecipient(to);
  if (subscriber) return mailSubscriber(stores, subscriber, waiting, settings, at);

  const { reviewed, failures } = await reviewAll(stores, waiting, settings, at);
  const told = reviewed.filter(({ recipient }) => recipient !== undefined);
  const untold = reviewed.filter(({ recipient }) => recipient === undefined);
  const recipient = told[0]?.recipient;
  if (recipient) {
    const office = await workplaceOf(directory, recipient.agencyId);
    if (!isOfficeHour(at, office)) return putOffUntil(new Date(nextOfficeHour(at, office)), piles, waiting);
    const due = told.flatMap((one) => one.due);
    const mail = digest(recipient, { due, news: told.flatMap(({ news }) => news), at });
    if (mail) await dispatch(stores, to, mail, at);
  }
  await piles.takeOff(notificationsOf(told), "sent", at);
  await piles.takeOff(notificationsOf(untold), "dropped", at);
  logger.info(recipient ? "digest sent" : "nothing left to tell", {
    to,
    told: told.length,
    dropped: untold.length,
    failed: failures.length,
  });
  if (failures.length > 0) throw failures[0];
}

/**
 * Mails all that waits on a pile, also what could wait longer, and takes exactly that off it. The mail is written from what
 * holds now: whoever need not be told any more is not mailed. Outside the recipient's working hours the pile waits.
 */
export async function mailPile(stores: Stores, to: string, settings: MailSettings, at: Date): Promise<void> {
  const { piles } = stores;
  if (!(await piles.claim(to, at))) throw new Error("Another worker is mailing this pile");
  try {
    await mailClaimedPile(stores, to, settings, at);
  } finally {
    await piles.release(to);
  }
}
