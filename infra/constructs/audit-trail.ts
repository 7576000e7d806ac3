import { ArnFormat, Duration, type RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { CfnTrail } from "aws-cdk-lib/aws-cloudtrail";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

interface Trailed {
  /** `sp4n-lapor-<stage>` */
  name: string;
  /** Each call that reads or writes them is told. */
  secret: readonly ITableV2[];
  /** Each call that writes them is told. Reading them is what functions do all day, so only a read by somebody else is. */
  changed: readonly ITableV2[];
  /** Each call of these functions is told, by the beginnings of their names: the gateway's, and one that goes around it. */
  called: readonly string[];
  /** What lies in this folder of the bucket: each call is told. */
  sealed: { bucket: IBucket; folder: string };
  /** Nobody removes a file of the trail for so long, within the year that it is kept. */
  lock: { mode: "governance" | "compliance"; days: number };
  removalPolicy: RemovalPolicy;
}

/** The trail is kept for so long. */
const kept = Duration.days(365);

/** The lock of objects that nobody may remove for a time. With "compliance" even the account's owner cannot. */
export const lockOf = ({ mode, days }: Trailed["lock"]): ObjectLockRetention =>
  mode === "compliance"
    ? ObjectLockRetention.compliance(Duration.days(days))
    : ObjectLockRetention.governance(Duration.days(days));

/**
 * Tells for a year who called what in the account: everything that changes it, in all regions, and the calls on what is worth stealing or
 * forging, whoever makes them. A key, which is a tracking number, is named; what an item holds is not.
 */
export class AuditTrail extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { name, secret, changed, called, sealed, lock, removalPolicy }: Trailed,
  ) {
    super(scope, id);
    const bucket = new Bucket(this, "Bucket", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: lockOf({ ...lock, days: Math.min(lock.days, kept.toDays()) }),
      lifecycleRules: [
        {
          expiration: kept,
          noncurrentVersionExpiration: Duration.days(35),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy,
    });
    Validations.of(bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "It is the log itself. A lock keeps its files, and CloudTrail signs them, so one that was changed is found.",
    });
    const stack = Stack.of(this);
    const principals = [new ServicePrincipal("cloudtrail.amazonaws.com")];
    const arn = stack.formatArn({ service: "cloudtrail", resource: "trail", resourceName: name });
    const ofTrail = { "aws:SourceArn": arn };
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ["s3:GetBucketAcl"],
        resources: [bucket.bucketArn],
        conditions: { StringEquals: ofTrail },
      }),
    );
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ["s3:PutObject"],
        resources: [bucket.arnForObjects(`AWSLogs/${stack.account}/*`)],
        conditions: { StringEquals: { ...ofTrail, "s3:x-amz-acl": "bucket-owner-full-control" } },
      }),
    );
    const selector = (
      of: string,
      type: string,
      field: Pick<CfnTrail.AdvancedFieldSelectorProperty, "equalTo" | "startsWith">,
      ...more: CfnTrail.AdvancedFieldSelectorProperty[]
    ): CfnTrail.AdvancedEventSelectorProperty => ({
      name: of,
      fieldSelectors: [
        { field: "eventCategory", equalTo: ["Data"] },
        { field: "resources.type", equalTo: [type] },
        { field: "resources.ARN", ...field },
        ...more,
      ],
    });
    const arns = (tables: readonly ITableV2[]) => ({ equalTo: tables.map(({ tableArn }) => tableArn) });
    const trail = new CfnTrail(this, "Trail", {
      trailName: name,
      s3BucketName: bucket.bucketName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      advancedEventSelectors: [
        {
          name: "What changes the account",
          fieldSelectors: [{ field: "eventCategory", equalTo: ["Management"] }],
        },
        selector("Who reported", "AWS::DynamoDB::Table", arns(secret)),
        selector("Changes of cases and of who may do what", "AWS::DynamoDB::Table", arns(changed), {
          field: "readOnly",
          equalTo: ["false"],
        }),
        selector(
          "Cases that others than our functions read",
          "AWS::DynamoDB::Table",
          arns(changed),
          { field: "readOnly", equalTo: ["true"] },
          {
            field: "userIdentity.arn",
            notStartsWith: [
              stack.formatArn({
                service: "sts",
                region: "",
                resource: "assumed-role",
                resourceName: `${name}-`,
              }),
            ],
          },
        ),
        selector("Functions that believe who the gateway says is asking", "AWS::Lambda::Function", {
          startsWith: called.map((begins) =>
            stack.formatArn({
              service: "lambda",
              resource: "function",
              resourceName: `${name}-${begins}`,
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          ),
        }),
        selector("Sealed files", "AWS::S3::Object", {
          startsWith: [sealed.bucket.arnForObjects(`${sealed.folder}/`)],
        }),
      ],
    });
    trail.node.addDependency(bucket);
  }
}
