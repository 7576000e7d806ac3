import { CustomResource, Duration, Stack, type StackProps, Validations } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { staticFiles } from "./bundling/static-files.ts";
import type { Stage } from "./config.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { stageRemoval } from "./constructs/stage-removal.ts";
import type { DataStack } from "./data-stack.ts";

/**
 * The static files of the pages. They are stored before the functions are deployed whose pages name them, so this is a stack of its
 * own.
 */
export class StaticStack extends Stack {
  readonly files: Bucket;

  constructor(
    scope: Construct,
    id: string,
    { stage, data, ...props }: StackProps & { stage: Stage; data: DataStack },
  ) {
    super(scope, id, props);

    this.files = new Bucket(this, "Files", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: stageRemoval(stage),
    });
    Validations.of(this.files).acknowledge({
      id: "AwsSolutions-S1",
      reason: "Everybody may read these files. A log would hold who looked at which page.",
    });
    // The site's distribution is deployed later than its pages, so the policy cannot name it. The files are no secret.
    const distributions = this.formatArn({
      service: "cloudfront",
      region: "",
      resource: "distribution",
      resourceName: "*",
    });
    this.files.addToResourcePolicy(
      new PolicyStatement({
        sid: "CloudFrontReads",
        principals: [new ServicePrincipal("cloudfront.amazonaws.com")],
        actions: ["s3:GetObject"],
        resources: [this.files.arnForObjects("*")],
        conditions: { ArnLike: { "aws:SourceArn": distributions } },
      }),
    );

    const storing = new NodeFunction(this, "StoreFiles", {
      concurrency: stage.concurrency?.jobs,
      entry: "functions/jobs/store-static-files.ts",
      impact: "A deployment cannot store the look and the scripts of its pages, and does not go on.",
      runbook: "store-static-files",
      alarmTopic: data.alarmTopic,
      timeout: Duration.minutes(1),
      staticFiles: true,
    }).files(this.files, "STATIC_FILES_BUCKET", "aset", ["PutObject"]);
    storing.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:PutObject"], resources: [this.files.arnForObjects("sw.js")] }),
    );
    const stored = new CustomResource(this, "Stored", {
      resourceType: "Custom::StaticFiles",
      serviceToken: storing.functionArn,
      // CloudFormation asks again when this changes.
      properties: { version: staticFiles().version },
      serviceTimeout: Duration.minutes(5),
    });
    // The function may write before it is asked to.
    if (storing.role) stored.node.addDependency(storing.role);
  }
}
