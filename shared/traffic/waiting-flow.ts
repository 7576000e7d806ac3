import { randomBytes, timingSafeEqual } from "node:crypto";
import { type Occasion, utcDate, windowEnd } from "./load.ts";
import type { TrafficStore } from "./traffic-store.ts";
import {
  readTicket,
  type Ticket,
  ticketSeconds,
  ticketSignature,
  type WaitingRoom,
  waitSeconds,
  writeTicket,
} from "./waiting.ts";

interface Holder {
  network: string;
  occasion: Occasion;
}

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);
const instantOf = (seconds: number): Date => new Date(seconds * 1000);

/** The key follows from the ticket, so one that was taken before midnight counts after it. */
const signatureOf = async (
  traffic: Pick<TrafficStore, "keyOf">,
  ticket: Pick<Ticket, "from" | "until" | "name">,
  holder: Holder,
): Promise<string> =>
  ticketSignature(await traffic.keyOf("challenges", utcDate(instantOf(ticket.from))), ticket, holder);

async function issued(
  traffic: Pick<TrafficStore, "keyOf">,
  holder: Holder,
  { from, until }: Pick<Ticket, "from" | "until">,
): Promise<string> {
  const ticket = { from, until, name: randomBytes(16).toString("base64url") };
  return writeTicket({ ...ticket, signature: await signatureOf(traffic, ticket, holder) });
}

/** A ticket of ours for this network and this occasion that is not over. It may still have to wait. */
async function soundTicket(
  traffic: Pick<TrafficStore, "keyOf">,
  proof: string,
  holder: Holder,
  at: Date,
): Promise<Ticket | undefined> {
  const ticket = readTicket(proof);
  // Nobody is given one that waits longer: a key of a far day is not asked for.
  if (!ticket || ticket.until < secondsOf(at) || ticket.from > secondsOf(at) + ticketSeconds)
    return undefined;
  const expected = await signatureOf(traffic, ticket, holder);
  return timingSafeEqual(Buffer.from(ticket.signature), Buffer.from(expected)) ? ticket : undefined;
}

/** Whether a ticket lets this request in. It does once; `by` says whose request it is, so that a repeat of it passes. */
export async function acceptTicket(
  traffic: TrafficStore,
  proof: string,
  { by, at, ...holder }: Holder & { by: string; at: Date },
): Promise<boolean> {
  const ticket = await soundTicket(traffic, proof, holder, at);
  if (!ticket || ticket.from > secondsOf(at)) return false;
  return traffic.use(`ticket ${ticket.name}`, by, instantOf(ticket.until));
}

/** The room where people wait who cannot solve a challenge. */
export const waitingRoom = (traffic: Pick<TrafficStore, "keyOf" | "count">): WaitingRoom => ({
  async placeOf({ occasion, hardness }, { network, brought, at }) {
    const holder = { network, occasion };
    const now = secondsOf(at);
    const held = brought === undefined ? undefined : await soundTicket(traffic, brought, holder, at);
    // Whoever pressed too early keeps their place.
    if (brought !== undefined && held && held.from > now)
      return { ticket: brought, seconds: held.from - now };
    const taken = await traffic.count(["ticket", network, occasion[0]], at);
    const seconds = waitSeconds(hardness, taken);
    if (seconds === undefined) return { ticket: undefined, seconds: windowEnd(at) - now };
    const from = now + seconds;
    return { ticket: await issued(traffic, holder, { from, until: from + ticketSeconds }), seconds };
  },

  pass: (trackingNumber, network, at) =>
    issued(
      traffic,
      { network, occasion: ["receipt", network, trackingNumber] },
      { from: secondsOf(at), until: secondsOf(at) + ticketSeconds },
    ),
});
