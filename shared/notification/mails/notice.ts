import type { Case } from "../../case/case.ts";
import type { CaseEvent } from "../../case/history.ts";
import { situationInWords } from "../../case/moves/table.ts";
import { wordsFor } from "../../case/views/reading/withheld.ts";
import { endOfDay } from "../../deadline/calendar/local-date.ts";
import { dateInWords, inWords } from "../../deadline/calendar/time-zone.ts";
import type { Agency } from "../../directory/directory.ts";
import type { Language } from "../../language.ts";
import { type About, limitFacts, officersLink, reportersLink } from "./about.ts";
import { discreetFarewell, discreetNews } from "./discreet.ts";
import { isDiscreet } from "./discretion.ts";
import { type Fact, layOut, type Mail } from "./mail.ts";
import { caseWords, classText } from "./words/case.ts";
import { yourAgency } from "./words/discreet.ts";
import type { Notice } from "./words/notice.ts";
import { toFollowers } from "./words/to-followers.ts";
import { toFormerAddress } from "./words/to-former-address.ts";
import { toOfficers } from "./words/to-officers.ts";
import { toReporter } from "./words/to-reporter.ts";

/** By when the reporter has to answer the open question, in words; "" where none is open. */
function answerBy({ clocks }: Case, { timeZone }: Pick<Agency, "timeZone">, language: Language): string {
  const { due, endedAt, countedBy } = clocks.findLast(({ name }) => name === "completing-file") ?? {};
  if (due === undefined || endedAt !== undefined) return "";
  const zone = countedBy?.timeZone ?? timeZone;
  return dateInWords(endOfDay(due, zone), zone, language);
}

/** The date until which an event lets its readers wait or act, in words; "" where it has none. */
const untilWhen = ({ case: found, event, agency }: About, language: Language): string => {
  const { timeZone } = agency;
  switch (event.type) {
    case "asked":
      return answerBy(found, agency, language);
    case "answered":
      return dateInWords(event.content.replyUntil, timeZone, language);
    case "answer-corrected":
      return dateInWords(
        event.content.replyUntil ?? event.content.appealUntil ?? event.at,
        timeZone,
        language,
      );
    case "closed":
      return dateInWords(event.content.appealUntil, timeZone, language);
    case "extended":
    case "objected":
    case "ombudsman-offered":
    case "lapsed":
      return dateInWords(endOfDay(event.content.due, timeZone), timeZone, language);
    default:
      return "";
  }
};

/** The date until which the reporter may object to an archival, in words; "" where it has none. */
const objectUntilWhen = ({ type, content }: CaseEvent, timeZone: Agency["timeZone"], language: Language) =>
  (type === "archived" || type === "lapsed") && content.objectUntil !== undefined
    ? dateInWords(content.objectUntil, timeZone, language)
    : "";
/** Why a limit was extended, as the reporter reads it by now; "" for any other event. */
function reasonOf({ event, asRead }: About, language: Language): string {
  if (event.type !== "extended") return "";
  const { text } = event.content;
  if (!asRead) return text;
  return wordsFor({ text }, asRead, { reader: "reporter", language }).text;
}

/** The agency that a notice names; "" where it names none. */
const agencyNamed = ({ event, agency }: About): string =>
  event.type === "verified" && event.content.to === undefined ? "" : agency.name;

/** What a notice says of an event: what happened, and what its reader may do now. */
export const sentencesOf = (notice: Notice, about: About, language: Language): string[] => {
  const { case: found, event, agency } = about;
  const names = {
    agency: isDiscreet(found) ? yourAgency[language] : agencyNamed(about),
    until: untilWhen(about, language),
    objectUntil: objectUntilWhen(event, agency.timeZone, language),
    reason: reasonOf(about, language),
  };
  return [notice.told(names)[language], notice.todo(names)[language]].filter(Boolean);
};

/** Whom a notice goes to, and what stands around its sentences. */
interface Envelope {
  to: string;
  language: Language;
  greeting: string;
  closing: string;
  /** Leads to the case as this reader opens it. */
  link: typeof reportersLink;
  /** What this reader is told of the case besides. */
  more?: Fact[];
}

const noticeMail = (
  notice: Notice,
  about: About,
  { to, language, greeting, closing, link, more = [] }: Envelope,
): Mail => {
  const { case: found, event, agency, siteUrl } = about;
  const words = caseWords[language];
  const named = agencyNamed(about);
  const discreet = isDiscreet(found);
  return layOut(to, language, {
    subject: discreet ? notice.subject[language] : `[${found.trackingNumber}] ${notice.subject[language]}`,
    greeting,
    paragraphs: sentencesOf(notice, about, language),
    facts: [
      [words.trackingNumber, found.trackingNumber],
      ...(discreet ? [] : [[words.class, classText[found.class][language]] as Fact]),
      ...(named && !discreet ? [[words.agency, named] as Fact] : []),
      [words.at, inWords(event.at, agency.timeZone, language)],
      [words.status, situationInWords(found, language)],
      ...more,
    ],
    link: link(siteUrl, found.trackingNumber, { language, label: words.open }),
    closing,
  });
};

export type ToReporter = { email: string; language: Language };

const toAReporter = (
  { email, language }: ToReporter,
  about: About,
  { notice, closing, more = [] }: { notice: Notice; closing: "stop" | "last"; more?: Fact[] },
): Mail => {
  const words = caseWords[language];
  return noticeMail(notice, about, {
    to: email,
    language,
    greeting: words.toReporter,
    closing: words[closing],
    link: reportersLink,
    more,
  });
};

/** The mail to a reporter about an event of their case: also by when officers have to act. Undefined where they are not told of it. */
export function reporterNotice(to: ToReporter, about: About): Mail | undefined {
  const notice = toReporter[about.event.type];
  if (!notice) return undefined;
  if (isDiscreet(about.case)) return discreetNews(to, about.siteUrl);
  const more = limitFacts(about.case, about.agency, to.language);
  return toAReporter(to, about, { notice, closing: "stop", more });
}

/** The last mail to an address that a reporter's data do not have any more. */
export function formerAddressNotice(to: ToReporter, about: About): Mail | undefined {
  const notice = toFormerAddress[about.event.type];
  if (!notice) return undefined;
  if (isDiscreet(about.case)) return discreetFarewell(to, about.siteUrl);
  return toAReporter(to, about, { notice, closing: "last" });
}

/** The mail to the reporter of a joined case about an event of the `first` one. `about.case` is the joined case. */
export function followerNotice(to: ToReporter, about: About, first: Case): Mail | undefined {
  const notice = toFollowers[about.event.type];
  if (!notice) return undefined;
  if (isDiscreet(about.case) || isDiscreet(first)) return discreetNews(to, about.siteUrl);
  return toAReporter(to, about, { notice, closing: "stop" });
}

/**
 * The mail to an officer about an event, in Indonesian; undefined where officers are not told of it. Of a discreet case it
 * says what to do and the number to find it by, but not in the subject, and it names no agency.
 */
export function officerNotice({ name, email }: { name: string; email: string }, about: About) {
  const notice = toOfficers[about.event.type];
  if (!notice) return undefined;
  return noticeMail(notice, about, {
    to: email,
    language: "id",
    greeting: `Yth. ${name},`,
    closing: caseWords.id.internal,
    link: officersLink,
    more: limitFacts(about.case, about.agency, "id"),
  });
}
