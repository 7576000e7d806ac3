/**
 * npm run restore -- --from TABLE --cases NUMBER[,NUMBER] [--reporters-from TABLE] [--stage NAME | --local DIR (default .local)]
 * npm run restore -- --from TABLE --all [--to TABLE] [--stage NAME | --local DIR (default .local)]
 *
 * Copies cases back from a table that was restored beside the one in use: some by their numbers, or all. A case that is there as new or
 * newer is left as it is. A history is checked before it is taken. It may be run again. Nobody is mailed about what comes back.
 */
import { parseArgs } from "node:util";
import { ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import {
  type Restored,
  type RestoringStore,
  restoringStore,
} from "../../shared/case/store/restoring-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { Mistake, orUsage, places, refuseTwoPlaces, runCommand } from "../../shared/platform/command.ts";
import { UnreadableItem } from "../../shared/stored.ts";
import { systemOf } from "./running-system.ts";

const usage =
  "Usage: npm run restore -- --from TABLE (--cases NUMBER[,NUMBER] [--reporters-from TABLE] | --all) [--to TABLE] [--stage NAME | --local DIR (default .local)]";

/** Copies these cases back, or all, and counts what became of them. `tell` hears of each that needs somebody. */
export async function restoreCases(
  store: Pick<RestoringStore, "numbers" | "restoreCase">,
  asked: readonly string[] | "all",
  tell: (line: string) => void,
): Promise<Record<Restored, number>> {
  const done: Record<Restored, number> = { restored: 0, kept: 0, absent: 0, broken: 0, contradicted: 0 };
  const one = async (number: string) => {
    // One that cannot be read is named, and stops none of the others.
    const outcome = await store.restoreCase(number).catch((error: unknown): Restored => {
      if (error instanceof UnreadableItem) return "broken";
      throw error;
    });
    done[outcome]++;
    if (outcome !== "restored" && outcome !== "kept") tell(`${number}: ${outcome}`);
  };
  if (asked === "all") {
    for await (const portion of store.numbers()) for (const number of portion) await one(number);
  } else for (const number of asked) await one(number);
  return done;
}

/** The cases that still keep an identity. One that its reporter had deleted since, or whose time is over, does not come back. */
export async function keepingIdentity(
  cases: Pick<CaseStore, "get">,
  numbers: readonly string[],
): Promise<Set<string>> {
  const found = await Promise.all(numbers.map((number) => cases.get(number)));
  return new Set(found.flatMap((one) => (one?.identityOnFile ? [one.trackingNumber] : [])));
}

/** A number as somebody typed it. */
function readNumber(typed: string): string {
  const { data } = trackingNumber.safeParse(typed);
  if (data === undefined) throw new Mistake(`"${typed}" is no number of a case: one looks like 7K3MQ-P4X9C.`);
  return data;
}

/** The key of a reporter's identity is the number of the case. */
const ofCases = (numbers: ReadonlySet<string>) => (item: Record<string, unknown>) =>
  numbers.has(String(item.pk).split("#")[0] ?? "");

async function main(): Promise<void> {
  const { values, from, numbers } = orUsage(usage, () => {
    const { values } = parseArgs({
      options: {
        ...places,
        from: { type: "string" },
        cases: { type: "string" },
        all: { type: "boolean", default: false },
        "reporters-from": { type: "string" },
        to: { type: "string" },
      },
    });
    const { from, cases, all } = values;
    if (!from) throw new Mistake("--from takes the name of the restored table.");
    if ((cases === undefined) !== all) throw new Mistake("Give the numbers of cases, or --all.");
    refuseTwoPlaces(values);
    return { values, from, numbers: cases?.split(",").filter(Boolean).map(readNumber) };
  });
  if (values.all && values["reporters-from"])
    throw new Mistake(
      "Name the cases whose identities come back: among all there are people who had theirs deleted since.",
    );
  const { dynamo, table } = await systemOf(values);
  const began = performance.now();
  const done = await restoreCases(
    restoringStore(dynamo, { from, to: values.to ?? table("Cases") }),
    numbers ?? "all",
    console.error,
  );
  console.log(
    Object.entries(done)
      .map(([outcome, count]) => `${outcome}: ${count}`)
      .join(", "),
  );
  const reporters = values["reporters-from"];
  if (reporters) {
    const back = restoringStore(dynamo, { from: reporters, to: table("Reporters") });
    const keeping = await keepingIdentity(caseStore(dynamo, { cases: table("Cases") }), numbers ?? []);
    const { copied, kept } = await back.restoreMissing(ofCases(keeping));
    console.log(`identities: ${copied} restored, ${kept} kept`);
  }
  console.log(`${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
  if (done.broken + done.contradicted + done.absent > 0) process.exitCode = 1;
}

if (import.meta.main)
  await runCommand(() =>
    main().catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new Mistake("There is no such table. Restore it first.");
    }),
  );
