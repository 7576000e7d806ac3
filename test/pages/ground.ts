import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { Addresses } from "../../infra/local/system.ts";
import { freePorts } from "../e2e/free-ports.ts";
import { beginRecord } from "../privileges/recording.ts";
import { unpackBrowser } from "./launch.ts";

export interface Ground {
  dataDir: string;
  addresses: Addresses;
}

declare module "vitest" {
  interface ProvidedContext {
    /** The system that all files of the project "pages" share. */
    ground: Ground;
  }
}

/** A Tuesday morning in Kalimantan, so that no test depends on the day on which it runs. */
export const begins = "2026-11-24T09:00:00+08:00";

/** Starts the system as `npm start` does, in a process of its own. Answers once it is ready. */
export async function startGround(
  log?: (line: string) => void,
  recordedIn?: string,
): Promise<Ground & { stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "sp4n-lapor-pages-"));
  const { first } = await freePorts();
  const args = ["infra/local/start.mjs", "--data", dataDir, "--port", String(first), "--now", begins];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(recordedIn && { RECORD_CALLS: recordedIn }) },
  });
  const ended = once(child, "close");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  let output = "";
  await new Promise<void>((ready, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk;
      log?.(String(chunk));
      if (output.includes("Ready after")) ready();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    void ended.then(() => reject(new Error(`The system does not start:\n${output}`)));
  });
  const addresses = JSON.parse(readFileSync(join(dataDir, "addresses.json"), "utf8")) as Addresses;
  return { dataDir, addresses, stop };
}

/** Starts one system for all files of the project, and unpacks the browser, which takes longer the first time. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  const [{ stop, ...ground }] = await Promise.all([
    startGround(undefined, beginRecord("pages")),
    unpackBrowser(),
  ]);
  project.provide("ground", ground);
  // A file that needs a system of its own reads the same stacks.
  project.provide("assembly", join(ground.dataDir, "cdk.out"));
  return stop;
}
