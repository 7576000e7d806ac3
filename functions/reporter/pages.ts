import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { appealPage } from "./appeal-page.ts";
import { followPage } from "./follow-page.ts";
import { identityConsentPage } from "./identity-consent-page.ts";
import { mailsPage } from "./mails-page.ts";
import { objectPage } from "./object-page.ts";
import { originalsPage } from "./originals-page.ts";
import { ratePage } from "./rate-page.ts";
import { receiptPage } from "./receipt-page.ts";
import { redactPage } from "./redact-page.ts";
import { referralPage } from "./referral-page.ts";
import { removeAttachmentPage } from "./remove-attachment-page.ts";
import { replyPage } from "./reply-page.ts";
import { separatePage } from "./separate-page.ts";
import { withdrawPage } from "./withdraw-page.ts";

/** The routes that the pages of reporters and followers ask. */
export interface AskedRoutes {
  /** The case as its reporter sees it. */
  see: Endpoint;
  reply: Endpoint;
  confirm: Endpoint;
  appeal: Endpoint;
  object: Endpoint;
  withdraw: Endpoint;
  separate: Endpoint;
  redact: Endpoint;
  consent: Endpoint;
  consentToOpening: Endpoint;
  rotate: Endpoint;
  eraseOriginals: Endpoint;
  chooseMails: Endpoint;
  removeAttachment: Endpoint;
  follow: Endpoint;
}

/** The pages of a reporter, one a move, and of those who follow a case. */
export const pages = (frame: Frame, asked: AskedRoutes): Route[] => [
  ...replyPage(frame, asked.see, asked.reply),
  ...ratePage(frame, asked.see, asked.confirm),
  ...appealPage(frame, asked.see, asked.appeal),
  ...objectPage(frame, asked.see, asked.object),
  ...withdrawPage(frame, asked.see, asked.withdraw),
  ...separatePage(frame, asked.see, asked.separate),
  ...redactPage(frame, asked.see, asked.redact),
  ...referralPage(frame, asked.see, asked.consent),
  ...identityConsentPage(frame, asked.see, asked.consentToOpening),
  ...receiptPage(frame, asked.see, asked.rotate),
  ...originalsPage(frame, asked.see, asked.eraseOriginals),
  ...mailsPage(frame, asked.see, asked.chooseMails),
  ...removeAttachmentPage(frame, asked.see, asked.removeAttachment),
  ...followPage(frame, asked.follow),
];
