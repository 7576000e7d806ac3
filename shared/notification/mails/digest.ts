import type * as z from "zod";
import { situationInWords } from "../../case/moves/table.ts";
import { endOfDay, localDate } from "../../deadline/calendar/local-date.ts";
import { dateInWords, inWords } from "../../deadline/calendar/time-zone.ts";
import type { clockView } from "../../deadline/clock-view.ts";
import type { Recipient } from "../recipients/recipients.ts";
import { type About, officersLink } from "./about.ts";
import { isDiscreet } from "./discretion.ts";
import { type Fact, layOut, type Mail, type MailEntry } from "./mail.ts";
import { caseWords } from "./words/case.ts";
import { daysLeftText, digestText } from "./words/digest.ts";
import { toOfficers } from "./words/to-officers.ts";

type ClockView = z.input<typeof clockView>;

/** A limit that a digest lists. */
export interface DueCase {
  about: About;
  clock: ClockView;
}

/** More entries than these nobody reads. Who has more finds all of them in their queue of cases. */
const mostEntries = 50;

const numberOf = ({ about }: { about: About }): string => about.case.trackingNumber;
const countCases = (entries: readonly { about: About }[]): number => new Set(entries.map(numberOf)).size;
const byDate = (a: DueCase, b: DueCase): number =>
  `${a.clock.dueDate}#${numberOf(a)}` < `${b.clock.dueDate}#${numberOf(b)}` ? -1 : 1;

const whenDue = ({ about, clock }: DueCase, at: Date): "past" | "today" | "ahead" => {
  const today = localDate(at, about.agency.timeZone);
  if (clock.dueDate === today) return "today";
  return (clock.dueDate ?? today) < today ? "past" : "ahead";
};

const leftText = (due: DueCase, at: Date): string =>
  daysLeftText(
    whenDue(due, at),
    due.clock.daysLeft ?? 0,
    due.clock.workingDays === null ? "calendar-days" : "working-days",
  ).id;

const dueText = ({ about, clock }: DueCase): string => {
  const { timeZone } = about.agency;
  return clock.dueDate ? dateInWords(endOfDay(clock.dueDate, timeZone), timeZone, "id") : "";
};

const words = caseWords.id;
const headingOf = (about: About, what: string): string => `[${about.case.trackingNumber}] ${what}`;
/** The agency of a case, unless the case is discreet. */
const agencyFact = ({ case: found, agency }: About): Fact[] =>
  isDiscreet(found) ? [] : [[words.agency, agency.name]];
/** The legal basis of a limit, unless the case is discreet: it tells what class of report it is. */
const basisFact = ({ about, clock }: DueCase): Fact[] =>
  isDiscreet(about.case) ? [] : [[digestText.facts.basis.id, clock.legalBasis]];
const linkOf = ({ case: found, siteUrl }: About) =>
  officersLink(siteUrl, found.trackingNumber, { label: words.open });

const whatIsDue = (due: DueCase, at: Date): string => `${due.clock.name}: ${leftText(due, at)}`;

/** What happened to one case, each sort of event once, with how often. */
const whatHappened = (events: readonly About[]): string[] =>
  [...Map.groupBy(events, ({ event }) => toOfficers[event.type]?.subject.id ?? "")].map(
    ([what, { length }]) => (length === 1 ? what : `${what} (${digestText.times(length).id})`),
  );

const dueEntry = (due: DueCase, at: Date): MailEntry => ({
  heading: headingOf(due.about, whatIsDue(due, at)),
  facts: [
    [digestText.facts.due.id, dueText(due)],
    ...basisFact(due),
    ...agencyFact(due.about),
    [words.status, situationInWords(due.about.case, "id")],
  ],
  link: linkOf(due.about),
});

/** The events of one case as one entry, however many there are. `last` is the newest of them. */
const newsEntry = (events: readonly About[], last: About): MailEntry => ({
  heading: headingOf(last, whatHappened(events).join("; ")),
  facts: [
    ...agencyFact(last),
    [
      events.length > 1 ? digestText.facts.last.id : words.at,
      inWords(last.event.at, last.agency.timeZone, "id"),
    ],
    [words.status, situationInWords(last.case, "id")],
  ],
  link: linkOf(last),
});

/** The events of each case, in the order in which the cases first come. */
const byCase = (news: readonly About[]): { about: About; events: About[] }[] =>
  [
    ...Map.groupBy(
      news.toSorted((a, b) => a.event.at.localeCompare(b.event.at)),
      ({ case: { trackingNumber } }) => trackingNumber,
    ).values(),
  ].flatMap((events) => {
    const about = events.at(-1);
    return about ? [{ about, events }] : [];
  });

/** A list of several entries has a plain link in each. One entry alone has its button. */
const plainlyLinked = (entries: MailEntry[]): MailEntry[] =>
  entries.map(({ link, ...entry }) => ({ ...entry, link: link && { label: link.label, url: link.url } }));

/** The limits that a digest lists, each once, by urgency. */
const byUrgency = (due: readonly DueCase[]): DueCase[] =>
  [...new Map(due.map((one) => [`${numberOf(one)}#${one.clock.clock}`, one])).values()].sort(byDate);

/** The subject of a digest about one case. A discreet case is not named in it. */
function subjectOfOne(
  limits: readonly DueCase[],
  events: readonly { about: About; events: readonly About[] }[],
  at: Date,
): string {
  const [limit] = limits;
  const [one] = events;
  const about = limit?.about ?? one?.about;
  if (!about) return "";
  const happened = whatHappened(one?.events ?? []);
  const news = happened.length > 1 ? digestText.events(one?.events.length ?? 0).id : (happened[0] ?? "");
  const what = limit ? whatIsDue(limit, at) : news;
  return isDiscreet(about.case) ? what : headingOf(about, what);
}

const subjectOfMany = (cases: number, limits: readonly DueCase[], at: Date): string => {
  const late = limits.filter((one) => whenDue(one, at) === "past");
  const next = limits.find((one) => whenDue(one, at) !== "past");
  return digestText.subject({
    cases,
    late: countCases(late),
    next: next ? dueText(next) : "",
    oldest: late[0] ? dueText(late[0]) : "",
  }).id;
};

/**
 * One mail of all that waited for a person; undefined where nothing did. Limits come first, by urgency, then news in the
 * order of events, all of one case together. Like every mail it holds nothing that anybody wrote.
 */
export function digest(
  to: Recipient,
  { due, news, at }: { due: readonly DueCase[]; news: readonly About[]; at: Date },
): Mail | undefined {
  const limits = byUrgency(due);
  const events = byCase(news);
  const cases = countCases([...limits, ...events]);
  if (cases === 0) return undefined;

  const shownLimits = limits.slice(0, mostEntries);
  const shownEvents = events.slice(0, mostEntries - shownLimits.length);
  const linked = shownLimits.length + shownEvents.length > 1 ? plainlyLinked : (one: MailEntry[]) => one;
  const dueEntries = shownLimits.map((one) => dueEntry(one, at));
  const newsEntries = shownEvents.map(({ about, events }) => newsEntry(events, about));
  const unshown = cases - countCases([...shownLimits, ...shownEvents]);
  return layOut(to.email, "id", {
    subject: cases === 1 ? subjectOfOne(limits, events, at) : subjectOfMany(cases, limits, at),
    greeting: `Yth. ${to.name},`,
    paragraphs: [],
    lists: [
      { under: digestText.deadlines.id, entries: linked(dueEntries) },
      { under: digestText.news.id, entries: linked(newsEntries) },
    ].filter(({ entries }) => entries.length > 0),
    ...(unshown > 0 && { afterLists: digestText.more(unshown).id }),
    closing: words.internal,
  });
}
