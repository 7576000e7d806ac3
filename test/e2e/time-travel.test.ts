import { globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DescribeTimeToLiveCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, test, vi } from "vitest";
import { openOffice, road } from "./office.ts";

const office = openOffice({ now: "2026-03-13T09:00:00+08:00" });
const city = "admin@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";

const sweeping = "sp4n-lapor-dev-jobs/SweepEveryFiveMinutes/Schedule";
const anchoring = "sp4n-lapor-dev-jobs/AnchorHistoriesDaily/Schedule";
const timesCalled = (body: { called: string[] }) => body.called.filter((name) => name === anchoring).length;
const clocksOf = async (number: string) => {
  const { body } = await office.api(`/v1/cases/${number}/clocks`);
  return Object.fromEntries(body.clocks.map((one: { clock: string }) => [one.clock, one]));
};
/** Lists the days whose histories were copied, in the order of the function's log. */
const anchoredDays = () =>
  [
    ...readFileSync(join(office.dataDir, "logs", "AnchorHistories.log"), "utf8").matchAll(
      /"message":"histories anchored".*?"day":"([\d-]+)"|"day":"([\d-]+)".*?"message":"histories anchored"/g,
    ),
  ].map(([, one, other]) => one ?? other);

/** A function's last lines reach its log a moment after its answer. */
const anchored = (days: number) => vi.waitFor(() => expect(anchoredDays()).toHaveLength(days), 20_000);

describe("a case of 13 March 2026", () => {
  let number: string;

  test("a case is submitted and verified on that day, and its agency has until after Lebaran to respond", async () => {
    const sent = await office.send(road);
    number = sent.body.trackingNumber;
    const seen = await office.api(`/v1/cases/${number}`);
    expect(seen.body.submittedAt).toMatch(/^2026-03-13T01:/);
    const path = `/v1/officer/cases/${number}/verification`;
    expect((await office.as(city, "POST", path, {})).status).toBe(200);
    const { verification, response } = await clocksOf(number);
    expect(verification).toMatchObject({ state: "met" });
    expect(response).toMatchObject({ state: "running", dueDate: "2026-03-27", daysLeft: 5 });
    const skipped = response.explanation.skipped.map(({ date, name }: any) => `${date} ${name}`);
    expect(skipped).toContain("2026-03-20 Cuti Bersama Hari Raya Idul Fitri");
  });

  test("a case is as many working days old after the holidays as there were, and the daily job ran once", async () => {
    const moved = await office.at("2026-03-25T09:00:00+08:00");
    expect([moved.status, moved.body.simulated, timesCalled(moved.body)]).toEqual([200, true, 1]);
    expect(moved.body.now).toMatch(/^2026-03-25T09:00:0/);
    expect((await clocksOf(number)).response).toMatchObject({ state: "running", daysLeft: 2 });
    // One call looks a week back.
    await anchored(7);
    expect(anchoredDays()).toContain("2026-03-24");
    // The schedule's target is a message queue, whose function finds the case.
    expect(moved.body.called).toContain(sweeping);
    const sweeps = join(office.dataDir, "logs", "Sweeps-Function.log");
    await vi.waitFor(() => expect(readFileSync(sweeps, "utf8")).toContain('"cases to check"'), 20_000);
  });

  test("a case is late on the day after its due date, its officer's token holds, and the answer bears the date of the clock", async () => {
    const moved = await office.at("2026-03-28T09:00:00+08:00");
    expect(timesCalled(moved.body)).toBe(1);
    await anchored(10);
    expect((await clocksOf(number)).response).toMatchObject({ state: "missed", daysLeft: 0 });
    const text = "Kami sudah menambal jalan itu setelah libur Lebaran.";
    const answered = await office.as(unit, "POST", `/v1/officer/cases/${number}/answer`, { text });
    expect([answered.status, answered.body.status]).toEqual([200, "answered"]);
    expect((await clocksOf(number)).response).toMatchObject({
      state: "missed",
      endedAt: expect.stringMatching(/^2026-03-28T01:/),
    });
  });

  test("a case stays as it is when somebody would turn the clock back", async () => {
    const refused = await office.at("2026-03-27T09:00:00+08:00");
    expect([refused.status, refused.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    expect(refused.body.errors).toMatchObject([{ in: "body", path: "now" }]);
    expect((await office.api("/local/clock")).body.now).toMatch(/^2026-03-28T09:/);
  });

  test("a case goes on in that time after a restart", async () => {
    await office.restart();
    expect(office.addresses.clock).toBe(`${office.addresses.api}/local/clock`);
    const { body } = await office.api("/local/clock");
    expect([body.simulated, body.now]).toEqual([true, expect.stringMatching(/^2026-03-28T09:/)]);
    const { submittedAt } = (await office.api(`/v1/cases/${(await office.send(road)).body.trackingNumber}`))
      .body;
    expect(submittedAt).toMatch(/^2026-03-28T01:/);
  });
});

test("the daily job also runs when its time comes by itself", async () => {
  const { body } = await office.at("2026-03-29T08:29:59+08:00");
  expect(timesCalled(body)).toBe(0);
  await vi.waitFor(() => expect(anchoredDays().at(-1)).toBe("2026-03-28"), 20_000);
});

test("the database deletes nothing that has expired by the machine's time only", async () => {
  const { dynamodb: endpoint, tables } = office.addresses;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const dynamo = new DynamoDBClient({ endpoint, region: "ap-southeast-3", credentials });
  for (const TableName of Object.values(tables)) {
    const { TimeToLiveDescription } = await dynamo.send(new DescribeTimeToLiveCommand({ TableName }));
    expect([TableName, TimeToLiveDescription?.TimeToLiveStatus]).toEqual([TableName, "DISABLED"]);
  }
  dynamo.destroy();
});

test("nothing that is deployed knows of the route: no template, no bundle, no source of a function", () => {
  const built = office.assembly;
  const files = [
    ...readdirSync(built, { recursive: true, encoding: "utf8" }).map((file) => join(built, file)),
    ...globSync("{functions,shared}/**/*.{ts,json}"),
  ].filter((file) => statSync(file).isFile());
  const endings = ["public/handler.ts", ".template.json", "index.mjs"];
  for (const ending of endings) expect(files.filter((file) => file.endsWith(ending))).not.toEqual([]);
  expect(files.filter((file) => /local\/clock|clockAhead/.test(readFileSync(file, "utf8")))).toEqual([]);
});
