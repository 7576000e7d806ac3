import { describe, expect, test } from "vitest";
import { entryFlaws } from "../../../shared/directory/entry-history.ts";
import { anOffice } from "../../fakes/office.ts";
import { agencyPath, asItIs } from "./bodies.ts";

describe("the history of an entry", () => {
  const aHistory = async () => {
    const office = anOffice();
    const path = agencyPath("balikpapan-uptd-jalan");
    const entry = asItIs(await office.admin("admin", "GET", path));
    for (const name of ["Satu", "Dua", "Tiga"]) await office.admin("admin", "PUT", path, { ...entry, name });
    const events = await office.directory.history("agency", "balikpapan-uptd-jalan");
    const found = (await office.directory.find("agency", "balikpapan-uptd-jalan"))!;
    return { events, head: { sequence: found.version, hash: found.lastHash ?? "" } };
  };
  const check = async (change: (events: any[]) => any[]) => {
    const { events, head } = await aHistory();
    return entryFlaws("agency", "balikpapan-uptd-jalan", change(structuredClone(events)), [head]);
  };

  test("a history that nobody touched has no flaw", async () => {
    expect(await check((events) => events)).toEqual([]);
  });

  test.each<[string, (events: any[]) => any[], number]>([
    ["changed", (events) => ((events[1].changes[0].to = "Lain"), events), 2],
    ["given to somebody else", (events) => ((events[2].by.officerId = "orang-lain"), events), 3],
    ["dated back", (events) => ((events[1].at = "2020-01-01T00:00:00.000Z"), events), 2],
    ["taken from another entry", (events) => ((events[1].id = "pemkot-balikpapan"), events), 2],
    ["removed", (events) => events.toSpliced(1, 1), 2],
    ["removed at the end", (events) => events.slice(0, -1), 4],
    ["swapped", ([a, b, c, d]) => [a, c, b, d], 2],
  ])("the history shows an event that was %s", async (_what, change, sequence) => {
    expect((await check(change)).map((flaw) => flaw.sequence)).toContain(sequence);
  });
});
