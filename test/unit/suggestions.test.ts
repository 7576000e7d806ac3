import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type Agency, directoryFile } from "../../shared/directory/directory.ts";
import { mostSuggested, suggested } from "../../shared/directory/suggestion.ts";
import { servedRegionOf } from "../../shared/directory/suggestion-flow.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { anOffice } from "../fakes/office.ts";

const shipped = (name: string) => JSON.parse(readFileSync(`shared/directory/data/${name}.json`, "utf8"));
const { agencies } = directoryFile.parse(shipped("kalimantan-timur"));
const { categories } = directoryFile.parse(shipped("categories"));
const of = (code: string): Agency[] => agencies.filter(({ regionCode }) => regionCode === code);

/** The names of main category and subcategory, as the shipped list has them. */
const named = (id: string): string[] => {
  const main = categories.find((one) => one.id === id.split("/")[0]);
  const sub = main?.subcategories.find((one) => one.id === id);
  return [main, sub].flatMap((one) => one?.name ?? []);
};
const inBalikpapan = (id: string): string[] =>
  suggested({ categoryNames: named(id), local: of("64.71"), above: of("64") }).map(({ agency }) => agency.id);

const everyCategory = categories.flatMap(({ id, subcategories }) => [
  id,
  ...subcategories.map((sub) => sub.id),
]);

describe("who may be in charge", () => {
  test.each([
    ["pekerjaan-umum-dan-penataan-ruang/jalan-berlubang", "balikpapan-dinas-pekerjaan-umum"],
    ["pekerjaan-umum-dan-penataan-ruang/penerangan-jalan", "balikpapan-dinas-perhubungan"],
    ["perhubungan/parkir-liar", "balikpapan-dinas-perhubungan"],
    ["kesehatan", "balikpapan-dinas-kesehatan"],
    ["lingkungan-hidup-dan-kehutanan/pengelolaan-sampah", "balikpapan-dinas-lingkungan-hidup"],
    ["lingkungan-hidup-dan-kehutanan/banjir", "balikpapan-bpbd"],
    ["kependudukan/ktp-kartu-tanda-penduduk", "balikpapan-disdukcapil"],
    ["energi-dan-sumber-daya-alam/layanan-air-minum", "balikpapan-perumda-air-minum"],
    ["sosial-dan-kesejahteraan/bantuan-sosial", "balikpapan-dinas-sosial"],
    ["pendidikan-dan-kebudayaan/biaya-sekolah", "balikpapan-dinas-pendidikan-dan-kebudayaan"],
    ["energi-dan-sumber-daya-alam/pertambangan", "kaltim-dinas-energi-dan-sumber-daya-mineral"],
    ["politik-dan-hukum/paspor", "pemkot-balikpapan"],
    ["agama", "pemkot-balikpapan"],
  ])("%s in Balikpapan is first of all a matter of %s", (category, first) => {
    expect(everyCategory).toContain(category);
    expect(inBalikpapan(category)[0]).toBe(first);
  });

  test("the reason says which word fits, in both languages", () => {
    const [byName] = suggested({ categoryNames: named("kesehatan"), local: of("64.71"), above: [] });
    expect(byName?.reason).toEqual({
      id: "Nama instansi ini memuat “kesehatan”, seperti kategori yang dipilih.",
      en: "The name of this agency has “kesehatan” in it, as the chosen category has.",
    });
    const [byDuty] = suggested({
      categoryNames: named("lingkungan-hidup-dan-kehutanan/pengelolaan-sampah"),
      local: of("64.71"),
      above: [],
    });
    expect(byDuty?.reason.id).toBe("Urusan “sampah” biasanya ditangani instansi ini.");
  });

  test("without a category the government of the place is suggested alone, and for a province its own", () => {
    const alone = (code: string) => suggested({ categoryNames: [], local: of(code), above: [] });
    expect(alone("64.71").map(({ agency, fits }) => [agency.id, fits])).toEqual([
      ["pemkot-balikpapan", "place"],
    ]);
    expect(alone("64").map(({ agency }) => agency.id)).toEqual(["pemprov-kaltim"]);
  });

  test("in every kabupaten and kota every main category, and in one every category at all, has one to five suggestions, each with a reason and once, and in the end the government", () => {
    const codes = [...new Set(agencies.flatMap(({ regionCode }) => regionCode ?? []))];
    for (const code of codes)
      for (const category of code === "64.11" ? everyCategory : categories.map(({ id }) => id)) {
        const above = code === "64" ? [] : of("64");
        const found = suggested({ categoryNames: named(category), local: of(code), above });
        const ids = found.map(({ agency }) => agency.id);
        expect([code, category, found.length >= 1 && found.length <= mostSuggested]).toEqual([
          code,
          category,
          true,
        ]);
        expect(new Set(ids).size).toBe(ids.length);
        expect(found.at(-1)).toMatchObject({ fits: "place", agency: { regionCode: code } });
        for (const { reason } of found)
          expect([reason.id, reason.en].every((text) => text.length > 20)).toBe(true);
      }
  });

  test("whatever is closed and whatever the names are, no closed agency is suggested, none twice, and at most five", () => {
    const anAgency = fc.record({
      id: fc.uuid(),
      name: fc.oneof(
        fc.constantFrom("Dinas Kesehatan", "Dinas Perhubungan", "Pemerintah Kota"),
        fc.string({ minLength: 1 }),
      ),
      type: fc.constantFrom("department", "unit", "city", "province", "managing-institution"),
      closedAt: fc.option(fc.constant("2026-01-01T00:00:00.000Z"), { nil: undefined }),
    });
    const asAgency = (one: object): Agency => ({
      parent: null,
      timeZone: "Asia/Makassar",
      alertEmail: "contoh@contoh.example",
      ...(one as Pick<Agency, "id" | "name" | "type">),
    });
    const some = fc.uniqueArray(anAgency, { selector: ({ id }) => id, maxLength: 30 });
    const names = fc.array(fc.oneof(fc.constantFrom("Kesehatan", "Perhubungan", "Jalan"), fc.string()), {
      maxLength: 2,
    });
    fc.assert(
      fc.property(names, some, some, (categoryNames, local, above) => {
        const asked = { categoryNames, local: local.map(asAgency), above: above.map(asAgency) };
        const found = suggested(asked);
        expect(found.length).toBeLessThanOrEqual(mostSuggested);
        expect(new Set(found.map(({ agency }) => agency)).size).toBe(found.length);
        for (const { agency } of found) expect(agency.closedAt).toBeUndefined();
        expect(found.filter(({ fits }) => fits === "place").length).toBeLessThanOrEqual(1);
        expect(found.slice(0, -1).some(({ fits }) => fits === "place")).toBe(false);
        // The order in which agencies come decides nothing, but which of two governments is read first.
        const departments = ({ fits }: (typeof found)[0]) => fits === "category";
        const turned = suggested({
          ...asked,
          local: asked.local.toReversed(),
          above: asked.above.toReversed(),
        });
        expect(turned.filter(departments)).toEqual(found.filter(departments));
      }),
    );
  });

  test("the list of usual duties says that it is assumed, and each duty fits an agency and a category of the shipped lists", () => {
    const { source, duties } = z
      .strictObject({
        source: z.string(),
        duties: z.array(
          z.strictObject({
            matters: z.array(z.string().min(3)).min(1),
            agency: z.array(z.string().min(3)).min(1),
          }),
        ),
      })
      .parse(shipped("duties"));
    expect(source).toMatch(/not verified/);
    const words = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
    for (const { agency } of duties)
      expect([
        agency,
        agencies.some(({ name }) => agency.every((word) => words(name).includes(word))),
      ]).toEqual([agency, true]);
  });
});

describe("GET /v1/agencies/suggestions", () => {
  const asked = async (query: Record<string, string>, language = "id") => {
    const { status, body, headers } = await anOffice().reads("/v1/agencies/suggestions", query, {
      "accept-language": language,
    });
    return { status, body, headers };
  };

  test("for a category and a kelurahan it names agencies of the kota, with the reason in the reader's language", async () => {
    const { status, body, headers } = await asked({
      category: "pekerjaan-umum/jalan",
      region: "64.71.06.1005",
    });
    expect(status).toBe(200);
    expect(body.items.map(({ agency }: any) => agency.id)).toEqual([
      "balikpapan-dinas-pu",
      "balikpapan-uptd-jalan",
      "pemkot-balikpapan",
    ]);
    expect(body.items[0]).toEqual({
      agency: {
        id: "balikpapan-dinas-pu",
        name: "Dinas Pekerjaan Umum Kota Balikpapan",
        type: "department",
        regionCode: "64.71",
      },
      fits: "category",
      reason: "Urusan “jalan” biasanya ditangani instansi ini.",
    });
    expect(headers?.["cache-control"]).toBe("public, max-age=60");
    const english = await asked({ category: "pekerjaan-umum/jalan", region: "64.71" }, "en");
    expect(english.body.items[2].reason).toMatch(/^The government of the place/);
  });

  test("a closed agency is suggested no more", async () => {
    const office = anOffice();
    const { entry, version } = (await office.directory.find("agency", "balikpapan-uptd-jalan"))!;
    expect(version).toBe(1);
    await office.directory.put("agency", { ...entry, closedAt: "2026-11-24T00:00:00Z" });
    const { body } = await office.reads("/v1/agencies/suggestions", {
      category: "pekerjaan-umum/jalan",
      region: "64.71",
    });
    expect(body.items.map(({ agency }: any) => agency.id)).toEqual([
      "balikpapan-dinas-pu",
      "pemkot-balikpapan",
    ]);
  });

  test.each([
    [{ region: "64.71", category: "tidak-ada" }, "category", /\/v1\/categories, atau kosongkan/],
    [{ region: "64.99" }, "region", /Provinsi Kalimantan Timur/],
    [{ region: "Balikpapan" }, "region", /dengan titik/],
    [{ region: "" }, "region", /dengan titik/],
    [{}, "region", /./],
  ])("%j is refused at the field, with what to do", async (query, path, sentence) => {
    const { status, body } = await asked(query);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ in: "query", path, message: expect.stringMatching(sentence) }]);
  });
});

describe("the agencies of a place", () => {
  const listed = async (region: string): Promise<string[]> =>
    (await anOffice().reads("/v1/agencies", { region })).body.items.map(({ id }: Agency) => id);

  test("a kecamatan and a kelurahan have the agencies of their kota, page by page too", async () => {
    const ofTheCity = await listed("64.71");
    expect(ofTheCity).toEqual(["balikpapan-dinas-pu", "balikpapan-uptd-jalan", "pemkot-balikpapan"]);
    expect(await listed("64.71.06")).toEqual(ofTheCity);
    expect(await listed("64.71.06.1005")).toEqual(ofTheCity);
    const office = anOffice();
    const first = await office.reads("/v1/agencies", { region: "64.71.06.1005", limit: "2" });
    const query = { region: "64.71.06.1005", limit: "2", cursor: String(first.body.cursor) };
    const second = await office.reads("/v1/agencies", query);
    expect([...first.body.items, ...second.body.items].map(({ id }: Agency) => id)).toEqual(ofTheCity);
    expect(second.body.cursor).toBeNull();
  });

  test("a kota without agencies has those of its province; a region that nobody knows has none", async () => {
    const directory = memoryDirectory();
    const withoutCity = {
      ...directory,
      agencies: async ({ region }: { region?: string }) => ({
        items: agencies.filter(({ regionCode }) => regionCode === region && region === "64").slice(0, 1),
        more: false,
      }),
    };
    expect(await servedRegionOf(withoutCity, "64.71.06")).toBe("64");
    expect(await servedRegionOf(directory, "64.99")).toBe("64.99");
    expect(await listed("64.99")).toEqual([]);
    expect(await listed("64.71.99.1005")).toEqual([]);
  });
});
