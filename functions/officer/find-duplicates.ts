import * as z from "zod";
import type { Case } from "../../shared/case/case.ts";
import { type Likeness, likenessOf, reasonsOf, spanAround } from "../../shared/case/lists/duplicates.ts";
import { cursor } from "../../shared/case/lists/search.ts";
import { canBeFollowed } from "../../shared/case/moves/joining.ts";
import { asOfficer, standingOf } from "../../shared/case/moves/move-flow.ts";
import { noCaseForOfficer } from "../../shared/case/moves/refusals.ts";
import { mayEver, mayRead } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { viewOf } from "../../shared/case/views/case-view.ts";
import { namesOf } from "../../shared/case/views/names-flow.ts";
import { officerView, publicView } from "../../shared/case/views/schemas.ts";
import { isHidden } from "../../shared/case/views/visibility.ts";
import { asCursor } from "../../shared/cursor.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Desk } from "./desk.ts";

/** One call compares so many reports of a kabupaten or kota. */
const compared = 250;
/** One call shows so many likely duplicates. */
const shown = 10;

const duplicate = z.object({
  score: z.number(),
  /** The reasons, in words that a person can check. */
  reasons: z.array(z.string()),
  metres: z.int().optional(),
  days: z.int(),
  /** Another agency's case is shown as everybody may see it. Another agency's secret case is not shown. */
  case: z.union([officerView, publicView]),
});

/**
 * `GET /v1/officer/cases/{trackingNumber}/duplicates`: likely duplicates, the likeliest first. A call compares a
 * bounded number of reports. The cursor leads to older ones.
 */
export const findDuplicates = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Laporan yang mungkin sama", en: "Find likely duplicates of a case" },
      input: {
        path: z.strictObject({ trackingNumber }),
        query: z.strictObject({ cursor: cursor.optional() }),
      },
      output: { 200: z.object({ items: z.array(duplicate), cursor: z.string().nullable() }) },
    },
    async ({ path, query }, { officer, language }) => {
      const { cases, directory } = desk;
      const { found, who } = await asOfficer(desk, await cases.get(path.trackingNumber), officer);
      if (!mayEver("verify", who) && !mayEver("assign", who))
        throw new Refusal("forbidden", {
          id: "Hanya petugas yang memverifikasi atau mendisposisikan laporan yang dapat mencari laporan yang sama.",
          en: "Only officers who verify or assign cases can look for duplicates.",
        });
      if (!found.location) return ok({ items: [], cursor: null });

      const page = await cases.around(found.location.regionCode, {
        ...spanAround(found),
        after: query.cursor,
        limit: compared,
      });
      const likely = page.items
        .flatMap((other) => {
          const likeness = likenessOf(found, other);
          return likeness ? [{ number: other.trackingNumber, likeness }] : [];
        })
        .sort((a, b) => b.likeness.score - a.likeness.score)
        .slice(0, shown);

      const shownAs = async (other: Case, likeness: Likeness) => {
        const open = mayRead(await standingOf(desk, other, officer));
        // Another agency's secret case does not exist for this officer.
        if (!canBeFollowed(other) || (!open && isHidden(other))) return [];
        const names = await namesOf(directory, { case: other, events: [] });
        const { score, metres, days } = likeness;
        return [
          {
            score,
            reasons: reasonsOf(likeness, language, open),
            ...(metres !== undefined && { metres }),
            days,
            case: viewOf(other, open ? "officer" : "public", names, language),
          },
        ];
      };
      const items = await Promise.all(
        likely.map(async ({ number, likeness }) => {
          const other = await cases.get(number);
          if (!other) throw noCaseForOfficer();
          return shownAs(other, likeness);
        }),
      );
      return ok({ items: items.flat(), cursor: asCursor(page.after) });
    },
  );
