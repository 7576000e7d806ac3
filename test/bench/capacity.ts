import { randomUUID } from "node:crypto";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { countedAlone } from "../../shared/traffic/load.ts";
import type { Database } from "./database.ts";
import { itemSize, unitsByTable, unitsUsed } from "./meter.ts";
import { longReport, shortReport, signedReport, thresholdOfProduction } from "./reports.ts";
import { table } from "./table.ts";

const { occurredOn: _date, category: _category, ...undated } = shortReport;
/** As in the README: a title, a sentence, a kabupaten or kota, and an agency. */
const briefReport: Submission = {
  ...undated,
  text: "Sudah dua bulan berlubang besar.",
  location: { regionCode: "64.71" },
};
const { agencyId: _agency, ...unaddressedReport } = briefReport;

/** What one submission and one look at it ask of DynamoDB. */
export async function capacity({ fresh, meter, idOf, dynamo }: Database): Promise<string> {
  let written: Record<string, unknown>[] = [];
  dynamo.middlewareStack.add(
    (next) => (call) => {
      const { TransactItems = [] } = call.input as {
        TransactItems?: { Put: { Item: (typeof written)[0] } }[];
      };
      written.push(...TransactItems.map(({ Put }) => Put.Item));
      return next(call);
    },
    { step: "initialize", name: "written" },
  );
  /** "case 1045, event 412, retry 817": what was written to the Cases table. */
  const bytesWritten = () =>
    written
      .flatMap((item) =>
        typeof item.sk === "string" ? `${item.sk.split("#")[0]?.toLowerCase()} ${itemSize(item)}` : [],
      )
      .sort()
      .join(", ");
  const { citizen } = fresh(thresholdOfProduction);
  let networks = 0;
  /** Each from a network of its own, so that none is held for being like the one before. */
  const receipts = new Map<string, string>();
  const submit = async (report: Submission, address = `198.18.${++networks}.1`): Promise<string> => {
    const headers = { "idempotency-key": randomUUID() };
    const { trackingNumber, receipt } = await citizen("POST", "/v1/cases", {
      headers,
      body: report,
      address,
    });
    receipts.set(trackingNumber as string, receipt as string);
    return trackingNumber as string;
  };
  const track = (trackingNumber: string, headers: Record<string, string> = {}) =>
    citizen("GET", `/v1/cases/${trackingNumber}`, { headers });
  const trackWithReceipt = (trackingNumber: string) =>
    track(trackingNumber, { authorization: `Receipt ${receipts.get(trackingNumber)}` });

  const rows: string[][] = [];
  const measure = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    written = [];
    const { result, usage } = await meter.during(act);
    const { requests, expected, ofIndexes } = usage;
    rows.push([
      what,
      String(requests),
      String(expected - ofIndexes),
      String(ofIndexes),
      String(unitsUsed(usage)),
      unitsByTable(usage, idOf),
      bytesWritten(),
    ]);
    return result;
  };

  await measure("First submission of a fresh function (reads the directory)", () => submit(shortReport));
  await submit(unaddressedReport);
  await measure("Submission, as in the README, no agency named", () => submit(unaddressedReport));
  await measure("Submission, as in the README", () => submit(briefReport));
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
  await measure("Tracking with the receipt, short", () => trackWithReceipt(short));
  dynamo.middlewareStack.remove("written");
  return table(
    [
      "What",
      "Requests",
      "Units by AWS's rules",
      "More of indexes",
      "Units here",
      "By table",
      "Bytes of items",
    ],
    rows,
  );
}
