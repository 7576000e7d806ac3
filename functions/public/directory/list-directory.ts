import * as z from "zod";
import { asCursor, cursorOf } from "../../../shared/cursor.ts";
import { agency, category } from "../../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { servedRegionOf } from "../../../shared/directory/suggestion-flow.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { cachedForAMinute, ok } from "../../../shared/http/reply.ts";
import { agencyId, regionCode } from "../../../shared/text/id.ts";

const listed = z
  .object(agency.shape)
  .pick({ id: true, name: true, type: true, parent: true, regionCode: true, timeZone: true });

const cursor = cursorOf((after) => agencyId.safeParse(after).success);

const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), cursor: z.string().nullable() });

export const agenciesListed = pageOf(listed);
export const categoriesListed = pageOf(category);

/**
 * `GET /v1/agencies`: lists agencies by id in pages, all or those in charge of a region: of the nearest one above it that has
 * any. It shows no mailboxes for alerts.
 */
export const listAgencies = (directory: DirectoryStore) =>
  endpoint(
    {
      summary: { id: "Daftar instansi", en: "List agencies" },
      input: {
        query: z.strictObject({
          region: regionCode.optional(),
          cursor: cursor.optional(),
          limit: z
            .stringFormat("limit", /^\d{1,4}$/)
            .transform(Number)
            .pipe(z.int().min(1).max(500))
            .optional(),
        }),
      },
      output: { 200: agenciesListed },
    },
    async ({ query }) => {
      const { items, more } = await directory.agencies({
        ...(query.region && { region: await servedRegionOf(directory, query.region) }),
        ...(query.cursor && { after: query.cursor }),
        limit: query.limit ?? 100,
      });
      const last = items.at(-1);
      return ok(
        { items: items.map((one) => listed.parse(one)), cursor: asCursor(more ? last?.id : undefined) },
        cachedForAMinute,
      );
    },
  );

/** `GET /v1/categories`: lists the whole tree of categories. */
export const listCategories = (directory: DirectoryStore) =>
  endpoint(
    {
      summary: { id: "Daftar kategori", en: "List categories" },
      input: {},
      output: { 200: categoriesListed },
    },
    async () => ok({ items: await directory.categories(), cursor: null }, cachedForAMinute),
  );
