import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { QueryCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalHash } from "../../shared/chain.ts";
import { openDatabase } from "../integration/database.ts";
import { checkOutLastRelease, whyNotHere } from "../last-release.ts";

const run = promisify(execFile);
const head = resolve(".");
const database = openDatabase({ expiry: false });

let old: string;

interface Found {
  listed: string[];
  moved: { trackingNumber: string; stored?: boolean; flaws?: object[]; told?: string; error?: string }[];
  agency: boolean;
  name: string;
}

/** Has the code in a folder do something with cases. */
async function having(code: string, does: "write" | "move", numbers: readonly string[]): Promise<Found> {
  const endpoint = await database.client.config.endpoint?.();
  const address = `http://${endpoint?.hostname}:${endpoint?.port}`;
  const { stdout } = await run(
    process.execPath,
    [
      "test/versions/lives.ts",
      code,
      does,
      address,
      database.table("Cases"),
      database.table("Directory"),
      ...numbers,
    ],
    { env: { ...process.env, POWERTOOLS_DEV: "false" } },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Found;
}

const itemsOf = async (trackingNumber: string) =>
  (
    await database.dynamo.send(
      new QueryCommand({
        TableName: database.table("Cases"),
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": `CASE#${trackingNumber}` },
        ConsistentRead: true,
      }),
    )
  ).Items ?? [];

const set = (table: string, Key: object, update: string, values: object, names?: object) =>
  database.dynamo.send(
    new UpdateCommand({
      TableName: database.table(table),
      Key: Key as Record<string, unknown>,
      UpdateExpression: update,
      ExpressionAttributeValues: values as Record<string, unknown>,
      ...(names && { ExpressionAttributeNames: names as Record<string, string> }),
    }),
  );

/** Adds to a case what code of tomorrow may store: a field, a deeper one, another format, and an event of a new kind. */
async function addTomorrow(trackingNumber: string): Promise<void> {
  const [state] = await itemsOf(trackingNumber);
  const sequence = Number(state?.version) + 1;
  const heading = {
    ...{ trackingNumber, sequence, type: "mediated", at: "2026-11-24T01:30:00.000Z" },
    ...{ by: { role: "mediator" }, previousHash: state?.lastHash as unknown },
  };
  const content = { outcome: "RAHASIA" };
  const hash = canonicalHash({ ...heading, contentHash: canonicalHash({ salt: "salt", content }) });
  const pk = `CASE#${trackingNumber}`;
  const event = { ...heading, content, salt: "salt", hash, itemFormat: 2 };
  const fields = Object.entries(event);
  await set(
    "Cases",
    { pk, sk: `EVENT#${String(sequence).padStart(6, "0")}` },
    `SET ${fields.map((_, index) => `#n${index} = :v${index}`).join(", ")}`,
    Object.fromEntries(fields.map(([, value], index) => [`:v${index}`, value])),
    Object.fromEntries(fields.map(([name], index) => [`#n${index}`, name])),
  );
  await set(
    "Cases",
    { pk, sk: "CASE" },
    "SET version = :v, lastHash = :h, itemFormat = :f, mediation = :m, pace = :p",
    {
      ...{ ":v": sequence, ":h": hash, ":f": 2, ":m": { by: "contoh" } },
      ":p": { messages: { since: "2026-11-24T01:30:00.000Z", count: 1, later: "RAHASIA" } },
    },
  );
}

beforeAll(async () => {
  const why = await whyNotHere();
  if (why) throw new Error(why);
  old = mkdtempSync(join(tmpdir(), "sp4n-lapor-release-"));
  await checkOutLastRelease(old, "own");
});
afterAll(() => {
  if (old && existsSync(old)) rmSync(old, { recursive: true });
});

describe.each([
  ["code of the last release reads, moves and lists what the code here wrote", "7A", () => [head, old]],
  ["the code here reads, moves and lists what the last release wrote", "7B", () => [old, head]],
])("%s", (_, prefix, who) => {
  const [plain, tomorrow, unknown] = [`${prefix}000-00001`, `${prefix}000-00002`, `${prefix}000-00003`];

  test("no field is lost, nothing unknown is told, and what cannot be read hides nothing else", async () => {
    const [writer = "", reader = ""] = who();
    const numbers = [plain, tomorrow, unknown];
    await having(writer, "write", numbers);
    await addTomorrow(tomorrow);
    await set(
      "Cases",
      { pk: `CASE#${unknown}`, sk: "CASE" },
      "SET #s = :s",
      { ":s": "in-mediation" },
      { "#s": "status" },
    );
    await set(
      "Directory",
      { pk: "agency", sk: "balikpapan-dinas-contoh" },
      "SET besideLater = :b, #entry.later = :l",
      { ":b": 1, ":l": { deep: true } },
      { "#entry": "entry" },
    );
    const before = await Promise.all(numbers.map(itemsOf));

    const found = await having(reader, "move", numbers);

    expect(found.listed).toEqual(expect.arrayContaining([plain, tomorrow]));
    expect(found.listed).not.toContain(unknown);
    expect(found.moved.map(({ stored, error }) => error ?? stored)).toEqual([true, true, "UnreadableItem"]);
    for (const { flaws, told } of found.moved.slice(0, 2)) {
      expect(flaws).toEqual([]);
      expect(told).not.toContain("RAHASIA");
    }
    expect(found.agency).toBe(true);
    expect(found.name).toMatch(/ Baru$/);

    const after = await Promise.all(numbers.map(itemsOf));
    // The unread case is as it was. Of the others only what a move writes has changed.
    expect(after[2]).toEqual(before[2]);
    const movesChange = new Set(["version", "lastHash", "movedAt", "movedOn"]);
    for (const index of [0, 1]) {
      const then = before[index] ?? [];
      const now = after[index] ?? [];
      expect(now).toHaveLength(then.length + 1);
      for (const item of then) {
        const same = now.find(({ sk }) => sk === item.sk) ?? {};
        const kept = (one: Record<string, unknown>) =>
          Object.fromEntries(
            Object.entries(one).filter(([name]) => item.sk !== "CASE" || !movesChange.has(name)),
          );
        expect(kept(same)).toEqual(kept(item));
      }
    }
    const { Items = [] } = await database.dynamo.send(
      new ScanCommand({ TableName: database.table("Directory"), ConsistentRead: true }),
    );
    expect(Items.find(({ pk }) => pk === "agency")).toMatchObject({
      besideLater: 1,
      entry: { later: { deep: true } },
    });
  });
});
