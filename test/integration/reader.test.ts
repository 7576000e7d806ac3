import { randomBytes, randomUUID } from "node:crypto";
import { DeleteCommand, GetCommand, PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { describe, expect, test, vi } from "vitest";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { identitySearchStore } from "../../shared/case/identity-search/identity-search-store.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { lastSweepStore } from "../../shared/deadline/last-sweep-store.ts";
import { answerTemplateStore } from "../../shared/directory/answer-template-store.ts";
import { addressMarkStore } from "../../shared/notification/addresses/address-mark-store.ts";
import { addressNames } from "../../shared/notification/addresses/address-names-flow.ts";
import { undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import { notificationStore } from "../../shared/notification/notification-store.ts";
import { pileStore } from "../../shared/notification/piles/pile-store.ts";
import { followTokens, subscriberIds } from "../../shared/notification/subscribers/following-flow.ts";
import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { logger } from "../../shared/platform/observability.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { noIndexes } from "../../shared/search/newest-index-flow.ts";
import { subscriberStore } from "../../shared/subscriber/subscriber-store.ts";
import { counterName, utcDate, windowEnd, wrongReceipts } from "../../shared/traffic/load.ts";
import { trafficExpiry } from "../../shared/traffic/traffic-expiry-store.ts";
import { type TrafficStore, trafficStore } from "../../shared/traffic/traffic-store.ts";
import { aFrame } from "../fakes/frame.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { memoryCalendars } from "../fakes/memory/calendar-stores.ts";
import { memoryDrafts, memoryOfficerDrafts } from "../fakes/memory/draft-store.ts";
import { memoryIndexPlace } from "../fakes/memory/index-place.ts";
import { memoryPractice } from "../fakes/memory/practice-store.ts";
import { memoryRequests } from "../fakes/memory/request-store.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { knownHash, knownSeal, knownSubscriberSeal } from "../fakes/seal.ts";
import { staff, type Who } from "../fakes/staff.ts";
import { findingsOf, type Readable } from "../fakes/table-reader.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const { table } = database;
const tables = ["Cases", "Reporters", "Directory", "Notifications", "Traffic"];

const [work, home, cafe] = ["203.0.113.9", "198.51.100.7", "192.0.2.5"];
/** Nobody reports from these. They are in the reader's list all the same. */
const decoys = Array.from({ length: 7 }, (_, index) => `10.20.${index}.0/24`);
const networks = ["203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24", ...decoys];

const wrong = { authorization: "Receipt 0000-0000-0000-0000-0000" };

const storesWith = (traffic: TrafficStore) => {
  const { dynamo } = database;
  return {
    cases: caseStore(dynamo, {
      cases: table("Cases"),
      reporters: { table: table("Reporters"), seal: knownSeal },
    }),
    reporters: reporterStore(dynamo, table("Reporters"), knownSeal),
    notifications: notificationStore(dynamo, table("Notifications")),
    piles: pileStore(dynamo, table("Notifications")),
    attachments: attachmentStore(dynamo, table("Cases")),
    expiry: trafficExpiry(dynamo, table("Traffic")),
    searches: identitySearchStore(dynamo, table("Cases")),
    requests: memoryRequests(),
    undeliverables: undeliverableStore(dynamo, table("Notifications")),
    addressMarks: addressMarkStore(dynamo, table("Notifications")),
    addressNames: addressNames(knownHash),
    stopTokens: stopTokens(knownHash),
    drafts: memoryDrafts(),
    ...memoryCalendars(),
    officerDrafts: memoryOfficerDrafts(),
    answerTemplates: answerTemplateStore(dynamo, table("Directory")),
    practice: memoryPractice(),
    lastSweep: lastSweepStore(dynamo, table("Directory")),
    frame: aFrame(() => new Date()),
    indexPlace: memoryIndexPlace(),
    indexes: noIndexes,
    strain: strainMeter(),
    subscribers: subscriberStore(dynamo, table("Notifications"), knownSubscriberSeal),
    subscriberIds: subscriberIds(knownHash),
    followTokens: followTokens(knownHash),
    traffic,
  };
};

const stories = [
  "Atasan saya meminta uang setiap kali warga mengurus surat pindah di loket dua.",
  "Kepala bidang menyuruh kami memalsukan tanda tangan daftar hadir pegawai honorer.",
  "Lampu penerangan di jalan menuju sekolah dasar padam sejak minggu lalu.",
  "Sampah di belakang pasar induk tidak diangkut dan mulai berbau menyengat.",
  "Petugas parkir menarik biaya ganda tanpa karcis resmi setiap akhir pekan.",
  "Air bersih di rumah susun hanya mengalir dua jam pada malam hari saja.",
];

/** A day on which people report from three networks, mistype receipts, are floods, are asked for proofs and get new receipts. */
async function aDay(traffic: TrafficStore) {
  const stores = storesWith(traffic);
  const threshold = { ofNetwork: 3, ofAll: 1_000_000, holdsAlike: true };
  const office = anOffice("2026-11-24T09:01:07+08:00", { threshold, stores });
  const room = aMailRoom(office);
  const written: string[] = [];
  const watch = (stream: NodeJS.WriteStream) =>
    vi.spyOn(stream, "write").mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  const spies = [watch(process.stdout), watch(process.stderr)];
  logger.setLogLevel("DEBUG");

  const cases: { number: string; text: string; from: string; isNamed: boolean }[] = [];
  const moments: Date[] = [];
  const solved = async (challenge: Challenge) => {
    const solution = await solveChallenge({ challenge, deriveKey });
    return { "proof-of-work": Buffer.from(JSON.stringify({ challenge, solution })).toString("base64") };
  };
  const at = (instant: string) => {
    office.at(instant);
    room.at(office.now());
    moments.push(office.now());
  };
  const send = async (from: string, title: string, text: string, change: object = {}) => {
    const report = { ...roadComplaint, occurredOn: undefined, anonymous: true, title, text, ...change };
    const key = { "idempotency-key": randomUUID() };
    let sent = await office.send(report, from, key);
    if (sent.status === 428)
      sent = await office.send(report, from, {
        ...key,
        ...(await solved((await office.challenge(from)).body)),
      });
    expect(sent.status).toBe(201);
    const number = String(sent.body.trackingNumber);
    cases.push({ number, text: `${title} ${text}`, from, isNamed: !report.anonymous });
    await room.deliver(number);
    return { number, receipt: { authorization: `Receipt ${sent.body.receipt}` } };
  };

  try {
    at("2026-11-24T09:01:07+08:00");
    const boss = await send(work, "Pungutan di loket", stories[0]!);
    at("2026-11-24T09:02:31+08:00");
    await send(work, "Daftar hadir", stories[1]!, { secret: true });
    const named = { anonymous: false };
    await send(
      work,
      "Parkir kantor",
      "Parkiran pegawai dipakai jualan setiap sore, pintu keluar tertutup.",
      named,
    );
    const reporter = { name: "Warga Contoh", email: "warga@contoh.example", mailReceipt: true };
    at("2026-11-24T09:03:13+08:00");
    const lamp = await send(home, "Lampu jalan", stories[2]!, { anonymous: false, reporter });
    at("2026-11-24T09:04:41+08:00");
    await send(home, "Lampu jalan padam!", stories[2]!); // held: alike
    for (const [index, story] of stories.slice(3).entries()) {
      at(`2026-11-24T09:05:${17 + index}+08:00`);
      await send(cafe, `Laporan warga ${index}`, story);
    }
    at("2026-11-24T09:06:29+08:00");
    await send(cafe, "Keluhan keempat", "Antrean puskesmas berjam-jam karena dokter datang siang sekali.");

    at("2026-11-24T09:07:53+08:00");
    await office.track(boss.number, work, wrong);
    expect((await office.track(boss.number, work, boss.receipt)).status).toBe(200);
    for (let tried = 0; tried < wrongReceipts.ofCase; tried++) await office.track(lamp.number, home, wrong);
    expect((await office.track(lamp.number, home, lamp.receipt)).status).toBe(428);
    const proof = await solved((await office.challenge(home, lamp.number)).body);
    const headers = { "idempotency-key": randomUUID(), ...lamp.receipt, ...proof };
    expect((await office.asReporterFrom(home, lamp.number, "receipt-rotation", headers)).status).toBe(200);
    expect((await office.as("admin", boss.number, "verification", { supervised: false })).status).toBe(200);
    expect((await office.track(lamp.number, home, headers)).status).toBe(428);
  } finally {
    logger.setLogLevel("SILENT");
    for (const spy of spies) spy.mockRestore();
  }
  return { office, cases, moments, logs: written.flatMap((chunk) => chunk.split("\n")).filter(Boolean) };
}

/** All that can be read of such a day: tables, logs, and what every officer and the public is shown. */
async function everything({ office, cases, logs }: Awaited<ReturnType<typeof aDay>>): Promise<Readable[]> {
  const rows = await Promise.all(
    tables.map(async (where) => {
      const { Items = [] } = await database.dynamo.send(new ScanCommand({ TableName: table(where) }));
      return Items.map((content) => ({ where, content }));
    }),
  );
  const views: Readable[] = [];
  for (const who of Object.keys(staff) as Who[]) {
    const paths = [
      ...cases.flatMap(({ number }) => [`cases/${number}`, `cases/${number}/duplicates`]),
      "counts",
    ];
    for (const path of paths)
      views.push({
        where: `the view of ${who}`,
        content: (await office.asks(who, `/v1/officer/${path}`)).body,
      });
    for (const queue of ["verification", "assigned"])
      views.push({ where: `the queue of ${who}`, content: (await office.queue(who, { queue })).body });
  }
  for (const { number } of cases)
    for (const path of ["", "/clocks", "/proof"])
      views.push({ where: "the public view", content: (await office.track(`${number}${path}`, cafe)).body });
  return [
    ...rows.flat(),
    ...views,
    ...logs.map((content) => ({ where: "a log", content: JSON.parse(content) })),
  ];
}

const empty = async () => {
  for (const where of tables) {
    const TableName = table(where);
    const { Items = [] } = await database.dynamo.send(new ScanCommand({ TableName }));
    for (const { pk, sk } of Items)
      await database.dynamo.send(
        new DeleteCommand({ TableName, Key: { pk, ...(sk !== undefined && { sk }) } }),
      );
  }
};

async function foundAfter(traffic: TrafficStore) {
  await empty();
  const day = await aDay(traffic);
  const read = await everything(day);
  return { day, read, findings: await findingsOf(read, { ...day, networks }) };
}

/** As it was: the key of the day lies in the table, outlines lie beside counts, and a used challenge names the request's key. */
const asItWas = (): TrafficStore => {
  const { dynamo } = database;
  const TableName = table("Traffic");
  const keyOf = async (_purpose: string, day: string): Promise<string> => {
    const { Attributes } = await dynamo.send(
      new UpdateCommand({
        TableName,
        Key: { pk: `KEY#${day}` },
        UpdateExpression: "SET secret = if_not_exists(secret, :fresh)",
        ExpressionAttributeValues: { ":fresh": randomBytes(32).toString("base64url") },
        ReturnValues: "ALL_NEW",
      }),
    );
    return String(Attributes?.secret);
  };
  const pkOf = async (counted: Parameters<TrafficStore["countOf"]>[0], at: Date) =>
    counterName(await keyOf("counts", utcDate(at)), counted, at);
  const read = async (pk: string) => (await dynamo.send(new GetCommand({ TableName, Key: { pk } }))).Item;
  const set = async (pk: string, expression: string, values: object, at: Date) =>
    dynamo.send(
      new UpdateCommand({
        TableName,
        Key: { pk },
        UpdateExpression: `${expression} SET expiresAt = :expiry`.replace(/(SET .*) SET /, "$1, "),
        ExpressionAttributeValues: { ...values, ":expiry": windowEnd(at) },
        ReturnValues: "ALL_NEW",
      }),
    );
  return {
    keyOf,
    countOf: async (counted, at) => Number((await read(await pkOf(counted, at)))?.tries ?? 0),
    count: async (counted, at, more = 1) =>
      Number(
        (await set(await pkOf(counted, at), "ADD tries :more", { ":more": more }, at)).Attributes?.tries,
      ),
    outlinesOf: async (network, at) =>
      ((await read(await pkOf(["report", network], at)))?.outlines ?? []) as string[],
    keepOutlines: async (network, outlines, at) =>
      void (await set(await pkOf(["report", network], at), "SET outlines = :o", { ":o": outlines }, at)),
    isFirstOfDay: async () => true,
    async use(what, by, until) {
      const pk = `USED#${what}`;
      const used = await read(pk);
      if (used) return used.usedBy === by;
      const Item = { pk, usedBy: by, expiresAt: Math.ceil(until.getTime() / 1000) };
      await dynamo.send(new PutCommand({ TableName, Item }));
      return true;
    },
  };
};

/** The named cases from the office: the words of anonymous and secret ones lie under no network at all. */
const namedAtWork = ({ cases }: Awaited<ReturnType<typeof aDay>>): string[] =>
  cases.filter(({ from, isNamed }) => from === work && isNamed).map(({ number }) => number);

describe("whoever reads all tables and logs, with every officer's view beside them", () => {
  test(
    "gets from no case to a network, and ties no row of the counts to a case",
    { timeout: 240_000 },
    async () => {
      const { day, read, findings } = await foundAfter(
        trafficStore(database.dynamo, table("Traffic"), knownHash),
      );
      const count = (where: string) => read.filter((one) => one.where === where).length;
      for (const where of ["Cases", "Reporters", "Notifications", "Traffic", "a log", "the view of auditor"])
        expect([where, count(where)]).toEqual([where, expect.toSatisfy((rows: number) => rows > 0)]);
      expect(day.cases).toHaveLength(9);
      expect(findings).toEqual({ named: [], tied: [] });
    },
  );

  test(
    "would get from a case to its network if the key of the day lay in the table, as it did",
    { timeout: 240_000 },
    async () => {
      const { day, findings } = await foundAfter(asItWas());
      const networkOfWork = networks[0]!;
      for (const number of namedAtWork(day))
        expect(findings.named).toContain(`${number} comes from ${networkOfWork}`);
      expect(findings.named.filter((found) => decoys.some((decoy) => found.includes(decoy)))).toEqual([]);
      expect(findings.tied.join()).toContain("a row shares a text with Cases");
      expect(findings.tied.join()).toContain("a row of Traffic tells a second of CASE#");
    },
  );

  test("would do so too if the key of the hashes could be read anywhere", { timeout: 240_000 }, async () => {
    const secret = randomBytes(32).toString("base64");
    await empty();
    const day = await aDay(trafficStore(database.dynamo, table("Traffic"), keyedHashOf(`local:${secret}`)));
    const read = await everything(day);
    const known = { ...day, networks };
    const { named } = await findingsOf([...read, { where: "a log", content: { secret } }], known);
    for (const number of namedAtWork(day)) expect(named).toContain(`${number} comes from ${networks[0]}`);
    expect(await findingsOf(read, known)).toEqual({ named: [], tied: [] });
  });
});
