import type { Case } from "../case/case.ts";
import type { CaseEvent } from "../case/history.ts";
import { Refusal } from "../refusal.ts";
import { bodyOfMove, moveAsRead } from "./moves.ts";
import type { Rulebook } from "./rulebook.ts";
import { otherIn, postOf, type PracticeState } from "./run.ts";
import type { OtherCase, PractisedMove } from "./scenario.ts";

/** A move of practice that nobody has made: the case before and after it, and its event. */
interface ForeseenInPractice {
  before: Case;
  after: Case;
  event: CaseEvent;
}

/** A join can be foreseen before anybody knows to which case: nothing matters of it but that it is there. */
const someOther =
  ({ file: { case: found } }: PracticeState): OtherCase =>
  (trackingNumber) => {
    const { joinedTo: _, ...rest } = found;
    return { ...rest, trackingNumber, status: "assigned" };
  };

/** What a move would do with what was typed, or else with anything that can be said. Undefined where too little is known yet. */
export function foreseenInPractice(
  state: PracticeState,
  move: PractisedMove,
  { typed, otherwise }: { typed: unknown; otherwise: unknown },
  book: Rulebook,
): ForeseenInPractice | undefined {
  const { file, at, scenario } = state;
  const known = otherIn(scenario, at, book);
  const some = someOther(state);
  const read = bodyOfMove(move).safeParse(typed);
  for (const body of [...(read.success ? [read.data] : []), otherwise])
    try {
      const other: OtherCase = (number) => known(number) ?? (body === otherwise ? some(number) : undefined);
      const after = moveAsRead(file, { by: postOf(state), move, body }, { at, book, other });
      const event = after.events.at(-1);
      return event && { before: file.case, after: after.case, event };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  return undefined;
}
