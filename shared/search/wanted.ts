import { refuseFields } from "../refusal.ts";
import { isCode, normaliseCode } from "../text/code.ts";
import { wordsIn } from "./words.ts";

/** What somebody looks for: every one of these words, and every one of these phrases. A phrase stands in one piece. */
export interface Wanted {
  words: readonly string[];
  phrases: readonly (readonly string[])[];
}

const quote = '["\u201C\u201D\u201E\u00AB\u00BB\uFF02]';
const quoted = new RegExp(`${quote}([^"\u201C\u201D\u201E\u00AB\u00BB\uFF02]*)${quote}`, "gu");

const nothingToLookFor = () =>
  refuseFields([
    {
      in: "query",
      path: "q",
      message: {
        id: "Tulis setidaknya satu kata yang khas, misalnya: lampu jalan.",
        en: "Write at least one telling word, such as: street light.",
      },
    },
  ]);

/**
 * Reads what somebody typed. Words in quotes are a phrase, everything else is words. A quote that nothing ends is no quote. Throws
 * where no word is left to look for.
 */
export function wantedIn(typed: string): Wanted {
  const inQuotes = [...typed.matchAll(quoted)].map(([, words = ""]) => wordsIn(words));
  const words = wordsIn(typed.replace(quoted, " "));
  const wanted = {
    words: [...new Set([...words, ...inQuotes.filter(({ length }) => length === 1).flat()])],
    phrases: inQuotes.filter(({ length }) => length > 1),
  };
  if (wanted.words.length + wanted.phrases.length === 0) throw nothingToLookFor();
  return wanted;
}

/** The tracking number that somebody typed to look for; undefined where they typed words. */
export function numberIn(typed: string): string | undefined {
  const code = normaliseCode(typed);
  return isCode(code, 10) ? `${code.slice(0, 5)}-${code.slice(5)}` : undefined;
}
