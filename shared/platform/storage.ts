import { S3Client } from "@aws-sdk/client-s3";
import { type Patience, patience, patientClient } from "./patience.ts";

/** Makes the S3 client of a Lambda. Its waits are bounded. A job says that it has the patience for whole files. */
export const storageClient = (bounds: Patience = patience.files): S3Client =>
  new S3Client(patientClient(bounds));
