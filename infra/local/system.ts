import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve as absolute } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type LocalFunction, startFunction } from "./functions/functions.ts";
import { openKeys } from "./functions/keys.ts";
import { functionSettings } from "./functions/lambda.ts";
import { readHttpApi, startHttpApi } from "./gateway/http-api.ts";
import { objectCreated, readRules, tellingBuckets } from "./queues/bucket-events.ts";
import { startEventSources } from "./queues/event-sources.ts";
import { readMappings } from "./queues/mappings.ts";
import { bucketName, createBuckets, createQueues, localQueue } from "./queues/queues.ts";
import { type Client, clientsOf, startIssuer } from "./sign-in/issuer.ts";
import { readOfficers } from "./sign-in/officers.ts";
import { lockFolder, replaceFile } from "./start/files.ts";
import { portsFrom, refuseTakenPorts } from "./start/ports.ts";
import { StartFailure } from "./start/start-failure.ts";
import { openCheckpoints } from "./tables/checkpoints.ts";
import { startMailbox } from "./mail/mailbox.ts";
import { startQueues } from "./queues/fauxqs.ts";
import type { Emulator } from "./start/emulator.ts";
import { startDynamoDb } from "./tables/dynamodb.ts";
import { createTables, type LocalTable, tableId } from "./tables/tables.ts";
import { locator } from "./template/locate.ts";
import { synthesise } from "./template/synthesise.ts";
import { type Properties, resolve, type Resource, resourcesOf, type Stack } from "./template/template.ts";
import { inWita, openClock } from "./time/clock.ts";
import { clockPath, clockRoute } from "./time/clock-route.ts";
import { readSchedules, startSchedules } from "./time/schedules.ts";

export type Addresses = {
  api: string;
  mailbox: string;
  /** Where officers sign in. */
  issuer: string;
  /** Who may send officers there. */
  clients: Client[];
  dynamodb: string;
  sqs: string;
  s3: string;
  /** "Cases" -> the table's name here */
  tables: Record<string, string>;
  /** "Emails/DeadLetterQueue" -> the queue's URL here */
  queues: Record<string, string>;
  /** Where a simulated clock is moved; absent on the machine's own. */
  clock?: string;
  pid: number;
};
export type LocalSystem = { addresses: Addresses; stop(): Promise<void> };

export type SystemOptions = {
  stage?: string;
  dataDir: string;
  /** The API's port, with the others after it; undefined: any free ports. */
  firstPort?: number;
  /** When to begin on a simulated clock; undefined: go on with the folder's, or else on the machine's. */
  now?: Date;
  log?: (line: string) => void;
  /** Stops a start half-way. */
  signal?: AbortSignal;
};

const project = fileURLToPath(new URL("../../", import.meta.url));
const fakeCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** Runs the stacks of a stage on this machine. */
export const startSystem = async (options: SystemOptions): Promise<LocalSystem> => {
  const { stage = "dev", log = () => {}, signal = new AbortController().signal } = options;
  const dataDir = absolute(options.dataDir);
  const logFolder = join(dataDir, "logs");
  // Lambda's clock is UTC, and threads share the process's time zone.
  process.env.TZ = "UTC";

  // What is started last is stopped first.
  const endings: (() => unknown)[] = [];
  const started = <T extends { stop(): Promise<void> }>(what: T): T => {
    endings.push(() => what.stop());
    signal.throwIfAborted();
    return what;
  };
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      const failures: unknown[] = [];
      for (let end = endings.pop(); end; end = endings.pop())
        try {
          await end();
        } catch (error) {
          failures.push(error); // the others still have to end
        }
      if (failures.length) throw new AggregateError(failures, "Not everything could be stopped cleanly.");
    })();
    return stopped;
  };

  try {
    const ports = portsFrom(options.firstPort);
    endings.push(lockFolder(dataDir));
    await refuseTakenPorts(ports, options.firstPort);
    const clock = openClock(dataDir, options.now);
    const whose = options.now ? "The clock" : "The clock of this data folder";
    if (clock.simulated) log(`${whose} is simulated: it is ${inWita(clock.now())}.`);
    for (const folder of ["logs", "tables", "queues"]) mkdirSync(join(dataDir, folder), { recursive: true });

    /** Set once it is known who is told; nobody uploads before. */
    let tellOfObject: (bucket: string, key: string) => void = () => {};
    signal.throwIfAborted();
    log(`Synthesising the stacks of stage ${stage} and starting the emulators ...`);
    const [stacks, mailbox, queueEmulator, database] = await together(signal, (failure) => [
      synthesise({ stage, outdir: join(dataDir, "cdk.out"), signal: failure }),
      startMailbox({ file: join(dataDir, "mail.json"), port: ports.mailbox }).then(started),
      startQueues({
        dataDir: join(dataDir, "queues"),
        port: ports.sqs,
        onObject: (bucket, key) => tellOfObject(bucket, key),
      }).then(started),
      startDynamoDb({
        dataDir: join(dataDir, "tables"),
        port: ports.dynamodb,
        signal: failure,
        onUnexpectedEnd: log,
      }).then(started),
    ]);

    const region = stacks[0]?.region ?? "";
    const client = (endpoint: string) => ({ endpoint, region, credentials: fakeCredentials });
    const dynamo = new DynamoDBClient(client(database.endpoint));
    const streams = new DynamoDBStreamsClient(client(database.endpoint));
    const sqs = new SQSClient(client(queueEmulator.endpoint));
    const s3 = new S3Client({ ...client(queueEmulator.endpoint), forcePathStyle: true });
    endings.push(() => {
      for (const each of [dynamo, streams, sqs, s3]) each.destroy();
    });

    const tables = await createTables(dynamo, stacks, { expiry: !clock.simulated });
    const tableOf = (table: Resource): LocalTable => tables[tableId(table)] ?? { name: "" };
    const queueOf = (queue: Resource) => localQueue(queue, queueEmulator.endpoint);
    const clients = clientsOf(stacks);
    const issuer = started(
      await startIssuer({
        file: join(dataDir, "issuer.json"),
        port: ports.issuer,
        clients,
        officers: () => readOfficers(dynamo, tables.Directory?.name ?? ""),
      }),
    );
    const locate = locator(tableOf, queueOf, issuer.endpoint, openKeys(join(dataDir, "keys.json")));
    const resolved = ({ stack, properties }: Resource) =>
      resolve(stacks, stack, properties, locate) as Properties;
    await createQueues(sqs, stacks, resolved, queueOf);
    await createBuckets(s3, stacks);
    signal.throwIfAborted();

    const api = readHttpApi(stacks, resolved);
    const mappings = readMappings(stacks);
    const endpoints = {
      dynamodb: database.endpoint,
      sqs: queueEmulator.endpoint,
      s3: queueEmulator.endpoint,
      mailbox: mailbox.endpoint,
      issuer: issuer.endpoint,
    };
    const schedules = readSchedules(stacks);
    const functions = new Map<Resource, LocalFunction>();
    for (const resource of [
      ...[...api.routes.values()].map((route) => route.function),
      ...mappings.map(({ to }) => to),
      ...schedules.map(({ to }) => to).filter(({ type }) => type === "AWS::Lambda::Function"),
    ]) {
      if (functions.has(resource)) continue;
      const settings = functionSettings(stacks, resource, locate, endpoints, logFolder);
      functions.set(resource, started(startFunction({ ...settings, clockAhead: clock.ahead })));
    }
    const functionOf = (resource: Resource) => functions.get(resource) as LocalFunction;

    const checkpointsOf = openCheckpoints(join(dataDir, "streams.json"));
    started(startEventSources(mappings, { sqs, streams, checkpointsOf, functionOf, queueOf, tableOf, log }));
    const call = (to: Resource, message: string) =>
      to.type === "AWS::SQS::Queue"
        ? sqs.send(new SendMessageCommand({ QueueUrl: queueOf(to).url, MessageBody: message }))
        : functionOf(to).invoke(JSON.parse(message));
    const rules = readRules(stacks, locate);
    const telling = tellingBuckets(stacks).map(bucketName);
    tellOfObject = (bucket, key) => {
      if (!telling.includes(bucket)) return;
      const pass = async () => {
        const event = await objectCreated(s3, region, bucket, key);
        const queues = rules.filter(({ matches }) => matches(event)).flatMap(({ to }) => to);
        for (const queue of queues)
          await sqs.send(
            new SendMessageCommand({ QueueUrl: queueOf(queue).url, MessageBody: JSON.stringify(event) }),
          );
      };
      pass().catch((error: Error) => log(`Nobody was told of an object in ${bucket}: ${error.message}`));
    };
    const { callDue } = started(startSchedules(schedules, call, { clock, log }));
    const own = { [clockPath]: clockRoute(clock, callDue) };
    const gateway = started(await startHttpApi(api, functionOf, own, ports.api));

    const addresses: Addresses = {
      api: gateway.endpoint,
      ...endpoints,
      ...(clock.simulated && { clock: `${gateway.endpoint}${clockPath}` }),
      clients,
      tables: Object.fromEntries(Object.entries(tables).map(([id, { name }]) => [id, name])),
      queues: Object.fromEntries(
        resourcesOf(stacks, "AWS::SQS::Queue").map((queue) => [queue.path, queueOf(queue).url]),
      ),
      pid: process.pid,
    };
    const addressFile = join(dataDir, "addresses.json");
    endings.push(() => rmSync(addressFile, { force: true }));
    replaceFile(addressFile, `${JSON.stringify(addresses, undefined, 2)}\n`);
    return { addresses, stop };
  } catch (error) {
    await stop().catch(({ errors }: AggregateError) => log(`While stopping: ${errors.join("; ")}`));
    throw error;
  }
};

/** Waits for all, whatever happens: the first failure aborts the others, and is thrown once they have ended. */
const together = async (
  signal: AbortSignal,
  begin: (
    failure: AbortSignal,
  ) => [Promise<Stack[]>, Promise<Emulator>, Promise<Emulator>, Promise<Emulator>],
): Promise<[Stack[], Emulator, Emulator, Emulator]> => {
  const failing = new AbortController();
  const all = begin(AbortSignal.any([signal, failing.signal]));
  for (const each of all) each.catch((error) => failing.abort(error));
  await Promise.allSettled(all);
  failing.signal.throwIfAborted();
  return Promise.all(all);
};

/** Loads the agencies of Kalimantan Timur, the categories and invented officers into the running system of a data folder. */
export const loadDirectory = async (
  dataDir: string,
  { log = () => {}, signal }: Pick<SystemOptions, "log" | "signal"> = {},
): Promise<void> => {
  signal?.throwIfAborted();
  const data = ["kalimantan-timur.json", "categories.json", "sample-officers.json"].map(
    (file) => `shared/directory/data/${file}`,
  );
  const child = spawn(
    process.execPath,
    ["functions/commands/load-directory.ts", "--local", absolute(dataDir), ...data],
    { cwd: project, stdio: ["ignore", "pipe", "pipe"] },
  );
  const abort = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", abort);
  let output = "";
  let complaint = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (complaint += chunk));
  const code = await new Promise((settle, reject) => child.on("error", reject).on("close", settle));
  signal?.removeEventListener("abort", abort);
  signal?.throwIfAborted();
  if (code !== 0) throw new StartFailure(`The directory cannot be loaded:\n${(complaint || output).trim()}`);
  for (const line of output.split("\n").filter(Boolean)) log(`  ${line}`);
};
