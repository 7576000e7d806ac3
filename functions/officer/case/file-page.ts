import * as z from "zod";
import { attachmentPath } from "../../../shared/attachment/reading.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt } from "../../../shared/http/page/officer.ts";
import { seeOther } from "../../../shared/http/page/route.ts";
import { isLedFromElsewhere } from "../../../shared/http/page/same-site.ts";
import { officersCase } from "../../../shared/page/officer/move-addresses.ts";
import { Refusal } from "../../../shared/refusal.ts";
import type { Desk } from "../desk.ts";
import { noCasePage } from "./seen.ts";

/**
 * `/petugas/laporan/{trackingNumber}/berkas/{attachmentId}`: leads an officer to the inspected copy of a file, or to its small
 * picture. A link on another site leads to the case only.
 */
export const filePage = ({ frame }: Desk, fetch: Endpoint): Route[] =>
  officerPageAt(
    frame,
    "/petugas/laporan/{trackingNumber}/berkas/{attachmentId}",
    {
      path: z.strictObject({ trackingNumber, ...attachmentPath }),
      query: z.strictObject({ kecil: z.string().max(5).optional() }),
    },
    async ({ path, query }, visit) => {
      if (isLedFromElsewhere(visit.event)) return seeOther(officersCase(path.trackingNumber), visit.language);
      try {
        return await visit.reply(fetch, {
          path,
          query: { thumbnail: query.kecil === "ya" ? "true" : undefined },
        });
      } catch (error) {
        if (error instanceof Refusal && error.kind === "not-found")
          return noCasePage(visit, frame.files, error);
        throw error;
      }
    },
  );
