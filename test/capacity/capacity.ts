/**
 * npm run capacity [-- --stored]
 *
 * Plays the life of a report against DynamoDB Local, writes what it asked for into docs/capacity.json, and from that and the prices
 * the document docs/capacity.md. With `--stored` nothing is played: the document follows from what was measured last.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { measure } from "./measure/measure.ts";
import { measurement, type Measurement } from "./model/measurement.ts";

const file = "docs/capacity.json";

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());

if (!process.argv.includes("--stored")) {
  const measured: Measurement = await measure(stopping.signal);
  writeFileSync(file, `${JSON.stringify(measurement.parse(measured), undefined, 1)}\n`);
}
const measured = measurement.parse(JSON.parse(readFileSync(file, "utf8")));
console.log(`${measured.busy.length} steps, measured on ${measured.measuredOn}`);
