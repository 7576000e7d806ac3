import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { functionSettings } from "../../infra/local/functions/lambda.ts";
import { resourcesOf, type Stack } from "../../infra/local/template/template.ts";
import { bundleBaselines, clientsIn } from "./baselines.ts";
import { median, quantile, table } from "./table.ts";

const runs = 21;

interface Bundle {
  name: string;
  file: string;
  environment: Record<string, string>;
}

/** The bundles of the functions with the environment that their templates give them; nothing is called on load. */
function bundlesOf(stacks: Stack[]): Bundle[] {
  const nowhere = "http://127.0.0.1:9/nowhere";
  const endpoints = { dynamodb: nowhere, sqs: nowhere, s3: nowhere, mailbox: nowhere, issuer: nowhere };
  return resourcesOf(stacks, "AWS::Lambda::Function").map((resource) => {
    const { module, environment } = functionSettings(stacks, resource, () => nowhere, endpoints, "/dev/null");
    return { name: resource.path, file: module, environment };
  });
}

const loadOnce = fileURLToPath(new URL("./load-once.mjs", import.meta.url));

/** How long a fresh process takes to import the bundle, in milliseconds. */
async function load(file: string, environment: Bundle["environment"], signal: AbortSignal): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [loadOnce, file], {
    env: environment,
    timeout: 20_000,
    signal,
  });
  return Number(stdout);
}

const kilobytes = (file: string): string => (statSync(file).size / 1024).toFixed(0);
const whole = (values: number[]): string => median(values).toFixed(0);
const quartiles = (values: number[]): string =>
  `${quantile(values, 0.25).toFixed(2)} to ${quantile(values, 0.75).toFixed(2)}`;

/** What every function's bundle costs to load, against bundles that only construct the same SDK clients. */
export async function loadTimes(stacks: Stack[], outdir: string, signal: AbortSignal): Promise<string> {
  const bundles = bundlesOf(stacks);
  const modules = bundles.map(({ file }) => clientsIn(file));
  const baselines = await bundleBaselines(modules, outdir, signal);

  const rows: string[][] = [];
  for (const [index, { name, file, environment }] of bundles.entries()) {
    const { name: clients = "" } = modules[index] ?? {};
    const { ours = "", plain = "" } = baselines[clients] ?? {};
    const times: Record<string, number[]> = { [file]: [], [ours]: [], [plain]: [] };
    // The same flags and variables, so that only what is loaded differs; in turns, so that what disturbs one disturbs all.
    for (let run = 0; run < runs; run++)
      for (const each of run % 2 ? [plain, ours, file] : [file, ours, plain])
        times[each]?.push(await load(each, environment, signal));
    const { [file]: own = [], [ours]: tuned = [], [plain]: untuned = [] } = times;
    const against = (others: number[]) => own.map((time, run) => time / (others[run] ?? NaN));
    rows.push([
      name,
      clients.replaceAll("client-", "").replaceAll("+", ", "),
      kilobytes(file),
      whole(own),
      whole(tuned),
      median(against(tuned)).toFixed(2),
      whole(untuned),
      median(against(untuned)).toFixed(2),
      quartiles(against(untuned)),
    ]);
  }
  return table(
    [
      "Function",
      "SDK clients",
      "Size (KB)",
      "Load (ms)",
      "Clients only (ms)",
      "Ratio",
      "Clients, plain SDK (ms)",
      "Ratio",
      "Quartiles",
    ],
    rows,
  );
}
