import { mkdirSync, rmSync } from "node:fs";
import { join, resolve as absolute } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type LocalFunction, startFunction } from "./functions/functions.ts";
import { openKeys } from "./functions/keys.ts";
import { type Endpoints, functionSettings } from "./functions/lambda.ts";
import { type HttpApi, readHttpApi, startHttpApi } from "./gateway/http-api.ts";
import { staticRoutes } from "./gateway/static-files.ts";
import { startMailbox } from "./mail/mailbox.ts";
import { readBucketCors } from "./queues/bucket-cors.ts";
import { bucketTeller, type TellOfObject } from "./queues/bucket-events.ts";
import { startEventSources } from "./queues/event-sources.ts";
import { startQueues } from "./queues/fauxqs.ts";
import { type Mapping, readMappings } from "./queues/mappings.ts";
import { createBuckets, createQueues, type LocalQueue, localQueue } from "./queues/queues.ts";
import { type Client, clientsOf, startIssuer } from "./sign-in/issuer.ts";
import { readOfficers } from "./sign-in/officers.ts";
import { loadDirectory } from "./start/directory.ts";
import type { Emulator } from "./start/emulator.ts";
import { type Endings, openEndings, together } from "./start/endings.ts";
import { lockFolder, replaceFile } from "./start/files.ts";
import { portsFrom, refuseTakenPorts } from "./start/ports.ts";
import { StartFailure } from "./start/start-failure.ts";
import { openCheckpoints } from "./tables/checkpoints.ts";
import { startDynamoDb } from "./tables/dynamodb.ts";
import { createTables, type LocalTable, tableId } from "./tables/tables.ts";
import { locator } from "./template/locate.ts";
import { synthesise } from "./template/synthesise.ts";
import { type Locate, type Resource, resourcesOf, type Stack } from "./template/template.ts";
import { type Clock, inWita, openClock } from "./time/clock.ts";
import { clockPath, clockRoute } from "./time/clock-route.ts";
import { readSchedules, type Schedule, startSchedules } from "./time/schedules.ts";

export type Addresses = {
  /** Where the pages are. */
  site: string;
  /** The same, for clients of the API. */
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
  /** Where the stacks are synthesised to, and kept; undefined: in the data folder. */
  assembly?: string;
  log?: (line: string) => void;
  /** Stops a start half-way. */
  signal?: AbortSignal;
};

const credentials = { accessKeyId: "local", secretAccessKey: "local" };

/** Runs the stacks of a stage on this machine, with the directory of Kalimantan Timur; answers once the API does. */
export const startSystem = async (options: SystemOptions): Promise<LocalSystem> => {
  const endings = openEndings();
  try {
    return { addresses: await start(options, endings), stop: endings.stop };
  } catch (error) {
    await endings
      .stop()
      .catch(({ errors }: AggregateError) => options.log?.(`While stopping: ${errors.join("; ")}`));
    throw error;
  }
};

const start = async (options: SystemOptions, endings: Endings): Promise<Addresses> => {
  const { stage = "dev", log = () => {}, signal = new AbortController().signal } = options;
  const dataDir = absolute(options.dataDir);
  // Lambda's clock is UTC, and threads share the process's time zone.
  process.env.TZ = "UTC";
  const ports = portsFrom(options.firstPort);
  endings.add(lockFolder(dataDir));
  // A start that was killed leaves its addresses behind, which lead nowhere.
  rmSync(join(dataDir, "addresses.json"), { force: true });
  await refuseTakenPorts(ports, options.firstPort);
  const clock = openClock(dataDir, options.now);
  const whose = options.now ? "The clock" : "The clock of this data folder";
  if (clock.simulated) log(`${whose} is simulated: it is ${inWita(clock.now())}.`);
  for (const folder of ["logs", "tables", "queues"]) mkdirSync(join(dataDir, folder), { recursive: true });
  const started = <T extends { stop(): Promise<void> }>(what: T): T => {
    endings.add(() => what.stop());
    return what;
  };

  /** Set once it is known who is told; nobody uploads before. */
  let tellOfObject: TellOfObject = () => {};
  log("Starting the emulators ...");
  const [stacks, mailbox, queues, database] = await together(signal, (failure) => [
    synthesise({ stage, outdir: options.assembly ?? join(dataDir, "cdk.out"), signal: failure, log }),
    startMailbox({ file: join(dataDir, "mail.json"), port: ports.mailbox }).then(started),
    startQueues({
      dataDir: join(dataDir, "queues"),
      port: ports.sqs,
      onObject: (bucket, key) => tellOfObject(bucket, key),
      onUnexpectedEnd: log,
    }).then(started),
    startDynamoDb({
      dataDir: join(dataDir, "tables"),
      port: ports.dynamodb,
      signal: failure,
      onUnexpectedEnd: log,
    }).then(started),
  ]);

  const region = stacks[0]?.region ?? "";
  const aws = openClients(region, database, queues, endings);
  const clients = clientsOf(stacks);
  const creating = createTables(aws.dynamo, stacks, { expiry: !clock.simulated });
  const [tables, issuer] = await together(signal, () => [
    creating,
    startIssuer({
      file: join(dataDir, "issuer.json"),
      port: ports.issuer,
      clients,
      officers: async () => readOfficers(aws.dynamo, (await creating).Directory?.name ?? ""),
      ahead: () => clock.now().getTime() - Date.now(),
    }).then(started),
  ]);

  const endpoints: Endpoints = {
    dynamodb: database.endpoint,
    sqs: queues.endpoint,
    s3: queues.endpoint,
    mailbox: mailbox.endpoint,
    issuer: issuer.endpoint,
  };
  const tableOf = (table: Resource): LocalTable => tables[tableId(table)] ?? { name: "" };
  const queueOf = (queue: Resource) => localQueue(queue, queues.endpoint);
  const locate = locator(tableOf, queueOf, issuer.endpoint, openKeys(join(dataDir, "keys.json")));
  const machine: Machine = {
    ...aws,
    dataDir,
    stacks,
    endpoints,
    clock,
    tableOf,
    queueOf,
    locate,
    started,
    log,
  };
  const open = async (): Promise<Emulator> => {
    await Promise.all([createQueues(aws.sqs, stacks, locate, queueOf), createBuckets(aws.s3, stacks)]);
    tellOfObject = bucketTeller({ ...machine, region });
    const gateway = await serve(machine, ports.api);
    issuer.letPagesIn(gateway.endpoint);
    queues.letPagesIn(readBucketCors(resourcesOf(stacks, "AWS::S3::Bucket"), gateway.endpoint));
    await health(gateway); // opens the function while the directory is loaded
    return gateway;
  };
  const [gateway, loaded] = await together(signal, () => [
    open(),
    loadDirectory(aws.dynamo, tables.Directory?.name ?? ""),
  ]);
  for (const line of loaded) log(`  ${line}`);
  const { status, detail } = await health(gateway);
  if (status !== 200)
    throw new StartFailure(
      `The API is not ready (${status}): ${detail}. The logs are in ${join(dataDir, "logs")}.`,
    );

  const addresses: Addresses = {
    site: gateway.endpoint,
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
  endings.add(() => rmSync(addressFile, { force: true }));
  replaceFile(addressFile, `${JSON.stringify(addresses, undefined, 2)}\n`);
  return addresses;
};

/** What the functions and the gateway are started with, once the emulators run and the tables are there. */
type Machine = ReturnType<typeof openClients> & {
  dataDir: string;
  stacks: Stack[];
  endpoints: Endpoints;
  clock: Clock;
  tableOf(table: Resource): LocalTable;
  queueOf(queue: Resource): LocalQueue;
  locate: Locate;
  started<T extends { stop(): Promise<void> }>(what: T): T;
  log(line: string): void;
};

/** Starts the functions, what feeds them from queues and streams, the schedules, and the gateway. */
const serve = async (machine: Machine, port: number | undefined): Promise<Emulator> => {
  const { stacks, dataDir, clock, sqs, queueOf, locate, started, log } = machine;
  const api = readHttpApi(stacks, locate);
  const mappings = readMappings(stacks);
  const schedules = readSchedules(stacks);
  const functions = new Map<Resource, LocalFunction>();
  /** Mails and forms know it. A port that the machine chooses is known once the gateway listens, which is before anybody calls. */
  const address = { SITE_URL: `http://127.0.0.1:${port ?? ""}` };
  const environments: Record<string, string>[] = [];
  for (const resource of calledFunctions(api, mappings, schedules)) {
    const settings = functionSettings(stacks, resource, locate, machine.endpoints, join(dataDir, "logs"));
    const environment = { ...settings.environment, ...address };
    environments.push(environment);
    functions.set(resource, started(startFunction({ ...settings, environment, clockAhead: clock.ahead })));
  }
  const functionOf = (resource: Resource) => functions.get(resource) as LocalFunction;
  const checkpoints = started(openCheckpoints(join(dataDir, "streams.json")));
  started(startEventSources(mappings, { ...machine, checkpointsOf: checkpoints.of, functionOf }));
  const call = (to: Resource, message: string) =>
    to.type === "AWS::SQS::Queue"
      ? sqs.send(new SendMessageCommand({ QueueUrl: queueOf(to).url, MessageBody: message }))
      : functionOf(to).invoke(JSON.parse(message));
  const { callDue } = started(startSchedules(schedules, call, { clock, log }));
  const gateway = started(
    await startHttpApi(
      api,
      functionOf,
      { ...staticRoutes(stacks), [clockPath]: clockRoute(clock, callDue) },
      port,
    ),
  );
  for (const environment of environments) environment.SITE_URL = gateway.endpoint;
  return gateway;
};

const openClients = (region: string, database: Emulator, queues: Emulator, endings: Endings) => {
  const at = ({ endpoint }: Emulator) => ({ endpoint, region, credentials });
  const clients = {
    dynamo: new DynamoDBClient(at(database)),
    streams: new DynamoDBStreamsClient(at(database)),
    sqs: new SQSClient(at(queues)),
    s3: new S3Client({ ...at(queues), forcePathStyle: true }),
  };
  endings.add(() => Object.values(clients).forEach((client) => client.destroy()));
  return clients;
};

/** Every function that a route, an event source or a schedule calls. */
const calledFunctions = (api: HttpApi, mappings: Mapping[], schedules: Schedule[]): Set<Resource> =>
  new Set([
    ...[...api.routes.values()].map((route) => route.function),
    ...mappings.map(({ to }) => to),
    ...schedules.map(({ to }) => to).filter(({ type }) => type === "AWS::Lambda::Function"),
  ]);

/** What the API says of itself. */
const health = async ({ endpoint }: Emulator): Promise<{ status: number; detail: string }> => {
  const response = await fetch(`${endpoint}/v1/health`);
  const { detail = "" } = (await response.json()) as { detail?: string };
  return { status: response.status, detail };
};
