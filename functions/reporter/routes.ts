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
import { pages } from "./pages.ts";
import { redactCase } from "./redact.ts";
import { removeMyAttachment } from "./remove-attachment.ts";
import { replyToCase } from "./reply.ts";
import { rotateReceiptOfCase } from "./rotate-receipt.ts";
import { separateCase } from "./separate.ts";
import { showOwnCase } from "./show-own-case.ts";
import { showUnsubscribing, unsubscribe } from "./unsubscribe.ts";
import { withdrawCase } from "./withdraw.ts";

const ofCase = "/v1/cases/{trackingNumber}";

/** The link in every mail to a reporter. */
const ofLink = "/v1/unsubscribe/{token}";

/** The link in the mail to whoever wants to follow a case. */
const ofWish = "/v1/follow/{token}";

/** The routes of reporters, who bring a receipt, of those who follow a case, and of the links in mails to both. */
export const routes = (counter: Counter): Route[] => {
  const asked = {
    see: showOwnCase(counter),
    reply: replyToCase(counter),
    confirm: confirmCase(counter),
    appeal: appealCase(counter),
    object: objectToArchivalOfCase(counter),
    withdraw: withdrawCase(counter),
    separate: separateCase(counter),
    redact: redactCase(counter),
    consent: consentToReferral(counter),
    consentToOpening: consentToIdentityOpening(counter),
    rotate: rotateReceiptOfCase(counter),
    eraseOriginals: eraseMyOriginals(counter),
    chooseMails: chooseMails(counter),
    removeAttachment: removeMyAttachment(counter),
    follow: followCase(counter),
  };
  return [
    post(`${ofCase}/replies`, asked.reply),
    post(`${ofCase}/confirmation`, asked.confirm),
    post(`${ofCase}/appeal`, asked.appeal),
    post(`${ofCase}/objection`, asked.object),
    post(`${ofCase}/withdrawal`, asked.withdraw),
    post(`${ofCase}/separation`, asked.separate),
    post(`${ofCase}/redaction`, asked.redact),
    post(`${ofCase}/referral-consent`, asked.consent),
    post(`${ofCase}/receipt-rotation`, asked.rotate),
    post(`${ofCase}/identity-consent`, asked.consentToOpening),
    post(`${ofCase}/attachments`, attachFile(counter)),
    post(`${ofCase}/attachments/{attachmentId}/removal`, asked.removeAttachment),
    ...attachmentsPage(counter),
    post(`${ofCase}/original-erasure`, asked.eraseOriginals),
    put(`${ofCase}/mail-settings`, asked.chooseMails),
    get(ofLink, showUnsubscribing(counter)),
    post(ofLink, unsubscribe(counter)),
    post(`${ofCase}/followers`, asked.follow),
    get(ofWish, showFollow(counter)),
    post(ofWish, confirmFollow(counter)),
    ...pages(counter.frame, asked),
  ];
};
