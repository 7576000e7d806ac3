import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AttributeValue,
  DynamoDBClient,
  ScanCommand,
  type ScanCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test, vi } from "vitest";
import { openOffice, road } from "./office.ts";

const office = openOffice();

const city = "admin@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";
const head = "kepala.pu@balikpapan.example";
const observer = "pengamat@ombudsman-ri.example";
const notAllowed = [
  city,
  unit,
  "penghubung.pu@balikpapan.example",
  "admin.nasional@kemenpanrb.example",
  "auditor@kemenpanrb.example",
];
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const reason = "Pelapor harus didengar sebelum ganti rugi diputuskan.";

/** Each test has a person of its own. */
let people = 0;
const aPerson = () => {
  const serial = String(++people).padStart(4, "0");
  return {
    name: `Warga Contoh ${serial}`,
    email: `warga${serial}@contoh.example`,
    phone: `08129999${serial}`,
    nik: `647101570885${serial}`,
  };
};

async function opened(change: object = {}) {
  const person = aPerson();
  const { status, body } = await office.send({ ...road, reporter: person, ...change });
  expect([status, body.errors]).toEqual([201, undefined]);
  const number = body.trackingNumber as string;
  const receipt = body.receipt as string;
  const ask = (method: string, path: string, told?: object, headers: object = {}) =>
    office.api(`/v1/cases/${number}${path}`, {
      method,
      headers: { authorization: `Receipt ${receipt}`, "content-type": "application/json", ...headers },
      ...(told && { body: JSON.stringify(told) }),
    });
  return {
    number,
    receipt,
    person,
    open: (email: string, told: object = { reason }) =>
      office.as(email, "POST", `/v1/officer/cases/${number}/identity-opening`, told),
    move: (email: string, path: string, told: object = {}) =>
      office.as(email, "POST", `/v1/officer/cases/${number}/${path}`, told),
    reporter: (path: string, told: object = {}) => ask("POST", `/${path}`, told),
    correct: (told: object) => ask("PUT", "/contact", told),
    data: () => ask("GET", "/personal-data"),
    mine: async () => (await ask("GET", "")).body,
    seen: async () => (await office.api(`/v1/cases/${number}`)).body,
  };
}
const types = ({ timeline }: { timeline: { type: string }[] }) => timeline.map(({ type }) => type);

/** Reads everything in the database, as bytes on a disk would tell it. */
async function allItems(): Promise<string> {
  const dynamo = new DynamoDBClient({
    endpoint: office.addresses.dynamodb,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const found: unknown[] = [];
  for (const TableName of Object.values(office.addresses.tables)) {
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page: ScanCommandOutput = await dynamo.send(new ScanCommand({ TableName, ExclusiveStartKey }));
      found.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }
  dynamo.destroy();
  return JSON.stringify(found);
}

test("no item of the database says who reported, nor the receipt that waits to be mailed", async () => {
  const person = aPerson();
  const { number, receipt } = await opened({ reporter: { ...person, mailReceipt: true } });
  const other = await opened();
  await other.correct({ email: "baru@contoh.example" });
  const items = await allItems();
  expect(items).toContain(number);
  for (const personal of [...Object.values(person), ...Object.values(other.person), receipt, "baru@contoh"])
    expect(items).not.toContain(personal);
});

describe("the identity of a reporter", () => {
  test("the head of the agency opens an identity for a reason that the reporter reads and is mailed about", async () => {
    const { number, person, open, mine, seen } = await opened();
    const { status, body } = await open(head);
    expect([status, body.identity]).toEqual([
      200,
      { name: person.name, email: person.email, phone: person.phone, nikOnFile: true },
    ]);
    expect(JSON.stringify(body)).not.toContain(person.nik);

    const [, event] = (await mine()).timeline;
    expect(event).toMatchObject({ type: "identity-opened", by: "agency-head", content: { reason } });
    expect(types(await seen())).toEqual(["submitted"]);
    const mails = await office.mailsAbout(number, 4);
    const told = mails.find(({ subject }) => subject.endsWith("Identitas Anda dibuka"));
    expect(told?.destination.to).toEqual([person.email]);
    expect(told?.body.text).not.toContain(reason);
  });

  test("the Ombudsman opens an identity too, nobody else does, and nobody does without a reason", async () => {
    const { open, mine } = await opened();
    for (const email of notAllowed) expect([email, (await open(email)).status]).toEqual([email, 403]);
    expect((await open("petugas@samarinda.example")).status).toBe(404);
    expect((await open(head, {})).status).toBe(400);
    expect((await open(head, { reason: " " })).status).toBe(400);
    expect(types(await mine())).toEqual(["submitted"]);
    expect((await open(observer)).status).toBe(200);
  });

  test("the identity of an anonymous case stays closed until the reporter agrees, and again once they take that back", async () => {
    const { open, reporter, mine } = await opened({ anonymous: true });
    expect((await open(head)).status).toBe(409);
    expect((await reporter("identity-consent", { agreed: true })).status).toBe(200);
    expect((await open(head)).body.identity.nikOnFile).toBe(true);
    await reporter("identity-consent", { agreed: false });
    expect((await open(head)).status).toBe(409);
    expect(types(await mine())).toEqual([
      "submitted",
      "identity-consented",
      "identity-opened",
      "identity-consented",
    ]);
  });

  test("an identity that nobody left cannot be opened", async () => {
    const { open } = await opened({ reporter: undefined });
    expect((await open(head)).status).toBe(409);
  });

  test("an identity is found by NIK or telephone number only where it might be opened, and the search is on record", async () => {
    const named = await opened();
    const hidden = await opened({ anonymous: true, reporter: named.person });
    const search = (email: string, key: object) =>
      office.as(email, "POST", "/v1/officer/identity-search", { ...key, reason });
    const spelt = named.person.phone.replace(/^0/, "+62 ");
    for (const key of [{ nik: named.person.nik }, { phone: spelt }]) {
      const { status, body } = await vi.waitFor(async () => {
        const answer = await search(observer, key);
        expect(answer.body.items).toHaveLength(1);
        return answer;
      }, 10_000);
      expect([status, body.items]).toEqual([200, [{ trackingNumber: named.number }]]);
    }
    expect(types(await hidden.mine())).toEqual(["submitted"]);
    expect((await named.mine()).timeline[1]).toMatchObject({
      type: "identity-opened",
      content: { how: "searched" },
    });
    expect((await search(unit, { nik: named.person.nik })).status).toBe(403);
    const wrong = await search(observer, { nik: "6471019999990001" });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors).toMatchObject([{ path: "nik" }]);
    expect(JSON.stringify(wrong.body)).not.toContain("6471019999990001");
    expect((await search(observer, {})).status).toBe(400);
    expect((await search(observer, { nik: named.person.nik, phone: spelt })).status).toBe(400);
  });
});

describe("a reporter with their receipt", () => {
  test("a reporter gets all that is held about them as one document, and nobody else does", async () => {
    const { number, person, data, move } = await opened();
    await move(city, "verification");
    await move(unit, "notes", { text: "Catatan antarpetugas." });
    const { status, body } = await data();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      identity: { name: person.name, email: person.email, phone: person.phone, nikOnFile: true },
      mails: true,
      language: "id",
      case: { title: road.title, text: road.text, location: road.location },
      retention: { days: 730, until: null },
    });
    expect(types(body.case)).toEqual(["submitted", "verified"]);
    expect(JSON.stringify(body)).not.toContain("antarpetugas");
    const wrong = { authorization: "Receipt 1111-1111-1111-1111-1111" };
    expect((await office.api(`/v1/cases/${number}/personal-data`, { headers: wrong })).status).toBe(404);
    expect((await office.api(`/v1/cases/${number}/personal-data`)).status).toBe(401);
  });

  test("a reporter corrects their data: the rest stays, mails go to the new address, and the history does not tell the old one", async () => {
    const { number, person, correct, data, move, mine } = await opened();
    const corrected = await correct({ email: "baru@contoh.example", phone: null });
    expect(corrected.body.identity).toEqual({
      name: person.name,
      email: "baru@contoh.example",
      nikOnFile: true,
    });
    await move(city, "verification");
    await move(unit, "answer", { text });
    await vi.waitFor(async () => {
      const mails = (await office.mailbox()).filter(({ subject }) => subject.includes(number));
      expect(mails.map(({ destination }) => destination.to[0])).toContain("baru@contoh.example");
      const last = mails.filter(({ destination }) => destination.to[0] === person.email).at(-1);
      expect(last?.subject).toBe(`[${number}] Alamat email ini tidak dipakai lagi`);
    });
    expect((await mine()).timeline[1]).toEqual(expect.not.objectContaining({ content: expect.anything() }));
    expect((await data()).body.case.timeline[1].type).toBe("contact-corrected");
    expect((await correct({ nik: "6471010101900000" })).body.errors).toMatchObject([{ path: "nik" }]);
    expect((await correct({ colour: "red" })).status).toBe(400);
  });

  test("a reporter who left nothing adds how to reach them", async () => {
    const { correct, data } = await opened({ reporter: undefined });
    expect((await data()).body.identity).toBeNull();
    await correct({ email: "kemudian@contoh.example" });
    expect((await data()).body.identity).toEqual({ email: "kemudian@contoh.example", nikOnFile: false });
  });

  test("a reporter has their identity deleted once the case has ended: the case stays, and nothing leads to them", async () => {
    const { number, person, reporter, data, mine, open } = await opened();
    const refused = await reporter("identity-deletion");
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining("masih ditangani")]);
    await reporter("withdrawal");
    expect((await reporter("identity-deletion")).body).toEqual({ status: "withdrawn", identity: null });
    expect((await data()).body.identity).toBeNull();
    const after = await mine();
    expect([after.identityOnFile, types(after)]).toEqual([
      undefined,
      ["submitted", "withdrawn", "identity-deleted"],
    ]);
    expect((await reporter("identity-deletion")).status).toBe(200); // a second click
    expect((await open(head)).status).toBe(409);
    const found = await office.as(observer, "POST", "/v1/officer/identity-search", {
      nik: person.nik,
      reason,
    });
    expect(found.body.items).toEqual([]);
    expect((await office.api(`/v1/cases/${number}`)).status).toBe(200);
  });

  test("an anonymous reporter has their identity deleted while the case goes on", async () => {
    const { reporter, mine } = await opened({ anonymous: true });
    expect((await reporter("identity-deletion")).status).toBe(200);
    expect((await mine()).status).toBe("submitted");
  });
});

test("no log holds a word of who people are, whatever they do with their data", async () => {
  const marks = {
    name: "PENANDA-NAMA",
    email: "penanda@contoh.example",
    phone: "081288887777",
    nik: "6471015708859999",
  };
  const corrected = {
    name: "PENANDA-KOREKSI",
    email: "koreksi@contoh.example",
    phone: "081277776666",
    nik: "6472015708859998",
  };
  const because = "PENANDA-ALASAN";
  const found = await opened({ reporter: { ...marks, mailReceipt: true } });
  const { number, receipt } = found;
  await found.open(head, { reason: because });
  await found.open(unit, { reason: because });
  for (const key of [{ nik: marks.nik }, { phone: marks.phone }])
    await office.as(observer, "POST", "/v1/officer/identity-search", { ...key, reason: because });
  await office.as(observer, "POST", "/v1/officer/identity-search", { nik: `${marks.nik}1`, reason: because });
  await office.mailsAbout(number, 6);
  await found.correct(corrected);
  await found.correct({ ...corrected, [marks.nik]: marks.email });
  await found.data();
  await office.api(`/v1/cases/${number}/personal-data?nik=${marks.nik}`, {
    headers: { authorization: `Receipt ${receipt}` },
  });
  await found.reporter("identity-consent", { agreed: true });
  await found.reporter("withdrawal", { text: because });
  await found.reporter("identity-deletion");
  // Both former addresses are told that they were given up.
  await office.mailsAbout(number, 9);

  const logs = join(office.dataDir, "logs");
  const written = readdirSync(logs).map((file) => readFileSync(join(logs, file), "utf8"));
  for (const route of [
    "identity-opening",
    "identity-search",
    "contact",
    "personal-data",
    "identity-deletion",
  ])
    expect(written.join("")).toContain(route);
  for (const secret of [...Object.values(marks), ...Object.values(corrected), because, receipt])
    for (const log of written) expect(log).not.toContain(secret);
});
