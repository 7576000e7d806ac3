import { randomUUID } from "node:crypto";
import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { forgetTraffic } from "../../functions/jobs/forget-traffic.ts";
import { keyHash } from "../../shared/case/submission/retry.ts";
import type { Counted } from "../../shared/traffic/load.ts";
import { trafficExpiry } from "../../shared/traffic/traffic-expiry-store.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { knownHash } from "../fakes/seal.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "./database.ts";
import { at, secondsLater, storesOn } from "./stores.ts";

const database = openDatabase({ expiry: false });
const { table } = database;
const storesOnDynamo = () => storesOn(database);

describe.each([
  ["in memory", memoryStores],
  ["on DynamoDB", storesOnDynamo],
])("the counters of traffic %s", (_where, makeStores) => {
  const stores = () => makeStores();
  const someNetwork = (): Counted => ["report", randomUUID()];

  test("each thing is counted apart, ten at once, and anew after ten minutes", async () => {
    const { traffic } = stores();
    const [one, other] = [someNetwork(), someNetwork()];
    const counts = await Promise.all(Array.from({ length: 10 }, () => traffic.count(one, at)));
    expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([await traffic.countOf(one, at), await traffic.countOf(other, at)]).toEqual([10, 0]);
    expect(await traffic.countOf(one, secondsLater(600))).toBe(0);
    expect(await traffic.count(one, secondsLater(600))).toBe(1);
    expect(await traffic.count(one, secondsLater(600), 6)).toBe(7);
  });

  test("kept outlines come back in the same minutes, and to nobody else's network", async () => {
    const { traffic } = stores();
    const network = randomUUID();
    expect(await traffic.outlinesOf(network, at)).toEqual([]);
    await traffic.keepOutlines(network, ["a", "b"], at);
    expect(await traffic.outlinesOf(network, at)).toEqual(["a", "b"]);
    expect(await traffic.outlinesOf(randomUUID(), at)).toEqual([]);
    expect(await traffic.outlinesOf(network, secondsLater(600))).toEqual([]);
  });

  test("a thing is used once, and again only by whoever used it", async () => {
    const { traffic } = stores();
    const what = randomUUID();
    const uses = await Promise.all(["a", "b", "c"].map((by) => traffic.use(what, by, secondsLater(60))));
    expect(uses.filter(Boolean)).toHaveLength(1);
    const winner = ["a", "b", "c"][uses.indexOf(true)] ?? "";
    expect(await traffic.use(what, winner, secondsLater(60))).toBe(true);
    expect(await traffic.use(what, "d", secondsLater(60))).toBe(false);
  });

  test("what happens ten times at once on a day is the first of it once, and again on the next day", async () => {
    const { traffic } = stores();
    const what = ["support", randomUUID(), randomUUID()];
    const first = await Promise.all(Array.from({ length: 10 }, () => traffic.isFirstOfDay(what, at)));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await traffic.isFirstOfDay(what, secondsLater(22 * 3600))).toBe(false);
    expect(await traffic.isFirstOfDay(what, secondsLater(24 * 3600))).toBe(true);
    expect(await traffic.isFirstOfDay([...what, "other"], at)).toBe(true);
  });

  test("a day has one key for each purpose, whoever asks for it", async () => {
    const keys = await Promise.all(
      Array.from({ length: 5 }, () => stores().traffic.keyOf("counts", "2026-11-23")),
    );
    expect(new Set(keys).size).toBe(1);
    for (const other of [
      await stores().traffic.keyOf("counts", "2026-11-24"),
      await stores().traffic.keyOf("outlines", "2026-11-23"),
    ])
      expect(other).not.toBe(keys[0]);
  });

  test("what has expired is found and removed, what has not stays, and a second run finds nothing", async () => {
    const { traffic, expiry } = stores();
    const [gone, stays] = [someNetwork(), someNetwork()];
    const long = new Date("2020-01-01T00:00:00Z");
    await traffic.count(gone, long);
    await traffic.keepOutlines(randomUUID(), ["a"], long);
    await traffic.use(randomUUID(), "a", long);
    await traffic.count(stays, at);
    const names = async (when: Date) => {
      const all: string[] = [];
      for await (const portion of expiry.expired(when)) all.push(...portion);
      return all;
    };
    const found = await names(secondsLater(-3600));
    expect(found).toHaveLength(3);
    for (const name of found) await expiry.remove(name, secondsLater(-3600));
    expect(await names(secondsLater(-3600))).toEqual([]);
    expect([await traffic.countOf(gone, long), await traffic.countOf(stays, at)]).toEqual([0, 1]);
  });
});

describe("the table of traffic", () => {
  const traffic = () => trafficStore(database.dynamo, table("Traffic"), knownHash);
  const rows = async () =>
    (await database.dynamo.send(new ScanCommand({ TableName: table("Traffic") }))).Items ?? [];

  test("holds neither a network nor a tracking number nor a key, and a network's outlines always take the same room", async () => {
    const [network, other] = ["203.0.113.0/24", "198.51.100.0/24"];
    await traffic().count(["receipt", network, "7K3MQ-P4X9C"], at);
    await traffic().keepOutlines(network, ["abcde"], at);
    await traffic().keepOutlines(
      other,
      Array.from({ length: 20 }, () => "a".repeat(240)),
      at,
    );
    const all = await rows();
    expect(JSON.stringify(all)).not.toMatch(/203\.0\.113|7K3MQ|secret|abcde/);
    const sealed = all.flatMap(({ outlines }) => (outlines instanceof Uint8Array ? [outlines] : []));
    expect(sealed.length).toBeGreaterThan(1);
    expect(new Set(sealed.map(({ length }) => length)).size).toBe(1);
    expect(all.filter((row) => row.outlines && row.tries)).toEqual([]);
  });

  test("tells of a used challenge neither which it was nor whose request it was, nor to the second when", async () => {
    const idempotencyKey = randomUUID();
    await traffic().use("the nonce", keyHash(idempotencyKey), secondsLater(123));
    const all = JSON.stringify(await rows());
    expect(all).not.toContain("the nonce");
    expect(all).not.toContain(keyHash(idempotencyKey));
    for (const { expiresAt } of await rows()) expect(Number(expiresAt) % 600).toBe(0);
  });

  test("tells of a support neither the case nor the device, nor at what time of the day it came", async () => {
    const device = randomUUID();
    const before = new Set((await rows()).map(({ pk }) => String(pk)));
    for (const later of [0, 3600, 36_000])
      await traffic().isFirstOfDay(["support", `N${later}`, device], secondsLater(later));
    const made = (await rows()).filter(({ pk }) => !before.has(String(pk)));
    expect(made).toHaveLength(3);
    expect(JSON.stringify(made)).not.toMatch(new RegExp(`${device}|support|N36`));
    expect(made.map((row) => Object.keys(row).sort())).toEqual(made.map(() => ["expiresAt", "pk"]));
    expect(new Set(made.map(({ expiresAt }) => Number(expiresAt))).size).toBe(1);
  });

  test("loses a key that an earlier version left there, before it expires", async () => {
    const expiry = trafficExpiry(database.dynamo, table("Traffic"));
    const Item = { pk: "KEY#2026-11-23", secret: "x", expiresAt: at.getTime() / 1000 + 3600 };
    await database.dynamo.send(new PutCommand({ TableName: table("Traffic"), Item }));
    await forgetTraffic(expiry, { now: () => at })();
    expect(JSON.stringify(await rows())).not.toContain("KEY#");
  });

  test("a count that came after the job looked stays: the name is removed only where it has expired", async () => {
    const expiry = trafficExpiry(database.dynamo, table("Traffic"));
    await traffic().count(["report", "192.0.2.0/24"], at);
    const before = (await rows()).length;
    for (const { pk } of await rows()) await expiry.remove(String(pk), secondsLater(-3600));
    expect(await rows()).toHaveLength(before);
  });
});
