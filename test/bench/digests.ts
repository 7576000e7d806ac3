import { fiveHundredDue } from "../fakes/five-hundred-due.ts";
import { table } from "./table.ts";

/** How many mails 500 due cases make, from the first sweep to the last digest of the day, on stores in memory. */
export async function digestsSent(): Promise<string> {
  const rows: string[][] = [];
  for (const officers of [20, 1]) {
    const { mails, later } = await fiveHundredDue(officers);
    rows.push(["500", String(officers), String(mails.length + later.length)]);
  }
  return table(["Due cases", "Officers", "Mails"], rows);
}
