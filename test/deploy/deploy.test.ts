import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { KMS } from "@aws-crypto/client-node";
import { CloudFormation, waitUntilStackCreateComplete } from "@aws-sdk/client-cloudformation";
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { keepPartitions } from "../../shared/case/moves/retention.ts";
import kalimantanTimur from "../../shared/directory/data/kalimantan-timur.json" with { type: "json" };
import { run } from "../python.ts";
import { type MiniStack, startMiniStack, until } from "./ministack.ts";
import { signInForTheFirstTime } from "./sign-in.ts";

// The tests tell one story in order. Each step needs the one before.
let aws: MiniStack | undefined;
let api: URL | undefined;
/** The site's own host, which CloudFront gave it. */
let site: URL | undefined;
let signIn: { Issuer: string; ClientId: string } | undefined;
let tokens: { access_token: string; id_token: string } | undefined;
let sent: { trackingNumber: string; receipt: string } | undefined;

afterAll(() => aws?.stop());

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
  aws = await startMiniStack();
});

step("the stacks deploy with the unmodified CDK CLI", async () => {
  const { env, folder } = needed(aws);
  const outputs = join(folder, "outputs.json");
  const cdk = (minutes: number, ...args: string[]) =>
    run("cdk", [...args, "--output", join(folder, "cdk.out")], env, minutes);
  await cdk(2, "bootstrap", "aws://000000000000/ap-southeast-3");
  await cdk(5, "deploy", "--all", "--require-approval", "never", "--outputs-file", outputs);
  const stacks = JSON.parse(await readFile(outputs, "utf8"));
  api = new URL(stacks["sp4n-lapor-dev-api"].ApiUrl);
  site = new URL(stacks["sp4n-lapor-dev-web"].SiteUrl);
  signIn = stacks["sp4n-lapor-dev-sign-in"];
  expect(api.hostname).toMatch(/^\w+\.execute-api\./);
});

step(
  "the agencies of Kalimantan Timur load into the deployed directory, and those of a city can be listed",
  async () => {
    const data = ["kalimantan-timur.json", "categories.json"].map((file) => `shared/directory/data/${file}`);
    const said = await run(
      "node",
      ["functions/commands/load-directory.ts", "--stage", "dev", ...data],
      needed(aws).env,
      2,
    );
    expect(said).toContain(`agencies: ${kalimantanTimur.agencies.length} added`);
    const { status, body } = await call("GET", "/v1/agencies?region=64.71&limit=500");
    expect(status).toBe(200);
    expect(body.items?.map(({ id }) => id)).toContain(agency?.id);
  },
);

step("npm run where tells the addresses of what is deployed", async () => {
  const where = async (...args: string[]) =>
    (await run("node", ["infra/operations/where.ts", ...args, "--stage", "dev"], needed(aws).env, 1)).trim();
  expect(await where("SiteUrl")).toBe(needed(site).origin);
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
    const s3 = new S3Client({ ...here(), credentials, forcePathStyle: true });
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

      const served = await ask("GET", address, throughSite());
      expect([served.status, served.said]).toEqual([200, bytes]);
      expect(served.headers).toMatchObject({
        "content-type": "text/css; charset=utf-8",
        "cache-control": "public, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
        "cross-origin-embedder-policy": "require-corp",
      });
      const worker = await ask("GET", "/sw.js", throughSite());
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

step("the site answers its pages and the API at one origin, and so does the API's own host", async () => {
  for (const headers of [throughSite(), {}])
    for (const path of ["/", "/en", "/laporan?q=jalan", "/saya/TIDAK-ADA/nilai", "/saya/TIDAK-ADA/data"]) {
      const { status = 0, said, headers: told } = await ask("GET", path, headers);
      expect([path, status < 500, told["x-content-type-options"]]).toEqual([path, true, "nosniff"]);
      expect([path, said]).toEqual([
        path,
        expect.stringMatching(/^<!doctype html>|^\{"type":"urn:sp4n-lapor:/i),
      ]);
    }
  const health = await ask("GET", "/v1/health", throughSite());
  expect([health.status, health.said]).toEqual([200, '{"status":"ok"}']);
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
          GranteePrincipal: "arn:aws:iam::000000000000:root",
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

const officer = {
  email: "petugas.baru@balikpapan.example",
  temporaryPassword: "Sementara-2026!",
  password: "Kata-sandi-sendiri-2026!",
};

step(
  "somebody who is given an account signs in on the sign-in page, with a password of their own",
  async () => {
    const { ClientId, Issuer } = needed(signIn);
    const cognito = new CognitoIdentityProviderClient({
      endpoint: needed(aws).env.AWS_ENDPOINT_URL ?? "",
      region: "ap-southeast-3",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const [pool] = (await cognito.send(new ListUserPoolsCommand({ MaxResults: 10 }))).UserPools ?? [];
    expect(Issuer).toBe(`https://cognito-idp.ap-southeast-3.amazonaws.com/${pool?.Id}`);
    const { User } = await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: pool?.Id,
        Username: officer.email,
        TemporaryPassword: officer.temporaryPassword,
      }),
    );
    const subject = User?.Attributes?.find(({ Name }) => Name === "sub")?.Value;
    const { UserPoolClient } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: pool?.Id, ClientId }),
    );
    cognito.destroy();
    const callbackUrl = UserPoolClient?.CallbackURLs?.[0] ?? "";
    tokens = await signInForTheFirstTime(
      `http://127.0.0.1:${needed(aws).port}`,
      { id: ClientId, callbackUrl },
      officer,
    );

    const file = join(needed(aws).folder, "officers.json");
    const entry = {
      id: "contoh-admin-nasional",
      name: "Contoh Admin Nasional",
      email: officer.email,
      role: "national-admin",
      agencyId: "kemenpanrb",
      subject,
      mails: "daily",
    };
    await writeFile(file, JSON.stringify({ officers: [entry] }));
    const said = await run(
      "node",
      [
        "functions/commands/load-directory.ts",
        "--stage",
        "dev",
        "shared/directory/data/kalimantan-timur.json",
        file,
      ],
      needed(aws).env,
      2,
    );
    expect(said).toContain("officers: 1 added");
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

step("a photo is uploaded by its form, inspected, and given out without where it was taken", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const path = `/v1/cases/${trackingNumber}`;
  const headers = { Authorization: `Receipt ${receipt}` };
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7a6a5a" } })
    .withExif({ IFD0: { Artist: "Warga Contoh" } })
    .jpeg()
    .toBuffer();
  const asked = await call("POST", `${path}/attachments`, headers, {
    name: "lubang.jpg",
    type: "image/jpeg",
    size: photo.length,
  });
  expect(asked.status).toBe(201);
  const { attachmentId, upload } = asked.body as unknown as {
    attachmentId: string;
    upload: { url: string; fields: Record<string, string> };
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append("file", new Blob([photo]), "lubang.jpg");
  const sentThere = await fetch(upload.url, { method: "POST", body: form });
  expect(sentThere.status).toBeLessThan(300);

  await until("The photo was not inspected", 90, async () => {
    const { body } = await call("GET", path, headers);
    const { attachments = [] } = body as { attachments?: { state: string }[] };
    return attachments.find(({ state }) => state === "clean");
  });
  const { status, location } = await call("GET", `${path}/attachments/${attachmentId}`, headers);
  expect(status).toBe(302);
  const copy = Buffer.from(await (await fetch(location ?? "")).arrayBuffer());
  expect((await sharp(copy).metadata()).exif).toBeUndefined();
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
  const { env } = needed(aws);
  const client = { endpoint: env.AWS_ENDPOINT_URL ?? "", region: "ap-southeast-3", credentials };
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
  const { port } = needed(aws);
  const client = { endpoint: `http://127.0.0.1:${port}`, region: "ap-southeast-3", credentials };
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
    expect([before.identity, before.case.attachments]).toMatchObject([{}, [{ state: "clean" }]]);
    await invoke("RemoveExpired");
    const after = await held();
    expect([after.identity, after.case.attachments]).toMatchObject([null, [{ state: "removed" }]]);
    const [gone] = after.case.attachments;
    const path = `/v1/cases/${trackingNumber}/attachments/${gone?.attachmentId}`;
    expect((await call("GET", path, headers)).status).toBe(404);
  } finally {
    dynamo.destroy();
  }
});

step("the newest hashes of all histories are copied to where nobody can overwrite them", async () => {
  await invoke("AnchorHistories");
});

step(
  "with an edge in front of it, the API refuses whoever goes around it and answers who comes through",
  async () => {
    const { env, folder } = needed(aws);
    const outputs = join(folder, "outputs-edge.json");
    await run("cdk", ["bootstrap", "aws://000000000000/us-east-1"], env, 2);
    await run(
      "cdk",
      [
        "deploy",
        "--all",
        ...["--app", "node test/deploy/edge-app.ts", "--output", join(folder, "cdk-edge.out")],
        ...["--require-approval", "never", "--outputs-file", outputs],
      ],
      env,
      5,
    );
    const stacks = JSON.parse(await readFile(outputs, "utf8"));
    const around = await call("GET", "/v1/health");
    expect([around.status, JSON.stringify(around.body)]).toEqual([
      403,
      expect.stringContaining("alamat umum"),
    ]);
    const { host } = new URL(stacks["sp4n-lapor-dev-web"].SiteUrl);
    expect(host).toBe(needed(site).host);
    const path = `/v1/cases/${needed(sent).trackingNumber}`;
    const through = (headers: Record<string, string>) => call("GET", path, { ...throughSite(), ...headers });
    expect((await through({})).status).toBe(200);
    const receipt = { Authorization: `Receipt ${needed(sent).receipt}` };
    expect((await through(receipt)).body.location).toMatchObject(complaint.location);

    // All senders are one network, whatever they say of their own address.
    const refused: (number | undefined)[] = [];
    for (let n = 0; n < 12; n++) {
      const headers = {
        Authorization: "Receipt 0000-0000-0000-0000-0000",
        "X-Viewer-Address": `203.0.${n}.9`,
      };
      refused.push((await through(headers)).status);
    }
    expect([refused.slice(0, 10), refused.slice(10)]).toEqual([Array(10).fill(404), [428, 428]]);
  },
);

const here = () => ({
  endpoint: `http://127.0.0.1:${needed(aws).port}`,
  region: "ap-southeast-3",
});

/** What a function is told by its environment. */
async function toldTo(name: string): Promise<Record<string, string>> {
  const lambda = new LambdaClient({ ...here(), credentials });
  try {
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 50 }));
    return Functions.find((one) => one.FunctionName?.includes(name))?.Environment?.Variables ?? {};
  } finally {
    lambda.destroy();
  }
}

/** Makes a user of the account to whom IAM allows everything, and returns the user's access key. */
async function administrator() {
  const client = new CloudFormation({ ...here(), credentials });
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

/** Calls a function as its schedule does. */
async function invoke(name: string): Promise<void> {
  const lambda = new LambdaClient({ ...here(), credentials });
  try {
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 50 }));
    const FunctionName = Functions.find((one) => one.FunctionName?.includes(name))?.FunctionName;
    const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: "{}" }));
    expect(FunctionError).toBeUndefined();
  } finally {
    lambda.destroy();
  }
}

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** Declares a test that tells what MiniStack wrote when it fails. */
function step(sentence: string, act: () => Promise<void>): void {
  test(sentence, async () => {
    try {
      await act();
    } catch (error) {
      if (!aws || error instanceof EarlierFailure) throw error;
      const { message } = error as Error;
      throw new Error(`${message}\n\nMiniStack's last lines:\n${aws.log()}`, { cause: error });
    }
  });
}

class EarlierFailure extends Error {}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new EarlierFailure("A step before this one failed; see there.");
  return value;
}

/** The fields of an answer of the API that this story reads. */
interface Answer {
  status: number | undefined;
  /** A redirect names this address. */
  location?: string | undefined;
  body: { trackingNumber: string; receipt: string; location?: object; items?: { id: string }[] };
}

/** The headers with which MiniStack takes a request for one that came to the site over TLS. */
const throughSite = () => ({ Host: needed(site).host, "X-Forwarded-Proto": "https" });

/** Asks the deployed API, or whatever host the headers name. `fetch` cannot do it, because it does not let us name the host. */
async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  const to = {
    host: "127.0.0.1",
    port: needed(aws).port,
    method,
    path,
    headers: { Host: needed(api).host, "Content-Type": "application/json", ...headers },
    signal: AbortSignal.timeout(60_000),
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(to, resolve)
      .on("error", reject)
      .end(body && JSON.stringify(body));
  });
  return { status: answer.statusCode, headers: answer.headers, said: await text(answer) };
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
    const response = await fetch(`http://127.0.0.1:${needed(aws).port}/_ministack/ses/messages`);
    const { messages } = (await response.json()) as { messages: Record<string, SentMail[]> };
    return Object.values(messages)
      .flat()
      .find(({ To }) => To.includes(address));
  });
