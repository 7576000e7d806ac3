import { noCaseForOfficer } from "../../../shared/case/moves/refusals.ts";
import { officerView } from "../../../shared/case/views/schemas.ts";
import type { Endpoint } from "../../../shared/http/endpoint.ts";
import type { OfficerVisit } from "../../../shared/http/page/officer.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { html } from "../../../shared/page/html.ts";
import { pageIn, type StaticFiles } from "../../../shared/page/layout.ts";
import type { OfficerView } from "../../../shared/page/officer/case/case.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { Refusal } from "../../../shared/refusal.ts";

/** A case as an officer sees it, with what they may do in any of their posts. */
export interface CaseSeen {
  view: OfficerView;
  legalMoves: ReadonlySet<string>;
}

/**
 * Asks for a case in each post that the officer holds. One post may read it whole and another not, and each has moves of its own.
 * Nothing where the number is unknown or the case out of reach of all of them.
 */
export async function caseSeenBy(
  visit: OfficerVisit,
  show: Endpoint,
  trackingNumber: string,
): Promise<CaseSeen | undefined> {
  const seen = await Promise.all(
    visit.posts.map(async ({ id }) => {
      try {
        const asked = { path: { trackingNumber }, headers: { "officer-post": id } };
        return [await visit.ask(show, asked, officerView)];
      } catch (error) {
        if (error instanceof Refusal && error.kind === "not-found") return [];
        throw error;
      }
    }),
  );
  const views = seen.flat();
  const view = views.find(({ text }) => text !== undefined) ?? views[0];
  return view && { view, legalMoves: new Set(views.flatMap(({ legalMoves = [] }) => legalMoves)) };
}

const words = {
  title: { id: "Ini tidak dapat dibuka", en: "This cannot be opened" },
  why: {
    id: "Mungkin nomornya salah, atau laporan itu sudah diteruskan ke instansi lain.",
    en: "The number may be wrong, or the report has gone to another agency.",
  },
  queue: { id: "Buka antrean", en: "Open the queues" },
  desk: { id: "Ke meja Anda", en: "To your desk" },
} as const satisfies Record<string, Text>;

/** What an officer reads of an unknown number, and of a case out of their reach: the same. `refusal`: what is not there, where it is no case. */
export function noCasePage(visit: OfficerVisit, files: StaticFiles, refusal?: Refusal): Reply {
  const { language } = visit;
  const { text } = refusal ?? noCaseForOfficer();
  return page(
    deskPage(visit, files, {
      title: words.title[language],
      narrow: true,
      main: html`<h1>${words.title[language]}</h1>
<p>${text[language]} ${!refusal && words.why[language]}</p>
<p class="row"><a class="button" href="${pageIn(language, "/petugas/antrean")}">${words.queue[language]}</a><a class="link" href="${pageIn(language, "/petugas")}">${words.desk[language]}</a></p>`,
    }),
    404,
  );
}

/** Whether a page can have pictures: only then may it load them from the bucket. */
export const hasPictures = ({ attachments = [] }: OfficerView): boolean =>
  attachments.some(({ state, thumbnail }) => state === "clean" && thumbnail);
