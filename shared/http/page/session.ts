import { idleSeconds, receiptIn, type Session, session, stillOpen, withOpen } from "../../visitor/session.ts";
import { dropCookie, keepCookie } from "./cookies.ts";
import type { Frame, Visit } from "./visit.ts";

const name = "__Host-saya";

/** The cases that the visitor has open. None where their cookie is of another stage, of an old key, or too old. */
async function sessionOf({ seal, now }: Pick<Frame, "seal" | "now">, { cookies }: Visit): Promise<Session> {
  const sealed = cookies.get(name);
  if (sealed === undefined) return [];
  const read = session.safeParse(await seal.open(sealed, name));
  return read.success ? stillOpen(read.data, now()) : [];
}

/** Whether the visitor brings a cookie that opens nothing any more. */
const bringsOldCookie = ({ cookies }: Visit): boolean => (cookies.get(name) ?? "") !== "";

/**
 * Why a case is not open for the visitor: nobody looked at it for long, or they left; or we cannot read what their browser kept,
 * because it was changed, or is of another stage or an old key.
 */
export async function whyClosed({ seal }: Pick<Frame, "seal">, visit: Visit): Promise<"habis" | "asing"> {
  if (!bringsOldCookie(visit)) return "habis";
  const sealed = visit.cookies.get(name) ?? "";
  return session.safeParse(await seal.open(sealed, name)).success ? "habis" : "asing";
}

/** Opens a case for the visitor, or keeps it open for half an hour more. Returns the cookie that says so. */
export async function keptOpen(
  frame: Pick<Frame, "seal" | "now">,
  visit: Visit,
  trackingNumber: string,
  receipt: string,
): Promise<string> {
  const open = withOpen(await sessionOf(frame, visit), trackingNumber, receipt, frame.now());
  return keepCookie(name, await frame.seal.seal(open, name), idleSeconds);
}

/** The receipt of a case that the visitor has open. With it the visitor waits in no flood of wrong receipts. */
export async function openReceipt(
  frame: Pick<Frame, "seal" | "now"> & Partial<Pick<Frame, "waiting">>,
  visit: Visit,
  trackingNumber: string,
): Promise<string | undefined> {
  const receipt = receiptIn(await sessionOf(frame, visit), trackingNumber);
  const { waiting } = frame;
  if (receipt !== undefined && waiting)
    visit.passes.set(trackingNumber, () => waiting.pass(trackingNumber, visit.network, frame.now()));
  return receipt;
}

/** Closes one case, whose receipt no longer works, and leaves the others open. Returns the cookie that says so. */
export async function closedAlone(
  frame: Pick<Frame, "seal" | "now">,
  visit: Visit,
  trackingNumber: string,
): Promise<string> {
  const open = (await sessionOf(frame, visit)).filter((one) => one.trackingNumber !== trackingNumber);
  return open.length === 0 ? allClosed() : keepCookie(name, await frame.seal.seal(open, name), idleSeconds);
}

/** Closes every case. */
export const allClosed = (): string => dropCookie(name);
