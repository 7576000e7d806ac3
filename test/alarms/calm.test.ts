import { SendingPausedException } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { aCall, onKey, onSchedule } from "./calls.ts";
import { aPlay, asTheyWake, type Play } from "./play.ts";

test("nothing rings on a day and a night on which all is well, and what functions count says of which stage it is", async () => {
  const play = await aPlay({ startsAt: "2026-11-24T05:00:00+07:00", traffic: asTheyWake });
  await play.pass(24 * 60);
  expect(play.told).toEqual([]);
  for (const queue of Object.values(play.queues)) expect([queue.path, queue.dead()]).toEqual([queue.path, 0]);

  const own = [...play.book.names()].flatMap((name) => {
    const [namespace, metric, dimensions] = JSON.parse(name) as [string, string, [string, string][]];
    return namespace === "Sp4nLapor" ? [{ metric, dimensions: Object.fromEntries(dimensions) }] : [];
  });
  expect(own.map(({ metric }) => metric)).toEqual(
    expect.arrayContaining(["CaseSubmitted", "MailSent", "AttachmentClean", "PracticeNotCopied"]),
  );
  for (const { metric, dimensions } of own)
    expect([metric, dimensions]).toMatchObject([metric, { service: "sp4n-lapor", stage: "prod" }]);
});

/** Lets something be broken for a minute. */
const forAMinute = (break_: (play: Play) => void, mend: (play: Play) => void) => async (play: Play) => {
  break_(play);
  await play.pass(1);
  mend(play);
};
const one = (set: "crashing" | "throttled" | "throttledTables" | "closedQueues", path: string) =>
  forAMinute(
    ({ faults }) => faults[set].add(path),
    ({ faults }) => faults[set].delete(path),
  );

describe("one bad moment wakes nobody:", () => {
  test.each<[string, (play: Play) => Promise<void>]>([
    [
      "a minute without SES",
      forAMinute(
        ({ faults }) =>
          (faults.ses = () =>
            new SendingPausedException({ message: "injected", $metadata: { httpStatusCode: 400 } })),
        ({ faults }) => delete faults.ses,
      ),
    ],
    ["one crash of the worker of mails", one("crashing", "jobs/Emails/Function")],
    ["one crash of the job of digests", one("crashing", "jobs/FindDueDigests")],
    ["a minute in which the public API is held back", one("throttled", "api/Public")],
    ["a minute in which DynamoDB holds the table of cases back", one("throttledTables", "data/Cases")],
    ["a minute in which nobody may send to the queue of mails", one("closedQueues", "jobs/Emails")],
    [
      "a scan that takes six minutes",
      forAMinute(
        ({ faults }) => (faults.scanMinutes = 6),
        ({ faults }) => (faults.scanMinutes = 1),
      ),
    ],
  ])("%s", async (_, blip) => {
    const play = await aPlay();
    await blip(play);
    await play.pass(25);
    expect(play.told).toEqual([]);
  });

  test("one request of three at night", async () => {
    const nobody = Number.POSITIVE_INFINITY;
    const play = await aPlay({
      startsAt: "2026-11-25T02:00:00+07:00",
      traffic: { reads: 5, reports: nobody, uploads: nobody, atOnce: 1 },
    });
    await one("crashing", "api/Public")(play);
    await play.pass(25);
    expect(play.told).toEqual([]);
  });
});

test("calls on keys and schedules of somebody else, and calls that only look, tell nobody", async () => {
  const play = await aPlay();
  expect(play.trail(onKey("DisableKey", "arn:aws:kms:ap-southeast-3:123456789012:key/of-others"))).toEqual(
    [],
  );
  expect(play.trail(onSchedule("UpdateSchedule", "of-others"))).toEqual([]);
  const ofOthers = { requestParameters: { functionName: "of-others" } };
  expect(play.trail(aCall("lambda", "UpdateFunctionCode20150331v2", ofOthers))).toEqual([]);
  expect(play.trail(onKey("DescribeKey", "data/IdentityKey.Arn"))).toEqual([]);
  expect(play.trail(onSchedule("GetSchedule", "jobs/RemoveExpiredDaily/Schedule"))).toEqual([]);
});

test("a worker that stays broken is a ticket first, and whoever is on call is told within forty minutes", async () => {
  const play = await aPlay();
  play.faults.throttled.add("jobs/Emails/Function");
  await play.pass(40);
  const rang = play.told.filter(({ tag }) => tag === "ALARM");
  expect(rang.map(({ path, topic }) => [path, topic])).toEqual([
    ["jobs/Emails/Function/Throttled", "data/Tickets"],
    ["jobs/Emails/Queue/Waits", "data/Tickets"],
    ["jobs/Emails/Queue/Old", "data/Alarms"],
  ]);
});
