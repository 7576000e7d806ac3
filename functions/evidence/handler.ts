import { attachmentLimits } from "../../shared/attachment/attachment.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles, lazyFiles } from "../../shared/attachment/upload-flow.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { frameVariables, officerFrameOf } from "../../shared/http/page/frame.ts";
import { serve } from "../../shared/http/serve.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { json, settings, text } from "../../shared/platform/settings.ts";
import { routes } from "./routes.ts";

/** What the stack tells this function. */
export const variables = {
  DIRECTORY_TABLE: text,
  CASES_TABLE: text,
  ATTACHMENTS_BUCKET: text,
  ATTACHMENT_LIMITS: json(attachmentLimits),
  VERIFYING_AGENCY: text,
  ...frameVariables,
};
const env = settings(variables);

const dynamo = dynamoClient();
const now = () => new Date();
const frame = officerFrameOf(env, { now });
const directory = directoryStore(dynamo, env.DIRECTORY_TABLE);
// This one remembers nothing, so whoever loses the power over secrets opens nothing from then on.
const officers = directoryStore(dynamo, env.DIRECTORY_TABLE, Date.now, 0);
const attachments = attachmentStore(dynamo, env.CASES_TABLE);

export const handler = serve(
  routes({
    cases: caseStore(dynamo, { cases: env.CASES_TABLE }),
    directory,
    evidence: { attachments, files: lazyFiles(env.ATTACHMENTS_BUCKET) },
    filesOf: knownFiles({ attachments, limits: env.ATTACHMENT_LIMITS }),
    verifyingAgency: env.VERIFYING_AGENCY,
    frame,
    now,
  }),
  officers,
  { errorPage: errorPageOf(frame) },
);
