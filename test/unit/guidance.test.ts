import { describe, expect, test } from "vitest";
import { eventFields } from "../../shared/case/views/visibility.ts";
import { calendarOf, shippedYears } from "../../shared/deadline/calendar/calendar.ts";
import { limitOf, shippedPolicies } from "../../shared/deadline/policy.ts";
import { certaintyText } from "../../shared/guidance/guidance.ts";
import {
  type InForce,
  limitInWords,
  limitRows,
  limitsOfClock,
  nextFreeDays,
} from "../../shared/guidance/in-force.ts";
import { guidanceOf, type GuidedMove, guidedMoves } from "../../shared/guidance/moves.ts";
import { effectsInWords, readersInWords, whoInWords } from "../../shared/guidance/words.ts";
import { moveAddresses } from "../../shared/page/officer/move-addresses.ts";

const inForce = (change: Partial<InForce> = {}): InForce => ({
  agency: { id: "balikpapan-dinas-pu", name: "Dinas Contoh", timeZone: "Asia/Makassar" },
  agencyPath: ["balikpapan-dinas-pu", "pemkot-balikpapan"],
  calendar: calendarOf(shippedYears()),
  policies: shippedPolicies,
  today: "2026-11-26",
  attachments: { files: 10, megabytes: 25, megapixels: 50 },
  contacts: [],
  scenarios: [],
  ...change,
});

describe("the guidance of a move", () => {
  test("every move that has a page has guidance", () => {
    expect(guidedMoves).toEqual(expect.arrayContaining(Object.keys(moveAddresses)));
  });

  test.each(guidedMoves)(
    "%s: says what, by when, on what basis, with two examples that differ, in both languages",
    (move) => {
      const { what, byWhen, grounds, good, bad } = guidanceOf[move];
      for (const language of ["id", "en"] as const) {
        const told = [what, byWhen.text, good, bad, ...grounds.map(({ text }) => text)].map(
          (one) => one[language],
        );
        for (const text of told) {
          expect(text.trim()).toBe(text);
          expect(text.length).toBeGreaterThan(10);
        }
        expect(new Set(told).size).toBe(told.length);
      }
      expect(what.id).not.toBe(what.en);
    },
  );

  test.each(guidedMoves)("%s: no sentence of what and by when has more than twenty words", (move) => {
    const { what, byWhen } = guidanceOf[move];
    for (const { id, en } of [what, byWhen.text])
      for (const sentence of [id, en].flatMap((text) => text.split(/(?<=[.!?:;])\s/)))
        expect([sentence, sentence.split(/\s+/).length <= 20]).toEqual([sentence, true]);
  });

  test.each(guidedMoves)(
    "%s: names a field that its event has, so that who reads it is told by the table",
    (move) => {
      const { event, field } = guidanceOf[move].writes;
      if (field !== undefined) expect(Object.keys(eventFields[event].content)).toContain(field);
      expect(readersInWords(move, "id")).not.toBe("");
      expect(whoInWords(move, "id").length).toBeGreaterThan(0);
    },
  );

  test("an internal note is read by no reporter, and an answer by everybody whom the report is not secret to", () => {
    expect(readersInWords("note", "id")).toContain("Pelapor dan publik tidak");
    expect(readersInWords("assign", "id")).toContain("Pelapor dan publik tidak");
    expect(readersInWords("answer", "id")).toContain("Publik juga");
    expect(readersInWords("archive", "id")).toContain("Publik tidak");
    expect(readersInWords("correct-answer", "id")).toMatch(
      /^Jawaban yang baru: .*Publik juga.* Alasannya: .*Publik tidak\.$/,
    );
  });

  test("what a move does to the clocks is told by the table of effects", () => {
    expect(effectsInWords("ask", "id")).toEqual([
      "Verifikasi: berhenti sementara.",
      "Tanggapan awal: berhenti sementara.",
      "Penyelesaian: berhenti sementara.",
      "Pelengkapan berkas oleh pelapor: mulai dihitung.",
    ]);
    expect(effectsInWords("note", "id")).toEqual(["Tidak ada hitungan yang berubah."]);
  });

  test("no rule is presented as law that was not found as law", () => {
    const lawOf = (move: GuidedMove) =>
      guidanceOf[move].grounds.filter(({ text }) => /\b(UU|Perpres|PermenPANRB)\b/.test(text.id));
    // UU 25/2009 is known from memory only.
    for (const { text, certainty } of guidedMoves.flatMap(lawOf))
      expect([text.id, certainty]).toEqual([
        text.id,
        text.id.includes("UU 25/2009") ? "from-memory" : "found",
      ]);
    for (const one of guidedMoves.flatMap((move) => guidanceOf[move].grounds))
      expect(certaintyText[one.certainty].id).not.toBe("");
  });
});

describe("limits in the guidance", () => {
  test("are those that a case of the agency would get, for every kind of case", () => {
    const [policy] = shippedPolicies;
    const rows = limitRows(inForce(), policy!, "id");
    expect(rows.filter(({ limit }) => limit === "completion").map(({ whom, days }) => [whom, days])).toEqual([
      ["Pengaduan, tidak berkadar pengawasan", "14 hari kerja"],
      ["Pengaduan, berkadar pengawasan", "60 hari kerja"],
      ["Aspirasi", "14 hari kerja"],
      ["Permintaan informasi", "5 hari kerja"],
      ["Permintaan informasi, permohonan resmi", "10 hari kerja, dapat diperpanjang 7 hari kerja"],
    ]);
    const subject = { class: "complaint" as const, supervised: false, formal: false, agencyPath: [] };
    expect(rows.find(({ limit }) => limit === "verification")?.days).toBe(
      limitInWords(limitOf(policy!, "verification", subject), "id"),
    );
  });

  test("a formal request alone can be extended, so its limit alone stands beside that move", () => {
    expect(limitsOfClock(inForce(), "completion", "en", "formal")).toEqual([
      "Completion, Information request, formal request: 10 working days, which may be extended by 7 working days.",
    ]);
  });

  test("one day is one day in English", () => {
    expect(limitInWords({ days: 1, unit: "working-days" }, "en")).toBe("1 working day");
    expect(limitInWords({ days: 1, unit: "calendar-days" }, "id")).toBe("1 hari kalender");
  });
});

describe("holidays in the guidance", () => {
  test("begin today, come in order, and are those of the calendar", () => {
    const [first] = nextFreeDays(inForce(), "id");
    expect(first).toEqual({ date: "Kamis, 24 Desember 2026", name: expect.stringContaining("Natal") });
    expect(nextFreeDays(inForce({ today: "2026-12-25" }), "id")[0]?.date).toBe("Jumat, 25 Desember 2026");
  });

  test("where no decree is known, there are none", () => {
    expect(nextFreeDays(inForce({ today: "2028-01-01" }), "id")).toEqual([]);
  });
});
