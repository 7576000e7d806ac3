import { describe, expect, test } from "vitest";
import { dev, ofType, powersIn, powersOver, prod, type Resource } from "./synthesised.ts";

const table = "AWS::DynamoDB::GlobalTable";
const ofPractice = (resources: Resource[]) => powersIn(resources).filter(({ who }) => who === "api/Practice");

describe.each([
  ["production", prod],
  ["dev", dev],
])("the function in which officers practise, in %s", (_, resources) => {
  test("may use its own table, and no table, bucket or queue that holds anything real", () => {
    const over = (named: RegExp) =>
      ofPractice(resources).filter((power) => named.test(JSON.stringify(power.resources)));
    expect(over(/data\/Practice\.Arn/).map(({ actions }) => actions)).toEqual([
      ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
    ]);
    const real = ofType(resources, table, "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::Cognito::UserPool")
      .map(({ path }) => path)
      .filter((path) => path !== "data/Practice");
    expect(real.length).toBeGreaterThan(10);
    for (const path of real)
      expect([path, powersOver(resources, (one) => one.startsWith(path))]).toEqual([
        path,
        expect.not.objectContaining({ "api/Practice": expect.anything() }),
      ]);
  });

  test("can do nothing besides but write its log, be traced, and derive the seal of cookies", () => {
    const other = ofPractice(resources).flatMap(({ actions, resources: over }) =>
      actions.map((action) => [action, over.join()]),
    );
    expect(other.filter(([action]) => !action?.startsWith("dynamodb:"))).toEqual([
      ["logs:CreateLogStream", "api/PracticeLog.Arn"],
      ["logs:PutLogEvents", "api/PracticeLog.Arn"],
      ["xray:PutTraceSegments", "*"],
      ["xray:PutTelemetryRecords", "*"],
      ["kms:GenerateMac", "data/PagesKey.Arn"],
    ]);
  });

  test("is told of no other table, key or queue", () => {
    const [told] = ofType(resources, "AWS::Lambda::Function").filter(({ path }) => path === "api/Practice");
    const names = Object.keys(told?.properties.Environment.Variables as object);
    expect(names.filter((name) => !["SITE_URL", "ORIGIN_SECRETS"].includes(name)).sort()).toEqual([
      "PAGES_KEY",
      "PRACTICE_TABLE",
      "STAGE",
      "STATIC_FILES",
    ]);
  });

  test("alone reads what people practise; the administration sees who finished what, and with the daily check writes the rules to count by", () => {
    const others = powersIn(resources).filter(
      ({ who, resources: over }) =>
        who !== "api/Practice" && over.some((one) => one.startsWith("data/Practice.")),
    );
    expect(others.map(({ who, actions, condition }) => [who, actions, condition])).toEqual([
      [
        "jobs/CheckCalendars",
        ["dynamodb:PutItem"],
        { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["RULES*"] } },
      ],
      [
        "api/Administration",
        ["dynamodb:Query"],
        { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PERSON#*"] } },
      ],
      [
        "api/Administration",
        ["dynamodb:PutItem"],
        { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["RULES*"] } },
      ],
    ]);
  });
});
