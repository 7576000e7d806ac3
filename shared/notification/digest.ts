import type * as z from "zod";
import type { Case } from "../case/case.ts";
import type { EventContent } from "../case/history.ts";
import { situationInWords } from "../case/moves/table.ts";
import { type clockView, type Place, stateOf, viewOfClock } from "../deadline/clock.ts";
import { endOfDay, localDate } from "../deadline/local-date.ts";
import { dateInWords, inWords } from "../language.ts";
import { daysLeftText, digestText, toOfficers } from "./catalogue.ts";
import { type About, caseLink, caseWords, type Entry, layOut, type Mail } from "./mail.ts";
import type { Recipient } from "./recipients.ts";

type Alert = EventContent<"warned">["alerts"][number];
type ClockView = z.input<typeof clockView>;

/** An alert that holds at this moment, with its clock as it stands now. */
export type StandingAlert = Alert & { view: ClockView };

/** Those alerts whose clock still runs, or has run out, to the same date: one that moved is told anew. */
export function standingAlerts(
  { clocks }: Case,
  alerts: readonly Alert[],
  at: Date,
  place: Place,
): StandingAlert[] {
  return alerts.flatMap((alert) => {
    const clock = clocks.findLast(({ name }) => name === alert.clock);
    if (clock?.due !== alert.due || clock.endedAt !== undefined) return [];
    return ["running", "missed"].includes(stateOf(clock, at, place))
      ? [{ ...alert, view: viewOfClock(clock, at, place, "id") }]
      : [];
  });
}

/** A limit of a case that the reader of a digest has to know of. */
export interface DueCase {
  about: About;
  clock: ClockView;
}

/** So many entries can be read; whoever has more has a queue that shows them all. */
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
const linkOf = ({ case: found, siteUrl }: About) => caseLink(siteUrl, found.trackingNumber, words.open);

const dueEntry = (due: DueCase, at: Date): Entry => ({
  heading: headingOf(due.about, `${due.clock.name}: ${leftText(due, at)}`),
  facts: [
    [digestText.facts.due.id, dueText(due)],
    [digestText.facts.basis.id, due.clock.legalBasis],
    [words.agency, due.about.agency.name],
    [words.status, situationInWords(due.about.case, "id")],
  ],
  link: linkOf(due.about),
});

const newsEntry = (about: About): Entry => ({
  heading: headingOf(about, toOfficers[about.event.type]?.subject.id ?? ""),
  facts: [
    [words.agency, about.agency.name],
    [words.at, inWords(about.event.at, about.agency.timeZone, "id")],
    [words.status, situationInWords(about.case, "id")],
  ],
  link: linkOf(about),
});

/**
 * One mail of all that waited for a person: limits by urgency, then news in the order in which they came; undefined
 * where nothing did. Like every mail it holds nothing that anybody wrote.
 */
export function digest(
  to: Recipient,
  { due, news, at }: { due: readonly DueCase[]; news: readonly About[]; at: Date },
): Mail | undefined {
  const limits = [...new Map(due.map((one) => [`${numberOf(one)}#${one.clock.clock}`, one])).values()].sort(
    byDate,
  );
  const events = news.toSorted((a, b) => a.event.at.localeCompare(b.event.at));
  const all = [...limits, ...events.map((about) => ({ about }))];
  const [first] = all;
  if (!first) return undefined;

  const shownLimits = limits.slice(0, mostEntries);
  const shownNews = events.slice(0, mostEntries - shownLimits.length);
  const dueEntries = shownLimits.map((one) => dueEntry(one, at));
  const newsEntries = shownNews.map(newsEntry);
  const cases = countCases(all);
  const unshown = cases - countCases([...shownLimits, ...shownNews.map((about) => ({ about }))]);
  const late = limits.filter((one) => whenDue(one, at) === "past");
  const next = limits.find((one) => whenDue(one, at) !== "past");

  return layOut(to.email, "id", {
    subject:
      cases === 1
        ? ((dueEntries[0] ?? newsEntries[0])?.heading ?? headingOf(first.about, ""))
        : digestText.subject({
            cases,
            late: countCases(late),
            next: next ? dueText(next) : "",
            oldest: late[0] ? dueText(late[0]) : "",
          }).id,
    greeting: `Yth. ${to.name},`,
    paragraphs: [],
    lists: [
      { under: digestText.deadlines.id, entries: dueEntries },
      { under: digestText.news.id, entries: newsEntries },
    ].filter(({ entries }) => entries.length > 0),
    ...(unshown > 0 && { afterLists: digestText.more(unshown).id }),
    closing: words.internal,
  });
}
