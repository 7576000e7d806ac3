import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { marker, masked, personalIn } from "../../shared/case/views/masking/masking.ts";
import { personalKinds } from "../../shared/case/views/masking/personal.ts";
import { halves, hostile, precision, recall, scoreOf, sentences } from "../bench/masking.ts";

const kindsIn = (text: string) => personalIn(text).map(({ kind }) => kind);

describe("what the public reads", () => {
  test("the public reads a marker in place of what people should not have typed, in the reader's language", () => {
    const text = "Hubungi 0812-0000-1111 atau warga@contoh.example, mobil KT 1234 AB.";
    expect(masked(text, "id")).toBe(
      "Hubungi [nomor telepon disamarkan] atau [alamat email disamarkan], mobil [pelat nomor disamarkan].",
    );
    expect(masked(text, "en")).toBe(
      "Hubungi [phone number masked] atau [email address masked], mobil [number plate masked].",
    );
  });

  test.each([
    ["an identity number", "NIK 6471994101900001", "identity"],
    ["one in groups", "nik 6471.9941.0190.0001", "identity"],
    ["a mobile number", "081200001111", "phone"],
    ["one with a country code", "+62 812-0000-1111", "phone"],
    ["a fixed line", "(0542) 765432", "phone"],
    ["an address in disguise", "warga [at] contoh [dot] example", "email"],
    ["an address with a space around each sign", "bukan-alamat @ contoh . com", "email"],
    ["one in brackets of programs", "warga<at>contoh<dot>example", "email"],
    ["one with strokes", "warga -at- contoh -dot- com", "email"],
    ["one with underscores", "warga_at_contoh_dot_com", "email"],
    ["one with stars", "warga*at*contoh*dot*example", "email"],
    ["one spelled in words", "bukan dot alamat at surat dot com", "email"],
    ["one spelled in Indonesian", "bukan titik alamat at surat titik co titik id", "email"],
    ["one with spaces on one side", "bukan-alamat @contoh .com", "email"],
    ["a plate", "B1234XYZ", "plate"],
    ["an account", "rek BCA 0123456789", "account"],
    ["a card", "kartu kredit 4000 0000 0000 0002", "account"],
    ["full-width digits", "０８１２００００１１１１", "phone"],
    ["Arabic-Indic digits", "٠٨١٢٠٠٠٠١١١١", "phone"],
    ["Javanese digits", "꧐꧘꧑꧒꧐꧐꧐꧐꧑꧑꧑꧑", "phone"],
    ["digits with nothing that can be seen between them", "0812\u200B0000\u200B1111", "phone"],
    ["digits spelled out", "nol delapan satu dua nol nol nol nol satu satu", "phone"],
  ])("masking hides %s", (_, text, kind) => {
    expect(kindsIn(`tolong ${text} ya`)).toEqual([kind]);
    expect(masked(text, "id")).not.toMatch(/\p{Nd}{4}/u);
  });

  test.each([
    "tanggal 12-11-2026 jam 08.00-12.00",
    "Rp 1.500.000 dan 20000000 rupiah",
    "RT 012 RW 003 No. 123, KM 12, kode pos 76114",
    "telepon 110, 112, 113, 119, 1708, 14000, 1500567 atau 0800-1-111111",
    "UU 25/2009, Perpres 76/2013, surat 800/1234/BKD/2026",
    "sejak 2020 2021 2022 2023",
    "laporan B123A-CDE4Y dan AB123-C4D5P",
    "-0.5021987, 117.1536111",
    "dinas@kotacontoh.go.id",
    "dinas @ kotacontoh . go . id dan dinas at kotacontoh titik go titik id",
    "rapat at 9 di balai desa. Id card dibawa",
    "jam 10 @ balai desa . Ayo datang",
    "kami datang @ kantor. Com kami rusak",
    "lampu dot matrix at jalan dot besar",
    "tulis ke dinas-at-balikpapan-dot-go-dot-id",
    "data-at-rest dan titik-dot-matrix",
  ])('masking leaves "%s" as it is', (text) => expect(masked(text, "id")).toBe(text));

  test("everything that is not masked stays as it was typed", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(...Object.values(hostile), ...sentences.map(({ text }) => text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join("");
        let rebuilt = "";
        let from = 0;
        for (const { kind, start, end } of personalIn(text)) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          rebuilt += text.slice(from, start) + marker[kind].id;
          from = end;
        }
        expect(masked(text, "id")).toBe(rebuilt + text.slice(from));
      }),
    );
  });
});

describe("on the invented sentences", () => {
  test("there are enough sentences of every kind, and as many in which nothing is to be hidden", () => {
    expect(sentences.length).toBeGreaterThanOrEqual(200);
    for (const kind of personalKinds) expect(scoreOf(sentences, kind).marked).toBeGreaterThanOrEqual(25);
    expect(sentences.filter(({ marked }) => marked.length === 0).length).toBeGreaterThanOrEqual(90);
  });

  // Measured: 0.980 and 0.967. On the half that the rule was not mended with: 0.958 and 0.932.
  test("masking keeps its precision and recall on the invented sentences", () => {
    const all = scoreOf(sentences);
    expect(precision(all)).toBeGreaterThanOrEqual(0.97);
    expect(recall(all)).toBeGreaterThanOrEqual(0.96);
    const heldOut = scoreOf(halves["held out"]);
    expect(precision(heldOut)).toBeGreaterThanOrEqual(0.95);
    expect(recall(heldOut)).toBeGreaterThanOrEqual(0.93);
  });
});
