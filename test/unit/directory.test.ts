import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contradictions, directoryFile } from "../../shared/directory/directory.ts";
import { agencies, anOfficer, regions } from "../fakes/agencies.ts";

const shipped = (name: string) =>
  directoryFile.parse(JSON.parse(readFileSync(`shared/directory/data/${name}.json`, "utf8")));

describe("the shipped directory", () => {
  const kaltim = shipped("kalimantan-timur");

  test("the shipped directory holds the province, its ten kabupaten and kota, and the five managing institutions", () => {
    expect(kaltim.regions.map(({ code }) => code)).toEqual([
      "64",
      "64.01",
      "64.02",
      "64.03",
      "64.07",
      "64.08",
      "64.09",
      "64.11",
      "64.71",
      "64.72",
      "64.74",
    ]);
    expect(new Set(kaltim.agencies.flatMap(({ duty }) => duty ?? []))).toHaveLength(5);
  });

  test("every region of the shipped directory has departments and units", () => {
    for (const { code } of kaltim.regions) {
      const types = kaltim.agencies.filter(({ regionCode }) => regionCode === code).map(({ type }) => type);
      expect(types.filter((type) => type === "department").length).toBeGreaterThan(15);
      expect(types).toContain("unit");
    }
  });

  test("alerts of the shipped directory go to invented addresses only, one for each agency", () => {
    const addresses = kaltim.agencies.map(({ alertEmail }) => alertEmail);
    for (const address of addresses) expect(address).toMatch(/\.example$/);
    expect(new Set(addresses)).toHaveLength(addresses.length);
  });

  test("the shipped directory contradicts itself nowhere", () => {
    expect(contradictions(kaltim)).toEqual([]);
    expect(contradictions(shipped("categories"))).toEqual([]);
  });

  test("the shipped directory has every category of LAPOR!", () => {
    const { categories } = shipped("categories");
    expect([categories.length, categories.flatMap(({ subcategories }) => subcategories).length]).toEqual([
      38, 920,
    ]);
  });
});

describe("a directory that contradicts itself", () => {
  const [first, second] = agencies as [(typeof agencies)[0], (typeof agencies)[0]];
  const sound = { regions, agencies, categories: [], officers: [] };

  test.each([
    ["an agency twice", { ...sound, agencies: [first, first] }, "agency kemenpanrb is there twice"],
    [
      "an agency under one that is missing",
      { ...sound, agencies: [{ ...first, parent: "nobody" }] },
      "agency kemenpanrb stands under nobody, which is not there",
    ],
    [
      "an agency of a region that is missing",
      { ...sound, agencies: [{ ...first, regionCode: "11" }] },
      "agency kemenpanrb serves region 11, which is not there",
    ],
    [
      "agencies in a circle",
      {
        ...sound,
        agencies: [
          { ...first, parent: second.id },
          { ...second, parent: first.id },
        ],
      },
      "agency kemenpanrb stands above itself",
    ],
    [
      "an officer of an agency that is missing",
      { ...sound, officers: [anOfficer("auditor", "nobody")] },
      "officer auditor-of-nobody works for nobody, which is not there",
    ],
    [
      "two officers who sign in as one",
      {
        ...sound,
        officers: [
          anOfficer("auditor", "kemenpanrb"),
          anOfficer("agency-head", "kemenpanrb", { subject: "subject-of-auditor-of-kemenpanrb" }),
        ],
      },
      "subject subject-of-auditor-of-kemenpanrb is there twice",
    ],
  ])("%s is found and named", (_what, directory, sentence) => {
    expect(contradictions(directory)).toContain(sentence);
  });
});
