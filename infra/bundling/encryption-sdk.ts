/**
 * What functions use of the AWS Encryption SDK, with the client of KMS in it: a megabyte. It stands as a file of its own
 * beside the bundle, because inside the bundle every cold start would read it, also of those who never seal anything.
 */
export {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  getClient,
  KMS,
  KmsKeyringNode,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from "@aws-crypto/client-node";
