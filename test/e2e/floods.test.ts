import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { expect, test } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { wrongReceipts } from "../../shared/traffic/load.ts";
import { openOffice, road } from "./office.ts";

const { freeReports } = stageNamed("staging");
const office = openOffice({ stage: "staging", now: "2026-11-24T09:00:00+08:00" });
const city = "admin@balikpapan.example";

/** Tells a story in twelve words that no other report has. */
const story = () =>
  Array.from({ length: 12 }, () =>
    randomUUID()
      .replace(/[^a-f]/g, "")
      .padEnd(5, "x"),
  ).join(" ");
/** Makes a report to the city, in words that no other report has. */
const anyReport = () => ({ ...road, agencyId: "pemkot-balikpapan", text: story() });
const solved = async (challenges = "/v1/challenges") => {
  const { body } = await office.api(challenges);
  const solution = await solveChallenge({ challenge: body as Challenge, deriveKey });
  return {
    "proof-of-work": Buffer.from(JSON.stringify({ challenge: body, solution })).toString("base64"),
  };
};
const waiting = async () =>
  (await office.as(city, "GET", "/v1/officer/cases?queue=verification&limit=50")).body.items;

test("a flood from one network costs it work, officers a mail or two, and no report is lost", async () => {
  const numbers: string[] = [];
  const key = { "idempotency-key": randomUUID() };
  for (let n = 0; n < freeReports.ofNetwork; n++) {
    const sent = await office.send(anyReport());
    expect(sent.status).toBe(201);
    numbers.push(sent.body.trackingNumber);
  }
  const report = anyReport();
  const refused = await office.send(report, key);
  expect([refused.status, refused.body.challenges]).toEqual([428, "/v1/challenges"]);
  expect(refused.body.detail).toContain("Laporan Anda belum tersimpan");

  const proof = await solved();
  const taken = await office.send(report, { ...key, ...proof });
  expect(taken.status).toBe(201);
  expect((await office.send(report, { ...key, ...proof })).body).toEqual(taken.body);
  expect((await office.send(anyReport(), proof)).status).toBe(428);
  numbers.push(taken.body.trackingNumber);

  const reporter = { email: "warga@contoh.go.id", mailReceipt: true };
  const alike = { ...report, title: "Jalan berlubang di depan pasar!", reporter };
  const held = await office.send(alike, await solved());
  expect(held.status).toBe(201);
  expect(held.body.notices).toMatchObject([{ code: "office-mailbox" }, { code: "held" }]);

  // Before the time passes, each report has to be mailed or to wait for the digest.
  const untold = () => {
    const lines = readFileSync(join(office.dataDir, "logs", "Emails-Function.log"), "utf8").split("\n");
    const ofOfficer = lines.filter((line) => line.includes("contoh-admin-balikpapan")).join("\n");
    return numbers.filter((number) => !ofOfficer.includes(number));
  };
  await expect.poll(untold, { timeout: 20_000, interval: 100 }).toEqual([]);
  await office.at("2026-11-24T09:12:00+08:00");
  const toOfficer = async () =>
    (await office.mailbox()).filter(({ destination }) => destination.to[0] === city);
  await expect.poll(toOfficer, { timeout: 20_000, interval: 200 }).toHaveLength(2);
  const told = JSON.stringify(await toOfficer());
  for (const number of numbers) expect(told).toContain(number);
  expect(JSON.stringify(await office.mailbox())).not.toContain(held.body.trackingNumber);

  const items = await waiting();
  expect(items.map(({ trackingNumber }: any) => trackingNumber).sort()).toEqual(
    [...numbers, held.body.trackingNumber].sort(),
  );
  expect(items.filter(({ held }: any) => held)).toMatchObject([{ trackingNumber: held.body.trackingNumber }]);

  // An officer looks at it, and its reporter gets what they asked for.
  const { trackingNumber, receipt } = held.body;
  const noted = await office.as(city, "POST", `/v1/officer/cases/${trackingNumber}/notes`, {
    text: "Dilihat.",
  });
  expect(noted.status).toBe(200);
  const toReporter = async () =>
    (await office.mailbox()).filter(({ destination }) => destination.to[0] === reporter.email);
  await expect.poll(toReporter, { timeout: 20_000, interval: 200 }).toHaveLength(1);
  expect((await toReporter())[0]?.body.text).toContain(receipt);
});

test("a network that brings wrong receipts is asked for a proof of work on that one case, and the right receipt gets in with one", async () => {
  const send = async () => (await office.send(anyReport(), await solved())).body;
  const [one, other] = [await send(), await send()];
  const look = (number: string, receipt: string, headers: Record<string, string> = {}) =>
    office.api(`/v1/cases/${number}`, { headers: { authorization: `Receipt ${receipt}`, ...headers } });
  const wrong = "0000-0000-0000-0000-0000";
  for (let n = 0; n < wrongReceipts.ofCase; n++)
    expect((await look(one.trackingNumber, wrong)).status).toBe(404);
  const asked = await look(one.trackingNumber, one.receipt);
  expect([asked.status, asked.body.challenges]).toEqual([
    428,
    `/v1/challenges?trackingNumber=${one.trackingNumber}`,
  ]);
  expect(await look(one.trackingNumber, wrong)).toMatchObject({
    status: 428,
    body: { detail: asked.body.detail },
  });
  expect((await look(one.trackingNumber, one.receipt, await solved())).status).toBe(428);
  const proof = await solved(asked.body.challenges);
  expect((await look(one.trackingNumber, one.receipt, proof)).status).toBe(200);
  expect((await look(one.trackingNumber, one.receipt, proof)).status).toBe(428);
  expect((await look(other.trackingNumber, other.receipt)).status).toBe(200);

  await office.at("2026-11-24T09:50:00+08:00");
  expect((await look(one.trackingNumber, one.receipt)).status).toBe(200);
});
