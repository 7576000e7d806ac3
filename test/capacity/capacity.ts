/**
 * npm run capacity [-- --stored]
 *
 * Plays the life of a report against DynamoDB Local, writes what it asked for into docs/capacity.json, and from that and the prices
 * the document docs/capacity.md. With `--stored` nothing is played: the document follows from what was measured last.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { orUsage, runCommand } from "../../shared/platform/command.ts";
import { dev, prod } from "../infra/synthesised.ts";
import { storedLoad } from "../load/measured.ts";
import { capacityDocument } from "./document.ts";
import { documentFile, knownPrices, measurementFile, storedMeasurement } from "./files.ts";
import { measure } from "./measure/measure.ts";
import { inventoryOf } from "./model/inventory.ts";
import { measurement } from "./model/measurement.ts";

async function main(): Promise<void> {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());

  const { values } = orUsage("Usage: npm run capacity [-- --stored]", () =>
    parseArgs({ options: { stored: { type: "boolean", default: false } } }),
  );
  if (!values.stored) {
    const measured = await measure(stopping.signal);
    writeFileSync(measurementFile, `${JSON.stringify(measurement.parse(measured), undefined, 1)}\n`);
  }
  const stages = { dev: inventoryOf("dev", dev), prod: inventoryOf("prod", prod) };
  writeFileSync(
    documentFile,
    await capacityDocument(storedMeasurement(), stages, knownPrices(), storedLoad()),
  );
  console.log(`${documentFile} is written.`);
}

await runCommand(main);
