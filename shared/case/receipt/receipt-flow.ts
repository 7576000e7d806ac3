import { randomUUID } from "node:crypto";
import { metrics } from "../../platform/observability.ts";
import { needProof } from "../../traffic/challenge-flow.ts";
import { type Counted, hardnessAfter, tooManyTries, wrongReceipts } from "../../traffic/load.ts";
import type { TrafficStore } from "../../traffic/traffic-store.ts";
import type { Case } from "../case.ts";
import { byReporter } from "../moves/act-flow.ts";
import type { Approach } from "../moves/move-flow.ts";
import type { CaseStore } from "../store/case-store.ts";
import { hashOfNobody, noSuchCase, receiptFits } from "./receipt.ts";

/** A receipt as somebody brings it. */
export interface Brought {
  /** As typed. */
  receipt: string;
  /** Where the request comes from. */
  network: string;
  /** A solved challenge, where they brought one. */
  proof: string | undefined;
}

interface Checking {
  cases: Pick<CaseStore, "get">;
  traffic: TrafficStore;
  now: () => Date;
}

/**
 * The case whose receipt somebody brings. An unknown number and a wrong receipt do the same work and get the same answer. Each
 * is counted before it is answered, by the case and the network that it came from: only that network has to wait, or has to
 * work where it tries case after case. `orElse` is as good as the receipt: a repeated rotation has led to it.
 */
export async function caseOfReceipt(
  { cases, traffic, now }: Checking,
  trackingNumber: string,
  { receipt, network, proof }: Brought,
  orElse?: string,
): Promise<Case> {
  const at = now();
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

/** Whoever brings the receipt of a case, in front of it: they act as its reporter. */
export const asReporter = async (
  checking: Checking,
  trackingNumber: string,
  brought: Brought,
): Promise<Approach> => ({
  found: await caseOfReceipt(checking, trackingNumber, brought),
  who: { role: "reporter", own: true },
  by: byReporter,
});
