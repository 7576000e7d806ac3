import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Addresses } from "../../../infra/local/system.ts";
import type { Clock } from "../../../shared/deadline/clock.ts";
import { addressOfMove } from "../../../shared/page/officer/move-addresses.ts";
import { type FormMove, formMoves } from "../../../shared/page/officer/moves/table.ts";
import type { EveryPage, Way } from "../every-page.ts";
import { asOfficer } from "../officer.ts";
import { movesOn, officers, type SampleCase, sampleCase, type Situation, takenUp } from "../samples.ts";
import type { Site } from "../site.ts";

/** Makes a case of its own for a row, and brings it to where its move can be made. */
type Prepare = (site: Site) => Promise<SampleCase>;

const prepared = new Map<string, Promise<SampleCase>>();

/** One case a move for all visits of a site, made when the first one comes. */
function preparedFor(site: Site, move: FormMove, prepare: Prepare): Promise<SampleCase> {
  const key = `${site.url} ${move}`;
  const making = prepared.get(key) ?? prepare(site);
  prepared.set(key, making);
  // Whoever failed is tried again by the next visit.
  making.catch(() => prepared.delete(key));
  return making;
}

/** Signs in and opens the page of a move with a case in a situation. */
async function openMove(
  { visitor, sample, site, language }: Way,
  {
    who,
    move,
    given,
    query = "",
  }: { who: string; move: FormMove; given: Situation | Prepare; query?: string },
) {
  const { trackingNumber } = await (typeof given === "string"
    ? sample(given)
    : preparedFor(site, move, given));
  await asOfficer(visitor, who, { to: `${addressOfMove(trackingNumber, move)}${query}`, language });
}

const pressed = async ({ page }: Way, doing: string) => {
  const sent = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.locator(`button[value="${doing}"]`).click();
  await sent;
};

const { city, unit, head, province } = officers;
const liaison = "penghubung.pu@balikpapan.example";
const national = "admin.nasional@kemenpanrb.example";

/** What the reporter of a case does. */
async function asReporter(site: Site, { trackingNumber, receipt }: SampleCase, path: string, told: object) {
  const { status, body } = await site.api(`/v1/cases/${trackingNumber}/${path}`, {
    method: "POST",
    headers: { authorization: `Receipt ${receipt}`, "content-type": "application/json" },
    body: JSON.stringify(told),
  });
  if (status >= 300) throw new Error(`The reporter cannot do that (${status}): ${JSON.stringify(body)}`);
}

const archived: Prepare = async (site) => {
  const one = await sampleCase(site, "submitted");
  const move = movesOn(site, one.trackingNumber);
  await move(city, "verification", { supervised: false });
  await move(city, "archival", { reason: "private-matter", text: "Ini urusan antarwarga, bukan layanan." });
  return one;
};

const objectedTo: Prepare = async (site) => {
  const one = await archived(site);
  await asReporter(site, one, "objection", { text: "Jalan itu milik kota, bukan milik warga." });
  return one;
};

/** A case that follows another one of the same agency. */
export const joined: Prepare = async (site) => {
  const [leading, one] = [await sampleCase(site, "in-progress"), await sampleCase(site, "submitted")];
  await movesOn(site, one.trackingNumber)(city, "joining", {
    trackingNumber: leading.trackingNumber,
    text: "Lubang yang sama di depan pasar.",
  });
  return one;
};

const formalRequest: Prepare = async (site) => {
  const one = await sampleCase(site, "submitted", {
    class: "information-request",
    title: "Salinan anggaran jalan depan pasar",
    text: "Saya meminta salinan anggaran perbaikan jalan di depan pasar tahun ini.",
    reporter: { name: "Warga Contoh", email: "warga@contoh.example" },
  });
  const move = movesOn(site, one.trackingNumber);
  await move(city, "verification", { supervised: false, formal: true });
  await move(unit, "progress", { text: "Kami mencari dokumennya di arsip." });
  return one;
};

/** A case whose completion limit has passed, which no request brings about: the limit is made an earlier one in the database. */
const overdueWithConsent: Prepare = async (site) => {
  const one = await sampleCase(site, "submitted");
  await takenUp(site, one.trackingNumber);
  await asReporter(site, one, "referral-consent", {});
  const { dynamodb, tables } = JSON.parse(
    readFileSync(join(site.dataDir, "addresses.json"), "utf8"),
  ) as Addresses;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: dynamodb, region: "ap-southeast-3", credentials });
  const dynamo = DynamoDBDocumentClient.from(client);
  const place = { TableName: tables.Cases, Key: { pk: `CASE#${one.trackingNumber}`, sk: "CASE" } };
  const { Item } = await dynamo.send(new GetCommand({ ...place, ConsistentRead: true }));
  const clocks = (Item?.clocks as Clock[]).map((clock) =>
    clock.name === "completion"
      ? { ...clock, startedAt: "2026-10-01T02:00:00.000Z", due: "2026-10-21" }
      : clock,
  );
  const UpdateExpression = "SET clocks = :clocks";
  await dynamo.send(
    new UpdateCommand({ ...place, UpdateExpression, ExpressionAttributeValues: { ":clocks": clocks } }),
  );
  client.destroy();
  return one;
};

/** Each move of the table with a case with which an officer of the samples can make it. A move without one does not compile. */
const shown: Readonly<Record<FormMove, { who: string; given: Situation | Prepare }>> = {
  verify: { who: city, given: "submitted" },
  assign: { who: city, given: "in-progress" },
  return: { who: unit, given: "in-progress" },
  ask: { who: unit, given: "in-progress" },
  "withdraw-question": { who: unit, given: "asked" },
  progress: { who: unit, given: "in-progress" },
  note: { who: unit, given: "in-progress" },
  answer: { who: unit, given: "in-progress" },
  "correct-answer": { who: unit, given: "answered" },
  withhold: { who: head, given: "answered" },
  extend: { who: unit, given: formalRequest },
  archive: { who: city, given: "submitted" },
  join: { who: city, given: "submitted" },
  restore: { who: national, given: archived },
  uphold: { who: province, given: objectedTo },
  separate: { who: national, given: joined },
  refer: { who: national, given: overdueWithConsent },
};

/** One page a move, and what stands on it when something is wrong or kept. */
export const rows: EveryPage[] = [
  ...formMoves.map((move): EveryPage => ({
    name: `The page of the move ${move}`,
    at: { walk: (way) => openMove(way, { move, ...shown[move] }) },
    audience: "private",
  })),
  {
    name: "The page of an assignment, with what a search found",
    at: {
      walk: (way) =>
        openMove(way, { who: city, move: "assign", given: "in-progress", query: "?cari=pekerjaan" }),
    },
    audience: "private",
  },
  {
    name: "The page of an answer that asks for evidence",
    at: {
      async walk(way) {
        await openMove(way, { who: unit, move: "answer", given: "in-progress" });
        await way.page.locator('[name="text"]').fill("Kami sudah menambal jalan di depan pasar itu.");
        await pressed(way, "kirim");
      },
    },
    audience: "private",
    status: 400,
  },
  {
    name: "The page of a question with a draft",
    at: {
      async walk(way) {
        await openMove(way, { who: unit, move: "ask", given: "in-progress" });
        await way.page.locator('[name="text"]').fill("Di sisi mana dari pasar lubang itu?");
        await pressed(way, "simpan");
        await way.page.waitForURL("**/tanya?sudah=simpan");
      },
    },
    audience: "private",
  },
  {
    name: "The page of a move that cannot be made now",
    at: { walk: (way) => openMove(way, { who: unit, move: "answer", given: "closed" }) },
    audience: "private",
    status: 409,
  },
  {
    name: "The page of an answer for whoever keeps the examples of answers",
    at: {
      walk: (way) => openMove(way, { who: liaison, move: "answer", given: "in-progress" }),
    },
    audience: "private",
  },
  {
    name: "The page that still holds an answer whose session has gone",
    at: {
      async walk(way) {
        await openMove(way, { who: unit, move: "answer", given: "in-progress" });
        await way.page.locator('[name="text"]').fill("Kami sudah menambal jalan di depan pasar itu.");
        await way.visitor.context.clearCookies({ name: "__Host-petugas" });
        await pressed(way, "kirim");
      },
    },
    audience: "private",
    status: 401,
  },
  {
    name: "The examples of answers that an agency keeps",
    at: {
      async walk({ visitor, language }) {
        await asOfficer(visitor, city, { to: "/petugas/kelola/jawaban", language });
      },
    },
    audience: "private",
  },
];
