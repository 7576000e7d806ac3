import { describe, expect, test } from "vitest";
import { asSpelled, tellingWords } from "../../shared/text/stems.ts";

describe("the telling words of a report", () => {
  test.each([
    "rusak merusak kerusakan dirusak rusaknya",
    "lubang berlubang dilubangi lubangnya",
    "layan melayani pelayanan dilayani pelayanannya",
    "bangun membangun pembangunan dibangun bangunan",
    "sewa menyewa penyewaan disewa",
    "salur menyalurkan penyaluran disalurkan saluran",
  ])("are one and the same in all forms of a word: %s", (forms) => {
    expect(tellingWords("", forms)).toEqual([forms.split(" ")[0]]);
  });

  test("are apart where words only look alike", () => {
    const words =
      "jalan lampu listrik guru pasar banjir sampah obat surat pajak parkir taman hutan malam pagi";
    expect(tellingWords("", words)).toEqual(words.split(" "));
  });

  test("are 24 at most, each once, without polite words, numbers and what is no word", () => {
    expect(tellingWords("Mohon pak, jalan jalan!", "Tolong 12345 a1b2 yg jalan")).toEqual(["jalan"]);
    const many = Array.from(
      { length: 40 },
      (_, n) => `kat${String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26))}x`,
    );
    expect(tellingWords("", many.join(" "))).toHaveLength(24);
  });
});

test("words that two reports share are named as people wrote them, not by their stems", () => {
  const report = { title: "Kapal Marina rusak", text: "Kendaraan tidak dapat menyeberang ke pulau." };
  const stems = tellingWords(report.title, report.text);
  expect(asSpelled(stems, report)).toEqual([
    "Kapal",
    "Marina",
    "rusak",
    "Kendaraan",
    "dapat",
    "menyeberang",
    "pulau",
  ]);
});
