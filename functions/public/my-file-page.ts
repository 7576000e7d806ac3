import * as z from "zod";
import { attachmentPath } from "../../shared/attachment/reading.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { pageAt, seeOther } from "../../shared/http/page/route.ts";
import { openReceipt } from "../../shared/http/page/session.ts";
import type { Frame } from "../../shared/http/page/visit.ts";

/**
 * `/berkas/{trackingNumber}/{attachmentId}`: leads whoever has the case open to the inspected copy of a file, or to its thumbnail.
 * It stands here because no other function of the reporter's may read files.
 */
export const myFilePage = (frame: Frame, file: Endpoint): Route[] =>
  pageAt(
    "/berkas/{trackingNumber}/{attachmentId}",
    {
      path: z.strictObject({ trackingNumber, ...attachmentPath }),
      query: z.strictObject({ kecil: z.literal("1").optional() }),
    },
    async ({ path, query }, visit) => {
      const receipt = await openReceipt(frame, visit, path.trackingNumber);
      if (receipt === undefined)
        return seeOther(`/lacak?nomor=${path.trackingNumber}&sesi=habis`, visit.language);
      return visit.reply(file, { path, receipt, query: { thumbnail: query.kecil && "true" } });
    },
  );
