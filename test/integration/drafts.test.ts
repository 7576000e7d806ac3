import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { type DraftStore, draftStore } from "../../shared/visitor/draft-store.ts";
import { officerDraftSeconds } from "../../shared/visitor/officer-draft.ts";
import { officerDraftKeys, officerDraftsOf } from "../../shared/visitor/officer-draft-flow.ts";
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

const officersStores: [string, () => DraftStore][] = [
  ["in memory", () => memoryDrafts()],
  ["on DynamoDB", () => draftStore(database.dynamo, database.table("Drafts"), officerDraftKeys)],
];

describe.each(officersStores)("drafts of officers %s", (where, makeStore) => {
  const begun = new Date("2026-11-26T05:00:00Z");
  const hash = async (text: string) => `keyed ${text}`;
  const address = "/petugas/laporan/QE2YE-5P512/jawab";
  const subject = (name: string) => `${name} ${where}`;

  test("are kept for seven days since the last change and no longer, and then make room for new ones", async () => {
    const store = makeStore();
    let at = begun;
    const drafts = officerDraftsOf(store, { hash, now: () => at });
    const later = (seconds: number) => (at = new Date(at.getTime() + seconds * 1000));
    expect(await drafts.keep(subject("lama"), address, { text: "satu" })).toBe(true);
    later(officerDraftSeconds - 1);
    expect((await drafts.of(subject("lama"), address))?.values.text).toBe("satu");
    await drafts.keep(subject("lama"), address, { text: "dua" });
    later(officerDraftSeconds - 1);
    expect(await drafts.of(subject("lama"), address)).toMatchObject({ values: { text: "dua" }, version: 2 });
    later(1);
    expect(await drafts.of(subject("lama"), address)).toBeUndefined();
    // The database has not removed it yet.
    expect(await drafts.keep(subject("lama"), address, { text: "tiga" })).toBe(true);
    expect((await drafts.of(subject("lama"), address))?.values.text).toBe("tiga");
  });

  test("of three devices that store at once all are taken one after another, and one whole text stays", async () => {
    const drafts = officerDraftsOf(makeStore(), { hash, now: () => begun });
    const texts = ["meja", "gawai", "tablet"];
    const kept = await Promise.all(texts.map((text) => drafts.keep(subject("sekaligus"), address, { text })));
    expect(kept).toEqual([true, true, true]);
    const left = await drafts.of(subject("sekaligus"), address);
    expect([left?.version, texts.includes(String(left?.values.text))]).toEqual([3, true]);
  });

  test("are dropped for one officer and one page alone", async () => {
    const drafts = officerDraftsOf(makeStore(), { hash, now: () => begun });
    const [mine, yours] = [subject("saya"), subject("rekan")];
    for (const who of [mine, yours]) await drafts.keep(who, address, { text: who });
    await drafts.keep(mine, "/petugas/laporan/QE2YE-5P512/tanya", { text: "lain" });
    await drafts.drop(mine, address);
    expect(await drafts.of(mine, address)).toBeUndefined();
    expect((await drafts.of(yours, address))?.values.text).toBe(yours);
    expect((await drafts.of(mine, "/petugas/laporan/QE2YE-5P512/tanya"))?.values.text).toBe("lain");
  });
});

describe("the table of drafts", () => {
  test("removes what its expiry attribute says, keeps officers' drafts apart from citizens', and tells nothing of either", async () => {
    const TableName = database.table("Drafts");
    const at = new Date("2026-11-27T05:00:00Z");
    const store = draftStore(database.dynamo, TableName, officerDraftKeys);
    const drafts = officerDraftsOf(store, { hash: async (text) => `other key ${text}`, now: () => at });
    await drafts.keep("subjek-rahasia", "/petugas/laporan/QE2YE-5P512/jawab", { text: "menambal jalan" });
    const { Items = [] } = await database.dynamo.send(
      new ScanCommand({
        TableName,
        FilterExpression: "expiresAt = :at",
        ExpressionAttributeValues: { ":at": at.getTime() / 1000 + officerDraftSeconds },
      }),
    );
    expect(Items).toHaveLength(1);
    expect(Object.keys(Items[0] ?? {}).sort()).toEqual([
      "expiresAt",
      "itemFormat",
      "pk",
      "sealed",
      "version",
    ]);
    expect(Items[0]?.pk).toMatch(/^OFFICER-DRAFT#[\w-]{43}$/);
    expect(JSON.stringify(Items)).not.toMatch(/subjek|QE2YE|menambal/);
    const citizens = draftStore(database.dynamo, TableName);
    expect(await citizens.get(String(Items[0]?.pk).slice(`${officerDraftKeys}#`.length), at)).toBeUndefined();
  });
});
