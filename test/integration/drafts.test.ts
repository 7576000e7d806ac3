import { describe, expect, test } from "vitest";
import { type DraftStore, draftStore } from "../../shared/visitor/draft-store.ts";
import { memoryDrafts } from "../fakes/memory/draft-store.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const stores: [string, () => DraftStore][] = [
  ["in memory", () => memoryDrafts()],
  ["on DynamoDB", () => draftStore(database.dynamo, database.table("Drafts"))],
];

describe.each(stores)("drafts %s", (where, makeStore) => {
  const at = new Date("2026-11-26T05:00:00Z");
  const expiresAt = at.getTime() / 1000 + 60;

  test("a draft is read until it expires, whether or not the database has removed it", async () => {
    const store = makeStore();
    const id = `sebentar-${where}`;
    expect(await store.get(id, at)).toBeUndefined();
    expect(await store.put(id, { sealed: "satu", version: 1, expiresAt })).toBe(true);
    expect(await store.get(id, at)).toBe("satu");
    expect(await store.get(id, new Date("2026-11-26T05:01:00Z"))).toBeUndefined();
  });

  test("of two tabs that change the same version one is told that it came too late", async () => {
    const store = makeStore();
    const id = `dua-tab-${where}`;
    await store.put(id, { sealed: "satu", version: 1, expiresAt });
    const outcomes = await Promise.all(
      ["dua", "tiga"].map((sealed) => store.put(id, { sealed, version: 2, expiresAt })),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  test("a draft of the longest kind is stored, and a removed one is gone", async () => {
    const store = makeStore();
    const id = `panjang-${where}`;
    const sealed = "x".repeat(334_000);
    expect(await store.put(id, { sealed, version: 1, expiresAt })).toBe(true);
    expect(await store.get(id, at)).toBe(sealed);
    await store.remove(id);
    expect(await store.get(id, at)).toBeUndefined();
    expect(await store.put(id, { sealed: "baru", version: 1, expiresAt })).toBe(true);
  });
});
