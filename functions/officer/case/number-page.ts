import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { mistypedNumber, officerPageAt } from "../../../shared/http/page/officer.ts";
import { seeOther } from "../../../shared/http/page/route.ts";
import { page } from "../../../shared/http/reply.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { officersCase } from "../../../shared/page/officer/move-addresses.ts";
import { numberAddress, numberAsked, numberTitle } from "../../../shared/page/officer/number-page.ts";
import type { Desk } from "../desk.ts";

/** `/petugas/laporan`: opens the case whose number somebody types, or says how a number looks. */
export const numberPage = ({ frame }: Desk): Route[] =>
  officerPageAt(
    frame,
    numberAddress,
    { query: z.strictObject({ nomor: z.string().optional() }) },
    async ({ query: { nomor } }, visit) => {
      const { language } = visit;
      if (nomor === undefined) {
        const main = numberAsked(undefined, language);
        return page(deskPage(visit, frame.files, { title: numberTitle[language], narrow: true, main }));
      }
      const { data } = trackingNumber.safeParse(nomor);
      return data === undefined
        ? mistypedNumber(frame, visit, nomor)
        : seeOther(officersCase(data), language);
    },
  );
