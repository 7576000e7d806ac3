import type { Case } from "../../case/case.ts";
import { situationInWords } from "../../case/moves/table.ts";
import { inWords } from "../../deadline/calendar/time-zone.ts";
import type { Language } from "../../language.ts";
import { type About, limitFacts, reportersLink } from "./about.ts";
import { discreetNews } from "./discreet.ts";
import { isDiscreet } from "./discretion.ts";
import { layOut, type Mail, type MailEntry } from "./mail.ts";
import { followerNotice, reporterNotice, sentencesOf, type ToReporter } from "./notice.ts";
import { caseWords } from "./words/case.ts";
import { digestText } from "./words/digest.ts";
import { toFollowers } from "./words/to-followers.ts";
import { toReporter } from "./words/to-reporter.ts";

/** What a reporter is told of one event: of their own case, or of the `first` one that theirs was joined to. */
export interface ReporterNews {
  about: About;
  first?: Case | undefined;
}

const noticeOf = ({ about: { event }, first }: ReporterNews) =>
  (first ? toFollowers : toReporter)[event.type];

const mailOfOne = (to: ToReporter, { about, first }: ReporterNews): Mail | undefined =>
  first ? followerNotice(to, about, first) : reporterNotice(to, about);

/** An event of which nothing but its time differs from others is told once, with how often it came and when last. */
function entriesOf(news: readonly ReporterNews[], language: Language): MailEntry[] {
  const said = news.flatMap(({ about, first }) => {
    const notice = noticeOf({ about, first });
    return notice
      ? [{ about, heading: notice.subject[language], told: sentencesOf(notice, about, language) }]
      : [];
  });
  const alike = Map.groupBy(said, ({ heading, told }) => JSON.stringify([heading, told]));
  const words = caseWords[language];
  return [...alike.values()].flatMap((events) => {
    const last = events.at(-1);
    if (!last) return [];
    const { about, heading, told } = last;
    const { length } = events;
    return {
      heading: length === 1 ? heading : `${heading} (${digestText.times(length)[language]})`,
      told,
      facts: [
        [
          length === 1 ? words.at : digestText.facts.last[language],
          inWords(about.event.at, about.agency.timeZone, language),
        ],
      ],
      link: undefined,
    };
  });
}

/**
 * The mail to a reporter of all that waited for them about one case; undefined where nothing did. Of a discreet case it is the
 * same mail as always, and does not say how much there is.
 */
export function reporterDigest(to: ToReporter, news: readonly ReporterNews[]): Mail | undefined {
  const told = news
    .filter((one) => noticeOf(one) !== undefined)
    .toSorted((a, b) => a.about.event.at.localeCompare(b.about.event.at));
  const last = told.at(-1);
  if (!last) return undefined;
  const { case: found, agency, siteUrl } = last.about;
  if (told.some(({ about, first }) => isDiscreet(about.case) || (first && isDiscreet(first))))
    return discreetNews(to, siteUrl);
  if (told.length === 1) return mailOfOne(to, last);
  const { email, language } = to;
  const words = caseWords[language];
  return layOut(email, language, {
    subject: `[${found.trackingNumber}] ${digestText.ofYours(told.length)[language]}`,
    greeting: words.toReporter,
    paragraphs: [],
    facts: [
      [words.trackingNumber, found.trackingNumber],
      [words.status, situationInWords(found, language)],
      ...(last.first ? [] : limitFacts(found, agency, language)),
    ],
    link: reportersLink(siteUrl, found.trackingNumber, { language, label: words.open }),
    lists: [{ under: digestText.sinceLast[language], entries: entriesOf(told, language) }],
    closing: words.stop,
  });
}
