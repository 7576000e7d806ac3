import { type Day, dayEnd, dayOf, localDay } from "../../deadline/calendar/local-date.ts";
import type { TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language } from "../../language.ts";
import { asSpelled, type Written } from "../../text/stems.ts";
import type { Case } from "../case.ts";

/** Two reports of one main category this near to each other, in metres and days, are likely about the same thing. */
const nearby = { metres: 100, days: 14 };

/**
 * The side of a square in degrees: about 500 metres in all of Indonesia. Whoever may not read a case learns at most in
 * which square it lies. The squares lie fixed on the earth. No report moves them.
 */
const squareSide = 0.0045;

/** Two reports must have at least so many words in common, and such a share of the shorter one's words. */
const alike = { words: 3, share: 0.5 };

/** The fields of a case that are compared. */
export type Likened = Pick<Case, "trackingNumber" | "submittedAt" | "category" | "location" | "words">;

interface Point {
  latitude: number;
  longitude: number;
}

const pointOf = ({ location }: Likened): Point | undefined =>
  location?.latitude === undefined || location.longitude === undefined
    ? undefined
    : { latitude: location.latitude, longitude: location.longitude };

const earthRadius = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

function metresFrom(a: Point, b: Point): number {
  const halfNorth = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const halfEast = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const chord = halfNorth + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * halfEast;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Metres between the locations of two reports; undefined where one of them has no coordinates. */
export function metresBetween(one: Likened, other: Likened): number | undefined {
  const [a, b] = [pointOf(one), pointOf(other)];
  return a && b && metresFrom(a, b);
}

/** The nearest that something in the square of this coordinate can be to another coordinate. */
const nearestInSquare = (coordinate: number, to: number): number => {
  const edge = Math.floor(coordinate / squareSide) * squareSide;
  return Math.min(Math.max(to, edge), edge + squareSide);
};

/** Whether a report may be near to another one of which only the square is known. It asks nothing else of the other's place. */
function mayBeNear(one: Likened, other: Likened): boolean {
  const [a, b] = [pointOf(one), pointOf(other)];
  if (!a || !b) return false;
  const nearest = {
    latitude: nearestInSquare(b.latitude, a.latitude),
    longitude: nearestInSquare(b.longitude, a.longitude),
  };
  return metresFrom(a, nearest) <= nearby.metres;
}

const dayMs = 24 * 60 * 60 * 1000;
const daysBetween = (one: string, other: string): number =>
  Math.abs(Date.parse(one) - Date.parse(other)) / dayMs;

/** The local day of an instant. The public sees the date alone of a case whose time would tell too much. */
const dayOfMoment = (moment: string, zone: TimeZone): Day =>
  /^\d{4}-\d\d-\d\d$/.test(moment) ? dayOf(moment) : localDay(Date.parse(moment), zone);

/** Local days, both ends included. */
export interface Days {
  from: Day;
  to: Day;
}

/** The days in which a duplicate of a case may have been submitted, one more than needed at both ends. */
export function daysAround({ submittedAt }: Likened, zone: TimeZone): Days {
  const day = dayOfMoment(submittedAt, zone);
  return { from: day - nearby.days - 1, to: day + nearby.days + 1 };
}

/** The instants between which these days lie. */
export const spanOf = ({ from, to }: Days, zone: TimeZone): { from: string; to: string } => ({
  from: new Date(dayEnd(from - 1, zone)).toISOString(),
  to: new Date(dayEnd(to, zone) - 1).toISOString(),
});

/**
 * What one call compares of the reports that it read, the newest first: those of whole days. `next` is the day to go on
 * with, where there are more. A page that ended between two reports of a day would tell which came first. Of a day with
 * more reports than one call reads, only the newest are compared.
 */
export function wholeDays<T extends Likened>(
  read: readonly T[],
  isAll: boolean,
  zone: TimeZone,
): { items: readonly T[]; next: Day | undefined } {
  const last = read.at(-1);
  if (isAll || !last) return { items: read, next: undefined };
  const day = dayOfMoment(last.submittedAt, zone);
  const whole = read.filter(({ submittedAt }) => dayOfMoment(submittedAt, zone) !== day);
  return whole.length > 0 ? { items: whole, next: day } : { items: read, next: day - 1 };
}

export interface Likeness {
  /** From 0 to 1. */
  score: number;
  /** Whether the two are of one main category and near each other, or may be. */
  isSameSpot: boolean;
  /** Whole metres, where the two are near each other and of one main category, and the reader may read both. */
  metres?: number;
  days: number;
  /** Stems that both have. */
  words: string[];
}

const mainOf = ({ category }: Likened): string | undefined => category?.split("/", 1)[0];
const isSameMatter = (one: Likened, other: Likened): boolean =>
  mainOf(one) !== undefined && mainOf(one) === mainOf(other);

/** The stems of both, in the order of the first. */
const inCommon = (one: readonly string[] = [], other: readonly string[] = []): string[] => {
  const theirs = new Set(other);
  return one.filter((word) => theirs.has(word));
};

/** The highest score of two reports that are near each other, and of two that are not. */
const highest = { sameSpot: 1, sameWords: 0.9 };

/** Judges two reports by what they have in common. `length` is how many stems the shorter one has. */
function judged(
  isSameSpot: boolean,
  { days, words, length }: { days: number; words: string[]; length: number },
): Likeness | undefined {
  // The share is of the shorter report: one may say in a line what the other tells in a page.
  const share = words.length / Math.max(1, length);
  const inSameWords = words.length >= alike.words && share >= alike.share;
  if (days > nearby.days || (!isSameSpot && !inSameWords)) return undefined;
  const score = isSameSpot ? 0.6 + 0.4 * share : highest.sameWords * share;
  return { score: Math.round(100 * score) / 100, isSameSpot, days: Math.floor(days), words };
}

/**
 * How alike two reports of one region are, for a reader who may read both, and why. Undefined where nothing says that they
 * are about one thing.
 */
export function likenessOf(one: Likened, other: Likened): Likeness | undefined {
  if (one.trackingNumber === other.trackingNumber) return undefined;
  const metres = metresBetween(one, other);
  const isSameSpot = metres !== undefined && metres <= nearby.metres && isSameMatter(one, other);
  const likeness = judged(isSameSpot, {
    days: daysBetween(one.submittedAt, other.submittedAt),
    words: inCommon(one.words, other.words),
    length: Math.min(one.words?.length ?? 0, other.words?.length ?? 0),
  });
  return likeness && { ...likeness, ...(isSameSpot && { metres: Math.round(metres) }) };
}

/**
 * How alike a report is to one that the reader may not read. Only what everybody may see of the other is compared: its
 * category, its date, the stems of its title, and of its place the square. Whoever sends any number of reports to be
 * compared learns no more of it.
 */
export function likenessFromOutside(
  one: Likened,
  other: Likened,
  seen: { submittedAt: string; titleWords: readonly string[]; zone: TimeZone },
): Likeness | undefined {
  if (one.trackingNumber === other.trackingNumber) return undefined;
  // A stem counts that the title shows. The other's own stems only say which of those it had from the beginning.
  const shown = inCommon(other.words, seen.titleWords);
  return judged(isSameMatter(one, other) && mayBeNear(one, other), {
    days: Math.abs(dayOfMoment(one.submittedAt, seen.zone) - dayOfMoment(seen.submittedAt, seen.zone)),
    words: inCommon(one.words, shown),
    length: Math.min(one.words?.length ?? 0, shown.length),
  });
}

/** A report that may be like another one, and the highest score that it may have. */
export interface Candidate {
  trackingNumber: string;
  score: number;
}

/** The likeliest first, and of equally likely ones the lower number: the time of a report decides nothing. */
export const likeliestFirst = (a: Candidate, b: Candidate): number =>
  b.score - a.score || (a.trackingNumber < b.trackingNumber ? -1 : 1);

/** The reports that may be alike, whoever reads them. No other one is alike by `likenessOf` or `likenessFromOutside`. */
export const candidatesFor = <T extends Likened>(one: Likened, others: readonly T[]): (T & Candidate)[] =>
  others
    .flatMap((other) => {
      if (one.trackingNumber === other.trackingNumber) return [];
      if (isSameMatter(one, other) && mayBeNear(one, other)) return [{ ...other, score: highest.sameSpot }];
      const common = inCommon(one.words, other.words).length;
      return common >= alike.words ? [{ ...other, score: highest.sameWords }] : [];
    })
    .sort(likeliestFirst);

const onDays = { id: (days: number) => `selisih ${days} hari`, en: (days: number) => `${days} days apart` };

/** Without a distance, the sentence holds no number but the days. */
const spotInWords = (metres: number | undefined, apart: string) =>
  metres === undefined
    ? {
        id: `Kategori utama sama, mungkin berdekatan, ${apart}`,
        en: `Same main category, perhaps near each other, ${apart}`,
      }
    : {
        id: `Kategori utama sama, jarak ${metres} meter, ${apart}`,
        en: `Same main category, ${metres} metres away, ${apart}`,
      };

/**
 * Why a report is likely the same, as officers read it. `said`: the words of the report that is compared, to name those that the
 * other one has too. Without it their number alone is told.
 */
export function reasonsOf(
  { isSameSpot, metres, days, words }: Likeness,
  language: Language,
  said: Written | undefined,
): string[] {
  const spot = spotInWords(metres, onDays[language](days))[language];
  const named = said && words.length > 0 ? `: ${asSpelled(words, said).join(", ")}` : "";
  const common =
    language === "id" ? `${words.length} kata sama${named}` : `${words.length} words in common${named}`;
  return [...(isSameSpot ? [spot] : []), ...(words.length > 0 ? [common] : [])];
}
