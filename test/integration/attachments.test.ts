import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startQueues } from "../../infra/local/queues/fauxqs.ts";
import type { Emulator } from "../../infra/local/start/emulator.ts";
import { accepted, type Attachment, refused } from "../../shared/attachment/attachment.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { fileStore } from "../../shared/attachment/file-store.ts";
import { folders, uploadKey } from "../../shared/attachment/folders.ts";
import { removed, takenBack } from "../../shared/attachment/retention.ts";
import { moved, submit } from "../../shared/case/case.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();
const { table } = database;

const at = new Date("2026-11-25T01:30:00Z");
const onDynamo = () => ({
  cases: caseStore(database.dynamo, { cases: table("Cases") }),
  attachments: attachmentStore(database.dynamo, table("Cases")),
});
let drawn = 0;
const aCase = async ({ cases }: Pick<ReturnType<typeof onDynamo>, "cases">) => {
  const opened = submit(roadComplaint, {
    trackingNumber: `FILES-${String(drawn++).padStart(5, "0")}`,
    receipt: "0000-0000-0000-0000-0000",
    salt: "salt",
    language: "id",
    verifyingAgency: "kemenpanrb",
    at,
  });
  await cases.submit(opened, sealForRetry(randomUUID(), {}, {}, { at, nonce: new Uint8Array(12) }));
  return opened.case;
};
const aFile = (trackingNumber: string): Attachment => ({
  trackingNumber,
  attachmentId: randomUUID(),
  name: "jalan.jpg",
  type: "image/jpeg",
  size: 10,
  by: { role: "reporter" },
  requestedAt: at.toISOString(),
  state: "waiting",
  attempts: 0,
  expiresAt: 2_000_000_000,
});
const copy = { type: "image/jpeg", bytes: new Uint8Array(5) } as const;
const clean = (one: Attachment) => accepted(one, { digest: "abc", originalType: "image/jpeg", copy, at });
const act = { by: { role: "reporter" }, at, salt: "salt" } as const;

describe.each([
  ["in memory", memoryStores],
  ["on DynamoDB", onDynamo],
])("the store of attachments %s", (_where, make) => {
  test("attachments are added one after the other, and their case stays as it was", async () => {
    const stores = make();
    const found = await aCase(stores);
    const [one, other] = [aFile(found.trackingNumber), aFile(found.trackingNumber)];
    const added = await Promise.all([stores.attachments.add(one, 0), stores.attachments.add(other, 0)]);
    expect(added.sort()).toEqual([false, true]);
    expect(await stores.attachments.add(aFile(found.trackingNumber), 1)).toBe(true);
    const { attachments, made } = await stores.attachments.of(found.trackingNumber);
    expect([attachments.length, made]).toEqual([2, 2]);
    const file = await stores.cases.find(found.trackingNumber);
    expect([file?.case, file?.events.length]).toEqual([found, 1]);
  });

  test("an attachment becomes part of its case once, together with its event, and a case that has moved on is reported", async () => {
    const stores = make();
    const found = await aCase(stores);
    const one = aFile(found.trackingNumber);
    await stores.attachments.add(one, 0);
    const event = moved(found, act, "attached", {
      attachmentId: one.attachmentId,
      type: one.type,
      digest: "abc",
    });
    expect(await stores.attachments.accept(clean(one), { ...found, version: 7 }, event)).toBe("case-changed");
    expect((await stores.attachments.find(found.trackingNumber, one.attachmentId))?.state).toBe("waiting");
    expect(await stores.attachments.accept(clean(one), found, event)).toBe("accepted");
    expect(await stores.attachments.accept(clean(one), found, event)).toBe("settled-before");
    expect(await stores.attachments.find(found.trackingNumber, one.attachmentId)).toEqual(clean(one));
    expect((await stores.cases.find(found.trackingNumber))?.events.map(({ type }) => type)).toEqual([
      "submitted",
      "attached",
    ]);
  });

  test("a form counts as unused until its upload comes, and one that is settled is not touched any more", async () => {
    const stores = make();
    const found = await aCase(stores);
    const one = { ...aFile(found.trackingNumber), unusedAt: 1_900_000_000, salt: "garam", number: 1 };
    await stores.attachments.add(one, 0);
    const stored = () => stores.attachments.find(found.trackingNumber, one.attachmentId);
    expect(await stored()).toEqual(one);
    await stores.attachments.arrived(one);
    await stores.attachments.arrived(one);
    const { unusedAt: _, ...arrived } = one;
    expect(await stored()).toEqual(arrived);
    await stores.attachments.refuse(refused(one, "too-late", at));
    await stores.attachments.arrived(one);
    expect(await stored()).toEqual(refused(one, "too-late", at));
  });

  test("the inspections of an attachment are counted until it is settled", async () => {
    const stores = make();
    const found = await aCase(stores);
    const one = aFile(found.trackingNumber);
    await stores.attachments.add(one, 0);
    expect([await stores.attachments.begin(one), await stores.attachments.begin(one)]).toEqual([1, 2]);
    expect(await stores.attachments.refuse(refused(one, "unreadable", at))).toBe(true);
    expect(await stores.attachments.refuse(refused(one, "malware", at))).toBe(false);
    expect(await stores.attachments.begin(one)).toBeUndefined();
    const stored = await stores.attachments.find(found.trackingNumber, one.attachmentId);
    expect([stored?.reason, stored?.expiresAt]).toEqual(["unreadable", undefined]);
  });
});

describe.each([
  ["in memory", memoryStores],
  ["on DynamoDB", onDynamo],
])("the removal of files %s", (_where, make) => {
  test("a file that its sender removes is settled together with the event that tells of it, once, and no inspection accepts it after that", async () => {
    const stores = make();
    for (const state of ["waiting", "clean"]) {
      const found = await aCase(stores);
      const one = aFile(found.trackingNumber);
      await stores.attachments.add(one, 0);
      const attached = moved(found, act, "attached", {
        attachmentId: one.attachmentId,
        type: one.type,
        digest: "abc",
      });
      if (state === "clean") await stores.attachments.accept(clean(one), found, attached);
      const before = state === "clean" ? attached.case : found;
      const left = takenBack(one, { role: "reporter", at, originalKept: false });
      const told = moved(before, act, "attachment-removed", { attachmentId: one.attachmentId });
      const outdated = { ...before, version: 7 };
      expect(await stores.attachments.remove(left, outdated, told)).toBe(false);
      expect((await stores.attachments.find(found.trackingNumber, one.attachmentId))?.state).toBe(state);
      expect(await stores.attachments.remove(left, before, told)).toBe(true);
      expect(await stores.attachments.remove(left, before, told)).toBe(false);
      expect(await stores.attachments.find(found.trackingNumber, one.attachmentId)).toEqual(left);
      expect(await stores.attachments.accept(clean(one), before, attached)).toBe("settled-before");
      expect(await stores.attachments.refuse(refused(one, "malware", at))).toBe(false);
      expect((await stores.cases.get(found.trackingNumber))?.version).toBe(told.case.version);
    }
  });

  test("a removed file leaves word that it was there, and its case changes only on the version that was read", async () => {
    const stores = make();
    const found = await aCase(stores);
    const one = aFile(found.trackingNumber);
    await stores.attachments.add(one, 0);
    const event = moved(
      found,
      act,
      "attached",
      { attachmentId: one.attachmentId, type: one.type, digest: "abc" },
      { filesOnFile: true, filesExpiredAt: at.toISOString(), endedAt: at.toISOString() },
    );
    await stores.attachments.accept(clean(one), found, event);
    const due = async () => {
      const numbers: string[] = [];
      for await (const portion of stores.cases.keptUntil(at.toISOString())) numbers.push(...portion);
      return numbers;
    };
    expect(await due()).toContain(found.trackingNumber);

    await stores.attachments.restate(removed(clean(one)));
    expect(await stores.attachments.find(found.trackingNumber, one.attachmentId)).toEqual(
      removed(clean(one)),
    );
    const { filesExpiredAt: _, ...told } = event.case;
    expect(await stores.cases.restate({ ...told, version: 7 })).toBe(false);
    expect(await stores.cases.restate(told)).toBe(true);
    const file = await stores.cases.find(found.trackingNumber);
    expect([file?.case, file?.events.length]).toEqual([told, 2]);
    expect(await due()).not.toContain(found.trackingNumber);
  });
});

describe("the files of attachments in a bucket", () => {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-files-"));
  let emulator: Emulator;
  let s3: S3Client;
  beforeAll(async () => {
    emulator = await startQueues({ dataDir: folder });
    s3 = new S3Client({
      endpoint: emulator.endpoint,
      region: "ap-southeast-3",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      forcePathStyle: true,
    });
    await s3.send(new CreateBucketCommand({ Bucket: "files" }));
  });
  afterAll(async () => {
    s3.destroy();
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  test("a form takes a file only under its key, of its type and size, and only that one upload is read", async () => {
    const files = fileStore(s3, "files");
    const one = aFile("AAAAA-BBBBB");
    const { fields } = await files.uploadForm(one);
    const { conditions } = JSON.parse(Buffer.from(fields.Policy ?? "", "base64").toString());
    expect(conditions).toEqual(
      expect.arrayContaining([
        ["content-length-range", 1, 10],
        { "Content-Type": "image/jpeg" },
        { key: uploadKey(one) },
        { bucket: "files" },
      ]),
    );
    const key = uploadKey(one);
    const { ETag = "" } = await s3.send(new PutObjectCommand({ Bucket: "files", Key: key, Body: "satu" }));
    const upload = { key, etag: ETag.replaceAll('"', "") };
    expect(Buffer.from((await files.read(upload)) ?? []).toString()).toBe("satu");
    await s3.send(new PutObjectCommand({ Bucket: "files", Key: key, Body: "dua" }));
    expect(await files.read(upload)).toBeUndefined();
    expect(await files.read({ ...upload, key: `${key}x` })).toBeUndefined();
  });

  test("an upload that was dropped is read no more, and can be dropped again", async () => {
    const files = fileStore(s3, "files");
    const key = uploadKey(aFile("AAAAA-BBBBB"));
    const { ETag = "" } = await s3.send(new PutObjectCommand({ Bucket: "files", Key: key, Body: "satu" }));
    await files.drop({ key });
    await files.drop({ key });
    expect(await files.read({ key, etag: ETag.replaceAll('"', "") })).toBeUndefined();
  });

  test("the address of an original works for seconds, and names it by a salted digest and a number", async () => {
    const files = fileStore(s3, "files");
    const one = clean({ ...aFile("AAAAA-CCCCC"), number: 2 });
    await files.keep("sealed", one, Buffer.from("isi"));
    const address = new URL(await files.download("sealed", one));
    expect(address.searchParams.get("X-Amz-Expires")).toBe("10");
    expect(address.searchParams.get("response-content-disposition")).toBe(
      'attachment; filename="asli-2.jpg"',
    );
    expect(await (await fetch(address)).text()).toBe("isi");
  });

  test("an address gives a file out for a minute, as a download with a type and a name of ours", async () => {
    const files = fileStore(s3, "files");
    const one = clean({ ...aFile("AAAAA-CCCCC"), name: "../<script>.html" });
    await files.keep("clean", one, Buffer.from("isi"));
    const address = new URL(await files.download("clean", one));
    expect(address.searchParams.get("X-Amz-Expires")).toBe("60");
    const disposition = `attachment; filename="lampiran-${one.attachmentId.slice(0, 8)}.jpg"`;
    expect(address.searchParams.get("response-content-disposition")).toBe(disposition);
    expect(address.href).not.toContain("script");
    const stored = await s3.send(
      new HeadObjectCommand({ Bucket: "files", Key: address.pathname.replace("/files/", "") }),
    );
    expect([stored.ContentType, stored.ContentDisposition]).toEqual(["image/jpeg", disposition]);
  });

  test("the files of a case are removed from all folders, however often, but for those that are spared", async () => {
    const files = fileStore(s3, "files");
    const [gone, spared, other] = [aFile("AAAAA-DDDDD"), aFile("AAAAA-DDDDD"), aFile("AAAAA-DDDDE")].map(
      clean,
    );
    if (!gone || !spared || !other) throw new Error("three files");
    for (const one of [gone, spared, other])
      for (const folder of folders) await files.keep(folder, one, Buffer.from("isi"));
    const there = async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "files" }));
      return [gone, spared, other].map(
        ({ attachmentId }) => Contents.filter(({ Key }) => Key?.includes(attachmentId)).length,
      );
    };
    expect(await there()).toEqual([3, 3, 3]);
    const goes = (id: string, stored: Date) => {
      expect(Math.abs(stored.getTime() - Date.now())).toBeLessThan(60_000);
      return id !== spared.attachmentId;
    };
    await files.erase("AAAAA-DDDDD", ["sealed"], goes);
    expect(await there()).toEqual([2, 3, 3]);
    await files.erase("AAAAA-DDDDD", folders, goes);
    await files.erase("AAAAA-DDDDD", folders, goes);
    expect(await there()).toEqual([0, 3, 3]);
  });
});
