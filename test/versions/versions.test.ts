import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCommand, QueryCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startQueues } from "../../infra/local/queues/fauxqs.ts";
import type { Emulator } from "../../infra/local/start/emulator.ts";
import { canonicalHash } from "../../shared/chain.ts";
import { cipherOf } from "../../shared/platform/encryption.ts";
import { openDatabase } from "../integration/database.ts";
import { checkOutLastRelease, whyNotHere } from "../last-release.ts";
import type { Task } from "./lives.ts";

const run = promisify(execFile);
const head = resolve(".");
const database = openDatabase({ expiry: false });

let old: string;
let folder: string;
let files: Emulator;

interface Found {
  listed: string[];
  moved: { trackingNumber: string; stored?: boolean; flaws?: object[]; told?: string; error?: string }[];
  agency: boolean;
  name: string;
  corrected: { stored?: boolean; name?: string; off?: string; error?: string };
  inspected: { failed: number; states: string[] };
  officers: { known: string[]; enters: (number | string)[] };
}

const keys = {
  key: `local:${Buffer.alloc(32, 1).toString("base64")}`,
  hashKey: `local:${Buffer.alloc(32, 2).toString("base64")}`,
};
const bucket = "files";

/** Has the code in a folder do something, and reads what it says. */
async function having<T>(code: string, task: Pick<Task, "does" | "numbers" | "withFile" | "messages">) {
  const endpoint = await database.client.config.endpoint?.();
  const tables = {
    cases: database.table("Cases"),
    directory: database.table("Directory"),
    reporters: database.table("Reporters"),
  };
  const whole: Task = { code, tables, keys, bucket, ...task };
  const { stdout } = await run(process.execPath, ["test/versions/lives.ts", JSON.stringify(whole)], {
    env: {
      ...process.env,
      POWERTOOLS_DEV: "false",
      CASES_TABLE: tables.cases,
      DIRECTORY_TABLE: tables.directory,
      ATTACHMENTS_BUCKET: bucket,
      AWS_ENDPOINT_URL_DYNAMODB: `http://${endpoint?.hostname}:${endpoint?.port}`,
      AWS_ENDPOINT_URL_S3: files.endpoint,
    },
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T;
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

/** Adds to who reported a case what code of tomorrow may store: beside the seal, within it, and why nobody writes to them. */
async function addTomorrowToReporter(trackingNumber: string): Promise<void> {
  const cipher = cipherOf(keys.key);
  const about = { trackingNumber, purpose: "identity" };
  const { Item } = await database.dynamo.send(
    new GetCommand({ TableName: database.table("Reporters"), Key: { pk: trackingNumber } }),
  );
  const personal = JSON.parse(await cipher.open(String(Item?.sealed), about)) as object;
  const sealed = await cipher.seal(JSON.stringify({ ...personal, later: { deep: "RAHASIA" } }), about);
  await set("Reporters", { pk: trackingNumber }, "SET sealed = :s, later = :l, addressOff = :o", {
    ...{ ":s": sealed, ":l": { deep: true }, ":o": "blocked" },
  });
}

/** What is sealed about who reported a case, and what lies beside the seal. */
async function reporterOf(trackingNumber: string) {
  const { Item = {} } = await database.dynamo.send(
    new GetCommand({
      TableName: database.table("Reporters"),
      Key: { pk: trackingNumber },
      ConsistentRead: true,
    }),
  );
  const about = { trackingNumber, purpose: "identity" };
  const { sealed, ...beside } = Item;
  return { personal: JSON.parse(await cipherOf(keys.key).open(String(sealed), about)) as object, beside };
}

beforeAll(async () => {
  const why = await whyNotHere();
  if (why) throw new Error(why);
  old = mkdtempSync(join(tmpdir(), "sp4n-lapor-release-"));
  await checkOutLastRelease(old, "own");
  folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-files-"));
  files = await startQueues({ dataDir: folder });
  const s3 = new S3Client({
    endpoint: files.endpoint,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  s3.destroy();
});
afterAll(async () => {
  await files?.stop();
  if (folder) rmSync(folder, { recursive: true });
  if (old && existsSync(old)) rmSync(old, { recursive: true });
});

describe.each([
  ["code of the last release reads, moves and lists what the code here wrote", "7A", () => [head, old]],
  ["the code here reads, moves and lists what the last release wrote", "7B", () => [old, head]],
])("%s", (_, prefix, who) => {
  const [plain, tomorrow, unknown] = [`${prefix}000-00001`, `${prefix}000-00002`, `${prefix}000-00003`];
  const withFile = `${prefix}000-00004`;

  test("no field is lost, nothing unknown is told, and what cannot be read hides nothing else", async () => {
    const [writer = "", reader = ""] = who();
    const numbers = [plain, tomorrow, unknown];
    const cases = { numbers, withFile };
    const written = await having<{ messages: object[] }>(writer, { ...cases, does: "write", messages: [] });
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
    await addTomorrowToReporter(withFile);
    const [file] = (await itemsOf(withFile)).filter(({ sk }) => String(sk).startsWith("ATTACHMENT#"));
    await set("Cases", { pk: file?.pk as unknown, sk: file?.sk as unknown }, "SET later = :l", {
      ":l": { deep: true },
    });
    await set(
      "Directory",
      { pk: "officer", sk: "contoh-petugas" },
      "SET #entry.#role = :r, #entry.later = :l",
      { ":r": "mediator", ":l": { deep: true } },
      { "#entry": "entry", "#role": "role" },
    );
    const before = await Promise.all(numbers.map(itemsOf));

    const found = await having<Found>(reader, {
      ...cases,
      does: "move",
      messages: written.messages.map((message) => ({ ...message, later: { deep: true } })),
    });

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

    // Who reported it: what is sealed and what lies beside it stay, and an unknown reason to write to nobody is one.
    expect(found.corrected).toEqual({ stored: true, name: "Warga Contoh", off: "unsubscribed" });
    expect(await reporterOf(withFile)).toMatchObject({
      personal: { name: "Warga Contoh", phone: "0812 1111 1111", later: { deep: "RAHASIA" } },
      beside: { later: { deep: true }, addressOff: "blocked" },
    });
    // The file: a message of the other code settles it, with a field that this one does not know.
    expect(written.messages).toHaveLength(1);
    expect(found.inspected).toEqual({ failed: 0, states: ["clean"] });
    const settled = (await itemsOf(withFile)).find(({ sk }) => sk === file?.sk);
    expect(settled).toMatchObject({ state: "clean", later: { deep: true } });
    // The officer with a new role: nobody here, who may do nothing, and who hides nobody else.
    expect(found.officers).toEqual({
      known: ["contoh-lain"],
      enters: [reader === old ? 0 : "UnreadableItem", 1],
    });
    expect(Items.find(({ sk }) => sk === "contoh-petugas")).toMatchObject({
      entry: { role: "mediator", later: { deep: true } },
    });
  });
});
