import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correction } from "../../shared/case/moves/identity.ts";
import directory from "../../shared/directory/data/kalimantan-timur.json" with { type: "json" };
import { fieldRefusals } from "../../shared/http/field-messages.ts";
import { isNik } from "../../shared/reporter/nik.ts";
import { internationalPhone } from "../../shared/reporter/phone.ts";
import { searchText } from "../../shared/reporter/reporter.ts";

const two = (number: number) => String(number).padStart(2, "0");
const districts = directory.regions.flatMap(({ code }) => (code.includes(".") ? code.replace(".", "") : []));

/** A person as the civil registry might have numbered them. */
const person = fc.record({
  district: fc.constantFrom(...districts),
  subdistrict: fc.integer({ min: 1, max: 99 }),
  born: fc.date({ min: new Date("1930-01-01"), max: new Date("2026-11-23"), noInvalidDate: true }),
  woman: fc.boolean(),
  serial: fc.integer({ min: 1, max: 9999 }),
});
function nikOf(one: {
  district: string;
  subdistrict: number;
  born: Date;
  woman: boolean;
  serial: number;
}): string {
  const day = one.born.getUTCDate() + (one.woman ? 40 : 0);
  const date = `${two(day)}${two(one.born.getUTCMonth() + 1)}${two(one.born.getUTCFullYear() % 100)}`;
  return `${one.district}${two(one.subdistrict)}${date}${String(one.serial).padStart(4, "0")}`;
}

describe("a NIK", () => {
  test("the NIK of anybody from Kalimantan Timur is taken, of women and men of every age", () => {
    fc.assert(fc.property(person, (one) => isNik(nikOf(one))));
  });

  test("a NIK that Kalimantan Timur issued in what is Kalimantan Utara now is taken", () => {
    for (const district of ["6404", "6405", "6406", "6410", "6473"])
      expect([district, isNik(`${district}011708850001`)]).toEqual([district, true]);
  });

  test("a NIK of another province is taken whatever its kabupaten, because we have no list of those", () => {
    expect(isNik("3273011708850001")).toBe(true);
    expect(isNik("3200011708850001")).toBe(false);
  });

  test("a NIK with one digit left out, doubled or turned into a letter is refused", () => {
    fc.assert(
      fc.property(person, fc.nat({ max: 15 }), (one, at) => {
        const nik = nikOf(one);
        const without = nik.slice(0, at) + nik.slice(at + 1);
        const letter = `${nik.slice(0, at)}O${nik.slice(at + 1)}`;
        return ![without, `${nik}${nik[at]}`, letter].some(isNik);
      }),
    );
  });

  test.each([
    ["an unknown province", "0171011708850001"],
    ["an unknown province", "9971011708850001"],
    ["an unknown kota of Kalimantan Timur", "6475011708850001"],
    ["no kecamatan", "6471001708850001"],
    ["day 0", "6471010008850001"],
    ["day 40, which is nobody's", "6471014008850001"],
    ["day 32", "6471013208850001"],
    ["day 72", "6471017208850001"],
    ["month 0", "6471011700850001"],
    ["month 13", "6471011713850001"],
    ["31 April", "6471013104850001"],
    ["30 February of a woman", "6471017002840001"],
    ["29 February in no leap year", "6471012902850001"],
    ["serial number 0", "6471011708850000"],
  ])("a NIK with %s is refused", (_what, nik) => {
    expect(isNik(nik)).toBe(false);
  });

  test("a NIK with 29 February of a leap year is taken", () => {
    expect(isNik("6471012902840001")).toBe(true);
    expect(isNik("6471016902000001")).toBe(true);
  });

  test("the refusal of a NIK does not repeat what was typed", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{5,20}$/), (typed) => {
        const result = correction.safeParse({ nik: typed });
        if (result.success) return;
        const said = JSON.stringify(fieldRefusals("body", result.error, { nik: typed }));
        expect(said).toContain('"path":"nik"');
        expect(said).not.toContain(typed);
      }),
    );
  });
});

describe("a telephone number", () => {
  test.each(["081234567890", "6281234567890", "+6281234567890", "81234567890", "006281234567890"])(
    "a telephone number typed as %s is searched for as the same number",
    (typed) => {
      expect(internationalPhone(typed)).toBe("+6281234567890");
    },
  );

  test("a telephone number of another country keeps its country code", () => {
    expect(internationalPhone("+31201234567")).toBe("+31201234567");
  });

  test("a telephone number with the digits of a NIK is not searched for as a NIK", () => {
    expect(searchText({ phone: "6471012902840001" })).not.toBe(searchText({ nik: "6471012902840001" }));
  });
});
