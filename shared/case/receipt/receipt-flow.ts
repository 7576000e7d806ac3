import { randomUUID } from "node:crypto";
import { metrics } from "../../platform/observability.ts";
import { hardnessOfReceipt, needProof } from "../../traffic/challenge-flow.ts";
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
  /** Whose request it is, where a repeat of it may bring the same challenge. */
  by?: string;
}

interface Checking {
  cases: Pick<CaseStore, "get">;
  traffic: TrafficStore;
  now: () => Date;
}

/**
 * The case whose receipt somebody brings. An unknown number and a wrong receipt do the same work and get the same answer. Each
 * is counted before it is answered, by the case and the network that it came from. Where too many came, a further receipt is
 * looked at only with a solved challenge for this case: so nobody learns whether it was right, and whoever has the right one
 * gets in. `orElse` is as good as the receipt: a repeated rotation has led to it.
 */
export async function caseOfReceipt(
  { cases, traffic, now }: Checking,
  trackingNumber: string,
  { receipt, network, proof, by = randomUUID() }: Brought,
  orElse?: string,
): Promise<Case> {
  const at = now();
  const [found, hardness] = await Promise.all([
    cases.get(trackingNumber),
    hardnessOfReceipt(traffic, network, trackingNumber, at),
  ]);
  const occasion = ["receipt", network, trackingNumber] as const;
  if (hardness > 0) await needProof(traffic, { proof, network, occasion, hardness, by, at });
  const stored = found?.receiptHash ?? hashOfNobody;
  const fits = receiptFits(receipt, stored) || (orElse !== undefined && receiptFits(orElse, stored));
  if (found && fits) return found;
  await Promise.all([traffic.count(occasion, at), traffic.count(["receipt", network], at)]);
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
