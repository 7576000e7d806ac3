import { describe, expect, test } from "vitest";
import { type Stage, stageNamed } from "../../infra/config.ts";
import { refuseContradictions } from "../../infra/contradictions.ts";
import { aCall } from "../alarms/calls.ts";
import { matchesPattern } from "../fakes/event-pattern.ts";
import {
  ofType,
  only,
  powersIn,
  prod,
  prodStacks,
  type Resource,
  resourcesIn,
  resourcesOfStage,
  stacksOf,
} from "./synthesised.ts";

const streamArn =
  "arn:aws:dynamodb:ap-southeast-3:123456789012:table/cases-restored/stream/2026-11-27T00:00:00.000";
const stage: Stage = {
  ...stageNamed("prod"),
  restored: { cases: { name: "cases-restored", streamArn }, reporters: { name: "reporters-restored" } },
};
const stacks = stacksOf(stage);
const resources = resourcesIn(stacks);
const exportsOf = (of: typeof stacks) =>
  of.flatMap(({ template }) =>
    Object.values(template.Outputs ?? {}).flatMap(({ Export }) => Export?.Name ?? []),
  );

describe("a stage that works on restored tables", () => {
  const told = (name: string) =>
    ofType(resources, "AWS::Lambda::Function").flatMap(
      ({ properties }) => properties.Environment.Variables[name] ?? [],
    );

  test("tells every function their names, and lets it work on them and their indexes as on its own", () => {
    for (const [variable, table] of [
      ["CASES_TABLE", "cases-restored"],
      ["REPORTERS_TABLE", "reporters-restored"],
    ] as const) {
      expect(told(variable).length).toBeGreaterThan(2);
      expect([...new Set(told(variable))]).toEqual([table]);
    }
    const over = (of: Resource[], table: RegExp) =>
      powersIn(of)
        .filter(
          ({ who, resources: over }) => /^(api|jobs)\//.test(who) && over.some((one) => table.test(one)),
        )
        .map(
          ({ who, actions }) =>
            `${who} ${actions
              .filter((one) => one.startsWith("dynamodb:"))
              .sort()
              .join(" ")}`,
        )
        .sort();
    expect(over(resources, /cases-restored/)).toEqual(over(prod, /data\/Cases\./));
    expect(over(resources, /table\/reporters-restored/)).toEqual(over(prod, /data\/Reporters\./));
  });

  test("leaves its own tables and their keys as they are: what they still hold is copied over", () => {
    for (const path of ["data/Cases", "data/Reporters", "data/Directory"])
      expect(only(resources, "AWS::DynamoDB::GlobalTable", path)).toEqual(
        only(prod, "AWS::DynamoDB::GlobalTable", path),
      );
    expect(ofType(resources, "AWS::KMS::Key")).toEqual(ofType(prod, "AWS::KMS::Key"));
  });

  test("can be deployed in one go: no export goes while another stack still imports it", () => {
    const left = new Set(exportsOf(stacks));
    expect(exportsOf(prodStacks).filter((name) => !left.has(name))).toEqual([]);
    expect(exportsOf(prodStacks).length).toBeGreaterThan(20);
    // CloudFormation refuses an export of a stream that a table does not have.
    const ofStreams = (of: typeof stacks) =>
      exportsOf(of).filter((name) => JSON.stringify(name).includes("StreamArn"));
    expect(ofStreams(stacks)).toEqual(ofStreams(prodStacks));
  });

  test("publishes from the restored table's stream, and its alarms watch the restored tables", () => {
    const sources = ofType(resources, "AWS::Lambda::EventSourceMapping").map(
      ({ properties }) => properties.EventSourceArn,
    );
    expect(sources).toContain(streamArn);
    expect(sources).not.toContain("data/Cases.StreamArn");
    const watched = JSON.stringify(
      only(resources, "AWS::CloudWatch::Alarm", "data/Cases/Throttled").properties,
    );
    expect(watched).toContain("cases-restored");
  });

  test("tells operators' commands the tables in use", () => {
    const data = stacks.find(({ name }) => name === "data");
    expect(data?.template.Outputs?.CasesTable?.Value).toBe("cases-restored");
    expect(data?.template.Outputs?.ReportersTable?.Value).toBe("reporters-restored");
  });

  test("needs the stream of a restored table of cases, or nobody would be mailed of anything", () => {
    expect(() => refuseContradictions({ ...stage, restored: { cases: { name: "cases-restored" } } })).toThrow(
      "mails nobody",
    );
  });
});

describe("copies in another account", () => {
  const copiesTo = "arn:aws:backup:ap-southeast-3:210987654321:backup-vault:sp4n-lapor";
  const copied = resourcesOfStage({ ...stageNamed("prod"), copiesTo });

  test("are made every night of cases, reporters and directory, and are forgotten when the tables forget", () => {
    const [rule] = only(copied, "AWS::Backup::BackupPlan").properties.BackupPlan.BackupPlanRule;
    expect(rule).toMatchObject({
      ScheduleExpression: "cron(0 18 * * ? *)",
      Lifecycle: { DeleteAfterDays: 2 },
      CopyActions: [{ DestinationBackupVaultArn: copiesTo, Lifecycle: { DeleteAfterDays: 35 } }],
    });
    expect(only(copied, "AWS::Backup::BackupSelection").properties.BackupSelection.Resources).toEqual([
      "data/Cases.Arn",
      "data/Reporters.Arn",
      "data/Directory.Arn",
    ]);
  });

  test("are made by a role that reads these tables, and can open no identity", () => {
    const mine = powersIn(copied).filter(({ who }) => who === "data/FarCopies");
    const actions = [...new Set(mine.flatMap((one) => one.actions))].sort();
    expect(actions).toEqual([
      "backup:CopyFromBackupVault",
      "backup:CopyIntoBackupVault",
      "backup:DescribeBackupVault",
      "backup:TagResource",
      "dynamodb:DescribeTable",
      "dynamodb:ListTagsOfResource",
      "dynamodb:StartAwsBackupJob",
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:GenerateDataKey",
    ]);
    expect(JSON.stringify(mine)).not.toContain("IdentityKey");
    expect(ofType(copied, "AWS::CloudWatch::Alarm").map(({ path }) => path)).toEqual(
      expect.arrayContaining(["data/FarCopies/BackupFailed", "data/FarCopies/CopyFailed"]),
    );
  });

  test("are missed after 26 hours without any, which fails at nothing where somebody took the plan away", () => {
    const { Metrics, ...alarm } = only(
      copied,
      "AWS::CloudWatch::Alarm",
      "data/FarCopies/NoneCopied",
    ).properties;
    expect(alarm).toMatchObject({
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
      EvaluationPeriods: 26,
      TreatMissingData: "breaching",
      AlarmActions: ["data/Alarms"],
    });
    expect(alarm.DatapointsToAlarm).toBeUndefined();
    const [{ Expression }, { MetricStat }] = Metrics;
    expect([Expression, MetricStat.Period]).toEqual(["FILL(copies, 0)", 3600]);
    expect(MetricStat.Metric).toMatchObject({
      MetricName: "NumberOfCopyJobsCompleted",
      Dimensions: [{ Name: "BackupVaultName", Value: "data/FarCopies/Vault.BackupVaultName" }],
    });
  });

  test("are told of at once where somebody changes their plan, or removes what is in the vault", () => {
    const { EventPattern } = only(copied, "AWS::Events::Rule", "data/FarCopies/Changed/Rule").properties;
    const tells = (call: string, requestParameters: object) =>
      matchesPattern(aCall("backup", call, { requestParameters }), EventPattern);
    expect(tells("DeleteBackupPlan", { backupPlanId: "data/FarCopies/Plan.BackupPlanId" })).toBe(true);
    expect(tells("DeleteBackupSelection", { backupPlanId: "data/FarCopies/Plan.BackupPlanId" })).toBe(true);
    const inVault = { backupVaultName: "data/FarCopies/Vault.BackupVaultName" };
    expect(tells("DeleteRecoveryPoint", inVault)).toBe(true);
    expect(tells("StartBackupJob", inVault)).toBe(false);
    expect(tells("DeleteBackupPlan", { backupPlanId: "of-others" })).toBe(false);
  });

  test("are not taken for such where they lie in the stage's own account", () => {
    for (const wrong of ["sp4n-lapor", copiesTo.replace("210987654321", "123456789012")])
      expect(() =>
        refuseContradictions({ ...stageNamed("prod"), account: "123456789012", copiesTo: wrong }),
      ).toThrow("in another account");
  });
});

describe("the trail of production", () => {
  const trail = only(prod, "AWS::CloudTrail::Trail").properties;
  const selectors: {
    Name: string;
    FieldSelectors: { Field: string; Equals?: string[]; StartsWith?: string[]; NotStartsWith?: string[] }[];
  }[] = trail.AdvancedEventSelectors;
  const fields = (name: string) =>
    Object.fromEntries(
      selectors
        .find(({ Name }) => Name === name)
        ?.FieldSelectors.map(({ Field, Equals, StartsWith, NotStartsWith }) => [
          Field,
          Equals ?? StartsWith ?? NotStartsWith,
        ]) ?? [],
    );

  test("tells who changed the account, in every region, and signs its files", () => {
    expect(trail).toMatchObject({ IsLogging: true, IsMultiRegionTrail: true, EnableLogFileValidation: true });
    expect(fields("What changes the account")).toEqual({ eventCategory: ["Management"] });
  });

  test("tells every call on who reported and on sealed files, and what changes cases and the directory", () => {
    expect(fields("Who reported")).toEqual({
      eventCategory: ["Data"],
      "resources.type": ["AWS::DynamoDB::Table"],
      "resources.ARN": ["data/Reporters.Arn"],
    });
    expect(fields("Changes of cases and of who may do what")).toMatchObject({
      "resources.ARN": ["data/Cases.Arn", "data/Directory.Arn"],
      readOnly: ["false"],
    });
    expect(fields("Sealed files")["resources.ARN"]).toEqual(["data/Attachments.Arn/sealed/"]);
  });

  test("tells of cases that somebody reads past our functions, a secret report among them", () => {
    const read = fields("Cases that others than our functions read");
    expect(read).toMatchObject({
      readOnly: ["true"],
      "resources.ARN": ["data/Cases.Arn", "data/Directory.Arn"],
    });
    expect(JSON.stringify(read["userIdentity.arn"])).toMatch(/sts::.*:assumed-role\/sp4n-lapor-prod-"/);
  });

  test("tells every call of a function that believes who the gateway says is asking, by whatever way it comes", () => {
    const called = fields("Functions that believe who the gateway says is asking")["resources.ARN"] ?? [];
    const names = called.map((begins) => JSON.stringify(begins).split("function:sp4n-lapor-prod-")[1] ?? "");
    // Whoever has a token is asked for it by the gateway alone.
    const routes = ofType(prod, "AWS::ApiGatewayV2::Route").filter(
      ({ properties }) => properties.AuthorizerId,
    );
    const integrations = new Set(routes.map(({ properties }) => JSON.stringify(properties.Target)));
    const behind = ["Officer", "Evidence", "Administration", "Identity"];
    expect(names.map((name) => name.replace(/^api-|"$/g, ""))).toEqual(behind);
    expect(integrations.size).toBe(behind.length);
  });

  test("is erased by nobody before its year is over, and of the rehearsal before a day is", () => {
    const rehearsal = resourcesIn(stacksOf("rehearsal"));
    for (const [resources, Days] of [
      [prod, 365],
      [rehearsal, 1],
    ] as const)
      expect(only(resources, "AWS::S3::Bucket", "data/Trail/Bucket").properties).toMatchObject({
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days } } },
        VersioningConfiguration: { Status: "Enabled" },
      });
  });

  test("is written by this trail alone, and kept for a year", () => {
    const policy = only(prod, "AWS::S3::BucketPolicy", "data/Trail/Bucket/Policy").properties.PolicyDocument;
    const written = policy.Statement.filter(({ Effect }: { Effect: string }) => Effect === "Allow");
    expect(written).toHaveLength(2);
    for (const { Principal, Condition } of written) {
      expect(Principal).toEqual({ Service: "cloudtrail.amazonaws.com" });
      expect(Condition.StringEquals["aws:SourceArn"]).toContain(":trail/sp4n-lapor-prod");
    }
    const [rule] = only(prod, "AWS::S3::Bucket", "data/Trail/Bucket").properties.LifecycleConfiguration.Rules;
    expect(rule.ExpirationInDays).toBe(365);
  });
});
