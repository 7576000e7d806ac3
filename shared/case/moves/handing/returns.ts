import type { CaseEvent } from "../../history.ts";

/** That an agency once said that a case was not its to handle. It tells nothing of the case but the matter. */
export interface ReturnNote {
  /** The agency that returned the case, and the one that got it. */
  from: string;
  to: string;
  at: string;
  trackingNumber: string;
  /** The category that the case had then. */
  category?: string | undefined;
}

const keptDays = 400;

/** Returns of so many days are counted. */
const countedDays = 365;

const dayMs = 24 * 60 * 60 * 1000;

/** Since when returns are counted. */
export const returnsSince = (at: Date): string => new Date(at.getTime() - countedDays * dayMs).toISOString();

/** When a note is forgotten, in seconds. */
export const returnExpiry = ({ at }: Pick<ReturnNote, "at">): number =>
  Math.floor(Date.parse(at) / 1000) + keptDays * 24 * 60 * 60;

/** What is noted of a move beside its history: who returned the case to whom. Nothing of any other move. */
export const returnNoted = (
  event: CaseEvent,
  { category }: { category?: string | undefined },
): ReturnNote | undefined =>
  event.type === "returned"
    ? {
        from: event.content.from,
        to: event.content.to,
        at: event.at,
        trackingNumber: event.trackingNumber,
        ...(category !== undefined && { category }),
      }
    : undefined;
