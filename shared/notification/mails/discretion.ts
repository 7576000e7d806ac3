import type { Case } from "../../case/case.ts";

/**
 * Whether mails about a case tell nothing of it. Whoever runs a mailbox can read along, and the mailbox of somebody who
 * reports their own office may be run by that office. A report that its reporter hid later is as secret as any other.
 */
export const isDiscreet = ({ anonymous, secret, redaction }: Case): boolean =>
  anonymous || secret || redaction === "hidden";
