import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { returnAddress } from "../../shared/visitor/return-address.ts";

const desk = "/petugas";

describe("after the sign-in an officer lands", () => {
  test.each([
    "/petugas",
    "/petugas/antrean/due-soon?cursor=abc_-.~%3D&instansi=balikpapan-dinas-pekerjaan-umum",
    "/petugas/laporan/7F3K-92MD-X/jawab?sudah=progress",
    "/petugas/kelola/kalender/2027",
    "/petugas/saya",
    "/petugas/antrean?q=jalan%20berlubang%2C+Balikpapan",
    "/latihan",
    "/latihan/jeda-lebaran/3?langkah=2",
  ])("at the page that they asked for: %s", (address) => {
    expect(returnAddress(address)).toBe(address);
  });

  test("at a page without the language, which the visit has", () => {
    expect(returnAddress("/en/petugas/antrean")).toBe("/petugas/antrean");
  });

  test.each([
    undefined,
    "",
    "/",
    "/lacak",
    "/saya/7F3K-92MD-X",
    "/petugaspalsu",
    "/en/en/petugas",
    "//evil.example/petugas",
    "/\\evil.example/petugas",
    "/petugas//evil.example",
    "/petugas\\..\\..",
    "/petugas/../lacak",
    "/petugas/..%2f..%2flacak",
    "/petugas/%2e%2e/lacak",
    "/petugas/%2f%2fevil.example",
    "/petugas/%5cevil.example",
    "https://evil.example/petugas",
    "javascript:alert(1)//petugas",
    "https:/petugas",
    "petugas/antrean",
    " /petugas/antrean",
    "/petugas/antrean\r\nSet-Cookie: a=b",
    "/petugas/antrean\n",
    "/petugas@evil.example",
    "/petugas/antrean#//evil.example",
    "/petugas/masuk",
    "/petugas/masuk?ke=/petugas",
    "/petugas/masuk/mulai?ke=/petugas",
    "/petugas/masuk/kembali?code=a&state=b",
    "/petugas/MASUK",
    "/petugas/%6dasuk",
    "/petugas/antrean%",
    "/petugas/antrean%zz",
    "/en/petugas/keluar",
    "/petugas/keluar?akun=tutup",
    `/petugas/antrean?${"a".repeat(500)}`,
  ])("at their desk in place of %j", (address) => {
    expect(returnAddress(address)).toBe(desk);
  });

  test("never on another site, never outside their pages, never where one signs in or out", () => {
    const pieces = fc.constantFrom(
      "/",
      "//",
      "\\",
      "petugas",
      "latihan",
      "en",
      "masuk",
      "keluar",
      "antrean",
      "..",
      ".",
      "%2e",
      "%2F",
      "%5c",
      "%6d",
      "%00",
      "@",
      ":",
      "https:",
      "evil.example",
      "?",
      "#",
      "&ke=",
      " ",
      "\t",
      "\n",
      "é",
    );
    const typed = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
      fc.array(pieces, { maxLength: 12 }).map((parts) => `/petugas${parts.join("")}`),
    );
    fc.assert(
      fc.property(typed, (address) => {
        const to = returnAddress(address);
        expect(returnAddress(to)).toBe(to);
        expect(to.length).toBeLessThanOrEqual(500);
        for (const site of ["https://lapor.example", "https://lapor.example/en/petugas/masuk"]) {
          const read = new URL(to, site);
          expect(read.origin).toBe("https://lapor.example");
          // A browser and whoever decodes the path read the same page.
          expect(read.href).toBe(`https://lapor.example${to}`);
          const path = decodeURIComponent(read.pathname).toLowerCase();
          expect(path).toMatch(/^\/(petugas|latihan)(\/|$)/);
          expect(path).not.toMatch(/^\/petugas\/(masuk|keluar)(\/|$)|\.\.|\\|\/\//);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
