import * as z from "zod";

/** Who has signed in as an officer. What they may do is in the directory, which is read at every request. */
export const officerSession = z.strictObject({
  /** The issuer of sign-in knows them by this `sub`. */
  subject: z.string().min(1).max(255),
  /** Seconds since 1970 when they signed in. */
  from: z.int(),
  /** Seconds since 1970 when they last opened a page. */
  last: z.int(),
});
export type OfficerSession = z.infer<typeof officerSession>;

/** It ends when no page was opened for so many seconds. */
const officerIdleSeconds = 60 * 60;
/** It ends so many seconds after the sign-in, however much was done: a working day. */
const longestOfficerSeconds = 8 * 60 * 60;
/** A session that has ended still says for so many seconds whose it was, so that a text typed in it can be kept for them. */
export const knownForSeconds = 24 * 60 * 60;

/** So far may the clocks of two functions differ. */
const clocksDifferSeconds = 60;

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** The session that begins with a sign-in. */
export const signedInAt = (subject: string, at: Date): OfficerSession => ({
  subject,
  from: seconds(at),
  last: seconds(at),
});

/** Whether a session is open at an instant: 60 minutes without a page end it, and 8 hours with them. */
export function isOpen({ from, last }: OfficerSession, at: Date): boolean {
  const now = seconds(at);
  return (
    from <= last &&
    last <= now + clocksDifferSeconds &&
    now - last < officerIdleSeconds &&
    now - from < longestOfficerSeconds
  );
}

/** Whether a session, open or ended, still says whose it was. Browsers forget it then, and so do we. */
export const saysWhose = ({ last }: OfficerSession, at: Date): boolean =>
  seconds(at) - last < knownForSeconds;

/** Whether a session began before an instant, or in the same second. */
export const beganBefore = ({ from }: OfficerSession, at: Date): boolean => from <= seconds(at);

/** The session after one more page. */
export const withPageAt = (session: OfficerSession, at: Date): OfficerSession => ({
  ...session,
  last: Math.max(session.last, seconds(at)),
});
