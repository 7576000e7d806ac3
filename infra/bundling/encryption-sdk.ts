/**
 * The part of the AWS Encryption SDK that functions use, with its client of KMS. It is a megabyte and stands beside the bundle as
 * a file of its own. Inside the bundle every cold start would read it, even if nothing is sealed.
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
