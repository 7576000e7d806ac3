import { expect, test, vi } from "vitest";
import { searchesName, searchFlaws } from "../../shared/case/identity-search/identity-search.ts";
import { recordAnswer, recordSearch } from "../../shared/case/identity-search/identity-search-flow.ts";
import { identitySearchStore } from "../../shared/case/identity-search/identity-search-store.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { agencies, anOfficer } from "../fakes/agencies.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();
const reason = "Permintaan pemilik NIK di loket.";
const at = new Date("2026-11-24T01:30:00Z");
let drawn = 0;

/** A desk with an officer of its own, on each of the two kinds of store. */
const deskOf = (kind: "DynamoDB" | "memory", searchesOfDay = 3) => ({
  officer: anOfficer("agency-head", "balikpapan-dinas-pu", { id: `contoh-kepala-${drawn++}` }),
  desk: {
    searches:
      kind === "memory"
        ? memoryStores().searches
        : identitySearchStore(database.dynamo, database.table("Cases")),
    directory: { agency: async (id: string) => agencies.find((one) => one.id === id) },
    now: () => at,
    searchesOfDay,
  },
});

test.each(["DynamoDB", "memory"] as const)(
  "on %s searches and their answers are one chain, and searches at once never run over the limit of a day",
  async (kind) => {
    const { desk, officer } = deskOf(kind);
    const sent = await Promise.allSettled(
      Array.from({ length: 8 }, () => recordSearch(desk, officer, { by: "nik", reason })),
    );
    const recorded = sent.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(recorded.length).toBeGreaterThan(0);
    expect(recorded.length).toBeLessThanOrEqual(3);
    expect(new Set(recorded.map(({ sequence }) => sequence)).size).toBe(recorded.length);
    for (const search of recorded) await recordAnswer(desk, officer, { search, shown: 0 });
    const events = await desk.searches.history(officer.id);
    expect(events.filter(({ type }) => type === "searched")).toHaveLength(recorded.length);
    expect(events).toHaveLength(2 * recorded.length);
    const log = await desk.searches.log(officer.id);
    expect(searchFlaws(officer.id, events, log ? [log] : [])).toEqual([]);
    expect((await desk.searches.logs()).map(({ officerId }) => officerId)).toContain(officer.id);
  },
);

test("the daily copy takes the newest hash of an officer's searches, under a name that tells nobody's", async () => {
  const { desk, officer } = deskOf("DynamoDB");
  await recordSearch(desk, officer, { by: "phone", reason });
  const log = await desk.searches.log(officer.id);
  const cases = caseStore(database.dynamo, { cases: database.table("Cases") });
  await vi.waitFor(async () => {
    const copied = [];
    for await (const portion of cases.movedOn("2026-11-24")) copied.push(...portion);
    expect(copied).toContainEqual({
      trackingNumber: searchesName(officer.id),
      sequence: 1,
      hash: log?.hash,
    });
    expect(JSON.stringify(copied)).not.toContain(officer.id);
  });
});

test("an event is stored only behind the one that it was decided on", async () => {
  const { desk, officer } = deskOf("DynamoDB");
  const before = await recordSearch(desk, officer, { by: "nik", reason });
  expect(await desk.searches.log(officer.id)).toEqual(before);
  await recordAnswer(desk, officer, { search: before, shown: 2 });
  const [, answered] = await desk.searches.history(officer.id);
  const log = await desk.searches.log(officer.id);
  if (!answered || !log) throw new Error("nothing was recorded");
  expect(await desk.searches.append(before, { event: answered, log })).toBe(false);
  expect(await desk.searches.append(undefined, { event: answered, log })).toBe(false);
  expect(await desk.searches.history(officer.id)).toHaveLength(2);
});
