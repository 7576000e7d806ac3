import { sampleOfficers } from "../fakes/sample-officers.ts";
import type { Database } from "./database.ts";
import { unitsUsed } from "./meter.ts";
import { assignedCase, fill } from "./pages.ts";
import { table } from "./table.ts";

const { city } = sampleOfficers;

/** What a search for duplicates costs in a kota with few reports and in one with many, all of them alike. */
export async function duplicatesCost(database: Database): Promise<string> {
  const { meter, fresh } = database;
  const { officer } = fresh();
  const model = await assignedCase(database);
  const path = `/v1/officer/cases/${model.trackingNumber}/duplicates`;
  const rows: string[][] = [];
  let total = 0;
  for (const more of [100, 1_000, 20_000]) {
    const began = Date.parse(model.submittedAt) - (total + more) * 10_000;
    await fill(
      database,
      model,
      more,
      (each) => ({ submittedAt: new Date(began + each * 10_000).toISOString() }),
      ["queue", "check", "feed", "movedOn"],
    );
    total += more;
    await officer("GET", path, { subject: city }); // remembers who asks, and the names
    const { result, usage } = await meter.during(() => officer("GET", path, { subject: city }));
    rows.push([
      total.toLocaleString("en"),
      String(result.items.length),
      ...[usage.requests, usage.rows, unitsUsed(usage)].map(String),
    ]);
  }
  return table(["Reports of the last 14 days", "Shown", "Requests", "Rows read", "Units"], rows);
}
