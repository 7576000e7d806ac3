import * as z from "zod";
import { type Region, region } from "../../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { attribution } from "../../../shared/directory/regions/lower-regions.ts";
import { bestFirst, isFoundBy, mostFound, nameSearch } from "../../../shared/directory/regions/names.ts";
import {
  codesUp,
  governedPart,
  isVillage,
  notOnTheList,
  placeName,
  villageKindOf,
} from "../../../shared/directory/regions/place.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { cachedForAMinute, ok } from "../../../shared/http/reply.ts";
import { say, type Text } from "../../../shared/language.ts";
import { sideBySide } from "../../../shared/platform/side-by-side.ts";
import { refuseFields } from "../../../shared/refusal.ts";
import { regionCode } from "../../../shared/text/id.ts";

const listed = region.extend({
  /** "urban" is a kelurahan, "rural" a desa. Only a village has it. */
  villageKind: z.enum(["urban", "rural"]).optional(),
  /** The name with those of the regions above it, as people write a place. */
  placeName: z.string().optional(),
});

export const regionsListed = z.object({
  items: z.array(listed),
  cursor: z.null(),
  /** Whose list the kecamatan, kelurahan and desa come from. A page that shows them names it. */
  attribution: z
    .object({ text: z.string(), source: z.url(), licence: z.string(), licenceUrl: z.url() })
    .optional(),
});

const query = z.strictObject({
  /** Lists what lies right below this region. */
  parent: regionCode.optional(),
  /** Finds regions of every size by the beginnings of the words of their names. */
  q: z
    .string()
    .max(80)
    .refine(
      (typed) => nameSearch(typed) !== undefined,
      say(
        "Tulis nama kecamatan, kelurahan, desa, kabupaten, atau kota: paling sedikit 3 huruf.",
        "Write the name of a kecamatan, kelurahan, desa, kabupaten or kota: at least 3 letters.",
      ),
    )
    .optional(),
});

const refused = (path: "parent" | "q", message: Text) => refuseFields([{ in: "query", path, message }]);

const withPlace = (one: Region, above: readonly Region[]): z.input<typeof listed> => {
  const villageKind = villageKindOf(one);
  const name = placeName([one, ...above]);
  return { ...one, ...(villageKind && { villageKind }), ...(name && { placeName: name }) };
};

/** Names the source beside a list that holds something of it. */
const told = (items: z.input<typeof listed>[]): z.input<typeof regionsListed> => ({
  items,
  cursor: null,
  ...(items.some(({ type }) => type === "district" || type === "village") && { attribution }),
});

async function below(directory: DirectoryStore, parent: string) {
  const path = await directory.regionPath(parent);
  if (path[0]?.code !== parent) throw refused("parent", notOnTheList(path));
  if (isVillage(parent))
    throw refused("parent", {
      id: "Di bawah kelurahan atau desa tidak ada wilayah lain. Tulis kode kecamatannya, tanpa empat angka terakhir.",
      en: "No region lies below a kelurahan or desa. Write the code of its kecamatan, without the last four digits.",
    });
  return (await directory.regionsIn(parent)).map((one) => withPlace(one, path));
}

/** The regions above some, by their codes. Of each kabupaten or kota it reads the kecamatan together, not one by one. */
async function regionsAbove(directory: DirectoryStore, some: readonly Region[]) {
  const lower = some.filter(({ code }) => code !== governedPart(code));
  const [governed, districts] = await Promise.all([
    directory.regions(),
    sideBySide([...new Set(lower.map(({ code }) => governedPart(code)))], (code) =>
      directory.regionsIn(code),
    ),
  ]);
  return new Map([...governed, ...districts.flat()].map((one) => [one.code, one]));
}

async function found(directory: DirectoryStore, typed: string) {
  const search = nameSearch(typed);
  if (!search) return [];
  const candidates = await directory.regionsWithWords(search);
  const above = await regionsAbove(directory, candidates);
  return candidates
    .map((one) => ({
      one,
      path: [
        one,
        ...codesUp(one.code)
          .slice(1)
          .flatMap((code) => above.get(code) ?? []),
      ],
    }))
    .filter(({ path }) => isFoundBy(search, path))
    .sort((a, b) => bestFirst(search)(a.one, b.one))
    .slice(0, mostFound)
    .map(({ one, path }) => withPlace(one, path.slice(1)));
}

/**
 * `GET /v1/regions`: lists the provinces, kabupaten and kota by their Kemendagri code; with `parent` what lies right below a
 * region, by name; with `q` the regions of every size that have a name, the best first and 20 at most.
 */
export const listRegions = (directory: DirectoryStore) =>
  endpoint(
    {
      summary: { id: "Daftar wilayah", en: "List regions" },
      input: { query },
      output: { 200: regionsListed },
    },
    async ({ query: { parent, q } }) => {
      if (parent !== undefined && q !== undefined)
        throw refused("q", {
          id: "Tulis parent atau q, tidak keduanya.",
          en: "Write parent or q, not both.",
        });
      if (parent !== undefined) return ok(told(await below(directory, parent)), cachedForAMinute);
      if (q !== undefined) return ok(told(await found(directory, q)), cachedForAMinute);
      return ok(told(await directory.regions()), cachedForAMinute);
    },
  );
