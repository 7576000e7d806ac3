import type { Case } from "../../case/case.ts";
import type { CaseEvent } from "../../case/history.ts";
import type { AsRead } from "../../case/views/reading/as-read.ts";
import { endOfDay } from "../../deadline/calendar/local-date.ts";
import { dateInWords } from "../../deadline/calendar/time-zone.ts";
import { basisOf, clockText } from "../../deadline/clock-view.ts";
import type { PolicyVersion } from "../../deadline/policy.ts";
import { isReminded } from "../../deadline/stage.ts";
import type { Agency } from "../../directory/directory.ts";
import type { Language } from "../../language.ts";
import { isDiscreet } from "./discretion.ts";
import type { Fact, MailLink } from "./mail.ts";

/** What a mail tells of: the case as it is now, the event, and the agency that the event is about. */
export interface About {
  case: Case;
  event: CaseEvent;
  /** What of the event was corrected or withheld since. */
  asRead?: AsRead | undefined;
  agency: Agency;
  siteUrl: string | undefined;
}

/**
 * By when officers have to act on a case, in words, and by which rule. Of a discreet case it holds the date alone: a rule
 * can tell what class of report it is.
 */
export const limitFacts = (
  found: Case,
  { timeZone }: Pick<Agency, "timeZone">,
  language: Language,
  policies: readonly PolicyVersion[] = [],
): Fact[] =>
  found.clocks.filter(isReminded).flatMap((clock) => {
    if (clock.endedAt !== undefined || clock.due === undefined) return [];
    const zone = clock.countedBy?.timeZone ?? timeZone;
    const date = dateInWords(endOfDay(clock.due, zone), zone, language);
    const label = `${clockText[clock.name][language]} ${language === "id" ? "paling lambat" : "by"}`;
    const rule = `${language === "id" ? "dasar" : "basis"}: ${basisOf(clock, { policies }, language)}`;
    return [[label, isDiscreet(found) ? date : `${date}; ${rule}`]];
  });

/** A link to the page that asks for number and receipt. It names no case. Undefined where the stage has no pages. */
export const trackingPage = (siteUrl: string | undefined, language: Language, label: string) =>
  siteUrl === undefined
    ? undefined
    : { label, url: new URL(language === "id" ? "/lacak" : `/${language}/lacak`, siteUrl).toString() };

/**
 * A link for reporters: the page that asks for the receipt, with the number filled in. Undefined where the stage has no pages.
 */
export function reportersLink(
  siteUrl: string | undefined,
  trackingNumber: string,
  { language, label }: { language: Language; label: string },
) {
  const page = trackingPage(siteUrl, language, label);
  return page && { ...page, url: `${page.url}?nomor=${trackingNumber}` };
}

/** A button for officers, to the case at their desk. Whoever has not signed in does so first. Undefined where the stage has no pages. */
export const officersLink = (
  siteUrl: string | undefined,
  trackingNumber: string,
  { label }: { label: string },
): MailLink | undefined =>
  siteUrl === undefined
    ? undefined
    : { label, url: new URL(`/petugas/laporan/${trackingNumber}`, siteUrl).toString(), isButton: true };

/** A link for everybody to the public page of a case. Undefined where the stage has no pages. */
export const caseLink = (
  siteUrl: string | undefined,
  trackingNumber: string,
  { label }: { label: string },
) =>
  siteUrl === undefined
    ? undefined
    : { label, url: new URL(`/laporan/${trackingNumber}`, siteUrl).toString() };
