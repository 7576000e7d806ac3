import { get, post, put, type Route } from "../../shared/http/endpoint.ts";
import { appealCase } from "./appeal.ts";
import { attachFile } from "./attach-file.ts";
import { chooseMails } from "./choose-mails.ts";
import { confirmCase } from "./confirm.ts";
import { consentToReferral } from "./consent.ts";
import { consentToIdentityOpening } from "./consent-to-opening.ts";
import type { Counter } from "./counter.ts";
import { eraseMyOriginals } from "./erase-originals.ts";
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

/** The routes of reporters, who bring a receipt, and of the links in mails to them. */
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
  post(`${ofCase}/original-erasure`, eraseMyOriginals(counter)),
  put(`${ofCase}/mail-settings`, chooseMails(counter)),
  get(ofLink, showUnsubscribing(counter)),
  post(ofLink, unsubscribe(counter)),
];
