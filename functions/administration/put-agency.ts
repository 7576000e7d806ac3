import * as z from "zod";
import { agencyAs, agencyEntry } from "../../shared/directory/administration/agency.ts";
import { deepest } from "../../shared/directory/administration/powers.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { created, etag, ok } from "../../shared/http/reply.ts";
import { agencyId } from "../../shared/text/id.ts";
import { agencyView, pathOf, type Registry, seen, store, witnesses } from "./registry.ts";

/** Counts the levels from an agency downwards, itself included. */
async function heightOf({ entries }: Registry, id: string): Promise<number> {
  let height = 0;
  for (let level = [id]; level.length > 0 && height <= deepest; height++)
    level = (await Promise.all(level.map((one) => entries.under("agency", one)))).flat().map(({ id }) => id);
  return height;
}

/**
 * `PUT /v1/admin/agencies/{id}`: creates an agency, or makes it what the body says. Another `parent` moves it in the
 * tree.
 */
export const putAgency = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Buat atau ubah instansi, atau pindahkan dalam pohon instansi",
        en: "Create or change an agency, or move it in the tree",
      },
      input: { path: z.strictObject({ id: agencyId }), header: seen, body: agencyEntry },
      output: { 200: agencyView, 201: agencyView },
    },
    async ({ path: { id }, header, body }, { officer, language }) => {
      const path = await pathOf(registry, id);
      const [before] = path;
      const moves = before?.entry.parent !== body.parent;
      const [above, region, height] = await Promise.all([
        moves ? pathOf(registry, body.parent) : path.slice(1),
        body.regionCode === undefined ? undefined : registry.directory.region(body.regionCode),
        before && moves ? heightOf(registry, id) : 1,
      ]);
      const change = agencyAs(before, id, body, {
        who: officer,
        at: registry.now(),
        path,
        above,
        knownRegion: region !== undefined,
        height,
      });
      const after = await store(registry, before, change, {
        seen: header["if-match"],
        language,
        // Two moves at the same moment could make a circle. So nobody may close or move an agency above at that moment.
        rests: moves ? witnesses(above) : [],
      });
      const version = etag(after.version);
      return before ? ok(after.entry, version) : created(after.entry, `/v1/admin/agencies/${id}`, version);
    },
  );
