// The thread side of fauxqs.ts: fauxqs answers and writes its database here, so that the gateway's thread does not wait.
import { type IncomingMessage, Server as HttpServer, type ServerResponse } from "node:http";
import { Server } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { startFauxqs } from "fauxqs";
import { type BucketCors, corsHeaders } from "./bucket-cors.ts";

export type QueuesData = { dataDir: string; port: number };
export type QueuesOrder = { kind: "cors"; cors: BucketCors } | { kind: "stop" };
export type QueuesNews =
  | { kind: "listening"; port: number }
  | { kind: "failure"; code?: string; message: string }
  | { kind: "object"; bucket: string; key: string };

const { dataDir, port } = workerData as QueuesData;
const tell = (news: QueuesNews) => parentPort?.postMessage(news);

let cors: BucketCors = {};

/** fauxqs knows no CORS, without which a page cannot send a file by a script. */
const answerPages = (server: HttpServer) => {
  const emit: (event: string, ...given: unknown[]) => boolean = server.emit.bind(server);
  server.emit = (event: string, ...given: unknown[]) => {
    if (event !== "request") return emit(event, ...given);
    const [request, response] = given as [IncomingMessage, ServerResponse];
    const { method = "GET", url: path = "/", headers } = request;
    const preflightOf = headers["access-control-request-method"];
    const isPreflight = method === "OPTIONS" && preflightOf !== undefined;
    const asked = { method, path, origin: headers.origin, ...(isPreflight && { preflightOf }) };
    const allowed = corsHeaders(cors, asked);
    for (const [name, value] of Object.entries(allowed ?? {})) response.setHeader(name, value);
    if (!isPreflight) return emit(event, ...given);
    response.writeHead(allowed ? 200 : 403).end();
    return true;
  };
};

// fauxqs listens on every interface, with no option to change it: nobody outside this machine may reach it.
const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, ...parameters: unknown[]) {
  if (this instanceof HttpServer) answerPages(this);
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
  parentPort?.on("message", (order: QueuesOrder) => {
    if (order.kind === "cors") {
      cors = order.cors;
      return;
    }
    stopping = true;
    void fauxqs.stop().finally(() => parentPort?.close());
  });
  tell({ kind: "listening", port: fauxqs.port });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  tell({ kind: "failure", code, message });
}
