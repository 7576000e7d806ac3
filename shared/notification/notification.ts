import * as z from "zod";
import type { CaseEvent } from "../case/history.ts";
import { toOfficers, toReporter } from "./catalogue.ts";

/** One mail to one reader about one event of a case. Names the case, never a person. */
export const notification = z.strictObject({
  kind: z.enum(["new-case-alert", "submission-confirmation", "reporter-notice", "officer-notice"]),
  trackingNumber: z.string(),
  /** The event that it tells of. */
  sequence: z.int().positive(),
  /** Of an officer's notice, once it is known: which officer. */
  to: z.string().optional(),
});
export type Notification = z.infer<typeof notification>;

/** Which mails an event causes. Who gets an officers' notice is found out when it is worked on. */
export function notificationsOf({ trackingNumber, sequence, type, content }: CaseEvent): Notification[] {
  const about = { trackingNumber, sequence };
  const kinds: Notification["kind"][] = [];
  if (type === "submitted") {
    kinds.push("new-case-alert");
    if (content.reachableByMail) kinds.push("submission-confirmation");
  }
  if (toReporter[type]) kinds.push("reporter-notice");
  if (toOfficers[type]) kinds.push("officer-notice");
  return kinds.map((kind) => ({ kind, ...about }));
}

/** The same notification has the same id, however often its message comes. */
export const notificationId = ({ kind, sequence, to }: Notification): string =>
  `${String(sequence).padStart(6, "0")}#${kind}${to ? `#${to}` : ""}`;
