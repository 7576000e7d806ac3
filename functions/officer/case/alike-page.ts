import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { alikeList, compared } from "../../../shared/page/officer/case/case-alike.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { officersCase } from "../../../shared/page/officer/move-addresses.ts";
import { nextPage } from "../../../shared/page/parts/lists.ts";
import type { Desk } from "../desk.ts";
import { duplicatesFound } from "../find-duplicates.ts";
import { type CaseSeen, caseSeenBy, noCasePage } from "./seen.ts";

const words = {
  title: { id: "Laporan yang mungkin sama", en: "Reports that may be the same" },
  comparing: { id: "Bandingkan dua laporan", en: "Compare two reports" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  all: { id: "Semua yang mungkin sama", en: "All that may be the same" },
  first: { id: "Dari yang paling mungkin", en: "The likeliest first" },
  older: { id: "Lihat yang lebih lama", en: "See older ones" },
  gone: {
    id: "Laporan lain itu tidak dapat dibandingkan: nomornya salah, atau Anda tidak dapat melihatnya.",
    en: "The other report cannot be compared: its number is wrong, or you cannot see it.",
  },
} as const satisfies Record<string, Text>;

interface Endpoints {
  show: Endpoint;
  find: Endpoint;
}

/** The case that is compared: whole where the officer may read it, and as everybody sees it where it is a likely duplicate. */
async function otherOf(visit: OfficerVisit, { show, find }: Endpoints, { view }: CaseSeen, number: string) {
  if (number === view.trackingNumber) return undefined;
  const [open, { items }] = await Promise.all([
    caseSeenBy(visit, show, number),
    visit.ask(find, { path: { trackingNumber: view.trackingNumber } }, duplicatesFound),
  ]);
  const likely = items.find((one) => one.case.trackingNumber === number);
  const shown = open?.view ?? likely?.case;
  return (
    shown && {
      view: shown,
      open: open !== undefined,
      reasons: likely?.reasons ?? [],
      canBeJoined: open?.legalMoves.has("join") ?? false,
    }
  );
}

/** `/petugas/laporan/{trackingNumber}/serupa`: likely duplicates of a case, and any of them beside it. */
export function alikePage(desk: Desk, endpoints: Endpoints): Route[] {
  const { frame } = desk;

  const framed = (visit: OfficerVisit, seen: CaseSeen, title: Text, main: Hole): Reply => {
    const { language } = visit;
    const back = officersCase(seen.view.trackingNumber);
    return page(
      deskPage(visit, frame.files, {
        title: title[language],
        main: html`<p><a class="back" href="${pageIn(language, back)}">${words.back[language]}</a></p>
<h1>${title[language]}</h1>
${main}`,
      }),
    );
  };

  const comparing = async (visit: OfficerVisit, seen: CaseSeen, number: string): Promise<Reply> => {
    const { language } = visit;
    const other = await otherOf(visit, endpoints, seen, number);
    const all = html`<p><a class="link" href="${pageIn(language, `${officersCase(seen.view.trackingNumber)}/serupa`)}">${words.all[language]}</a></p>`;
    if (!other) return framed(visit, seen, words.comparing, html`<p>${words.gone[language]}</p>${all}`);
    const joins = { this: seen.legalMoves.has("join"), other: other.canBeJoined };
    return framed(
      visit,
      seen,
      words.comparing,
      html`${compared(seen.view, other, { joins, language })}${all}`,
    );
  };

  return officerPageAt(
    frame,
    "/petugas/laporan/{trackingNumber}/serupa",
    {
      path: z.strictObject({ trackingNumber }),
      query: z.strictObject({
        dengan: trackingNumber.optional(),
        cursor: z.string().max(200).optional(),
      }),
    },
    async ({ path, query }, visit) => {
      const { language } = visit;
      const seen = await caseSeenBy(visit, endpoints.show, path.trackingNumber);
      if (!seen) return noCasePage(visit, frame.files);
      if (query.dengan !== undefined) return comparing(visit, seen, query.dengan);
      const { items, cursor } = await visit.ask(
        endpoints.find,
        { path, query: { cursor: query.cursor } },
        duplicatesFound,
      );
      const here = pageIn(language, `${officersCase(path.trackingNumber)}/serupa`);
      return framed(
        visit,
        seen,
        words.title,
        html`<h2>${words.first[language]}</h2>
${alikeList(items, path.trackingNumber, language)}
${nextPage(cursor === null ? undefined : `${here}?cursor=${encodeURIComponent(cursor)}`, words.older[language])}`,
      );
    },
  );
}
