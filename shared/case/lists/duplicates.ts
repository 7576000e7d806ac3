import type { Language } from "../../language.ts";
import type { Case } from "../case.ts";

/** Two reports of one main category this near to each other, in metres and days, are likely about the same thing. */
const nearby = { metres: 100, days: 14 };

/** Two reports must have at least so many words in common, and such a share of the shorter one's words. */
const alike = { words: 3, share: 0.5 };

/** The fields of a case that are compared. */
export type Likened = Pick<Case, "trackingNumber" | "submittedAt" | "category" | "location" | "words">;

const earthRadius = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres between the locations of two reports; undefined where one of them has no coordinates. */
export function metresBetween(one: Likened, other: Likened): number | undefined {
  const [a, b] = [one.location, other.location];
  if (a?.latitude === undefined || a.longitude === undefined) return undefined;
  if (b?.latitude === undefined || b.longitude === undefined) return undefined;
  const halfNorth = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const halfEast = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const chord = halfNorth + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * halfEast;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(chord)));
}

const dayMs = 24 * 60 * 60 * 1000;
const daysBetween = (one: Likened, other: Likened): number =>
  Math.abs(Date.parse(one.submittedAt) - Date.parse(other.submittedAt)) / dayMs;

/** The span in which a duplicate of a case may have been submitted. */
export const spanAround = ({ submittedAt }: Likened): { from: string; to: string } => {
  const shifted = (days: number) => new Date(Date.parse(submittedAt) + days * dayMs).toISOString();
  return { from: shifted(-nearby.days), to: shifted(nearby.days) };
};

export interface Likeness {
  /** From 0 to 1. */
  score: number;
  /** Whole metres, where the two are near each other and of one main category. */
  metres?: number;
  days: number;
  /** Stems that both have. */
  words: string[];
}

const mainOf = ({ category }: Likened): string | undefined => category?.split("/", 1)[0];

/** How alike two reports of one region are, and why; undefined where nothing says that they are about one thing. */
export function likenessOf(one: Likened, other: Likened): Likeness | undefined {
  const days = daysBetween(one, other);
  if (one.trackingNumber === other.trackingNumber || days > nearby.days) return undefined;
  const [mine, theirs] = [one.words ?? [], new Set(other.words)];
  const words = mine.filter((word) => theirs.has(word));
  // The share is of the shorter report: one may say in a line what the other tells in a page.
  const share = words.length / Math.max(1, Math.min(mine.length, theirs.size));
  const metres = metresBetween(one, other);
  const isNear = metres !== undefined && metres <= nearby.metres;
  const isSameMatter = mainOf(one) !== undefined && mainOf(one) === mainOf(other);
  const isSameSpot = isNear && isSameMatter;
  const inSameWords = words.length >= alike.words && share >= alike.share;
  if (!isSameSpot && !inSameWords) return undefined;
  return {
    score: Math.round(100 * (isSameSpot ? 0.6 + 0.4 * share : 0.9 * share)) / 100,
    ...(isSameSpot && { metres: Math.round(metres) }),
    days: Math.floor(days),
    words,
  };
}

const onDays = { id: (days: number) => `selisih ${days} hari`, en: (days: number) => `${days} days apart` };

/** Why a report is likely the same, as officers read it. `open`: its words may be shown, not only their number. */
export function reasonsOf({ metres, days, words }: Likeness, language: Language, open: boolean): string[] {
  const apart = onDays[language](days);
  const spot =
    language === "id"
      ? `Kategori utama sama, jarak ${metres} meter, ${apart}`
      : `Same main category, ${metres} metres away, ${apart}`;
  const named = open && words.length > 0 ? `: ${words.join(", ")}` : "";
  const common =
    language === "id"
      ? `${words.length} kata dasar sama${named}`
      : `${words.length} word stems in common${named}`;
  return [...(metres === undefined ? [] : [spot]), ...(words.length > 0 ? [common] : [])];
}
