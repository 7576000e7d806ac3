import { randomBytes } from "node:crypto";
import * as z from "zod";
import { downloadSeconds } from "../../shared/attachment/attachment.ts";
import { attachmentPath, openingOriginal, refuseUnlessOriginal } from "../../shared/attachment/reading.ts";
import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import { moved } from "../../shared/case/case.ts";
import { makeMove } from "../../shared/case/moves/move-flow.ts";
import { mayRead } from "../../shared/case/moves/table.ts";
import { noCaseForOfficer } from "../../shared/case/receipt/receipt.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { logger } from "../../shared/observability.ts";

export interface EvidenceRoom {
  cases: CaseStore;
  directory: DirectoryStore;
  evidence: Omit<Evidence, "limits">;
  now: () => Date;
}

/**
 * `POST /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/opening`: the sealed original of a file, with all that
 * it may tell of who took it, for a reason. The history says who read it and why before the address is given.
 */
export const openOriginal = ({ cases, directory, evidence, now }: EvidenceRoom) =>
  officerEndpoint(
    {
      summary: {
        id: "Buka berkas asli lampiran, dengan alasan yang dicatat",
        en: "Open the original of an attachment, for a reason that is recorded",
      },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }), body: openingOriginal },
      output: { 200: z.object({ url: z.string(), expiresAt: z.iso.datetime() }) },
    },
    async ({ path, body }, { officer, language }) => {
      const found = await cases.get(path.trackingNumber);
      const way = found ? await directory.pathOf(found.holder) : [];
      const who = { role: officer.role, own: way.includes(officer.agencyId) };
      if (!found || !mayRead(who)) throw noCaseForOfficer();
      const { attachmentId } = path;
      const readable = async () => {
        const one = await evidence.attachments.find(found.trackingNumber, attachmentId);
        refuseUnlessOriginal(one, found);
        return one;
      };
      const at = now();
      await makeMove(
        { cases, directory },
        found,
        {
          move: "open-original",
          who,
          act: {
            by: { role: officer.role, agencyId: officer.agencyId, officerId: officer.id },
            at,
            salt: randomBytes(16).toString("base64url"),
          },
          body: { ...body, attachmentId },
          seen: undefined,
          language,
        },
        async (act) => {
          await readable();
          return moved(found, act, "original-opened", { attachmentId, reason: body.reason });
        },
      );
      logger.info("original opened", { trackingNumber: found.trackingNumber, attachmentId });
      const url = await (await evidence.files()).download("sealed", await readable());
      return ok({ url, expiresAt: new Date(at.getTime() + downloadSeconds * 1000).toISOString() });
    },
  );
