import * as z from "zod";
import { type Case, hasEnded } from "../case/case.ts";
import type { CaseEvent } from "../case/history.ts";
import { isHidden } from "../case/views/visibility.ts";
import { languages } from "../language.ts";

/** Whom news of a public case are mailed to: somebody who followed it with an address, and no account. */
export const subscriber = z.strictObject({ email: z.string(), language: z.enum(languages) });
export type Subscriber = z.infer<typeof subscriber>;

/** A subscriber by the case and by their id there. The id is a keyed hash: it names neither a person nor an address. */
export interface SubscriberName {
  trackingNumber: string;
  id: string;
}

/** More addresses do not follow one case. */
export const mostSubscribers = 2_000;

const hour = 60 * 60;
/** An address that was typed and not confirmed is forgotten after so many seconds. */
export const askedSeconds = 24 * hour;

const day = 24 * hour * 1000;
/** The addresses of a case are kept for so many days after its end: it may be reopened. */
export const subscriberDays = 30;

/** Whether anybody may begin to follow a case: the public reads it, and it goes on. */
export const isFollowable = (found: Case): boolean => !isHidden(found) && !hasEnded(found);

/** Whether those who follow a case are told of an event now: the public reads the case, and it had not ended before. */
export const isToldToSubscribers = (found: Case, { at }: Pick<CaseEvent, "at">): boolean =>
  !isHidden(found) && (!hasEnded(found) || found.endedAt === undefined || at <= found.endedAt);

/**
 * When the addresses that follow a case have to be looked at again, or to go. A case that is open now ends later, so a look after
 * the same number of days is in time.
 */
export function lookAgainAt(found: Case | undefined, at: Date): Date {
  if (!found) return at;
  return lookAfter(hasEnded(found) && found.endedAt !== undefined ? new Date(found.endedAt) : at);
}

/** When the addresses of a case that was open at an instant are looked at. */
export const lookAfter = (at: Date): Date => new Date(at.getTime() + subscriberDays * day);
