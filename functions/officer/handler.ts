import { attachmentLimits } from "../../shared/attachment/attachment.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles, lazyFiles } from "../../shared/attachment/upload-flow.ts";
import { calendarAddressStore } from "../../shared/calendar-feed/address-store.ts";
import { toldCalendarStore } from "../../shared/calendar-feed/told-calendar-store.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { answerTemplateStore } from "../../shared/directory/answer-template-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { requestStore } from "../../shared/directory/request-store.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { frameVariables, officerFrameOf } from "../../shared/http/page/frame.ts";
import { serve } from "../../shared/http/serve.ts";
import { undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { openIdIssuer } from "../../shared/platform/issuer.ts";
import { json, settings, text, trueOrFalse, webAddress } from "../../shared/platform/settings.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { draftStore } from "../../shared/visitor/draft-store.ts";
import { officerDraftKeys, officerDraftsOf } from "../../shared/visitor/officer-draft-flow.ts";
import { routes } from "./routes.ts";

/** The environment of this function. */
export const variables = {
  DIRECTORY_TABLE: text,
  NOTIFICATIONS_TABLE: text,
  CASES_TABLE: text,
  ATTACHMENTS_BUCKET: text,
  ATTACHMENT_LIMITS: json(attachmentLimits),
  DRAFTS_TABLE: text,
  VERIFYING_AGENCY: text,
  HOLDS_BACK: trueOrFalse,
  SIGN_IN_ISSUER: webAddress,
  SIGN_IN_CLIENT: text,
  ...frameVariables,
};
const env = settings(variables);

const strain = strainMeter({ always: env.HOLDS_BACK });
const dynamo = dynamoClient(strain);
const now = () => new Date();
const frame = officerFrameOf(env, { now });
const directory = directoryStore(dynamo, env.DIRECTORY_TABLE);
const evidence = {
  attachments: attachmentStore(dynamo, env.CASES_TABLE),
  files: lazyFiles(env.ATTACHMENTS_BUCKET),
  limits: env.ATTACHMENT_LIMITS,
};

export const handler = serve(
  routes({
    cases: caseStore(dynamo, { cases: env.CASES_TABLE }),
    directory,
    requests: requestStore(dynamo, env.DIRECTORY_TABLE),
    undeliverables: undeliverableStore(dynamo, env.NOTIFICATIONS_TABLE),
    calendarAddresses: calendarAddressStore(dynamo, env.DIRECTORY_TABLE),
    toldCalendars: toldCalendarStore(dynamo, env.CASES_TABLE),
    evidence,
    filesOf: knownFiles(evidence),
    verifyingAgency: env.VERIFYING_AGENCY,
    answerTemplates: answerTemplateStore(dynamo, env.DIRECTORY_TABLE),
    officerDrafts: officerDraftsOf(draftStore(dynamo, env.DRAFTS_TABLE, officerDraftKeys), {
      hash: keyedHashOf(env.PAGES_KEY),
      now,
    }),
    frame,
    strain,
    issuer: openIdIssuer({ issuer: env.SIGN_IN_ISSUER, clientId: env.SIGN_IN_CLIENT }, { now }),
    now,
  }),
  directory,
  { errorPage: errorPageOf(frame) },
);
