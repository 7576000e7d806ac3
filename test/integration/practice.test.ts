import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { shippedYears } from "../../shared/deadline/calendar/calendar.ts";
import { type PracticeStore, practiceStore } from "../../shared/practice/practice-store.ts";
import { copyOfRules, rulebookOf } from "../../shared/practice/rulebook.ts";
import { newRun, withStep } from "../../shared/practice/run.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { memoryPractice } from "../fakes/memory/practice-store.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const stores: [string, () => PracticeStore][] = [
  ["in memory", () => memoryPractice()],
  ["on DynamoDB", () => practiceStore(database.dynamo, database.table("Practice"))],
];

const at = new Date("2026-11-27T01:00:00Z");
const inDays = (days: number) => new Date(at.getTime() + days * 24 * 60 * 60 * 1000);
const book = rulebookOf(undefined);
const begun = newRun(scenarios.banding, { today: "2026-11-27", book, version: 1 });

describe.each(stores)("practice %s", (_, makeStore) => {
  test("a run is read for seven days after its last step, and may be begun again afterwards", async () => {
    const store = makeStore();
    const trainee = { visitor: randomUUID() };
    expect(await store.run(trainee, "banding", at)).toBeUndefined();
    expect(await store.putRun(trainee, begun, at)).toBe(true);
    expect(await store.run(trainee, "banding", inDays(6.9))).toEqual({ run: begun });
    expect((await store.of(trainee, at)).begun).toEqual(["banding"]);
    const { run: further } = withStep(begun, { kind: "days", days: 5 }, scenarios.banding, book);
    expect(await store.putRun(trainee, further, inDays(6))).toBe(true);
    expect(await store.run(trainee, "banding", inDays(12.9))).toEqual({ run: further });
    expect(await store.run(trainee, "banding", inDays(13.1))).toBeUndefined();
    expect((await store.of(trainee, inDays(13.1))).begun).toEqual([]);
    expect(await store.putRun(trainee, begun, inDays(13.1))).toBe(true);
  });

  test("of two tabs that go on from the same step one is told that it came too late", async () => {
    const store = makeStore();
    const trainee = { subject: randomUUID() };
    await store.putRun(trainee, begun, at);
    const next = { ...begun, version: 2 };
    const outcomes = await Promise.all([1, 2].map(() => store.putRun(trainee, next, at)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await store.putRun(trainee, begun, at)).toBe(false);
  });

  test("what somebody finished is told for a year, and of a visitor without a name for seven days", async () => {
    const store = makeStore();
    const officer = { subject: randomUUID() };
    const visitor = { visitor: randomUUID() };
    for (const trainee of [officer, visitor]) await store.putFinish(trainee, "banding", at);
    const finished = [{ scenario: "banding", finishedAt: at.toISOString() }];
    expect((await store.of(officer, inDays(364))).finished).toEqual(finished);
    expect((await store.of(officer, inDays(366))).finished).toEqual([]);
    expect((await store.of(visitor, inDays(6))).finished).toEqual(finished);
    expect((await store.of(visitor, inDays(8))).finished).toEqual([]);
  });

  test("an older copy of the rules does not take the place of a newer one", async () => {
    const store = makeStore();
    expect(await store.rules()).toBeUndefined();
    const [year] = shippedYears();
    if (!year) throw new Error("There are years");
    const [older, newer] = [2, 3].map((version) => copyOfRules([{ ...year, version }], []));
    if (!older || !newer) throw new Error("There are two copies");
    await store.putRules(older);
    await store.putRules(newer);
    await store.putRules(older);
    expect(await store.rules()).toEqual(newer);
  });
});

test("What a release no longer knows how to read is known by its version, so that it can be begun again", async () => {
  const store = practiceStore(database.dynamo, database.table("Practice"));
  const subject = randomUUID();
  await database.dynamo.send(
    new PutCommand({
      TableName: database.table("Practice"),
      Item: {
        pk: `PERSON#${subject}`,
        sk: "RUN#banding",
        run: { written: "otherwise" },
        version: 7,
        expiresAt: inDays(1).getTime() / 1000,
      },
    }),
  );
  expect(await store.run({ subject }, "banding", at)).toEqual({ unreadable: { version: 7 } });
  expect(await store.putRun({ subject }, { ...begun, version: 8 }, at)).toBe(true);
});
