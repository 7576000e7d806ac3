import { expect, test } from "vitest";
import { type Stage, stageNamed, stages } from "../../infra/config.ts";
import {
  directoryMemorySeconds,
  longestDelaySeconds,
  refuseContradictions,
} from "../../infra/contradictions.ts";
import * as directory from "../../shared/directory/directory-store.ts";
import * as queue from "../../shared/platform/message-queue.ts";

const prod = stageNamed("prod");
const { edge: _, ...withoutEdge } = prod;

test("No stage that is configured contradicts itself", () => {
  for (const stage of Object.values(stages)) expect(() => refuseContradictions(stage)).not.toThrow();
});

test.each<[string, Stage, string]>([
  [
    "a recount before functions have forgotten the old holidays",
    { ...prod, recountDelaySeconds: directoryMemorySeconds - 1 },
    "recountDelaySeconds has to be at least 60",
  ],
  ["a recount later than a queue can wait", { ...prod, recountDelaySeconds: 901 }, "above the 900"],
  ["files that nobody scans in production", { ...prod, malwareScan: "eicar" }, "guardduty"],
  ["production without an edge", withoutEdge, "needs an edge"],
  ["mails in production that nobody can stop", { ...prod, siteUrl: "http://lapor.example" }, "siteUrl"],
  [
    "a user pool that sends officers back to nowhere",
    {
      ...stageNamed("dev"),
      signIn: { kind: "cognito", domainPrefix: "sp4n-lapor-dev", callbackUrls: [] },
    },
    "signIn.callbackUrls",
  ],
  ["a site at a path", { ...prod, siteUrl: "https://lapor.example/" }, "no slash at its end"],
  [
    "a site elsewhere than at its domain",
    {
      ...prod,
      domain: { name: "lapor.go.id", certificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/x" },
    },
    "domain.name",
  ],
  [
    "a certificate where CloudFront does not look",
    {
      ...prod,
      siteUrl: "https://lapor.go.id",
      domain: {
        name: "lapor.go.id",
        certificateArn: "arn:aws:acm:ap-southeast-3:000000000000:certificate/x",
      },
    },
    "us-east-1 only",
  ],
  [
    "a certificate of another account",
    {
      ...prod,
      account: "111111111111",
      siteUrl: "https://lapor.go.id",
      domain: { name: "lapor.go.id", certificateArn: "arn:aws:acm:us-east-1:222222222222:certificate/x" },
    },
    "another account",
  ],
  ["an account that is none", { ...prod, account: "lapor" }, "twelve digits"],
  [
    "a proof in production that its owner could remove",
    { ...prod, anchorLock: { mode: "governance", days: 1 } },
    "compliance",
  ],
  [
    "a daily mail before its alerts",
    { ...prod, gathering: { alertSeconds: 601, dailySeconds: 600, newCaseSeconds: 0, caseSeconds: 0 } },
    "gathering.dailySeconds",
  ],
  [
    "a network that may send more than all",
    { ...prod, freeReports: { ofNetwork: 2, ofAll: 1 } },
    "freeReports",
  ],
  [
    "more reports than requests",
    { ...prod, reportThrottle: { ratePerSecond: 3_000, burst: 4_000 } },
    "reportThrottle",
  ],
  ["a burst below its rate", { ...prod, throttle: { ratePerSecond: 2_000, burst: 1_000 } }, "burst"],
  [
    "an address that may send more than it may ask",
    { ...prod, edge: { requestsOfAddress: 1, sentByAddress: 2, alarmAboveBlocked: 1, originSecrets: ["a"] } },
    "edge.sentByAddress",
  ],
])("Settings with %s are refused at synthesis, and the refusal names the setting", (_, stage, named) => {
  expect(() => refuseContradictions(stage)).toThrow(named);
});

test("The stack knows for how long functions remember, and how long a queue can wait", () => {
  expect([directoryMemorySeconds, longestDelaySeconds]).toEqual([
    directory.directoryMemorySeconds,
    queue.longestDelaySeconds,
  ]);
});

test("Settings that contradict each other twice are refused for both at once", () => {
  const stage = { ...withoutEdge, recountDelaySeconds: 1 };
  expect(() => refuseContradictions(stage)).toThrow(/edge[^]*recountDelaySeconds/);
});
