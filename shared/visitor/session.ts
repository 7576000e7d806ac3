import * as z from "zod";

/** A case that a visitor opened with its receipt. */
const opened = z.strictObject({
  trackingNumber: z.string(),
  receipt: z.string(),
  /** Seconds since 1970 when it was opened with the receipt. */
  since: z.int().optional(),
  /** Seconds since 1970 when it was last looked at. */
  last: z.int(),
});

/** The cases that a visitor has open, the one seen last first. */
export const session = z.array(opened);
export type Session = z.infer<typeof session>;

/** A case closes itself so many seconds after it was last looked at. */
export const idleSeconds = 30 * 60;
/** It closes itself after so many seconds, however often it was looked at: otherwise whoever copied the cookie keeps it open for good. */
const longestSeconds = 8 * 60 * 60;
/** A browser keeps 4 KB a cookie. */
const mostOpen = 5;

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** The session without cases that nobody looked at for half an hour, or that are open for too long. */
export const stillOpen = (given: Session, at: Date): Session =>
  given.filter(
    ({ last, since = last }) =>
      last <= seconds(at) + 60 && seconds(at) - last < idleSeconds && seconds(at) - since < longestSeconds,
  );

/** The session with a case open, in front of the others. One that is open already stays open no longer for it. */
export function withOpen(given: Session, trackingNumber: string, receipt: string, at: Date): Session {
  const before = given.find((one) => one.trackingNumber === trackingNumber && one.receipt === receipt);
  return [
    { trackingNumber, receipt, since: before?.since ?? before?.last ?? seconds(at), last: seconds(at) },
    ...given.filter((other) => other.trackingNumber !== trackingNumber),
  ].slice(0, mostOpen);
}

/** The receipt of a case that is open. */
export const receiptIn = (given: Session, trackingNumber: string): string | undefined =>
  given.find((one) => one.trackingNumber === trackingNumber)?.receipt;
