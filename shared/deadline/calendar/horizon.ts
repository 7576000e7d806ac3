import type { Text } from "../../language.ts";
import { localDate } from "./local-date.ts";
import { localDateInWords } from "./time-zone.ts";

/**
 * Limits and holidays are set for so many years ahead at most. Regulations and decrees speak of the next year or two. What lies
 * further ahead is a slip of the pen, and stored it would wait for ever without anybody seeing it.
 */
const yearsAhead = 5;

/** The last day that limits and holidays are set for, in Jakarta. */
export const lastDayAhead = (now: Date): string =>
  `${Number(localDate(now, "Asia/Jakarta").slice(0, 4)) + yearsAhead}-12-31`;

/** Says what the last day is. */
export const tooFarAhead = (now: Date): Text => ({
  id: `Paling jauh ${yearsAhead} tahun ke depan, sampai ${localDateInWords(lastDayAhead(now), "id")}.`,
  en: `At most ${yearsAhead} years ahead, until ${localDateInWords(lastDayAhead(now), "en")}.`,
});
