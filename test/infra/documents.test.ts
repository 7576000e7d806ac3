import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runbookUrl, stages } from "../../infra/config.ts";
import { filledIn } from "../fakes/filled-in.ts";
import { powersDocument } from "../privileges/powers-document.ts";
import { ofType, prod, prodStacks, type Resource, resourcesOfStage } from "./synthesised.ts";

const readme = readFileSync("README.md", "utf8");
const runbook = readFileSync("docs/runbook.md", "utf8");

/** "`dev`, `staging` and `prod`" */
const namesOfStages = new Intl.ListFormat("en-GB").format(Object.keys(stages).map((name) => `\`${name}\``));

/** How many of each there are, in the words of the documents. */
const counted = (resources: Resource[]): Record<string, number> => ({
  functions: ofType(resources, "AWS::Lambda::Function").length,
  tables: ofType(resources, "AWS::DynamoDB::GlobalTable").length,
  queues: ofType(resources, "AWS::SQS::Queue").length,
  "KMS keys": ofType(resources, "AWS::KMS::Key").length,
  alarms: ofType(resources, "AWS::CloudWatch::Alarm").length,
  stacks: new Set(resources.map(({ path }) => path.split("/")[0])).size,
});

describe("the README", () => {
  test.each(Object.entries(counted(prod)))("says of production's %s that there are %i", (what, number) => {
    const said = [...readme.matchAll(new RegExp(`(\\d+) ${what}\\b`, "g"))].map(([, one]) => Number(one));
    expect([what, new Set(said)]).toEqual([what, new Set([number])]);
  });

  test("names the stages that there are", () => {
    expect(readme).toContain(`Stages are ${namesOfStages}`);
  });

  test("counts the subscriptions that the alarm address has to confirm", () => {
    const mailed = ofType(prod, "AWS::SNS::Subscription").filter(
      ({ properties }) => properties.Protocol === "email",
    );
    const words = ["no", "one", "two", "three", "four"];
    expect(readme).toMatch(new RegExp(`\\b${words[mailed.length]} subscriptions?\\b`));
  });

  test("draws queues that there are", () => {
    const queues = ofType(prod, "AWS::SQS::Queue").map(({ path }) => path);
    const drawn = [...readme.matchAll(/\[\[(\w+)\]\]/g)].map(([, name = ""]) => name);
    expect(drawn.length).toBeGreaterThan(3);
    for (const name of drawn)
      expect([name, queues.some((path) => path.split("/").includes(name))]).toEqual([name, true]);
  });
});

test("docs/powers.md says what the role of each function allows", () => {
  expect(readFileSync("docs/powers.md", "utf8")).toBe(powersDocument()); // npm run powers
});

describe("the runbook", () => {
  const anchorOf = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-");

  test("has a heading for every alarm, and no heading without one", () => {
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
    // With all that a stage may have.
    const linked = ofType(resourcesOfStage(filledIn), "AWS::CloudWatch::Alarm").map(
      ({ properties }) => properties.AlarmDescription.split(` ${runbookUrl}#`)[1],
    );
    expect([...headings].sort()).toEqual([...new Set(linked)].sort());
  });

  test("says under each heading what people notice, where it shows, how to mend it and how one knows that it is mended", () => {
    const sections = runbook.split(/^## /m).slice(1);
    expect(sections.length).toBeGreaterThan(40);
    for (const section of sections) {
      const [heading] = section.split("\n");
      const [body = ""] = section.split(/^# /m);
      // In this order: whoever is woken reads it from above.
      expect([heading, body]).toEqual([
        heading,
        expect.stringMatching(
          /^.+\n\n_[A-Z][^_]+_[^]*?\n\n\*\*See it:\*\* [^]+?\n\n1\. [^]+?\n\n\*\*Mended:\*\* .{20}/,
        ),
      ]);
    }
  });

  test("names the stages that there are, and every stack", () => {
    expect(runbook).toContain(`names are ${namesOfStages}`);
    for (const { name } of prodStacks) expect(runbook).toMatch(new RegExp(`\`[^\`]*-${name}\``));
  });
});
