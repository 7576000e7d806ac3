/**
 * npm run load [-- rush | soak] [-- --rate 1 --soak-rate 3 --soak-minutes 10]
 *
 * Loads the system as it runs on one machine: steadily and then twenty times as much at once (rush), and for ten minutes (soak). It writes
 * what came of that into docs/load.json; `npm run capacity -- --stored` puts it into docs/capacity.md. It fails where anything but
 * shedding was an error: an answer of 5xx that does not say when to come again, a lost connection, or no answer in half a minute.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Addresses } from "../../infra/local/system.ts";
import { Mistake, orUsage, runCommand } from "../../shared/platform/command.ts";
import { openClients } from "./clients.ts";
import { recoverySeconds, type Sample, slopePerMinute, summaryOf } from "./figures.ts";
import { loadFile, type LoadMeasured, type Rush, type Soak, storedLoad } from "./measured.ts";

const options = {
  rate: { type: "string", default: "1" },
  "soak-rate": { type: "string", default: "3" },
  "soak-minutes": { type: "string", default: "10" },
  port: { type: "string", default: "4300" },
} as const;

/** What is loaded, and how much. */
const readArguments = () =>
  orUsage(
    "Usage: npm run load [-- rush | soak] [--rate N (default 1)] [--soak-rate N (default 3)] [--soak-minutes N (default 10)] [--port N (default 4300)]",
    () => {
      const { values, positionals } = parseArgs({ allowPositionals: true, options });
      const other = positionals.find((part) => !["rush", "soak"].includes(part));
      if (other !== undefined) throw new Mistake(`There is no "${other}" to load: there are rush and soak.`);
      const number = (name: keyof typeof options): number => {
        const value = Number(values[name]);
        if (!(value > 0)) throw new Mistake(`--${name} takes a number above 0.`);
        return value;
      };
      return {
        parts: positionals.length > 0 ? positionals : ["rush", "soak"],
        rate: number("rate"),
        soakRate: number("soak-rate"),
        soakMinutes: number("soak-minutes"),
        port: number("port"),
      };
    },
  );

const factor = 20;
const megabyte = 1024 * 1024;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The memory that a process holds now. Linux tells it. */
const residentMegabytes = (pid: number): number => {
  const [, kilobytes = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round((Number(kilobytes) * 1024) / megabyte);
};

/** Starts the system in a process of its own, so that its memory is its own and the clients do not wait for it. */
async function startSystem(dataDir: string, port: number, signal: AbortSignal) {
  const child: ChildProcess = spawn(
    process.execPath,
    ["infra/local/start/start.ts", "--data", dataDir, "--port", String(port)],
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

async function load(dataDir: string, asked: ReturnType<typeof readArguments>): Promise<void> {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
  const { signal } = stopping;
  const { parts, rate, soakRate } = asked;
  const seconds = { warm: 30, steady: 120, spike: 15, after: 120, soak: asked.soakMinutes * 60 };
  const { addresses, stop } = await startSystem(dataDir, asked.port, signal);
  const clients = await openClients(addresses);
  const began = performance.now();
  const now = () => performance.now() - began;
  const memory: { at: number; value: number }[] = [];
  let loads: number[] = [];
  const looking = setInterval(() => {
    memory.push({ at: now(), value: residentMegabytes(addresses.pid) });
    loads.push(loadavg()[0] ?? 0);
  }, 5_000);
  const failed: string[] = [];
  const phase = async (name: string, perSecond: number, lasts: number) => {
    console.log(`${name}: ${perSecond} a second for ${lasts} s`);
    const samples: Sample[] = [];
    await clients.arrive(began, { perSecond, seconds: lasts }, samples, signal);
    const summary = summaryOf(samples, lasts);
    for (const [what, times] of Object.entries(summary.errors)) failed.push(`${name}: ${times} × ${what}`);
    return { samples, summary };
  };
  /** When, where, and how busy that was since the last time. */
  const run = () => {
    const [cpu] = cpus();
    const busyness = loads.reduce((sum, one) => sum + one, 0) / Math.max(1, loads.length);
    loads = [];
    return {
      measuredOn: new Date().toISOString(),
      machine: `${cpus().length} cores (${cpu?.model.trim()}), Node ${process.versions.node}`,
      busyness: rounded(busyness),
    };
  };

  async function rush(): Promise<Rush> {
    const steady = await phase("steady", rate, seconds.steady);
    const over = now() + seconds.spike * 1000;
    // Those of the spike that still wait are answered while others come: as it is for people.
    const spiking = phase("spike", rate * factor, seconds.spike);
    // Where this is stopped, both phases end by themselves, and nothing is written.
    await wait(seconds.spike * 1000, undefined, { signal }).catch(() => {});
    const [spike, after] = await Promise.all([spiking, phase("after it", rate, seconds.after)]);
    const recovered = recoverySeconds(after.samples, { from: over, usualP99: steady.summary.p99 });
    return {
      ...run(),
      factor,
      steady: steady.summary,
      spike: spike.summary,
      ...(recovered !== undefined && { recoverySeconds: recovered }),
    };
  }

  async function soak(): Promise<Soak> {
    const from = now();
    const { summary } = await phase("soak", soakRate, seconds.soak);
    const seen = memory.filter(({ at }) => at >= from);
    const half = from + (now() - from) / 2;
    return {
      ...run(),
      soak: summary,
      memory: {
        start: seen[0]?.value ?? 0,
        end: seen.at(-1)?.value ?? 0,
        perMinute: rounded(slopePerMinute(seen)),
        perMinuteOfSecondHalf: rounded(slopePerMinute(seen.filter(({ at }) => at >= half))),
      },
    };
  }

  try {
    await phase("warm", rate, seconds.warm);
    const measured: LoadMeasured = {
      ...storedLoad(),
      ...(parts.includes("rush") && { rush: await rush() }),
      ...(parts.includes("soak") && { soak: await soak() }),
    };
    if (signal.aborted) throw new Error("Stopped before the end: nothing is written");
    console.log(JSON.stringify(measured, undefined, 1));
    writeFileSync(loadFile, `${JSON.stringify(measured, undefined, 1)}\n`);
    if (failed.length > 0) {
      console.error(`Not shed, but failed:\n${failed.join("\n")}`);
      process.exitCode = 1;
    }
  } finally {
    clearInterval(looking);
    clients.close();
    await stop();
  }
}

await runCommand(async () => {
  const asked = readArguments();
  const dataDir = mkdtempSync(join(tmpdir(), "sp4n-lapor-load-"));
  try {
    await load(dataDir, asked);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
