import * as z from "zod";
import { caseStatus } from "../../shared/case/case.ts";
import { deleteIdentity, deletion } from "../../shared/case/moves/identity.ts";
import { makeMove } from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { asReporter } from "../../shared/case/receipt/receipt-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Vault } from "./vault.ts";

/** `POST /v1/cases/{trackingNumber}/identity-deletion`: deletes the reporter's identity. The case stays. */
export const deleteReporter = (vault: Vault) =>
  reporterEndpoint(
    {
      summary: { id: "Hapus identitas saya", en: "Delete my identity" },
      input: { path: z.strictObject({ trackingNumber }), body: deletion },
      output: { 200: z.object({ status: caseStatus, identity: z.null() }) },
      refusals: { conflict: contradictsCase },
    },
    async ({ path, body }, caller) => {
      const { after } = await makeMove(
        vault,
        await asReporter(vault, path.trackingNumber, caller),
        { move: "delete-identity", body, language: caller.language },
        async ({ found, act }) =>
          deleteIdentity(found, { ...act, before: await vault.reporters.find(path.trackingNumber) }),
      );
      return ok({ status: after.status, identity: null });
    },
  );
