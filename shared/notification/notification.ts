import * as z from "zod";
import type { CaseEvent } from "../case/history.ts";

/** One mail to one reader about one event of a case. Names the case, never a person. */
export const notification = z.strictObject({
  kind: z.enum(["new-case-alert", "submission-confirmation"]),
  trackingNumber: z.string(),
  /** The event that it tells of. */
  sequence: z.int().positive(),
});
export type Notification = z.infer<typeof notification>;

/** Which mails an event causes. */
export function notificationsOf(event: CaseEvent): Notification[] {
  const about = { trackingNumber: event.trackingNumber, sequence: event.sequence };
  switch (event.type) {
    case "submitted":
      return [
        { kind: "new-case-alert", ...about },
        ...(event.content.reachableByMail ? [{ kind: "submission-confirmation", ...about } as const] : []),
      ];
    default:
      return [];
  }
}

/** The same notification has the same id, however often its message comes. */
export const notificationId = ({ kind, sequence }: Notification): string =>
  `${String(sequence).padStart(6, "0")}#${kind}`;
