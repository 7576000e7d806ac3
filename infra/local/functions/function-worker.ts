// The thread side of functions.ts: one Lambda environment, which answers one event at a time.
import { openSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

export type WorkerData = {
  module: string;
  handler: string;
  functionName: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  logFile: string;
  /** See clock.ts; absent where the function lives in the machine's time. */
  clockAhead?: SharedArrayBuffer;
};
export type Invocation = { awsRequestId: string; event: string; deadline: number };
export type Answer =
  | { kind: "ready" }
  | { kind: "result"; result: string | undefined }
  | { kind: "failure"; type: string; message: string; stack?: string };

const { module, handler: exported, clockAhead, logFile, ...about } = workerData as WorkerData;
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
    send({ kind: "result", result: JSON.stringify(await handler(JSON.parse(event), context)) });
  } catch (error) {
    const { name: type, message, stack } = error instanceof Error ? error : new Error(String(error));
    send({ kind: "failure", type, message, stack });
  }
};

parentPort?.on("message", (invocation: Invocation) => void invoke(invocation));
send({ kind: "ready" });
