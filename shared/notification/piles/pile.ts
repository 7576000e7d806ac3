import { dayEnd, localDay } from "../../deadline/calendar/local-date.ts";
import { type Stage, stages } from "../../deadline/ladder.ts";
import type { Office } from "../../deadline/office.ts";
import { isOfficeHour, nextOfficeHour } from "../../deadline/office.ts";
import type { Officer } from "../../directory/directory.ts";
import type { Gathering } from "../mail-settings.ts";

/** Whether an alert cannot wait for another day: the limit ends today, or has ended. */
export const isUrgent = (stage: Stage): boolean =>
  stages.some((one) => one.stage === stage && one.offset >= 0);

/** When an alert of now goes out: in working hours, gathered for a while. Just before closing time it goes at once. */
const alertMailAt = (at: Date, seconds: number, office: Office): number => {
  const gathered = new Date(at.getTime() + seconds * 1000);
  return isOfficeHour(at, office) && !isOfficeHour(gathered, office)
    ? at.getTime()
    : nextOfficeHour(gathered, office);
};

/** When a mail goes out that is due at an instant: then, or at the next opening of the office. */
export const nextMailAt = (due: Date, office: Office): Date => new Date(nextOfficeHour(due, office));

/** When the next daily mail goes out: soon after the opening of a working day. */
const dailyMailAt = (at: Date, seconds: number, office: Office): number => {
  const today = localDay(at.getTime(), office.timeZone);
  const [first = 0, second = 0] = [today, today + 1].map(
    (day) => nextOfficeHour(new Date(dayEnd(day - 1, office.timeZone)), office) + seconds * 1000,
  );
  return first >= at.getTime() ? first : second;
};

/** When a notification that is put on a person's pile now is due to be mailed. `office` is where they work. */
export function flushAt(
  at: Date,
  { mails, urgent }: { mails: Officer["mails"]; urgent: boolean },
  { alertSeconds, dailySeconds }: Pick<Gathering, "alertSeconds" | "dailySeconds">,
  office: Office,
): Date {
  const soon = alertMailAt(at, alertSeconds, office);
  if (mails === "immediate") return new Date(soon);
  const daily = dailyMailAt(at, dailySeconds, office);
  // What is urgent waits for the daily mail only where that is about to go.
  return new Date(urgent && daily > soon + dailySeconds * 1000 ? soon : daily);
}
