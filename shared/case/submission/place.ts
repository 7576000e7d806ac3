import type { Bounds, Region } from "../../directory/directory.ts";
import type { Text } from "../../language.ts";

/**
 * The outermost points of Indonesia, rounded outwards: Rondo in the north, Ndana in the south, Benggala in the west and the
 * border on Papua in the east.
 */
const indonesia: Bounds = { south: -11.01, west: 94.97, north: 6.08, east: 141.03 };

/** A place may lie so many degrees, about 5 km, outside of a box: phones, maps and people are inexact, and boats leave port. */
const margin = 0.05;

const isBetween = (value: number, least: number, most: number): boolean =>
  value >= least - margin && value <= most + margin;

/** Which of two coordinates lie outside of a box. */
const outside = (
  { latitude, longitude }: Point,
  { south, west, north, east }: Bounds,
): ("latitude" | "longitude")[] => [
  ...(isBetween(latitude, south, north) ? [] : (["latitude"] as const)),
  ...(isBetween(longitude, west, east) ? [] : (["longitude"] as const)),
];

interface Point {
  latitude: number;
  longitude: number;
}

const notFound: Text = {
  id: "Titik 0, 0 berarti lokasi belum ditemukan perangkat. Tunggu sampai lokasi ditemukan, atau kosongkan lintang dan bujur.",
  en: "The point 0, 0 means that the device has not found its location yet. Wait until it has, or leave out latitude and longitude.",
};

const elsewhere = (name: string): Text => ({
  id: `Titik ini tidak berada di ${name}. Periksa lintang, bujur, dan wilayahnya, atau kosongkan lintang dan bujur.`,
  en: `This point is not in ${name}. Check the latitude, the longitude and the region, or leave out latitude and longitude.`,
});

const wrongSign = (name: string): Text => ({
  id: `Titik ini tidak berada di ${name}. Periksa tanda minus pada lintang: selatan khatulistiwa ditulis dengan minus, utara tanpa minus.`,
  en: `This point is not in ${name}. Check the minus sign of the latitude: it is negative south of the equator, and positive north of it.`,
});

/**
 * Says what is wrong with the coordinates of a report, field by field; nothing where they may lie in the region that it
 * names. A box is a rough check. It finds slips, and does not decide which region a place belongs to. Swapped coordinates
 * never come here: every longitude of Indonesia is too large for a latitude (submission.ts).
 */
export function implausible(
  { latitude, longitude }: Partial<Point>,
  region: Pick<Region, "name" | "bounds"> | undefined,
): { path: string; message: Text }[] {
  if (latitude === undefined || longitude === undefined) return [];
  const bounds = region?.bounds ?? indonesia;
  const name = region?.bounds ? region.name : "Indonesia";
  const wrong = outside({ latitude, longitude }, bounds);
  if (wrong.length === 0) return [];
  const at = (fields: readonly string[], message: Text) =>
    fields.map((field) => ({ path: `location.${field}`, message }));
  if (latitude === 0 && longitude === 0) return at(["latitude", "longitude"], notFound);
  if (outside({ latitude: -latitude, longitude }, bounds).length === 0)
    return at(["latitude"], wrongSign(name));
  return at(wrong, elsewhere(name));
}
