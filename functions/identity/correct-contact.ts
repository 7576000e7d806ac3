import * as z from "zod";
import { caseStatus } from "../../shared/case/case.ts";
import { correctContact, correction } from "../../shared/case/moves/identity.ts";
import { makeMove } from "../../shared/case/moves/move-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { identityView, viewOfIdentity } from "../../shared/reporter/reporter.ts";
import { actOfReporter, byReporter, ownCase, type Vault, veiled } from "./vault.ts";

/** `PUT /v1/cases/{trackingNumber}/contact`: who the reporter is and how to reach them, from now on. */
export const correctReporter = (vault: Vault) =>
  reporterEndpoint(
    {
      summary: { id: "Perbaiki data diri saya", en: "Correct my personal data" },
      input: { path: z.strictObject({ trackingNumber }), body: correction },
      output: { 200: z.object({ status: caseStatus, identity: identityView.nullable() }) },
    },
    async ({ path, body }, caller) => {
      const { receipt, language } = caller;
      const { reporters, now } = vault;
      const found = await ownCase(vault, path.trackingNumber, caller);
      const request = {
        move: "correct-contact",
        who: byReporter,
        act: actOfReporter(now()),
        body: veiled(body, receipt),
        seen: undefined,
        language,
      } as const;
      const after = await makeMove(vault, found, request, async (act) =>
        correctContact(found, body, {
          ...act,
          before: await reporters.find(path.trackingNumber),
          language,
        }),
      );
      const identity = await reporters.find(path.trackingNumber);
      return ok({ status: after.status, identity: identity ? viewOfIdentity(identity) : null });
    },
  );
