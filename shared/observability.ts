import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";

/** Logs hold ids and measures only: no bodies, no headers, no personal data. */
export const logger = new Logger({ serviceName: "sp4n-lapor" });

export const metrics = new Metrics({ namespace: "Sp4nLapor", serviceName: "sp4n-lapor" });

/** Writes out what was counted since the last time; without anything to tell it stays silent. */
export const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** What the log may know of an error: its kind and where it arose, not its message, which may quote what a person wrote. */
export const errorForLog = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  const requestId = (error as { $metadata?: { requestId?: string } }).$metadata?.requestId;
  return {
    name: error.name,
    where: frames.slice(0, 8).map((frame) => frame.trim()),
    ...(requestId && { awsRequestId: requestId }),
    ...(error.cause !== undefined && { cause: errorForLog(error.cause) }),
  };
};
