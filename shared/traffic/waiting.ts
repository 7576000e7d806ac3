import { nameUnder } from "./day-key.ts";
import type { Occasion, ProofNeeded } from "./load.ts";

/**
 * A ticket stands in for a solved challenge where no script runs: whoever holds it waits instead of working. Nobody can make or
 * change one, and it counts for one network and one occasion alone. Neither stands in it.
 */
export interface Ticket {
  /** Seconds since 1970 before which it counts for nothing. */
  from: number;
  /** Seconds since 1970 after which it counts for nothing. */
  until: number;
  /** Tells it from others, so that it counts once. */
  name: string;
  signature: string;
}

const front = "tiket.";

/** Solved challenges come in base64, which has no dot. */
export const isTicket = (proof: string): boolean => proof.startsWith(front);

export const writeTicket = ({ from, until, name, signature }: Ticket): string =>
  `${front}${from}.${until}.${name}.${signature}`;

/** Reads a ticket. Its signature is not checked yet. */
export function readTicket(proof: string): Ticket | undefined {
  const [, from, until, name, signature] =
    /^tiket\.(\d{1,12})\.(\d{1,12})\.([\w-]{16,40})\.([\w-]{43})$/.exec(proof) ?? [];
  if (!from || !until || !name || !signature) return undefined;
  return { from: Number(from), until: Number(until), name, signature };
}

export const ticketSignature = (
  key: string,
  { from, until, name }: Pick<Ticket, "from" | "until" | "name">,
  { network, occasion }: { network: string; occasion: Occasion },
): string => nameUnder(key, ["ticket", network, ...occasion, from, until, name]);

/** Seconds between two tickets of one network, for each step of hardness. */
const paceSeconds = 10;
/** Nobody waits longer. Where more people wait, no further ticket is given out. */
const longestWait = 8 * 60;
/** A ticket that may be used holds for so long. */
export const ticketSeconds = 10 * 60;

/**
 * How long the next ticket of a network has to wait, after it took so many in this window, itself among them. Tickets stand in a
 * queue, so whoever takes many at once waits for each of them in turn. Undefined where the queue is full.
 */
export function waitSeconds(hardness: number, taken: number): number | undefined {
  const wait = paceSeconds * Math.max(1, hardness) * taken;
  return wait <= longestWait ? wait : undefined;
}

/** Where somebody stands who waits: a ticket that counts after so many seconds, or a full queue. */
export type WaitingPlace = { ticket: string; seconds: number } | { ticket: undefined; seconds: number };

/** Who waits, and the ticket that they bring already. */
export interface WaitingPerson {
  network: string;
  brought: string | undefined;
  at: Date;
}

/** Where people wait who cannot solve a challenge. */
export interface WaitingRoom {
  /** The place of somebody whose request was refused for want of a proof. A ticket that still has to wait stays theirs. */
  placeOf(needed: Pick<ProofNeeded, "occasion" | "hardness">, waiting: WaitingPerson): Promise<WaitingPlace>;
  /** A ticket without a wait, for whoever has shown the receipt of this case before. */
  pass(trackingNumber: string, network: string, at: Date): Promise<string>;
}
