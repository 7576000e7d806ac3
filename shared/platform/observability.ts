import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { settings, text } from "./settings.ts";

/** The log holds ids and measures only. It holds no bodies, no headers and no personal data. */
export const logger = new Logger({ serviceName: "sp4n-lapor" });

/**
 * Stages may share an account, so what is counted carries the stage. Every function is told it (infra/constructs/node-function.ts). A
 * command on an operator's machine has neither, and counts nothing that an alarm watches.
 */
const { STAGE: stage } = settings({ STAGE: text.optional() });

export const metrics = new Metrics({
  namespace: "Sp4nLapor",
  serviceName: "sp4n-lapor",
  ...(stage && { defaultDimensions: { stage } }),
});

/** What is counted of each function by itself: messages, records or requests that failed. Lambda counts no error where code answers. */
type OfFunction = "FailedItem" | "RequestFailed";

/** Counts something of the function that runs. */
export function countOfFunction(name: OfFunction, count: number): void {
  if (count === 0) return;
  const { AWS_LAMBDA_FUNCTION_NAME: functionName = "none" } = settings({
    AWS_LAMBDA_FUNCTION_NAME: text.optional(),
  });
  const one = metrics.singleMetric();
  one.addDimension("function", functionName);
  one.addMetric(name, "Count", count);
}

/** Writes out what was counted since the last time. Writes nothing if nothing was counted. */
export const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/**
 * Tells the log the kind of an error and where it arose. The error's message stays out, because it may quote what a
 * person wrote.
 */
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
