import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type ConsumedCapacity, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { submitCase } from "../../functions/public/submit-case.ts";
import { trackCase } from "../../functions/public/track-case.ts";
import { startDynamoDb } from "../../infra/local/emulators.ts";
import { createTables } from "../../infra/local/tables.ts";
import type { Stack } from "../../infra/local/template.ts";
import { caseStore } from "../../shared/case/case-store.ts";
import type { Submission } from "../../shared/case/submission.ts";
import { directoryFile } from "../../shared/directory/directory.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import type { Endpoint } from "../../shared/http.ts";
import { longReport, shortReport, signedReport } from "./reports.ts";
import { table } from "./table.ts";

interface Meter {
  /** Requests that went over the wire, retries included. */
  requests: number;
  consumed: ConsumedCapacity[];
  /** Capacity units by the rules that AWS publishes, from the sizes of the items: the emulator is not AWS. */
  expected: number;
}

/** Has every command tell what it consumed, and sums it up. */
function metered(client: DynamoDBDocumentClient): Meter {
  const meter: Meter = { requests: 0, consumed: [], expected: 0 };
  client.middlewareStack.add(
    (next) => async (call) => {
      Object.assign(call.input, { ReturnConsumedCapacity: "INDEXES" });
      const result = await next(call);
      const { TransactItems: written = [] } = call.input as { TransactItems?: { Put: { Item: object } }[] };
      const output = result.output as {
        Item?: object;
        Items?: object[];
        ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
      };
      meter.consumed.push(...[output.ConsumedCapacity ?? []].flat());
      for (const { Put } of written) meter.expected += transactedWrite(Put.Item);
      if (output.Item) meter.expected += eventuallyConsistentRead(output.Item);
      if (output.Items) meter.expected += consistentQuery(output.Items);
      return result;
    },
    { step: "initialize" },
  );
  client.middlewareStack.add(
    (next) => (call) => {
      meter.requests++;
      return next(call);
    },
    { step: "deserialize" },
  );
  return meter;
}

/** Bytes of an item as DynamoDB counts them: names and values in UTF-8, three for a map or list and one for each entry. */
const size = (value: unknown): number => {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return 3 + value.reduce((sum: number, inner) => sum + 1 + size(inner), 0);
  if (typeof value === "object" && value) return 3 + Object.keys(value).length + itemSize(value);
  return 1;
};
const itemSize = (item: object): number =>
  Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + size(value), 0);

const transactedWrite = (item: object): number => 2 * Math.ceil(itemSize(item) / 1024);
const eventuallyConsistentRead = (item: object): number => 0.5 * Math.ceil(itemSize(item) / 4096);
const consistentQuery = (items: object[]): number =>
  Math.ceil(items.reduce((sum, item) => sum + itemSize(item), 0) / 4096);

type Event = Pick<Partial<APIGatewayProxyEventV2>, "headers" | "body" | "pathParameters">;

const call = async (endpoint: Endpoint, event: Event): Promise<unknown> => {
  const request = { headers: {}, isBase64Encoded: false, ...event } as APIGatewayProxyEventV2;
  return (await endpoint.handle(request, "id")).body;
};

/** What one submission and one look at it ask of DynamoDB, measured on DynamoDB Local with the functions' own code. */
export async function capacity(stacks: Stack[], signal: AbortSignal): Promise<string> {
  const database = await startDynamoDb({ signal });
  const client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    const tables = await createTables(client, stacks);
    const name = (id: string): string => {
      const found = tables[id];
      if (!found) throw new Error(`The stacks declare no table ${id}.`);
      return found.name;
    };
    const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    const directory = directoryStore(dynamo, name("Directory"));
    await fillDirectory(directory);
    const cases = caseStore(dynamo, { cases: name("Cases"), reporters: name("Reporters") });
    const submitting = submitCase(cases, directory, "kemenpanrb");
    const tracking = trackCase(cases, directory);
    const idOf = new Map(Object.entries(tables).map(([id, table]) => [table.name, id]));

    const submit = async (report: Submission) => {
      const body = JSON.stringify(report);
      const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
      const answer = (await call(submitting, { headers, body })) as { trackingNumber: string };
      return answer.trackingNumber;
    };
    const track = (trackingNumber: string) => call(tracking, { pathParameters: { trackingNumber } });

    const meter = metered(dynamo);
    const rows: string[][] = [];
    const measure = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
      Object.assign(meter, { requests: 0, consumed: [], expected: 0 });
      const result = await act();
      const used = meter.consumed.map(({ TableName = "", CapacityUnits = 0 }) => ({
        TableName,
        CapacityUnits,
      }));
      rows.push([
        what,
        String(meter.requests),
        String(meter.expected),
        String(used.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0)),
        used.map(({ TableName, CapacityUnits }) => `${idOf.get(TableName)} ${CapacityUnits}`).join(", "),
      ]);
      return result;
    };

    await measure("First submission of a fresh function (reads the directory)", () => submit(shortReport));
    const short = await measure("Submission, short", () => submit(shortReport));
    await measure("Submission, short, with identity", () => submit(signedReport));
    const long = await measure("Submission, 10,000 characters", () => submit(longReport));
    await measure("Tracking, short", () => track(short));
    await measure("Tracking, 10,000 characters", () => track(long));
    return table(["What", "Requests", "Units by AWS's rules", "Units here", "By table"], rows);
  } finally {
    client.destroy();
    await database.stop();
  }
}

/** The entries that the reports name. */
async function fillDirectory(directory: ReturnType<typeof directoryStore>): Promise<void> {
  const data = (file: string) =>
    directoryFile.parse(JSON.parse(readFileSync(`shared/directory/data/${file}.json`, "utf8")));
  const { regions, agencies } = data("kalimantan-timur");
  const { categories } = data("categories");
  for (const region of regions)
    if (region.code === shortReport.location?.regionCode) await directory.put("region", region);
  for (const agency of agencies)
    if (agency.id === shortReport.agencyId) await directory.put("agency", agency);
  for (const category of categories)
    if (shortReport.category?.startsWith(`${category.id}/`)) await directory.put("category", category);
}
