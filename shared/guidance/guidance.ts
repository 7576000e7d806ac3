import type { EventType } from "../case/history.ts";
import type { ClockName, Limit } from "../deadline/policy.ts";
import type { Text } from "../language.ts";

/** How sure we are of where a rule comes from. */
export type Certainty = Limit["certainty"];

/** Where a rule comes from. None is presented as law that was not found as law. */
export interface Ground {
  text: Text;
  certainty: Certainty;
}

/** What an officer is told beside one move. */
export interface Guidance {
  /** What the officer does, and when this is the right move. */
  what: Text;
  /** By when. Where the move keeps a clock, the limit in force is told besides, or `only` that of formal requests. */
  byWhen: { clock?: ClockName; only?: "formal"; text: Text };
  grounds: readonly [Ground, ...Ground[]];
  good: Text;
  bad: Text;
  /**
   * The event that the move writes, and the field of it that holds the officer's own words. Who reads them follows from the table of
   * visibility. `correctsAnswer`: besides, the answer that is there already shows other words from then on.
   */
  writes: { event: EventType; field?: string; correctsAnswer?: true };
}

/** How sure a basis is, in plain words. */
export const certaintyText: Readonly<Record<Certainty, Text>> = {
  found: { id: "Ditemukan dalam sumber", en: "Found in a source" },
  "one-secondary-source": {
    id: "Satu sumber sekunder, belum diperiksa",
    en: "One secondary source, not checked",
  },
  "from-memory": { id: "Dari ingatan, belum diperiksa", en: "From memory, not checked" },
  "own-choice": { id: "Aturan sendiri, bukan hukum", en: "A rule of our own, not law" },
};
