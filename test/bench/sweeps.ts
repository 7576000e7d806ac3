import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { findDueCases } from "../../functions/jobs/find-due-cases.ts";
import { memoryLastSweep } from "../fakes/memory/last-sweep-store.ts";
import { memoryOutbox } from "../fakes/outbox.ts";
import type { Database } from "./database.ts";
import { unitsUsed } from "./meter.ts";
import { assignedCase, fill } from "./pages.ts";
import { table } from "./table.ts";

const due = 1_000;
const totals = [10_000, 100_000];
const now = new Date("2019-01-02T00:00:00Z");

/** A sweep that finds 1,000 due cases among more and more open ones; beside it a scan of the table for the same. */
export async function sweepsCost(database: Database): Promise<string> {
  const { meter, cases, dynamo, casesTable } = database;
  const model = await assignedCase(database);
  const rows: string[][] = [];
  const add = (what: string, total: number, found: number, milliseconds: number, used: number[]) =>
    rows.push([
      total.toLocaleString("en"),
      what,
      String(found),
      ...used.map(String),
      (milliseconds / found).toFixed(2),
    ]);

  const store = (count: number, nextCheckAt: string) =>
    fill(database, model, count, () => ({ nextCheckAt }), ["queue", "feed", "movedOn"]);
  await store(due, "2019-01-01T00:00:00.000Z");
  let there = due;
  for (const total of totals) {
    await store(total - there, "2030-01-01T00:00:00.000Z");
    there = total;

    const checks = memoryOutbox<object>();
    const sweep = findDueCases(
      cases,
      { checks, sweeps: memoryOutbox(), lastSweep: memoryLastSweep() },
      { now: () => now },
    );
    await sweep({}); // warm
    checks.messages.length = 0;
    let began = performance.now();
    const { usage } = await meter.during(() => sweep({}));
    add("sweep", total, checks.messages.length, performance.now() - began, [
      usage.requests,
      usage.rows,
      unitsUsed(usage),
    ]);

    began = performance.now();
    const scan = await meter.during(async () => {
      let found = 0;
      let from: Record<string, unknown> | undefined;
      do {
        const page = await dynamo.send(
          new ScanCommand({
            TableName: casesTable,
            FilterExpression: "nextCheckAt <= :now",
            ExpressionAttributeValues: { ":now": now.toISOString() },
            ExclusiveStartKey: from,
          }),
        );
        found += page.Count ?? 0;
        from = page.LastEvaluatedKey;
      } while (from);
      return found;
    });
    add("full scan", total, scan.result, performance.now() - began, [
      scan.usage.requests,
      scan.usage.rows,
      unitsUsed(scan.usage),
    ]);
  }
  return table(["Open cases", "How", "Due", "Requests", "Rows read", "Units", "ms per due case"], rows);
}
