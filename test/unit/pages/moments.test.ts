import { describe, expect, it } from "vitest";
import { daySeen, momentSeen, zoneSeen } from "../../../shared/page/case/moments.ts";

const west = "2026-12-11T23:59:59.999+07:00";
const middle = "2026-12-04T23:59:59.999+08:00";

describe("the days and hours that a page of a case shows", () => {
  it("name a limit by the day that it ends where its agency is, wherever the page is counted", () => {
    for (const zone of ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"] as const)
      expect(daySeen(west, zone, "id")).toBe("Jumat, 11 Desember 2026");
  });

  it("take the zone of the newest limit that a clock has", () => {
    expect(zoneSeen({ clocks: [{ dueAt: middle }, { dueAt: west }, { dueAt: null }] })).toBe("Asia/Jakarta");
  });

  it("take the zone of a limit that an event named, while all clocks stand still", () => {
    const timeline = [{ content: { objectUntil: west, text: "Tidak cukup." } }, {}];
    expect(zoneSeen({ clocks: [{ dueAt: null }], timeline })).toBe("Asia/Jakarta");
    expect(zoneSeen({ clocks: [{ dueAt: middle }], timeline })).toBe("Asia/Makassar");
  });

  it("tell an instant in the zone of the case", () => {
    expect(daySeen("2026-11-27T16:30:00.000Z", "Asia/Makassar", "id")).toBe("Sabtu, 28 November 2026");
    expect(momentSeen("2026-11-27T16:30:00.000Z", "Asia/Jakarta", "id")).toContain("23.30 WIB");
  });
});
