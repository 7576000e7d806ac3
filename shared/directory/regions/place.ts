import type { Text } from "../../language.ts";
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

/** The region of a report as the public reads it: of an anonymous one no more than its kecamatan. */
export const regionInPublic = ({
  anonymous,
  location,
}: {
  anonymous: boolean;
  location?: { regionCode: string } | undefined;
}): string | undefined => location && (anonymous ? districtPart(location.regionCode) : location.regionCode);

/** A kelurahan or desa: what lies below a kecamatan. */
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

/** Says that the directory does not have a region, and what to write instead. `above` lists those above it that it has. */
export function notOnTheList(above: readonly Named[]): Text {
  const [nearest] = above;
  if (!nearest)
    return {
      id: "Wilayah ini tidak ada dalam daftar. Lihat /v1/regions.",
      en: "This region is not on the list. See /v1/regions.",
    };
  const name = placeName(above);
  return {
    id: `Daftar wilayah tidak memuat kode ini di ${name}. Pilih dari /v1/regions?parent=${nearest.code}, atau tulis ${nearest.code} saja.`,
    en: `The list of regions has no such code in ${name}. Choose one of /v1/regions?parent=${nearest.code}, or write just ${nearest.code}.`,
  };
}
