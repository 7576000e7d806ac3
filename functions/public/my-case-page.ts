import * as z from "zod";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterView } from "../../shared/case/views/schemas.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { pageAt, seeOther } from "../../shared/http/page/route.ts";
import { keptOpen, openReceipt } from "../../shared/http/page/session.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { page } from "../../shared/http/reply.ts";
import type { Text } from "../../shared/language.ts";
import { whoseTurn } from "../../shared/page/case/whose-turn.ts";
import { html } from "../../shared/page/html.ts";
import { layout } from "../../shared/page/layout.ts";

const words = {
  title: { id: "Laporan saya", en: "My report" },
} as const satisfies Record<string, Text>;

/** `/saya/{trackingNumber}`: the case as its reporter sees it. Whoever has not opened it with the receipt is asked for it. */
export const myCasePage = (frame: Frame, track: Endpoint): Route[] =>
  pageAt("/saya/{trackingNumber}", { path: z.strictObject({ trackingNumber }) }, async ({ path }, visit) => {
    const { language } = visit;
    const receipt = await openReceipt(frame, visit, path.trackingNumber);
    if (receipt === undefined) return seeOther(`/lacak?nomor=${path.trackingNumber}&sesi=habis`, language);
    const found = await visit.ask(track, { path, receipt }, reporterView);
    return {
      ...page(
        layout({
          language,
          address: `/saya/${path.trackingNumber}`,
          files: frame.files,
          title: words.title[language],
          quickExit: true,
          main: html`<h1>${found.title}</h1>${whoseTurn(found, language, "reporter")}`,
        }),
      ),
      cookies: [await keptOpen(frame, visit, path.trackingNumber, receipt)],
    };
  });
