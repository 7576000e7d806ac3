import * as z from "zod";
import { written } from "../../../text/writing.ts";
import { type Act, type Case, type Moved, moved } from "../../case.ts";

export const questionWithdrawal = z.strictObject({ reason: written(2_000) });

/**
 * Takes the open question back. The case goes back to where it was asked, and the clocks go on as if the reporter had replied.
 * A reply that comes after it is kept as a reply.
 */
export const withdrawQuestion = (
  found: Case,
  { reason }: z.output<typeof questionWithdrawal>,
  act: Act,
): Moved =>
  moved(
    found,
    act,
    "question-withdrawn",
    { reason },
    { status: found.resumesAs ?? "submitted", resumesAs: undefined },
  );
