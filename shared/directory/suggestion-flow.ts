import type { Agency } from "./directory.ts";
import type { DirectoryStore } from "./directory-store.ts";
import { codesUp, governedPart } from "./regions/place.ts";
import { suggested, type Suggestion } from "./suggestion.ts";

/** The agencies of a region are read up to so many. The largest kabupaten has less than a hundred. */
const readAtMost = 500;

/**
 * The region whose agencies are in charge of a place: the nearest one above it, itself included, that has any. Of a region that
 * the directory does not have it is the region itself, which has none.
 */
export async function servedRegionOf(
  directory: Pick<DirectoryStore, "region" | "agencies">,
  code: string,
): Promise<string> {
  if (!(await directory.region(code))) return code;
  for (const region of codesUp(governedPart(code))) {
    const { items } = await directory.agencies({ region, limit: 1 });
    if (items.length > 0) return region;
  }
  return code;
}

/** Suggests agencies for a category and a place. */
export async function suggestAgencies(
  directory: Pick<DirectoryStore, "agencies" | "categories">,
  { category, region }: { category: string | undefined; region: string },
): Promise<Suggestion[]> {
  const governed = governedPart(region);
  const [province = governed] = governed.split(".");
  const agenciesOf = async (code: string): Promise<readonly Agency[]> =>
    (await directory.agencies({ region: code, limit: readAtMost })).items;
  const [local, above, categoryNames] = await Promise.all([
    agenciesOf(governed),
    governed === province ? [] : agenciesOf(province),
    namesOfCategory(directory, category),
  ]);
  return suggested({ categoryNames, local, above });
}

/** The name of a main category, and that of its subcategory if it is one. */
async function namesOfCategory(
  directory: Pick<DirectoryStore, "categories">,
  id: string | undefined,
): Promise<string[]> {
  if (id === undefined) return [];
  const main = (await directory.categories()).find((one) => one.id === id.split("/", 1)[0]);
  const sub = main?.subcategories.find((one) => one.id === id);
  return [main, sub].flatMap((one) => one?.name ?? []);
}

/** Suggests agencies right below one, by a category. Whoever has a case may hand it down to them. */
export async function suggestBelow(
  directory: Pick<DirectoryStore, "rightBelow" | "categories">,
  { category, agencyId }: { category: string | undefined; agencyId: string },
): Promise<Suggestion[]> {
  const [local, categoryNames] = await Promise.all([
    directory.rightBelow(agencyId),
    namesOfCategory(directory, category),
  ]);
  return suggested({ categoryNames, local, above: [] }).filter(({ fits }) => fits === "category");
}
