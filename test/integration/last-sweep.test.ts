import { describe, expect, test } from "vitest";
import { type LastSweepStore, lastSweepStore } from "../../shared/deadline/last-sweep-store.ts";
import { memoryLastSweep } from "../fakes/memory/last-sweep-store.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const stores: [string, () => LastSweepStore][] = [
  ["in memory", memoryLastSweep],
  ["on DynamoDB", () => lastSweepStore(database.dynamo, database.table("Directory"))],
];

describe.each(stores)("the last sweep %s", (_, makeStore) => {
  test("is unknown before the first one, and a late one does not take the place of a newer one", async () => {
    const store = makeStore();
    expect(await store.last()).toBeUndefined();
    await store.note("2026-11-26T05:00:00.000Z");
    await store.note("2026-11-26T05:05:00.000Z");
    await store.note("2026-11-26T05:00:00.000Z");
    await store.note("2026-11-26T05:05:00.000Z");
    expect(await store.last()).toBe("2026-11-26T05:05:00.000Z");
  });
});
