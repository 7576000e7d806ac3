import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Hole } from "../../../shared/page/html.ts";
import { officersCaseSeen } from "../../../shared/page/officer/case/case.ts";
import { alikeInShort } from "../../../shared/page/officer/case/case-alike.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import type { Desk } from "../desk.ts";
import { duplicatesFound } from "../find-duplicates.ts";
import { doneNotice } from "../queues/done-notice.ts";
import { type CaseSeen, caseSeenBy, hasPictures, noCasePage } from "./seen.ts";

const title = { id: "Laporan untuk petugas", en: "A report, for officers" };

/** Whether a case waits at an agency of this officer's that hands it further down. A unit has nobody below it. */
async function isToBeHandedDown({ directory }: Desk, { posts }: OfficerVisit, { view }: CaseSeen) {
  const holder = view.agency?.id;
  if (holder === undefined || !posts.some(({ agencyId }) => agencyId === holder)) return false;
  return (await directory.agency(holder))?.type !== "unit";
}

/** Likely duplicates of a case that waits for its verification. They are looked for before anything else is done with it. */
async function alikeOf(visit: OfficerVisit, find: Endpoint, { view, legalMoves }: CaseSeen): Promise<Hole> {
  if (!legalMoves.has("verify")) return undefined;
  const { trackingNumber } = view;
  const { items } = await visit.ask(find, { path: { trackingNumber } }, duplicatesFound);
  return alikeInShort(items, trackingNumber, visit.language);
}

/** `/petugas/laporan/{trackingNumber}`: a case as its officer works on it. */
export const casePage = (desk: Desk, { show, find }: { show: Endpoint; find: Endpoint }): Route[] =>
  officerPageAt(
    desk.frame,
    "/petugas/laporan/{trackingNumber}",
    { path: z.strictObject({ trackingNumber }) },
    async ({ path }, visit) => {
      const { language } = visit;
      const { files } = desk.frame;
      const seen = await caseSeenBy(visit, show, path.trackingNumber);
      if (!seen) return noCasePage(visit, files);
      const { view, legalMoves } = seen;
      const { follows } = view;
      const [toBeHandedDown, alike, leading, buckets] = await Promise.all([
        isToBeHandedDown(desk, visit, seen),
        alikeOf(visit, find, seen),
        follows && caseSeenBy(visit, show, follows.trackingNumber),
        hasPictures(view) ? desk.evidence.files().then((store) => store.origin()) : undefined,
      ]);
      return page(
        deskPage(visit, files, {
          title: title[language],
          ...(buckets !== undefined && { buckets: [buckets] }),
          main: officersCaseSeen(
            view,
            {
              legalMoves,
              isToBeHandedDown: toBeHandedDown,
              notice: doneNotice(visit),
              alike,
              mayCompare: ["verify", "assign", "join"].some((move) => legalMoves.has(move)),
              opensLeading: leading !== undefined,
              now: desk.now(),
            },
            language,
          ),
        }),
      );
    },
  );
