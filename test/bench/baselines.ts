import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { App, Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { CloudAssembly } from "aws-cdk-lib/cx-api";
import { NodeFunction } from "../../infra/constructs/node-function.ts";
import { readStacks, type Stack as Synthesised } from "../../infra/local/template.ts";

const thisFile = fileURLToPath(import.meta.url);

/**
 * Bundles every file of clients/ with the project's own NodeFunction, so that the settings are those of the functions
 * whatever they become. In a process of its own (this file, below), because bundling is loud.
 */
export async function synthesiseBaselines(outdir: string, signal: AbortSignal): Promise<Synthesised[]> {
  await promisify(execFile)(process.execPath, [thisFile, outdir], { timeout: 60_000, signal });
  return readStacks(new CloudAssembly(outdir));
}

if (process.argv[1] === thisFile) {
  const app = new App({ outdir: process.argv[2] });
  const stack = new Stack(app, "baselines");
  const alarmTopic = new Topic(stack, "Alarms");
  for (const entry of globSync("test/bench/clients/*.ts"))
    new NodeFunction(stack, basename(entry, ".ts"), { entry, impact: "None.", runbook: "none", alarmTopic });
  app.synth();
}
