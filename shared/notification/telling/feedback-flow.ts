import { logger, metrics } from "../../platform/observability.ts";
import type { CameBack } from "../../reporter/undeliverable.ts";
import type { AddressMarkStore } from "../addresses/address-mark-store.ts";
import { type MailFeedback, taggedBy } from "../mail-feedback.ts";
import { type AddressStores, noteUndeliverable } from "./post-flow.ts";

/** The stores that what the mail service tells is noted in. */
export interface FeedbackStores extends AddressStores {
  addressMarks: Pick<AddressMarkStore, "mark">;
}

/** What is counted of each. Alarms watch these names (infra/mail-feedback.ts). */
const counted = {
  bounced: "MailBounced",
  complained: "MailComplained",
  "refused-tls": "MailRefusedTls",
  lost: "MailLost",
} as const satisfies Record<CameBack | "lost", string>;

/**
 * Notes what the mail service tells of a mail that it had taken. An address that is dead, that complained, or whose server has no
 * TLS is marked, and so is whom the mail went to. A mail that was lost for a passing reason is counted, and marks nobody.
 */
export async function noteFeedback(
  stores: FeedbackStores,
  { what, mailedAt, tags }: MailFeedback,
  at: Date,
): Promise<void> {
  metrics.addMetric(counted[what], "Count", 1);
  const tagged = taggedBy(tags);
  if (what === "lost" || !tagged) return logger.warn("mail lost", { what, to: tagged?.to });
  const { address, to, office = "" } = tagged;
  await stores.addressMarks.mark(address, { since: at.toISOString(), why: what, mailedAt });
  if (to !== undefined) await noteUndeliverable(stores, { to, office, why: what, mailedAt }, at);
}
