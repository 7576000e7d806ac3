import { type ClockReading, viewOfClock } from "../../deadline/clock-view.ts";
import { districtPart, liesIn, placeName } from "../../directory/regions/place.ts";
import type { Language } from "../../language.ts";
import { type Case, type CaseFile, reportOf, statusText } from "../case.ts";
import { situationInWords } from "../moves/table.ts";
import { byDay, isByDay } from "./by-day.ts";
import { type Joins, noJoins, repeatsUnknown } from "./joins.ts";
import { masked } from "./masking/masking.ts";
import { type Names, withName } from "./names.ts";
import { viewOfObjection } from "./objection-view.ts";
import { textFor } from "./reading/withheld.ts";
import type { CaseView } from "./schemas.ts";
import { timelineOf, untoldTimes } from "./timeline.ts";
import {
  caseFields,
  type CaseReader,
  eventFields,
  isHidden,
  type Reader,
  seenAs,
  seenBy,
} from "./visibility.ts";

/** What a view says of the clocks: where they are counted, and as of when. */
export interface Reading extends ClockReading {
  at: Date;
  /** Times of events of which the public is not told. A clock that began or ended with one shows the date. */
  untold?: ReadonlySet<string>;
}

/** The title as a reader reads it who may not read words that are withheld in it. */
const titleFor = ({ title, withheldInTitle = [] }: Case, reader: Reader, language: Language): string =>
  textFor(title, withheldInTitle, { reader, language });

/** The title as the public reads it: the reporter's last wording for it, masked. */
const publicTitleOf = (found: Case, language: Language): string =>
  found.publicTitle === undefined ? titleFor(found, "public", language) : masked(found.publicTitle, language);

/** The text as the public reads it: the reporter's last wording for it, masked. */
const publicTextOf = (file: CaseFile, language: Language): string => {
  const redactions = file.events.flatMap((event) => (event.type === "redacted" ? [event.content] : []));
  const reworded = redactions.findLast(({ text }) => text !== undefined);
  return masked(reworded?.text ?? reportOf(file).text, language);
};

/**
 * Coordinates are never public. Of an anonymous report neither the address nor the kelurahan or desa is: people report from
 * where they live, and some villages have few people.
 */
const publicLocation = (
  { regionCode, address }: NonNullable<Case["location"]>,
  { anonymous }: Case,
  language: Language,
) => ({
  regionCode: anonymous ? districtPart(regionCode) : regionCode,
  ...(address && !anonymous && { address: masked(address, language) }),
});

/** A location with the name of its place. Where the directory does not have the region, the name is of what it has above it. */
const withRegionName = <L extends { regionCode: string }>(place: L, { regionPath }: Names) => ({
  ...place,
  regionName: placeName(regionPath.filter(({ code }) => liesIn(place.regionCode, code))) ?? place.regionCode,
});

/** The clocks of a case as one kind of reader sees them. */
export function clocksSeenBy(found: Case, reader: CaseReader, reading: Reading, language: Language) {
  const only = isByDay(found, reader) ? undefined : reading.untold;
  return found.clocks.map((one) => {
    const seen = viewOfClock(one, reading.at, reading, language);
    // The days are those of the zone that the date was counted in, so that both agree.
    return reader === "public" ? byDay(seen, one.countedBy?.timeZone ?? reading.timeZone, only) : seen;
  });
}

/** Fields that the public does not see of a case that repeats one of which the reader may not know. */
const ofRepetition = new Set(["duplicateOf", "archiveReason"]);

/** The fields of a case that a reader sees as they are stored, or by date. */
function fieldsSeenBy(found: Case, reader: CaseReader, { timeZone }: Names, joins: Joins): Case {
  const seen = seenBy(seenAs(found, reader), caseFields, found);
  const hidden = repeatsUnknown(found, joins) ? ofRepetition : new Set<string>();
  const shown = Object.fromEntries(
    Object.entries(seen).filter(
      ([field]) => !hidden.has(field) || (field === "archiveReason" && reader !== "public"),
    ),
  ) as Case;
  return isByDay(found, reader) ? byDay(shown, timeZone) : shown;
}

/** What a joined case says of the one that it follows. */
const followed = (first: Case, language: Language) => ({
  follows: {
    trackingNumber: first.trackingNumber,
    status: first.status,
    statusText: situationInWords(first, language),
  },
});

/** Where a case stands, in words. The public knows nothing of a join whose other side it may not know. */
const standsAt = (found: Case, reader: CaseReader, joins: Joins, language: Language): string =>
  reader === "public" && repeatsUnknown(found, joins)
    ? statusText[found.status][language]
    : situationInWords(found, language);

/** Whether the agency that has to answer is still to be found: the reporter named none, and none had the case yet. */
const isUnplaced = ({ status, agencyId, returns }: Case): boolean =>
  status === "submitted" && agencyId === undefined && returns === 0;

/** What the reporter reads of an objection to the archival of their case. */
function objectionOf(found: Case, { agencies }: Names, reading: Reading, language: Language) {
  const agency = agencies[found.holder] ?? found.holder;
  const objection = viewOfObjection(found, { at: reading.at, office: reading }, agency, language);
  return objection && { objection };
}

/** The case itself, without its history, as one kind of reader sees it. */
export function viewOf(
  found: Case,
  reader: CaseReader,
  names: Names,
  language: Language,
  reading?: Reading,
  joins: Joins = noJoins,
): CaseView {
  const as = seenAs(found, reader);
  const seen = fieldsSeenBy(found, reader, names, joins);
  // What is taken out here is shown in another form below (schemas.ts).
  const {
    location,
    category,
    agencyId: _a,
    holder,
    answeredBy,
    clocks,
    objection: _o,
    policyVersion: _p,
    ...plain
  } = seen;
  return {
    ...plain,
    ...(as === "public" && { title: publicTitleOf(found, language) }),
    ...(as === "reporter" && { title: titleFor(found, as, language) }),
    ...(as === "reporter" && !isHidden(found) && { publicTitle: publicTitleOf(found, language) }),
    statusText: standsAt(found, reader, joins, language),
    agency: isUnplaced(found) ? null : withName(names.agencies, holder),
    ...(answeredBy && { answeredBy: withName(names.agencies, answeredBy) }),
    ...(category && { category: { id: category, name: names.category ?? category } }),
    ...(location && {
      location: withRegionName(as === "public" ? publicLocation(location, found, language) : location, names),
    }),
    ...(clocks && reading && { clocks: clocksSeenBy(found, reader, reading, language) }),
    ...(joins.first && followed(joins.first, language)),
    ...(as === "reporter" && reading && objectionOf(found, names, reading, language)),
  };
}

/** A case with its history, as one kind of reader sees it. */
export function fileViewOf(
  file: CaseFile,
  reader: CaseReader,
  names: Names,
  language: Language,
  reading?: Reading,
  joins: Joins = noJoins,
): CaseView {
  const as = seenAs(file.case, reader);
  const { text } = seenBy(as, eventFields.submitted.content, reportOf(file));
  const untold = untoldTimes(file, as, joins);
  return {
    ...viewOf(file.case, reader, names, language, reading && { ...reading, untold }, joins),
    ...(text !== undefined && { text: as === "public" ? publicTextOf(file, language) : text }),
    ...(as === "reporter" && !isHidden(file.case) && { publicText: publicTextOf(file, language) }),
    timeline: timelineOf(file.events, as, { names, language, joins, byDay: isByDay(file.case, reader) }),
  };
}
