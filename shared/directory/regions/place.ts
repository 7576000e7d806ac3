import type { Region } from "../directory.ts";

/** A code and those of the regions above it, the nearest first: "64.71.05", "64.71", "64". */
export function codesUp(code: string): string[] {
  const parts = code.split(".");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("."));
}

/** The code of the kabupaten or kota that a region is or lies in. Of a province it is the province's own. */
export const governedPart = (code: string): string => code.slice(0, "64.71".length);

/** The code of the kecamatan that a region is or lies in; of a larger region its own. */
export const districtPart = (code: string): string => code.slice(0, "64.71.05".length);

export const isVillage = (code: string): boolean => code !== districtPart(code);

/** Whether a region is another one or lies in it. */
export const liesIn = (code: string, outer: string): boolean =>
  code === outer || code.startsWith(`${outer}.`);

/** The fourth part of a village's code begins with this where it is a kelurahan. A desa's begins with another digit. */
const urban = "1";

/** A kelurahan is urban and a desa is rural. The code tells which. */
export const villageKindOf = ({
  code,
  type,
}: Pick<Region, "code" | "type">): "urban" | "rural" | undefined =>
  type === "village" ? (code.split(".")[3]?.startsWith(urban) ? "urban" : "rural") : undefined;

type Named = Pick<Region, "code" | "name" | "type">;

/** A region's name with the word that says what it is. */
function fullName(region: Named): string {
  if (region.type === "district") return `Kecamatan ${region.name}`;
  if (region.type !== "village") return region.name;
  return `${villageKindOf(region) === "urban" ? "Kelurahan" : "Desa"} ${region.name}`;
}

/**
 * The name of a place with the regions that it lies in, up to its kabupaten or kota: "Kelurahan Damai, Balikpapan Kota, Kota
 * Balikpapan". It takes the region and those above it, the nearest first. Names of places are the same in every language.
 */
export function placeName(path: readonly Named[]): string | undefined {
  const [place, ...above] = path;
  if (!place) return undefined;
  const within = above.filter(({ type }) => type !== "province").map(({ name }) => name);
  return [fullName(place), ...within].join(", ");
}
