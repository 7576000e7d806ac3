import { randomUUID } from "node:crypto";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test, vi } from "vitest";
import { eventHash } from "../../shared/case/history.ts";
import { correctContact, deleteIdentity } from "../../shared/case/moves/identity.ts";
import { withdraw } from "../../shared/case/moves/reporter.ts";
import { keyHash } from "../../shared/case/submission/retry.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import type { ReporterIdentity } from "../../shared/reporter/reporter.ts";
import { reporterSeal } from "../../shared/reporter/reporter-store.ts";
import { agencies, anOfficer } from "../fakes/agencies.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { knownSeal } from "../fakes/seal.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "./database.ts";
import { anyNumber, at, inClear, opened, sealed, storesOn } from "./stores.ts";

const database = openDatabase({ expiry: false });
const { table } = database;
const storesOnDynamo = () => storesOn(database);

const byReporter = { by: { role: "reporter" }, at, salt: "salt" } as const;

describe.each([
  ["in memory", memoryStores],
  ["on DynamoDB", storesOnDynamo],
])("the stores %s", (_where, makeStores) => {
  const stores = () => makeStores();

  test("a case, its history and its reporter come back as they were submitted", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    const submitted = opened(number, { reporter: { email: "warga@contoh.example", mailReceipt: true } });
    expect(await cases.submit(submitted, sealed(randomUUID()))).toEqual({ stored: true });

    const file = await cases.find(number);
    expect(file).toEqual({ case: submitted.case, events: [submitted.event] });
    expect(file?.events.map(eventHash)).toEqual([submitted.event.hash]);
    expect(await reporters.find(number)).toMatchObject({ email: "warga@contoh.example", language: "id" });
    await reporters.forgetReceipt(number);
    expect((await reporters.find(number))?.receiptToMail).toBeUndefined();
  });

  test("nothing is found under a number that nobody was given", async () => {
    const { cases, reporters } = stores();
    expect(await cases.find("nobody")).toBeUndefined();
    expect(await reporters.find("nobody")).toBeUndefined();
    await reporters.forgetReceipt("nobody");
    expect(await reporters.find("nobody")).toBeUndefined();
  });

  test("a repeated key brings back what it was used for, and stores nothing", async () => {
    const { cases } = stores();
    const key = randomUUID();
    const first = sealed(key);
    await cases.submit(opened(anyNumber()), first);
    const second = anyNumber();
    expect(await cases.submit(opened(second), sealed(key))).toEqual({ stored: false, earlier: first });
    expect(await cases.find(second)).toBeUndefined();
    expect(await cases.earlier(first.keyHash, at)).toEqual(first);
    expect(await cases.earlier("nobody", at)).toBeUndefined();
  });

  test("an expired key counts as a new one", async () => {
    const { cases } = stores();
    const key = randomUUID();
    await cases.submit(opened(anyNumber()), sealed(key));
    const later = new Date(at.getTime() + 25 * 60 * 60 * 1000);
    expect(await cases.earlier(sealed(key).keyHash, later)).toBeUndefined();
    expect(await cases.submit(opened(anyNumber(), {}, later), sealed(key, later))).toEqual({ stored: true });
  });

  test("a tracking number is given to one case only, and the first case stays as it was", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    await cases.submit(opened(number), sealed(randomUUID()));
    const other = opened(number, { title: "Lampu mati", reporter: { name: "Warga" } });
    expect(await cases.submit(other, sealed(randomUUID()))).toEqual({ stored: false });
    expect((await cases.find(number))?.case.title).toBe(roadComplaint.title);
    expect(await reporters.find(number)).toBeUndefined();
  });

  test("a submission that arrives ten times at once makes one case", async () => {
    const { cases } = stores();
    const key = randomUUID();
    const numbers = Array.from({ length: 10 }, anyNumber);
    const outcomes = await Promise.all(numbers.map((number) => cases.submit(opened(number), sealed(key))));
    expect(outcomes.filter(({ stored }) => stored)).toHaveLength(1);
    for (const outcome of outcomes) if (!outcome.stored) expect(outcome.earlier?.keyHash).toBe(keyHash(key));
    const found = await Promise.all(numbers.map((number) => cases.find(number)));
    expect(found.filter(Boolean)).toHaveLength(1);
  });

  test("a correction is stored with its move, all or nothing, and the choice about mails stays", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    const submitted = opened(number, {
      reporter: { name: "Warga", email: "lama@contoh.example", phone: "081200001111", mailReceipt: true },
    });
    await cases.submit(submitted, sealed(randomUUID()));
    await reporters.stopMails(number, true);
    const corrected = correctContact(
      submitted.case,
      { email: "baru@contoh.example", phone: null },
      { ...byReporter, before: await reporters.find(number), language: "id" },
    );
    expect(await cases.append({ ...submitted.case, version: 7 }, corrected)).toBe(false);
    expect((await reporters.find(number))?.email).toBe("lama@contoh.example");
    expect(await cases.append(submitted.case, corrected)).toBe(true);
    expect(await reporters.find(number)).toEqual({
      trackingNumber: number,
      name: "Warga",
      email: "baru@contoh.example",
      language: "id",
      mailsStopped: true,
      addressRound: 1,
      addressFreedAt: at.toISOString(),
      receiptToMail: "0000-0000-0000-0000-0000",
    });
  });

  test("a move adds an identity where there was none, and another one removes it", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    const submitted = opened(number, { anonymous: true });
    await cases.submit(submitted, sealed(randomUUID()));
    const added = correctContact(
      submitted.case,
      { email: "kemudian@contoh.example" },
      { ...byReporter, before: undefined, language: "en" },
    );
    await cases.append(submitted.case, added);
    expect(await reporters.find(number)).toMatchObject({ email: "kemudian@contoh.example", language: "en" });
    const before = await reporters.find(number);
    const deleted = deleteIdentity(added.case, { ...byReporter, before });
    expect(await cases.append(submitted.case, deleted)).toBe(false);
    expect(await reporters.find(number)).toBeDefined();
    expect(await cases.append(added.case, deleted)).toBe(true);
    expect(await reporters.find(number)).toBeUndefined();
    const { sequence } = deleted.event;
    expect(await reporters.formerAddress(number, 2)).toBeUndefined();
    expect(await reporters.formerAddress(number, sequence)).toEqual({
      email: "kemudian@contoh.example",
      language: "en",
    });
    await reporters.forgetFormerAddress(number, sequence);
    await reporters.forgetFormerAddress(number, sequence);
    expect(await reporters.formerAddress(number, sequence)).toBeUndefined();
    expect((await cases.find(number))?.events.map(({ type }) => type)).toEqual([
      "submitted",
      "contact-corrected",
      "identity-deleted",
    ]);
  });

  test("the cases of a person are found by NIK or telephone number in any spelling, and no longer after a correction", async () => {
    const { cases, reporters } = stores();
    const serial = anyNumber().slice(-4);
    const person = { nik: `647101570885${serial}`, phone: `08123450${serial}` };
    const [one, two] = [anyNumber(), anyNumber()];
    const first = opened(one, { reporter: person });
    await cases.submit(first, sealed(randomUUID()));
    await cases.submit(opened(two, { reporter: { ...person, nik: undefined } }), sealed(randomUUID()));
    const found = async (key: Parameters<typeof reporters.casesOf>[0]) =>
      (await reporters.casesOf(key, 10)).sort();
    expect(await found({ nik: person.nik })).toEqual([one]);
    expect(await found({ phone: person.phone.replace(/^0/, "+62") })).toEqual([one, two]);
    expect(await reporters.casesOf({ phone: person.phone }, 1)).toHaveLength(1);
    const before = await reporters.find(one);
    const corrected = correctContact(
      first.case,
      { nik: null, phone: null, name: "Warga" },
      { ...byReporter, before, language: "id" },
    );
    await cases.append(first.case, corrected);
    expect(await found({ nik: person.nik })).toEqual([]);
    expect(await found({ phone: person.phone })).toEqual([two]);
  });

  test("a case that ended is found once its retention is over, and not when it goes on", async () => {
    const { cases } = stores();
    const number = anyNumber();
    const submitted = opened(number, { reporter: { name: "Warga" } });
    await cases.submit(submitted, sealed(randomUUID()));
    const due = async (instant: string) => {
      const numbers: string[] = [];
      for await (const portion of cases.keptUntil(instant)) numbers.push(...portion);
      return numbers.includes(number);
    };
    expect(await due("2999-01-01T00:00:00.000Z")).toBe(false);
    const withdrawn = withdraw(submitted.case, {}, byReporter);
    await cases.append(submitted.case, withdrawn);
    expect(await due("2028-11-21T01:29:59.999Z")).toBe(false);
    expect(await due("2028-11-22T01:30:00.000Z")).toBe(true);
    const goesOn = { ...withdrawn.case, endedAt: undefined, status: "assigned" as const, version: 3 };
    await cases.append(withdrawn.case, {
      case: goesOn,
      event: { ...withdrawn.event, sequence: 3 },
    });
    expect(await due("2999-01-01T00:00:00.000Z")).toBe(false);
    expect(await cases.get(number)).toEqual(JSON.parse(JSON.stringify(goesOn)));
  });

  test("a case is found under the day on which it moved last", async () => {
    const { cases } = stores();
    const number = anyNumber();
    const submitted = opened(number);
    await cases.submit(submitted, sealed(randomUUID()));
    const withdrawn = withdraw(submitted.case, {}, { ...byReporter, at: new Date("2026-11-25T01:30:00Z") });
    await cases.append(submitted.case, withdrawn);
    const movedOn = async (day: string) => {
      const heads = [];
      for await (const portion of cases.movedOn(day)) heads.push(...portion);
      return heads.filter(({ trackingNumber }) => trackingNumber === number);
    };
    expect(await movedOn("2026-11-23")).toEqual([]);
    expect(await movedOn("2026-11-25")).toMatchObject([{ sequence: 2, hash: withdrawn.event.hash }]);
  });
});

describe("the directory on DynamoDB", () => {
  test("agencies come page by page, each once, in the order of their ids", async () => {
    const store = directoryStore(database.dynamo, table("Directory"));
    const many = Array.from({ length: 25 }, (_, index) => ({
      ...agencies[1]!,
      id: `dinas-${String(index).padStart(2, "0")}`,
      regionCode: index % 2 ? "64.71" : "64.72",
    }));
    for (const one of many) expect(await store.put("agency", one)).toBe("added");

    const listed: string[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const page = await store.agencies({ limit: 10, ...(after && { after }) });
      listed.push(...page.items.map(({ id }) => id));
      after = listed.at(-1);
      more = page.more;
    }
    expect(listed).toEqual(many.map(({ id }) => id));
    const ofRegion = await store.agencies({ region: "64.71", limit: 100 });
    expect(ofRegion).toMatchObject({ more: false, items: { length: 12 } });
    expect(
      (await store.agencies({ region: "64.71", after: "dinas-01", limit: 2 })).items.map(({ id }) => id),
    ).toEqual(["dinas-03", "dinas-05"]);
  });

  test("a load tells what it changes, and a warm function sees it within a minute", async () => {
    const store = directoryStore(database.dynamo, table("Directory"));
    let now = 0;
    const warm = directoryStore(database.dynamo, table("Directory"), () => now);
    const agency = { ...agencies[0]!, id: "renamed" };
    expect(await warm.agency("renamed")).toBeUndefined();
    expect(await store.put("agency", agency)).toBe("added");
    expect(await store.put("agency", agency)).toBe("unchanged");
    now = 1_999;
    expect(await warm.agency("renamed")).toBeUndefined();
    now = 2_000;
    expect(await warm.agency("renamed")).toEqual(agency);
    expect(await store.put("agency", { ...agency, name: "Nama baru" })).toBe("changed");
    now = 61_999;
    expect(await warm.agency("renamed")).toEqual(agency);
    now = 62_000;
    expect((await warm.agency("renamed"))?.name).toBe("Nama baru");
  });

  test("an agency that is asked for as it is recorded is seen closed at once, and remembered so", async () => {
    const store = directoryStore(database.dynamo, table("Directory"));
    const warm = directoryStore(database.dynamo, table("Directory"), () => 0);
    const agency = { ...agencies[0]!, id: "soon-closed" };
    await store.put("agency", agency);
    expect(await warm.agency("soon-closed")).toEqual(agency);
    const closed = { ...agency, closedAt: "2026-11-26T01:00:00.000Z", successor: "kemenpanrb" };
    await store.put("agency", closed);
    expect(await warm.agency("soon-closed")).toEqual(agency);
    expect(await warm.agency("soon-closed", { asRecorded: true })).toEqual(closed);
    expect(await warm.agency("soon-closed")).toEqual(closed);
  });

  test("an officer is found by the subject of their token, and a dismissed one is out within a minute", async () => {
    const store = directoryStore(database.dynamo, table("Directory"));
    let now = 0;
    const warm = directoryStore(database.dynamo, table("Directory"), () => now);
    const officer = anOfficer("unit-officer", "kemenpanrb", { subject: "who-signed-in" });
    await store.put("officer", officer);
    expect(await warm.postsOf("who-signed-in")).toEqual([officer]);
    expect(await warm.postsOf("somebody-else")).toEqual([]);
    await store.put("officer", { ...officer, dismissedAt: "2026-11-23T01:30:00Z" });
    now = 59_000;
    expect((await warm.postsOf("who-signed-in"))[0]?.dismissedAt).toBeUndefined();
    now = 60_000;
    expect((await warm.postsOf("who-signed-in"))[0]?.dismissedAt).toBeDefined();
  });

  test("a read that failed is not remembered", async () => {
    let broken = true;
    const flaky = {
      send: (command: never) =>
        broken ? Promise.reject(new Error("throttled")) : database.dynamo.send(command),
    } as unknown as DynamoDBDocumentClient;
    const store = directoryStore(flaky, table("Directory"));
    await expect(store.agency("renamed")).rejects.toThrow("throttled");
    broken = false;
    expect((await store.agency("renamed"))?.id).toBe("renamed");
  });
});

describe("a sealed identity", () => {
  const identity: ReporterIdentity = {
    trackingNumber: "TEST-SEAL1",
    name: "Warga Contoh",
    email: "warga@contoh.example",
    phone: "081200001111",
    nik: "6471015708850001",
    language: "id",
    receiptToMail: "0000-0000-0000-0000-0000",
  };

  test("a sealed identity tells nothing, is never the same twice, and opens to what it was", async () => {
    const [one, other] = [await knownSeal.seal(identity), await knownSeal.seal(identity)];
    const { trackingNumber: _, language: _l, ...personal } = identity;
    for (const value of Object.values(personal)) {
      expect(JSON.stringify(one)).not.toContain(value);
      expect(Buffer.from(one.sealed, "base64").toString("latin1")).not.toContain(value);
    }
    expect(one.sealed).not.toBe(other.sealed);
    expect(one.nikHash).toBe(other.nikHash);
    expect(await knownSeal.open(one)).toEqual(identity);
  });

  test("a sealed identity does not open at another case, in another part, changed in one bit, or under another key", async () => {
    const one = await knownSeal.seal(identity);
    const another = reporterSeal({ key: `local:${Buffer.alloc(32, 9).toString("base64")}` });
    const bytes = Buffer.from(one.sealed, "base64");
    bytes[bytes.length - 20]! ^= 1;
    await expect(knownSeal.open({ ...one, trackingNumber: "TEST-SEAL2" })).rejects.toThrow();
    await expect(knownSeal.open({ ...one, sealed: one.sealedReceipt ?? "" })).rejects.toThrow();
    await expect(knownSeal.open({ ...one, sealed: bytes.toString("base64") })).rejects.toThrow();
    await expect(another.open(one)).rejects.toThrow();
  });

  test("an identity cannot be sealed while its keys are out of reach, and its sender is asked to send again", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    vi.stubEnv("AWS_REGION", "ap-southeast-3");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    const key = "arn:aws:kms:ap-southeast-3:000000000000:key/0f8fad5b-d9cb-469f-a165-70867728950e";
    const inKms = reporterSeal({ key, hashKey: key });
    await expect(inKms.seal({ ...identity, nik: undefined, phone: undefined })).rejects.toMatchObject({
      kind: "unavailable",
    });
    await expect(inKms.hash({ nik: identity.nik ?? "" })).rejects.toMatchObject({ kind: "unavailable" });
    vi.unstubAllEnvs();
  });

  test("an identity without a NIK or a telephone number has nothing to be found by, and asks for no hash", async () => {
    const unhashed = reporterSeal({ key: `local:${Buffer.alloc(32, 1).toString("base64")}` });
    const { nik: _n, phone: _p, ...plain } = identity;
    const stored = await unhashed.seal(plain);
    expect([stored.nikHash, stored.phoneHash]).toEqual([undefined, undefined]);
    await expect(unhashed.seal(identity)).rejects.toThrow("no key to hash with");
  });
});

test("no table holds a receipt in clear, or a word about the reporter", async () => {
  expect(await inClear(database, "Cases", "Reporters")).toEqual([]);
});
