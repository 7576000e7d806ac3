/**
 * npm run capacity [-- --stored]
 *
 * Plays the life of a report against DynamoDB Local, writes what it asked for into docs/capacity.json, and from that and the prices
 * the document docs/capacity.md. With `--stored` nothing is played: the document follows from what was measured last.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { orUsage, runCommand } from "../../shared/platform/command.ts";

async function main(): Promise<void> {
  const { values } = orUsage("Usage: npm run capacity [-- --stored]", () =>
    parseArgs({ options: { stored: { type: "boolean", default: false } } }),
  );
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
  // The stages are synthesised where these are loaded.
  const { documentFile, knownPrices, measurementFile, storedMeasurement } = await import("./files.ts");
  const [{ capacityDocument }, { inventoryOf }, { dev, prod }, { storedLoad }] = await Promise.all([
    import("./document.ts"),
    import("./model/inventory.ts"),
    import("../infra/synthesised.ts"),
    import("../load/measured.ts"),
  ]);
  if (!values.stored) {
    const [{ measure }, { measurement }] = await Promise.all([
      import("./measure/measure.ts"),
      import("./model/measurement.ts"),
    ]);
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
