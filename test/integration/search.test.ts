import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startQueues } from "../../infra/local/queues/fauxqs.ts";
import type { Emulator } from "../../infra/local/start/emulator.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { buildIndex } from "../../shared/search/build-flow.ts";
import { indexPlace } from "../../shared/search/index-place-store.ts";
import { indexesAtHand } from "../../shared/search/newest-index-flow.ts";
import { anOffice } from "../fakes/office.ts";
import { knownSeal } from "../fakes/seal.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-search-"));
let queues: Emulator;
let s3: S3Client;

beforeAll(async () => {
  queues = await startQueues({ dataDir: join(folder, "queues") });
  s3 = new S3Client({
    endpoint: queues.endpoint,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
});
afterAll(async () => {
  s3.destroy();
  await queues.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An office whose cases are on DynamoDB and whose indexes are in a bucket. */
async function anOfficeOnAws() {
  const bucket = `derived-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const place = indexPlace(s3, bucket);
  let minutes = 0;
  const files = mkdtempSync(join(folder, "files-"));
  const cases: CaseStore = caseStore(database.dynamo, {
    cases: database.table("Cases"),
    reporters: { table: database.table("Reporters"), seal: knownSeal },
  });
  const indexes = indexesAtHand(async () => place, { now: () => minutes * 60_000, folder: files });
  const office = anOffice(undefined, { stores: { ...memoryStores(), cases, indexes } });
  return {
    ...office,
    files,
    bucket,
    async index(at = office.now()) {
      const built = await buildIndex(cases, place, { at, folder: files });
      minutes += 2;
      return built;
    },
    async titles(q: string): Promise<string[]> {
      const { status, body } = await office.feed({ q });
      expect([status, body]).toEqual([200, expect.anything()]);
      return body.items.map(({ title }: { title: string }) => title);
    },
  };
}

describe("the search on DynamoDB and a bucket", () => {
  test("the feed becomes an index, the index is fetched, and every hit is read again", async () => {
    const office = await anOfficeOnAws();
    const word = "penyeberangan";
    const [kept, hidden, reworded] = [
      await office.submit({ title: `Jembatan ${word} satu`, text: "Papan jembatan lapuk." }),
      await office.submit({ title: `Jembatan ${word} dua`, text: "Papan jembatan hilang." }),
      await office.submit({ title: `Jembatan ${word} tiga`, text: "Papan jembatan patah." }),
    ];
    await office.submit({ title: `Jembatan ${word} rahasia`, secret: true });
    await reworded.reporter("redaction", { text: "Teks pengganti yang baru." });
    const built = await office.index();
    expect(built?.cases).toBeGreaterThanOrEqual(3);
    expect(await office.titles(word)).toHaveLength(3);
    expect(await office.titles("patah")).toEqual([]);
    expect(await office.titles("pengganti")).toEqual([`Jembatan ${word} tiga`]);

    await hidden.reporter("redaction", { hide: true });
    expect(await office.titles(`${word} dua`)).toEqual([]);
    expect(await office.titles("hilang")).toEqual([]);
    const before = [...(await office.titles(word))].sort();
    expect(before).toEqual([`Jembatan ${word} satu`, `Jembatan ${word} tiga`]);

    await office.submit({ title: `Jembatan ${word} terbaru`, anonymous: true });
    expect(await office.titles(word)).toContain(`Jembatan ${word} terbaru`);
    expect(await office.titles(kept.number)).toEqual([`Jembatan ${word} satu`]);
    // Nothing is left on the disk but what is open.
    expect(readdirSync(office.files)).toEqual([]);
  });

  test("an unchanged feed leaves the bucket as it is", async () => {
    const office = await anOfficeOnAws();
    await office.submit({ title: "Halte tanpa atap" });
    const names = async () =>
      (await s3.send(new ListObjectsV2Command({ Bucket: office.bucket }))).Contents?.map(({ Key }) => Key);
    await office.index();
    const after = await names();
    expect(after).toEqual([
      expect.stringMatching(/^indexes\/\d{8}T\d{6}Z-[0-9a-f]{8}\.sqlite$/),
      "newest/index.json",
    ]);
    expect(await office.index()).toBeUndefined();
    expect(await names()).toEqual(after);
  });

  test("more cases than one batch of reads holds are all indexed", async () => {
    const office = await anOfficeOnAws();
    for (let each = 0; each < 120; each++)
      await office.submit({ title: `Selokan mampet ${each}`, text: "Air meluap." });
    await office.index(new Date("2026-12-24T00:00:00Z"));
    const first = await office.feed({ q: "selokan", limit: "100" });
    const second = await office.feed({ q: "selokan", limit: "100", cursor: first.body.cursor });
    expect([first.body.items.length, second.body.items.length]).toEqual([100, 20]);
    expect(second.body).toMatchObject({ cursor: null, complete: true });
  });
});
