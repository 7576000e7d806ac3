import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, paginateScan, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { restoreCases } from "../../functions/commands/restore.ts";
import { anchorHistories } from "../../functions/jobs/anchor-histories.ts";
import { flaws, proofOf } from "../../shared/case/history.ts";
import type { Anchor } from "../../shared/case/store/anchor.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { restoringStore } from "../../shared/case/store/restoring-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { loadingStore } from "../../shared/directory/loading-store.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { agencies } from "../fakes/agencies.ts";
import { anOffice } from "../fakes/office.ts";
import { knownSeal } from "../fakes/seal.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "../integration/database.ts";

const database = openDatabase({ expiry: false });
const count = Number(process.env.DRILL_CASES ?? 60);
const text = "Kami sudah menambal jalan itu tadi pagi.";

type Item = Record<string, unknown>;

async function itemsOf(table: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of paginateScan(
    { client: database.dynamo },
    { TableName: table, ConsistentRead: true },
  ))
    items.push(...(page.Items ?? []));
  return items;
}

/** DynamoDB Local cannot restore a table to an instant. A copy that was made at that instant stands in for the restored table. */
async function copyOf(table: string): Promise<string> {
  const { Table } = await database.client.send(new DescribeTableCommand({ TableName: table }));
  const TableName = `${table}-restored`;
  const keys = (Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName);
  await database.client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: Table?.KeySchema ?? [],
      AttributeDefinitions: (Table?.AttributeDefinitions ?? []).filter(({ AttributeName }) =>
        keys.includes(AttributeName),
      ),
    }),
  );
  for (const Item of await itemsOf(table)) await database.dynamo.send(new PutCommand({ TableName, Item }));
  return TableName;
}

const keyOf = ({ pk, sk }: Item): Item => ({ pk, ...(sk !== undefined && { sk }) });

test("ten lost cases and a lost table come back whole, and nothing that went on since is touched", async () => {
  const [cases, reporters, directory] = ["Cases", "Reporters", "Directory"].map(database.table) as [
    string,
    string,
    string,
  ];
  const { dynamo } = database;
  const store = caseStore(dynamo, { cases, reporters: { table: reporters, seal: knownSeal } });
  await loadingStore(dynamo, directory).load("agency", agencies);
  const office = anOffice("2026-11-24T09:00:00+08:00", {
    stores: { ...memoryStores(), cases: store, reporters: reporterStore(dynamo, reporters, knownSeal) },
  });
  const numbers: string[] = [];
  for (let index = 0; index < count; index++) {
    const found = await office.submit({
      title: `Jalan rusak nomor ${index}`,
      reporter: { email: `warga-${index}@contoh.example` },
    });
    await found.as("admin", "verification");
    if (index % 2 === 0) await found.as("worker", "answer", { text });
    numbers.push(found.number);
  }
  // The newest hashes are copied elsewhere every night.
  const anchors: Anchor[] = [];
  const bucket = {
    isComplete: async () => false,
    write: async (_day: string, _run: string, of: string, _part: number, lines: readonly unknown[]) =>
      void (of === "cases" && anchors.push(...(lines as Anchor[]))),
    complete: async () => {},
  };
  const copying = anchorHistories(store, { heads: async function* () {} }, bucket, {
    now: () => new Date("2026-11-25T00:30:00Z"),
  });
  await copying();
  expect(anchors).toHaveLength(count);

  const [oldCases, oldReporters, oldDirectory] = [
    await copyOf(cases),
    await copyOf(reporters),
    await copyOf(directory),
  ];
  const before = new Map((await itemsOf(cases)).map((item) => [`${item.pk} ${item.sk}`, item]));

  // Afterwards a case goes on, ten are lost with their identities, and the directory is gone.
  office.at("2026-11-25T09:00:00+08:00");
  const lost = numbers.slice(0, 10);
  const [onwards = ""] = numbers.slice(11);
  expect((await office.as("worker", onwards, "answer", { text })).status).toBe(200);
  for (const item of await itemsOf(cases))
    if (lost.some((number) => item.pk === `CASE#${number}`))
      await dynamo.send(new DeleteCommand({ TableName: cases, Key: keyOf(item) }));
  for (const pk of lost) await dynamo.send(new DeleteCommand({ TableName: reporters, Key: { pk } }));
  const { Table } = await database.client.send(new DescribeTableCommand({ TableName: directory }));
  await database.client.send(new DeleteTableCommand({ TableName: directory }));
  expect(await store.find(lost[0] ?? "")).toBeUndefined();

  const began = performance.now();
  const back = restoringStore(dynamo, { from: oldCases, to: cases });
  // Somebody stops half-way: one case has a part of its events, and no state. It is gone over again.
  const half = [...before.values()].find(({ pk, sk }) => pk === `CASE#${lost[0]}` && sk === "EVENT#000001");
  await dynamo.send(new PutCommand({ TableName: cases, Item: { ...half, restored: true } }));
  const told: string[] = [];
  expect(await restoreCases(back, lost, (line) => told.push(line))).toMatchObject({ restored: 10, kept: 0 });
  expect(await restoreCases(back, "all", (line) => told.push(line))).toMatchObject({
    restored: 0,
    kept: count,
  });
  expect(told).toEqual([]);
  const identities = restoringStore(dynamo, { from: oldReporters, to: reporters });
  expect(await identities.restoreMissing(() => true)).toEqual({ copied: 10, kept: count - 10 });
  // The lost table: its restored copy is used in its place.
  const atRestored = directoryStore(dynamo, oldDirectory);
  expect((await atRestored.agency("pemkot-balikpapan"))?.name).toBe("Pemerintah Kota Balikpapan");
  expect(Table?.ItemCount).toBe((await itemsOf(oldDirectory)).length);
  const minutes = (performance.now() - began) / 60_000;

  // All chains are whole, and agree with the copies of that night.
  for (const number of numbers) {
    const file = (await store.find(number))!;
    const { version, lastHash } = file.case;
    const heads = [
      { sequence: version, hash: lastHash },
      ...anchors.filter(({ trackingNumber }) => trackingNumber === number),
    ];
    expect([number, flaws(number, file.events.map(proofOf), heads)]).toEqual([number, []]);
  }
  expect((await store.get(onwards))?.status).toBe("answered");
  for (const item of await itemsOf(cases)) {
    const { restored, ...rest } = item;
    if (!String(item.pk).endsWith(onwards)) expect(rest).toEqual(before.get(`${item.pk} ${item.sk}`));
    // The stream passes over what comes back, so nobody is mailed a second time.
    const isBack =
      lost.some((number) => item.pk === `CASE#${number}`) && String(item.sk).startsWith("EVENT#");
    expect([item.pk, item.sk, restored]).toEqual([item.pk, item.sk, isBack ? true : undefined]);
  }
  // A case that came back goes on.
  expect((await office.as("worker", lost[1] ?? "", "answer", { text })).status).toBe(200);
  console.log(`${count} cases, 10 of them and a table lost: restored in ${minutes.toFixed(2)} minutes`);
});

test("a history that was changed in the restored table, or contradicts what is there, is not taken", async () => {
  const cases = database.table("Cases");
  const { dynamo } = database;
  const store = caseStore(dynamo, {
    cases,
    reporters: { table: database.table("Reporters"), seal: knownSeal },
  });
  const office = anOffice("2026-11-24T09:00:00+08:00", { stores: { ...memoryStores(), cases: store } });
  const from = `${cases}-restored`;
  const outcomes: string[] = [];
  for (const change of ["event", "elsewhere"] as const) {
    const { number } = await office.submit({ title: `Jalan rusak ${change}` });
    const own = (await itemsOf(cases)).filter(({ pk }) => pk === `CASE#${number}`);
    for (const item of own) {
      const isChanged = change === "event" && item.sk === "EVENT#000001";
      const Item = isChanged ? { ...item, content: { ...(item.content as Item), text: "Lain." } } : item;
      await dynamo.send(new PutCommand({ TableName: from, Item }));
      if (change === "event" || item.sk === "CASE")
        await dynamo.send(new DeleteCommand({ TableName: cases, Key: keyOf(item) }));
      else await dynamo.send(new PutCommand({ TableName: cases, Item: { ...item, hash: "0".repeat(64) } }));
    }
    outcomes.push(await restoringStore(dynamo, { from, to: cases }).restoreCase(number));
    expect(await store.get(number)).toBeUndefined();
  }
  expect(outcomes).toEqual(["broken", "contradicted"]);
  expect(await restoringStore(dynamo, { from, to: cases }).restoreCase("00000-00000")).toBe("absent");
});
