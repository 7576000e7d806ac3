import { expect, test } from "vitest";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { table } from "../bench/table.ts";
import { effortsOfPractice, readingMinutes } from "../fakes/practice-walk.ts";

test("A scenario takes at most twelve clicks, and tells a time that leaves a minute or two besides reading", async () => {
  const efforts = await effortsOfPractice();
  const rows = efforts.map((effort) => {
    const { scenario, clicks, requests, words } = effort;
    return [
      scenario,
      clicks,
      requests,
      words,
      readingMinutes(effort).toFixed(1),
      scenarios[scenario].minutes,
    ];
  });
  const head = ["scenario", "clicks", "requests", "words", "minutes to read", "minutes told"];
  console.log(
    table(
      head,
      rows.map((row) => row.map(String)),
    ),
  );
  for (const effort of efforts) {
    const { scenario, clicks } = effort;
    expect([scenario, clicks <= 12]).toEqual([scenario, true]);
    const spare = scenarios[scenario].minutes - readingMinutes(effort);
    expect([scenario, spare]).toEqual([scenario, expect.toSatisfy((one: number) => one >= 0.8 && one < 2.5)]);
  }
});
