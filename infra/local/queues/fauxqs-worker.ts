// The thread side of fauxqs.ts: fauxqs answers and writes its database here, so that the gateway's thread does not wait.
import { Server } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { startFauxqs } from "fauxqs";

export type QueuesData = { dataDir: string; port: number };
export type QueuesNews =
  | { kind: "listening"; port: number }
  | { kind: "failure"; code?: string; message: string }
  | { kind: "object"; bucket: string; key: string };

const { dataDir, port } = workerData as QueuesData;
const tell = (news: QueuesNews) => parentPort?.postMessage(news);

// fauxqs listens on every interface, with no option to change it: nobody outside this machine may reach it.
const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, ...parameters: unknown[]) {
  const [options] = parameters;
  const onLoopback =
    typeof options === "object" && options !== null && "host" in options && options.host === "0.0.0.0"
      ? [{ ...options, host: "127.0.0.1" }, ...parameters.slice(1)]
      : parameters;
  return Reflect.apply(listen, this, onLoopback);
} as typeof listen;

// fauxqs waits for the disk at each message, with no option to change it. In this mode SQLite keeps the file whole, and only a
// power cut loses the last messages.
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
  Reflect.apply(exec, this, [sql]);
  if (sql === "PRAGMA journal_mode = WAL") Reflect.apply(exec, this, ["PRAGMA synchronous = NORMAL"]);
};

let stopping = false;
try {
  const fauxqs = await startFauxqs({ port, logger: false, dataDir, messageSpies: { bufferSize: 1 } });
  // It has no notifications, but asks whoever waits for an event about each: we are never satisfied. What a form uploads it tells
  // twice in a row, and S3 tells it once.
  let told = "";
  fauxqs.spy
    .waitForMessage((event) => {
      if (event.service !== "s3" || event.status !== "uploaded") return false;
      const { bucket, key } = event;
      if (told === `${bucket}/${key}`) return false;
      told = `${bucket}/${key}`;
      queueMicrotask(() => (told = ""));
      tell({ kind: "object", bucket, key });
      return false;
    })
    .catch((error) => {
      // A stop ends the waiting. Anything else would leave uploads untold in silence, so it ends the thread, which is logged.
      if (!stopping) throw error;
    });
  parentPort?.once("message", () => {
    stopping = true;
    void fauxqs.stop().finally(() => parentPort?.close());
  });
  tell({ kind: "listening", port: fauxqs.port });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  tell({ kind: "failure", code, message });
}
