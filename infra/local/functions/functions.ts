import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Answer, Invocation, WorkerData } from "./function-worker.ts";

export type LocalFunction = {
  arn: string;
  /**
   * Runs the handler; rejects when it throws, crashes or takes too long, as the function's log tells too. With `patience` it rejects with
   * NoneFree where no environment was free for so many milliseconds.
   */
  invoke(event: unknown, options?: { patience?: number }): Promise<unknown>;
  /** Ends its threads, and what they are doing. */
  stop(): Promise<void>;
};

export type FunctionSettings = {
  name: string;
  arn: string;
  /** The bundle's file and the name that it exports. */
  module: string;
  handler: string;
  memoryMegabytes: number;
  timeoutSeconds: number;
  /** All that the function sees of the environment. */
  environment: Record<string, string>;
  /** See clock.ts. */
  clockAhead?: SharedArrayBuffer;
  logFile: string;
};

/** An environment is one thread; it serves one event at a time, as on AWS. */
type Environment = {
  isAlive(): boolean;
  run(event: unknown): Promise<unknown>;
  end(): Promise<unknown>;
};

const maximumEnvironments = 4;

/** No environment was free in time, and nothing was done. */
export class NoneFree extends Error {
  constructor() {
    super("No environment was free in time.");
    this.name = "NoneFree";
  }
}
/** Tests have the calls of functions noted in a folder. */
const recordedIn = process.env.RECORD_CALLS;

/** Starts a function: environments are opened when events come, kept, and at most four. */
export const startFunction = (settings: FunctionSettings): LocalFunction => {
  const log = createWriteStream(settings.logFile, { flags: "a" });
  const environments = new Set<Environment>();
  const idle: Environment[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let stopped = false;

  const write = (chunk: Buffer | string) => {
    if (!log.writableEnded) log.write(chunk);
  };

  const open = async (): Promise<Environment> => {
    const environment = await openEnvironment(settings, write);
    environments.add(environment);
    if (stopped) await environment.end();
    return environment;
  };

  const turn = (patience: number | undefined) =>
    new Promise<void>((comes, refuse) => {
      const giveUp = () => {
        waiting.splice(waiting.indexOf(begin), 1);
        refuse(new NoneFree());
      };
      const timer = patience === undefined ? undefined : setTimeout(giveUp, patience);
      const begin = () => {
        clearTimeout(timer);
        comes();
      };
      waiting.push(begin);
    });

  const invoke: LocalFunction["invoke"] = async (event, { patience } = {}) => {
    if (busy === maximumEnvironments) await turn(patience);
    else busy++;
    try {
      if (stopped) throw new Error("The local system is stopping.");
      let environment = idle.pop();
      while (environment && !environment.isAlive()) environment = idle.pop();
      environment ??= await open();
      try {
        return await environment.run(event);
      } finally {
        if (environment.isAlive()) idle.push(environment);
        else environments.delete(environment);
      }
    } catch (error) {
      if (!stopped) write(failureLine(error as Error));
      throw error;
    } finally {
      // Whoever waits has the next turn; with nobody waiting there is one environment less at work.
      const next = waiting.shift();
      if (next) next();
      else busy--;
    }
  };

  const stop = async () => {
    stopped = true;
    await Promise.all([...environments].map((environment) => environment.end()));
    await new Promise<void>((closed) => log.end(closed));
  };

  return { arn: settings.arn, invoke, stop };
};

const failureLine = ({ name, message, stack }: Error): string =>
  `${JSON.stringify({ level: "ERROR", timestamp: new Date().toISOString(), message: "Invocation failed", error: { name, message, stack } })}\n`;

/** An error of the function, of which our own stack tells nothing. */
const withoutStack = (message: string): Error => Object.assign(new Error(message), { stack: undefined });

const openEnvironment = async (
  settings: FunctionSettings,
  write: (chunk: Buffer | string) => void,
): Promise<Environment> => {
  const workerData: WorkerData = {
    module: settings.module,
    handler: settings.handler,
    functionName: settings.name,
    invokedFunctionArn: settings.arn,
    memoryLimitInMB: String(settings.memoryMegabytes),
    logFile: settings.logFile,
    clockAhead: settings.clockAhead,
    ...(recordedIn && { recordTo: join(recordedIn, `${settings.name}-${process.pid}`) }),
  };
  const worker = new Worker(new URL("./function-worker.ts", import.meta.url), {
    workerData,
    env: settings.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  worker.stdout.on("data", write);
  worker.stderr.on("data", write);

  let alive = true;
  let running = true;
  let pending = Promise.withResolvers<unknown>();
  const fail = (error: Error) => {
    alive = false;
    pending.reject(error);
  };
  worker.on("error", (thrown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (!running) write(failureLine(error)); // between two events: nobody else would tell
    fail(error);
  });
  worker.on("exit", (code) => fail(withoutStack(`The function ended its own process (exit code ${code}).`)));
  worker.on("message", (answer: Answer) => {
    if (answer.kind === "failure") {
      const { type: name, message, stack } = answer;
      pending.reject(Object.assign(new Error(message), { name, stack }));
    } else pending.resolve(answer.kind === "result" && answer.result ? JSON.parse(answer.result) : undefined);
  });
  await pending.promise; // ready
  running = false;

  const run = async (event: unknown): Promise<unknown> => {
    pending = Promise.withResolvers();
    running = true;
    const milliseconds = settings.timeoutSeconds * 1000;
    const timeout = setTimeout(() => {
      fail(withoutStack(`Task timed out after ${settings.timeoutSeconds.toFixed(2)} seconds`));
      void worker.terminate();
    }, milliseconds);
    const invocation: Invocation = {
      awsRequestId: randomUUID(),
      event: JSON.stringify(event),
      deadline: Date.now() + milliseconds,
    };
    worker.postMessage(invocation);
    try {
      return await pending.promise;
    } finally {
      clearTimeout(timeout);
      running = false;
    }
  };
  return { isAlive: () => alive, run, end: () => worker.terminate() };
};
