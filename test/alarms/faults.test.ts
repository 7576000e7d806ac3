import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { alarms } from "./alarm.ts";
import { type Fault, faults } from "./faults.ts";
import { aPlay, night } from "./play.ts";

const runbook = readFileSync("docs/runbook.md", "utf8");
const promisedMinutes = 10;
/** Whatever is mended is right again before its alarm has forgotten the day. */
const forgottenMinutes = 27 * 60;

const anchors = new Set(
  [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-"),
  ),
);

const measured: { fault: Fault; after: number; right: number; topic: string }[] = [];

describe("within ten minutes whoever is on call, or reads the tickets, is told that", () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))("%s", async (_, fault) => {
    const { startsAt, traffic } = fault;
    const play = await aPlay({ ...(startsAt && { startsAt }), ...(traffic && { traffic }) });
    const told = (tag: string) => play.told.find((one) => one.path === fault.alarm && one.tag === tag);
    expect(play.told, "before the fault").toEqual([]);

    await fault.breaks(play);
    while (!told("ALARM") && play.minute() < 3 * promisedMinutes) await play.pass(1);
    const after = told("ALARM");
    expect(after, `${fault.alarm} rings; it rang: ${JSON.stringify(play.told)}`).toBeDefined();
    expect(after?.minute).toBeLessThanOrEqual(promisedMinutes);

    // It goes on for as long as somebody needs who was told.
    await play.pass(5);
    if (fault.alone) {
      const rang = new Set(play.told.filter(({ tag }) => tag === "ALARM").map(({ path }) => path));
      expect(rang).toEqual(new Set([fault.alarm, ...fault.alone]));
    }
    const mendedAt = play.minute();
    await fault.mends(play);
    while (play.ringing().length > 0 && play.minute() < mendedAt + forgottenMinutes) {
      // What nobody could work on is looked at and taken away.
      for (const queue of Object.values(play.queues)) queue.purgeDead();
      if (play.minute() === mendedAt + 20) play.comes(night);
      await play.pass(1);
    }
    expect(play.ringing()).toEqual([]);
    const ok = play.told.findLast((one) => one.path === fault.alarm && one.tag === "OK");
    expect(ok?.topic).toBe(after?.topic);

    const alarm = alarms.find(({ path }) => path === fault.alarm);
    expect([alarm?.runbook, anchors.has(fault.runbook)]).toEqual([fault.runbook, true]);
    measured.push({
      fault,
      after: after?.minute ?? 0,
      right: (ok?.minute ?? 0) - mendedAt,
      topic: (after?.topic ?? "").replace(/^\w+\//, ""),
    });
  });
});

/** The table of docs/alarms.md, as it was measured. */
const table = () =>
  [
    "| What breaks | Alarm | Topic | Told after (minutes) | Right again after (minutes) |",
    "| --- | --- | --- | --- | --- |",
    ...measured.map(
      ({ fault, after, right, topic }) =>
        `| ${fault.name} | \`${fault.alarm}\` | ${topic} | ${after} | ${right} |`,
    ),
  ].join("\n");

test("the table of docs/alarms.md is what was measured", () => {
  console.info(table());
  const cells = (text: string) => text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const written = readFileSync("docs/alarms.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .filter((line) => !/^[| -]+$/.test(line));
  const rows = table()
    .split("\n")
    .filter((line) => !/^[| -]+$/.test(line));
  expect(cells(written.join("\n"))).toEqual(cells(rows.join("\n")));
});
