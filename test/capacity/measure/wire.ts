import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import {
  type ConsumedCapacity,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { answerOfKms } from "./keys.ts";
import {
  entryOf,
  type Index,
  indexWrite,
  type Item,
  item,
  itemSize,
  tableWrite,
  type Write,
} from "./units.ts";

/** DynamoDB stores so much beside each item and each entry of an index. */
const bytesOfEntry = 100;

/** One request that a function, or a browser, sent to a service. */
export interface Call {
  /** The path of the function. */
  by: string;
  service: "dynamodb" | "sqs" | "ses" | "s3" | "kms";
  operation: string;
  /** What was read and written where: "Cases", "Cases/by-queue". */
  units: Units[];
  /** What DynamoDB Local says of it. */
  local: number;
  /** The folder of the bucket that it is about. */
  folder?: string;
  bytesIn: number;
  bytesOut: number;
}

export interface Units {
  place: string;
  /** The partition, without what differs from case to case. */
  partition: string;
  read: number;
  write: number;
}

/** A message that a function put on a message queue. */
export interface Sent {
  queue: string;
  id: string;
  body: string;
  delaySeconds: number;
}

interface Table {
  id: string;
  keys: string[];
  indexes: Index[];
}

/** What differs between two cases, two days or two networks is left out of a partition's name. */
export const generalised = (key: string): string =>
  key
    .replace(/[0-9A-Z]{5}-[0-9A-Z]{5}/g, "{number}")
    .replace(/\d{4}-\d{2}-\d{2}/g, "{day}")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")
    .replace(/[\w-]{40,}/g, "{hash}")
    .replace(/#\d+$/, "#{part}");

async function tablesOf(client: DynamoDBClient, names: Record<string, string>): Promise<Map<string, Table>> {
  const keysOf = (schema: { AttributeName?: string }[] = []) =>
    schema.flatMap(({ AttributeName }) => AttributeName ?? []);
  const tables = new Map<string, Table>();
  for (const [id, name] of Object.entries(names)) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    const keys = keysOf(Table?.KeySchema);
    const indexes = (Table?.GlobalSecondaryIndexes ?? []).map(
      ({ IndexName = "", KeySchema, Projection }): Index => {
        const own = keysOf(KeySchema);
        const attributes = [...new Set([...keys, ...own, ...(Projection?.NonKeyAttributes ?? [])])];
        return {
          name: IndexName,
          keys: own,
          attributes: Projection?.ProjectionType === "ALL" ? undefined : attributes,
        };
      },
    );
    tables.set(name, { id, keys, indexes });
  }
  return tables;
}

const put = z.object({ TableName: z.string(), Item: item });
const keyed = z.object({ TableName: z.string(), Key: item });
const transaction = z.object({
  TransactItems: z.array(
    z.union([
      z.strictObject({ Put: put }),
      z.strictObject({ Update: keyed }),
      z.strictObject({ Delete: keyed }),
      z.strictObject({ ConditionCheck: keyed }),
    ]),
  ),
});

/** What a read asks for. A batch names its tables in `RequestItems` alone. */
const reading = z.object({
  TableName: z.string().optional(),
  RequestItems: z.record(z.string(), z.unknown()).default({}),
  IndexName: z.string().optional(),
  Key: item.optional(),
  ConsistentRead: z.boolean().default(false),
  KeyConditionExpression: z.string().default(""),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: item.default({}),
});
type Reading = z.infer<typeof reading>;

const tableRead = ({ TableName, RequestItems }: Reading): string =>
  TableName ?? Object.keys(RequestItems)[0] ?? "";

const message = z.object({ MessageBody: z.string(), DelaySeconds: z.number().default(0) });
const oneMessage = message.extend({ QueueUrl: z.string() });
const messages = z.object({
  QueueUrl: z.string(),
  Entries: z.array(message.extend({ Id: z.string() })),
});

type Change = { table: string; key: Item; after?: Item; gone?: boolean; checked?: boolean };

const pick = (item: Item, names: string[]): Item =>
  Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));

/**
 * Stands between the functions and the services of AWS, and counts what goes over. DynamoDB Local and the local buckets answer behind
 * it; messages, mails and keys it answers itself.
 */
export async function openWire(
  client: DynamoDBClient,
  { tables: names, dynamodb, s3 }: { tables: Record<string, string>; dynamodb: string; s3: string },
) {
  const tables = await tablesOf(client, names);
  const servers: ReturnType<typeof createServer>[] = [];
  let calls: Call[] = [];
  let outbox: Sent[] = [];
  /** What measuring took of a function's time. */
  let lost = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const tableOf = (name: string): Table => {
    const found = tables.get(name);
    if (!found) throw new Error(`Nobody knows the table ${name}`);
    return found;
  };
  const image = async (table: string, Key: Item): Promise<Item | undefined> => {
    const began = performance.now();
    // The parts of a key are texts in each of our tables.
    const asked = Object.fromEntries(Object.entries(Key).map(([name, { S = "" }]) => [name, { S }]));
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: asked, ConsistentRead: true }),
    );
    lost += performance.now() - began;
    // As it goes over the wire, where bytes are base64.
    return Item && item.parse(JSON.parse(JSON.stringify(Item, asOnWire)));
  };

  const changesOf = (operation: string, body: unknown): Change[] => {
    const whole = ({ TableName, Item }: z.infer<typeof put>): Change => ({
      table: TableName,
      key: pick(Item, tableOf(TableName).keys),
      after: Item,
    });
    const at = ({ TableName, Key }: z.infer<typeof keyed>): Change => ({ table: TableName, key: Key });
    switch (operation) {
      case "PutItem":
        return [whole(put.parse(body))];
      case "UpdateItem":
        return [at(keyed.parse(body))];
      case "DeleteItem":
        return [{ ...at(keyed.parse(body)), gone: true }];
      case "TransactWriteItems":
        return transaction.parse(body).TransactItems.map((one) => {
          if ("Put" in one) return whole(one.Put);
          if ("Update" in one) return at(one.Update);
          if ("Delete" in one) return { ...at(one.Delete), gone: true };
          return { ...at(one.ConditionCheck), checked: true };
        });
      default:
        return [];
    }
  };

  const unitsOfWrite = (table: string, key: Item, write: Write): Units[] => {
    const { id, keys, indexes } = tableOf(table);
    const partition = (item: Item | undefined, name: string | undefined) =>
      generalised(String(item?.[name ?? ""]?.S ?? ""));
    return [
      { place: id, partition: partition(key, keys[0]), read: 0, write: tableWrite(write) },
      ...indexes.flatMap((index) => {
        const units = indexWrite(index, write);
        const entry = entryOf(index, write.after) ?? entryOf(index, write.before);
        return units === 0
          ? []
          : [
              {
                place: `${id}/${index.name}`,
                partition: partition(entry, index.keys[0]),
                read: 0,
                write: units,
              },
            ];
      }),
    ];
  };

  /** The partition that a request reads. A batch reads many. */
  const partitionRead = (operation: string, body: Reading, index: string | undefined): string => {
    const { keys, indexes } = tableOf(tableRead(body));
    if (body.Key) return generalised(body.Key[keys[0] ?? ""]?.S ?? "");
    if (operation !== "Query") return "";
    const name = index ? indexes.find((one) => one.name === index)?.keys[0] : keys[0];
    for (const [, left = "", right = ""] of body.KeyConditionExpression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g))
      if ((body.ExpressionAttributeNames[left] ?? left) === name)
        return generalised(body.ExpressionAttributeValues[right]?.S ?? "");
    return "";
  };

  /** DynamoDB Local asks nothing for a query that finds nothing. AWS asks for the smallest read. */
  const unitsOfRead = (operation: string, body: Reading, consumed: ConsumedCapacity[]): Units[] => {
    const read = consumed.flatMap((one) => unitsOfTable(operation, body, one));
    if (read.length > 0) return read;
    const { id } = tableOf(tableRead(body));
    return [
      {
        place: body.IndexName ? `${id}/${body.IndexName}` : id,
        partition: partitionRead(operation, body, body.IndexName),
        read: body.ConsistentRead ? 1 : 0.5,
        write: 0,
      },
    ];
  };

  const unitsOfTable = (
    operation: string,
    body: Reading,
    { TableName = "", Table, GlobalSecondaryIndexes = {} }: ConsumedCapacity,
  ): Units[] => {
    const { id } = tableOf(TableName);
    const places = [
      { index: undefined as string | undefined, read: Table?.CapacityUnits ?? 0 },
      ...Object.entries(GlobalSecondaryIndexes).map(([index, { CapacityUnits = 0 }]) => ({
        index,
        read: CapacityUnits,
      })),
    ];
    return places
      .filter(({ read }) => read > 0)
      .map(({ index, read }) => ({
        place: index ? `${id}/${index}` : id,
        partition: partitionRead(operation, body, index),
        read,
        write: 0,
      }));
  };

  const reads = ["GetItem", "BatchGetItem", "Query", "Scan"];

  /** Writes one at a time, so that what is read before and after belongs to them. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    // Whoever asked is told of it. The next in line begins all the same.
    turn = mine.catch(() => {});
    return mine;
  };

  async function toDynamo(call: Call, body: object, request: IncomingMessage): Promise<Passed> {
    const { operation } = call;
    const known = [...reads, "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"];
    if (!known.includes(operation)) throw new Error(`Nobody told what ${operation} costs`);
    const go = () =>
      pass(request, dynamodb, Buffer.from(JSON.stringify({ ...body, ReturnConsumedCapacity: "INDEXES" })));
    const account = (passed: Passed) => {
      if (passed.status !== 200) return [];
      const { ConsumedCapacity = [] } = JSON.parse(passed.body.toString()) as {
        ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
      };
      const consumed = [ConsumedCapacity].flat();
      call.local = consumed.reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0);
      return consumed;
    };
    if (reads.includes(operation)) {
      const passed = await go();
      call.units = unitsOfRead(operation, reading.parse(body), account(passed));
      return passed;
    }
    return alone(async () => {
      const changes = changesOf(operation, body);
      const before = await Promise.all(changes.map(({ table, key }) => image(table, key)));
      const passed = await go();
      account(passed);
      const done = passed.status === 200;
      for (const [index, { table, key, after, gone, checked }] of changes.entries()) {
        const was = before[index];
        const isNow = !done || checked ? was : gone ? undefined : (after ?? (await image(table, key)));
        // A condition that refuses costs what the write would have.
        const weighed = done ? isNow : (after ?? was);
        const transacted = operation === "TransactWriteItems";
        call.units.push(
          ...(done && !checked
            ? unitsOfWrite(table, key, { before: was, after: isNow, transacted })
            : unitsOfWrite(table, key, { before: weighed, after: weighed, transacted })),
        );
      }
      return passed;
    });
  }

  function toQueue(operation: string, body: unknown): object {
    const take = (queue: string, { MessageBody, DelaySeconds }: z.infer<typeof message>) => {
      const id = randomUUID();
      outbox.push({ queue, id, body: MessageBody, delaySeconds: DelaySeconds });
      return { MessageId: id, MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") };
    };
    if (operation === "SendMessage") {
      const { QueueUrl, ...one } = oneMessage.parse(body);
      return take(QueueUrl, one);
    }
    if (operation !== "SendMessageBatch") throw new Error(`Nobody told how SQS answers ${operation}`);
    const { QueueUrl, Entries } = messages.parse(body);
    return { Successful: Entries.map(({ Id, ...one }) => ({ Id, ...take(QueueUrl, one) })), Failed: [] };
  }

  async function answer(by: string, request: IncomingMessage): Promise<Passed> {
    const body = await bytesIn(request);
    const target = String(request.headers["x-amz-target"] ?? "");
    const [, service = "", operation = ""] = /^(\w+?)_?[\d]*\.(\w+)$/.exec(target) ?? [];
    const isBrowser = !("amz-sdk-invocation-id" in request.headers);
    const call: Call = {
      by: isBrowser ? "browser" : by,
      service: "s3",
      operation,
      units: [],
      local: 0,
      bytesIn: body.length,
      bytesOut: 0,
    };
    calls.push(call);
    const json = (value: object): Passed => ({
      status: 200,
      headers: { "content-type": "application/x-amz-json-1.1" },
      body: Buffer.from(JSON.stringify(value)),
    });
    const parsed = () => JSON.parse(body.toString()) as object;
    const passed = await (async (): Promise<Passed> => {
      if (service === "DynamoDB") {
        call.service = "dynamodb";
        return toDynamo(call, parsed(), request);
      }
      if (service === "AmazonSQS") {
        call.service = "sqs";
        return json(toQueue(operation, parsed()));
      }
      if (service === "TrentService") {
        call.service = "kms";
        return json(answerOfKms(operation, parsed()));
      }
      if (request.url?.startsWith("/v2/email/")) {
        call.service = "ses";
        call.operation = "SendEmail";
        return json({ MessageId: randomUUID() });
      }
      Object.assign(call, ofS3(request));
      return pass(request, s3, body);
    })();
    call.bytesOut = passed.body.length;
    // The client tries again, and AWS asks nothing for a failure of its own.
    if (passed.status >= 500) calls = calls.filter((one) => one !== call);
    return passed;
  }

  return {
    /** Opens an endpoint for whatever one function asks. */
    async endpointFor(by: string): Promise<string> {
      const server = createServer((request, response) => {
        answer(by, request).then(
          (passed) => send(response, passed),
          (error: Error) =>
            send(response, {
              status: 500,
              headers: {},
              body: Buffer.from(JSON.stringify({ __type: "InternalFailure", message: error.message })),
            }),
        );
      });
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      servers.push(server);
      const address = server.address();
      return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    },
    /** What went over since the last time. */
    taken() {
      const since = { calls, lost };
      calls = [];
      lost = 0;
      return since;
    },
    /** The messages that were sent since the last time. */
    posted(): Sent[] {
      const since = outbox;
      outbox = [];
      return since;
    },
    /** Bytes that the tables hold, with what each item costs in every index that it is in. */
    async stored(): Promise<Record<string, number>> {
      const bytes: Record<string, number> = {};
      for (const [name, { id, indexes }] of tables) {
        let kept = 0;
        for await (const { Items = [] } of paginateScan({ client }, { TableName: name }))
          for (const one of z.array(item).parse(JSON.parse(JSON.stringify(Items, asOnWire))))
            for (const entry of [one, ...indexes.map((index) => entryOf(index, one))])
              if (entry) kept += itemSize(entry) + bytesOfEntry;
        bytes[id] = kept;
      }
      return bytes;
    },
    async close() {
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((closed) => server.close(closed));
        }),
      );
    },
  };
}

interface Passed {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const asOnWire = (_key: string, value: unknown): unknown => {
  const bytes = value as { type?: string; data?: number[] } | null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return bytes?.type === "Buffer" && bytes.data ? Buffer.from(bytes.data).toString("base64") : value;
};

function ofS3({ method = "", url = "/" }: IncomingMessage): Pick<Call, "operation" | "folder"> {
  const { pathname, searchParams } = new URL(url, "http://none.example");
  const [, , key = ""] = /^\/([^/]*)\/?(.*)$/.exec(pathname) ?? [];
  const folder = key.includes("/") ? key.slice(0, key.indexOf("/")) : "";
  const operation = searchParams.has("tagging")
    ? `${method === "GET" ? "Get" : "Put"}ObjectTagging`
    : method === "GET"
      ? key
        ? "GetObject"
        : "ListObjectsV2"
      : `${{ PUT: "Put", HEAD: "Head", POST: "Post", DELETE: "Delete" }[method] ?? method}Object`;
  return { operation, folder };
}

const bytesIn = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Sends a request on as it came, but for its body. */
function pass(request: IncomingMessage, to: string, body: Buffer): Promise<Passed> {
  const {
    host: _host,
    connection: _connection,
    "content-length": _length,
    "transfer-encoding": _chunked,
    ...headers
  } = request.headers;
  return new Promise((resolve, reject) => {
    const sent = ask(
      new URL(request.url ?? "/", to),
      { method: request.method, headers: { ...headers, "content-length": body.length } },
      (answered) => {
        bytesIn(answered).then(
          (answer) => resolve({ status: answered.statusCode ?? 0, headers: answered.headers, body: answer }),
          reject,
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

function send(response: ServerResponse, { status, headers, body }: Passed): void {
  const { "transfer-encoding": _chunked, connection: _connection, date: _date, ...kept } = headers;
  // The clock of a life is not the clock of this machine. A client that compares them repeats every refusal.
  response.sendDate = false;
  // What a HEAD says of a length has no body.
  const isTold = body.length === 0 && kept["content-length"] !== undefined;
  response.writeHead(status, { ...kept, ...(!isTold && { "content-length": body.length }) });
  response.end(body);
}
