import type { Case } from "../case/case.ts";
import { joinsSeenBy } from "../case/moves/joining/joining-flow.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import type { Door } from "../traffic/door-flow.ts";
import type { TrafficStore } from "../traffic/traffic-store.ts";
import { canBeSupported, nothingToSupport, showsSupports, supportedTooLate } from "./support.ts";

/** Who supports which case. */
interface Supporting {
  trackingNumber: string;
  /** What a device calls itself. It is kept nowhere but in a keyed hash of a day. */
  device: string;
  network: string;
  proof: string | undefined;
  at: Date;
}

/**
 * The case where a support counts: the one of this number, or the first one about the same thing where the public may know that
 * this one was joined to it.
 */
async function supportedCase(
  cases: Pick<CaseStore, "get">,
  trackingNumber: string,
): Promise<Case | undefined> {
  const found = await cases.get(trackingNumber);
  if (found?.joinedTo === undefined) return found;
  return (await joinsSeenBy(cases, { case: found, events: [] }, "public")).first;
}

/**
 * Counts a support once a day from each device, and gives back how many the case has. The reporter's own is counted like any
 * other: nobody can be told from them.
 */
export async function supportCase(
  {
    cases,
    traffic,
    door,
  }: { cases: Pick<CaseStore, "get" | "addSupport" | "supportsOf">; traffic: TrafficStore; door: Door },
  { trackingNumber, device, network, proof, at }: Supporting,
): Promise<{ trackingNumber: string; count: number }> {
  await door.admitLight(["support", network, trackingNumber], { proof, by: device, at });
  const found = await supportedCase(cases, trackingNumber);
  if (!found || !showsSupports(found)) throw nothingToSupport();
  if (!canBeSupported(found)) throw supportedTooLate(found);
  const supported = found.trackingNumber;
  const isNew = await traffic.isFirstOfDay(["support", supported, device.toLowerCase()], at);
  const count = await (isNew ? cases.addSupport(supported) : cases.supportsOf(supported));
  return { trackingNumber: supported, count };
}

/** What a view says of supports. */
interface SupportsView {
  supports?: { count: number };
}

/** How many supports a case has, as its view says it. */
export const supportsSeen = async (
  cases: Pick<CaseStore, "supportsOf">,
  found: Case,
): Promise<SupportsView> =>
  showsSupports(found) ? { supports: { count: await cases.supportsOf(found.trackingNumber) } } : {};

/** The same for the cases of a page, in one request. */
export async function supportsSeenOfAll(
  cases: Pick<CaseStore, "supportsOfAll">,
  page: readonly Case[],
): Promise<(found: Case) => SupportsView> {
  const shown = page.filter(showsSupports).map(({ trackingNumber }) => trackingNumber);
  const counts = await cases.supportsOfAll(shown);
  return ({ trackingNumber }) => {
    const count = counts.get(trackingNumber);
    return count === undefined ? {} : { supports: { count } };
  };
}
