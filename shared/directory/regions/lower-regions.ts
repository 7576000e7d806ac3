import type { Region } from "../directory.ts";

/**
 * Where the list of kecamatan, kelurahan and desa comes from. Its licence asks that whoever shows the list says so.
 * shared/directory/data/idn-area-data.md says more.
 */
export const attribution = {
  text: "Kecamatan, kelurahan, desa: idn-area-data (ODbL 1.0)",
  source: "https://github.com/fityannugroho/idn-area-data",
  licence: "ODbL-1.0",
  licenceUrl: "https://opendatacommons.org/licenses/odbl/1-0/",
} as const;

const depthOf: Record<Region["type"], number> = {
  province: 1,
  regency: 2,
  city: 2,
  district: 3,
  village: 4,
};

/** Finds what is wrong with a list of regions, each as a sentence that names the region. A sound list has nothing wrong. */
export function regionFlaws(regions: readonly Region[]): string[] {
  const codes = new Set<string>();
  const found: string[] = [];
  for (const { code } of regions) {
    if (codes.has(code)) found.push(`region ${code} is there twice`);
    codes.add(code);
  }
  for (const { code, type, parent } of regions) {
    if (code.split(".").length !== depthOf[type]) found.push(`region ${code} is no ${type} by its code`);
    if (parent === undefined) continue;
    if (!codes.has(parent)) found.push(`region ${code} lies in ${parent}, which is not there`);
    if (code.slice(0, code.lastIndexOf(".")) !== parent)
      found.push(`region ${code} does not lie in ${parent} by its code`);
  }
  return found;
}
