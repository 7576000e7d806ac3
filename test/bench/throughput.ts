import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Addresses } from "../../infra/local/system.ts";
import type { Measured, Order } from "./load.ts";
import { quantile, table } from "./table.ts";

const seconds = 3;
const load = fileURLToPath(new URL("./load.ts", import.meta.url));

/** Runs the clients once; refuses a measurement in which anything failed. */
async function measure(
  addresses: Addresses,
  run: Pick<Order, "target" | "connections" | "seconds">,
  signal: AbortSignal,
): Promise<Measured> {
  const { Cases: cases = "", Reporters: reporters = "" } = addresses.tables;
  const order: Order = { ...run, api: addresses.api, tables: { cases, reporters } };
  const { stdout } = await promisify(execFile)(process.execPath, [load, JSON.stringify(order)], {
    env: {
      AWS_REGION: "ap-southeast-3",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamodb,
      POWERTOOLS_METRICS_DISABLED: "true",
    },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
    signal,
  });
  const measured: Measured = JSON.parse(stdout);
  const failures = Object.entries(measured.failures);
  if (failures.length > 0)
    throw new Error(
      `With ${run.connections} connections (${run.target}): ${failures.map(([what, times]) => `${times} × ${what}`).join("; ")}`,
    );
  return measured;
}

type Summary = { perSecond: number; p50: number; p95: number };

const summary = (parts: Measured[]): Summary => {
  const milliseconds = parts.flatMap((part) => part.milliseconds);
  return {
    perSecond: parts.reduce((sum, { perSecond }) => sum + perSecond, 0) / parts.length,
    p50: quantile(milliseconds, 0.5),
    p95: quantile(milliseconds, 0.95),
  };
};

/** Submissions through the local HTTP API, and the same transactions sent straight to the same database, in turns. */
export async function submissionsPerSecond(addresses: Addresses, signal: AbortSignal): Promise<string> {
  const rows: string[][] = [];
  for (const connections of [1, 4, 16]) {
    const run = (target: Order["target"], duration: number) =>
      measure(addresses, { target, connections, seconds: duration }, signal);
    await run("api", 1); // opens the environments, which remember the directory
    const measured: Record<Order["target"], Measured[]> = { api: [], bare: [] };
    // Each goes first in turn: mails of the one before are still being sent.
    for (const target of ["api", "bare", "bare", "api"] as const)
      measured[target].push(await run(target, seconds));
    rows.push(row(connections, summary(measured.api), summary(measured.bare)));
  }
  return table(
    [
      "Connections",
      ...["a second", "p50 (ms)", "p95 (ms)"].flatMap((what) => [`API ${what}`, "bare", "API/bare"]),
    ],
    rows,
  );
}

const row = (connections: number, api: Summary, bare: Summary): string[] => [
  String(connections),
  ...(["perSecond", "p50", "p95"] as const).flatMap((measure) => [
    api[measure].toFixed(0),
    bare[measure].toFixed(0),
    (api[measure] / bare[measure]).toFixed(2),
  ]),
];
