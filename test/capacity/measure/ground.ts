import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { type LocalFunction, startFunction } from "../../../infra/local/functions/functions.ts";
import { functionSettings } from "../../../infra/local/functions/lambda.ts";
import { readHttpApi } from "../../../infra/local/gateway/http-api.ts";
import { matchRoute } from "../../../infra/local/gateway/http-event.ts";
import { objectCreated } from "../../../infra/local/queues/bucket-events.ts";
import { startQueues } from "../../../infra/local/queues/fauxqs.ts";
import { type Mapping, readMappings } from "../../../infra/local/queues/mappings.ts";
import { bucketName, createBuckets, localQueue } from "../../../infra/local/queues/queues.ts";
import { loadDirectory } from "../../../infra/local/start/directory.ts";
import { openEndings, together } from "../../../infra/local/start/endings.ts";
import { startDynamoDb } from "../../../infra/local/tables/dynamodb.ts";
import { type LambdaRecord, lambdaRecord } from "../../../infra/local/tables/stream-record.ts";
import { createTables, tableId } from "../../../infra/local/tables/tables.ts";
import { locator } from "../../../infra/local/template/locate.ts";
import { synthesise } from "../../../infra/local/template/synthesise.ts";
import { type Resource, resourcesOf } from "../../../infra/local/template/template.ts";
import { macOf } from "./keys.ts";
import { type Call, openWire } from "./wire.ts";

/** One call of a function. */
export interface Invocation {
  by: string;
  milliseconds: number;
  /** Whether it opened an environment. */
  cold: boolean;
  /** Bytes that it wrote into its log. */
  logged: number;
  /** Bytes of what it answered. */
  answered: number;
}

/** All that happened since it was last asked. */
export interface Happened {
  invocations: Invocation[];
  calls: Call[];
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: string;
  /** As it goes to the edge. */
  bytes: Buffer;
}

export interface HttpRequest {
  headers?: Record<string, string>;
  cookies?: string[];
  body?: string;
  /** The gateway's authorizer found that this subject has signed in. */
  subject?: string;
  address?: string;
}

/** What a function answers to the gateway. */
const gatewayAnswer = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(""),
  isBase64Encoded: z.boolean().default(false),
});
/** What a function answers of a batch. */
const batchAnswer = z.object({ batchItemFailures: z.array(z.unknown()) });

const plain = (headers: Record<string, string>, bytes: Buffer): Buffer => {
  const { "content-encoding": encoding } = headers;
  return encoding === "br" ? brotliDecompressSync(bytes) : encoding === "gzip" ? gunzipSync(bytes) : bytes;
};

const region = "ap-southeast-3";
const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const siteUrl = "https://lapor.example";
/** The stage that holds floods off and gathers mails as production does, and that one machine can run. */
export const measuredStage = "staging";

/**
 * Every function of the templates, in its own bundle and with its own environment, on DynamoDB Local and local buckets. Nothing runs
 * by itself: whoever measures calls one after another, on a clock that they set.
 */
export async function openGround({ assembly, signal }: { assembly?: string; signal?: AbortSignal } = {}) {
  const endings = openEndings();
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-capacity-"));
  endings.add(() => rmSync(folder, { recursive: true, force: true }));
  const started = <T extends { stop(): Promise<void> }>(what: T): T => {
    endings.add(() => what.stop());
    return what;
  };
  try {
    for (const inner of ["logs", "queues"]) mkdirSync(join(folder, inner));
    const [stacks, database, buckets] = await together(signal ?? new AbortController().signal, (failure) => [
      synthesise({
        stage: measuredStage,
        outdir: assembly ?? join(folder, "cdk.out"),
        signal: failure,
      }),
      startDynamoDb({ signal: failure }).then(started),
      startQueues({ dataDir: join(folder, "queues") }).then(started),
    ]);
    const place = { region, credentials };
    const client = new DynamoDBClient({ ...place, endpoint: database.endpoint });
    const streams = new DynamoDBStreamsClient({ ...place, endpoint: database.endpoint });
    const s3 = new S3Client({ ...place, endpoint: buckets.endpoint, forcePathStyle: true });
    endings.add(() => [client, streams, s3].forEach((one) => one.destroy()));
    const tables = await createTables(client, stacks, { expiry: false });
    await createBuckets(s3, stacks);
    await loadDirectory(client, tables.Directory?.name ?? "");

    const names = Object.fromEntries(Object.entries(tables).map(([id, { name }]) => [id, name]));
    const wire = await openWire(client, {
      tables: names,
      dynamodb: database.endpoint,
      s3: buckets.endpoint,
    });
    endings.add(() => wire.close());
    const keyOf = ({ path }: Resource) => `arn:aws:kms:${region}:000000000000:key/${path}`;
    const located = (endpoint: string) =>
      locator(
        (table) => tables[tableId(table)] ?? { name: "" },
        (queue) => localQueue(queue, endpoint),
        "https://issuer.example",
        keyOf,
      );
    const api = readHttpApi(stacks, located(buckets.endpoint));
    const mappings = readMappings(stacks);
    const functions = new Map(
      resourcesOf(stacks, "AWS::Lambda::Function")
        .filter(({ path }) => !/Provider|Custom|LogRetention|AWS/.test(path))
        .map((resource) => [resource.path, resource]),
    );

    const ahead = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));
    const now = () => new Date(Date.now() + Number(ahead[0]));
    const logFile = (path: string) => join(folder, "logs", `${path.replaceAll("/", "-")}.log`);
    const endpoints = new Map<string, string>();
    const running = new Map<string, LocalFunction>();
    const begun = new Set<string>();
    endings.add(async () => {
      await Promise.all([...running.values()].map((one) => one.stop()));
    });
    let invocations: Invocation[] = [];

    const functionAt = async (path: string): Promise<LocalFunction> => {
      const there = running.get(path);
      if (there) return there;
      const resource = functions.get(path);
      if (!resource) throw new Error(`There is no function ${path}: ${[...functions.keys()].join(", ")}`);
      const endpoint = endpoints.get(path) ?? (await wire.endpointFor(path));
      endpoints.set(path, endpoint);
      const settings = functionSettings(
        stacks,
        resource,
        located(endpoint),
        { dynamodb: endpoint, sqs: endpoint, s3: endpoint, mailbox: endpoint, issuer: endpoint },
        join(folder, "logs"),
      );
      const one = startFunction({
        ...settings,
        environment: {
          ...settings.environment,
          AWS_ENDPOINT_URL_KMS: endpoint,
          SITE_URL: siteUrl,
        },
        logFile: logFile(path),
        clockAhead: ahead.buffer,
      });
      running.set(path, one);
      return one;
    };
    const logged = (path: string) => statSync(logFile(path), { throwIfNoEntry: false })?.size ?? 0;
    /** What measuring itself took so far belongs to no function. */
    let calls: Call[] = [];
    const settle = () => {
      const { calls: more, lost } = wire.taken();
      calls.push(...more);
      return lost;
    };

    async function invoke(path: string, event: unknown): Promise<unknown> {
      const one = await functionAt(path);
      const before = logged(path);
      settle();
      const began = performance.now();
      const result = await one.invoke(event);
      const milliseconds = performance.now() - began - settle();
      invocations.push({
        by: path,
        milliseconds,
        cold: !begun.has(path),
        logged: logged(path) - before,
        answered: Buffer.byteLength(JSON.stringify(result) ?? ""),
      });
      begun.add(path);
      return result;
    }

    async function http(method: string, address: string, request: HttpRequest = {}): Promise<HttpAnswer> {
      const url = new URL(address, siteUrl);
      const match = matchRoute([...api.routes.keys()], method, url.pathname);
      const route = match && api.routes.get(match.routeKey);
      if (!match || !route) throw new Error(`No route takes ${method} ${address}`);
      const { headers = {}, cookies, body, subject, address: sourceIp = "198.51.100.7" } = request;
      const at = now();
      const result = await invoke(route.function.path, {
        version: "2.0",
        routeKey: match.routeKey,
        rawPath: url.pathname,
        rawQueryString: url.search.slice(1),
        ...(cookies && { cookies }),
        headers: { host: url.host, "accept-encoding": "gzip, deflate, br", ...headers },
        ...(url.search && { queryStringParameters: Object.fromEntries(url.searchParams) }),
        pathParameters: match.pathParameters,
        requestContext: {
          accountId: "000000000000",
          apiId: "local",
          ...(subject !== undefined && {
            authorizer: { jwt: { claims: { sub: subject }, scopes: ["openid"] } },
          }),
          domainName: url.host,
          domainPrefix: "lapor",
          http: { method, path: url.pathname, protocol: "HTTP/1.1", sourceIp, userAgent: "measure" },
          requestId: randomUUID(),
          routeKey: match.routeKey,
          stage: "$default",
          time: at.toISOString(),
          timeEpoch: at.getTime(),
        },
        isBase64Encoded: false,
        ...(body !== undefined && { body }),
      });
      const { statusCode, cookies: kept, body: sent, isBase64Encoded, ...told } = gatewayAnswer.parse(result);
      const bytes = Buffer.from(sent, isBase64Encoded ? "base64" : "utf8");
      const named = Object.fromEntries(
        Object.entries(told.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      return {
        status: statusCode,
        headers: named,
        cookies: kept,
        body: plain(named, bytes).toString(),
        bytes,
      };
    }

    const waiting: { queue: string; id: string; body: string; visibleAt: number }[] = [];
    const collect = () => {
      for (const { queue, id, body, delaySeconds } of wire.posted())
        waiting.push({ queue, id, body, visibleAt: now().getTime() + delaySeconds * 1000 });
    };
    const queueMappings = mappings.filter(({ from }) => from.type === "AWS::SQS::Queue");

    /** Gives each message that can be seen to its function, one a call as on a quiet day. Answers how many there were. */
    async function drain(): Promise<number> {
      let given = 0;
      for (;;) {
        collect();
        const index = waiting.findIndex(({ visibleAt }) => visibleAt <= now().getTime());
        const [message] = index < 0 ? [] : waiting.splice(index, 1);
        if (!message) return given;
        const mapping = queueMappings.find(
          ({ from }) => localQueue(from, "").name === message.queue.split("/").at(-1),
        ) as Mapping;
        const answer = await invoke(mapping.to.path, {
          Records: [
            {
              messageId: message.id,
              receiptHandle: message.id,
              body: message.body,
              attributes: { ApproximateReceiveCount: "1" },
              messageAttributes: {},
              eventSource: "aws:sqs",
              eventSourceARN: localQueue(mapping.from, "").arn,
              awsRegion: region,
            },
          ],
        });
        if (batchAnswer.parse(answer).batchItemFailures.length > 0)
          throw new Error(`${mapping.to.path} could not work on ${message.body}`);
        given++;
      }
    }

    const streamArn = tables.Cases?.streamArn ?? "";
    const fromStream = mappings.find(({ from }) => from.type !== "AWS::SQS::Queue") as Mapping;
    const iterators = new Map<string, string | undefined>();
    /** Gives what is new in the stream to its function, as one batch. */
    async function publish(): Promise<number> {
      const records: LambdaRecord[] = [];
      const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
      for (const { ShardId = "" } of StreamDescription?.Shards ?? []) {
        if (!iterators.has(ShardId)) {
          const first = { StreamArn: streamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
          iterators.set(ShardId, (await streams.send(new GetShardIteratorCommand(first))).ShardIterator);
        }
        for (;;) {
          const ShardIterator = iterators.get(ShardId);
          if (ShardIterator === undefined) break;
          const { Records = [], NextShardIterator } = await streams.send(
            new GetRecordsCommand({ ShardIterator }),
          );
          iterators.set(ShardId, NextShardIterator);
          records.push(...Records.map((one) => lambdaRecord(one, streamArn, region)));
          if (Records.length === 0) break;
        }
      }
      const passing = records.filter((record) => fromStream.passes(record));
      if (passing.length > 0) await invoke(fromStream.to.path, { Records: passing });
      return passing.length;
    }

    const scheduled = (path: string) =>
      invoke(path, { version: "0", source: "aws.scheduler", "detail-type": "Scheduled Event", detail: "{}" });

    return {
      http,
      invoke,
      drain,
      publish,
      scheduled,
      now,
      /** Puts a message on a queue, as a schedule or a rule of the event bus does. */
      post(queuePath: string, body: object) {
        const queue = resourcesOf(stacks, "AWS::SQS::Queue").find(({ path }) => path === queuePath);
        if (!queue) throw new Error(`There is no message queue ${queuePath}`);
        const name = localQueue(queue, "").url;
        waiting.push({
          queue: name,
          id: randomUUID(),
          body: JSON.stringify(body),
          visibleAt: now().getTime(),
        });
      },
      /** Does what follows from a move by itself: events are published, and what they ask for is done. */
      async follow() {
        while ((await publish()) + (await drain()) > 0);
      },
      /** The earliest time at which a message can be seen that cannot be seen yet. */
      nextMessage: () => Math.min(...waiting.map(({ visibleAt }) => visibleAt)),
      /** Sets the clock of all functions. */
      at(instant: Date) {
        Atomics.store(ahead, 0, BigInt(instant.getTime() - Date.now()));
      },
      /** Ends all environments: whoever is called next starts, and remembers nothing. */
      async forget() {
        await Promise.all([...running.values()].map((one) => one.stop()));
        running.clear();
        begun.clear();
      },
      /** What S3 tells the event bus of a new object in the bucket of files. */
      async objectCreated(key: string) {
        const bucket = resourcesOf(stacks, "AWS::S3::Bucket").find(({ path }) => path === "Attachments");
        return objectCreated(s3, { region, bucket: bucket ? bucketName(bucket) : "", key, at: now() });
      },
      /** The hash by which the pages of this stage seal their cookies. */
      pagesHash: async (text: string) => {
        const key = resourcesOf(stacks, "AWS::KMS::Key").find(({ path }) => path.startsWith("PagesKey"));
        return macOf(key ? keyOf(key) : "", text).toString("base64url");
      },
      /** What happened since the last time. */
      happened(): Happened {
        settle();
        const since = { invocations, calls };
        invocations = [];
        calls = [];
        return since;
      },
      stored: () => wire.stored(),
      close: endings.stop,
    };
  } catch (error) {
    // What kept it from opening is told. What then cannot be stopped either follows from it.
    await endings.stop().catch(() => {});
    throw error;
  }
}
export type Ground = Awaited<ReturnType<typeof openGround>>;
