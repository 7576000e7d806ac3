import * as z from "zod";
import { agency } from "../../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { notOnTheList } from "../../../shared/directory/regions/place.ts";
import { mostSuggested } from "../../../shared/directory/suggestion.ts";
import { suggestAgencies } from "../../../shared/directory/suggestion-flow.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { cachedForAMinute, ok } from "../../../shared/http/reply.ts";
import { refuseFields } from "../../../shared/refusal.ts";
import { regionCode } from "../../../shared/text/id.ts";
import { lookedUp } from "../../../shared/text/writing.ts";

const suggestion = z.object({
  agency: z.object(agency.shape).pick({ id: true, name: true, type: true, regionCode: true }),
  /** It fits the category by its name or its usual duty, or it governs the place. */
  fits: z.enum(["category", "place"]),
  reason: z.string(),
});

/**
 * `GET /v1/agencies/suggestions`: who may be in charge of a matter in a place, the likeliest first, each with the reason. The
 * last one is the government of the place. It helps to choose and decides nothing.
 */
export const suggestAgenciesFor = (directory: DirectoryStore) =>
  endpoint(
    {
      summary: { id: "Usulan instansi tujuan", en: "Suggest agencies for a report" },
      input: { query: z.strictObject({ category: lookedUp(250).optional(), region: regionCode }) },
      output: { 200: z.object({ items: z.array(suggestion).max(mostSuggested), cursor: z.null() }) },
    },
    async ({ query: { category, region } }, { language }) => {
      const [path, categoryName] = await Promise.all([
        directory.regionPath(region),
        category === undefined ? undefined : directory.categoryName(category),
      ]);
      const wrong = [
        path[0]?.code !== region && { path: "region", message: notOnTheList(path) },
        category !== undefined &&
          categoryName === undefined && {
            path: "category",
            message: {
              id: "Kategori ini tidak ada dalam daftar. Lihat /v1/categories, atau kosongkan.",
              en: "This category is not on the list. See /v1/categories, or leave it out.",
            },
          },
      ].filter((one) => typeof one === "object");
      if (wrong.length > 0) throw refuseFields(wrong.map((one) => ({ in: "query", ...one })));
      const found = await suggestAgencies(directory, { category, region });
      const { shape } = suggestion;
      return ok(
        {
          items: found.map(({ agency: one, fits, reason }) => ({
            agency: shape.agency.parse(one),
            fits,
            reason: reason[language],
          })),
          cursor: null,
        },
        cachedForAMinute,
      );
    },
  );
