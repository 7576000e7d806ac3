import { randomUUID } from "node:crypto";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { countedAlone } from "../../shared/traffic/load.ts";
import type { Database } from "./database.ts";
import { unitsByTable, unitsUsed } from "./meter.ts";
import { longReport, shortReport, signedReport, thresholdOfProduction } from "./reports.ts";
import { table } from "./table.ts";

/** What one submission and one look at it ask of DynamoDB. */
export async function capacity({ fresh, meter, idOf }: Database): Promise<string> {
  const { citizen } = fresh(thresholdOfProduction);
  const submit = async (report: Submission, address = "192.0.2.1"): Promise<string> => {
    const headers = { "idempotency-key": randomUUID() };
    const { trackingNumber } = await citizen("POST", "/v1/cases", { headers, body: report, address });
    return trackingNumber as string;
  };
  const track = (trackingNumber: string) => citizen("GET", `/v1/cases/${trackingNumber}`);

  const rows: string[][] = [];
  const measure = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    const { result, usage } = await meter.during(act);
    const { requests, expected, ofIndexes } = usage;
    rows.push([
      what,
      String(requests),
      String(expected - ofIndexes),
      String(ofIndexes),
      String(unitsUsed(usage)),
      unitsByTable(usage, idOf),
    ]);
    return result;
  };

  await measure("First submission of a fresh function (reads the directory)", () => submit(shortReport));
  const short = await measure("Submission, short", () => submit(shortReport));
  await measure("Submission, short, with identity", () => submit(signedReport));
  const long = await measure("Submission, 10,000 characters", () => submit(longReport));
  const busy = "198.51.100.1";
  const { ofNetwork: alone } = countedAlone(thresholdOfProduction);
  for (let each = 0; each < alone; each++) await submit({ ...shortReport, title: `Jalan ${each}` }, busy);
  await measure(`The ${alone + 1}th of one network, with which the function shares its count`, () =>
    submit({ ...shortReport, text: "Lampu penerangan padam sejak kemarin malam." }, busy),
  );
  await measure("Tracking, short", () => track(short));
  await measure("Tracking, 10,000 characters", () => track(long));
  return table(
    ["What", "Requests", "Units by AWS's rules", "More of indexes", "Units here", "By table"],
    rows,
  );
}
