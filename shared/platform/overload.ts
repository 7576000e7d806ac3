import { Refusal } from "../refusal.ts";

/** How DynamoDB, S3, SQS and KMS say that they are asked too much at once. */
const busyNames = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "SlowDown",
  "ThrottlingException",
  "TooManyRequestsException",
]);

/** The same in the reasons of a transaction. */
const busyReasons = new Set(["ProvisionedThroughputExceeded", "ThrottlingError"]);

/** Whether a service did not do what it was asked because it is asked too much. Later it will. */
export function isOverload(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (busyNames.has(error.name)) return true;
  const { CancellationReasons: reasons } = error as { CancellationReasons?: readonly { Code?: string }[] };
  return reasons?.some(({ Code }) => Code !== undefined && busyReasons.has(Code)) ?? false;
}

/** Said of what may have been done in part, so it does not say that nothing was stored. */
export const tooBusy = (): Refusal =>
  new Refusal("unavailable", {
    id: "Sistem sedang sangat sibuk. Coba lagi sebentar lagi, persis seperti tadi.",
    en: "The system is very busy. Try again shortly, just as before.",
  });
