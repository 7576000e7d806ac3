import { expect, test } from "vitest";
import { anchorHistories } from "../../functions/jobs/anchor-histories.ts";
import type { Anchor } from "../../shared/case/store/anchor.ts";
import type { AnchorStore } from "../../shared/case/store/anchor-store.ts";
import { type EntryAnchor, entryName } from "../../shared/directory/entry-history.ts";

const now = () => new Date("2026-11-24T00:30:00Z");

/** A bucket in memory that takes each name once; `failAt` makes one write fail. */
function bucket(finished: readonly string[], failAt?: number) {
  const parts = new Map<string, readonly Anchor[]>();
  const directory: object[] = [];
  const complete = new Set(finished);
  let writes = 0;
  const store: AnchorStore = {
    isComplete: async (day) => complete.has(day),
    async write(day, run, of, part, anchors) {
      if (++writes === failAt) throw new Error("The bucket does not answer");
      if (of === "directory") {
        directory.push({ day, run, part, anchors });
        return;
      }
      const name = `${day}/${run}/${part}`;
      if (parts.has(name)) throw new Error("PreconditionFailed");
      parts.set(name, [...anchors]);
    },
    complete: async (day) => void complete.add(day),
  };
  return { store, parts, directory, complete };
}

const before = ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"];
const anchorOf = (index: number): Anchor => ({
  trackingNumber: `case-${index}`,
  sequence: 2,
  hash: `h${index}`,
});
const moved = (day: string, count: number) => ({
  async *movedOn(asked: string) {
    if (asked !== day) return;
    for (let from = 0; from < count; from += 1_000)
      yield Array.from({ length: Math.min(1_000, count - from) }, (_, index) => anchorOf(from + index));
  },
});

const heads: EntryAnchor[] = [
  { entry: entryName("agency", "pemkot-balikpapan"), sequence: 3, hash: "h" },
  { entry: entryName("officer", "contoh-petugas"), sequence: 1, hash: "i" },
];
const entries = {
  async *heads() {
    yield* heads.map((one) => [one]);
  },
};

let runs = 0;
const options = { now, newRun: () => `run-${runs++}`, linesPerPart: 50_000 };

test("yesterday's moves are copied in parts of a bounded size, every case once, and the day is marked as finished", async () => {
  const { store, parts, complete } = bucket(before);
  await anchorHistories(moved("2026-11-23", 120_000), entries, store, options)();
  expect([...parts.values()].map((lines) => lines.length)).toEqual([50_000, 50_000, 20_000]);
  expect(new Set([...parts.values()].flat().map(({ trackingNumber }) => trackingNumber)).size).toBe(120_000);
  expect(complete.has("2026-11-23")).toBe(true);
});

test("the newest hashes of all agencies and officers are copied with each day", async () => {
  const { store, directory } = bucket(before);
  const run = anchorHistories(moved("2026-11-23", 1), entries, store, options);
  await run();
  await run();
  expect(directory).toMatchObject([
    { day: "2026-11-23", part: 0, anchors: [heads[0]] },
    { day: "2026-11-23", part: 1, anchors: [heads[1]] },
  ]);
});

test("a second run, or a copy of its call, writes nothing", async () => {
  const { store, parts } = bucket(before);
  const run = anchorHistories(moved("2026-11-23", 10), entries, store, options);
  await run();
  await run();
  expect(parts.size).toBe(1);
});

test("a day whose copy broke off is copied again as a whole", async () => {
  const failing = bucket(before, 2);
  const run = anchorHistories(moved("2026-11-23", 120_000), entries, failing.store, options);
  await expect(run()).rejects.toThrow("does not answer");
  expect(failing.complete.has("2026-11-23")).toBe(false);
  await run();
  const lines = [...failing.parts.values()].flat().map(({ trackingNumber }) => trackingNumber);
  expect(new Set(lines).size).toBe(120_000);
  expect(failing.complete.has("2026-11-23")).toBe(true);
});

test("days that were missed are copied for a week back, and the day that still runs is left alone", async () => {
  const { store, complete } = bucket(["2026-11-19"]);
  await anchorHistories(moved("2026-11-18", 3), entries, store, options)();
  expect([...complete].sort()).toEqual([...before, "2026-11-23"]);
});
