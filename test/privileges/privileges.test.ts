import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { dev } from "../infra/synthesised.ts";
import { allows, type Called, functionsIn, type Grant, grantsIn, notCalled, reasonOf } from "./powers.ts";
import { recordedCalls } from "./recording.ts";

const functions = functionsIn(dev);
const grants = grantsIn(dev);

/** Reads what the tests of the running system before this left. */
function callsRecorded(): Called[] {
  const called = globSync(join(recordedCalls, "*/*.jsonl")).flatMap((file) => {
    const name = basename(file);
    const [, local = ""] = /^sp4n-lapor-[^-]+-(.+)-\d+-\d+\.jsonl$/.exec(name) ?? [];
    const who = functions.find((one) => one.replaceAll("/", "-") === local.replace(/-Function$/, ""));
    if (!who) throw new Error(`No function of the templates left ${name}.`);
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => ({ who, ...(JSON.parse(line) as Omit<Called, "who">) }));
  });
  if (called.length === 0)
    throw new Error("No calls are recorded. Run the projects e2e and pages with this one, as npm test does.");
  return [...new Map(called.map((one) => [JSON.stringify(one), one])).values()];
}

const calls = callsRecorded();
const said = ({ who, action, resource }: Called | Grant) => `${who}: ${action} on ${resource}`;

test("no function asks AWS for anything that its role does not allow", () => {
  const refused = calls.filter((call) => !grants.some((grant) => allows(grant, call)));
  expect(refused.map((call) => `${said(call)} ${call.key ?? ""}`)).toEqual([]);
  expect(calls.length).toBeGreaterThan(100);
});

test("each right of a function is needed by a call in a test, or says why none shows it", () => {
  const unused = grants.filter(
    (grant) => reasonOf(grant) === undefined && !calls.some((call) => allows(grant, call)),
  );
  expect(unused.map(said)).toEqual([]);
});

test("what has a reason because no test calls it is there, and no test calls it", () => {
  for (const { grants: meant, because } of notCalled) {
    const about = grants.filter(meant);
    expect([because, about.length > 0]).toEqual([because, true]);
    const called = about.filter((grant) => calls.some((call) => allows(grant, call)));
    expect([because, called.map(said)]).toEqual([because, []]);
  }
});
