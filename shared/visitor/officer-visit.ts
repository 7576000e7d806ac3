import * as z from "zod";

/** When an officer opened their desk in this browser. It tells nothing of cases. */
export const deskVisit = z.strictObject({
  subject: z.string().min(1).max(255),
  /** The end of the visit before this one, in seconds since 1970. Absent at the first one. */
  before: z.int().optional(),
  /** The last time that the desk was opened in this visit. */
  last: z.int(),
});
export type DeskVisit = z.infer<typeof deskVisit>;

/** A visit ends when the desk was not opened for so many seconds. */
const pauseSeconds = 60 * 60;
/** After so many seconds it is not news any more. */
export const visitKnownForSeconds = 30 * 24 * 60 * 60;

const secondsAt = (at: Date): number => Math.floor(at.getTime() / 1000);

/**
 * The visit that goes on or begins with this look at the desk. A visit that begins after a pause remembers when the one before
 * ended, so that what is new stays on the desk while somebody works.
 */
export function visitAt(known: DeskVisit | undefined, subject: string, at: Date): DeskVisit {
  const last = secondsAt(at);
  if (known?.subject !== subject) return { subject, last };
  if (last - known.last < pauseSeconds) return { ...known, last: Math.max(last, known.last) };
  return { subject, before: known.last, last };
}

/** The instant since which something is new at the desk. Undefined at the first visit, and after a very long pause. */
export const newSince = ({ before, last }: DeskVisit): string | undefined =>
  before === undefined || last - before > visitKnownForSeconds
    ? undefined
    : new Date(before * 1000).toISOString();
