import { randomInt } from "node:crypto";
import * as z from "zod";
import type { CaseStore } from "../../case/store/case-store.ts";
import type { Language } from "../../language.ts";
import type { KeyedHash } from "../../platform/encryption.ts";
import type { Outbox } from "../../platform/message-queue.ts";
import { askedSeconds, isFollowable, type SubscriberName } from "../../subscriber/subscriber.ts";
import type { SubscriberStore } from "../../subscriber/subscriber-store.ts";
import { needProof } from "../../traffic/challenge-flow.ts";
import { nameUnder } from "../../traffic/day-key.ts";
import { ProofNeeded } from "../../traffic/load.ts";
import type { TrafficStore } from "../../traffic/traffic-store.ts";
import { oneMailbox } from "../addresses/one-mailbox.ts";
import { type LinkTokens, secretUnder, tokensUnder } from "../addresses/unsubscribe-flow.ts";
import type { FollowRequest } from "../mail-message.ts";
import {
  followFloods,
  linkOver,
  noPublicCase,
  tooManyFollow,
  tooManyRequests,
  workNeeded,
} from "./refusals.ts";

const told = z.strictObject({
  trackingNumber: z.string(),
  id: z.string(),
  /** The second until which the link counts. */
  until: z.int(),
});

/** Makes and reads the tokens of links by which somebody confirms that they follow a case. */
export type FollowTokens = LinkTokens<z.infer<typeof told>>;

export const followTokens = (hash: KeyedHash): FollowTokens =>
  tokensUnder(hash, { label: "sp4n-lapor following", told });

/** Gives the id under which an address follows a case. */
export type SubscriberIds = (trackingNumber: string, email: string) => Promise<string>;

/**
 * One spelling for addresses that surely lead to one mailbox. Behind a "+" another person may read elsewhere than at Gmail: were
 * those one, the link of the one would confirm the address of the other.
 */
const surelyOne = (email: string): string => {
  const one = oneMailbox(email);
  return one.endsWith("@gmail.com") ? one : email.trim().toLowerCase();
};

/**
 * Ids under a keyed hash. One mailbox has one id for a case, as far as its spelling shows for sure, so nobody is mailed twice. Ids
 * for two cases have nothing in common.
 */
export function subscriberIds(hash: KeyedHash): SubscriberIds {
  const secret = secretUnder(hash, "sp4n-lapor subscribers");
  return async (trackingNumber, email) => nameUnder(await secret(), [trackingNumber, surelyOne(email)]);
}

/** What following a case works with. */
export interface Following {
  cases: Pick<CaseStore, "get">;
  subscribers: Pick<SubscriberStore, "ask" | "confirm" | "forget">;
  subscriberIds: SubscriberIds;
  followTokens: Pick<FollowTokens, "read">;
  traffic: TrafficStore;
  /** The message queue of mails. */
  emails: Outbox;
  now: () => Date;
}

/** Numbers of wishes are drawn below this. */
const mostWishes = 2 ** 47;

/** Who wants to follow which case, and where they ask from. */
interface Wish {
  trackingNumber: string;
  email: string;
  language: Language;
  network: string;
  proof: string | undefined;
}

/**
 * Counts a wish before anything is looked up, so that floods learn nothing. Some of one network, and of all together, cost
 * nothing; then each has to bring a solved challenge, as reports do; and one network has an end.
 */
async function admitted(
  traffic: TrafficStore,
  { trackingNumber, email, network, proof }: Wish,
  at: Date,
): Promise<void> {
  const [ofNetwork, ofAll] = await Promise.all([
    traffic.count(["follow", network], at),
    traffic.count(["all-follows"], at),
  ]);
  if (ofNetwork > followFloods.mostOfNetwork) throw tooManyRequests(at);
  if (ofNetwork <= followFloods.freeOfNetwork && ofAll <= followFloods.freeOfAll) return;
  const by = JSON.stringify([trackingNumber, oneMailbox(email)]);
  try {
    await needProof(traffic, { proof, network, occasion: ["report"], hardness: 1, by, at });
  } catch (error) {
    throw error instanceof ProofNeeded ? workNeeded(error) : error;
  }
}

/**
 * Asks an address whether it follows a public case. Nothing here depends on whether it does already, so neither the answer nor its
 * time tells. A case that the public may not read, and one that ended, are refused like one that is not there.
 */
export async function askToFollow(following: Following, asked: Wish): Promise<void> {
  const { cases, subscribers, subscriberIds, traffic, emails, now } = following;
  const at = now();
  const { trackingNumber, email, language } = asked;
  await admitted(traffic, asked, at);
  const found = await cases.get(trackingNumber);
  if (!found || !isFollowable(found)) throw noPublicCase();
  const id = await subscriberIds(trackingNumber, email);
  await subscribers.ask({ trackingNumber, id }, { email, language }, at);
  const askedAt = Math.floor(at.getTime() / 1000);
  const wish = randomInt(1, mostWishes);
  const message: FollowRequest = { kind: "follow-request", trackingNumber, id, askedAt, wish };
  if ((await emails.send([message])).length > 0) throw new Error("The message queue did not take a request");
}

/** The second until which a link counts that confirms what was asked in a second. */
export const linkUntil = (askedAt: number): number => askedAt + askedSeconds;

/** What a token of a link asks for; refuses one that is not ours or is over. */
export async function wishOf(
  { followTokens, now }: Pick<Following, "followTokens" | "now">,
  token: string,
): Promise<SubscriberName> {
  const said = await followTokens.read(token);
  if (!said || said.until * 1000 <= now().getTime()) throw linkOver();
  return { trackingNumber: said.trackingNumber, id: said.id };
}

/** Has whoever holds the link of a mail follow its case. A second click changes nothing. Returns the number of the case. */
export async function confirmFollowing(following: Following, token: string): Promise<string> {
  const { cases, subscribers, now } = following;
  const name = await wishOf(following, token);
  const found = await cases.get(name.trackingNumber);
  if (!found || !isFollowable(found)) {
    await subscribers.forget(name);
    throw linkOver();
  }
  const outcome = await subscribers.confirm(name, now());
  if (outcome === "unknown") throw linkOver();
  if (outcome === "full") throw tooManyFollow();
  return name.trackingNumber;
}
