import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { App, Stack, Validations } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, describe, expect, test } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { runbookUrl, stageNamed } from "../../infra/config.ts";
import { uploadsKeptDays } from "../../shared/attachment/attachment.ts";
import { problem } from "../../shared/http/problem.ts";
import { edgeHeaders } from "../../shared/traffic/edge.ts";

interface Resource {
  Type: string;
  Properties: any;
  DeletionPolicy?: string;
}

const outdirs: string[] = [];
const freshOutdir = () => {
  const outdir = mkdtempSync(join(tmpdir(), "sp4n-lapor-infra-"));
  outdirs.push(outdir);
  return outdir;
};
afterAll(() => {
  for (const outdir of outdirs) rmSync(outdir, { recursive: true });
});

const resourcesOf = (stage: string): [string, Resource][] => {
  const assembly = buildApp({ stage, outdir: freshOutdir() }).synth();
  return assembly.stacks.flatMap(({ stackName, template }) =>
    Object.entries(template.Resources as Record<string, Resource>).map(
      ([id, resource]): [string, Resource] => [`${stackName}/${id}`, resource],
    ),
  );
};
const ofType = (resources: [string, Resource][], ...types: string[]) =>
  resources.filter(([, { Type }]) => types.includes(Type));

const prod = resourcesOf("prod");
const dev = resourcesOf("dev");
const runbook = readFileSync("docs/runbook.md", "utf8");
const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-"),
);

const statements = (resources: [string, Resource][]): [string, any][] =>
  ofType(resources, "AWS::IAM::Policy", "AWS::IAM::Role").flatMap(([id, { Properties }]) =>
    [Properties, ...(Properties.Policies ?? [])].flatMap((holder: any) =>
      (holder.PolicyDocument?.Statement ?? []).map((statement: any): [string, any] => [id, statement]),
    ),
  );

describe("in every stage", () => {
  test("there are tables, queues, functions and alarms to look at", () => {
    for (const type of [
      "AWS::DynamoDB::GlobalTable",
      "AWS::SQS::Queue",
      "AWS::Lambda::Function",
      "AWS::CloudWatch::Alarm",
    ])
      expect(ofType(prod, type).length).toBeGreaterThan(2);
    expect(statements(prod).length).toBeGreaterThan(5);
  });

  test("every function runs on Node 24 and arm64, is traced and keeps a JSON log for a year", () => {
    for (const [id, { Properties }] of ofType(prod, "AWS::Lambda::Function"))
      expect([
        id,
        Properties.Runtime,
        Properties.Architectures,
        Properties.TracingConfig,
        Properties.LoggingConfig.LogFormat,
      ]).toEqual([id, "nodejs24.x", ["arm64"], { Mode: "Active" }, "JSON"]);
    for (const [id, { Properties }] of ofType(prod, "AWS::Logs::LogGroup"))
      expect([id, Properties.RetentionInDays]).toEqual([id, 365]);
  });

  test("every function, every dead-letter queue and the gateway has an alarm that says what people notice and names a heading of the runbook", () => {
    const alarms = ofType(prod, "AWS::CloudWatch::Alarm");
    for (const [id, { Properties }] of alarms) {
      const { AlarmDescription: text, AlarmActions: actions } = Properties;
      const [impact, anchor] = text.split(` ${runbookUrl}#`);
      expect([id, actions?.length]).toEqual([id, 1]);
      expect(impact).toMatch(/^[A-Z].+\.$/);
      expect([id, headings]).toEqual([id, expect.arrayContaining([anchor])]);
    }
    const watched = JSON.stringify(alarms.map(([, { Properties }]) => Properties.Dimensions));
    const deadLetterQueues = ofType(prod, "AWS::SQS::Queue").filter(
      ([, { Properties }]) => !Properties.RedrivePolicy,
    );
    for (const [id] of [
      ...ofType(prod, "AWS::Lambda::Function", "AWS::ApiGatewayV2::Api"),
      ...deadLetterQueues,
    ])
      expect(watched).toContain(`"${id.split("/")[1]}"`);
  });

  test("alarms reach whoever is on call: CloudWatch may publish to every topic that they go to", () => {
    const topics = ofType(prod, "AWS::SNS::Topic").map(([id]) => id.split("/")[1]);
    expect(topics).toHaveLength(2);
    const policies = ofType(prod, "AWS::SNS::TopicPolicy").map(([, { Properties }]) => Properties);
    for (const { PolicyDocument } of policies)
      expect(PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({
          Effect: "Allow",
          Action: "sns:Publish",
          Principal: { Service: "cloudwatch.amazonaws.com" },
        }),
      );
    expect(policies).toHaveLength(2);
  });

  test("every queue is encrypted, is spoken to over TLS only, and has a dead-letter queue or is one", () => {
    const queues = ofType(prod, "AWS::SQS::Queue");
    const targets = JSON.stringify([
      ...queues.map(([, { Properties }]) => Properties.RedrivePolicy),
      ...ofType(prod, "AWS::Lambda::EventSourceMapping").map(
        ([, { Properties }]) => Properties.DestinationConfig,
      ),
    ]);
    for (const [id, { Properties }] of queues) {
      const name = id.split("/")[1];
      expect([id, Properties.SqsManagedSseEnabled]).toEqual([id, true]);
      expect([id, !!Properties.RedrivePolicy || targets.includes(`"${name}"`)]).toEqual([id, true]);
      const policies = JSON.stringify(ofType(prod, "AWS::SQS::QueuePolicy"));
      expect(policies).toContain(`"${name}"`);
    }
  });

  test("every event source gives back single failures and ends in a dead-letter queue", () => {
    for (const [id, { Properties }] of ofType(prod, "AWS::Lambda::EventSourceMapping"))
      expect([id, Properties.FunctionResponseTypes]).toEqual([id, ["ReportBatchItemFailures"]]);
  });

  /** Who may do what in which folder of the bucket of attachments. */
  const inFolders = {
    "uploads/*": {
      ReporterRole: ["s3:PutObject"],
      OfficerRole: ["s3:PutObject"],
      InspectionsFunctionRole: [
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectTagging",
        "s3:GetObjectVersionTagging",
      ],
      MalwareScanRole: [
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectTagging",
        "s3:GetObjectVersionTagging",
        "s3:PutObjectTagging",
        "s3:PutObjectVersionTagging",
      ],
    },
    "sealed/*": {
      InspectionsFunctionRole: ["s3:PutObject"],
      RemoveExpiredRole: ["s3:DeleteObject"],
      EvidenceRole: ["s3:GetObject"],
    },
    "clean/*": {
      InspectionsFunctionRole: ["s3:PutObject"],
      RemoveExpiredRole: ["s3:DeleteObject"],
      PublicRole: ["s3:GetObject"],
      OfficerRole: ["s3:GetObject"],
    },
    "thumbnails/*": {
      InspectionsFunctionRole: ["s3:PutObject"],
      RemoveExpiredRole: ["s3:DeleteObject"],
      PublicRole: ["s3:GetObject"],
      OfficerRole: ["s3:GetObject"],
    },
  };

  test("of attachments, uploads are read by the inspection alone and sealed originals by the one function that opens them", () => {
    const found: Record<string, Record<string, string[]>> = {};
    for (const [id, { Action, Resource }] of statements(prod))
      for (const folder of Object.keys(inFolders))
        if (JSON.stringify(Resource).includes(`/${folder}"`)) {
          const role = id.replace(/^.*\//, "").replace(/(DefaultPolicy)?[A-F0-9]{8}$/, "");
          const roles = (found[folder] ??= {});
          roles[role] = [...(roles[role] ?? []), ...[Action].flat()];
        }
    expect(found).toEqual(inFolders);
  });

  test("no policy allows an action by a wildcard, and none but tracing, folders of files and the scanner's rule a wildcard resource", () => {
    for (const [id, { Action, Resource }] of statements(prod)) {
      const actions = [Action].flat();
      expect([id, actions.filter((action: string) => action.includes("*"))]).toEqual([id, []]);
      if (JSON.stringify(Resource).includes('"/anchors/*"')) {
        expect(id).toContain("AnchorHistories");
        expect([id, actions]).toEqual([id, ["s3:PutObject", "s3:GetObject"]]);
        continue;
      }
      const resources = JSON.stringify(Resource);
      if (Object.keys(inFolders).some((folder) => resources.includes(`/${folder}"`))) continue;
      if (resources.includes("rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*")) {
        expect(id).toContain("MalwareScanRole");
        continue;
      }
      if (resources.includes("*"))
        expect([id, actions.sort()]).toEqual([id, ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]]);
    }
  });

  test("nobody but the five functions that deal with reporters may do anything with who reported, each exactly its own", () => {
    const owner = (id: string) => id.replace(/(Function)?RoleDefaultPolicy[A-F0-9]{8}$/, "");
    const rightsOn = (resources: [string, Resource][], named: RegExp) => {
      const rights: Record<string, string[]> = {};
      for (const [id, { Action, Resource }] of statements(resources))
        if (named.test(JSON.stringify(Resource))) (rights[owner(id)] ??= []).push(...[Action].flat());
      return Object.fromEntries(Object.entries(rights).map(([id, actions]) => [id, actions.sort()]));
    };
    for (const [name, resources] of [
      ["prod", prod],
      ["dev", dev],
    ] as const) {
      const api = (id: string) => `sp4n-lapor-${name}-api/${id}`;
      const jobs = (id: string) => `sp4n-lapor-${name}-jobs/${id}`;
      expect(rightsOn(resources, /GetAttReporters(?!Key)/)).toEqual({
        [api("Public")]: ["dynamodb:PutItem"],
        [api("Reporter")]: ["dynamodb:UpdateItem"],
        [api("Identity")]: [
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:Query",
          "dynamodb:Query",
          "dynamodb:UpdateItem",
        ],
        [jobs("Emails")]: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
        [jobs("RemoveExpired")]: ["dynamodb:DeleteItem"],
      });
      // Who writes an identity cannot read one; who sends mails cannot make one or look for anybody.
      expect(rightsOn(resources, /GetAttIdentityKey/)).toEqual({
        [api("Public")]: ["kms:GenerateDataKey"],
        [api("Identity")]: ["kms:Decrypt", "kms:GenerateDataKey"],
        [jobs("Emails")]: ["kms:Decrypt"],
      });
      expect(rightsOn(resources, /GetAttIdentityHashKey/)).toEqual({
        [api("Public")]: ["kms:GenerateMac"],
        [api("Identity")]: ["kms:GenerateMac"],
      });
      // Nobody else names any of them, by whatever spelling, and the key of the table works by way of DynamoDB only.
      const known = ["Public", "Reporter", "Identity"].map(api).concat(["Emails", "RemoveExpired"].map(jobs));
      for (const [id, { Action, Resource, Condition }] of statements(resources)) {
        if (!/Reporters|Identity/.test(JSON.stringify(Resource))) continue;
        expect(known).toContain(owner(id));
        if (JSON.stringify(Resource).includes("ReportersKey") && JSON.stringify(Action).includes("kms:"))
          expect(Condition).toEqual({
            StringEquals: { "kms:ViaService": "dynamodb.ap-southeast-3.amazonaws.com" },
          });
      }
    }
  });

  test("no function but those is told the table of reporters or a key of theirs", () => {
    const told = ofType(prod, "AWS::Lambda::Function")
      .filter(([, { Properties }]) => /REPORTERS|IDENTITY/.test(JSON.stringify(Properties.Environment)))
      .map(([id]) => id.replace(/^.*\/|(Function)?[A-F0-9]{8}$/g, ""));
    expect(told.sort()).toEqual(["Emails", "Identity", "Public", "RemoveExpired", "Reporter"]);
  });

  test("keys let nobody in but who the account's policies name", () => {
    for (const [id, { Properties }] of ofType(prod, "AWS::KMS::Key"))
      for (const { Effect, Principal } of Properties.KeyPolicy.Statement)
        expect([id, Effect, JSON.stringify(Principal)]).toEqual([
          id,
          "Allow",
          expect.stringContaining(":root"),
        ]);
  });

  test("the Encryption SDK stands beside the bundles that may need it, and in none", () => {
    const assembly = buildApp({ stage: "dev", outdir: freshOutdir() }).synth();
    const bundles = globSync(`${assembly.directory}/asset.*/index.mjs`);
    expect(bundles.length).toBeGreaterThan(5);
    for (const bundle of bundles) expect(readFileSync(bundle, "utf8")).not.toMatch(/kms-keyring|client-kms/);
    const beside = globSync(`${assembly.directory}/asset.*/node_modules/@aws-crypto/client-node/index.mjs`);
    expect(beside).toHaveLength(3);
  });
});

describe("the directory", () => {
  const [[tableId] = [""]] = ofType(prod, "AWS::DynamoDB::GlobalTable").filter(([id]) =>
    id.includes("/Directory"),
  );
  const table = tableId.split("/")[1] ?? "?";

  test("is written by the administration function alone", () => {
    const writing = statements(prod).filter(
      ([, { Action, Resource }]) =>
        JSON.stringify(Resource).includes(table) &&
        /PutItem|UpdateItem|DeleteItem/.test(JSON.stringify(Action)),
    );
    expect(writing.map(([id]) => id.replace(/[A-F0-9]{8}$/, ""))).toEqual([
      "sp4n-lapor-prod-api/AdministrationRoleDefaultPolicy",
    ]);
    expect(writing[0]?.[1].Action).not.toContain("dynamodb:DeleteItem");
  });

  test("accounts are made and ended by the administration function alone, in our user pool alone", () => {
    const accounts = statements(prod).filter(([, { Action }]) =>
      JSON.stringify(Action).includes("cognito-idp:"),
    );
    expect(accounts).toHaveLength(1);
    const [id, { Action, Resource }] = accounts[0] ?? ["", {}];
    expect(id).toContain("/AdministrationRole");
    expect(Action).toEqual([
      "cognito-idp:AdminCreateUser",
      "cognito-idp:AdminGetUser",
      "cognito-idp:AdminEnableUser",
      "cognito-idp:AdminDisableUser",
      "cognito-idp:AdminUserGlobalSignOut",
    ]);
    expect(JSON.stringify(Resource)).toMatch(/ImportValue.*OfficersA?[A-F0-9]+Arn/);
  });

  test("cases are not the administration's to change: it counts them, and reads them to try a calendar", () => {
    const cases = ofType(prod, "AWS::DynamoDB::GlobalTable").find(([id]) => id.includes("/Cases"))?.[0];
    const touching = statements(prod).filter(
      ([id, { Resource }]) =>
        id.includes("/AdministrationRole") && JSON.stringify(Resource).includes(cases?.split("/")[1] ?? "?"),
    );
    expect(new Set(touching.flatMap(([, { Action }]) => [Action].flat()))).toEqual(
      new Set(["dynamodb:Query", "dynamodb:BatchGetItem"]),
    );
  });
});

describe("the tables", () => {
  const isTraffic = ([id]: [string, Resource]) => id.includes("/Traffic");

  test("cost nothing when idle and can be restored to any second", () => {
    for (const [id, { Properties }] of [
      ...ofType(prod, "AWS::DynamoDB::GlobalTable"),
      ...ofType(dev, "AWS::DynamoDB::GlobalTable"),
    ].filter((one) => !isTraffic(one))) {
      expect([id, Properties.BillingMode]).toEqual([id, "PAY_PER_REQUEST"]);
      for (const replica of Properties.Replicas)
        expect([id, replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled]).toEqual([id, true]);
    }
  });

  test("of production outlive their stack and refuse to be deleted", () => {
    const kept = ofType(prod, "AWS::DynamoDB::GlobalTable", "AWS::KMS::Key").filter((one) => !isTraffic(one));
    for (const [id, { DeletionPolicy }] of kept) expect([id, DeletionPolicy]).toEqual([id, "Retain"]);
    for (const [id, { Properties }] of kept)
      if (Properties.Replicas)
        expect([id, Properties.Replicas[0].DeletionProtectionEnabled]).toEqual([id, true]);
  });

  test("forget addresses that reporters gave up, also where nobody could be told there", () => {
    const [, reporters] =
      ofType(prod, "AWS::DynamoDB::GlobalTable").find(([id]) => id.includes("Reporters")) ?? [];
    expect(reporters?.Properties.TimeToLiveSpecification).toEqual({
      AttributeName: "expiresAt",
      Enabled: true,
    });
  });

  test("forget who sent how much: that one table expires, and no copies are kept of it", () => {
    const [[, traffic] = []] = ofType(prod, "AWS::DynamoDB::GlobalTable").filter(isTraffic);
    expect(traffic?.Properties.TimeToLiveSpecification).toEqual({
      AttributeName: "expiresAt",
      Enabled: true,
    });
    expect(traffic?.Properties.Replicas[0].PointInTimeRecoverySpecification).toBeUndefined();
    expect(traffic?.DeletionPolicy).toBe("Delete");
    const touching = statements(prod).filter(([, { Resource }]) =>
      JSON.stringify(Resource).includes("Traffic"),
    );
    expect(new Set(touching.map(([id]) => id.replace(/[A-F0-9]{8}$/, "")))).toEqual(
      new Set([
        "sp4n-lapor-prod-api/IdentityRoleDefaultPolicy",
        "sp4n-lapor-prod-api/PublicRoleDefaultPolicy",
        "sp4n-lapor-prod-api/ReporterRoleDefaultPolicy",
      ]),
    );
  });

  test("keep reporters under a key of their own, which is rotated", () => {
    const [reporters] = prod.filter(
      ([id, { Type }]) => Type === "AWS::DynamoDB::GlobalTable" && id.includes("/Reporters"),
    );
    expect(reporters?.[1].Properties.Replicas[0].SSESpecification.KMSMasterKeyId["Fn::GetAtt"][0]).toMatch(
      /^ReportersKey/,
    );
    for (const [id, { Properties }] of ofType(prod, "AWS::KMS::Key"))
      // KMS rotates no key that hashes: what it hashed could not be found any more.
      expect([id, Properties.EnableKeyRotation]).toEqual([
        id,
        Properties.KeySpec === "HMAC_256" ? undefined : true,
      ]);
  });
});

describe("the bucket of attachments", () => {
  const bucketOf = (resources: [string, Resource][]) =>
    ofType(resources, "AWS::S3::Bucket").find(([id]) => id.includes("Attachments"))?.[1];

  test("is private, encrypted with a key of its own, versioned, spoken to over TLS only, and of production outlives its stack", () => {
    for (const resources of [prod, dev]) {
      const properties = bucketOf(resources)?.Properties;
      expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      const [encryption] = properties.BucketEncryption.ServerSideEncryptionConfiguration;
      expect(encryption.ServerSideEncryptionByDefault.SSEAlgorithm).toBe("aws:kms");
      expect(JSON.stringify(encryption)).toContain("AttachmentsKey");
      expect(properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
      const policies = ofType(resources, "AWS::S3::BucketPolicy").map(([, one]) => JSON.stringify(one));
      expect(policies.some((one) => one.includes("Attachments") && one.includes("aws:SecureTransport"))).toBe(
        true,
      );
    }
    expect(bucketOf(prod)?.DeletionPolicy).toBe("Retain");
  });

  test("forgets uploads after the days for which an inspection is waited for, and else what was removed when tables forget it too", () => {
    const { Rules } = bucketOf(prod)?.Properties.LifecycleConfiguration ?? {};
    expect(Rules).toEqual([
      expect.objectContaining({
        Prefix: "uploads/",
        ExpirationInDays: uploadsKeptDays,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      }),
      {
        Status: "Enabled",
        NoncurrentVersionExpiration: { NoncurrentDays: 35 },
        ExpiredObjectDeleteMarker: true,
      },
    ]);
  });

  test("takes uploads only from the configured pages", () => {
    const [post, get] = bucketOf(prod)?.Properties.CorsConfiguration.CorsRules ?? [];
    expect([post.AllowedMethods, post.AllowedOrigins]).toEqual([["POST"], stageNamed("prod").corsOrigins]);
    expect(get.AllowedMethods).toEqual(["GET"]);
  });

  test("is scanned for malware in production, where nothing is inspected before GuardDuty's tag says that it is clean", () => {
    const [[, plan] = []] = ofType(prod, "AWS::GuardDuty::MalwareProtectionPlan");
    expect(plan?.Properties.Actions).toEqual({ Tagging: { Status: "ENABLED" } });
    expect(plan?.Properties.ProtectedResource.S3Bucket.ObjectPrefixes).toEqual(["uploads/"]);
    const [, reading] =
      statements(prod).find(
        ([id, { Action, Resource }]) =>
          id.includes("InspectionsFunctionRole") &&
          [Action].flat().includes("s3:GetObject") &&
          JSON.stringify(Resource).includes("/uploads/*"),
      ) ?? [];
    expect(reading.Condition).toEqual({
      StringEquals: { "s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND" },
    });
    const stage = { ...stageNamed("prod"), malwareScan: "eicar" } as const;
    expect(() => buildApp({ stage, outdir: freshOutdir() })).toThrow("guardduty");
  });

  test("tells of uploads, and the scanner of verdicts, to the queue of inspections", () => {
    const rules = ofType(prod, "AWS::Events::Rule").map(([, { Properties }]) => Properties);
    expect(rules.map(({ EventPattern }) => EventPattern["detail-type"])).toEqual([
      ["Object Created"],
      ["GuardDuty Malware Protection Object Scan Result"],
    ]);
    for (const { Targets } of rules) expect(JSON.stringify(Targets)).toContain("InspectionsQueue");
  });
});

describe("the daily copies of newest hashes", () => {
  test("cannot be overwritten or removed, in production not even by whoever runs the account", () => {
    for (const [resources, mode] of [
      [prod, "COMPLIANCE"],
      [dev, "GOVERNANCE"],
    ] as const) {
      const [, bucket] = ofType(resources, "AWS::S3::Bucket").find(([id]) => id.includes("Anchors")) ?? [];
      expect(bucket?.Properties.ObjectLockEnabled).toBe(true);
      expect(bucket?.Properties.ObjectLockConfiguration.Rule.DefaultRetention.Mode).toBe(mode);
      expect(bucket?.Properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
    }
    const removers = statements(prod).filter(([, { Action }]) =>
      [Action].flat().some((action) => /^s3:(Delete|Bypass|PutObjectRetention|\*)/.test(action)),
    );
    expect(removers.length).toBeGreaterThan(0);
    for (const [id, { Resource }] of removers)
      expect([id, JSON.stringify(Resource)]).toEqual([id, expect.not.stringContaining("Anchors")]);
  });

  test("are made every day by a schedule that may call that one function", () => {
    const schedules = ofType(prod, "AWS::Scheduler::Schedule");
    expect(schedules.map(([, { Properties }]) => Properties.ScheduleExpression)).toContain(
      "cron(30 0 * * ? *)",
    );
  });
});

describe("digests", () => {
  const actionsOf = (role: string): string[] =>
    statements(prod)
      .filter(([id]) => id.includes(`/${role}`))
      .flatMap(([, { Action }]) => [Action].flat())
      .sort();

  test("are looked for every minute by a function that reads one index and asks for mails, and can do nothing else", () => {
    const schedules = ofType(prod, "AWS::Scheduler::Schedule").filter(([id]) =>
      id.includes("FindDueDigests"),
    );
    expect(schedules.map(([, { Properties }]) => Properties.ScheduleExpression)).toEqual(["rate(1 minute)"]);
    expect(actionsOf("FindDueDigestsRole")).toEqual([
      "dynamodb:Query",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "sqs:SendMessage",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]);
    const [, query] =
      statements(prod).find(
        ([id, { Action }]) => id.includes("/FindDueDigestsRole") && Action === "dynamodb:Query",
      ) ?? [];
    expect(JSON.stringify(query.Resource)).toContain("/index/by-flush");
  });

  test("are gathered in seconds where people develop, and in minutes where mails go to officers", () => {
    for (const [resources, seconds] of [
      [dev, "10"],
      [prod, "180"],
    ] as const) {
      const [, sender] =
        ofType(resources, "AWS::Lambda::Function").find(([id]) => id.includes("EmailsFunction")) ?? [];
      expect(sender?.Properties.Environment.Variables.ALERT_SECONDS).toBe(seconds);
    }
  });
});

test("reports from one network cost work from a number on that neighbours do not reach, in production only", () => {
  for (const [resources, ofNetwork] of [
    [dev, 1_000_000],
    [prod, 20],
  ] as const) {
    const [, open] = ofType(resources, "AWS::Lambda::Function").find(([id]) => id.includes("/Public")) ?? [];
    expect(open?.Properties.Environment.Variables.FREE_REPORTS_OF_NETWORK).toBe(String(ofNetwork));
  }
});

describe("the gateway", () => {
  test("throttles, logs without addresses or paths, and lets the configured pages call it", () => {
    const [, stage] = ofType(prod, "AWS::ApiGatewayV2::Stage")[0] ?? [];
    const { throttle, corsOrigins } = stageNamed("prod");
    expect(stage?.Properties.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: throttle.ratePerSecond,
      ThrottlingBurstLimit: throttle.burst,
    });
    const { reportThrottle } = stageNamed("prod");
    expect(stage?.Properties.RouteSettings["POST /v1/{proxy+}"]).toMatchObject({
      ThrottlingRateLimit: reportThrottle.ratePerSecond,
      ThrottlingBurstLimit: reportThrottle.burst,
    });
    const routeKeys = ofType(prod, "AWS::ApiGatewayV2::Route").map(
      ([, { Properties }]) => Properties.RouteKey,
    );
    expect(routeKeys).toContain("POST /v1/{proxy+}");
    const logged = Object.values(JSON.parse(stage?.Properties.AccessLogSettings.Format));
    expect(logged).toContain("$context.requestId");
    for (const personal of ["$context.identity.sourceIp", "$context.identity.userAgent", "$context.path"])
      expect(logged).not.toContain(personal);
    const [, api] = ofType(prod, "AWS::ApiGatewayV2::Api")[0] ?? [];
    expect(api?.Properties.CorsConfiguration.AllowOrigins).toEqual(corsOrigins);
  });
});

describe("the edge in front of the API", () => {
  const edge = stageNamed("prod").edge ?? expect.unreachable("production has no edge");
  const [, acl] = ofType(prod, "AWS::WAFv2::WebACL")[0] ?? [];
  const [, distribution] = ofType(prod, "AWS::CloudFront::Distribution")[0] ?? [];
  const { DistributionConfig: config } = distribution?.Properties ?? {};
  const behaviours = [config.DefaultCacheBehavior, ...config.CacheBehaviors];

  test("holds off what one address sends too much of, and says so as the API does", () => {
    const rules = acl?.Properties.Rules.map(({ Name, Statement: { RateBasedStatement: of } }: any) => [
      Name,
      of.Limit,
      of.AggregateKeyType,
      of.ScopeDownStatement?.OrStatement.Statements.map(
        ({ ByteMatchStatement }: any) => ByteMatchStatement.SearchString,
      ),
    ]);
    expect(rules).toEqual([
      ["SentByAddress", edge.sentByAddress, "IP", ["POST", "PUT"]],
      ["RequestsOfAddress", edge.requestsOfAddress, "IP", undefined],
    ]);
    for (const { Action } of acl?.Properties.Rules ?? []) {
      const { ResponseCode, CustomResponseBodyKey } = Action.Block.CustomResponse;
      const body = problem.parse(
        JSON.parse(acl?.Properties.CustomResponseBodies[CustomResponseBodyKey].Content),
      );
      expect([ResponseCode, body.status]).toEqual([429, 429]);
      expect(body.type).toBe("urn:sp4n-lapor:problem:too-many-requests");
    }
  });

  test("keeps no sample and no log of requests, which carry receipts", () => {
    const visible = [acl?.Properties, ...(acl?.Properties.Rules ?? [])].map(
      ({ VisibilityConfig }: any) => VisibilityConfig.SampledRequestsEnabled,
    );
    expect(visible).toEqual([false, false, false]);
    expect(ofType(prod, "AWS::WAFv2::LoggingConfiguration")).toEqual([]);
    expect(config.Logging).toBeUndefined();
  });

  test("is the one of CloudFront, which asks the API over TLS and does not tell it another host", () => {
    expect(config.WebACLId).toEqual({
      "Fn::GetStackOutput": {
        StackName: "sp4n-lapor-prod-edge",
        Region: "us-east-1",
        OutputName: expect.stringContaining("WebAcl"),
      },
    });
    const [origin] = config.Origins;
    expect(origin.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: "https-only",
      OriginSSLProtocols: ["TLSv1.2"],
    });
    // AWS's own policy "AllViewerExceptHostHeader".
    for (const { OriginRequestPolicyId, ViewerProtocolPolicy } of behaviours)
      expect([OriginRequestPolicyId, ViewerProtocolPolicy]).toEqual([
        "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        "https-only",
      ]);
  });

  test("keeps no answer about a case, and no refusal of anything", () => {
    // AWS's own policy "CachingDisabled".
    expect(config.DefaultCacheBehavior.CachePolicyId).toBe("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    for (const { PathPattern } of config.CacheBehaviors) expect(PathPattern).not.toMatch(/cases|\*.*\*/);
    const kept = config.CustomErrorResponses.filter(
      ({ ErrorCachingMinTTL }: any) => ErrorCachingMinTTL !== 0,
    );
    expect([config.CustomErrorResponses.length > 9, kept]).toEqual([true, []]);
  });

  test("tells the API whose request it is, whatever the sender wrote, on every path", () => {
    const [[id, { Properties }] = ["", { Properties: {} as any }]] = ofType(
      prod,
      "AWS::CloudFront::Function",
    );
    for (const { FunctionAssociations } of behaviours)
      expect(FunctionAssociations).toEqual([
        {
          EventType: "viewer-request",
          FunctionARN: { "Fn::GetAtt": [id.split("/")[1], "FunctionARN"] },
        },
      ]);
    const asked = runInNewContext(`${Properties.FunctionCode}; handler(event)`, {
      event: {
        viewer: { ip: "203.0.113.9" },
        request: { headers: { [edgeHeaders.viewer]: { value: "198.51.100.1" } } },
      },
    }) as { headers: unknown };
    expect(asked.headers).toEqual({ [edgeHeaders.viewer]: { value: "203.0.113.9" } });
  });

  test("keeps the lists that everybody reads for each language and each page that asks", () => {
    const [[, policy]] = ofType(prod, "AWS::CloudFront::CachePolicy") as [[string, Resource]];
    const { ParametersInCacheKeyAndForwardedToOrigin: key, MinTTL } = policy.Properties.CachePolicyConfig;
    expect([key.HeadersConfig.Headers, key.QueryStringsConfig.QueryStringBehavior, MinTTL]).toEqual([
      ["Accept-Language", "Origin"],
      "all",
      0,
    ]);
  });

  test("can change its secret without a gap: two count at a time, and the old one can be taken away", () => {
    const { edge: of } = stageNamed("prod");
    if (!of) throw new Error("production has no edge");
    const originSecrets: [string, ...string[]] = ["b", "a"];
    const stage = { ...stageNamed("prod"), edge: { ...of, originSecrets } };
    const { stacks } = buildApp({ stage, outdir: freshOutdir() }).synth();
    const all = stacks.map(({ template }) => JSON.stringify(template));
    // An export that others import could not be taken away.
    for (const one of all) expect(one).not.toMatch(/"Export":\{"Name":"[^"]*OriginSecret/);
    const api = JSON.parse(all[stacks.findIndex(({ stackName }) => stackName.endsWith("-api"))] ?? "{}");
    const [called] = Object.values(api.Resources as Record<string, Resource>).filter(
      ({ Type }) => Type === "AWS::Lambda::Function",
    );
    const told = JSON.stringify(called?.Properties.Environment.Variables.ORIGIN_SECRETS);
    expect(told.match(/resolve:secretsmanager/g)).toHaveLength(2);
    expect(told).toContain("}} {{");
  });

  test("proves itself with a secret that no template holds, to every function behind the API and to no other", () => {
    const [origin] = config.Origins;
    const [{ HeaderName, HeaderValue }] = origin.OriginCustomHeaders;
    expect(HeaderName).toBe(edgeHeaders.secret);
    expect(JSON.stringify(HeaderValue)).toContain("{{resolve:secretsmanager:");
    expect(ofType(prod, "AWS::SecretsManager::Secret").map(([, one]) => one.Properties.SecretString)).toEqual(
      [undefined],
    );
    const told = (resources: [string, Resource][]) =>
      ofType(resources, "AWS::Lambda::Function")
        .filter(([, { Properties }]) => Properties.Environment?.Variables.ORIGIN_SECRETS)
        .map(([id]) => id);
    const behindTheApi = ofType(prod, "AWS::Lambda::Function")
      .map(([id]) => id)
      .filter((id) => id.startsWith("sp4n-lapor-prod-api/"));
    expect(told(prod)).toEqual(behindTheApi);
    expect(told(dev)).toEqual([]);
  });

  test("is not optional where citizens report", () => {
    const { edge: _, ...without } = stageNamed("prod");
    expect(() => buildApp({ stage: without, outdir: freshOutdir() })).toThrow("needs an edge");
  });
});

test("where a stage has pages, the sheets of receipts and the mails lead there", () => {
  const stage = { ...stageNamed("dev"), siteUrl: "https://lapor.example" };
  const assembly = buildApp({ stage, outdir: freshOutdir() }).synth();
  const told = assembly.stacks.flatMap(({ template }) =>
    Object.entries(template.Resources as Record<string, Resource>)
      .filter(([, { Properties }]) => Properties.Environment?.Variables.SITE_URL === stage.siteUrl)
      .map(([id]) => id.replace(/(Function)?[A-F0-9]{8}$/, "")),
  );
  expect(told.sort()).toEqual(["Emails", "Public", "Reporter"]);
});

test("a stage that nobody configured is refused by name", () => {
  expect(() => buildApp({ stage: "elsewhere" })).toThrow(
    'There is no stage "elsewhere"; infra/config.ts has dev, staging, prod.',
  );
});

describe("the AWS Solutions checks", () => {
  const checked = (app: App) => {
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    return () => app.synth();
  };

  test.each(["dev", "prod"])("pass on the stacks of %s", (stage) => {
    expect(checked(buildApp({ stage, outdir: freshOutdir() }))).not.toThrow();
  });

  test("find a topic that takes messages in the clear", () => {
    const app = new App({ outdir: freshOutdir() });
    new Topic(new Stack(app, "careless"), "Topic");
    expect(checked(app)).toThrow("SNS");
  });
});

describe("sign-in", () => {
  const pool = (resources: [string, Resource][]) => ofType(resources, "AWS::Cognito::UserPool")[0]?.[1];

  test("is for officers whom somebody registered, with a second factor that is not a text message", () => {
    for (const resources of [prod, dev]) {
      const properties = pool(resources)?.Properties;
      expect(properties.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
      expect([properties.MfaConfiguration, properties.EnabledMfas]).toEqual(["ON", ["SOFTWARE_TOKEN_MFA"]]);
      expect(properties.UsernameAttributes).toEqual(["email"]);
      expect(properties.UserPoolTier).toBe("ESSENTIALS");
    }
  });

  test("of production outlives its stack, refuses to be deleted, and sends officers back over HTTPS only", () => {
    expect(pool(prod)?.DeletionPolicy).toBe("Retain");
    expect(pool(prod)?.Properties.DeletionProtection).toBe("ACTIVE");
    for (const [, { Properties }] of ofType(prod, "AWS::Cognito::UserPoolClient"))
      for (const url of Properties.CallbackURLs) expect(url).toMatch(/^https:/);
  });

  test("gives pages nothing but a code for a token of an hour, and tells nobody who has an account", () => {
    const [[, client] = [], ...others] = ofType(prod, "AWS::Cognito::UserPoolClient");
    expect(others).toEqual([]);
    expect(client?.Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      AccessTokenValidity: 60,
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: "ENABLED",
    });
    expect(client?.Properties.ExplicitAuthFlows).not.toContain("ALLOW_USER_PASSWORD_AUTH");
  });

  test("can be left to an issuer that is there already: then no user pool is made, and its tokens count", () => {
    const signIn = {
      kind: "issuer",
      issuer: "https://masuk.example/realms/petugas",
      audience: "lapor",
    } as const;
    const stage = { ...stageNamed("dev"), signIn };
    const own = buildApp({ stage, outdir: freshOutdir() })
      .synth()
      .stacks.flatMap(({ template }) => Object.values(template.Resources as Record<string, Resource>));
    expect(own.filter(({ Type }) => Type.startsWith("AWS::Cognito"))).toEqual([]);
    const [authorizer] = own.filter(({ Type }) => Type === "AWS::ApiGatewayV2::Authorizer");
    expect(authorizer?.Properties.JwtConfiguration).toEqual({
      Issuer: signIn.issuer,
      Audience: [signIn.audience],
    });
  });
});

describe("the routes", () => {
  const routes = ofType(prod, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => Properties);

  test("of officers and administrators let nobody through without an access token", () => {
    const guarded = routes.filter(({ RouteKey }) => /\/v1\/(officer|admin)\//.test(RouteKey));
    expect(guarded.length).toBeGreaterThan(2);
    for (const { RouteKey, AuthorizationType, AuthorizationScopes } of guarded)
      expect([RouteKey, AuthorizationType, AuthorizationScopes]).toEqual([RouteKey, "JWT", ["openid"]]);
  });

  test("leave the preflights of browsers to the gateway: one that takes them would ask them for a token", () => {
    for (const { RouteKey } of routes) expect(RouteKey).not.toMatch(/^(ANY|OPTIONS|\$default)/);
  });
});
