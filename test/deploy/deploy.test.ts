import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { KMS } from "@aws-crypto/client-node";
import { CloudFormation, waitUntilStackCreateComplete } from "@aws-sdk/client-cloudformation";
import {
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import sharp from "sharp";
import { expect } from "vitest";
import { keepPartitions } from "../../shared/case/moves/retention.ts";
import kalimantanTimur from "../../shared/directory/data/kalimantan-timur.json" with { type: "json" };
import { until } from "./ministack.ts";
import { needed, openStory } from "./stage.ts";
import { account } from "./stage-app.ts";

const story = openStory("prod");
const { step, ask, invoke } = story;
let tokens: { access_token: string; id_token: string } | undefined;
let sent: { trackingNumber: string; receipt: string } | undefined;

const agency = kalimantanTimur.agencies.find(({ id }) => id === "balikpapan-dinas-pekerjaan-umum");
/** Has the complaint while nobody at that agency or above it may verify. */
const verifier = kalimantanTimur.agencies.find(({ id }) => id === "kemenpanrb");

const complaint = {
  class: "complaint",
  title: "Jalan berlubang di Jalan MT Haryono",
  text: "Lubang sedalam 20 cm di depan pasar; dua pengendara motor jatuh minggu ini.",
  location: {
    regionCode: "64.71",
    address: "Jalan MT Haryono",
    latitude: -1.2379,
    longitude: 116.8529,
  },
  agencyId: agency?.id,
  anonymous: false,
  secret: false,
  reporter: {
    name: "Warga Contoh",
    email: "warga@contoh.example",
    phone: "081200001111",
    nik: "6471015708850001",
  },
};

step("MiniStack, which stands in for AWS and enforces permissions, starts", async () => {
  await story.start();
});

step(
  "production deploys with the unmodified CDK CLI, and is protected from its second deployment on",
  async () => {
    const first = await story.deploy({ context: ["first=true"] });
    expect(first.site.origin).toBe("https://lapor.contoh.go.id");
    expect(await protections()).toEqual(new Set([false]));
    expect(await story.deploy()).toEqual(first);
    expect(await protections()).toEqual(new Set([true]));
  },
);

step(
  "the agencies of Kalimantan Timur load into the deployed directory, and those of a city can be listed",
  async () => {
    const files = ["kalimantan-timur.json", "categories.json"].map((file) => `shared/directory/data/${file}`);
    const said = await story.load(...files);
    expect(said).toContain(`agencies: ${kalimantanTimur.agencies.length} added`);
    const { status, body } = await call("GET", "/v1/agencies?region=64.71&limit=500");
    expect(status).toBe(200);
    expect(body.items?.map(({ id }) => id)).toContain(agency?.id);
  },
);

step("npm run where tells the addresses of what is deployed", async () => {
  const where = async (...args: string[]) =>
    (await story.command("infra/operations/where.ts", ...args, "--stage", "prod")).trim();
  expect(await where("SiteUrl")).toBe(story.addresses().site.origin);
  expect(await where("Emails/Queue")).toMatch(/^https?:\/\/.*EmailsQueue/);
  expect(await where("Cases")).toMatch(/Cases/);
  const [list, lines] = [await where(), (text: string) => text.split("\n")];
  expect(lines(list).length).toBeGreaterThan(60);
  expect(list).toMatch(/^api\/PublicLog +log group +\S+$/m);
});

step("the deployed API says that it can take reports", async () => {
  expect(await call("GET", "/v1/health")).toEqual({ status: 200, body: { status: "ok" } });
});

step(
  "the files that pages name are in the private bucket before the pages are, and the site gives them out",
  async () => {
    const { STATIC_FILES = "{}" } = await toldTo("api-Public");
    const { STATIC_FILES_BUCKET } = await toldTo("static-StoreFiles");
    const { "style.css": address = "" } = JSON.parse(STATIC_FILES);
    expect(address).toMatch(/^\/aset\/style-[0-9a-f]{10}\.css$/);
    const s3 = new S3Client({ ...story.asOwner(), forcePathStyle: true });
    try {
      const get = (Key: string) => s3.send(new GetObjectCommand({ Bucket: STATIC_FILES_BUCKET, Key }));
      const style = await get(address.slice(1));
      expect([style.ContentType, style.CacheControl]).toEqual([
        "text/css; charset=utf-8",
        "public, max-age=31536000, immutable",
      ]);
      const bytes = await style.Body?.transformToString();
      expect(bytes).toContain("{");
      expect((await get("sw.js")).CacheControl).toBe("no-cache");

      const served = await ask("GET", address);
      expect([served.status, served.said]).toEqual([200, bytes]);
      expect(served.headers).toMatchObject({
        "content-type": "text/css; charset=utf-8",
        "cache-control": "public, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
        "cross-origin-embedder-policy": "require-corp",
      });
      const worker = await ask("GET", "/sw.js");
      expect([worker.status, worker.headers["cache-control"], worker.said]).toEqual([
        200,
        "no-cache",
        expect.stringMatching(/"form-[0-9a-f]{10}"/),
      ]);
      // Nobody reads the bucket without CloudFront.
      const around = await fetch(`${here().endpoint}/${STATIC_FILES_BUCKET}${address}`);
      expect(around.status).toBe(403);
    } finally {
      s3.destroy();
    }
  },
);

step("the site answers its pages and the API at one origin", async () => {
  for (const path of ["/", "/en", "/laporan?q=jalan", "/saya/TIDAK-ADA/nilai", "/saya/TIDAK-ADA/data"]) {
    const { status = 0, said, headers: told } = await ask("GET", path);
    expect([path, status < 500, told["x-content-type-options"]]).toEqual([path, true, "nosniff"]);
    expect([path, said]).toEqual([
      path,
      expect.stringMatching(/^<!doctype html>|^\{"type":"urn:sp4n-lapor:/i),
    ]);
  }
  const health = await ask("GET", "/v1/health");
  expect([health.status, health.said]).toEqual([200, '{"status":"ok"}']);
});

step("the API refuses whoever goes around the edge in front of it", async () => {
  const { status, said } = await story.askAround("GET", "/v1/health");
  expect([status, said]).toEqual([403, expect.stringContaining("alamat umum")]);
});

step("a complaint sent twice with the same key gets the same number and receipt", async () => {
  const headers = { "Idempotency-Key": randomUUID() };
  const first = await call("POST", "/v1/cases", headers, complaint);
  expect(first).toEqual({
    status: 201,
    body: {
      trackingNumber: expect.any(String),
      receipt: expect.any(String),
      status: "submitted",
      clocks: [expect.objectContaining({ clock: "verification", state: "running" })],
    },
  });
  sent = first.body;
  expect(await call("POST", "/v1/cases", headers, complaint)).toEqual(first);
});

step("anybody can follow the complaint, and only its reporter sees the exact spot", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const path = `/v1/cases/${trackingNumber}`;
  const { regionCode, address } = complaint.location;
  const has = { id: verifier?.id, name: verifier?.name };
  const shown = { trackingNumber, title: complaint.title, agency: has };

  const forAnybody = await call("GET", path);
  expect(forAnybody).toMatchObject({ status: 200, body: shown });
  expect(forAnybody.body.location).toEqual({ regionCode, regionName: "Kota Balikpapan", address });

  const forReporter = await call("GET", path, { Authorization: `Receipt ${receipt}` });
  expect(forReporter).toMatchObject({ status: 200, body: { ...shown, location: complaint.location } });
});

step("what the reporter left was sealed under a KMS key, and opens for whoever has the receipt", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const { name, email, phone } = complaint.reporter;
  const held = await call("GET", `/v1/cases/${trackingNumber}/personal-data`, {
    Authorization: `Receipt ${receipt}`,
  });
  expect(held).toMatchObject({ status: 200, body: { identity: { name, email, phone, nikOnFile: true } } });
});

step(
  "an administrator of the account to whom IAM allows everything cannot seal, hash or open, only look at the key",
  async () => {
    const { trackingNumber } = needed(sent);
    const asAdministrator = { ...here(), credentials: await administrator() };
    const { IDENTITY_KEY: KeyId, IDENTITY_HASH_KEY: hashKey } = await toldTo("api-Identity");
    const kms = new KMS(asAdministrator);
    try {
      expect((await kms.describeKey({ KeyId })).KeyMetadata?.Enabled).toBe(true);
      const EncryptionContext = { trackingNumber, purpose: "identity" };
      for (const tried of [
        kms.generateDataKey({ KeyId, KeySpec: "AES_256", EncryptionContext }),
        kms.encrypt({ KeyId, Plaintext: Buffer.from("x"), EncryptionContext }),
        kms.createGrant({
          KeyId,
          GranteePrincipal: `arn:aws:iam::${account}:root`,
          Operations: ["Decrypt"],
        }),
        kms.putKeyPolicy({ KeyId, Policy: "{}" }),
        kms.generateMac({ KeyId: hashKey, MacAlgorithm: "HMAC_SHA_256", Message: Buffer.from("nik:6471") }),
      ])
        await expect(tried).rejects.toThrow(/AccessDenied|not authorized/);
    } finally {
      kms.destroy();
    }
  },
);

step("the complaint reaches the mailbox of the agency that verifies it", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const alert = await mailTo(needed(verifier).alertEmail);
  expect(alert.Subject).toContain(trackingNumber);
  expect(JSON.stringify(alert)).not.toContain(receipt);
});

step("the reporter gets a confirmation, without the receipt", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const confirmation = await mailTo(complaint.reporter.email);
  expect(confirmation.Subject).toContain(trackingNumber);
  expect(JSON.stringify(confirmation)).not.toContain(receipt);
});

const officer = { email: "petugas.baru@balikpapan.example", role: "national-admin", agencyId: "kemenpanrb" };

step(
  "somebody who is given an account signs in on the sign-in page, with a password of their own",
  async () => {
    const { Issuer } = story.addresses().signIn;
    expect(Issuer).toBe(`https://cognito-idp.ap-southeast-3.amazonaws.com/${await story.pool()}`);
    tokens = await story.appoint(officer);
  },
);

step("the gateway lets in an officer with an access token, and nobody else", async () => {
  const { access_token, id_token } = needed(tokens);
  expect(await call("GET", "/v1/officer/me", bearer(access_token))).toMatchObject({
    status: 200,
    body: { email: officer.email, role: "national-admin", agency: { id: "kemenpanrb" } },
  });

  const [header, claims, signature = ""] = access_token.split(".");
  const forged = [header, claims, [...signature].reverse().join("")].join(".");
  for (const [headers, status] of [
    [{}, 401],
    [bearer("bukan-token"), 401],
    [bearer(forged), 401],
    [bearer(id_token), 403],
  ] as const)
    expect((await call("GET", "/v1/officer/me", headers)).status).toBe(status);
  expect((await call("GET", "/v1/health")).status).toBe(200);
});

step(
  "a photo is uploaded by its form, looked at by GuardDuty, inspected, and given out without where it was taken",
  async () => {
    const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7a6a5a" } })
      .withExif({ IFD0: { Artist: "Warga Contoh" } })
      .jpeg()
      .toBuffer();
    const { attachmentId } = await attach("lubang.jpg", photo);
    expect(await settled(attachmentId)).toMatchObject({ state: "clean" });
    const path = `/v1/cases/${needed(sent).trackingNumber}/attachments/${attachmentId}`;
    const { status, location } = await call("GET", path, asReporter());
    expect(status).toBe(302);
    const copy = Buffer.from(await (await fetch(location ?? "")).arrayBuffer());
    expect((await sharp(copy).metadata()).exif).toBeUndefined();
  },
);

step("a file in which GuardDuty finds malware is refused with its reason", async () => {
  const { attachmentId } = await attach("eicar.jpg", Buffer.from(eicar));
  expect(await settled(attachmentId)).toMatchObject({ state: "refused", reason: "malware" });
});

step(
  "an administrator invites an officer, who is given an account and can be dismissed; the address is free for another",
  async () => {
    const headers = bearer(needed(tokens).access_token);
    const path = "/v1/admin/officers/contoh-petugas-baru";
    const entry = {
      name: "Contoh Petugas Baru",
      email: "petugas.baru@contoh.example",
      role: "unit-officer",
      agencyId: agency?.id,
      mails: "daily",
    };
    const invited = await call("PUT", path, headers, entry);
    expect(invited).toMatchObject({ status: 201, body: { role: "unit-officer" } });
    expect((await call("POST", `${path}/invitation`, headers)).status).toBe(200);
    const dismissed = await call("POST", `${path}/dismissal`, headers, { reason: "Pindah tugas." });
    expect(dismissed.status).toBe(200);
    expect((await call("PUT", "/v1/admin/officers/contoh-penerus", headers, entry)).status).toBe(201);
  },
);

step("the administrator works on the complaint: queue, counts, verification, history", async () => {
  const headers = bearer(needed(tokens).access_token);
  const { trackingNumber } = needed(sent);
  const path = `/v1/officer/cases/${trackingNumber}`;
  const queue = "/v1/officer/cases?queue=verification";
  const waiting = await call("GET", queue, headers);
  expect(waiting.body.items).toMatchObject([{ trackingNumber }]);
  expect((await call("GET", `/v1/officer/counts?agency=${agency?.id}`, headers)).status).toBe(200);
  const verified = await call("POST", `${path}/verification`, headers, { supervised: false });
  expect(verified).toMatchObject({ status: 200, body: { status: "assigned" } });
  // The public proof shows an attached file as a link.
  const proof = await call("GET", `/v1/cases/${trackingNumber}/proof`);
  expect(proof.body).toMatchObject({
    events: [{ type: "submitted" }, { sequence: 2 }, { type: "verified" }],
  });
  const listed = await call("GET", `/v1/cases?agency=${agency?.id}`);
  expect(listed.body.items).toMatchObject([{ trackingNumber }]);
});

step("every route that reads has the powers that it needs", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const known: Record<string, string> = {
    ...{
      trackingNumber,
      agencyId: agency?.id ?? "",
      year: "2026",
      token: "tidak-ada",
      attachmentId: randomUUID(),
    },
  };
  const { paths } = JSON.parse(await readFile("functions/public/openapi.json", "utf8")) as Contract;
  const routes = Object.entries(paths).flatMap(([path, { get }]) =>
    get ? [{ path, security: get.security ?? [{}] }] : [],
  );
  expect(routes.length).toBeGreaterThan(40);
  const callers = {
    officer: bearer(needed(tokens).access_token),
    receipt: { Authorization: `Receipt ${receipt}` },
  };
  const failed: string[] = [];
  for (const { path, security } of routes) {
    const id = path.includes("officers/")
      ? "contoh-petugas"
      : path.includes("requests/")
        ? randomUUID()
        : agency?.id;
    const asked = path.replace(
      /\{(\w+)\}/g,
      (_, name: string) => known[name] ?? (name === "officerId" ? "contoh-petugas" : (id ?? "")),
    );
    for (const one of security) {
      const [caller] = Object.keys(one) as (keyof typeof callers)[];
      const { status = 0, said } = await ask("GET", asked, caller && callers[caller]);
      // Its caller may have asked for what is not there. A function that lacks a power answers 500.
      if (status >= 500) failed.push(`${asked} as ${caller ?? "anybody"}: ${status} ${said}`);
    }
  }
  expect(failed).toEqual([]);
});

step("holidays are tried dry, stored, and the open complaint is counted by them", async () => {
  const headers = bearer(needed(tokens).access_token);
  const { trackingNumber } = needed(sent);
  const clocks = async () => {
    const { body } = await call("GET", `/v1/cases/${trackingNumber}/clocks`);
    const { clocks = [] } = body as { clocks?: { clock: string; dueDate: string }[] };
    return clocks.find(({ clock }) => clock === "completion")?.dueDate ?? "";
  };
  const before = await clocks();
  expect(before).toMatch(/^20/);
  const year = Number(before.slice(0, 4));
  const current = await call("GET", `/v1/admin/calendars/${year}`, headers);
  expect(current).toMatchObject({ status: 200, body: { year, version: 1 } });
  const { days } = current.body as unknown as { days: object[] };
  const decree = {
    year,
    decree: "SKB contoh tentang perubahan hari libur",
    days: [...days, { date: before, kind: "joint-leave", name: "Cuti bersama contoh" }],
  };
  const dry = await call("PUT", `/v1/admin/calendars/${year}?dryRun=true`, headers, decree);
  expect(dry).toMatchObject({ status: 200, body: { trial: { complete: true, moved: 1 } } });
  expect((await call("PUT", `/v1/admin/calendars/${year}`, headers, decree)).status).toBe(200);
  const moved = await until("The complaint was not counted anew", 150, async () => {
    const now = await clocks();
    return now === before ? undefined : now;
  });
  expect(moved > before).toBe(true);
});

step("the sweep finds a case that has to be looked at, and its check sets when to look again", async () => {
  const client = story.asOwner();
  const dynamo = new DynamoDBClient(client);
  const sqs = new SQSClient(client);
  try {
    const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
    const TableName = TableNames.find((name) => name.includes("Cases")) ?? "";
    const Key = { pk: { S: `CASE#${needed(sent).trackingNumber}` }, sk: { S: "CASE" } };
    const past = "2020-01-01T00:00:00.000Z";
    await dynamo.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: "SET nextCheckAt = :past",
        ExpressionAttributeValues: { ":past": { S: past } },
      }),
    );
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const QueueUrl = QueueUrls.find((url) => /Sweeps(?!.*DeadLetter)/.test(url)) ?? "";
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
    await until("Nobody looked at the case", 60, async () => {
      const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key }));
      return Item?.nextCheckAt?.S === past ? undefined : Item?.nextCheckAt?.S;
    });
  } finally {
    dynamo.destroy();
    sqs.destroy();
  }
});

step("the daily job removes the identity and the files of a case once their time is over", async () => {
  const client = story.asOwner();
  const dynamo = new DynamoDBClient(client);
  const { trackingNumber, receipt } = needed(sent);
  const headers = { Authorization: `Receipt ${receipt}` };
  const held = async () =>
    (await call("GET", `/v1/cases/${trackingNumber}/personal-data`, headers)).body as unknown as {
      identity: object | null;
      case: { attachments: { attachmentId: string; state: string }[] };
    };
  try {
    const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
    await dynamo.send(
      new UpdateItemCommand({
        TableName: TableNames.find((name) => name.includes("Cases")) ?? "",
        Key: { pk: { S: `CASE#${trackingNumber}` }, sk: { S: "CASE" } },
        UpdateExpression: "SET endedAt = :past, movedAt = :past, keepUntil = :past, keep = :keep",
        ExpressionAttributeValues: {
          ":past": { S: "2020-01-01T00:00:00.000Z" },
          ":keep": { S: keepPartitions[0] },
        },
      }),
    );
    const before = await held();
    expect([before.identity, before.case.attachments]).toMatchObject([
      {},
      [{ state: "clean" }, { state: "refused" }],
    ]);
    await invoke("RemoveExpired");
    const after = await held();
    expect([after.identity, after.case.attachments]).toMatchObject([
      null,
      [{ state: "removed" }, { state: "refused" }],
    ]);
    const [gone] = after.case.attachments;
    const path = `/v1/cases/${trackingNumber}/attachments/${gone?.attachmentId}`;
    expect((await call("GET", path, headers)).status).toBe(404);
  } finally {
    dynamo.destroy();
  }
});

step("the newest hashes of all histories are copied to where nobody can overwrite them", async () => {
  await invoke("AnchorHistories");
  const s3 = new S3Client({ ...story.asOwner(), forcePathStyle: true });
  try {
    const { ANCHORS_BUCKET: Bucket } = await toldTo("jobs-AnchorHistories");
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions.length).toBeGreaterThan(0);
    for (const { Key, VersionId } of Versions)
      await expect(s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).rejects.toThrow(
        "object lock",
      );
  } finally {
    s3.destroy();
  }
});

step(
  "wrong receipts are counted by the network that CloudFront sees, whatever their sender says of it",
  async () => {
    const refused: (number | undefined)[] = [];
    for (let n = 0; n < 12; n++) {
      const headers = {
        Authorization: "Receipt 0000-0000-0000-0000-0000",
        "X-Viewer-Address": `203.0.${n}.9`,
      };
      refused.push((await call("GET", `/v1/cases/${needed(sent).trackingNumber}`, headers)).status);
    }
    expect([refused.slice(0, 10), refused.slice(10)]).toEqual([Array(10).fill(404), [428, 428]]);
  },
);

step("nobody deletes production by mistake", async () => {
  const refused = story.cdk({}, "destroy", "--all", "--force");
  await expect(refused).rejects.toThrow("cannot be deleted while TerminationProtection is enabled");
});

step("whoever deletes production on purpose finds its tables, buckets and keys where they were", async () => {
  const client = story.asOwner();
  const [dynamo, s3, kms] = [new DynamoDBClient(client), new S3Client(client), new KMS(client)];
  try {
    const tables = async () => (await dynamo.send(new ListTablesCommand({}))).TableNames ?? [];
    const buckets = async () =>
      ((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).map(({ Name }) => Name);
    const [hadTables, hadBuckets] = [await tables(), await buckets()];
    const { IDENTITY_KEY: KeyId } = await toldTo("api-Identity");
    const TableName = hadTables.find((name) => name.includes("Cases"));
    await expect(dynamo.send(new DeleteTableCommand({ TableName }))).rejects.toThrow("protected");
    await liftProtections();
    await story.cdk({}, "destroy", "--all", "--force");
    expect(await story.stacks()).toEqual([]);

    // What these hold is gone in days, or can be made again.
    const passing = /-(Traffic|Drafts|Practice)[0-9A-F]{8}-/;
    expect(await tables()).toEqual(hadTables.filter((name) => !passing.test(name)));
    expect(hadTables.filter((name) => !passing.test(name))).toHaveLength(4);
    expect(await buckets()).toEqual(hadBuckets);
    expect((await kms.describeKey({ KeyId })).KeyMetadata?.KeyState).toBe("Enabled");
    const Key = { pk: { S: `CASE#${needed(sent).trackingNumber}` }, sk: { S: "CASE" } };
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key }));
    expect(Item?.title).toEqual({ S: complaint.title });
  } finally {
    for (const one of [dynamo, s3, kms]) one.destroy();
  }
});

const here = () => ({
  endpoint: `http://127.0.0.1:${story.there().port}`,
  region: "ap-southeast-3",
});

/** What a function is told by its environment. */
async function toldTo(name: string): Promise<Record<string, string>> {
  const lambda = new LambdaClient(story.asOwner());
  try {
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 50 }));
    return Functions.find((one) => one.FunctionName?.includes(name))?.Environment?.Variables ?? {};
  } finally {
    lambda.destroy();
  }
}

const protections = async () =>
  new Set((await story.stacks()).map(({ EnableTerminationProtection }) => EnableTerminationProtection));

async function liftProtections(): Promise<void> {
  for (const { region, StackName } of await story.stacks()) {
    const client = new CloudFormation(story.asOwner(region));
    await client.updateTerminationProtection({ StackName, EnableTerminationProtection: false });
    client.destroy();
  }
}

/** Makes a user of the account to whom IAM allows everything, and returns the user's access key. */
async function administrator() {
  const client = new CloudFormation(story.asOwner());
  const StackName = "an-administrator";
  const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  try {
    await client.createStack({
      StackName,
      Capabilities: ["CAPABILITY_IAM"],
      TemplateBody: JSON.stringify({
        Resources: {
          User: {
            Type: "AWS::IAM::User",
            Properties: { Policies: [{ PolicyName: "everything", PolicyDocument: everything }] },
          },
          Key: { Type: "AWS::IAM::AccessKey", Properties: { UserName: { Ref: "User" } } },
        },
        Outputs: {
          Id: { Value: { Ref: "Key" } },
          Secret: { Value: { "Fn::GetAtt": ["Key", "SecretAccessKey"] } },
        },
      }),
    });
    await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1 }, { StackName });
    const { Stacks: [made] = [] } = await client.describeStacks({ StackName });
    const output = (name: string) =>
      made?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? "";
    return { accessKeyId: output("Id"), secretAccessKey: output("Secret") };
  } finally {
    client.destroy();
  }
}

const asReporter = () => ({ Authorization: `Receipt ${needed(sent).receipt}` });

/** The string that every scanner takes for malware, so that scanners can be tried. In one piece this file would be malware too. */
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

const attach = (name: string, bytes: Buffer) => story.attach(needed(sent), name, bytes);

const settled = (attachmentId: string) => story.settled(needed(sent), attachmentId);

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** What this story reads of the contract: who may call each route. */
interface Contract {
  paths: Record<string, { get?: { security?: Record<string, unknown>[] } }>;
}

/** The fields of an answer of the API that this story reads. */
interface Answer {
  status: number | undefined;
  /** A redirect names this address. */
  location?: string | undefined;
  body: { trackingNumber: string; receipt: string; location?: object; items?: { id: string }[] };
}

/** Calls the deployed API, which answers JSON. */
async function call(...asked: Parameters<typeof ask>): Promise<Answer> {
  const { status, headers, said } = await ask(...asked);
  return {
    status,
    body: said ? JSON.parse(said) : {},
    ...(status === 302 && { location: headers.location }),
  };
}

interface SentMail {
  To: string[];
  Subject: string;
  BodyText: string;
  BodyHtml: string;
}

/** Waits until SES has a mail to this address. */
const mailTo = (address: string): Promise<SentMail> =>
  until(`No mail to ${address}`, 60, async () => {
    const response = await fetch(`http://127.0.0.1:${story.there().port}/_ministack/ses/messages`);
    const { messages } = (await response.json()) as { messages: Record<string, SentMail[]> };
    return Object.values(messages)
      .flat()
      .find(({ To }) => To.includes(address));
  });
