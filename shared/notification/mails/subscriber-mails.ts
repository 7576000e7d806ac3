import type { Case } from "../../case/case.ts";
import { inWords, localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { CaseClass } from "../../deadline/policy.ts";
import type { Subscriber } from "../../subscriber/subscriber.ts";
import { caseLink } from "./about.ts";
import { isDiscreet } from "./discretion.ts";
import { type Fact, layOut, type Mail } from "./mail.ts";
import { caseWords, classText } from "./words/case.ts";
import { subscriberWords } from "./words/to-subscribers.ts";

/** The number stands in a subject where it stands there for the reporter too. */
const subjectOf = (found: Case, subject: string): string =>
  isDiscreet(found) ? subject : `[${found.trackingNumber}] ${subject}`;

/** The mail that asks an address whether it follows a case. It tells nothing of the case but its number. */
export function followRequestMail({ email, language }: Subscriber, found: Case, url: string): Mail {
  const words = subscriberWords[language];
  const { trackingNumber } = found;
  return layOut(email, language, {
    subject: subjectOf(found, words.confirm),
    greeting: words.greeting,
    paragraphs: [words.typed, words.ifYou, words.ifNot],
    facts: [[caseWords[language].trackingNumber, trackingNumber]],
    link: { label: words.openLink, url },
    closing: words.automatic,
  });
}

/** What the public reads of a case and of what happened. */
interface PublicNews {
  class: CaseClass;
  statusText: string;
  agency: string | undefined;
  entries: readonly { text: string; at: string }[];
  timeZone: TimeZone;
  siteUrl: string | undefined;
}

/** A time as the public is shown it: an instant, or a date. */
const when = (at: string, timeZone: TimeZone, language: Subscriber["language"]): string =>
  at.includes("T") ? inWords(at, timeZone, language) : localDateInWords(at, language);

/** The mail of all that happened to a case since the last one, in the words of its public timeline. */
export function subscriberMail(
  { email, language }: Subscriber,
  found: Case,
  { class: sort, statusText, agency, entries, timeZone, siteUrl }: PublicNews,
): Mail {
  const words = subscriberWords[language];
  const labels = caseWords[language];
  return layOut(email, language, {
    subject: subjectOf(found, words.news),
    greeting: words.greeting,
    paragraphs: [words.told],
    facts: [
      [labels.trackingNumber, found.trackingNumber],
      [labels.class, classText[sort][language]],
      ...(agency === undefined ? [] : [[labels.agency, agency] as Fact]),
      [labels.status, statusText],
    ],
    link: caseLink(siteUrl, found.trackingNumber, { label: labels.open }),
    lists: [
      {
        under: words.since,
        entries: entries.map(({ text, at }) => ({
          heading: text,
          facts: [[labels.at, when(at, timeZone, language)]],
          link: undefined,
        })),
      },
    ],
    closing: words.stop,
  });
}
