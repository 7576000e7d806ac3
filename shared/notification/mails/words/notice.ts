import type { Text } from "../../../language.ts";

/** What the sentences of a mail may name. Each is "" where the event has none. */
export interface Named {
  agency: string;
  /** The date until which something holds, in words. */
  until: string;
  /** The date until which the reporter may object to an archival, in words. */
  objectUntil: string;
  /** Why a limit was extended. */
  reason: string;
}

type Sentence = (names: Named) => Text;

/** The words of a mail about one event. */
export interface Notice {
  subject: Text;
  /** What happened. */
  told: Sentence;
  /** What the reader may do now. */
  todo: Sentence;
}

/** A sentence that names nothing. */
export const said = (id: string, en: string): Sentence => {
  const text = { id, en };
  return () => text;
};

/** No sentence at all. */
export const nothing = said("", "");
