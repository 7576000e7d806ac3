import { describe, expect, test } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { aCall, aDeployment, aUser, inRole, theRootUser } from "../alarms/calls.ts";
import { matchesPattern } from "../fakes/event-pattern.ts";
import type { Statement } from "./key-rights.ts";
import { dev, ofType, only, prod, type Resource, resourcesIn, stacksOf } from "./synthesised.ts";

/** A pattern as it is deployed: nothing is left to be filled in. */
const deployed = (pattern: unknown, region: string): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(pattern)
      .replace(/\{"Fn::Sub":("[^"]+")\}/g, "$1")
      .replace(/\$\{AWS::Region\}|AWS::Region/g, region)
      .replace(/\$\{AWS::AccountId\}|AWS::AccountId/g, "123456789012")
      .replace(/\$\{AWS::Partition\}|AWS::Partition/g, "aws"),
  ) as Record<string, unknown>;

const regionOf = (path: string) => (path.startsWith("edge/") ? "us-east-1" : "ap-southeast-3");
const isOfCalls = ({ properties }: Resource) =>
  properties.EventPattern["detail-type"]?.includes("AWS API Call via CloudTrail");

/** The rules about calls, by their paths. */
const rulesOf = (resources: Resource[]) =>
  new Map(
    ofType(resources, "AWS::Events::Rule")
      .filter(isOfCalls)
      .map(({ path, properties }) => [
        path.replace(/\/Rule$/, ""),
        deployed(properties.EventPattern, regionOf(path)),
      ]),
  );
const rules = rulesOf(prod);

/** The rules that tell of a call, in the region where CloudTrail tells of it. */
const tellOf = (event: object, region = "ap-southeast-3", among = rules): string[] =>
  [...among].flatMap(([path, pattern]) =>
    regionOf(path) === region && matchesPattern(event, pattern) ? [path] : [],
  );

type Asked = Record<string, unknown>;
interface Change {
  call: string;
  rule: string;
  /** Another rule that tells of it too, because the first may be what was switched off. */
  also?: string;
  /** What the call is about, where it is about this name of a resource. */
  on(name: string): { requestParameters: Asked | null; responseElements?: Asked };
}

const arn = (service: string, rest: string) => `arn:aws:${service}:ap-southeast-3:123456789012:${rest}`;
const asks = (field: string, value: (name: string) => unknown, more: Asked = {}) => ({
  on: (name: string) => ({ requestParameters: { [field]: value(name), ...more } }),
});
const itself = (name: string) => name;
const each = (rule: string, service: string, calls: string[], { on }: Pick<Change, "on">): Change[] =>
  calls.map((call) => ({ rule, call: `${service} ${call}`, on }));

const watchers = (rule: string): Change[] => [
  ...[
    ...each(rule, "events", ["PutRule", "DisableRule", "DeleteRule"], asks("name", itself)),
    ...each(rule, "events", ["PutTargets", "RemoveTargets"], asks("rule", itself)),
  ].map((change) => ({ ...change, also: rule.replace("WatchChanged", "RulesChanged") })),
  ...each(
    rule,
    "sns",
    ["DeleteTopic", "SetTopicAttributes", "AddPermission", "RemovePermission"],
    asks("topicArn", (name) => arn("sns", name)),
  ),
  ...each(
    rule,
    "sns",
    ["Unsubscribe", "SetSubscriptionAttributes"],
    asks("subscriptionArn", (name) => arn("sns", `${name}:0a1b2c3d-0000-4000-8000-000000000000`)),
  ),
  ...each(rule, "monitoring", ["PutMetricAlarm"], asks("alarmName", itself)),
  ...each(
    rule,
    "monitoring",
    ["DisableAlarmActions", "DeleteAlarms"],
    asks("alarmNames", (name) => ["of-others", name]),
  ),
];

const stacks = (rule: string): Change[] => [
  ...each(rule, "cloudformation", ["CreateStack", "UpdateStack", "DeleteStack", "CreateChangeSet"], {
    ...asks("stackName", itself),
  }),
  ...each(
    rule,
    "cloudformation",
    ["UpdateStack", "ExecuteChangeSet"],
    asks("stackName", (name) => arn("cloudformation", `stack/${name}/0a1b2c3d`)),
  ),
];

const ofTable = (field: string) => asks(field, (name) => arn("dynamodb", `table/${name}`));
const ofMapping: Pick<Change, "on"> = {
  on: (name) => ({
    requestParameters: { uUID: "0a1b2c3d-0000-4000-8000-000000000000", enabled: false },
    responseElements: { functionArn: arn("lambda", `function:${name}`) },
  }),
};

const atHome: readonly Change[] = [
  ...watchers("api/WatchChanged"),
  ...stacks("api/StacksChanged"),
  ...each(
    "api/CodeChanged",
    "lambda",
    [
      ...["UpdateFunctionCode20150331v2", "UpdateFunctionConfiguration20150331v2", "UpdateAlias20150331"],
      ...["AddPermission20150331v2", "RemovePermission20150331v2", "PutFunctionConcurrency20171031"],
      ...["DeleteFunction20150331", "CreateFunctionUrlConfig"],
    ],
    asks("functionName", itself),
  ),
  ...each(
    "api/CodeChanged",
    "lambda",
    ["UpdateFunctionCode20150331v2"],
    asks("functionName", (name) => arn("lambda", `function:${name}`)),
  ),
  ...each(
    "api/CodeChanged",
    "lambda",
    ["CreateFunction20150331", "UpdateFunctionConfiguration20150331v2"],
    asks("role", (name) => `arn:aws:iam::123456789012:role/${name}`, { functionName: "of-somebody" }),
  ),
  ...each(
    "api/CodeChanged",
    "lambda",
    [
      ...["CreateEventSourceMapping20150331", "UpdateEventSourceMapping20150331"],
      "DeleteEventSourceMapping20150331",
    ],
    ofMapping,
  ),
  ...each("api/CodeChanged", "lambda", ["CreateEventSourceMapping20150331"], {
    on: (name) => ({
      requestParameters: {
        functionName: "of-somebody",
        eventSourceArn: arn("dynamodb", `table/${name}/stream/2026-11-27T00:00:00.000`),
      },
      responseElements: { functionArn: arn("lambda", "function:of-somebody") },
    }),
  }),
  ...each(
    "api/KeepingChanged",
    "dynamodb",
    ["DeleteTable", "UpdateContinuousBackups", "UpdateTimeToLive", "EnableKinesisStreamingDestination"],
    asks("tableName", itself),
  ),
  ...each("api/KeepingChanged", "dynamodb", ["DeleteTable"], ofTable("tableName")),
  ...each(
    "api/KeepingChanged",
    "dynamodb",
    ["UpdateTable"],
    asks("tableName", itself, { deletionProtectionEnabled: false }),
  ),
  ...each(
    "api/KeepingChanged",
    "dynamodb",
    ["UpdateTable"],
    asks("tableName", itself, { replicaUpdates: [{ create: { regionName: "us-east-1" } }] }),
  ),
  ...each("api/KeepingChanged", "dynamodb", ["PutResourcePolicy"], ofTable("resourceArn")),
  ...each("api/KeepingChanged", "dynamodb", ["ExportTableToPointInTime"], ofTable("tableArn")),
  ...each(
    "api/KeepingChanged",
    "dynamodb",
    ["DeleteBackup"],
    asks("backupArn", (name) => arn("dynamodb", `table/${name}/backup/01700000000000-0a1b2c3d`)),
  ),
  ...each(
    "api/KeepingChanged",
    "s3",
    [
      ...["PutBucketPolicy", "DeleteBucketPolicy", "PutBucketLifecycle", "DeleteBucketLifecycle"],
      ...["PutBucketObjectLockConfiguration", "PutObjectLockConfiguration", "PutBucketReplication"],
      ...["PutBucketNotification", "PutBucketPublicAccessBlock", "DeleteBucket"],
    ],
    asks("bucketName", itself),
  ),
];

const ofRoles = each(
  "edge/RolesChanged",
  "iam",
  [
    ...["UpdateAssumeRolePolicy", "PutRolePolicy", "AttachRolePolicy", "DeleteRolePolicy"],
    ...["DetachRolePolicy", "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"],
    ...["UpdateRole", "DeleteRole"],
  ],
  asks("roleName", itself),
);
const inVirginia: readonly Change[] = [
  ...ofRoles,
  ...watchers("edge/WatchChanged"),
  ...stacks("edge/StacksChanged"),
];

const all = [
  ...atHome.map((change) => ({ ...change, region: "ap-southeast-3" })),
  ...inVirginia.map((change) => ({ ...change, region: "us-east-1" })),
];

const event = ({ call, on }: Change, name: string, who: object = inRole("administrator")) => {
  const [service = "", eventName = ""] = call.split(" ");
  return aCall(service, eventName, { ...on(name), userIdentity: who });
};

/** The rules that have to tell of a change. */
const told = ({ rule, also }: Change): string[] => [rule, ...(also ? [also] : [])].sort();

/** A name as CloudFormation makes it up for a resource of a stage. */
const ofStage = (stage: string) => `sp4n-lapor-${stage}-data-thing1a2b3c4d-0a1b2c3d4e5f`;

describe("whoever is on call is told, with who did it, when somebody", () => {
  test.each(all)("calls $call on what is ours: $rule", (change) => {
    for (const who of [inRole("administrator"), inRole("OurAdmins/somebody"), aUser, theRootUser])
      expect(tellOf(event(change, ofStage("prod"), who), change.region).sort()).toEqual(told(change));
  });

  test.each(all)("and of no deployment, no other stage and nothing of others: $call", (change) => {
    const deployments = change.rule.endsWith("StacksChanged")
      ? [inRole(`cdk-hnb659fds-deploy-role-123456789012-${change.region}`)]
      : [aDeployment("ap-southeast-3"), ...(change.region === "us-east-1" ? [aDeployment("us-east-1")] : [])];
    for (const who of deployments)
      expect(tellOf(event(change, ofStage("prod"), who), change.region)).toEqual([]);
    for (const name of [ofStage("staging"), ofStage("rehearsal"), "of-others"])
      expect(tellOf(event(change, name), change.region)).toEqual([]);
  });

  test("changes the trail, by its name or its ARN", () => {
    for (const trail of ["sp4n-lapor-prod", arn("cloudtrail", "trail/sp4n-lapor-prod")]) {
      for (const call of ["StopLogging", "DeleteTrail", "UpdateTrail"])
        expect(tellOf(aCall("cloudtrail", call, { requestParameters: { name: trail } }))).toEqual([
          "api/WatchChanged",
        ]);
      expect(
        tellOf(aCall("cloudtrail", "PutEventSelectors", { requestParameters: { trailName: trail } })),
      ).toEqual(["api/WatchChanged"]);
    }
    for (const name of ["sp4n-lapor-rehearsal", arn("cloudtrail", "trail/of-others")])
      expect(tellOf(aCall("cloudtrail", "StopLogging", { requestParameters: { name } }))).toEqual([]);
  });

  test("changes how requests come to the functions", () => {
    const onApi = (apiId: string, who: object = inRole("administrator")) =>
      aCall("apigateway", "UpdateIntegration", {
        requestParameters: { apiId, integrationId: "a1b2c3" },
        userIdentity: who,
      });
    expect(tellOf(onApi("api/Api"))).toEqual(["api/CodeChanged"]);
    expect(tellOf(onApi("api/Api", aDeployment()))).toEqual([]);
    expect(tellOf(onApi("of-others"))).toEqual([]);
  });

  test("gives an officer's account a password, and not when our own function invites or dismisses somebody", () => {
    const call = (name: string, userPoolId: string, who: object = inRole("administrator")) =>
      tellOf(
        aCall("cognito-idp", name, {
          requestParameters: { userPoolId, username: "HIDDEN_DUE_TO_SECURITY_REASONS" },
          userIdentity: who,
        }),
      );
    const administration = {
      ...inRole("x"),
      sessionContext: { sessionIssuer: { arn: "data/AdministrationRole.Arn" } },
    };
    for (const name of [
      "AdminSetUserPassword",
      "AdminUpdateUserAttributes",
      "AdminDisableUser",
      "AdminCreateUser",
    ]) {
      expect(call(name, "sign-in/Officers")).toEqual(["api/AccountsChanged"]);
      expect(call(name, "sign-in/Officers", administration)).toEqual([]);
      expect(call(name, "of-others")).toEqual([]);
    }
    expect(call("AdminGetUser", "sign-in/Officers")).toEqual([]);
  });

  test("changes who may become the role of deployments, which all rules pass over", () => {
    const [change] = ofRoles;
    if (!change) throw new Error("There are no calls on roles");
    const role = "cdk-hnb659fds-cfn-exec-role-123456789012-ap-southeast-3";
    expect(tellOf(event(change, role), "us-east-1")).toEqual(["edge/RolesChanged"]);
    // A name that only looks like it is passed over nowhere.
    const impostor = inRole("cdk-hnb659fds-cfn-exec-role-123456789012-ap-southeast-3-mine");
    for (const one of all)
      expect([one.call, tellOf(event(one, ofStage("prod"), impostor), one.region).sort()]).toEqual([
        one.call,
        told(one),
      ]);
  });

  test("and not when the CDK asks for a deployment, but when somebody else has a stack changed by its role", () => {
    const asking = (role: string) =>
      aCall("cloudformation", "CreateChangeSet", {
        requestParameters: { stackName: "sp4n-lapor-prod-api", changeSetName: "cdk-deploy-change-set" },
        userIdentity: inRole(role),
      });
    expect(tellOf(asking("cdk-hnb659fds-deploy-role-123456789012-ap-southeast-3"))).toEqual([]);
    expect(tellOf(asking("OurAdmins/somebody"))).toEqual(["api/StacksChanged"]);
  });

  test("asks SES to tell somebody else of our mails, in whose events addresses stand beside cases", () => {
    const ofSet = (configurationSetName: string, who: object = inRole("administrator")) =>
      aCall("ses", "CreateConfigurationSetEventDestination", {
        requestParameters: { configurationSetName, eventDestinationName: "mine" },
        userIdentity: who,
      });
    expect(tellOf(ofSet("jobs/MailSettings"))).toEqual(["jobs/MailsChanged"]);
    expect(tellOf(ofSet("jobs/MailSettings", aDeployment()))).toEqual([]);
    expect(tellOf(ofSet("of-others"))).toEqual([]);
    const reading = (source: string) =>
      aCall("events", "PutRule", {
        requestParameters: { name: "of-others", eventPattern: JSON.stringify({ source: [source] }) },
      });
    expect(tellOf(reading("aws.ses"))).toEqual(["jobs/MailsChanged"]);
    expect(tellOf(reading("aws.ec2"))).toEqual([]);
  });

  test("and of nothing that CodeDeploy moves", () => {
    const canary = { ...inRole("x"), sessionContext: { sessionIssuer: { arn: "api/Canary/Role.Arn" } } };
    const asked = {
      requestParameters: { functionName: ofStage("prod"), name: "live" },
      userIdentity: canary,
    };
    expect(tellOf(aCall("lambda", "UpdateAlias20150331", asked))).toEqual([]);
  });

  test("changes a restored table that is used in place of ours, and not a table that is only like it", () => {
    const restored = {
      cases: { name: "cases-restored", streamArn: arn("dynamodb", "table/cases-restored/stream/1") },
    };
    const among = rulesOf(resourcesIn(stacksOf({ ...stageNamed("prod"), restored })));
    const deleting = (tableName: string) =>
      aCall("dynamodb", "DeleteTable", { requestParameters: { tableName } });
    expect(tellOf(deleting("cases-restored"), "ap-southeast-3", among)).toEqual(["api/KeepingChanged-cases"]);
    expect(tellOf(deleting("cases-restored"))).toEqual([]);
    expect(tellOf(deleting("cases-of-others"), "ap-southeast-3", among)).toEqual([]);
  });
});

test("a table whose protection from deletion stays may be changed otherwise without a word", () => {
  const tableName = ofStage("prod");
  const changing = (more: object) =>
    aCall("dynamodb", "UpdateTable", { requestParameters: { tableName, ...more } });
  expect(tellOf(changing({}))).toEqual([]);
  expect(tellOf(changing({ deletionProtectionEnabled: true }))).toEqual([]);
});

test("both topics hear of a change of what watches, because one of them may have lost its readers", () => {
  const targets = (path: string) =>
    only(prod, "AWS::Events::Rule", path).properties.Targets.map(({ Arn }: { Arn: string }) => Arn);
  expect(targets("api/WatchChanged/Rule")).toEqual(["data/Alarms", "data/Tickets"]);
  expect(targets("api/RulesChanged/Rule")).toEqual(["data/Tickets"]);
  expect(targets("api/CodeChanged/Rule")).toEqual(["data/Alarms"]);
  expect(targets("edge/RolesChanged/Rule")).toEqual(["edge/Alarms"]);
});

test("every topic takes what its rules tell it", () => {
  const told = ofType(prod, "AWS::Events::Rule")
    .filter(isOfCalls)
    .flatMap(({ properties }) => properties.Targets.map(({ Arn }: { Arn: string }) => Arn));
  for (const topic of new Set<string>(told)) {
    const policies = ofType(prod, "AWS::SNS::TopicPolicy").filter(({ properties }) =>
      properties.Topics.includes(topic),
    );
    const allowed = policies.flatMap(({ properties }) =>
      properties.PolicyDocument.Statement.filter(
        ({ Effect, Principal }: Statement) =>
          Effect === "Allow" && Principal !== "*" && Principal?.Service === "events.amazonaws.com",
      ).map(({ Action }: Statement) => Action),
    );
    expect([topic, allowed]).toEqual([topic, ["sns:Publish"]]);
  }
});

test("every pattern fits into the 2,048 characters that EventBridge takes, with names as long as AWS makes them", () => {
  const longest = resourcesIn(
    stacksOf({
      ...stageNamed("rehearsal"),
      restored: Object.fromEntries(
        ["cases", "reporters", "directory", "notifications"].map((name) => [
          name,
          {
            name: `${name}-restored-after-the-loss-of-2026-11-27`,
            streamArn: arn("dynamodb", "table/x/stream/1"),
          },
        ]),
      ),
    }),
  );
  const paths = new Set(longest.map(({ path }) => path));
  for (const [rule, pattern] of rulesOf(longest)) {
    const named = JSON.stringify(pattern).replace(/"([a-z-]+\/[^"]+?)(\.Arn)?"/g, (whole, path: string) =>
      // A role's ARN has 95 characters at most, and no other name is longer.
      paths.has(path) ? `"${"x".repeat(95)}"` : whole,
    );
    expect([rule, named.length <= 2_048, named.length]).toEqual([rule, true, expect.any(Number)]);
  }
});

test("stages of developers have no such rules: a change there is everyday work", () => {
  expect([...rulesOf(dev).keys()].sort()).toEqual(["data/KeysChanged", "jobs/SchedulesChanged"]);
});
