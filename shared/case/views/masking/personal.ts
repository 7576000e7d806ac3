/** Kinds of words that people type into a story and that the public need not read. */
export const personalKinds = ["identity", "phone", "email", "plate", "account"] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** A stretch of a text with such words. `start` and `end` are as `slice` takes them. */
export interface Personal {
  kind: PersonalKind;
  start: number;
  end: number;
}
