import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CloudAssembly } from "aws-cdk-lib/cx-api";
import { StartFailure } from "../start/start-failure.ts";
import { readStacks, type Stack } from "./template.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const thisFile = fileURLToPath(import.meta.url);

/**
 * Synthesises the stacks of a stage into `outdir` and reads them.
 * In a process of its own (this file, below): bundling blocks for seconds, in which we start the emulators and
 * hear signals, and what it prints interests only when it fails.
 */
export const synthesise = async (options: {
  stage: string;
  outdir: string;
  signal?: AbortSignal;
}): Promise<Stack[]> => {
  rmSync(options.outdir, { recursive: true, force: true });
  // A group of its own, so that an abort ends esbuild too.
  const child = spawn(process.execPath, [thisFile, options.stage, options.outdir], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const endGroup = () => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  };
  options.signal?.addEventListener("abort", endGroup);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const code = await new Promise((settle, reject) => child.on("error", reject).on("close", settle));
  options.signal?.removeEventListener("abort", endGroup);
  options.signal?.throwIfAborted();
  if (code !== 0) throw new StartFailure(`The stacks cannot be synthesised:\n${output.trim()}`);
  return readStacks(new CloudAssembly(options.outdir));
};

if (process.argv[1] === thisFile) {
  const [stage = "dev", outdir] = process.argv.slice(2);
  const { buildApp } = await import("../../app.ts");
  buildApp({ stage, outdir }).synth();
}
