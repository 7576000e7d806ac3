/**
 * npm run load [-- --rate 3 --soak-minutes 10]
 *
 * Loads the system as it runs on one machine: steadily, then twenty times as much at once, then for ten minutes. It writes what came of
 * that into docs/load.json; `npm run capacity -- --stored` puts it into docs/capacity.md. It fails where anything but shedding was an
 * error: an answer of 5xx that does not say when to come again, a lost connection, or no answer in half a minute.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Addresses } from "../../infra/local/system.ts";
import { openClients } from "./clients.ts";
import { recoverySeconds, type Sample, slopePerMinute, summaryOf } from "./figures.ts";
import { loadFile, type LoadMeasured,loadMeasured } from "./measured.ts";

const { values } = parseArgs({
  options: {
    rate: { type: "string", default: "3" },
    "soak-minutes": { type: "string", default: "10" },
    port: { type: "string", default: "4300" },
  },
});
const rate = Number(values.rate);
const factor = 20;
const seconds = { warm: 30, steady: 60, spike: 15, recovery: 120, soak: Number(values["soak-minutes"]) * 60 };
const megabyte = 1024 * 1024;

/** The memory that a process holds now. Linux tells it. */
const residentMegabytes = (pid: number): number => {
  const [, kilobytes = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round((Number(kilobytes) * 1024) / megabyte);
};

/** Starts the system in a process of its own, so that its memory is its own and the clients do not wait for it. */
async function startSystem(dataDir: string, signal: AbortSignal) {
  const child: ChildProcess = spawn(
    process.execPath,
    ["infra/local/start/start.ts", "--data", dataDir, "--port", values.port],
    { stdio: ["ignore", "ignore", "inherit"], detached: true },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  const file = join(dataDir, "addresses.json");
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error(`The system ended with ${child.exitCode}`);
    if (signal.aborted) {
      await stop();
      throw new Error("Stopped before the system was there");
    }
    await wait(200);
  }
  return { addresses: JSON.parse(readFileSync(file, "utf8")) as Addresses, stop };
}

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
const { signal } = stopping;
const dataDir = mkdtempSync(join(tmpdir(), "sp4n-lapor-load-"));

try {
  const { addresses, stop } = await startSystem(dataDir, signal);
  try {
    const clients = await openClients(addresses);
    const memory: { at: number; value: number }[] = [];
    const began = performance.now();
    const now = () => performance.now() - began;
    const look = () => memory.push({ at: now(), value: residentMegabytes(addresses.pid) });
    const loads: number[] = [];
    const looking = setInterval(() => {
      look();
      loads.push(loadavg()[0] ?? 0);
    }, 5_000);
    const phase = async (name: string, perSecond: number, lasts: number) => {
      const samples: Sample[] = [];
      const from = now();
      console.log(`${name}: ${perSecond} a second for ${lasts} s`);
      await clients.arrive(began, { perSecond, seconds: lasts }, samples, signal);
      return { samples, from, summary: summaryOf(samples, lasts) };
    };
    await phase("warm", rate, seconds.warm);
    look();
    const steady = await phase("steady", rate, seconds.steady);
    // Those of the spike that still wait are answered while others come: as it is for people.
    const spikeFrom = now();
    const spiking = phase("spike", rate * factor, seconds.spike);
    await wait(seconds.spike * 1000, undefined, { signal }).catch(() => {});
    const [spike, after] = await Promise.all([spiking, phase("after it", rate, seconds.recovery)]);
    const recovered = recoverySeconds(after.samples, {
      from: spikeFrom + seconds.spike * 1000,
      usualP99: steady.summary.p99,
    });
    look();
    const soak = await phase("soak", rate, seconds.soak);
    look();
    clearInterval(looking);
    clients.close();

    const ofSoak = memory.filter(({ at }) => at >= soak.from);
    const half = soak.from + (now() - soak.from) / 2;
    const [cpu] = cpus();
    const measured: LoadMeasured = {
      measuredOn: new Date().toISOString(),
      machine: `${cpus().length} cores (${cpu?.model.trim()}), Node ${process.versions.node}`,
      busyness: Math.round((loads.reduce((sum, one) => sum + one, 0) / Math.max(1, loads.length)) * 10) / 10,
      seconds: { steady: seconds.steady, spike: seconds.spike, soak: seconds.soak },
      factor,
      steady: steady.summary,
      spike: spike.summary,
      soak: soak.summary,
      ...(recovered !== undefined && { recoverySeconds: recovered }),
      memory: {
        before: memory[0]?.value ?? 0,
        after: memory.at(-1)?.value ?? 0,
        atSoakStart: ofSoak[0]?.value ?? 0,
        atSoakEnd: ofSoak.at(-1)?.value ?? 0,
        perMinuteOfSoak: Math.round(slopePerMinute(ofSoak) * 100) / 100,
        perMinuteOfSecondHalf: Math.round(slopePerMinute(ofSoak.filter(({ at }) => at >= half)) * 100) / 100,
      },
    };
    console.log(JSON.stringify(measured, undefined, 1));
    if (signal.aborted) throw new Error("Stopped before the end: nothing is written");
    writeFileSync(loadFile, `${JSON.stringify(loadMeasured.parse(measured), undefined, 1)}\n`);
    const errors = [steady, spike, after, soak].flatMap(({ summary }) => Object.entries(summary.errors));
    if (errors.length > 0) {
      console.error(
        `Not shed, but failed: ${errors.map(([what, times]) => `${times} × ${what}`).join("; ")}`,
      );
      process.exitCode = 1;
    }
  } finally {
    await stop();
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
