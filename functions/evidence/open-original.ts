import * as z from "zod";
import { type Attachment, isOfReporter } from "../../shared/attachment/attachment.ts";
import {
  attachmentPath,
  attachmentsFor,
  openingOriginal,
  opensAtWork,
  refuseUnlessOriginal,
} from "../../shared/attachment/reading.ts";
import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import { type CaseFile, moved } from "../../shared/case/case.ts";
import type { Surroundings } from "../../shared/case/moves/circumstances-flow.ts";
import { type Approach, asOfficer, makeMove, whereLegal } from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { type Move, permittedMoves, readerOf, situationOf } from "../../shared/case/moves/table.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { attachmentView } from "../../shared/case/views/attachment-view.ts";
import { inWords } from "../../shared/deadline/calendar/time-zone.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import type { OfficerFrame } from "../../shared/http/page/officer.ts";
import { elsewhere, ok } from "../../shared/http/reply.ts";
import { logger } from "../../shared/platform/observability.ts";
import { Refusal } from "../../shared/refusal.ts";

/** What the route that opens originals works with. */
export interface EvidenceRoom extends Surroundings {
  cases: CaseStore;
  evidence: Omit<Evidence, "limits">;
  frame: OfficerFrame;
  now: () => Date;
}

/** Whoever gave a reason for an original may fetch it for so long after. */
const openForMs = 15 * 60 * 1000;

/** Until when an officer may fetch an original that they gave a reason for. Undefined where they gave none. */
const openUntil = (
  { events }: CaseFile,
  attachmentId: string,
  { id }: Pick<Officer, "id">,
): Date | undefined => {
  const last = events.findLast(
    ({ type, content, officerId }) =>
      type === "original-opened" && officerId === id && content.attachmentId === attachmentId,
  );
  return last && new Date(Date.parse(last.at) + openForMs);
};

/**
 * `POST /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/opening`: the sealed original of a file, for a
 * reason. An original may tell who took it, so the history says who read it and why before it can be fetched.
 */
export const openOriginal = (room: EvidenceRoom) =>
  officerEndpoint(
    {
      summary: {
        id: "Buka berkas asli lampiran, dengan alasan yang dicatat",
        en: "Open the original of an attachment, for a reason that is recorded",
      },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }), body: openingOriginal },
      output: {
        200: z.object({
          url: z.string().describe("Where the same officer fetches it with their token"),
          expiresAt: z.iso.datetime(),
        }),
      },
      refusals: { conflict: contradictsCase },
    },
    async ({ path, body }, { officer, language }) => {
      const { trackingNumber, attachmentId } = path;
      const before = await asOfficer(room, await room.cases.get(trackingNumber), officer);
      const one = await room.evidence.attachments.find(trackingNumber, attachmentId);
      await makeMove(
        room,
        before,
        { move: moveFor(one, before), body: { ...body, attachmentId }, language },
        async ({ found, act }) => {
          const one = await room.evidence.attachments.find(trackingNumber, attachmentId);
          refuseUnlessOriginal(one, found, readerOf(officer.role));
          return moved(found, act, "original-opened", { attachmentId, reason: body.reason });
        },
      );
      logger.info("original opened", { trackingNumber, attachmentId });
      const { until } = await readable(room, path, officer);
      return ok({
        url: `/v1/officer/cases/${trackingNumber}/attachments/${attachmentId}/original`,
        expiresAt: until.toISOString(),
      });
    },
  );

/**
 * `GET /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/original`: redirects whoever opened an original to it. All
 * that the opening asked for is asked again: the reporter may have taken their consent back, or had the original erased.
 */
export const fetchOriginal = (room: EvidenceRoom) =>
  officerEndpoint(
    {
      summary: {
        id: "Unduh berkas asli yang sudah dibuka dengan alasan",
        en: "Download an original that was opened for a reason",
      },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }) },
      output: { 302: z.undefined().describe("The address in Location, which works for ten seconds") },
      refusals: { conflict: contradictsCase },
    },
    async ({ path }, { officer }) => {
      const { one } = await readable(room, path, officer);
      logger.info("original fetched", path);
      return elsewhere(await (await room.evidence.files()).download("sealed", one));
    },
  );

/** What an officer knows of an original before they open it, and until when they may fetch it if they have. */
export const originalSeen = z.object({
  version: z.int(),
  anonymous: z.boolean(),
  file: attachmentView,
  /** Whether the reporter had to agree, and did. */
  consented: z.boolean(),
  openUntil: z.string().describe("In words, at the officer's agency").nullable(),
});

/**
 * Whether this officer may open an original now. It refuses what the opening would refuse, and opens nothing. For the page alone: it
 * stands in no table of routes.
 */
export const seeOriginal = (room: EvidenceRoom) =>
  officerEndpoint(
    {
      summary: { id: "Sebelum berkas asli dibuka", en: "Before an original is opened" },
      input: { path: z.strictObject({ trackingNumber, ...attachmentPath }) },
      output: { 200: originalSeen },
      refusals: { conflict: contradictsCase },
    },
    async ({ path: { trackingNumber, attachmentId } }, { officer, language }) => {
      const file = await room.cases.find(trackingNumber);
      const before = await asOfficer(room, file?.case, officer);
      const one = await room.evidence.attachments.find(trackingNumber, attachmentId);
      return whereLegal(room, before, moveFor(one, before), async () => {
        const { found } = before;
        const reader = readerOf(officer.role);
        refuseUnlessOriginal(one, found, reader);
        const at = room.now();
        const [shown] = attachmentsFor(found, [one], reader, language, at);
        const until = file && openUntil(file, attachmentId, officer);
        const agency = await room.directory.agency(officer.agencyId);
        return ok({
          version: found.version,
          anonymous: found.anonymous,
          file: shown,
          consented: isOfReporter(one) && found.identityConsentedAt !== undefined,
          openUntil:
            until && until >= at
              ? inWords(until.toISOString(), agency?.timeZone ?? "Asia/Jakarta", language)
              : null,
        });
      });
    },
  );

/** The move that an opening is, for this officer: documents are opened by whoever works on the case. */
const moveFor = (one: Attachment | undefined, { found, who }: Pick<Approach, "found" | "who">): Move =>
  opensAtWork(one, permittedMoves(situationOf(found), who)) ? "attach" : "open-original";

/** An original that an officer may fetch now, and until when. Refuses any other. */
async function readable(
  room: EvidenceRoom,
  { trackingNumber, attachmentId }: { trackingNumber: string; attachmentId: string },
  officer: Officer,
): Promise<{ one: Attachment; until: Date }> {
  const file = await room.cases.find(trackingNumber);
  const before = await asOfficer(room, file?.case, officer);
  const one = await room.evidence.attachments.find(trackingNumber, attachmentId);
  return whereLegal(room, before, moveFor(one, before), async () => {
    refuseUnlessOriginal(one, before.found, readerOf(officer.role));
    const until = file && openUntil(file, attachmentId, officer);
    if (!until || until < room.now())
      throw new Refusal("conflict", {
        id: "Buka dahulu berkas asli ini dengan alasan. Sesudah itu Anda dapat mengunduhnya selama seperempat jam.",
        en: "Open this original for a reason first. After that you can download it for a quarter of an hour.",
      });
    return { one, until };
  });
}
