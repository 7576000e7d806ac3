import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt } from "../../../shared/http/page/officer.ts";
import { seeOther } from "../../../shared/http/page/route.ts";
import { page } from "../../../shared/http/reply.ts";
import { officersCase } from "../../../shared/page/officer/move-addresses.ts";
import { numberAddress, numberPageOf } from "../../../shared/page/officer/number-page.ts";
import type { Desk } from "../desk.ts";

/** `/petugas/laporan`: opens the case whose number somebody types, or says how a number looks. */
export const numberPage = ({ frame }: Desk): Route[] =>
  officerPageAt(
    frame,
    numberAddress,
    { query: z.strictObject({ nomor: z.string().optional() }) },
    async ({ query: { nomor } }, visit) => {
      const { language } = visit;
      const { data } = trackingNumber.safeParse(nomor);
      if (data !== undefined) return seeOther(officersCase(data), language);
      return page(numberPageOf(visit, frame.files, nomor), nomor === undefined ? 200 : 404);
    },
  );
