import * as z from "zod";
import type { Counting } from "../../../deadline/clock.ts";
import { refuseFields } from "../../../refusal.ts";
import { written } from "../../../text/writing.ts";
import { type Act, type Case, type CaseFile, type Moved, moved } from "../../case.ts";
import { endOfReplyWindow } from "../../clocks/case-clocks.ts";
import { lastAnswer } from "../../views/reading/as-read.ts";
import { answering } from "../officer.ts";

export const answerCorrection = z.strictObject({
  text: answering.shape.text,
  /** Ids of attachments of this case. Without the field the evidence stays as it is. */
  evidence: z.array(z.string().max(80)).max(5).optional(),
  reason: written(2_000),
});

/** The later of two last moments of days. Nobody is refused before a day that they were told. */
const later = (told: string | undefined, counted: string): string =>
  told !== undefined && Date.parse(told) > Date.parse(counted) ? told : counted;

/**
 * Puts other words in place of the last answer. The reporter has the whole reply window again; where the case is closed it stays
 * closed, and the reporter may appeal for as long. Refuses a correction that changes nothing.
 */
export function correctAnswer(
  { case: found, events }: CaseFile,
  { text, evidence, reason }: z.output<typeof answerCorrection>,
  { counting, ...act }: Act & { counting: Counting },
): Moved {
  const answer = lastAnswer(events);
  const corrected = { text, evidence: evidence ?? answer?.evidence ?? [] };
  if (text === answer?.text && JSON.stringify(corrected.evidence) === JSON.stringify(answer.evidence))
    throw refuseFields([
      {
        in: "body",
        path: "text",
        message: {
          id: "Jawaban yang berlaku sudah berbunyi demikian. Tulis jawaban yang sudah diralat.",
          en: "The answer reads so already. Write the corrected answer.",
        },
      },
    ]);
  const counted = endOfReplyWindow(found, act.at, counting);
  const window: Pick<Case, "replyUntil" | "appealUntil"> =
    found.status === "closed"
      ? { appealUntil: later(found.appealUntil, counted) }
      : { replyUntil: later(found.replyUntil, counted) };
  return moved(found, act, "answer-corrected", { ...corrected, reason, ...window }, window);
}
