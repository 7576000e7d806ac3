import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Officer } from "../../shared/directory/directory.ts";

/** What the code of one commit shall do, and with what. */
export interface Task {
  /** The folder of the code. */
  code: string;
  does: "write" | "move";
  tables: { cases: string; directory: string; reporters: string };
  /** The keys under which identities are sealed, as on one machine. */
  keys: { key: string; hashKey: string };
  bucket: string;
  /** The numbers of the cases, and of one more that has a file. */
  numbers: readonly string[];
  withFile: string;
  /** What the message queue of uploads brings to whoever moves. */
  messages: readonly object[];
}

/**
 * Lets the code of one commit write, move or list lives. It is a process of its own for each commit. Its task comes as an argument, and
 * what it found goes out as JSON.
 */
const task = JSON.parse(process.argv[2] ?? "") as Task;
const { code, does, tables, bucket, numbers, withFile } = task;

const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(code, file)).href)) as T;
const [
  { caseStore },
  { submit },
  { verify },
  officer,
  history,
  { sealForRetry },
  views,
  entries,
  directory,
  rules,
  identities,
  reporters,
  attachment,
  { attachmentStore },
  { fileStore },
  { uploadKey },
  { inspectAttachment },
] = await Promise.all([
  load<typeof import("../../shared/case/store/case-store.ts")>("shared/case/store/case-store.ts"),
  load<typeof import("../../shared/case/case.ts")>("shared/case/case.ts"),
  load<typeof import("../../shared/case/moves/handing/handing.ts")>("shared/case/moves/handing/handing.ts"),
  load<typeof import("../../shared/case/moves/officer.ts")>("shared/case/moves/officer.ts"),
  load<typeof import("../../shared/case/history.ts")>("shared/case/history.ts"),
  load<typeof import("../../shared/case/submission/retry.ts")>("shared/case/submission/retry.ts"),
  load<typeof import("../../shared/case/views/case-view.ts")>("shared/case/views/case-view.ts"),
  load<typeof import("../../shared/directory/entry-store.ts")>("shared/directory/entry-store.ts"),
  load<typeof import("../../shared/directory/directory-store.ts")>("shared/directory/directory-store.ts"),
  load<typeof import("../../shared/directory/entry-history.ts")>("shared/directory/entry-history.ts"),
  load<typeof import("../../shared/case/moves/identity.ts")>("shared/case/moves/identity.ts"),
  load<typeof import("../../shared/reporter/reporter-store.ts")>("shared/reporter/reporter-store.ts"),
  load<typeof import("../../shared/attachment/attachment.ts")>("shared/attachment/attachment.ts"),
  load<typeof import("../../shared/attachment/attachment-store.ts")>("shared/attachment/attachment-store.ts"),
  load<typeof import("../../shared/attachment/file-store.ts")>("shared/attachment/file-store.ts"),
  load<typeof import("../../shared/attachment/folders.ts")>("shared/attachment/folders.ts"),
  load<typeof import("../../shared/attachment/inspection-flow.ts")>("shared/attachment/inspection-flow.ts"),
]);

// The code takes clients of its own packages only.
const packageOf = createRequire(join(code, "package.json"));
const { DynamoDBClient } = packageOf("@aws-sdk/client-dynamodb") as typeof import("@aws-sdk/client-dynamodb");
const { DynamoDBDocumentClient } = packageOf(
  "@aws-sdk/lib-dynamodb",
) as typeof import("@aws-sdk/lib-dynamodb");
const { PutObjectCommand, S3Client } = packageOf("@aws-sdk/client-s3") as typeof import("@aws-sdk/client-s3");
// The environment says where they are.
const client = new DynamoDBClient({});
const s3 = new S3Client({});
const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const seal = reporters.reporterSeal(task.keys);
const cases = caseStore(dynamo, { cases: tables.cases, reporters: { table: tables.reporters, seal } });
const reporterStore = reporters.reporterStore(dynamo, tables.reporters, seal);
const attachments = attachmentStore(dynamo, tables.cases);
const agencies = entries.entryStore(dynamo, tables.directory);
const listed = directory.directoryStore(dynamo, tables.directory);
const holder = "balikpapan-dinas-contoh";
const post: Officer = {
  ...{ id: "contoh-petugas", name: "Petugas Contoh", email: "petugas@balikpapan.example" },
  ...{ agencyId: holder, subject: "contoh", role: "unit-officer", mails: "daily" },
};
const act = {
  by: { role: "national-admin", agencyId: "kemenpanrb", officerId: "contoh-admin" },
  at: new Date("2026-11-24T01:30:00Z"),
  salt: "salt",
} as const;

/** A report that was verified, and the agency that has it. */
async function write(trackingNumber: string): Promise<void> {
  const at = new Date("2026-11-23T01:30:00Z");
  const submitted = submit(
    {
      ...{ class: "complaint", title: "Jalan berlubang", text: "Sudah dua bulan.", agencyId: holder },
      ...{ anonymous: false, secret: false },
      reporter: { name: "Warga Contoh", email: "warga@contoh.example", phone: "0812 0000 0000" },
    },
    {
      ...{ trackingNumber, receipt: "0000-0000-0000-0000-0000", salt: "salt" },
      ...{ language: "id", verifyingAgency: "kemenpanrb", at },
    },
  );
  await cases.submit(submitted, sealForRetry(trackingNumber, {}, {}, { at, nonce: new Uint8Array(12) }));
  const within = { within: "anywhere", verifyingAgency: "kemenpanrb" } as const;
  const verified = verify(
    submitted.case,
    { supervised: false, formal: false },
    { ...act, ...within, target: undefined, knownCategory: true },
  );
  await cases.append(submitted.case, verified);
}

/** A file that waits for its inspection, and what the inspection puts into its message queue while nobody has scanned the file. */
async function writeFile(trackingNumber: string): Promise<object[]> {
  const at = new Date();
  const bytes = Buffer.from(photo, "base64");
  const one = attachment.requested(
    { name: "jalan.png", type: "image/png", size: bytes.length },
    {
      ...{ trackingNumber, attachmentId: randomUUID(), by: { role: "reporter" }, salt: "salt" },
      ...{ already: [], made: 0, anonymous: false, at },
      limits: { files: 10, megabytes: 25, megapixels: 50 },
    },
  );
  await attachments.add(one, 0);
  const key = uploadKey(one);
  const { ETag: etag = "" } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
  const messages: object[] = [];
  const inspect = inspectAttachment({
    ...{ cases, attachments, directory: listed, malwareScan: "guardduty" },
    files: { ...fileStore(s3, bucket), verdict: async () => "none" },
    limits: { files: 10, megabytes: 25, megapixels: 50 },
    later: { send: async (sent) => (messages.push(...(sent as object[])), []) },
  });
  // Messages name it without the quotes that the header has.
  await inspect({ key, etag: etag.replaceAll('"', ""), at: at.toISOString(), waits: 0 });
  return messages;
}

/** The smallest picture that there is. */
const photo =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async function writeDirectory(): Promise<void> {
  const entry = {
    id: holder,
    name: "Dinas Contoh",
    type: "department",
    parent: null,
    timeZone: "Asia/Makassar",
    alertEmail: "dinas@balikpapan.example",
  } as const;
  const created = { type: "created", by: { role: "system" }, at: act.at } as const;
  const change = rules.changed("agency", undefined, entry, created);
  if (change) await agencies.record(undefined, change);
  for (const one of [post, { ...post, id: "contoh-lain", subject: "lain" }]) {
    const change = rules.changed("officer", undefined, one, created);
    if (change) await agencies.record(undefined, change);
  }
}

/** Reads a case whole, and makes a move with it. An error is told by its name. */
async function move(trackingNumber: string): Promise<object> {
  try {
    const file = await cases.find(trackingNumber);
    if (!file) return { trackingNumber, error: "not there" };
    const names = {
      timeZone: "Asia/Makassar",
      agencies: {},
      officers: {},
      regionPath: [],
      category: undefined,
    } as const;
    const view = views.fileViewOf(file, "officer", names, "id");
    const flaws = history.flaws(trackingNumber, file.events.map(history.proofOf), [
      { sequence: file.case.version, hash: file.case.lastHash },
    ]);
    const stored = await cases.append(file.case, officer.addNote(file.case, { text: "Diukur." }, act));
    return { trackingNumber, stored, flaws, told: JSON.stringify(view) };
  } catch (error) {
    return { trackingNumber, error: (error as Error).name };
  }
}

async function moveAgency(): Promise<boolean> {
  const before = await agencies.find("agency", holder);
  const wanted = before && { ...before.entry, name: `${before.entry.name} Baru` };
  const change =
    wanted &&
    rules.changed("agency", before, wanted, { type: "changed", by: { role: "system" }, at: act.at });
  return change !== undefined && (await agencies.record(before, change)) === "recorded";
}

/** Reads who reported a case, and corrects their telephone number. */
async function correct(trackingNumber: string): Promise<object> {
  const [found, identity] = await Promise.all([
    cases.get(trackingNumber),
    reporterStore.find(trackingNumber),
  ]);
  if (!found || !identity) return { error: "not there" };
  const by = { ...act, by: { role: "reporter" } as const };
  const corrected = identities.correctContact(
    found,
    { phone: "0812 1111 1111" },
    { ...by, before: identity, language: "id" },
  );
  return { stored: await cases.append(found, corrected), name: identity.name, off: identity.addressOff };
}

/** Has the job inspect what its message queue brings, and tells what became of the file. */
async function inspectFile(trackingNumber: string): Promise<object> {
  const { handler } = await load<typeof import("../../functions/jobs/inspect-attachment.ts")>(
    "functions/jobs/inspect-attachment.ts",
  );
  const Records = task.messages.map((message, at) => ({
    ...{ messageId: String(at), body: JSON.stringify(message) },
    attributes: { ApproximateReceiveCount: "1" },
  }));
  const { batchItemFailures } = await handler({ Records } as never, {} as never);
  const { attachments: found } = await attachments.of(trackingNumber);
  return { failed: batchItemFailures.length, states: found.map(({ state }) => state) };
}

/** Whom the directory knows at the agency, and what somebody is told who signs in. */
async function officers(): Promise<object> {
  const signIn = (subject: string) =>
    listed.postsOf(subject).then(
      (posts) => posts.length,
      (error: Error) => error.name,
    );
  return {
    known: (await listed.officersOf(holder)).map(({ id }) => id),
    enters: [await signIn("contoh"), await signIn("lain")],
  };
}

if (does === "write") {
  for (const number of [...numbers, withFile]) await write(number);
  await writeDirectory();
  console.log(JSON.stringify({ messages: await writeFile(withFile) }));
} else {
  const { items } = await cases.feed({ after: undefined, limit: 50 });
  const moved: object[] = [];
  for (const number of numbers) moved.push(await move(number));
  const agency = await moveAgency();
  console.log(
    JSON.stringify({
      listed: items.map(({ trackingNumber }) => trackingNumber),
      moved,
      agency,
      name: (await listed.agency(holder))?.name,
      corrected: await correct(withFile),
      inspected: await inspectFile(withFile),
      officers: await officers(),
    }),
  );
}
