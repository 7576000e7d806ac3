import {
  CfnOutput,
  CrossStackReferences,
  Duration,
  ReferenceStrength,
  RemovalPolicy,
  Stack,
  type StackProps,
  Validations,
} from "aws-cdk-lib";
import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import type { RestoredTable, Stage } from "./config.ts";
import { AlarmTopic } from "./constructs/alarm.ts";
import { AuditTrail, lockOf } from "./constructs/audit-trail.ts";
import { FarCopies } from "./constructs/far-copies.ts";
import { GuardedKey, letDynamoKeepTable, letUse } from "./constructs/guarded-key.ts";
import { KeyWatch } from "./constructs/key-watch.ts";
import { MalwareScan } from "./constructs/malware-scan.ts";
import { stageRemoval } from "./constructs/stage-removal.ts";

type KeyUser =
  | "public"
  | "reporter"
  | "officer"
  | "evidence"
  | "identity"
  | "administration"
  | "practice"
  | "emails"
  | "feedback"
  | "inspections"
  | "removeExpired";

/** Holds what is kept: one table per aggregate, the buckets and the keys. Holds the topic of alarms too. */
export class DataStack extends Stack {
  /**
   * The functions that use keys run with these roles. The policies of the keys name them, so they are made here and not with
   * their functions.
   */
  readonly roles: Readonly<Record<KeyUser, Role>>;
  readonly cases: ITableV2;
  readonly reporters: ITableV2;
  /** The functions seal identities under this key before the table sees them. */
  readonly identityKey: GuardedKey;
  /** This key hashes a NIK or a telephone number, so that it can be found again. */
  readonly identityHashKey: GuardedKey;
  readonly directory: ITableV2;
  readonly notifications: ITableV2;
  readonly traffic: TableV2;
  /** This key names what the Traffic table counts. Nobody can read it out, so nobody can try networks against the table. */
  readonly trafficKey: GuardedKey;
  /** This key signs the links that stop mails. */
  readonly unsubscribingKey: GuardedKey;
  /** Reports that somebody has begun, each sealed under a key that only its visitor has. */
  readonly drafts: TableV2;
  /** What officers practise, who has finished what, and a copy of the calendar and the limits. Nothing in it is about a real case. */
  readonly practice: TableV2;
  /** The pages derive from this key what seals their cookies and drafts, and what signs their waiting pages. */
  readonly pagesKey: GuardedKey;
  readonly anchors: Bucket;
  /** The files of cases: uploads, sealed originals, and the copies that are given out. */
  readonly attachments: Bucket;
  /** What is made of other data and can be made again: the index of the public search. */
  readonly derived: Bucket;
  /** Holds the events that nobody could publish before the stream forgot them, whole. */
  readonly unpublished: Bucket;
  /** Mails what cannot wait to whoever is on call, and what can to whoever reads the tickets. */
  readonly alarmTopic: AlarmTopic;
  readonly ticketTopic: AlarmTopic;
  /** The edge proves itself with these to the functions behind it, and sends the first. Without an edge there are none. */
  readonly originSecrets: Secret[];
  private readonly inPlaceOf = new Map<TableV2, ITableV2>();

  constructor(scope: Construct, id: string, { stage, ...props }: StackProps & { stage: Stage }) {
    super(scope, id, props);
    const removalPolicy = stageRemoval(stage);
    const kept = {
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Whoever cannot end the stack cannot end a table of it either.
      deletionProtection: props.terminationProtection ?? false,
      removalPolicy,
      encryption: TableEncryptionV2.awsManagedKey(),
    } satisfies Partial<TablePropsV2>;
    const throughDynamo = {
      StringEquals: { "kms:ViaService": `dynamodb.${this.region}.amazonaws.com` },
    };
    const pk = { name: "pk", type: AttributeType.STRING };
    const sk = { name: "sk", type: AttributeType.STRING };

    const role = (id: string) =>
      new Role(this, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.roles = {
      public: role("Public"),
      reporter: role("Reporter"),
      officer: role("Officer"),
      evidence: role("Evidence"),
      identity: role("Identity"),
      administration: role("Administration"),
      practice: role("Practice"),
      emails: role("Emails"),
      feedback: role("Feedback"),
      inspections: role("Inspections"),
      removeExpired: role("RemoveExpired"),
    };

    this.cases = this.orRestored(
      "cases",
      stage,
      new TableV2(this, "Cases", {
        ...kept,
        partitionKey: pk,
        sortKey: sk,
        timeToLiveAttribute: "expiresAt",
        dynamoStream: StreamViewType.NEW_IMAGE,
        globalSecondaryIndexes: [
          // The officers' work queues read here what waits at an agency, by due date. A case that nobody has to act on is
          // not in it.
          {
            indexName: "by-queue",
            partitionKey: { name: "queue", type: AttributeType.STRING },
            sortKey: { name: "queueOrder", type: AttributeType.STRING },
          },
          // The public reads here. A case whose content is hidden is not in it.
          {
            indexName: "by-feed",
            partitionKey: { name: "feed", type: AttributeType.STRING },
            sortKey: { name: "feedOrder", type: AttributeType.STRING },
          },
          // Reports about a kabupaten or kota, by age, with the attributes that tell whether two reports are alike. Moves
          // seldom change those, so they seldom write here.
          {
            indexName: "by-place",
            partitionKey: { name: "place", type: AttributeType.STRING },
            sortKey: { name: "placeOrder", type: AttributeType.STRING },
            projectionType: ProjectionType.INCLUDE,
            nonKeyAttributes: ["category", "location", "words"],
          },
          // Finds the cases that were joined to a case.
          {
            indexName: "by-joined",
            partitionKey: { name: "joinedTo", type: AttributeType.STRING },
            sortKey: { name: "trackingNumber", type: AttributeType.STRING },
            projectionType: ProjectionType.KEYS_ONLY,
          },
          // Finds when the clocks of a case have to be looked at next. A case without a running clock is not in it.
          {
            indexName: "by-check",
            partitionKey: { name: "check", type: AttributeType.STRING },
            sortKey: { name: "nextCheckAt", type: AttributeType.STRING },
            projectionType: ProjectionType.KEYS_ONLY,
          },
          // Finds how long the identity and the files of a case are kept. An open case is not in it, nor is a case that has
          // neither.
          {
            indexName: "by-retention",
            partitionKey: { name: "keep", type: AttributeType.STRING },
            sortKey: { name: "keepUntil", type: AttributeType.STRING },
            projectionType: ProjectionType.KEYS_ONLY,
          },
          // Finds the cases whose last move was on a day, with the hash of that move.
          {
            indexName: "by-move-day",
            partitionKey: { name: "movedOn", type: AttributeType.STRING },
            sortKey: { name: "trackingNumber", type: AttributeType.STRING },
            projectionType: ProjectionType.INCLUDE,
            nonKeyAttributes: ["version", "lastHash"],
          },
        ],
      }),
    );
    this.identityKey = new GuardedKey(this, "IdentityKey", {
      description: "Who reported what: seals every identity before it is stored",
      removalPolicy,
    });
    this.identityHashKey = new GuardedKey(this, "IdentityHashKey", {
      description: "Who reported what: the hashes by which a NIK or a telephone number is found",
      hashes: true,
      removalPolicy,
    });
    const reportersKey = new GuardedKey(this, "ReportersKey", {
      description: "Who reported what: the Reporters table",
      removalPolicy,
    });
    letDynamoKeepTable(reportersKey);
    this.reporters = this.orRestored(
      "reporters",
      stage,
      new TableV2(this, "Reporters", {
        ...kept,
        partitionKey: pk,
        // An address that a reporter gave up is forgotten even if no mail reached it.
        timeToLiveAttribute: "expiresAt",
        // Only reporters who left a NIK or a telephone number are in them.
        globalSecondaryIndexes: [
          {
            indexName: "by-nik",
            partitionKey: { name: "nikHash", type: AttributeType.STRING },
            projectionType: ProjectionType.KEYS_ONLY,
          },
          {
            indexName: "by-phone",
            partitionKey: { name: "phoneHash", type: AttributeType.STRING },
            projectionType: ProjectionType.KEYS_ONLY,
          },
        ],
        encryption: TableEncryptionV2.customerManagedKey(reportersKey),
      }),
    );
    this.directory = this.orRestored(
      "directory",
      stage,
      new TableV2(this, "Directory", {
        ...kept,
        partitionKey: pk,
        sortKey: sk,
        // A request that nobody confirmed is forgotten, and one that ended some time after it. Entries have no such attribute.
        timeToLiveAttribute: "expiresAt",
        globalSecondaryIndexes: [
          {
            indexName: "by-region",
            partitionKey: { name: "servedRegion", type: AttributeType.STRING },
            sortKey: sk,
          },
          // Finds the officers and the agencies right under an agency. The kind of entry is the sort key.
          {
            indexName: "by-agency",
            partitionKey: { name: "under", type: AttributeType.STRING },
            sortKey: pk,
          },
          { indexName: "by-subject", partitionKey: { name: "subject", type: AttributeType.STRING } },
        ],
      }),
    );
    this.notifications = this.orRestored(
      "notifications",
      stage,
      new TableV2(this, "Notifications", {
        ...kept,
        partitionKey: pk,
        sortKey: sk,
        timeToLiveAttribute: "expiresAt",
        globalSecondaryIndexes: [
          // Finds when the notices that wait for a person are due to be mailed. Mailed notices are not in it.
          {
            indexName: "by-flush",
            partitionKey: { name: "flush", type: AttributeType.STRING },
            sortKey: { name: "flushAt", type: AttributeType.STRING },
            projectionType: ProjectionType.KEYS_ONLY,
          },
        ],
      }),
    );

    // Counts for minutes how much comes from which network. It has neither a backup nor a stream: nothing of it is worth
    // restoring, and what has expired has to be gone.
    this.traffic = new TableV2(this, "Traffic", {
      billing: kept.billing,
      encryption: kept.encryption,
      partitionKey: pk,
      timeToLiveAttribute: "expiresAt",
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.traffic).acknowledge({
      id: "AwsSolutions-DDB3",
      reason: "Its items live for minutes and are removed by a job: a copy would keep them.",
    });
    this.trafficKey = new GuardedKey(this, "TrafficKey", {
      description: "Who sent how much: the names in the Traffic table, and challenges",
      hashes: true,
      removalPolicy,
    });

    this.unsubscribingKey = new GuardedKey(this, "UnsubscribingKey", {
      description: "Stops mails by one click: the tokens of the links in mails to reporters",
      hashes: true,
      removalPolicy,
    });

    // Holds for a day what a citizen began to write, and for a week what an officer did. It has neither a backup nor a stream: a
    // copy would outlast them.
    this.drafts = new TableV2(this, "Drafts", {
      billing: kept.billing,
      encryption: kept.encryption,
      partitionKey: pk,
      timeToLiveAttribute: "expiresAt",
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.drafts).acknowledge({
      id: "AwsSolutions-DDB3",
      reason:
        "Its items live for a week at most, and only who wrote them can open them: a copy would keep them.",
    });
    // Holds for a week what somebody practises, and for a year that they finished. Nobody is harmed where that is lost.
    this.practice = new TableV2(this, "Practice", {
      billing: kept.billing,
      encryption: kept.encryption,
      partitionKey: pk,
      sortKey: sk,
      timeToLiveAttribute: "expiresAt",
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.practice).acknowledge({
      id: "AwsSolutions-DDB3",
      reason:
        "Nothing in it is about a real case, and what it tells of people is to be forgotten: a copy would keep it.",
    });
    this.pagesKey = new GuardedKey(this, "PagesKey", {
      description: "What pages hand out: seals of cookies and drafts, and waiting pages",
      hashes: true,
      removalPolicy,
    });

    // Holds the newest hash of every case, day by day. Nobody can overwrite or remove a copy while its lock lasts.
    this.anchors = new Bucket(this, "HistoryAnchors", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: lockOf(stage.anchorLock),
      removalPolicy,
    });
    Validations.of(this.anchors).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Its objects cannot be changed by anybody, and hold hashes only: there is no access worth logging.",
    });

    /** These may send a file by a script, and show how far it is. A form without scripts needs no permission. */
    const sendingPages = [...new Set([...(stage.siteUrl ? [stage.siteUrl] : []), ...stage.corsOrigins])];
    this.attachments = new Bucket(this, "Attachments", {
      encryption: BucketEncryption.KMS,
      encryptionKey: new GuardedKey(this, "AttachmentsKey", {
        description: "Files of cases: the Attachments bucket",
        removalPolicy,
      }),
      bucketKeyEnabled: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [
        {
          // An inspected upload lies in other folders by then. An upload that was not inspected by then never will be.
          prefix: "uploads/",
          expiration: Duration.days(3),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        // A removed file is gone after 35 days, like the tables' own copies of a removed item.
        { noncurrentVersionExpiration: Duration.days(35), expiredObjectDeleteMarker: true },
      ],
      cors: [
        ...(sendingPages.length > 0
          ? [
              {
                allowedMethods: [HttpMethods.POST],
                allowedOrigins: sendingPages,
                allowedHeaders: ["*"],
                maxAge: 3600,
              },
            ]
          : []),
        // A page that follows our redirect to a download has the origin "null". The address itself is the secret.
        { allowedMethods: [HttpMethods.GET], allowedOrigins: ["*"], maxAge: 3600 },
      ],
      removalPolicy,
    });
    // Set on the resource: the construct's property would bring a function in Python along.
    (this.attachments.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    Validations.of(this.attachments).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Every address of a download is signed by a function of ours after a check of its caller, and the opening of an original is an event of its case.",
    });
    if (stage.malwareScan === "guardduty") new MalwareScan(this, "MalwareScan", this.attachments);

    this.derived = new Bucket(this, "Derived", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // Words that a reporter has taken back are in no index after this. The newest is built again every day, changed or not.
      lifecycleRules: [
        {
          prefix: "indexes/",
          expiration: Duration.days(3),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy,
    });
    Validations.of(this.derived).acknowledge({
      id: "AwsSolutions-S1",
      reason: "It holds words that everybody could read when they were stored, and for three days only.",
    });

    this.unpublished = new Bucket(this, "UnpublishedEvents", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // A replay sends no mail twice for as long as marks of mails are kept, which is 90 days. What people wrote stands in it too.
      lifecycleRules: [
        { expiration: Duration.days(60), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy,
    });
    Validations.of(this.unpublished).acknowledge({
      id: "AwsSolutions-S1",
      reason: "Only the poller of the stream writes to it, and each object sets off an alarm.",
    });

    this.alarmTopic = new AlarmTopic(this, "Alarms", stage.alarmAddress);
    this.ticketTopic = new AlarmTopic(this, "Tickets", stage.ticketAddress ?? stage.alarmAddress);
    const keys = this.node.findAll().filter((construct) => construct instanceof GuardedKey);
    new KeyWatch(this, "KeysChanged", { keys, topic: this.alarmTopic });

    this.originSecrets = (stage.edge?.originSecrets ?? []).map((name) => {
      const secret = new Secret(this, `OriginSecret-${name}`, {
        description: "With which CloudFront proves that a request came through it",
        generateSecretString: { passwordLength: 40, excludePunctuation: true },
        removalPolicy: RemovalPolicy.DESTROY,
      });
      // A strong reference would keep an old secret: the stacks that name it are deployed after this one.
      CrossStackReferences.of(secret).produce(ReferenceStrength.WEAK);
      Validations.of(secret).acknowledge({
        id: "AwsSolutions-SMG4",
        reason:
          "A new one has to reach CloudFront and the functions in two deployments; it guards nothing but the counting of floods.",
      });
      return secret;
    });

    if (stage.trail)
      new AuditTrail(this, "Trail", {
        name: `sp4n-lapor-${stage.name}`,
        secret: this.withOwn(this.reporters),
        changed: [...this.withOwn(this.cases), ...this.withOwn(this.directory)],
        called: ["Officer", "Evidence", "Administration", "Identity"].map((one) => `api-${one}`),
        sealed: { bucket: this.attachments, folder: "sealed" },
        lock: stage.anchorLock,
        removalPolicy,
      });
    if (stage.copiesTo !== undefined) {
      const { role } = new FarCopies(this, "FarCopies", {
        tables: [this.cases, this.reporters, this.directory],
        vaultArn: stage.copiesTo,
        topic: this.alarmTopic,
        removalPolicy,
      });
      // Every identity in it is sealed once more, under a key that AWS Backup cannot use.
      letUse(reportersKey, role, ["Decrypt", "GenerateDataKey", "DescribeKey"], throughDynamo);
      role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
          resources: [reportersKey.keyArn],
          conditions: throughDynamo,
        }),
      );
    }

    // Commands of operators find the tables by these.
    new CfnOutput(this, "DirectoryTable", { value: this.directory.tableName });
    new CfnOutput(this, "CasesTable", { value: this.cases.tableName });
    new CfnOutput(this, "ReportersTable", { value: this.reporters.tableName });
  }

  /** The table that is used in place of one of ours: a restored one, or itself. */
  inUse(own: TableV2): ITableV2 {
    return this.inPlaceOf.get(own) ?? own;
  }

  /** A table in use, and our own one that it takes the place of: what is in that is as secret as before. */
  private withOwn(used: ITableV2): ITableV2[] {
    const own = [...this.inPlaceOf].find(([, one]) => one === used);
    return own ? [used, own[0]] : [used];
  }

  /** Our own table stays in the stack, and other stacks may still import its names while this one is updated. */
  private orRestored(of: RestoredTable, { restored }: Stage, own: TableV2): ITableV2 {
    const found = restored?.[of];
    if (!found) return own;
    this.exportValue(own.tableName);
    this.exportValue(own.tableArn);
    // The others have no stream, and CloudFormation refuses to read the ARN of one that is not there.
    if (of === "cases") this.exportValue(own.tableStreamArn);
    const { name: tableName, streamArn } = found;
    const used = TableV2.fromTableAttributes(this, `Restored-${of}`, {
      tableName,
      ...(streamArn !== undefined && { tableStreamArn: streamArn }),
      // A restore keeps the key.
      ...(own.encryptionKey && { encryptionKey: own.encryptionKey }),
    });
    this.inPlaceOf.set(own, used);
    return used;
  }
}
