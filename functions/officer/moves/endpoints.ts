import type { FormMove } from "../../../shared/page/officer/moves/table.ts";
import { answerCase } from "../answer-case.ts";
import { archiveCase } from "../archive-case.ts";
import { askReporter } from "../ask-reporter.ts";
import { assignCase } from "../assign-case.ts";
import { correctLastAnswer } from "../correct-answer.ts";
import type { Desk, MoveEndpoint } from "../desk.ts";
import { extendLimit } from "../extend-limit.ts";
import { joinCase } from "../join-case.ts";
import { noteInternally } from "../note-internally.ts";
import { noteProgress } from "../note-progress.ts";
import { referCase } from "../refer-case.ts";
import { restoreCase } from "../restore-case.ts";
import { returnToLevelAbove } from "../return-case.ts";
import { separateCase } from "../separate-case.ts";
import { upholdArchival } from "../uphold-archival.ts";
import { verifyCase } from "../verify-case.ts";
import { withdrawOpenQuestion } from "../withdraw-question.ts";
import { withholdOfficersWords } from "../withhold-words.ts";

/** The declared route behind the page of each move. */
export const moveEndpoints = (desk: Desk): Readonly<Record<FormMove, MoveEndpoint>> => ({
  verify: verifyCase(desk),
  assign: assignCase(desk),
  return: returnToLevelAbove(desk),
  ask: askReporter(desk),
  "withdraw-question": withdrawOpenQuestion(desk),
  progress: noteProgress(desk),
  note: noteInternally(desk),
  answer: answerCase(desk),
  "correct-answer": correctLastAnswer(desk),
  withhold: withholdOfficersWords(desk),
  extend: extendLimit(desk),
  archive: archiveCase(desk),
  join: joinCase(desk),
  restore: restoreCase(desk),
  uphold: upholdArchival(desk),
  separate: separateCase(desk),
  refer: referCase(desk),
});
