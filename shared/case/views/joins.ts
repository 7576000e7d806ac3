import type { Case, CaseFile } from "../case.ts";
import type { CaseEvent } from "../history.ts";
import type { CaseReader } from "./visibility.ts";

/** What a reader of a case may know of the cases that it was ever joined to. */
export interface Joins {
  /** The numbers of those that the reader may know of. */
  known: ReadonlySet<string>;
  /** The case that it follows now, where the reader may know of all cases on the way there. */
  first?: Case;
}

/** What anybody may know where nobody looked the other cases up. */
export const noJoins: Joins = { known: new Set() };

type Told = Pick<Case, "secret" | "redaction" | "status" | "archiveReason" | "joinedTo">;

const isKeptFromPublic = ({ secret, redaction, status }: Told): boolean =>
  secret || redaction === "hidden" || status === "withdrawn";

/** Whether nobody may be told of a case because another one was joined to it. One that was joined itself is only a step on the way. */
export const isShut = (other: Told): boolean =>
  isKeptFromPublic(other) || (other.status === "archived" && other.joinedTo === undefined);

/** Whether the public may not know which case this one repeats. A case that is archived only because it repeats one tells that. */
const hidesOther = (found: Told): boolean =>
  isKeptFromPublic(found) || (found.status === "archived" && found.archiveReason !== "duplicate-of");

/** Whether anybody who reads a case in this way may know the other side of a join. Whoever may read the other case may as well. */
export const mayBeTold = (found: Case, other: Case, reader: CaseReader): boolean =>
  !isShut(other) && (reader !== "public" || !hidesOther(found));

const otherOf = ({ type, content }: CaseEvent): string | undefined =>
  type === "joined" || type === "archived" ? content.duplicateOf : undefined;

/** The numbers of all cases that a case was ever joined to, or archived as a repetition of. */
export const joinedNumbers = ({ case: found, events }: CaseFile): string[] => [
  ...new Set([found.duplicateOf, ...events.map(otherOf)].filter((number) => number !== undefined)),
];

/** Whether the reader may not know the case that this one repeats. */
export const repeatsUnknown = ({ duplicateOf }: Pick<Case, "duplicateOf">, { known }: Joins): boolean =>
  duplicateOf !== undefined && !known.has(duplicateOf);

/** The numbers of the events that tell of a join whose other side the reader may not know: its beginning and its end. */
export function untoldJoins(events: readonly CaseEvent[], { known }: Joins): ReadonlySet<number> {
  const untold = new Set<number>();
  let isUntold = false;
  for (const event of events) {
    const other = otherOf(event);
    if (other !== undefined) isUntold = !known.has(other);
    if (isUntold && (other !== undefined || event.type === "separated")) untold.add(event.sequence);
  }
  return untold;
}
