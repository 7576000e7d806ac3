import { describe, expect, test } from "vitest";
import { runbookUrl, stageNamed } from "../../infra/config.ts";
import { dev, ofType, only, powersIn, prod, resourcesOfStage } from "./synthesised.ts";

test("there are tables, queues, functions, alarms and policies to look at", () => {
  for (const type of [
    "AWS::DynamoDB::GlobalTable",
    "AWS::SQS::Queue",
    "AWS::Lambda::Function",
    "AWS::CloudWatch::Alarm",
  ])
    expect(ofType(prod, type).length).toBeGreaterThan(2);
  expect(powersIn(prod).length).toBeGreaterThan(5);
});

test("every function runs on Node 24 and arm64, is traced and keeps a JSON log for a year", () => {
  for (const { path, properties } of ofType(prod, "AWS::Lambda::Function"))
    expect([
      path,
      properties.Runtime,
      properties.Architectures,
      properties.TracingConfig,
      properties.LoggingConfig.LogFormat,
    ]).toEqual([path, "nodejs24.x", ["arm64"], { Mode: "Active" }, "JSON"]);
  for (const { path, properties } of ofType(prod, "AWS::Logs::LogGroup"))
    expect([path, properties.RetentionInDays]).toEqual([path, 365]);
});

describe("alarms", () => {
  const alarms = ofType(prod, "AWS::CloudWatch::Alarm");

  test("say what people notice, go to one topic, and say there when it is over", () => {
    for (const { path, properties } of alarms) {
      const [impact] = properties.AlarmDescription.split(` ${runbookUrl}#`);
      expect([path, impact]).toEqual([path, expect.stringMatching(/^[A-Z].+\.$/)]);
      expect([path, properties.AlarmActions?.length]).toEqual([path, 1]);
      expect([path, properties.OKActions]).toEqual([path, properties.AlarmActions]);
    }
  });

  test("watch every function, every dead-letter queue and the gateway", () => {
    const watched = JSON.stringify(alarms.map(({ properties }) => properties.Dimensions));
    const deadLetterQueues = ofType(prod, "AWS::SQS::Queue").filter(
      ({ properties }) => !properties.RedrivePolicy,
    );
    for (const { path } of ofType(prod, "AWS::Lambda::Function", "AWS::ApiGatewayV2::Api"))
      expect(watched).toContain(`"${path}"`);
    for (const { path } of deadLetterQueues) expect(watched).toContain(`"${path}.QueueName"`);
  });

  test("reach whoever is on call: CloudWatch may publish to every topic that they go to", () => {
    // What cannot wait, what can, and what the edge sees in its own region.
    expect(ofType(prod, "AWS::SNS::Topic")).toHaveLength(3);
    const policies = ofType(prod, "AWS::SNS::TopicPolicy").map(({ properties }) => properties);
    for (const { PolicyDocument } of policies)
      expect(PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({
          Effect: "Allow",
          Action: "sns:Publish",
          Principal: { Service: "cloudwatch.amazonaws.com" },
        }),
      );
    expect(policies).toHaveLength(3);
  });
});

describe("what functions are told", () => {
  const told = (resources: typeof prod, path: string) =>
    only(resources, "AWS::Lambda::Function", path).properties.Environment.Variables;

  test("digests are gathered in seconds where people develop, and in minutes where mails go to officers", () => {
    expect(told(dev, "jobs/Emails/Function").ALERT_SECONDS).toBe("10");
    expect(told(prod, "jobs/Emails/Function").ALERT_SECONDS).toBe("180");
  });

  test("reports from one network cost work from a number on that neighbours do not reach, in production only", () => {
    expect(told(dev, "api/Public").FREE_REPORTS_OF_NETWORK).toBe("1000000");
    expect(told(prod, "api/Public").FREE_REPORTS_OF_NETWORK).toBe("20");
  });

  test("where a stage has pages, the sheets of receipts and the mails lead there", () => {
    const siteUrl = "https://lapor.example";
    const withPages = resourcesOfStage({ ...stageNamed("dev"), siteUrl });
    const knowing = withPages.filter(
      ({ properties }) => properties.Environment?.Variables.SITE_URL === siteUrl,
    );
    expect(knowing.map(({ path }) => path).sort()).toEqual([
      "api/Administration",
      "api/Evidence",
      "api/Identity",
      "api/Officer",
      "api/Practice",
      "api/Public",
      "api/Reporter",
      "jobs/Emails/Function",
    ]);
  });
});

test("a stage that nobody configured is refused by name", () => {
  expect(() => stageNamed("elsewhere")).toThrow(
    'There is no stage "elsewhere"; infra/config.ts has dev, staging, rehearsal, prod.',
  );
});
