import { governedPart } from "../../directory/regions/place.ts";
import type { Case } from "../case.ts";
import { byAge } from "./page.ts";

/** The partition of the cases of one kabupaten or kota, wherever in it they are. The index and its attributes are stored under the name "place". */
export const regionPartition = (regionCode: string): string => `place#${governedPart(regionCode)}`;

/** Where a case stands among those of its kabupaten or kota, by age; nothing where it names no region. */
export const regionEntry = (found: Case): { place?: string; placeOrder?: string } =>
  found.location ? { place: regionPartition(found.location.regionCode), placeOrder: byAge(found) } : {};
