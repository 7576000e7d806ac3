import type { CaseStatus } from "../case/case.ts";
import type { Likened } from "../case/lists/duplicates.ts";
import { localDay } from "../deadline/calendar/local-date.ts";
import type { TimeZone } from "../deadline/calendar/time-zone.ts";
import type { Language } from "../language.ts";
import { asSpelled, type Written } from "../text/stems.ts";

/** Two reports are in the same words that have so many stems in common, and such a share of the shorter one's. */
const alike = { words: 3, share: 0.5 };

/** Why two reports are similar. */
export interface Similarity {
  isSameCategory: boolean;
  /** Stems that both have. Empty where they are not in the same words. */
  words: string[];
}

/** What is compared of a report: its category and the stems of its words. */
type Compared = Pick<Likened, "category" | "words">;

const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one === other;

/**
 * How similar a case is to one of the same kabupaten or kota: by its category, or by its words. Undefined where it is not. `words`
 * are those that the reader may see of the other one.
 */
export function similarityOf(one: Compared, { category, words = [] }: Compared): Similarity | undefined {
  const theirs = new Set(words);
  const common = (one.words ?? []).filter((word) => theirs.has(word));
  const shorter = Math.max(1, Math.min(one.words?.length ?? 0, words.length));
  const inSameWords = common.length >= alike.words && common.length / shorter >= alike.share;
  const isSameCategory = isSame(one.category, category);
  return isSameCategory || inSameWords ? { isSameCategory, words: inSameWords ? common : [] } : undefined;
}

/**
 * Orders cases by the day on which they were sent, the newest first, and those of a day by their numbers: the time of a case that
 * the reader may not read decides nothing.
 */
export const newestDayFirst =
  (zone: TimeZone) =>
  (a: Likened, b: Likened): number =>
    localDay(Date.parse(b.submittedAt), zone) - localDay(Date.parse(a.submittedAt), zone) ||
    (a.trackingNumber < b.trackingNumber ? -1 : 1);

/** Whether it is known where a case belongs: somebody has verified it. */
export const isPlaced = ({
  status,
  verifiedAt,
}: {
  status: CaseStatus;
  verifiedAt?: string | undefined;
}): boolean => verifiedAt !== undefined && status !== "submitted";

/**
 * Why a case is similar, as officers read it. `said`: the words of the case that is compared, to name those that the other one has
 * too. Without it their number alone is told.
 */
export function similarityInWords(
  { isSameCategory, words }: Similarity,
  language: Language,
  said: Written | undefined,
): string[] {
  const named = said ? `: ${asSpelled(words, said).join(", ")}` : "";
  return [
    ...(isSameCategory ? [{ id: "Kategori sama", en: "Same category" }[language]] : []),
    ...(words.length > 0
      ? [
          {
            id: `${words.length} kata sama${named}`,
            en: `${words.length} words in common${named}`,
          }[language],
        ]
      : []),
  ];
}
