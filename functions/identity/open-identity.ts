import * as z from "zod";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { openIdentity, opening } from "../../shared/case/moves/identity.ts";
import { makeMove, namesOf, standingOf } from "../../shared/case/moves/move-flow.ts";
import { legalMoves, situationOf } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { viewOf } from "../../shared/case/views/case-view.ts";
import { officerView } from "../../shared/case/views/schemas.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { identityView, viewOfIdentity } from "../../shared/reporter/reporter.ts";
import { actOf, type Vault } from "./vault.ts";

/**
 * `POST /v1/officer/cases/{trackingNumber}/identity-opening`: who reported it. Put on record before anything is opened; the
 * reporter is told.
 */
export const openReporter = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Buka identitas pelapor", en: "Open the reporter's identity" },
      input: { path: z.strictObject({ trackingNumber }), body: opening },
      /** Null where it was removed in the meantime. */
      output: { 200: officerView.extend({ identity: identityView.nullable() }) },
    },
    async ({ path, body }, { officer, language }) => {
      const { cases, directory, reporters, now } = vault;
      const { found, who } = await standingOf(vault, await cases.get(path.trackingNumber), officer);
      const request = { move: "open-identity", who, body, seen: undefined, language } as const;
      const after = await makeMove(vault, found, { ...request, act: actOf(officer, now()) }, (act) =>
        openIdentity(found, { ...body, how: "shown" }, act),
      );
      const identity = await reporters.find(path.trackingNumber);
      const [names, counting] = await Promise.all([
        namesOf(directory, { case: after, events: [] }),
        countingOf(directory, after.holder),
      ]);
      const reader = who.role === "ombudsman-observer" ? "observer" : "officer";
      return ok({
        ...viewOf(after, reader, names, language, { ...counting, at: now() }),
        legalMoves: legalMoves(situationOf(after), who),
        identity: identity ? viewOfIdentity(identity) : null,
      });
    },
  );
