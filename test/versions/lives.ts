import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Lets the code of one commit write, move or list lives. It is a process of its own for each commit. The folder of the code, what it
 * does, the endpoint of the database, its tables and the numbers of the cases come as arguments, and what it found goes out as JSON.
 */
const [code = "", does = "", endpoint = "", casesTable = "", directoryTable = "", ...numbers] =
  process.argv.slice(2);

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
]);

// The code takes clients of its own packages only.
const packageOf = createRequire(join(code, "package.json"));
const { DynamoDBClient } = packageOf("@aws-sdk/client-dynamodb") as typeof import("@aws-sdk/client-dynamodb");
const { DynamoDBDocumentClient } = packageOf(
  "@aws-sdk/lib-dynamodb",
) as typeof import("@aws-sdk/lib-dynamodb");
const client = new DynamoDBClient({
  endpoint,
  region: "ap-southeast-3",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const cases = caseStore(dynamo, { cases: casesTable });
const agencies = entries.entryStore(dynamo, directoryTable);
const holder = "balikpapan-dinas-contoh";
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

async function writeAgency(): Promise<void> {
  const entry = {
    id: holder,
    name: "Dinas Contoh",
    type: "department",
    parent: null,
    timeZone: "Asia/Makassar",
    alertEmail: "dinas@balikpapan.example",
  } as const;
  const change = rules.changed("agency", undefined, entry, {
    type: "created",
    by: { role: "system" },
    at: act.at,
  });
  if (change) await agencies.record(undefined, change);
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

if (does === "write") {
  for (const number of numbers) await write(number);
  await writeAgency();
  console.log("{}");
} else {
  const { items } = await cases.feed({ after: undefined, limit: 50 });
  const moved: object[] = [];
  for (const number of numbers) moved.push(await move(number));
  const agency = await moveAgency();
  const listed = await directory.directoryStore(dynamo, directoryTable).agency(holder);
  console.log(
    JSON.stringify({
      listed: items.map(({ trackingNumber }) => trackingNumber),
      moved,
      agency,
      name: listed?.name,
    }),
  );
}
