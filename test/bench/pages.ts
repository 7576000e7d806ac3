import { randomBytes, randomUUID } from "node:crypto";
import type { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { BatchWriteCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Case } from "../../shared/case/case.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { newTrackingNumber, trackingNumberEntropy } from "../../shared/case/tracking-number.ts";
import { sampleOfficers } from "../fakes/sample-officers.ts";
import type { Ask, Database } from "./database.ts";
import { unitsUsed } from "./meter.ts";
import { shortReport } from "./reports.ts";
import { table } from "./table.ts";

const { city } = sampleOfficers;
const few = { agency: "balikpapan-dinas-pekerjaan-umum", cases: 1_000 };
const many = { agency: "balikpapan-dinas-perhubungan", cases: 100_000 };

/** What a page of 50 costs, out of few cases and out of many; with a filter that a third of them pass, and one that none does. */
export async function pagesCost(database: Database): Promise<string> {
  const { meter, fresh } = database;
  const { officer, citizen } = fresh();
  const rows: string[][] = [];

  const measure = async (
    what: string,
    page: (query: Record<string, string>) => ReturnType<Ask>,
    query: object,
  ) => {
    const { result, usage } = await meter.during(() => page({ ...query }));
    rows.push([
      what,
      String(result.items.length),
      result.cursor ? "yes" : "no",
      ...[usage.requests, usage.rows, unitsUsed(usage)].map(String),
    ]);
    return result.cursor as string;
  };
  const kinds = async (what: string, page: Parameters<typeof measure>[1], query: object) => {
    await page({ ...query }); // remembers who asks, and the names
    const cursor = await measure(`${what}, first page`, page, query);
    await measure(`${what}, next page`, page, { ...query, cursor });
    await measure(`${what}, a third passes the filter`, page, { ...query, class: "aspiration" });
    await measure(`${what}, nothing passes it`, page, { ...query, class: "information-request" });
  };
  const queue = (query: Record<string, string>) =>
    officer("GET", "/v1/officer/cases", { subject: city, query });
  const feed = (query: Record<string, string>) => citizen("GET", "/v1/cases", { query });

  const model = await assignedCase(database);
  for (const { agency, cases } of [few, many]) {
    const began = Date.parse(model.submittedAt) - cases * 1000;
    await fill(database, model, cases, (each) => ({
      submittedAt: new Date(began + each * 1000).toISOString(),
      holder: agency,
      class: each % 3 ? "complaint" : "aspiration",
    }));
    const number = cases.toLocaleString("en");
    await kinds(`Queue of ${number}`, queue, { queue: "assigned", agency });
    await kinds(`Feed, ${number} of one agency more`, feed, {});
  }
  return table(["Page of 50", "Cases", "More", "Requests", "Rows read", "Units"], rows);
}

/** One as the routes leave it, to make many of. */
export async function assignedCase({ fresh, cases }: Database): Promise<Case> {
  const { citizen, officer } = fresh();
  const headers = { "idempotency-key": randomUUID() };
  const { trackingNumber } = await citizen("POST", "/v1/cases", { headers, body: shortReport });
  const path = `/v1/officer/cases/${trackingNumber}/verification`;
  await officer("POST", path, { subject: city, body: {} });
  const found = await cases.get(trackingNumber as string);
  if (!found) throw new Error("What was stored is not there.");
  return found;
}

const atOnce = 25;

/** Stores many cases like the model, each changed, as the store would, and without their histories. */
export async function fill(
  { dynamo, casesTable }: Database,
  model: Case,
  count: number,
  change: (each: number) => Partial<Case>,
  /** Keys of indexes that the measurement does not read: each makes storing slower here. */
  without: readonly string[] = [],
): Promise<void> {
  const recorded: Record<string, unknown>[] = [];
  const recorder = {
    send: async ({ input }: TransactWriteCommand) => {
      const [first] = input.TransactItems ?? [];
      const item = Object.entries(first?.Put?.Item ?? {}).filter(([name]) => !without.includes(name));
      recorded.push(Object.fromEntries(item));
    },
  };
  const store = caseStore(recorder as unknown as DynamoDBDocumentClient, { cases: casesTable });
  const event = { sequence: 1 } as Parameters<typeof store.append>[1]["event"];
  for (let each = 0; each < count; each++)
    await store.append(model, {
      event,
      case: {
        ...model,
        trackingNumber: newTrackingNumber(randomBytes(trackingNumberEntropy)),
        ...change(each),
      },
    });

  const writer = async () => {
    for (let batch = recorded.splice(-atOnce); batch.length > 0; batch = recorded.splice(-atOnce)) {
      const RequestItems = { [casesTable]: batch.map((Item) => ({ PutRequest: { Item } })) };
      const { UnprocessedItems = {} } = await dynamo.send(new BatchWriteCommand({ RequestItems }));
      if (UnprocessedItems[casesTable]) throw new Error("The database did not take all cases.");
    }
  };
  await Promise.all([writer(), writer(), writer(), writer()]);
}
