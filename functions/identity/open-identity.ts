import * as z from "zod";
import { mayBeOpened, openIdentity, opening } from "../../shared/case/moves/identity.ts";
import { asOfficer, makeMove, viewAfter } from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { officerView } from "../../shared/case/views/schemas.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { identityView, viewOfIdentity } from "../../shared/reporter/reporter.ts";
import type { Vault } from "./vault.ts";

/**
 * `POST /v1/officer/cases/{trackingNumber}/identity-opening`: who reported it. The history says so before anything is
 * opened, and the reporter is told.
 */
export const openReporter = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Buka identitas pelapor", en: "Open the reporter's identity" },
      input: { path: z.strictObject({ trackingNumber }), body: opening },
      /** Null where the identity was removed, or the consent taken back, in the meantime. */
      output: { 200: officerView.extend({ identity: identityView.nullable() }) },
      refusals: { conflict: contradictsCase },
    },
    async ({ path, body }, { officer, language }) => {
      const made = await makeMove(
        vault,
        await asOfficer(vault, await vault.cases.get(path.trackingNumber), officer),
        { move: "open-identity", body, language },
        ({ found, act }) => openIdentity(found, { ...body, how: "shown" }, act),
      );
      const identity = await vault.reporters.find(path.trackingNumber);
      // The consent may have been taken back since the move.
      const now = await vault.cases.get(path.trackingNumber);
      return ok({
        ...(await viewAfter(vault, made, language)),
        identity: identity && now && mayBeOpened(now) ? viewOfIdentity(identity) : null,
      });
    },
  );
