import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLowerRegions } from "../../functions/commands/load-regions.ts";
import { directoryFile, type Region } from "../../shared/directory/directory.ts";
import { regionFlaws } from "../../shared/directory/regions/lower-regions.ts";
import { bestFirst, findableWords, isFoundBy, nameSearch } from "../../shared/directory/regions/names.ts";
import { codesUp, liesIn, placeName, villageKindOf } from "../../shared/directory/regions/place.ts";
import { isRegionCode, regionCode } from "../../shared/text/id.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const { regions: governed } = directoryFile.parse(
  JSON.parse(readFileSync("shared/directory/data/kalimantan-timur.json", "utf8")),
);
const { districts, villages } = await readLowerRegions(["64"]);
const all: Region[] = [...governed, ...districts, ...villages];
const byCode = new Map(all.map((one) => [one.code, one]));
const pathTo = (code: string): Region[] => codesUp(code).flatMap((one) => byCode.get(one) ?? []);

const damai = "64.71.06.1005";

describe("the list of regions", () => {
  test("Kalimantan Timur has 105 kecamatan, 197 kelurahan and 841 desa, and the list contradicts itself nowhere", () => {
    const kinds = villages.map(villageKindOf);
    expect([districts.length, villages.length]).toEqual([105, 1038]);
    expect([
      kinds.filter((kind) => kind === "urban").length,
      kinds.filter((kind) => kind === "rural").length,
    ]).toEqual([197, 841]);
    expect(regionFlaws(all)).toEqual([]);
  });

  test.each([
    ["a kelurahan twice", [...all, byCode.get(damai)!], `region ${damai} is there twice`],
    [
      "a kelurahan that does not lie under its kecamatan",
      [...all, { ...byCode.get(damai)!, code: "64.71.06.1999", parent: "64.71.05" }],
      "region 64.71.06.1999 does not lie in 64.71.05 by its code",
    ],
    [
      "a kecamatan of a kota that is missing",
      [...all, { code: "64.99.01", name: "Contoh", type: "district", parent: "64.99" } as const],
      "region 64.99.01 lies in 64.99, which is not there",
    ],
    [
      "a kecamatan with the code of a kelurahan",
      [...all, { ...byCode.get(damai)!, code: "64.71.06.1999", type: "district" } as const],
      "region 64.71.06.1999 is no district by its code",
    ],
  ])("%s is found and named", (_what, regions, sentence) => {
    expect(regionFlaws(regions)).toContain(sentence);
  });

  test.each([
    [damai, "Kelurahan Damai, Balikpapan Kota, Kota Balikpapan"],
    ["64.71.06", "Kecamatan Balikpapan Kota, Kota Balikpapan"],
    ["64.11.01.2001", "Desa Long Hurai, Long Bagun, Kabupaten Mahakam Ulu"],
    ["64.71", "Kota Balikpapan"],
    ["64", "Provinsi Kalimantan Timur"],
    ["99", undefined],
  ])("%s is written as %s", (code, name) => {
    expect(placeName(pathTo(code))).toBe(name);
  });

  test("whatever is written, a code has one of four forms, and lies in each region above it", () => {
    const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
    fc.assert(
      fc.property(
        digits(2),
        digits(2),
        digits(2),
        digits(4),
        fc.integer({ min: 1, max: 4 }),
        (a, b, c, d, depth) => {
          const code = [a, b, c, d].slice(0, depth).join(".");
          expect(isRegionCode(code)).toBe(true);
          expect(codesUp(code)).toHaveLength(depth);
          for (const above of codesUp(code)) expect(liesIn(code, above)).toBe(true);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (regionCode.safeParse(text).success) expect(codesUp(text).every(isRegionCode)).toBe(true);
      }),
    );
    for (const wrong of [
      "",
      "6471",
      "64.7",
      "64.71.5",
      "64.71.06.1",
      "64.71.06.10055",
      "64.71.06.1005 ",
      "6４",
      "64.71.",
      "A",
    ])
      expect([wrong, isRegionCode(wrong)]).toEqual([wrong, false]);
  });
});

describe("finding a region by name", () => {
  const words = new Map(all.map((one) => [one, findableWords(one)]));
  /** As the store finds it: by the words of its own name, then with those above it. */
  const found = (typed: string): string[] => {
    const search = nameSearch(typed);
    if (!search) return [];
    return all
      .filter((one) =>
        search.readBy.some((word) => (words.get(one) ?? []).some((own) => own.startsWith(word))),
      )
      .filter(({ code }) => isFoundBy(search, pathTo(code)))
      .sort(bestFirst(search))
      .slice(0, 20)
      .map(({ code }) => placeName(pathTo(code)) ?? "");
  };

  test.each([
    ["damai", "Kecamatan Damai, Kabupaten Kutai Barat"],
    ["DAMAI BALIKPAPAN", "Kelurahan Damai, Balikpapan Kota, Kota Balikpapan"],
    ["kel. damai", "Kelurahan Damai, Balikpapan Kota, Kota Balikpapan"],
    [
      "Kelurahan Damai, Balikpapan Kota, Kota Balikpapan",
      "Kelurahan Damai, Balikpapan Kota, Kota Balikpapan",
    ],
    ["balikpapan", "Kota Balikpapan"],
    ["kota balikpapan", "Kota Balikpapan"],
    ["Mahakam Ulu", "Kabupaten Mahakam Ulu"],
    ["samarinda kota", "Kota Samarinda"],
    ["kecamatan samarinda kota", "Kecamatan Samarinda Kota, Kota Samarinda"],
    ["long laai", "Desa Long La'ai, Segah, Kabupaten Berau"],
    ["Mu'ut", "Desa Mu'ut, Nyuatan, Kabupaten Kutai Barat"],
  ])("%s finds %s first", (typed, first) => {
    expect(found(typed)[0]).toBe(first);
  });

  test.each(["", "  ", "da", "kota", "desa", "kelurahan", "?!", "...", "a b c"])(
    "%j finds nothing, and is told to write a name",
    (typed) => {
      expect(nameSearch(typed)).toBeUndefined();
    },
  );

  test("every region of Kalimantan Timur is found by its name with those above it", () => {
    const lost = all
      .map(({ code }) => placeName(pathTo(code)) ?? "")
      .filter((name) => !found(name).includes(name));
    expect(lost).toEqual([]);
  });

  test("whatever is typed, a search reads by a few words of three letters or more", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const { readBy } = nameSearch(typed) ?? { readBy: ["fine"] };
        expect(readBy.length).toBeGreaterThan(0);
        expect(readBy.length).toBeLessThanOrEqual(4);
        for (const word of readBy) expect(word).toMatch(/^[\p{L}\p{N}]{3,}$/u);
      }),
    );
  });
});

describe("a report from a kelurahan", () => {
  const at = (regionCode: string, more: object = {}) => ({ location: { regionCode, ...more } });

  test("it is stored with its kelurahan and shown with the names above, to everybody and to officers", async () => {
    const office = anOffice();
    const mine = await office.submit(at(damai));
    const shown = {
      regionCode: damai,
      regionName: "Kelurahan Damai, Balikpapan Kota, Kota Balikpapan",
    };
    expect((await office.reads(`/v1/cases/${mine.number}`)).body.location).toEqual(shown);
    expect((await office.asks("admin", `/v1/officer/cases/${mine.number}`)).body.location).toEqual(shown);
    expect((await office.cases.get(mine.number))?.location).toEqual({ regionCode: damai });
  });

  test("a filter finds it by its province, kota, kecamatan and kelurahan, and no neighbour of theirs finds it", async () => {
    const office = anOffice();
    const { number } = await office.submit(at(damai));
    const numbers = ({ body }: { body: any }): string[] =>
      body.items.map(({ trackingNumber }: { trackingNumber: string }) => trackingNumber);
    const feed = async (region: string) => numbers(await office.reads("/v1/cases", { region }));
    const queue = async (region: string) =>
      numbers(await office.queue("admin", { queue: "verification", region }));
    for (const region of codesUp(damai)) {
      expect([region, await feed(region)]).toEqual([region, [number]]);
      expect([region, await queue(region)]).toEqual([region, [number]]);
    }
    for (const region of ["65", "64.72", "64.71.05", "64.71.06.1004", "64.71.06.1006"]) {
      expect([region, await feed(region)]).toEqual([region, []]);
      expect([region, await queue(region)]).toEqual([region, []]);
    }
  });

  test("of an anonymous one the public sees the kecamatan, and does not find it by its kelurahan", async () => {
    const office = anOffice();
    const { number, receipt } = await office.submit({ ...at(damai), anonymous: true });
    const named = await office.submit(at(damai));
    const read = async (headers: Record<string, string> = {}) =>
      (await office.reads(`/v1/cases/${number}`, {}, headers)).body.location;
    expect(await read()).toEqual({
      regionCode: "64.71.06",
      regionName: "Kecamatan Balikpapan Kota, Kota Balikpapan",
    });
    expect((await read(receipt)).regionCode).toBe(damai);
    const found = async (region: string) =>
      (await office.reads("/v1/cases", { region })).body.items.map((item: any) => item.trackingNumber);
    expect(await found(damai)).toEqual([named.number]);
    expect((await found("64.71.06")).sort()).toEqual([number, named.number].sort());
    const { body } = await office.queue("admin", { queue: "verification", region: damai });
    expect(body.items.map((item: any) => item.trackingNumber).sort()).toEqual([number, named.number].sort());
  });

  test("likely duplicates are looked for in the whole kota, whichever kelurahan two reports name", async () => {
    const office = anOffice();
    const point = { latitude: -1.24, longitude: 116.86 };
    const first = await office.submit(at("64.71.05.1011", point));
    const coarse = await office.submit(at("64.71", point));
    const second = await office.submit(at(damai, point));
    const { body } = await office.asks("admin", `/v1/officer/cases/${second.number}/duplicates`);
    expect(body.items.map((item: any) => item.case.trackingNumber).sort()).toEqual(
      [first.number, coarse.number].sort(),
    );
  });

  /** The refusals of a report from a place, by field. */
  const refusals = async (location: object, language = "id") => {
    const office = anOffice();
    const { status, body } = await office.send(
      { ...roadComplaint, occurredOn: undefined, location },
      "192.0.2.1",
      { "accept-language": language },
    );
    return { status, errors: (body.errors ?? []) as { path: string; message: string }[] };
  };

  test.each([
    [
      "an unknown kelurahan",
      "64.71.06.1999",
      /di Kecamatan Balikpapan Kota, Kota Balikpapan\. Pilih dari \/v1\/regions\?parent=64\.71\.06, atau tulis 64\.71\.06 saja/,
    ],
    [
      "a kelurahan of another kecamatan",
      "64.71.05.1005",
      /di Kecamatan Balikpapan Selatan, Kota Balikpapan\. Pilih/,
    ],
    [
      "a kelurahan of an unknown kecamatan",
      "64.71.99.1005",
      /di Kota Balikpapan\. Pilih dari \/v1\/regions\?parent=64\.71, atau tulis 64\.71 saja/,
    ],
    ["an unknown kota", "64.99", /di Provinsi Kalimantan Timur\. Pilih/],
    ["an unknown province", "99.99.99.9999", /Lihat \/v1\/regions/],
    ["a code without dots", "6471061005", /dengan titik/],
    ["half a code", "64.71.6", /dengan titik/],
    ["a code with too many digits", "64.71.06.10055", /dengan titik/],
    ["a name", "Kelurahan Damai", /dengan titik.*\/v1\/regions\?q=/],
  ])("%s is refused at the field, with what to do", async (_what, code, sentence) => {
    const { status, errors } = await refusals({ regionCode: code });
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ path: "location.regionCode", message: expect.stringMatching(sentence) }]);
    const english = await refusals({ regionCode: code }, "en");
    expect(english.errors[0]?.message).toMatch(/Choose one of|See \/v1\/regions|with its dots/);
  });

  test("its coordinates lie in the box of its kota", async () => {
    expect((await refusals({ regionCode: damai, latitude: -1.24, longitude: 116.86 })).status).toBe(201);
    const { errors } = await refusals({ regionCode: damai, latitude: -0.5, longitude: 117.15 });
    expect(errors.map(({ path }) => path)).toEqual(["location.latitude", "location.longitude"]);
    expect(errors[0]?.message).toContain("Titik ini tidak berada di Kota Balikpapan.");
    const both = await refusals({ regionCode: "64.71.06.1999", latitude: -0.5, longitude: 117.15 });
    expect(both.errors.map(({ path }) => path)).toEqual([
      "location.regionCode",
      "location.latitude",
      "location.longitude",
    ]);
  });
});

describe("GET /v1/regions", () => {
  const asked = async (query: Record<string, string>, language = "id") => {
    const { status, body, headers } = await anOffice().reads("/v1/regions", query, {
      "accept-language": language,
    });
    return { status, body, headers };
  };

  test("without a question it lists provinces, kabupaten and kota, as before", async () => {
    const { body } = await asked({});
    expect(body.items.map(({ code }: Region) => code)).toEqual(["64", "64.71"]);
    expect(Object.keys(body)).toEqual(["items", "cursor"]);
    for (const item of body.items) expect(item).not.toHaveProperty("placeName");
  });

  test("with a parent it lists what lies right below, by name, and whose list that is", async () => {
    const { body, headers } = await asked({ parent: "64.71" });
    expect(body).toMatchObject({
      items: [
        { code: "64.71.06", name: "Balikpapan Kota", type: "district", parent: "64.71" },
        { code: "64.71.05", name: "Balikpapan Selatan", type: "district", parent: "64.71" },
      ],
      cursor: null,
      attribution: { licence: "ODbL-1.0", source: expect.stringContaining("idn-area-data") },
    });
    expect(headers?.["cache-control"]).toBe("public, max-age=60");
    const below = await asked({ parent: "64.71.05" });
    expect(below.body.items).toMatchObject([
      { name: "Contoh Makmur", type: "village", villageKind: "rural" },
      {
        name: "Damai Baru",
        type: "village",
        villageKind: "urban",
        placeName: "Kelurahan Damai Baru, Balikpapan Selatan, Kota Balikpapan",
      },
    ]);
    expect((await asked({ parent: "64" })).body.items).toMatchObject([{ code: "64.71", type: "city" }]);
    expect((await asked({ parent: "64" })).body).not.toHaveProperty("attribution");
  });

  test("by name it finds regions of every size with the names above, the best first", async () => {
    const { body } = await asked({ q: "damai" });
    expect(body.items.map(({ placeName: name }: { placeName: string }) => name)).toEqual([
      "Kelurahan Damai, Balikpapan Kota, Kota Balikpapan",
      "Kelurahan Damai Baru, Balikpapan Selatan, Kota Balikpapan",
    ]);
    expect((await asked({ q: "Balikpapan" })).body.items[0]).toMatchObject({ code: "64.71" });
    expect((await asked({ q: "damai selatan" })).body.items).toMatchObject([{ code: "64.71.05.1011" }]);
    expect((await asked({ q: "tidakada" })).body).toEqual({ items: [], cursor: null });
  });

  test.each([
    [{ parent: "" }, "parent", /dengan titik/],
    [{ parent: "Balikpapan" }, "parent", /dengan titik/],
    [{ parent: "64.99" }, "parent", /Provinsi Kalimantan Timur/],
    [{ parent: "99" }, "parent", /Lihat \/v1\/regions/],
    [{ parent: damai }, "parent", /kode kecamatannya/],
    [{ q: "" }, "q", /paling sedikit 3 huruf/],
    [{ q: "da" }, "q", /paling sedikit 3 huruf/],
    [{ q: "kota" }, "q", /paling sedikit 3 huruf/],
    [{ q: "x".repeat(81) }, "q", /80/],
    [{ parent: "64.71", q: "damai" }, "q", /tidak keduanya/],
  ])("%j is refused at the field, with what to do", async (query, path, sentence) => {
    const { status, body } = await asked(query);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ in: "query", path, message: expect.stringMatching(sentence) }]);
  });
});
