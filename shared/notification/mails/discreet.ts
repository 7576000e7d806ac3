import type { Language } from "../../language.ts";
import { trackingPage } from "./about.ts";
import { type Fact, layOut, type Mail } from "./mail.ts";
import { caseWords } from "./words/case.ts";
import { discreetWords } from "./words/discreet.ts";

/** Whom a discreet mail goes to. */
interface Addressed {
  email: string;
  language: Language;
}

/**
 * The mail to the reporter of a discreet case about whatever happened. It is the same for every case and every event: even
 * somebody who reads all mails of a mailbox learns only that there was one.
 */
export function discreetNews({ email, language }: Addressed, siteUrl: string | undefined): Mail {
  const words = discreetWords[language];
  return layOut(email, language, {
    subject: words.subject,
    greeting: words.greeting,
    paragraphs: [words.news, words.readIt, words.whyNothing, words.receiptGone],
    link: trackingPage(siteUrl, language, words.open),
    closing: words.stop,
  });
}

/** The last mail to an address that a discreet case does not have any more. It is the same for a correction and a deletion. */
export function discreetFarewell({ email, language }: Addressed, siteUrl: string | undefined): Mail {
  const words = discreetWords[language];
  return layOut(email, language, {
    subject: words.subject,
    greeting: words.greeting,
    paragraphs: [words.former, words.notYou],
    link: trackingPage(siteUrl, language, words.open),
    closing: words.last,
  });
}

/** The confirmation of a discreet report. It holds number and receipt only if the reporter asked for them by mail. */
export function discreetConfirmation(
  { email, language }: Addressed,
  {
    asked,
    siteUrl,
  }: { asked: { trackingNumber: string; receipt: string } | undefined; siteUrl: string | undefined },
): Mail {
  const words = discreetWords[language];
  const labels = caseWords[language];
  const facts: Fact[] = asked
    ? [
        [labels.trackingNumber, asked.trackingNumber],
        [labels.receipt, asked.receipt],
      ]
    : [];
  return layOut(email, language, {
    subject: words.subject,
    greeting: words.greeting,
    paragraphs: [words.received, ...(asked ? [words.receiptHere] : [words.shownOnce, words.whyNothing])],
    facts,
    link: trackingPage(siteUrl, language, words.open),
    closing: words.mistaken,
  });
}
