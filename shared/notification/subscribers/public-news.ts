import type { CaseFile } from "../../case/case.ts";
import { isByDay } from "../../case/views/by-day.ts";
import { viewOf } from "../../case/views/case-view.ts";
import { type Joins, untoldJoins } from "../../case/views/joins.ts";
import type { Names } from "../../case/views/names.ts";
import type { CaseView } from "../../case/views/schemas.ts";
import { isTold, timelineOf } from "../../case/views/timeline.ts";
import { atHour, localDay } from "../../deadline/calendar/local-date.ts";
import type { Language } from "../../language.ts";
import { isToldToSubscribers } from "../../subscriber/subscriber.ts";

/** A case as the public may know it now. */
export interface PublicCase {
  file: CaseFile;
  names: Names;
  joins: Joins;
}

/** The case as the public reads it. */
export const publicViewOf = ({ file, names, joins }: PublicCase, language: Language): CaseView =>
  viewOf(file.case, "public", names, language, undefined, joins);

/** Whether those who follow the case are told of an event now. The public has to read of it. */
export function isNews({ file, joins }: PublicCase, sequence: number): boolean {
  const event = file.events[sequence - 1];
  return (
    event !== undefined &&
    isToldToSubscribers(file.case, event) &&
    isTold(event, "public", untoldJoins(file.events, joins))
  );
}

/** What the public timeline says of an event; undefined where it does not name it. */
export function publicEntryOf({ file, names, joins }: PublicCase, sequence: number, language: Language) {
  const untold = untoldJoins(file.events, joins);
  const place = file.events
    .filter((event) => isTold(event, "public", untold))
    .findIndex((event) => event.sequence === sequence);
  const byDay = isByDay(file.case, "public");
  return timelineOf(file.events, "public", { names, language, joins, byDay })[place];
}

/** Mails of an anonymous case go out at this local hour. */
const morning = 7;

/**
 * Before when nobody may be mailed of an event. Of an anonymous case the public is shown dates and no times: a mail at once would
 * tell the time, so it waits for the next morning.
 */
export const notBefore = ({ file, names: { timeZone } }: PublicCase, at: Date): Date | undefined =>
  isByDay(file.case, "public")
    ? new Date(atHour(localDay(at.getTime(), timeZone) + 1, morning, timeZone))
    : undefined;
