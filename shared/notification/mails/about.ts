import type { Case } from "../../case/case.ts";
import type { CaseEvent } from "../../case/history.ts";
import type { AsRead } from "../../case/views/reading/as-read.ts";
import type { Agency } from "../../directory/directory.ts";
import type { Language } from "../../language.ts";

/** What a mail tells of: the case as it is now, the event, and the agency that the event is about. */
export interface About {
  case: Case;
  event: CaseEvent;
  /** What of the event was corrected or withheld since. */
  asRead?: AsRead | undefined;
  agency: Agency;
  siteUrl: string | undefined;
}

/** A link to the page that asks for number and receipt. It names no case. Undefined where the stage has no pages. */
export const trackingPage = (siteUrl: string | undefined, language: Language, label: string) =>
  siteUrl === undefined
    ? undefined
    : { label, url: new URL(language === "id" ? "/lacak" : `/${language}/lacak`, siteUrl).toString() };

/** A link to the page of a case; undefined where the stage has no pages. */
export const caseLink = (siteUrl: string | undefined, trackingNumber: string, label: string) =>
  siteUrl === undefined ? undefined : { label, url: new URL(`/cases/${trackingNumber}`, siteUrl).toString() };
