// The thread side of functions.ts: one Lambda environment, which answers one event at a time.
import { openSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parentPort, threadId, workerData } from "node:worker_threads";
import { recordCalls } from "./recorder.ts";

export type WorkerData = {
  module: string;
  handler: string;
  functionName: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  logFile: string;
  /** See clock.ts; absent where the function lives in the machine's time. */
  clockAhead?: SharedArrayBuffer;
  /** See recorder.ts; absent where nobody reads what is recorded. */
  recordTo?: string;
};
export type Invocation = { awsRequestId: string; event: string; deadline: number };
export type Answer =
  | { kind: "ready" }
  | { kind: "result"; result: string | undefined }
  | { kind: "failure"; type: string; message: string; stack?: string };

const { module, handler: exported, clockAhead, logFile, recordTo, ...about } = workerData as WorkerData;
const send = (answer: Answer) => parentPort?.postMessage(answer);

// What a thread prints goes to its parent line by line, and wakes it: the log file is nearer.
const log = openSync(logFile, "a");
const write = (text: string | Uint8Array, ...[encoding, written]: unknown[]): boolean => {
  writeSync(log, text as string);
  const then = written ?? encoding;
  if (typeof then === "function") queueMicrotask(() => then());
  return true;
};
process.stdout.write = process.stderr.write = write;

// Whatever the bundle asks Date for is simulated. Timers, time limits and performance.now() stay real.
const { now: machineTime } = Date;
if (clockAhead) {
  const ahead = new BigInt64Array(clockAhead);
  Date.now = () => machineTime() + Number(Atomics.load(ahead, 0));
  globalThis.Date = new Proxy(Date, {
    construct: (real, given, target) => Reflect.construct(real, given.length ? given : [real.now()], target),
  });
}

const recorder = recordTo ? recordCalls(`${recordTo}-${threadId}.jsonl`) : undefined;

const { [exported]: handler } = await import(pathToFileURL(module).href);
if (typeof handler !== "function") throw new Error(`${module} exports no function called ${exported}.`);

const invoke = async ({ awsRequestId, event, deadline }: Invocation): Promise<void> => {
  const context = {
    ...about,
    awsRequestId,
    functionVersion: "$LATEST",
    logGroupName: `/aws/lambda/${about.functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - machineTime()),
  };
  try {
    const result = JSON.stringify(await handler(JSON.parse(event), context));
    recorder?.answered(result);
    send({ kind: "result", result });
  } catch (error) {
    const { name: type, message, stack } = error instanceof Error ? error : new Error(String(error));
    send({ kind: "failure", type, message, stack });
  }
};

parentPort?.on("message", (invocation: Invocation) => void invoke(invocation));
send({ kind: "ready" });
