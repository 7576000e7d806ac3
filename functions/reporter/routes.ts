import { get, post, put, type Route } from "../../shared/http/endpoint.ts";
import { appealCase } from "./appeal.ts";
import { attachFile } from "./attach-file.ts";
import { attachmentsPage } from "./attachments-page.ts";
import { chooseMails } from "./choose-mails.ts";
import { confirmCase } from "./confirm.ts";
import { consentToReferral } from "./consent.ts";
import { consentToIdentityOpening } from "./consent-to-opening.ts";
import type { Counter } from "./counter.ts";
import { eraseMyOriginals } from "./erase-originals.ts";
import { followCase } from "./follow-case.ts";
import { confirmFollow, showFollow } from "./follow-link.ts";
import { objectToArchivalOfCase } from "./object.ts";
import { redactCase } from "./redact.ts";
import { removeMyAttachment } from "./remove-attachment.ts";
import { replyToCase } from "./reply.ts";
import { rotateReceiptOfCase } from "./rotate-receipt.ts";
import { separateCase } from "./separate.ts";
import { showUnsubscribing, unsubscribe } from "./unsubscribe.ts";
import { withdrawCase } from "./withdraw.ts";

const ofCase = "/v1/cases/{trackingNumber}";

/** The link in every mail to a reporter. */
const ofLink = "/v1/unsubscribe/{token}";

/** The link in the mail to whoever wants to follow a case. */
const ofWish = "/v1/follow/{token}";

/** The routes of reporters, who bring a receipt, of those who follow a case, and of the links in mails to both. */
export const routes = (counter: Counter): Route[] => [
  post(`${ofCase}/replies`, replyToCase(counter)),
  post(`${ofCase}/confirmation`, confirmCase(counter)),
  post(`${ofCase}/appeal`, appealCase(counter)),
  post(`${ofCase}/objection`, objectToArchivalOfCase(counter)),
  post(`${ofCase}/withdrawal`, withdrawCase(counter)),
  post(`${ofCase}/separation`, separateCase(counter)),
  post(`${ofCase}/redaction`, redactCase(counter)),
  post(`${ofCase}/referral-consent`, consentToReferral(counter)),
  post(`${ofCase}/receipt-rotation`, rotateReceiptOfCase(counter)),
  post(`${ofCase}/identity-consent`, consentToIdentityOpening(counter)),
  post(`${ofCase}/attachments`, attachFile(counter)),
  post(`${ofCase}/attachments/{attachmentId}/removal`, removeMyAttachment(counter)),
  ...attachmentsPage(counter),
  post(`${ofCase}/original-erasure`, eraseMyOriginals(counter)),
  put(`${ofCase}/mail-settings`, chooseMails(counter)),
  get(ofLink, showUnsubscribing(counter)),
  post(ofLink, unsubscribe(counter)),
  post(`${ofCase}/followers`, followCase(counter)),
  get(ofWish, showFollow(counter)),
  post(ofWish, confirmFollow(counter)),
];
