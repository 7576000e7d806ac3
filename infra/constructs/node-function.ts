import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
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
import { alarmWhenAny } from "./alarm.ts";
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
  /** Whether it uses a key of KMS: then the Encryption SDK stands beside its bundle, with the client of KMS. */
  encrypts?: boolean;
  /** Packages that cannot be bundled, and those that they need. They lie beside the bundle as they are. */
  unbundled?: string[];
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
type KeyAction = "GenerateDataKey" | "Decrypt" | "GenerateMac";

/** A Lambda with the defaults that nobody may forget: a log of one year, tracing, an alarm that says what people notice. */
export class NodeFunction extends LambdaFunction {
  /** The file that it runs. Templates don't tell it. */
  readonly entry: string;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // The managed policy would let the function write to every log of the account, so it has none.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    super(scope, id, {
      code: bundledCode(props.entry, {
        encryptionSdk: props.encrypts ?? false,
        packages: props.unbundled ?? [],
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
      environment: props.environment ?? {},
    });
    this.entry = props.entry;

    alarmWhenAny(this, "Errors", {
      metric: this.metricErrors({ period: Duration.minutes(5) }),
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
  uses(table: TableV2, variable: string, ...actions: TableAction[]): this {
    this.addEnvironment(variable, table.tableName);
    if (actions.length > 0)
      this.addToRolePolicy(
        new PolicyStatement({
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [table.tableArn],
        }),
      );
    if (table.encryptionKey) this.usesThroughDynamo(table.encryptionKey);
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
    const ofKey = [
      ...(actions.includes("GetObject") ? ["kms:Decrypt"] : []),
      ...(actions.includes("PutObject") ? ["kms:GenerateDataKey"] : []),
    ];
    if (bucket.encryptionKey && ofKey.length > 0)
      this.addToRolePolicy(
        new PolicyStatement({
          actions: ofKey,
          resources: [bucket.encryptionKey.keyArn],
          conditions: { StringEquals: { "kms:ViaService": `s3.${Stack.of(this).region}.amazonaws.com` } },
        }),
      );
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
  queries(table: TableV2, index: string): this {
    this.addToRolePolicy(
      new PolicyStatement({ actions: ["dynamodb:Query"], resources: [`${table.tableArn}/index/${index}`] }),
    );
    return this;
  }

  /** Lets the function do exactly these things with the key itself, and tells it the key. */
  usesKey(key: IKey, variable: string, ...actions: KeyAction[]): this {
    this.addEnvironment(variable, key.keyArn);
    this.addToRolePolicy(
      new PolicyStatement({ actions: actions.map((action) => `kms:${action}`), resources: [key.keyArn] }),
    );
    return this;
  }

  /** Lets the function put messages on the queue, and tells it the queue's address. */
  sendsTo(queue: IQueue, variable: string): this {
    this.addEnvironment(variable, queue.queueUrl);
    this.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }));
    return this;
  }

  /** Lets the function use the key of a table by way of DynamoDB only. */
  private usesThroughDynamo(key: IKey): void {
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
        resources: [key.keyArn],
        conditions: { StringEquals: { "kms:ViaService": `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
      }),
    );
  }
}
