import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { bundledCode } from "../bundling/bundles.ts";
import { alarmWhenAbove } from "./alarm.ts";
import { type KeyAction, letUse } from "./guarded-key.ts";
import { stageNameOf } from "./own-metric.ts";
import { acknowledgeWildcard } from "./wildcard.ts";

export interface NodeFunctionProps {
  /** The file whose `handler` runs, as a path from the top of the project. */
  entry: string;
  /** What people notice while it fails. The alarm says this sentence. */
  impact: string;
  /** The heading in docs/runbook.md, as its anchor. */
  runbook: string;
  alarmTopic: ITopic;
  timeout?: Duration;
  memorySize?: number;
  environment?: Record<string, string>;
  /** So many of it run at a time, and nobody else of the account takes these. */
  concurrency?: number | undefined;
  /** Whether it uses a key of KMS: then the Encryption SDK stands beside its bundle, with the client of KMS. */
  encrypts?: boolean;
  /** A role of the stack that holds the keys. A function that uses a key needs one: the key's policy names it. */
  keyRole?: Role;
  /** Packages that cannot be bundled, and those that they need. They lie beside the bundle as they are. */
  unbundled?: string[];
  /** Whether the static files of the pages lie beside its bundle. */
  staticFiles?: boolean;
}

type FileAction =
  | "GetObject"
  | "GetObjectVersion"
  | "GetObjectTagging"
  | "GetObjectVersionTagging"
  | "PutObject"
  | "DeleteObject";
type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "Scan"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "ConditionCheckItem";

/** A Lambda with the defaults that nobody may forget: a log of one year, tracing, an alarm that says what people notice. */
export class NodeFunction extends LambdaFunction {
  /** The file that it runs. Templates don't tell it. */
  readonly entry: string;
  /** What people notice while it fails, and what to do then. */
  readonly impact: string;
  readonly runbook: string;
  /** The alarm that rings when it fails outright. */
  readonly failing: Alarm;
  private readonly keyRole: Role | undefined;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // The managed policy would let the function write to every log of the account, so it has none.
    // What the function may do is said where the function is, also where its role is made elsewhere.
    const role = props.keyRole
      ? Role.fromRoleName(scope, `${id}Role`, props.keyRole.roleName)
      : new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    super(scope, id, {
      code: bundledCode(props.entry, {
        encryptionSdk: props.encrypts ?? false,
        packages: props.unbundled ?? [],
        staticFiles: props.staticFiles ?? false,
      }),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      timeout: props.timeout ?? Duration.seconds(10),
      memorySize: props.memorySize ?? 512,
      environment: { STAGE: stageNameOf(scope), ...props.environment },
      ...(props.concurrency !== undefined && { reservedConcurrentExecutions: props.concurrency }),
    });
    this.entry = props.entry;
    this.impact = props.impact;
    this.runbook = props.runbook;
    this.keyRole = props.keyRole;

    this.failing = alarmWhenAbove(this, "Errors", {
      metric: this.metricErrors({ period: Duration.minutes(10) }),
      // Whatever calls it tries again after a single failure: Lambda itself, the message queue, the stream, or a person.
      threshold: 1,
      impact: props.impact,
      runbook: props.runbook,
      topic: props.alarmTopic,
    });

    acknowledgeWildcard(
      role,
      "*",
      "X-Ray has no resources to name: PutTraceSegments and PutTelemetryRecords work on * only.",
    );
  }

  /** Lets the function do exactly these things with the table, and tells it the table's name. */
  uses(table: ITableV2, variable: string, ...actions: TableAction[]): this {
    this.addEnvironment(variable, table.tableName);
    if (actions.length > 0)
      this.addToRolePolicy(
        new PolicyStatement({
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [table.tableArn],
        }),
      );
    if (table.encryptionKey)
      this.mayUse(
        table.encryptionKey,
        ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey"],
        this.via("dynamodb"),
      );
    return this;
  }

  /** Lets the function read these attributes of an item, and no others. */
  reads(table: ITableV2, ...attributes: string[]): this {
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ["dynamodb:GetItem"],
        resources: [table.tableArn],
        conditions: {
          "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", ...attributes] },
          StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
        },
      }),
    );
    return this;
  }

  /** Lets the function change these attributes of an item without seeing any, and tells it the table's name. */
  changes(table: ITableV2, variable: string, ...attributes: string[]): this {
    this.uses(table, variable);
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ["dynamodb:UpdateItem"],
        resources: [table.tableArn],
        conditions: {
          "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", ...attributes] },
          StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" },
        },
      }),
    );
    return this;
  }

  /** Lets the function read what lies under one partition key, and nothing else of the table. */
  readsUnder(key: string, table: ITableV2, variable: string, ...actions: ("GetItem" | "Query")[]): this {
    this.addEnvironment(variable, table.tableName);
    this.addToRolePolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [table.tableArn],
        conditions: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [key] } },
      }),
    );
    return this;
  }

  /** Lets the function do exactly these things with what lies under partition keys with this front, and tells it the table's name. */
  usesUnder(front: string, table: ITableV2, variable: string, ...actions: TableAction[]): this {
    this.addEnvironment(variable, table.tableName);
    this.addToRolePolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [table.tableArn],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${front}*`] } },
      }),
    );
    return this;
  }

  /** Lets the function do exactly these things with what lies in one folder of the bucket, and tells it the bucket's name. */
  files(
    bucket: Bucket,
    variable: string,
    folder: string,
    actions: FileAction[],
    conditions?: Record<string, Record<string, string>>,
  ): this {
    this.addEnvironment(variable, bucket.bucketName);
    const objects = bucket.arnForObjects(`${folder}/*`);
    this.addToRolePolicy(
      new PolicyStatement({
        actions: actions.map((action) => `s3:${action}`),
        resources: [objects],
        ...(conditions && { conditions }),
      }),
    );
    const ofKey: KeyAction[] = [
      ...(actions.includes("GetObject") ? (["Decrypt"] as const) : []),
      ...(actions.includes("PutObject") ? (["GenerateDataKey"] as const) : []),
    ];
    if (bucket.encryptionKey && ofKey.length > 0) this.mayUse(bucket.encryptionKey, ofKey, this.via("s3"));
    if (this.role)
      acknowledgeWildcard(
        this.role,
        objects,
        `The names of objects under ${folder}/ hold ids or days. The function may touch no other folder.`,
      );
    return this;
  }

  /** Lets the function list what lies in folders of the bucket. */
  lists(bucket: Bucket, ...folders: string[]): this {
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ["s3:ListBucket"],
        resources: [bucket.bucketArn],
        conditions: { StringLike: { "s3:prefix": folders.map((folder) => `${folder}/*`) } },
      }),
    );
    return this;
  }

  /** Lets the function query an index of the table. */
  queries(table: ITableV2, index: string): this {
    this.addToRolePolicy(
      new PolicyStatement({ actions: ["dynamodb:Query"], resources: [`${table.tableArn}/index/${index}`] }),
    );
    return this;
  }

  /** Lets the function hash with the key, and tells it the key. */
  hashes(key: IKey, variable: string): this {
    this.addEnvironment(variable, key.keyArn);
    return this.mayUse(key, ["GenerateMac"]);
  }

  /** Lets the function seal what serves these purposes under the key, and tells it the key. */
  seals(key: IKey, variable: string, ...purposes: string[]): this {
    this.addEnvironment(variable, key.keyArn);
    return this.mayUse(key, ["GenerateDataKey"], forPurposes(purposes));
  }

  /** Lets the function open what was sealed under the key for these purposes, and tells it the key. */
  opens(key: IKey, variable: string, ...purposes: string[]): this {
    this.addEnvironment(variable, key.keyArn);
    return this.mayUse(key, ["Decrypt"], forPurposes(purposes));
  }

  /** Lets the function put messages on the queue, and tells it the queue's address. */
  sendsTo(queue: IQueue, variable: string): this {
    this.addEnvironment(variable, queue.queueUrl);
    this.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }));
    return this;
  }

  /** Lets the function use the key in exactly this way. Its role says so, and so does the key's own policy. */
  private mayUse(
    key: IKey,
    actions: readonly KeyAction[],
    conditions?: Record<string, Record<string, string | string[]>>,
  ): this {
    if (!this.keyRole)
      throw new Error(`${this.node.path} uses a key, and needs a keyRole that the key's policy can name.`);
    letUse(key, this.keyRole, actions, conditions);
    this.addToRolePolicy(
      new PolicyStatement({
        actions: actions.map((action) => `kms:${action}`),
        resources: [key.keyArn],
        ...(conditions && { conditions }),
      }),
    );
    return this;
  }

  /** The condition that a key is used by way of this service only. */
  private via(service: "dynamodb" | "s3") {
    return { StringEquals: { "kms:ViaService": `${service}.${Stack.of(this).region}.amazonaws.com` } };
  }
}

/** Every seal names its case and its purpose in the clear (shared/reporter/reporter-store.ts). */
const forPurposes = (purposes: string[]) => ({
  StringEquals: { "kms:EncryptionContext:purpose": purposes },
  Null: { "kms:EncryptionContext:trackingNumber": "false" },
});
