import { describe, expect, test } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { refuseContradictions } from "../../infra/contradictions.ts";
import {
  dev,
  ofType,
  only,
  powersIn,
  prod,
  prodStacks,
  type Resource,
  resourcesOfStage,
  type Watched,
} from "./synthesised.ts";

const groupsOf = (resources: Resource[]) => ofType(resources, "AWS::CodeDeploy::DeploymentGroup");

/** How CloudFormation moves the aliases of a stack to new versions. */
const moves = prodStacks.flatMap(({ template, paths }) =>
  Object.entries(template.Resources).flatMap(([id, { Type, UpdatePolicy }]) =>
    Type === "AWS::Lambda::Alias"
      ? [
          {
            path: paths.get(id),
            group: paths.get(UpdatePolicy?.CodeDeployLambdaAliasUpdate?.DeploymentGroupName.Ref ?? ""),
          },
        ]
      : [],
  ),
);

describe("a new version in production", () => {
  const functions = ofType(prod, "AWS::Lambda::Function").filter(({ path }) => path.startsWith("api/"));

  test("gets a tenth of the requests for ten minutes: each function that people call has a group of its own", () => {
    expect(functions.length).toBeGreaterThan(6);
    expect(
      groupsOf(prod)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(functions.map(({ path }) => `${path}/Canary`).sort());
    for (const { properties } of groupsOf(prod))
      expect(properties.DeploymentConfigName).toBe("CodeDeployDefault.LambdaCanary10Percent10Minutes");
    expect(moves).toEqual(functions.map(({ path }) => ({ path: `${path}/Live`, group: `${path}/Canary` })));
  });

  test("is taken back when its function fails outright or answers errors, or people get errors; the errors of one function take no other back", () => {
    for (const { path, properties } of groupsOf(prod)) {
      const alarms = properties.AlarmConfiguration.Alarms.map(({ Name }: { Name: string }) => Name);
      const own = ["Errors", "RequestsFailed"].map((alarm) => path.replace("Canary", alarm));
      expect([path, properties.AlarmConfiguration.Enabled, alarms.sort()]).toEqual([
        path,
        true,
        [...own, "api/ServerErrors"],
      ]);
      const { Metrics } = only(prod, "AWS::CloudWatch::Alarm", own[1]).properties;
      const watched = (Metrics as Watched[]).flatMap(({ MetricStat }) => MetricStat?.Metric.Dimensions ?? []);
      expect(watched.filter(({ Name }) => /function/i.test(Name)).map(({ Value }) => Value)).toEqual([
        path.replace("/Canary", ""),
        path.replace("/Canary", ""),
      ]);
      expect(properties.AutoRollbackConfiguration.Events).toContain("DEPLOYMENT_STOP_ON_ALARM");
    }
    const alarms = new Set(ofType(prod, "AWS::CloudWatch::Alarm").map(({ path }) => path));
    expect(alarms).toContain("api/ServerErrors");
    expect(alarms).toContain("api/Public/Errors");
  });

  test("is reached through its alias only: no route calls a function past it, and nobody else may call one", () => {
    const aliases = functions.map(({ path }) => `${path}/Live`).sort();
    const called = ofType(prod, "AWS::ApiGatewayV2::Integration").map(
      ({ properties }) => properties.IntegrationUri,
    );
    expect([...called].sort()).toEqual(aliases);
    const permitted = ofType(prod, "AWS::Lambda::Permission")
      .filter(({ path }) => path.startsWith("api/"))
      .map(({ properties }) => properties.FunctionName);
    expect(permitted.sort()).toEqual(aliases);
  });

  test("is moved by CodeDeploy, which may do that and see alarms", () => {
    const mine = powersIn(prod).filter(({ who }) => who === "api/Canary");
    expect([...new Set(mine.flatMap(({ actions }) => actions))].sort()).toEqual([
      "cloudwatch:DescribeAlarms",
      "lambda:GetAlias",
      "lambda:GetProvisionedConcurrencyConfig",
      "lambda:UpdateAlias",
    ]);
  });

  test("comes to everybody at once if it is the fix of what an alarm rings for", () => {
    const urgent = groupsOf(resourcesOfStage("prod", { urgent: true }));
    expect(urgent).toHaveLength(functions.length);
    for (const { properties } of urgent) {
      expect(properties.DeploymentConfigName).toBe("CodeDeployDefault.LambdaAllAtOnce");
      expect(properties.AlarmConfiguration?.Alarms ?? []).toEqual([]);
      expect(properties.AutoRollbackConfiguration.Events).not.toContain("DEPLOYMENT_STOP_ON_ALARM");
    }
  });
});

test("where only developers call, a new version answers at once, and production has to have a canary", () => {
  expect(ofType(dev, "AWS::CodeDeploy::DeploymentGroup", "AWS::Lambda::Alias")).toEqual([]);
  expect(() => refuseContradictions({ ...stageNamed("prod"), canary: false })).toThrow("faulty version");
});
