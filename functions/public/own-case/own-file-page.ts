import * as z from "zod";
import { attachmentPath } from "../../../shared/attachment/reading.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { pageAt, seeOther } from "../../../shared/http/page/route.ts";
import { isLedFromElsewhere } from "../../../shared/http/page/same-site.ts";
import { openReceipt, whyClosed } from "../../../shared/http/page/session.ts";
import type { Frame } from "../../../shared/http/page/visit.ts";

/**
 * `/saya/{trackingNumber}/berkas/{attachmentId}`: leads to a file of a case that the visitor has open, or to its small picture. A
 * browser can send no receipt with a picture, so the session stands for it. No receipt is in any address.
 */
export const ownFilePage = (frame: Frame, file: Endpoint): Route[] =>
  pageAt(
    "/saya/{trackingNumber}/berkas/{attachmentId}",
    {
      path: z.strictObject({ trackingNumber, ...attachmentPath }),
      query: z.strictObject({ kecil: z.string().max(5).optional() }),
    },
    async ({ path, query }, visit) => {
      const receipt = await openReceipt(frame, visit, path.trackingNumber);
      if (receipt === undefined)
        return seeOther(
          `/lacak?nomor=${path.trackingNumber}&sesi=${await whyClosed(frame, visit)}`,
          visit.language,
        );
      if (isLedFromElsewhere(visit.event)) return seeOther(`/saya/${path.trackingNumber}`, visit.language);
      // The cookie stays as it is: pictures come side by side, and a late one would bring back an older session.
      return visit.reply(file, {
        path,
        receipt,
        query: { thumbnail: query.kecil === "ya" ? "true" : undefined },
      });
    },
  );
