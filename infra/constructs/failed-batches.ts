import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type {
  DlqDestinationConfig,
  IEventSourceDlq,
  IEventSourceMapping,
  IFunction,
} from "aws-cdk-lib/aws-lambda";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { acknowledgeWildcard } from "./wildcard.ts";

/** The folder in which Lambda itself writes what it gave up. */
const folder = "aws/lambda/";

/**
 * Keeps in a bucket, whole, what a function could not work on. The library's own destination lets the function read and remove
 * what lies there too.
 */
export class FailedBatches implements IEventSourceDlq {
  private readonly bucket: IBucket;

  constructor(bucket: IBucket) {
    this.bucket = bucket;
  }

  bind(_mapping: IEventSourceMapping, target: IFunction): DlqDestinationConfig {
    const objects = this.bucket.arnForObjects(`${folder}*`);
    target.addToRolePolicy(new PolicyStatement({ actions: ["s3:PutObject"], resources: [objects] }));
    target.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:ListBucket"], resources: [this.bucket.bucketArn] }),
    );
    if (target.role)
      acknowledgeWildcard(
        target.role,
        objects,
        "Lambda names the objects itself. The function may only write, and nowhere else in the bucket.",
      );
    return { destination: this.bucket.bucketArn };
  }
}
