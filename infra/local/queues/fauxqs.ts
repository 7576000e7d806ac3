import { Worker } from "node:worker_threads";
import type { Emulator } from "../start/emulator.ts";
import { StartFailure } from "../start/start-failure.ts";
import type { BucketCors } from "./bucket-cors.ts";
import type { QueuesData, QueuesNews, QueuesOrder } from "./fauxqs-worker.ts";

/**
 * Starts fauxqs, which is both SQS and S3, in a thread of its own. What it holds survives in `dataDir`. It tells of every new
 * object in a bucket, and is told which pages may ask it.
 */
export const startQueues = async (options: {
  dataDir: string;
  port?: number;
  onObject?: (bucket: string, key: string) => void;
  onUnexpectedEnd?: (why: string) => void;
}): Promise<Emulator & { letPagesIn(cors: BucketCors): void }> => {
  const { dataDir, port = 0 } = options;
  const workerData: QueuesData = { dataDir, port };
  const worker = new Worker(new URL("./fauxqs-worker.ts", import.meta.url), { workerData, execArgv: [] });
  const started = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<void>();
  let stopping = false;
  let why = "";
  worker.on("message", (news: QueuesNews) => {
    if (news.kind === "listening") started.resolve(news.port);
    else if (news.kind === "failure") started.reject(new StartFailure(explained(news, port)));
    else options.onObject?.(news.bucket, news.key);
  });
  worker.on("error", (error) => (why = String(error)));
  worker.on("exit", () => {
    started.reject(new StartFailure(`fauxqs ended at once. ${why}`));
    if (!stopping) options.onUnexpectedEnd?.(`fauxqs has ended. ${why}`);
    ended.resolve();
  });
  const listening = await started.promise.catch(async (error) => {
    stopping = true;
    await worker.terminate();
    throw error;
  });
  const order = (what: QueuesOrder) => worker.postMessage(what);
  const stop = async () => {
    stopping = true;
    order({ kind: "stop" });
    await ended.promise;
  };
  return {
    endpoint: `http://127.0.0.1:${listening}`,
    letPagesIn: (cors) => order({ kind: "cors", cors }),
    stop,
  };
};

const explained = ({ code, message }: { code?: string; message: string }, port: number): string =>
  code === "EADDRINUSE" ? `Port ${port} is taken by another program.` : `fauxqs cannot start: ${message}`;
