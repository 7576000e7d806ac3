import { S3Client } from "@aws-sdk/client-s3";

/** Makes the S3 client of a Lambda. Its waits are bounded. */
export const storageClient = (): S3Client =>
  new S3Client({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
