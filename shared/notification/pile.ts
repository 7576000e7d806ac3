import { type Stage, stages } from "../deadline/ladder.ts";
import { dayEnd, localDay } from "../deadline/local-date.ts";
import type { Office } from "../deadline/office.ts";
import { isOfficeHour, nextOfficeHour } from "../deadline/office.ts";
import type { Officer } from "../directory/directory.ts";

/** How long mails to one person are gathered. */
export interface Gathering {
  /** Seconds from an alert to its mail: those that come in between go with it. */
  alertSeconds: number;
  /** Seconds from the opening to the daily mail: what the morning's first checks find goes with it. */
  dailySeconds: number;
  /** Seconds after an alert of a new case in which further ones wait for each other; 0: each goes at once. */
  newCaseSeconds: number;
}

/** Alerts that nobody waits for until the next day: the date is today, or has passed. */
export const isUrgent = (stage: Stage): boolean =>
  stages.some((one) => one.stage === stage && one.offset >= 0);

/** When alerts of now go out: gathered for a while, in working hours; just before closing time without gathering. */
const alertMailAt = (at: Date, seconds: number, place: Office): number => {
  const gathered = new Date(at.getTime() + seconds * 1000);
  return isOfficeHour(at, place) && !isOfficeHour(gathered, place)
    ? at.getTime()
    : nextOfficeHour(gathered, place);
};

/** When alerts of new cases go out that came too soon after another: at once is what the first one was for. */
export const newCasesMailAt = (at: Date, { newCaseSeconds }: Gathering, place: Office): Date =>
  new Date(nextOfficeHour(new Date(at.getTime() + newCaseSeconds * 1000), place));

/** When the next daily mail goes out: soon after the opening of a working day. */
const dailyMailAt = (at: Date, seconds: number, place: Office): number => {
  const today = localDay(at.getTime(), place.timeZone);
  const [first = 0, second = 0] = [today, today + 1].map(
    (day) => nextOfficeHour(new Date(dayEnd(day - 1, place.timeZone)), place) + seconds * 1000,
  );
  return first >= at.getTime() ? first : second;
};

/** When what is put on a person's pile now is due to be mailed; `place` is the agency where they work. */
export function flushAt(
  at: Date,
  { mails, urgent }: { mails: Officer["mails"]; urgent: boolean },
  { alertSeconds, dailySeconds }: Pick<Gathering, "alertSeconds" | "dailySeconds">,
  place: Office,
): Date {
  const soon = alertMailAt(at, alertSeconds, place);
  if (mails === "immediate") return new Date(soon);
  const daily = dailyMailAt(at, dailySeconds, place);
  // What is urgent waits for the daily mail only where that is about to go.
  return new Date(urgent && daily > soon + dailySeconds * 1000 ? soon : daily);
}
