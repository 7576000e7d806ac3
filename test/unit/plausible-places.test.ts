import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { implausible } from "../../shared/case/submission/place.ts";
import { bounds, directoryFile, region as regionSchema } from "../../shared/directory/directory.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const { regions } = directoryFile.parse(
  JSON.parse(readFileSync("shared/directory/data/kalimantan-timur.json", "utf8")),
);
const regionOf = (code: string) => regions.find((one) => one.code === code);

/** Places that people of these kabupaten and kota know, by hand and not from the boxes. */
const known: [string, string, number, number][] = [
  ["64.71", "Balikpapan, Pasar Klandasan", -1.277, 116.835],
  ["64.71", "Balikpapan, Sepinggan airport", -1.268, 116.894],
  ["64.72", "Samarinda, the governor's office", -0.503, 117.15],
  ["64.72", "Samarinda, APT Pranoto airport", -0.374, 117.255],
  ["64.74", "Bontang", 0.13, 117.5],
  ["64.74", "Bontang, the island Beras Basah", 0.066, 117.56],
  ["64.03", "Berau, Tanjung Redeb", 2.15, 117.5],
  ["64.03", "Berau, the island Derawan", 2.285, 118.243],
  ["64.03", "Berau, the island Maratua", 2.25, 118.6],
  ["64.03", "Berau, the island Sambit far in the east", 1.766, 119.033],
  ["64.02", "Kutai Kartanegara, Tenggarong", -0.42, 116.98],
  ["64.02", "Kutai Kartanegara, Tabang", 0.57, 116.03],
  ["64.08", "Kutai Timur, Sangatta", 0.52, 117.55],
  ["64.01", "Paser, Tanah Grogot", -1.91, 116.19],
  ["64.09", "Penajam Paser Utara, Penajam", -1.25, 116.77],
  ["64.09", "Penajam Paser Utara, Ibu Kota Nusantara", -0.97, 116.7],
  ["64.07", "Kutai Barat, Sendawar", -0.23, 115.7],
  ["64.11", "Mahakam Ulu, Ujoh Bilang", 0.45, 115.21],
];

/** Sends a report from a place. Gives the fields that are refused, with what to do, or the stored location. */
async function sent(location: Record<string, unknown>, language = "id") {
  const office = anOffice();
  const { status, body } = await office.send(
    { ...roadComplaint, occurredOn: undefined, location },
    "192.0.2.1",
    { "accept-language": language, "idempotency-key": randomUUID() },
  );
  if (status !== 201) return { status, errors: body.errors as { path: string; message: string }[] };
  return { status, stored: (await office.cases.get(String(body.trackingNumber)))?.location };
}

describe("places of reports", () => {
  test.each(known)("in %s lies %s", (code, _name, latitude, longitude) => {
    expect(implausible({ latitude, longitude }, regionOf(code))).toEqual([]);
    expect(implausible({ latitude, longitude }, regionOf("64"))).toEqual([]);
  });

  test("a place in another kota is refused, field by field, with what to do", async () => {
    const { status, errors } = await sent({ regionCode: "64.71", latitude: -0.5, longitude: 117.15 });
    expect(status).toBe(400);
    expect(errors?.map(({ path }) => path)).toEqual(["location.latitude", "location.longitude"]);
    expect(errors?.[0]?.message).toBe(
      "Titik ini tidak berada di Kota Balikpapan. Periksa lintang, bujur, dan wilayahnya, atau kosongkan lintang dan bujur.",
    );
    const { errors: english } = await sent({ regionCode: "64.71", latitude: -1.24, longitude: 117.9 }, "en");
    expect(english).toMatchObject([{ path: "location.longitude" }]);
    expect(english?.[0]?.message).toMatch(/not in Kota Balikpapan.*leave out/);
  });

  test("swapped coordinates, a lost minus sign and a device without a location are told apart", async () => {
    const first = async (latitude: number, longitude: number) =>
      (await sent({ regionCode: "64.71", latitude, longitude })).errors?.[0];
    expect(await first(116.83, -1.27)).toMatchObject({
      path: "location.latitude",
      message: expect.stringMatching(/tertukar, tukar keduanya/),
    });
    expect(await first(1.27, 116.83)).toMatchObject({
      path: "location.latitude",
      message: expect.stringMatching(/tanda minus/),
    });
    expect(implausible({ latitude: -2.15, longitude: 117.5 }, regionOf("64.03"))[0]?.message.en).toContain(
      "minus sign",
    );
    expect(await first(0, 0)).toMatchObject({ message: expect.stringMatching(/belum ditemukan perangkat/) });
    expect(await first(-1.24, 190)).toMatchObject({ path: "location.longitude" });
  });

  test("a region without a box takes every place in Indonesia and none outside", () => {
    const unknown = { name: "Kabupaten Contoh" };
    for (const [latitude, longitude] of [
      [5.9, 95.3],
      [-10.9, 122.8],
      [-8.5, 140.9],
      [4.1, 126.8],
    ])
      expect(implausible({ latitude, longitude }, unknown)).toEqual([]);
    for (const [latitude, longitude] of [
      [35.68, 139.69],
      [-37.8, 144.9],
      [13.75, 100.5],
      [51.5, -0.1],
    ])
      expect(implausible({ latitude, longitude }, unknown)[0]?.message.id).toContain("Indonesia");
  });

  test("a place a few kilometres outside of the box is taken, and one 20 kilometres outside is not", () => {
    const { north, west } = regionOf("64.71")?.bounds ?? { north: 0, west: 0 };
    expect(implausible({ latitude: north + 0.04, longitude: west - 0.04 }, regionOf("64.71"))).toEqual([]);
    expect(implausible({ latitude: north + 0.18, longitude: west }, regionOf("64.71"))).toHaveLength(1);
  });

  test("every wrong field of a report is told at once, and the place too", async () => {
    const office = anOffice();
    const { body } = await office.send(
      {
        ...roadComplaint,
        category: "tidak-ada",
        occurredOn: "2030-01-01",
        location: { regionCode: "64.71", latitude: 3, longitude: 98.6 },
      },
      "192.0.2.1",
    );
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
      "occurredOn",
      "category",
      "location.latitude",
      "location.longitude",
    ]);
  });

  test("a refusal never repeats the coordinates", async () => {
    const { errors } = await sent({ regionCode: "64.71", latitude: 12.3456, longitude: 98.7654 });
    expect(JSON.stringify(errors)).not.toMatch(/12\.3|98\.7/);
  });

  test("of coordinates six decimals are kept, so that their length does not tell which phone they come from", async () => {
    const { stored } = await sent({
      regionCode: "64.71",
      latitude: -1.2653861234567,
      longitude: 116.83187987654321,
    });
    expect(stored).toEqual({ regionCode: "64.71", latitude: -1.265386, longitude: 116.83188 });
  });

  test("no place on earth makes the check fail, and every place that is taken lies in or near Indonesia", () => {
    const anywhere = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(anywhere, fc.constantFrom(undefined, ...regions), (place, region) => {
        const refused = implausible(place, region);
        if (refused.length === 0) {
          expect(place.latitude).toBeGreaterThan(-11.1);
          expect(place.latitude).toBeLessThan(6.2);
          expect(place.longitude).toBeGreaterThan(94.9);
          expect(place.longitude).toBeLessThan(141.1);
        }
        for (const { path, message } of refused) {
          expect(path).toMatch(/^location\.(latitude|longitude)$/);
          expect(message.id.length * message.en.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe("the boxes of the directory", () => {
  test("every kabupaten and kota of Kalimantan Timur has a box within that of the province", () => {
    const whole = regionOf("64")?.bounds;
    expect(regions.filter((one) => one.bounds === undefined)).toEqual([]);
    for (const { name, bounds: box } of regions) {
      expect([name, box && whole && box.south >= whole.south && box.north <= whole.north]).toEqual([
        name,
        true,
      ]);
      expect([name, box && whole && box.west >= whole.west && box.east <= whole.east]).toEqual([name, true]);
    }
  });

  test("a directory of before, without boxes, still loads, and a box turned around does not", () => {
    expect(
      regionSchema.parse({ code: "64.71", name: "Kota Balikpapan", type: "city", parent: "64" }),
    ).not.toHaveProperty("bounds");
    expect(bounds.safeParse({ south: 1, west: 116, north: -1, east: 117 }).success).toBe(false);
    expect(bounds.safeParse({ south: -1, west: 117, north: 1, east: 116 }).success).toBe(false);
  });
});
