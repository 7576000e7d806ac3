import { dateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import { officerRole } from "../../directory/directory.ts";
import type { Language } from "../../language.ts";
import type { AnswerNotice } from "../../reporter/answer-notice.ts";
import { type Case, hasEnded } from "../case.ts";
import type { CaseEvent } from "../history.ts";

/** Whether a report was held when it came. */
export const wasHeld = ([first]: readonly CaseEvent[]): boolean =>
  first?.type === "submitted" && first.content.held === true;

const isByOfficer = ({ by }: CaseEvent): boolean => officerRole.options.some((role) => role === by.role);

/** Whether nobody looked before the verification was overdue. Whoever waits does not wait longer than that. */
const isTimeUp = (event: CaseEvent): boolean =>
  event.type === "warned" &&
  event.content.alerts.some(
    ({ clock, stage }) => clock === "verification" && (stage === "overdue" || stage === "long-overdue"),
  );

/**
 * The event that ends the waiting of a held report: the first act of an officer with it, whatever the act is, or else the
 * alert that its verification is overdue. Undefined while it waits, and of a report that was never held.
 */
export const endOfWaiting = (events: readonly CaseEvent[]): CaseEvent | undefined =>
  wasHeld(events) ? events.find((event) => isByOfficer(event) || isTimeUp(event)) : undefined;

/** Whether a held report still waits for an officer. */
export const stillWaits = (file: { case: Case; events: readonly CaseEvent[] }): boolean =>
  wasHeld(file.events) && !endOfWaiting(file.events) && !hasEnded(file.case);

/** What the reporter of a held report reads: that it waits, what comes next, and by when. It does not say why it is held. */
export function heldNotice(
  { mailed, dueAt, timeZone }: { mailed: boolean; dueAt: string | null | undefined; timeZone: TimeZone },
  language: Language,
): AnswerNotice {
  const by = dueAt ? dateInWords(dueAt, timeZone, language) : "";
  const texts = {
    id: [
      "Laporan Anda sudah tersimpan dan menunggu dilihat petugas.",
      by && `Batasnya ${by}; petugas dan atasannya diingatkan.`,
      mailed &&
        "Email konfirmasi, dengan tanda terima bila Anda memintanya, dikirim sesudah petugas melihatnya, paling lambat satu hari kerja sesudah batas itu.",
      "Anda tidak perlu mengirimnya lagi.",
    ],
    en: [
      "Your report is stored and waits for an officer to look at it.",
      by && `The limit is ${by}; officers and those above them are reminded of it.`,
      mailed &&
        "The confirmation by email, with the receipt if you asked for it, is sent once an officer has looked, at the latest one working day after that limit.",
      "You need not send it again.",
    ],
  };
  return { code: "held", text: texts[language].filter(Boolean).join(" ") };
}
