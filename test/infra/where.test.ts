import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { listed, placeNamed, placesOf, stackNames } from "../../infra/operations/deployed.ts";
import { deployedStacks } from "./deployed.ts";
import { ofType, prod, prodStacks } from "./synthesised.ts";

const stage = stageNamed("prod");
const places = await placesOf(stage, deployedStacks("prod", prodStacks));

test.each([
  ["queue", "AWS::SQS::Queue"],
  ["table", "AWS::DynamoDB::GlobalTable"],
  ["log group", "AWS::Logs::LogGroup"],
  ["function", "AWS::Lambda::Function"],
  ["bucket", "AWS::S3::Bucket"],
  ["key", "AWS::KMS::Key"],
  ["user pool", "AWS::Cognito::UserPool"],
  ["topic", "AWS::SNS::Topic"],
])("every %s of production is found by the name that infra/ gives it", (kind, type) => {
  const resources = ofType(prod, type);
  expect(resources.length).toBeGreaterThan(0);
  for (const { path, logicalId } of resources) {
    const place = placeNamed(places, path);
    expect([path, place.kind]).toEqual([path, kind]);
    expect(place.address).toContain(logicalId);
  }
});

test("a name is found with and without its slashes, and without its stack where no other stack has it", () => {
  const { address } = placeNamed(places, "jobs/Emails/DeadLetterQueue");
  expect(address).toMatch(/^https:\/\/sqs\.ap-southeast-3\..*EmailsDeadLetterQueue/);
  for (const name of ["Emails/DeadLetterQueue", "EmailsDeadLetterQueue", "emailsdeadletterqueue"])
    expect(placeNamed(places, name).address).toBe(address);
});

test("a name that two stacks have is refused with both, and found with the name of the stack before it", () => {
  expect(() => placeNamed(places, "Alarms")).toThrow(/several stacks[^]*data\/Alarms[^]*edge\/Alarms/);
  expect(placeNamed(places, "edge/Alarms").arn).toContain("us-east-1");
});

test("a name that nothing has is refused with the names that come near, or with all", () => {
  expect(() => placeNamed(places, "DeadLetter")).toThrow(
    /These names hold it:[^]*jobs\/SweepsDeadLetterQueue/,
  );
  expect(() => placeNamed(places, "Surat")).toThrow(/These names there are:[^]*data\/Cases/);
});

test("ARNs are those of the account and the region in which the stack is", () => {
  const arnOf = (name: string) => placeNamed(places, name).arn;
  expect(arnOf("Emails/Queue")).toMatch(/^arn:aws:sqs:ap-southeast-3:210987654321:EmailsQueue\w+$/);
  expect(arnOf("Cases")).toMatch(/^arn:aws:dynamodb:ap-southeast-3:210987654321:table\/physical-Cases\w+$/);
  expect(arnOf("HistoryAnchors")).toMatch(/^arn:aws:s3:::physical-HistoryAnchors\w+$/);
  expect(arnOf("PublicLog")).toMatch(/^arn:aws:logs:ap-southeast-3:210987654321:log-group:physical-/);
});

test("outputs are named too, and how stacks read each other is not", () => {
  expect(placeNamed(places, "SiteUrl").address).toBe("value-of-SiteUrl");
  expect(places.filter(({ name }) => name.includes("Output"))).toEqual([]);
});

test("the rules of the edge are found by the id that commands take, without what CloudFormation puts around it", () => {
  expect(placeNamed(places, "WebAcl").address).toBe("id-of-WebAcl");
});

test("the list has one line for each, with its stack, kind and address", () => {
  const lines = listed(places).split("\n");
  expect(lines).toHaveLength(places.length);
  expect(lines.find((line) => line.startsWith("data/Cases "))).toMatch(/ table +physical-Cases/);
});

test("every stack of production is looked at, and a stage without an edge is listed without it", async () => {
  expect([...stackNames].sort()).toEqual(prodStacks.map(({ name }) => name).sort());
  const without = prodStacks.filter(({ name }) => name !== "edge");
  const some = await placesOf(stage, deployedStacks("prod", without));
  expect(some.filter(({ stack }) => stack === "edge")).toEqual([]);
  expect(some.length).toBeGreaterThan(30);
});

test("a stage that is not deployed is refused in words", async () => {
  await expect(placesOf(stage, deployedStacks("dev", prodStacks))).rejects.toThrow(
    'No stack of the stage "prod" is in ap-southeast-3',
  );
});

test("the runbook asks for names that there are", () => {
  const asked = [...readFileSync("docs/runbook.md", "utf8").matchAll(/\bwhere -- (\w[\w/-]*)/g)];
  expect(asked.length).toBeGreaterThan(10);
  for (const [, name = ""] of asked) expect(() => placeNamed(places, name)).not.toThrow();
});
