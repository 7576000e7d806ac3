import * as z from "zod";
import { timeZones } from "../language.ts";

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const agencyId = z.string().max(80).regex(slug);
export const regionCode = z.string().regex(/^\d{2}(\.\d{2})?$/);

export const region = z.strictObject({
  /** As in the Kemendagri code list: "64" a province, "64.71" a kabupaten or kota. */
  code: regionCode,
  name: z.string().min(1).max(200),
  type: z.enum(["province", "regency", "city"]),
  parent: regionCode.optional(),
});
export type Region = z.infer<typeof region>;

export const agency = z.strictObject({
  id: agencyId,
  name: z.string().min(1).max(200),
  type: z.enum(["managing-institution", "province", "regency", "city", "department", "unit"]),
  /** What a managing institution does for the whole system. */
  duty: z
    .enum([
      "daily-management",
      "regional-coordination",
      "information-technology",
      "national-priorities",
      "oversight",
    ])
    .optional(),
  parent: agencyId.nullable(),
  regionCode: regionCode.optional(),
  timeZone: z.enum(timeZones),
  /** Where alerts about its cases go. */
  alertEmail: z.email().max(254),
});
export type Agency = z.infer<typeof agency>;

const subcategory = z.strictObject({ id: z.string().max(250), name: z.string().min(1).max(200) });
export const category = subcategory.extend({ subcategories: z.array(subcategory).max(500) });
export type Category = z.infer<typeof category>;

/** What `npm run directory:load` reads; each part may be missing. */
export const directoryFile = z.strictObject({
  source: z.string().optional(),
  regions: z.array(region).default([]),
  agencies: z.array(agency).default([]),
  categories: z.array(category).default([]),
});
export type DirectoryFile = z.infer<typeof directoryFile>;

/** Everything that contradicts itself in a directory, each as a sentence that names the entry; empty when it is sound. */
export function contradictions({ regions, agencies, categories }: DirectoryFile): string[] {
  const found: string[] = [];
  const twice = (kind: string, ids: string[]) => {
    const seen = new Set<string>();
    for (const id of ids) {
      if (seen.has(id)) found.push(`${kind} ${id} is there twice`);
      seen.add(id);
    }
    return seen;
  };
  const codes = twice(
    "region",
    regions.map(({ code }) => code),
  );
  const ids = twice(
    "agency",
    agencies.map(({ id }) => id),
  );
  twice(
    "category",
    categories.flatMap(({ id, subcategories }) => [id, ...subcategories.map((sub) => sub.id)]),
  );

  for (const { code, parent } of regions)
    if (parent && !codes.has(parent)) found.push(`region ${code} lies in ${parent}, which is not there`);
  for (const { id, parent, regionCode } of agencies) {
    if (parent && !ids.has(parent)) found.push(`agency ${id} stands under ${parent}, which is not there`);
    if (regionCode && !codes.has(regionCode))
      found.push(`agency ${id} serves region ${regionCode}, which is not there`);
  }
  found.push(...circles(agencies));
  return found;
}

function circles(agencies: Agency[]): string[] {
  const parentOf = new Map(agencies.map(({ id, parent }) => [id, parent]));
  const sound = new Set<string>();
  return agencies.flatMap(({ id }) => {
    const path = new Set<string>();
    for (let at: string | null | undefined = id; at && !sound.has(at); at = parentOf.get(at)) {
      if (path.has(at)) return at === id ? [`agency ${id} stands above itself`] : [];
      path.add(at);
    }
    for (const passed of path) sound.add(passed);
    return [];
  });
}
