import * as z from "zod";
import { downloadSeconds } from "../../shared/attachment/attachment.ts";
import { attachmentPath, openingOriginal, refuseUnlessOriginal } from "../../shared/attachment/reading.ts";
import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import { type Case, moved } from "../../shared/case/case.ts";
import { asOfficer, makeMove } from "../../shared/case/moves/move-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { logger } from "../../shared/platform/observability.ts";

/** What the route that opens originals works with. */
export interface EvidenceRoom {
  cases: CaseStore;
  directory: DirectoryStore;
  evidence: Omit<Evidence, "limits">;
  now: () => Date;
}

/**
 * `POST /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/opening`: the sealed original of a file, for a
 * reason. An original may tell who took it, so the history says who read it and why before the address is given.
 */
export const openOriginal = (room: EvidenceRoom) =>
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
      const { trackingNumber, attachmentId } = path;
      const readable = async (found: Case) => {
        const one = await room.evidence.attachments.find(trackingNumber, attachmentId);
        refuseUnlessOriginal(one, found);
        return one;
      };
      const before = await asOfficer(room, await room.cases.get(trackingNumber), officer);
      const { at } = await makeMove(
        room,
        before,
        { move: "open-original", body: { ...body, attachmentId }, language },
        async ({ found, act }) => {
          await readable(found);
          return moved(found, act, "original-opened", { attachmentId, reason: body.reason });
        },
      );
      logger.info("original opened", { trackingNumber, attachmentId });
      const url = await (await room.evidence.files()).download("sealed", await readable(before.found));
      return ok({ url, expiresAt: new Date(at.getTime() + downloadSeconds * 1000).toISOString() });
    },
  );
