import { isDeepStrictEqual } from "node:util";
import { type ConsumedCapacity, DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

type Item = Record<string, unknown>;

/** What DynamoDB was asked while something was done. */
export interface Usage {
  /** Requests that went over the wire, retries included. */
  requests: number;
  /** Rows that were read, also those that a filter threw away. */
  rows: number;
  consumed: ConsumedCapacity[];
  /** Capacity units by the rules that AWS publishes, from the sizes of the items: the emulator is not AWS. */
  expected: number;
  /** As many of them as indexes take. */
  ofIndexes: number;
}

interface Index {
  keys: string[];
  /** Undefined: whole items. */
  attributes: string[] | undefined;
}

export interface Meter {
  during<T>(act: () => Promise<T>): Promise<{ result: T; usage: Usage }>;
}

/** Has every command of a client tell what it consumed. What is written through it is remembered: an index is charged for what changes. */
export async function meterOf(
  client: DynamoDBClient,
  dynamo: DynamoDBDocumentClient,
  tables: readonly string[],
): Promise<Meter> {
  const indexes = Object.fromEntries(
    await Promise.all(tables.map(async (name) => [name, await indexesOf(client, name)] as const)),
  );
  const written = new Map<string, Item>();
  let usage = nothingUsed();

  const write = (table: string, item: Item): number => {
    const key = JSON.stringify([table, item.pk, item.sk]);
    const before = written.get(key);
    written.set(key, item);
    const ofIndexes = sum(indexes[table] ?? [], (index) => indexWrite(index, before, item));
    usage.ofIndexes += ofIndexes;
    return transactedWrite(item) + ofIndexes;
  };

  dynamo.middlewareStack.add(
    (next) => async (call) => {
      Object.assign(call.input, { ReturnConsumedCapacity: "INDEXES" });
      const result = await next(call);
      const {
        TransactItems = [],
        UpdateExpression,
        ConsistentRead = false,
      } = call.input as {
        TransactItems?: { Put: { TableName: string; Item: Item } }[];
        UpdateExpression?: string;
        ConsistentRead?: boolean;
      };
      const output = result.output as {
        Item?: Item;
        Items?: Item[];
        ScannedCount?: number;
        ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
      };
      usage.consumed.push(...[output.ConsumedCapacity ?? []].flat());
      usage.expected += sum(TransactItems, ({ Put }) => write(Put.TableName, Put.Item));
      if (UpdateExpression) usage.expected++; // counters of floods, below a kilobyte each
      if (output.Item || output.Items)
        usage.expected += read(output.Items ?? [output.Item ?? {}], ConsistentRead);
      usage.rows += output.ScannedCount ?? (output.Item ? 1 : 0);
      return result;
    },
    { step: "initialize" },
  );
  dynamo.middlewareStack.add(
    (next) => (call) => {
      usage.requests++;
      return next(call);
    },
    { step: "deserialize" },
  );

  return {
    async during(act) {
      const mine = (usage = nothingUsed());
      const result = await act();
      usage = nothingUsed();
      return { result, usage: mine };
    },
  };
}

const nothingUsed = (): Usage => ({ requests: 0, rows: 0, consumed: [], expected: 0, ofIndexes: 0 });

const sum = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((total, each) => total + of(each), 0);

async function indexesOf(client: DynamoDBClient, name: string): Promise<Index[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const keysOf = (schema: { AttributeName?: string }[] = []) =>
    schema.flatMap(({ AttributeName }) => AttributeName ?? []);
  return (Table?.GlobalSecondaryIndexes ?? []).map(({ KeySchema, Projection }) => {
    const keys = keysOf(KeySchema);
    return {
      keys,
      attributes:
        Projection?.ProjectionType === "ALL"
          ? undefined
          : [...keysOf(Table?.KeySchema), ...keys, ...(Projection?.NonKeyAttributes ?? [])],
    };
  });
}

/** Bytes of an item as DynamoDB counts them: names and values in UTF-8, three for a map or list and one for each entry. */
const size = (value: unknown): number => {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return 3 + sum(value, (inner) => 1 + size(inner));
  if (typeof value === "object" && value) return 3 + Object.keys(value).length + itemSize(value);
  return 1;
};
export const itemSize = (item: object): number =>
  sum(
    Object.entries(item).filter(([, value]) => value !== undefined),
    ([name, value]) => Buffer.byteLength(name) + size(value),
  );

const kilobytes = (item: Item): number => Math.ceil(itemSize(item) / 1024);

const transactedWrite = (item: Item): number => 2 * kilobytes(item);

/** Indexes are written after the transaction, so they count once. A changed key is two writes: out and in again. */
function indexWrite({ keys, attributes }: Index, before: Item | undefined, after: Item): number {
  const entry = (item: Item | undefined): Item | undefined =>
    !item || keys.some((key) => item[key] === undefined)
      ? undefined
      : attributes
        ? Object.fromEntries(attributes.map((name) => [name, item[name]]))
        : item;
  const [was, is] = [entry(before), entry(after)];
  if (!was || !is) return sum([was ?? [], is ?? []].flat(), kilobytes);
  if (keys.some((key) => was[key] !== is[key])) return kilobytes(was) + kilobytes(is);
  return isDeepStrictEqual(was, is) ? 0 : Math.max(kilobytes(was), kilobytes(is));
}

/** Four kilobytes a unit, for an eventually consistent read half of that; rounded up by request. */
const read = (items: Item[], consistent: boolean): number =>
  Math.ceil(sum(items, itemSize) / 4096) * (consistent ? 1 : 0.5);

export const unitsUsed = ({ consumed }: Usage): number =>
  sum(consumed, ({ CapacityUnits = 0 }) => CapacityUnits);

/** "Cases 12, Directory 0.5". */
export function unitsByTable({ consumed }: Usage, idOf: (name: string) => string): string {
  const units = new Map<string, number>();
  for (const { TableName = "", CapacityUnits = 0 } of consumed)
    units.set(TableName, (units.get(TableName) ?? 0) + CapacityUnits);
  return [...units].map(([name, used]) => `${idOf(name)} ${used}`).join(", ");
}
