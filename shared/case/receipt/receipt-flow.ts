import { randomUUID } from "node:crypto";
import { metrics } from "../../observability.ts";
import { needProof } from "../../traffic/challenge-flow.ts";
import { type Counted, hardnessAfter, tooManyTries, wrongReceipts } from "../../traffic/load.ts";
import type { TrafficStore } from "../../traffic/traffic-store.ts";
import type { Case } from "../case.ts";
import type { CaseStore } from "../store/case-store.ts";
import { hashOfNobody, noSuchCase, receiptFits } from "./receipt.ts";

export interface Shown {
  trackingNumber: string;
  /** As typed. */
  receipt: string;
  /** Where the request comes from. */
  network: string;
  /** A solved challenge, where they brought one. */
  proof: string | undefined;
  at: Date;
  /** Another receipt that is as good: the one that a repeated rotation has led to. */
  orElse?: string;
}

/**
 * The case whose receipt was shown. An unknown number and a wrong receipt do the same work and get the same answer; each
 * is counted before it is answered, by the case and the network that it came from, so that only that network has to wait,
 * or to work where it tries case after case.
 */
export async function caseOfHolder(
  { cases, traffic }: { cases: Pick<CaseStore, "get">; traffic: TrafficStore },
  { trackingNumber, receipt, network, proof, at, orElse }: Shown,
): Promise<Case> {
  const ofCase: Counted = ["receipt", network, trackingNumber];
  const ofNetwork: Counted = ["receipt", network];
  const [found, tries, triesOfNetwork] = await Promise.all([
    cases.get(trackingNumber),
    traffic.countOf(ofCase, at),
    traffic.countOf(ofNetwork, at),
  ]);
  if (tries >= wrongReceipts.ofCase) throw tooManyTries(at);
  const hardness = hardnessAfter(triesOfNetwork);
  if (hardness > 0) await needProof(traffic, { proof, hardness, by: randomUUID(), at });
  const stored = found?.receiptHash ?? hashOfNobody;
  const fits = receiptFits(receipt, stored) || (orElse !== undefined && receiptFits(orElse, stored));
  if (found && fits) return found;
  await Promise.all([traffic.count(ofCase, at), traffic.count(ofNetwork, at)]);
  metrics.addMetric("ReceiptRefused", "Count", 1);
  throw noSuchCase();
}
