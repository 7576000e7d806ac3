import { get, post, type Route } from "../../shared/http/endpoint.ts";
import { answerCase } from "./answer-case.ts";
import { archiveCase } from "./archive-case.ts";
import { askReporter } from "./ask-reporter.ts";
import { assignCase } from "./assign-case.ts";
import { attachFile } from "./attach-file.ts";
import { showCalendar } from "./calendar/show-calendar.ts";
import { correctLastAnswer } from "./correct-answer.ts";
import { countCases } from "./count-cases.ts";
import { describeCaller } from "./describe-caller.ts";
import type { Desk } from "./desk.ts";
import { extendLimit } from "./extend-limit.ts";
import { fetchAttachment } from "./fetch-attachment.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { joinCase } from "./join-case.ts";
import { listQueue } from "./list-queue.ts";
import { noteInternally } from "./note-internally.ts";
import { noteProgress } from "./note-progress.ts";
import { pages } from "./pages.ts";
import { proveHistory } from "./prove-history.ts";
import { referCase } from "./refer-case.ts";
import { removeAttachment } from "./remove-attachment.ts";
import { restoreCase } from "./restore-case.ts";
import { returnToLevelAbove } from "./return-case.ts";
import { separateCase } from "./separate-case.ts";
import { showCase } from "./show-case.ts";
import { showRouting } from "./show-routing.ts";
import { upholdArchival } from "./uphold-archival.ts";
import { verifyCase } from "./verify-case.ts";
import { withdrawOpenQuestion } from "./withdraw-question.ts";
import { withholdOfficersWords } from "./withhold-words.ts";

const ofCase = "/v1/officer/cases/{trackingNumber}";

/** The routes of officers. */
export const routes = (desk: Desk): Route[] => [
  get("/v1/officer/me", describeCaller(desk)),
  get("/v1/officer/cases", listQueue(desk)),
  get("/v1/officer/counts", countCases(desk)),
  get(ofCase, showCase(desk)),
  get(`${ofCase}/proof`, proveHistory(desk)),
  post(`${ofCase}/verification`, verifyCase(desk)),
  post(`${ofCase}/assignment`, assignCase(desk)),
  post(`${ofCase}/return`, returnToLevelAbove(desk)),
  post(`${ofCase}/question`, askReporter(desk)),
  post(`${ofCase}/question-withdrawal`, withdrawOpenQuestion(desk)),
  post(`${ofCase}/progress`, noteProgress(desk)),
  post(`${ofCase}/notes`, noteInternally(desk)),
  post(`${ofCase}/answer`, answerCase(desk)),
  post(`${ofCase}/answer-correction`, correctLastAnswer(desk)),
  post(`${ofCase}/withholding`, withholdOfficersWords(desk)),
  post(`${ofCase}/extension`, extendLimit(desk)),
  post(`${ofCase}/archival`, archiveCase(desk)),
  get(`${ofCase}/duplicates`, findDuplicates(desk)),
  get(`${ofCase}/routing`, showRouting(desk)),
  post(`${ofCase}/joining`, joinCase(desk)),
  post(`${ofCase}/separation`, separateCase(desk)),
  post(`${ofCase}/restoration`, restoreCase(desk)),
  post(`${ofCase}/upholding`, upholdArchival(desk)),
  post(`${ofCase}/referral`, referCase(desk)),
  post(`${ofCase}/attachments`, attachFile(desk)),
  get(`${ofCase}/attachments/{attachmentId}`, fetchAttachment(desk)),
  post(`${ofCase}/attachments/{attachmentId}/removal`, removeAttachment(desk)),
  get("/v1/calendar/{token}", showCalendar(desk)),
  ...pages(desk),
];
