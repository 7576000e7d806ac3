import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { functionSettings } from "../../infra/local/lambda.ts";
import { resourcesOf, type Stack } from "../../infra/local/template.ts";
import { synthesiseBaselines } from "./baselines.ts";
import { median, quantile, table } from "./table.ts";

/** Which file of clients/ constructs the SDK clients that a function constructs, by the function's construct path. */
const baselines: Record<string, string> = {
  Public: "dynamo",
  Officer: "dynamo",
  Reporter: "dynamo",
  "Emails/Function": "dynamo-and-mail",
  PublishEvents: "queue",
};

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
async function load({ file, environment }: Bundle, signal: AbortSignal): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [loadOnce, file], {
    env: environment,
    timeout: 20_000,
    signal,
  });
  return Number(stdout);
}

const kilobytes = ({ file }: Bundle): string => (statSync(file).size / 1024).toFixed(0);

/** What every function's bundle costs to load, against a bundle that only constructs the same SDK clients. */
export async function loadTimes(stacks: Stack[], outdir: string, signal: AbortSignal): Promise<string> {
  const clients = bundlesOf(await synthesiseBaselines(outdir, signal));
  const pairs = bundlesOf(stacks).map((bundle) => {
    const baseline = clients.find(({ name }) => name === baselines[bundle.name]);
    if (!baseline)
      throw new Error(`Say in test/bench/load-time.ts which SDK clients ${bundle.name} constructs.`);
    // The same flags and variables, so that only what is loaded differs.
    return { bundle, baseline: { ...baseline, environment: bundle.environment } };
  });

  const times = pairs.map((): { bundle: number; baseline: number }[] => []);
  for (let run = 0; run < runs; run++)
    for (const [index, { bundle, baseline }] of pairs.entries()) {
      // Each goes first in turn: what disturbs the machine disturbs both.
      const first = run % 2 ? await load(bundle, signal) : undefined;
      const bare = await load(baseline, signal);
      times[index]?.push({ bundle: first ?? (await load(bundle, signal)), baseline: bare });
    }

  return table(
    ["Function", "Size (KB)", "Clients only (KB)", "Load (ms)", "Clients only (ms)", "Ratio", "Quartiles"],
    pairs.map(({ bundle, baseline }, index) => {
      const measured = times[index] ?? [];
      const ratios = measured.map((time) => time.bundle / time.baseline);
      return [
        bundle.name,
        kilobytes(bundle),
        kilobytes(baseline),
        median(measured.map((time) => time.bundle)).toFixed(0),
        median(measured.map((time) => time.baseline)).toFixed(0),
        median(ratios).toFixed(2),
        `${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}`,
      ];
    }),
  );
}
