import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { getCompileCacheDir } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CloudAssembly } from "aws-cdk-lib/cx-api";
import { StartFailure } from "../start/start-failure.ts";
import { readStacks, type Stack } from "./template.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const thisFile = fileURLToPath(import.meta.url);

/** Everything that a synthesis reads: what declares the stacks, what is bundled, and the packages as they are installed. */
const inputs = [
  "{infra,functions,shared}/**/*.{ts,json}",
  "shared/page/files/**/*.*",
  "{cdk,tsconfig,package,package-lock}.json",
  "node_modules/.package-lock.json",
];

const inputsHash = (stage: string): string => {
  const hash = createHash("sha256").update(`${stage}\n${process.version}\n`);
  // What runs the stacks is no part of them.
  const files = globSync(inputs, { cwd: project, exclude: ["infra/local/**"] }).sort();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(project, file)));
  return hash.digest("hex");
};

/**
 * Synthesises the stacks of a stage into `outdir` and reads them. What is there already is only read, as long as nothing has
 * changed that it was made of.
 */
export const synthesise = async (options: {
  stage: string;
  outdir: string;
  signal?: AbortSignal;
  log?: (line: string) => void;
}): Promise<Stack[]> => {
  const { stage, outdir, signal, log } = options;
  const madeOf = join(outdir, "made-of.sha256");
  // Before the synthesis: what is edited meanwhile counts as changed at the next start.
  const hash = inputsHash(stage);
  if (!existsSync(madeOf) || readFileSync(madeOf, "utf8") !== hash) {
    log?.(`Synthesising the stacks of stage ${stage} ...`);
    // A start that was killed may have left a synthesis running: each writes into a folder of its own.
    for (const left of globSync(`${outdir}.*`)) rmSync(left, { recursive: true, force: true });
    const fresh = `${outdir}.${process.pid}`;
    await synthesiseAnew(stage, fresh, signal);
    writeFileSync(join(fresh, basename(madeOf)), hash);
    rmSync(outdir, { recursive: true, force: true });
    renameSync(fresh, outdir);
  }
  return readStacks(new CloudAssembly(outdir));
};

/**
 * In a process of its own (this file, below): bundling blocks for seconds, in which the emulators start and signals are
 * heard. What it prints interests only when it fails.
 */
const synthesiseAnew = async (stage: string, outdir: string, signal?: AbortSignal): Promise<void> => {
  const compiled = getCompileCacheDir();
  // A group of its own, so that an abort ends esbuild too.
  const child = spawn(process.execPath, [thisFile, stage, outdir], {
    cwd: project,
    env: { ...process.env, ...(compiled && { NODE_COMPILE_CACHE: compiled }) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const endGroup = () => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  };
  signal?.addEventListener("abort", endGroup);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const code = await new Promise((settle, reject) => child.on("error", reject).on("close", settle));
  signal?.removeEventListener("abort", endGroup);
  signal?.throwIfAborted();
  if (code !== 0) throw new StartFailure(`The stacks cannot be synthesised:\n${output.trim()}`);
};

if (process.argv[1] === thisFile) {
  const [stage = "dev", outdir] = process.argv.slice(2);
  const { buildApp } = await import("../../app.ts");
  // Nothing is deployed from here: `cdk synth` and the tests try CloudFormation's rules.
  buildApp({ stage, outdir, validation: false }).synth();
}
