import type { Agency } from "../../shared/directory/directory.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { aProvince, storeEntries } from "../fakes/trees.ts";
import type { Counters, Database } from "./database.ts";
import { unitsUsed, type Usage } from "./meter.ts";
import { assignedCase, fill } from "./pages.ts";
import { median, table } from "./table.ts";

/** Names a province and all below it by their number, so that several stand beside each other. */
const named = (below: number): Agency[] =>
  aProvince(below).map((one) => ({
    ...one,
    id: `${one.id}-${below}`,
    parent: one.parent && `${one.parent}-${below}`,
  }));

const timed = async <T>(act: () => Promise<T>): Promise<{ result: T; ms: number }> => {
  const began = performance.now();
  const result = await act();
  return { result, ms: performance.now() - began };
};

/** What the counts and the first page of a list ask of DynamoDB where more and more agencies are below. */
export async function treesCost(database: Database): Promise<string> {
  const { dynamo, directoryTable, meter, fresh, cases } = database;
  const directory = { dynamo, table: directoryTable };
  const model = await assignedCase(database);
  const rows: string[][] = [];
  for (const below of [40, 502, 2_000, 5_000]) {
    const tree = named(below);
    const governor = anOfficer("agency-admin", tree[0]?.id ?? "");
    await storeEntries(directory, "agency", tree);
    await storeEntries(directory, "officer", [governor]);
    await fill(database, model, tree.length * 2, (each) => ({ holder: tree[each % tree.length]?.id ?? "" }));
    const bare: number[] = [];
    for (let each = 0; each < 50; each++)
      bare.push((await timed(() => cases.positions(tree[each % tree.length]?.id ?? ""))).ms);

    for (const [what, path, query] of [
      ["counts", "/v1/officer/counts", {}],
      ["first page of 50", "/v1/officer/cases", { queue: "assigned" }],
    ] as const) {
      const ask = ({ officer }: Counters) =>
        timed(() =>
          officer("GET", path, { subject: governor.subject, query: { scope: "subtree", ...query } }),
        );
      const started = fresh();
      const cold = await meter.during(() => ask(started));
      const warm = await meter.during(() => ask(started));
      const columns = ({ result, usage }: { result: { ms: number }; usage: Usage }) => [
        String(usage.requests),
        (result.ms / median(bare)).toFixed(0),
      ];
      const { items, cursor } = warm.result.result;
      rows.push([
        `${below.toLocaleString("en")}: ${what}`,
        String(items.length),
        cursor ? "yes" : "no",
        ...columns(cold),
        ...columns(warm),
        String(unitsUsed(warm.usage)),
      ]);
    }
  }
  return table(
    ["Agencies below", "Rows", "More", "Cold: requests", "Time/query", "Requests", "Time/query", "Units"],
    rows,
  );
}
