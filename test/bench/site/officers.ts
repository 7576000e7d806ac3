import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Agency } from "../../../shared/directory/directory.ts";
import { agencies, anOfficer } from "../../fakes/agencies.ts";
import { sampleOfficers } from "../../fakes/sample-officers.ts";
import { aProvince, storeEntries } from "../../fakes/trees.ts";
import type { Counters, Database } from "../database.ts";
import { unitsUsed } from "../meter.ts";
import { assignedCase, fill } from "../pages.ts";
import { shortReport } from "../reports.ts";
import { median, quantile, table } from "../table.ts";

const rounds = 60;
const { city: admin } = sampleOfficers;

type Query = Record<string, string>;
type Route = [path: string, query?: Query];

/** A page, with the JSON routes that it asks. */
interface Compared {
  name: string;
  page: Route;
  routes: Route[];
}

const compared = (trackingNumber: string): Compared[] => [
  {
    name: "Desk",
    page: ["/petugas"],
    routes: [
      ["/v1/officer/me"],
      ["/v1/officer/counts"],
      ...["overdue", "due-soon", "verification", "assigned", "in-progress"].map((queue): Route => [
        "/v1/officer/cases",
        { queue, limit: "25" },
      ]),
    ],
  },
  {
    name: "Queue of 50",
    page: ["/petugas/antrean/assigned"],
    routes: [["/v1/officer/cases", { queue: "assigned", limit: "50" }]],
  },
  {
    name: "Case",
    page: [`/petugas/laporan/${trackingNumber}`],
    routes: [[`/v1/officer/cases/${trackingNumber}`]],
  },
];

const bytesOf = (body: unknown): Buffer =>
  Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
const inKilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);

/** Asks as an officer: pages as their browser does, routes as a program of theirs does. */
async function askingAs({ officer, signedIn }: Counters, subject: string) {
  const cookies = [await signedIn(subject)];
  return {
    page: async ([path, query = {}]: Route) => bytesOf(await officer("GET", path, { cookies, query })),
    routes: async (routes: readonly Route[]) =>
      Buffer.concat(
        (await Promise.all(routes.map(([path, query = {}]) => officer("GET", path, { subject, query })))).map(
          bytesOf,
        ),
      ),
  };
}

/** A unit of the city with 60 cases that wait, one with a history, so that what other sections store does not count. */
async function aBusyUnit(database: Database): Promise<{ trackingNumber: string; subject: string }> {
  const { dynamo, directoryTable: table, fresh } = database;
  const [city] = agencies.filter(({ id }) => id === "pemkot-balikpapan");
  if (!city) throw new Error("There is no city.");
  const unit: Agency = { ...city, id: "contoh-unit", name: "Unit Contoh", type: "unit", parent: city.id };
  const officer = anOfficer("unit-officer", unit.id);
  await storeEntries({ dynamo, table }, "agency", [unit]);
  await storeEntries({ dynamo, table }, "officer", [officer]);

  const { citizen, officer: ask } = fresh();
  const headers = { "idempotency-key": randomUUID() };
  const body = { ...shortReport, agencyId: unit.id };
  const { trackingNumber } = await citizen("POST", "/v1/cases", { headers, body });
  const path = `/v1/officer/cases/${String(trackingNumber)}`;
  await ask("POST", `${path}/verification`, { subject: admin, body: {} });
  const text = "Petugas meninjau lokasi.";
  await ask("POST", `${path}/progress`, { subject: officer.subject, body: { text } });
  await fill(database, await assignedCase(database), 60, () => ({ holder: unit.id }));
  return { trackingNumber: String(trackingNumber), subject: officer.subject };
}

/** How long the function takes for a page of officers, and how large it is, beside the JSON routes that it asks. In turns. */
export async function officersPages(database: Database): Promise<string> {
  const { trackingNumber, subject } = await aBusyUnit(database);
  const ask = await askingAs(database.fresh(), subject);
  const rows: string[][] = [];
  for (const { name, page, routes } of compared(trackingNumber)) {
    const taken = { page: [] as number[], json: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      await ask.page(page);
      const between = performance.now();
      await ask.routes(routes);
      // The first rounds fill the memory of the directory.
      if (round < rounds / 10) continue;
      taken.page.push(between - began);
      taken.json.push(performance.now() - between);
    }
    const asked = {
      page: await database.meter.during(() => ask.page(page)),
      json: await database.meter.during(() => ask.routes(routes)),
    };
    const [markup, json] = [asked.page.result, asked.json.result];
    const [whole, bare] = [median(taken.page), median(taken.json)];
    rows.push([
      name,
      ...[whole, quantile(taken.page, 0.95), bare].map((one) => one.toFixed(1)),
      (whole / bare).toFixed(2),
      ...[markup.length, json.length].map(inKilobytes),
      ...[markup, json].map((one) => inKilobytes(gzipSync(one).length)),
      (gzipSync(markup).length / gzipSync(json).length).toFixed(2),
      ...[asked.page, asked.json].map(({ usage }) => String(usage.requests)),
    ]);
  }
  return table(
    [
      ...["Page", "Page p50 (ms)", "Page p95 (ms)", "Routes p50 (ms)", "Page/routes"],
      ...["Page (KB)", "Routes (KB)", "Page gzip (KB)", "Routes gzip (KB)", "Page/routes gzip"],
      ...["Page: requests", "Routes: requests"],
    ],
    rows,
  );
}

/** Names a province and all below it by their number, so that several stand beside each other. */
const named = (below: number): Agency[] =>
  aProvince(below).map((one) => ({
    ...one,
    id: `${one.id}-desk-${below}`,
    parent: one.parent && `${one.parent}-desk-${below}`,
  }));

const looks: [name: string, page: Route][] = [
  ["desk", ["/petugas"]],
  ["all queues of the tree", ["/petugas/antrean", { cakupan: "bawahan" }]],
  ["one queue of the tree", ["/petugas/antrean/assigned", { cakupan: "bawahan" }]],
];

/** What a look at the desk and at the queues of a tree asks of DynamoDB, where more and more agencies are below. */
export async function officersTrees(database: Database): Promise<string> {
  const { dynamo, directoryTable, meter, fresh } = database;
  const directory = { dynamo, table: directoryTable };
  const model = await assignedCase(database);
  const rows: string[][] = [];
  for (const below of [1, 60, 502]) {
    const tree = named(below);
    const governor = anOfficer("agency-admin", tree[0]?.id ?? "");
    await storeEntries(directory, "agency", tree);
    await storeEntries(directory, "officer", [governor]);
    await fill(database, model, 120, (each) => ({ holder: tree[(each * 5) % tree.length]?.id ?? "" }));
    for (const [name, page] of looks) {
      const ask = await askingAs(fresh(), governor.subject);
      const cold = await meter.during(() => ask.page(page));
      const warm = await meter.during(() => ask.page(page));
      rows.push([
        `${below}: ${name}`,
        ...[cold, warm].flatMap(({ usage }) => [String(usage.requests), unitsUsed(usage).toFixed(1)]),
        inKilobytes(warm.result.length),
      ]);
    }
  }
  return table(["Agencies below", "Cold: requests", "Cold: units", "Requests", "Units", "Page (KB)"], rows);
}
