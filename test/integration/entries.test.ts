import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import type { Agency, Officer } from "../../shared/directory/directory.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import {
  changed,
  type Entries,
  type EntryAct,
  entryFlaws,
  type EntryKind,
  entryName,
  type Recorded,
} from "../../shared/directory/entry-history.ts";
import { type EntryStore, entryStore } from "../../shared/directory/entry-store.ts";
import { agencies, anOfficer } from "../fakes/agencies.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();

let drawn = 0;
const anAgency = (change: Partial<Agency> = {}): Agency => ({
  ...agencies[2]!,
  id: `dinas-uji-${drawn++}`,
  ...change,
});
const newOfficer = (change: Partial<Officer> = {}): Officer =>
  anOfficer("unit-officer", `unit-${drawn++}`, change);

const byAdmin: EntryAct = {
  type: "changed",
  by: { role: "national-admin", agencyId: "kemenpanrb", officerId: "contoh-admin" },
  at: new Date("2026-11-24T01:30:00Z"),
};

/** Records a change. Fails if nothing changes. */
async function record<K extends EntryKind>(
  store: EntryStore,
  kind: K,
  before: Recorded<K> | undefined,
  entry: Entries[K],
  act: Partial<EntryAct> = {},
) {
  const change = changed(kind, before, entry, { ...byAdmin, ...act });
  if (!change) throw new Error("Nothing changed");
  return store.record(before, change);
}

describe.each([
  ["in memory", () => memoryDirectory()],
  [
    "on DynamoDB",
    () => ({
      ...directoryStore(database.dynamo, database.table("Directory")),
      ...entryStore(database.dynamo, database.table("Directory")),
    }),
  ],
])("agencies and officers %s", (_where, makeStore) => {
  test("an entry comes back with the version and hash of its last event, which follows from those before", async () => {
    const store = makeStore();
    const agency = anAgency();
    expect(await store.find("agency", agency.id)).toBeUndefined();
    expect(await record(store, "agency", undefined, agency, { type: "created" })).toBe("recorded");
    const first = await store.find("agency", agency.id);
    expect(first).toMatchObject({ entry: agency, version: 1 });
    await record(store, "agency", first, { ...agency, name: "Nama Baru", regionCode: undefined });
    const second = await store.find("agency", agency.id);
    expect(second?.version).toBe(2);

    const history = await store.history("agency", agency.id);
    expect(history.map(({ type, by, at }) => [type, by, at])).toEqual([
      ["created", byAdmin.by, "2026-11-24T01:30:00.000Z"],
      ["changed", byAdmin.by, "2026-11-24T01:30:00.000Z"],
    ]);
    expect(history[1]?.changes).toEqual([
      { field: "name", from: agency.name, to: "Nama Baru" },
      { field: "regionCode", from: "64.71" },
    ]);
    const head = { sequence: 2, hash: second?.lastHash ?? "" };
    expect(entryFlaws("agency", agency.id, history, [head])).toEqual([]);
    expect(entryFlaws("agency", agency.id, history.slice(0, 1), [head])).toHaveLength(1);
    const heads: object[] = [];
    for await (const portion of store.heads()) heads.push(...portion);
    expect(heads).toContainEqual({ entry: entryName("agency", agency.id), ...head });
  });

  test("of two changes that were decided on one version one is stored, and nothing of the other", async () => {
    const store = makeStore();
    const agency = anAgency();
    await record(store, "agency", undefined, agency);
    const seen = await store.find("agency", agency.id);
    const outcomes = await Promise.all(
      ["Satu", "Dua", "Tiga"].map((name) => record(store, "agency", seen, { ...agency, name })),
    );
    expect(outcomes.sort()).toEqual(["overtaken", "overtaken", "recorded"]);
    expect(await store.history("agency", agency.id)).toHaveLength(2);
    expect(await record(store, "agency", undefined, agency)).toBe("overtaken");
  });

  test("an entry does not change when another entry that the change rests on has changed", async () => {
    const store = makeStore();
    const [upper, lower] = [anAgency(), anAgency()];
    await record(store, "agency", undefined, upper);
    const seen = (await store.find("agency", upper.id))!;
    await record(store, "agency", seen, { ...upper, closedAt: "2026-11-24T00:00:00Z" });
    const change = changed("agency", undefined, { ...lower, parent: upper.id }, byAdmin)!;
    expect(await store.record(undefined, change, [{ kind: "agency", ...seen }])).toBe("overtaken");
    expect(await store.find("agency", lower.id)).toBeUndefined();
    const now = (await store.find("agency", upper.id))!;
    expect(await store.record(undefined, change, [{ kind: "agency", ...now }])).toBe("recorded");
    expect((await store.under("agency", upper.id)).map(({ id }) => id)).toEqual([lower.id]);
  });

  test("an account stays with one officer, also after they left", async () => {
    const store = makeStore();
    const first = newOfficer();
    await record(store, "officer", undefined, first);
    const other = newOfficer({ subject: first.subject });
    expect(await record(store, "officer", undefined, other)).toBe("subject-taken");
    expect(await store.find("officer", other.id)).toBeUndefined();
    const seen = await store.find("officer", first.id);
    await record(store, "officer", seen, { ...first, dismissedAt: "2026-11-24T00:00:00Z" });
    expect(await record(store, "officer", undefined, other)).toBe("subject-taken");
    expect((await store.under("officer", first.agencyId)).map(({ id }) => id)).toEqual([first.id]);
  });

  test("an officer whose role is not known stands in no list, is told of by id and name, and hides nobody", async () => {
    const store = makeStore();
    const known = newOfficer();
    const agencyId = `unit-of-${known.id}`;
    const unknown = newOfficer({ agencyId, role: "mediator" as never });
    await record(store, "officer", undefined, { ...known, agencyId });
    await record(store, "officer", undefined, unknown);
    expect((await store.under("officer", agencyId)).map(({ id }) => id)).toEqual([known.id]);
    expect(await store.unreadableOfficers(agencyId)).toEqual([{ id: unknown.id, name: unknown.name }]);
    expect(await store.unreadableOfficers("elsewhere")).toEqual([]);
  });

  test("a further post shares the account of a person, whoever the account is of knows all of them, and neither post takes it from the other", async () => {
    const store = makeStore();
    const first = newOfficer();
    await record(store, "officer", undefined, first);
    const second = newOfficer({ subject: first.subject });
    const sharing = { ...byAdmin, type: "invited", sharesWith: [first.id] } as const;
    expect(await record(store, "officer", undefined, second, sharing)).toBe("recorded");
    const ids = async (subject: string) =>
      (await store.holdersOf(subject)).map(({ entry }) => entry.id).sort();
    const both = [first.id, second.id].sort();
    expect(await ids(first.subject)).toEqual(both);
    // Both change on, and one leaves the account and comes back.
    for (const post of [first, second]) {
      const seen = await store.find("officer", post.id);
      expect(await record(store, "officer", seen, { ...post, name: "Nama Baru" })).toBe("recorded");
    }
    const away = { ...second, subject: `${second.subject}-lain` };
    expect(await record(store, "officer", await store.find("officer", second.id), away)).toBe("recorded");
    expect(await ids(first.subject)).toEqual(both);
    expect(await ids(away.subject)).toEqual([second.id]);
    const seen = await store.find("officer", second.id);
    expect(await record(store, "officer", seen, second, sharing)).toBe("recorded");
    expect(await ids(first.subject)).toEqual(both);
    // A stranger does not share by naming a stranger.
    const stranger = newOfficer({ subject: first.subject });
    const lying = { ...byAdmin, type: "invited", sharesWith: [stranger.id] } as const;
    expect(await record(store, "officer", undefined, stranger, lying)).toBe("subject-taken");
    expect(await store.holdersOf("tidak-dikenal")).toEqual([]);
  });

  test("national administrators are found until they are dismissed", async () => {
    const store = makeStore();
    const admin = anOfficer("national-admin", `pusat-${drawn++}`);
    await record(store, "officer", undefined, admin);
    const ids = async () => (await store.nationalAdmins()).map(({ entry }) => entry.id);
    expect(await ids()).toContain(admin.id);
    const seen = await store.find("officer", admin.id);
    await record(store, "officer", seen, { ...admin, dismissedAt: "2026-11-24T00:00:00Z" });
    expect(await ids()).not.toContain(admin.id);
  });

  test("entries that a file brought have events by the system, and the file leaves alone what administrators changed", async () => {
    const store = makeStore();
    const agency = anAgency();
    expect(await store.put("agency", agency)).toBe("added");
    expect(await store.put("agency", agency)).toBe("unchanged");
    expect(await store.put("agency", { ...agency, name: "Dari Berkas" })).toBe("changed");
    const seen = await store.find("agency", agency.id);
    await record(store, "agency", seen, { ...agency, name: "Dari Admin" });
    expect(await store.put("agency", agency)).toBe("kept");
    expect((await store.find("agency", agency.id))?.entry.name).toBe("Dari Admin");
    expect(await store.put("agency", agency, { overwrite: true })).toBe("changed");
    const history = await store.history("agency", agency.id);
    expect(history.map(({ by }) => by.role)).toEqual(["system", "system", "national-admin", "system"]);
    const now = await store.find("agency", agency.id);
    expect(
      entryFlaws("agency", agency.id, history, [{ sequence: now!.version, hash: now!.lastHash ?? "" }]),
    ).toEqual([]);
  });
});

test("an entry without a history begins one with its next change, and one writer wins", async () => {
  const store = entryStore(database.dynamo, database.table("Directory"));
  const agency = anAgency();
  await database.dynamo.send(
    new UpdateCommand({
      TableName: database.table("Directory"),
      Key: { pk: "agency", sk: agency.id },
      UpdateExpression: "SET entry = :entry, version = :one",
      ExpressionAttributeValues: { ":entry": agency, ":one": 1 },
    }),
  );
  const seen = await store.find("agency", agency.id);
  const outcomes = await Promise.all(
    ["Satu", "Dua"].map((name) => record(store, "agency", seen, { ...agency, name })),
  );
  expect(outcomes.sort()).toEqual(["overtaken", "recorded"]);
  const [first, ...others] = await store.history("agency", agency.id);
  expect([first?.sequence, others]).toEqual([1, []]);
});
