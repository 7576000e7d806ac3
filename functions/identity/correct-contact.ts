import * as z from "zod";
import { caseStatus } from "../../shared/case/case.ts";
import { correctContact, correction } from "../../shared/case/moves/identity.ts";
import { makeMove } from "../../shared/case/moves/move-flow.ts";
import { pacedMove } from "../../shared/case/moves/pace.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { asReporter } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { answerNotice, officeMailboxNotice } from "../../shared/reporter/answer-notice.ts";
import { identityView, viewOfIdentity } from "../../shared/reporter/reporter.ts";
import { type Vault, veiled } from "./vault.ts";

/** `PUT /v1/cases/{trackingNumber}/contact`: corrects who the reporter is and how to reach them. */
export const correctReporter = (vault: Vault) =>
  reporterEndpoint(
    {
      summary: { id: "Perbaiki data diri saya", en: "Correct my personal data" },
      input: { path: z.strictObject({ trackingNumber }), body: correction },
      output: {
        200: z.object({
          status: caseStatus,
          identity: identityView.nullable(),
          /** What the reporter should know besides. Absent where there is nothing. */
          notices: z.array(answerNotice).min(1).optional(),
        }),
      },
      refusals: {
        conflict: contradictsCase,
        "too-many-requests": "The contact data were corrected too often within an hour.",
      },
    },
    async ({ path, body }, caller) => {
      const { language } = caller;
      const known = () => vault.reporters.find(path.trackingNumber);
      const { after } = await makeMove(
        vault,
        await asReporter(vault, path.trackingNumber, caller),
        { move: "correct-contact", body: veiled(body, caller.receipt), language },
        ({ found, act }) =>
          pacedMove("correct-contact", { found, at: act.at }, async () =>
            correctContact(found, body, { ...act, before: await known(), language }),
          ),
      );
      const identity = await known();
      const notices = officeMailboxNotice(body, language);
      return ok({
        status: after.status,
        identity: identity ? viewOfIdentity(identity) : null,
        ...(notices.length > 0 && { notices }),
      });
    },
  );
