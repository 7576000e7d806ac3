import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KMS } from "@aws-crypto/client-node";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  DeleteObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import sharp from "sharp";
import { afterAll, describe, expect } from "vitest";
import { checkOutLastRelease, whyNotHere } from "../last-release.ts";
import { needed, openStory } from "./stage.ts";

const why = await whyNotHere();
if (why) console.log(`The deployment over the last release is left out. ${why}`);

const stage = "rehearsal";
const release = mkdtempSync(join(tmpdir(), "sp4n-lapor-release-"));
afterAll(() => rmSync(release, { recursive: true, force: true }));

const story = openStory(stage);
const { step } = story;
let token: string | undefined;
/** What holds data, as it was named when the last release was deployed. */
let kept: Awaited<ReturnType<typeof whatHoldsData>> | undefined;
let old: Report | undefined;
let young: Report | undefined;

/**
 * Whether the code of the release runs. On AWS it shows a case to no officer: its function may not ask which cases were joined to it.
 * This line goes with that release.
 */
let inTheRelease = false;

interface Report {
  trackingNumber: string;
  receipt: string;
  /** What happened to it so far, as its history has to tell. */
  events: string[];
}

const reporter = { name: "Warga Contoh", email: "warga@contoh.example" };

describe.skipIf(why)("the last release, with reports in it, and the code here over it", () => {
  step("the last release is deployed as a rehearsal of production, from nothing", async () => {
    await checkOutLastRelease(release, "linked");
    await story.start();
    await story.deploy({ code: release });
    kept = await whatHoldsData();
    expect(kept.tables).toHaveLength(7);
  });

  step(
    "a citizen reports to it with their name and a photo, and an officer verifies the report",
    async () => {
      await story.load("shared/directory/data/categories.json");
      token = await appointed();
      old = await report("Jalan berlubang di Jalan MT Haryono");
      const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#7a6a5a" } })
        .jpeg()
        .toBuffer();
      const { attachmentId } = await story.attach(old, "lubang.jpg", photo);
      const settled = await story.settled(old, attachmentId);
      expect(settled).toMatchObject({ state: "clean" });
      old.events.push("attached");
      await move(old, "verification", { supervised: false }, "verified");
      await story.invoke("AnchorHistories");
    },
  );

  step(
    "the code here is deployed over it: the address is the same, and what holds data is where it was",
    async () => {
      const before = story.addresses();
      expect(await story.deploy()).toEqual(before);
      const now = await whatHoldsData();
      for (const kind of ["tables", "buckets", "keys"] as const)
        expect(now[kind]).toEqual(expect.arrayContaining(needed(kept)[kind]));
      kept = now;
    },
  );

  step("its pages and its officers read what the last release wrote, and go on with it", async () => {
    await everythingReads(needed(old));
    await move(needed(old), "notes", { text: "Sudah diukur." }, "noted");
    young = await report("Lampu jalan padam di Jalan Jenderal Sudirman");
    await move(young, "verification", { supervised: false }, "verified");
    await everythingReads(needed(old), young);
  });

  step(
    "its functions are deployed again over that, as the runbook rolls back: first the API, then the jobs",
    async () => {
      for (const one of ["api", "jobs"])
        await story.cdk(
          { code: release },
          ...["deploy", `sp4n-lapor-${stage}-${one}`, "--exclusively", "--require-approval", "never"],
        );
    },
  );

  step("everything is readable in it, also what newer code wrote, and goes on", async () => {
    inTheRelease = true;
    await everythingReads(needed(old), needed(young));
    for (const one of [needed(old), needed(young)])
      await move(one, "notes", { text: "Masih terbaca." }, "noted");
    await report("Sampah menumpuk di belakang pasar");
    await everythingReads(needed(old), needed(young));
  });

  step("the code here goes over it once more, and nothing is lost", async () => {
    const before = story.addresses();
    expect(await story.deploy()).toEqual(before);
    inTheRelease = false;
    await everythingReads(needed(old), needed(young));
    await story.invoke("AnchorHistories");
    kept = await whatHoldsData();
  });
});

describe.skipIf(why)("the rehearsal is taken away again, as the README says", () => {
  const destroy = (...stacks: string[]) => story.cdk({}, "destroy", ...stacks, "--force");

  step(
    "first the stacks that write, and the buckets of the others are not deleted while anything is in them",
    async () => {
      await destroy(...["web", "api", "jobs"].map((one) => `sp4n-lapor-${stage}-${one}`));
      await expect(destroy("--all")).rejects.toThrow("is not empty");
    },
  );

  step(
    "emptied, everything goes but the copies of hashes, which nobody can remove before their lock is over",
    async () => {
      const locked = await emptied(needed(kept).buckets);
      expect(locked.length).toBeGreaterThan(0);
      expect(new Set(locked)).toEqual(new Set([expect.stringContaining("historyanchors")]));
      await expect(destroy("--all")).rejects.toThrow("historyanchors");

      const left = await whatHoldsData();
      expect([left.tables, left.buckets]).toEqual([[], [...new Set(locked)]]);
      expect(await namesThere()).toEqual([`sp4n-lapor-${stage}-data`]);
    },
  );

  step("a day later the copies go too, and nothing is left but keys that wait to be deleted", async () => {
    await story.there().setLockClock(new Date(Date.now() + 25 * 3_600_000));
    expect(await emptied(needed(kept).buckets)).toEqual([]);
    await destroy("--all");
    expect(await namesThere()).toEqual([]);
    const { tables, buckets, keys } = await whatHoldsData();
    expect([tables, buckets]).toEqual([[], []]);
    const kms = new KMS(story.asOwner());
    try {
      for (const KeyId of keys)
        expect((await kms.describeKey({ KeyId })).KeyMetadata?.KeyState).toBe("PendingDeletion");
    } finally {
      kms.destroy();
    }
  });
});

const namesThere = async () => (await story.stacks()).map(({ StackName }) => StackName);

/** Removes every version from buckets, and tells for each that could not be removed where it is. */
async function emptied(buckets: readonly string[]): Promise<string[]> {
  const s3 = new S3Client({ ...story.asOwner(), forcePathStyle: true });
  const locked: string[] = [];
  try {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    for (const Bucket of buckets.filter((one) => Buckets.some(({ Name }) => Name === one))) {
      const {
        Versions = [],
        DeleteMarkers = [],
        IsTruncated,
      } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      expect(IsTruncated ?? false).toBe(false);
      for (const { Key, VersionId } of [...Versions, ...DeleteMarkers])
        await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId })).catch((error: Error) => {
          expect(error.message).toContain("object protected by object lock");
          locked.push(Bucket);
        });
    }
    return locked;
  } finally {
    s3.destroy();
  }
}

/** The tables, buckets and keys that there are. */
async function whatHoldsData() {
  const client = story.asOwner();
  const [dynamo, s3, kms] = [new DynamoDBClient(client), new S3Client(client), new KMS(client)];
  try {
    const { TableNames: tables = [] } = await dynamo.send(new ListTablesCommand({}));
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const { Keys = [] } = await kms.listKeys({});
    const buckets = Buckets.map(({ Name = "" }) => Name).filter((name) => name.startsWith("sp4n-lapor-"));
    return { tables, buckets, keys: Keys.map(({ KeyId = "" }) => KeyId) };
  } finally {
    for (const one of [dynamo, s3, kms]) one.destroy();
  }
}

const appointed = async () => {
  const officer = { email: "petugas@kemenpanrb.example", role: "national-admin", agencyId: "kemenpanrb" };
  return (await story.appoint(officer)).access_token;
};

/** Asks the site, which has to answer well, and returns its answer. */
async function asked(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  const { status = 0, said } = await story.ask(method, path, headers, body);
  expect([method, path, status < 300 ? "well" : `${status} ${said}`]).toEqual([method, path, "well"]);
  return said;
}

const asOfficer = () => ({ Authorization: `Bearer ${needed(token)}` });

/** Sends a report with a name. */
async function report(title: string): Promise<Report> {
  const body = {
    ...{ class: "complaint", title, text: `${title}, sejak dua bulan.`, location: { regionCode: "64.71" } },
    ...{ agencyId: "balikpapan-dinas-pekerjaan-umum", anonymous: false, secret: false, reporter },
  };
  const said = await asked("POST", "/v1/cases", { "Idempotency-Key": randomUUID() }, body);
  const { trackingNumber, receipt } = JSON.parse(said) as Report;
  return { trackingNumber, receipt, events: ["submitted"] };
}

/** Has the officer make a move with a report. */
async function move(one: Report, path: string, body: object, event: string): Promise<void> {
  await asked("POST", `/v1/officer/cases/${one.trackingNumber}/${path}`, asOfficer(), body);
  one.events.push(event);
}

/** Reads reports as everybody who may: the public, their reporter, officers. Their histories prove themselves. */
async function everythingReads(...reports: Report[]): Promise<void> {
  for (const { trackingNumber, receipt, events } of reports) {
    const asReporter = { Authorization: `Receipt ${receipt}` };
    expect(await asked("GET", `/laporan/${trackingNumber}`)).toContain(trackingNumber);
    const held = await asked("GET", `/v1/cases/${trackingNumber}/personal-data`, asReporter);
    expect(JSON.parse(held)).toMatchObject({ identity: reporter });
    const file = JSON.parse(await asked("GET", `/v1/cases/${trackingNumber}`, asReporter));
    expect(file).toMatchObject({ trackingNumber });
    if (!inTheRelease) await asked("GET", `/v1/officer/cases/${trackingNumber}`, asOfficer());
    for (const { attachmentId } of file.attachments ?? []) {
      const path = `/v1/cases/${trackingNumber}/attachments/${attachmentId}`;
      const { status, headers } = await story.ask("GET", path, asReporter);
      expect(status).toBe(302);
      expect((await fetch(headers.location ?? "")).status).toBe(200);
    }
    const proof = await asked("GET", `/v1/officer/cases/${trackingNumber}/proof`, asOfficer());
    const told = (JSON.parse(proof) as { events: { type: string }[] }).events.map(({ type }) => type);
    expect(told).toEqual(events);
    const path = join(story.there().folder, "proof.json");
    await writeFile(path, proof);
    // It ends with an error where an event is missing or is not as it was written.
    await story.command("functions/commands/verify-history.ts", path);
  }
}
