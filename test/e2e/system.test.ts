import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test, vi } from "vitest";
import { openOffice, road } from "./office.ts";

const office = openOffice();
const { api, dataDir, mailbox, mailsAbout, send } = office;

describe("a citizen of Balikpapan reports a road", () => {
  test("a citizen gets a number and follows the case, and the agency finds the alert in its mailbox", async () => {
    const sent = await send({ ...road, reporter: { email: "warga@contoh.example" } });
    expect(sent.status).toBe(201);
    const { trackingNumber, receipt } = sent.body;

    const seen = await api(`/v1/cases/${trackingNumber}`);
    expect(seen.body).toMatchObject({
      status: "submitted",
      statusText: "Menunggu verifikasi",
      title: road.title,
      // The city verifies for its department, which has no administrator.
      agency: { id: "pemkot-balikpapan" },
      category: { name: "Pekerjaan Umum dan Penataan Ruang" },
      location: { regionName: "Kota Balikpapan" },
    });
    const mine = await api(`/v1/cases/${trackingNumber}`, {
      headers: { authorization: `Receipt ${receipt}` },
    });
    expect(mine.status).toBe(200);

    // The reporter, and the administrator and the mailbox of the city, which verifies for the department.
    const mails = await mailsAbout(trackingNumber, 3);
    const to = (address: string) => mails.find(({ destination }) => destination.to.includes(address));
    const agency = (await allAgencies("64.71")).find(({ id }) => id === road.agencyId);
    expect(to("warga@contoh.example")?.body.text).toContain(trackingNumber);
    expect(to("warga@contoh.example")?.body.text).not.toContain(receipt);
    const alert = to("lapor@balikpapan.example");
    expect(alert?.body.text).toContain(agency?.name);
    expect(alert?.body.html).toContain(trackingNumber);
  });

  test("an alert names an anonymous reporter nowhere", async () => {
    const reporter = { name: "Warga Rahasia Contoh", phone: "081200001111", nik: "6471010101900001" };
    const sent = await send({ ...road, anonymous: true, reporter });
    const alerts = await mailsAbout(sent.body.trackingNumber, 2);
    for (const personal of [...Object.values(reporter), road.location.address, road.title])
      expect(JSON.stringify(alerts)).not.toContain(personal);
  });

  test("a citizen who asked for it finds the receipt in the mail", async () => {
    const sent = await send({ ...road, reporter: { email: "minta@contoh.example", mailReceipt: true } });
    const mails = await mailsAbout(sent.body.trackingNumber, 3);
    const own = mails.find(({ destination }) => destination.to.includes("minta@contoh.example"));
    expect(own?.body.text).toContain(sent.body.receipt);
  });
});

describe("a shaky connection", () => {
  test("the same report sent eight times at once makes one case, and mails each officer once", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(road, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body)))).toHaveLength(1);
    await mailsAbout(answers[0]?.body.trackingNumber, 2);
  });

  test("a citizen who lost the answer gets the same receipt as a sheet to copy and as a page to print", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const { receipt } = (await send(road, headers)).body;
    for (const type of ["text/plain", "text/html"]) {
      const sheet = await send(road, { ...headers, accept: type });
      expect([sheet.status, sheet.headers.get("content-type")]).toEqual([201, `${type}; charset=utf-8`]);
      expect(sheet.body).toContain(receipt);
      expect(sheet.body).not.toContain(road.title);
    }
  });

  test("another report under the same key is refused, and the answer says so", async () => {
    const headers = { "idempotency-key": randomUUID() };
    await send(road, headers);
    expect((await send({ ...road, title: "Lain" }, headers)).status).toBe(409);
  });
});

describe("a request that cannot be taken", () => {
  test("a request that cannot be taken is answered with a problem that says what to do", async () => {
    const answers = await Promise.all([
      send("{"),
      send({ ...road, text: "a".repeat(66_000) }),
      send("title=x", { "content-type": "application/x-www-form-urlencoded" }),
      send({ ...road, colour: "red" }, { "accept-language": "en" }),
      api("/v1/cases/00000-00000"),
      api("/v1/nothing"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 413, 415, 400, 404, 404]);
    for (const { headers, body } of answers) {
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(body.detail).toMatch(/\w+/);
    }
    expect(answers[3]?.body.errors).toEqual([
      { in: "body", path: "colour", message: "This field is not known. Remove it or check its spelling." },
    ]);
  });
});

interface ListedAgency {
  id: string;
  name: string;
  regionCode?: string;
}

async function allAgencies(region?: string): Promise<ListedAgency[]> {
  const items: ListedAgency[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: "200", ...(region && { region }), ...(cursor && { cursor }) });
    const page = await api(`/v1/agencies?${query}`);
    items.push(...page.body.items);
    cursor = page.body.cursor;
  } while (cursor);
  return items;
}

describe("the directory", () => {
  const shipped = JSON.parse(readFileSync("shared/directory/data/kalimantan-timur.json", "utf8"));

  test("the directory lists every agency once over all pages, without the mailboxes", async () => {
    const listed = await allAgencies();
    expect(listed.map(({ id }) => id)).toEqual(shipped.agencies.map(({ id }: ListedAgency) => id).sort());
    expect(JSON.stringify(listed)).not.toContain("@");
  });

  test("the directory lists the agencies of one region", async () => {
    const listed = await allAgencies("64.11");
    expect(listed.length).toBeGreaterThan(10);
    expect(new Set(listed.map(({ regionCode }) => regionCode))).toEqual(new Set(["64.11"]));
    expect(await allAgencies("99.99")).toEqual([]);
  });

  test("the directory lists regions and the category tree", async () => {
    expect((await api("/v1/regions")).body.items).toHaveLength(11);
    expect((await api("/v1/categories")).body.items).toHaveLength(38);
  });

  test("the directory refuses a made-up cursor and a page of 100,000", async () => {
    expect((await api("/v1/agencies?cursor=%00")).status).toBe(400);
    expect((await api("/v1/agencies?limit=100000")).status).toBe(400);
  });

  const load = (...files: string[]) =>
    promisify(execFile)("node", ["functions/commands/load-directory.ts", "--local", dataDir, ...files]);

  test("a directory that is loaded a second time changes nothing", async () => {
    const { stdout } = await load("shared/directory/data/kalimantan-timur.json");
    expect(stdout).toContain(
      `agencies: 0 added, 0 changed, ${shipped.agencies.length} unchanged, 0 not in the file`,
    );
  });

  test("a load reports what it added, changed and left", async () => {
    const file = join(dataDir, "some.json");
    const [first, second] = shipped.agencies;
    writeFileSync(
      file,
      JSON.stringify({
        agencies: [first, { ...second, name: "Nama Baru" }, { ...first, id: "instansi-baru" }],
      }),
    );
    const { stdout } = await load(file);
    expect(stdout).toContain(
      `agencies: 1 added, 1 changed, 1 unchanged, ${shipped.agencies.length - 2} not in the file and left as they are`,
    );
  });

  test("a directory with a mistake in it changes nothing and says where the mistake is", async () => {
    const file = join(dataDir, "wrong.json");
    const [first] = shipped.agencies;
    writeFileSync(file, JSON.stringify({ agencies: [{ ...first, name: "Berubah", parent: "tidak-ada" }] }));
    await expect(load(file)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`agency ${first.id} stands under tidak-ada, which is not there`),
    });
    expect((await allAgencies()).find(({ id }) => id === first.id)?.name).toBe(first.name);
    writeFileSync(file, JSON.stringify({ agencies: [{ ...first, timeZone: "Asia/Tokyo" }] }));
    await expect(load(file)).rejects.toMatchObject({
      stderr: expect.stringContaining("agencies[0].timeZone"),
    });
  });
});

describe("the contract", () => {
  test("the contract describes every route, and each answers through the gateway", async () => {
    const { body } = await api("/v1/openapi.json");
    type Operation = { parameters?: { in: string; required: boolean }[] };
    const described = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, { parameters = [] }]) => {
          const needsQuery = parameters.some((one) => one.in === "query" && one.required);
          return [method.toUpperCase(), path, needsQuery] as const;
        }),
    );
    expect(described.length).toBeGreaterThan(20);
    const answered = (method: string, path: string, needsQuery: boolean) => {
      if (/^\/v1\/(officer|admin)\//.test(path)) return 401;
      if (path === "/v1/agencies/{agencyId}" || path.startsWith("/v1/calendar/")) return 404;
      return needsQuery || /\{|POST/.test(method + path) ? 400 : 200;
    };
    for (const [method, path, needsQuery] of described) {
      const headers = { authorization: "Receipt none", "content-type": "application/json" };
      const body = method === "GET" ? undefined : "{}";
      const { status } = await api(path.replace(/\{.*?\}/, "no-number"), { method, headers, body });
      // A public route finds the mistake in the number, and no agency has this id, and no calendar. Officers' routes ask for a token first.
      expect([method, path, status]).toEqual([method, path, answered(method, path, needsQuery)]);
    }
    const submission = body.paths["/v1/cases"].post;
    expect(submission.requestBody.content["application/json"].schema.required).toEqual(
      expect.arrayContaining(["class", "title", "text", "anonymous", "secret"]),
    );
    expect(submission.parameters).toMatchObject([
      { name: "idempotency-key", in: "header", required: true },
      { name: "proof-of-work", in: "header" },
      { name: "came-from", in: "header" },
    ]);
  });

  test("the health check says that the system is ready", async () => {
    expect(await api("/v1/health")).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  test("the API says what an address may be asked, and answers HEAD where it answers GET", async () => {
    const asked = await api("/v1/cases", { method: "OPTIONS" });
    expect([asked.status, asked.headers.get("allow")?.split(", ")]).toEqual([
      204,
      expect.arrayContaining(["GET", "HEAD", "POST", "OPTIONS"]),
    ]);
    const own = "/v1/cases/00000-00000/personal-data";
    for (const path of [own, `${own}/`, "/v1/health/", "/v1/health?utm_source=x"]) {
      const [head, got] = [await api(path, { method: "HEAD" }), await api(path)];
      expect([path, head.status]).toEqual([path, got.status]);
    }
  });

  test("the API lets the configured page call it from a browser, and no other", async () => {
    const ask = (origin: string) =>
      api("/v1/cases", {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type,idempotency-key",
        },
      });
    const allowed = (await ask("http://localhost:5173")).headers;
    expect(allowed.get("access-control-allow-origin")).toBe("http://localhost:5173");
    expect(allowed.get("access-control-allow-headers")?.toLowerCase()).toContain("idempotency-key");
    expect((await ask("https://elsewhere.example")).headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a bad message in the message queue of mails", () => {
  test("a bad message does not keep the others from being sent, comes again and ends in the dead-letter queue", async () => {
    const { trackingNumber } = (await send(road)).body;
    await mailsAbout(trackingNumber, 2);
    // Neither of these two events causes a mail by itself.
    for (const text of ["Catatan pertama.", "Catatan kedua."])
      await office.as("petugas.pu@balikpapan.example", "POST", `/v1/officer/cases/${trackingNumber}/notes`, {
        text,
      });
    const sqs = new SQSClient({
      endpoint: office.addresses.sqs,
      region: "ap-southeast-3",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    const confirmation = { kind: "submission-confirmation", trackingNumber, sequence: 1 };
    const bodies = [
      JSON.stringify({ kind: "new-case-alert", trackingNumber, sequence: 2 }),
      '{"kind":"gossip"}',
      JSON.stringify(confirmation),
      JSON.stringify({ kind: "new-case-alert", trackingNumber, sequence: 3 }),
    ];
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: office.addresses.queues["Emails/Queue"],
        Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
      }),
    );
    await mailsAbout(trackingNumber, 4);
    const waitingIn = async (queue: string) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: office.addresses.queues[queue],
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      );
      return Object.values(Attributes).map(Number);
    };
    await vi.waitFor(
      async () => {
        expect(await waitingIn("Emails/Queue")).toEqual([0, 0]);
        expect(await waitingIn("Emails/DeadLetterQueue")).toEqual([1, 0]);
      },
      { timeout: 60_000, interval: 200 },
    );
    sqs.destroy();
  });
});

describe("after a restart", () => {
  test("cases, mails and directory are still there after a restart, and nothing is mailed twice", async () => {
    const { trackingNumber } = (await send(road)).body;
    await mailsAbout(trackingNumber, 2);
    const before = (await mailbox()).length;
    await office.restart();
    expect((await api(`/v1/cases/${trackingNumber}`)).status).toBe(200);
    expect((await api("/v1/health")).status).toBe(200);
    const next = (await send(road)).body.trackingNumber;
    await mailsAbout(next, 2);
    expect(await mailbox()).toHaveLength(before + 2);
  });

  test("a case that was sent right before the end is mailed all the same", async () => {
    const { trackingNumber } = (await send(road)).body;
    await office.restart();
    await mailsAbout(trackingNumber, 2);
  });
});

test("no log holds a word of what people wrote or who they are", async () => {
  const marks = {
    title: "PENANDA-JUDUL",
    text: "PENANDA-ISI",
    address: "PENANDA-ALAMAT",
    name: "PENANDA-NAMA",
    email: "penanda@contoh.example",
    phone: "081299998888",
    nik: "6471015708850001",
  };
  const { title, text, address, ...reporter } = marks;
  const report = { ...road, title, text, location: { regionCode: "64.71", address }, reporter };
  const { trackingNumber, receipt } = (await send(report)).body;
  await send({ ...report, [marks.nik]: marks.email, phone: 1 });
  await api(`/v1/cases/${trackingNumber}`, { headers: { authorization: `Receipt ${receipt}` } });
  await api(`/v1/cases/${trackingNumber}?name=${marks.name}`);
  await api(`/v1/${marks.name}`);
  await mailsAbout(trackingNumber, 3);

  const logs = join(dataDir, "logs");
  const written = readdirSync(logs).map((file) => readFileSync(join(logs, file), "utf8"));
  expect(written.join("")).toContain('"route":"POST /v1/cases"');
  for (const secret of [...Object.values(marks), receipt])
    for (const log of written) expect(log).not.toContain(secret);
});

test("the small day of the README is played to its end, with the mails about anonymous and secret reports", async () => {
  const demo = ["infra/local/demo/demo.ts", "--data", dataDir];
  const { stdout } = await promisify(execFile)(process.execPath, demo);
  expect(stdout).toContain("Ikuti laporan pertama");
});
