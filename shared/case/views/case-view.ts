import { viewOfClock } from "../../deadline/clock-view.ts";
import type { Office } from "../../deadline/office.ts";
import type { Language } from "../../language.ts";
import { type Case, type CaseFile, reportOf } from "../case.ts";
import { situationInWords } from "../moves/table.ts";
import { masked } from "./masking/masking.ts";
import { type Names, withName } from "./names.ts";
import type { CaseView } from "./schemas.ts";
import { timelineOf } from "./timeline.ts";
import { caseFields, type CaseReader, eventFields, isHidden, seenAs, seenBy } from "./visibility.ts";

/** What a view says of the clocks: where they are counted, and as of when. */
export interface ClockReading extends Office {
  at: Date;
}

/** The title as the public reads it: the reporter's last wording for it, masked. */
const publicTitleOf = ({ publicTitle, title }: Case, language: Language): string =>
  masked(publicTitle ?? title, language);

/** The text as the public reads it: the reporter's last wording for it, masked. */
const publicTextOf = (file: CaseFile, language: Language): string => {
  const redactions = file.events.flatMap((event) => (event.type === "redacted" ? [event.content] : []));
  const reworded = redactions.findLast(({ text }) => text !== undefined);
  return masked(reworded?.text ?? reportOf(file).text, language);
};

/** Coordinates are never public, and the address of an anonymous report is not: people report from where they live. */
const publicLocation = (
  { regionCode, address }: NonNullable<Case["location"]>,
  { anonymous }: Case,
  language: Language,
) => ({
  regionCode,
  ...(address && !anonymous && { address: masked(address, language) }),
});

/** The case itself, without its history, as one kind of reader sees it. */
export function viewOf(
  found: Case,
  reader: CaseReader,
  names: Names,
  language: Language,
  reading?: ClockReading,
): CaseView {
  const as = seenAs(found, reader);
  const seen = seenBy(as, caseFields, found) as Case;
  // What is taken out here is shown in another form below (schemas.ts).
  const { location, category, agencyId, holder, answeredBy, clocks, policyVersion: _, ...plain } = seen;
  const agency = found.status === "submitted" ? agencyId : holder;
  return {
    ...plain,
    ...(as === "public" && { title: publicTitleOf(found, language) }),
    ...(as === "reporter" && !isHidden(found) && { publicTitle: publicTitleOf(found, language) }),
    statusText: situationInWords(found, language),
    agency: agency === undefined ? null : withName(names.agencies, agency),
    ...(answeredBy && { answeredBy: withName(names.agencies, answeredBy) }),
    ...(category && { category: { id: category, name: names.category ?? category } }),
    ...(location && {
      location: {
        ...(as === "public" ? publicLocation(location, found, language) : location),
        regionName: names.region ?? location.regionCode,
      },
    }),
    ...(clocks &&
      reading && { clocks: clocks.map((one) => viewOfClock(one, reading.at, reading, language)) }),
  };
}

/** A case with its history, as one kind of reader sees it. */
export function fileViewOf(
  file: CaseFile,
  reader: CaseReader,
  names: Names,
  language: Language,
  reading?: ClockReading,
): CaseView {
  const as = seenAs(file.case, reader);
  const { text } = seenBy(as, eventFields.submitted.content, reportOf(file));
  return {
    ...viewOf(file.case, reader, names, language, reading),
    ...(text !== undefined && { text: as === "public" ? publicTextOf(file, language) : text }),
    ...(as === "reporter" && !isHidden(file.case) && { publicText: publicTextOf(file, language) }),
    timeline: timelineOf(file.events, as, names, language),
  };
}

/** What a joined case says of the one that it follows. Everybody may know this of any case. */
export const followed = (first: Case, language: Language) => ({
  follows: {
    trackingNumber: first.trackingNumber,
    status: first.status,
    statusText: situationInWords(first, language),
  },
});
