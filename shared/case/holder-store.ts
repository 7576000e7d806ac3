import { metrics } from "../observability.ts";
import { type Counted, tooManyTries, wrongReceipts } from "../traffic/load.ts";
import type { TrafficStore } from "../traffic/traffic-store.ts";
import type { Case } from "./case.ts";
import type { CaseStore } from "./case-store.ts";
import { hashOfNobody, noSuchCase, receiptFits } from "./receipt.ts";

export interface Shown {
  trackingNumber: string;
  /** As typed. */
  receipt: string;
  /** Where the request comes from. */
  network: string;
  at: Date;
  /** Another receipt that is as good: the one that a repeated rotation has led to. */
  orElse?: string;
}

/**
 * The case whose receipt was shown. An unknown number and a wrong receipt do the same work and get the same answer; each
 * is counted before it is answered, by the case and the network that it came from, so that only that network has to wait.
 */
export async function caseOfHolder(
  { cases, traffic }: { cases: Pick<CaseStore, "get">; traffic: TrafficStore },
  { trackingNumber, receipt, network, at, orElse }: Shown,
): Promise<Case> {
  const ofCase: Counted = ["receipt", network, trackingNumber];
  const ofNetwork: Counted = ["receipt", network];
  const [found, tries] = await Promise.all([cases.get(trackingNumber), traffic.countOf(ofCase, at)]);
  if (tries >= wrongReceipts.ofCase) throw tooManyTries(at);
  const stored = found?.receiptHash ?? hashOfNobody;
  const fits = receiptFits(receipt, stored) || (orElse !== undefined && receiptFits(orElse, stored));
  if (found && fits) return found;
  await Promise.all([traffic.count(ofCase, at), traffic.count(ofNetwork, at)]);
  metrics.addMetric("ReceiptRefused", "Count", 1);
  throw noSuchCase();
}
