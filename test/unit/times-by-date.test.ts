import { describe, expect, test } from "vitest";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { publicView } from "../../shared/case/views/schemas.ts";
import { type Answer, call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";

const text = "Kami sudah menambal jalan itu tadi pagi.";

/** A time of day, other than the end of a local day. */
const timesIn = (answers: Answer[]): string[] =>
  JSON.stringify(answers.map(({ body, headers }) => [body, headers])).match(
    /\d{4}-\d\d-\d\dT(?!23:59:59\.999\+)[\d:.]+/g,
  ) ?? [];
/** What is written in base64url, such as a cursor. */
const unpacked = ({ body }: Answer): string => Buffer.from(String(body.cursor), "base64url").toString();

/** A case in which everything that has a time happened, early in the morning where it is the day before in UTC. */
async function aCase(change: Partial<Submission>) {
  const office = anOffice("2026-11-24T06:10:11.123+08:00");
  const found = await office.submit(change);
  office.at("2026-11-24T07:12:13.456+08:00");
  await found.as("admin", "verification");
  office.at("2026-11-25T10:04:05.678+08:00");
  await found.as("worker", "question", { text });
  office.at("2026-11-26T10:05:06.789+08:00");
  await found.reporter("replies", { text });
  await found.as("worker", "answer", { text });
  office.at("2026-11-27T10:05:06.789+08:00");
  await found.reporter("confirmation", { stars: 5 });
  return { office, found };
}

describe.each([
  ["anonymous", { anonymous: true }],
  ["secret", { secret: true }],
  ["secret and anonymous", { anonymous: true, secret: true }],
])("of a case that is %s", (_what, change) => {
  test("the public reads dates of the agency in the case, its history, its clocks and lists, and no time of day", async () => {
    const { office, found } = await aCase(change);
    const clocks = await call(found.publicApi, "GET", `/v1/cases/${found.number}/clocks`);
    const seen = await found.seenByPublic();
    expect(timesIn([seen, clocks, await found.proof(), await office.feed()])).toEqual([]);
    const { submittedAt, verifiedAt, closedAt, timeline } = seen.body;
    expect([submittedAt, verifiedAt, closedAt]).toEqual(["2026-11-24", "2026-11-24", "2026-11-27"]);
    expect(timeline.map(({ at }: { at: string }) => at)).toEqual([
      "2026-11-24",
      "2026-11-24",
      "2026-11-25",
      "2026-11-26",
      "2026-11-26",
      "2026-11-27",
    ]);
    expect(clocks.body.clocks[0]).toMatchObject({ startedAt: "2026-11-24", endedAt: "2026-11-24" });
    expect(publicView.parse(seen.body)).toEqual(seen.body);
    expect(seen.headers).not.toHaveProperty("etag");
  });

  test("its reporter and its officers read the times, to the millisecond", async () => {
    const { found } = await aCase(change);
    const clocks = await call(found.publicApi, "GET", `/v1/cases/${found.number}/clocks`, {
      headers: found.receipt,
    });
    expect(clocks.body.clocks[0].startedAt).toBe("2026-11-23T22:10:11.123Z");
    for (const { body } of [await found.seenByReporter(), await found.seenBy("admin")])
      expect([body.submittedAt, body.timeline[0].at]).toEqual([
        "2026-11-23T22:10:11.123Z",
        "2026-11-23T22:10:11.123Z",
      ]);
  });
});

test("a case that its reporter hid is shown by date from then on, and any other one by time", async () => {
  const { found } = await aCase({});
  expect((await found.seenByPublic()).body.submittedAt).toBe("2026-11-23T22:10:11.123Z");
  await found.reporter("redaction", { hide: true });
  expect(timesIn([await found.seenByPublic(), await found.proof()])).toEqual([]);
});

test("neither the order of the public list nor its cursors tell when in the day an anonymous case came", async () => {
  const office = anOffice();
  const sent: { number: string; anonymous: boolean }[] = [];
  for (let minute = 10; minute < 30; minute++) {
    office.at(`2026-11-24T09:${minute}:00+08:00`);
    const anonymous = minute % 2 === 0;
    sent.push({ number: (await office.submit({ anonymous })).number, anonymous });
  }
  const listed: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await office.feed({ limit: "1", ...(cursor && { cursor }) });
    const [item] = page.body.items;
    listed.push(...page.body.items.map(({ trackingNumber }: { trackingNumber: string }) => trackingNumber));
    if (page.body.cursor === null) break;
    if (item?.submittedAt.length === 10) expect(unpacked(page)).toBe(`2026-11-24#${item.trackingNumber}`);
    cursor = page.body.cursor;
  }
  const named = sent.filter(({ anonymous }) => !anonymous).map(({ number }) => number);
  const unnamed = sent.filter(({ anonymous }) => anonymous).map(({ number }) => number);
  // The named ones by time, the newest first; the anonymous ones of the day behind them, by their random numbers.
  expect(listed).toEqual([...named.toReversed(), ...unnamed.sort().toReversed()]);
});
