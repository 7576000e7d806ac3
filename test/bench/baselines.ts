import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { App, Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { CloudAssembly } from "aws-cdk-lib/cx-api";
import { buildSync } from "esbuild";
import { NodeFunction } from "../../infra/constructs/node-function.ts";
import { readStacks } from "../../infra/local/template/template.ts";

const thisFile = fileURLToPath(import.meta.url);

/** Beside the SDK, because a bundler looks for packages from where a file stands. */
const sources = "node_modules/.cache/bench-clients";

/** A module that constructs SDK clients, named after them. */
export interface Clients {
  name: string;
  source: string;
}

/** The SDK clients that a bundle holds, as it says itself: nobody has to keep a list. */
export function clientsIn(bundle: string): Clients {
  const found = [
    ...readFileSync(bundle, "utf8").matchAll(
      /^\s*(?:"|\/\/ )node_modules\/@aws-sdk\/(client-[a-z0-9-]+)\/dist-es\/(\w+Client)\.js/gm,
    ),
  ];
  const clients = new Map(found.map(([, from = "", name = ""]) => [from, name]));
  const documents = clients.has("client-dynamodb");
  const name = [...clients.keys()].sort().join("+") || "no-clients";
  const imports = [...clients].map(([from, client]) => `import { ${client} } from "@aws-sdk/${from}";`);
  const constructed = [...clients.values()].map((client) =>
    client === "DynamoDBClient" ? "DynamoDBDocumentClient.from(new DynamoDBClient({}))" : `new ${client}({})`,
  );
  return {
    name,
    source: [
      ...imports,
      documents ? `import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";` : "",
      `export const handler = [${constructed.join(", ")}];`,
    ].join("\n"),
  };
}

export interface Baseline {
  /** With the project's own NodeFunction, so that the settings are those of the functions whatever they become. */
  ours: string;
  /** As esbuild bundles the SDK when nobody says anything. */
  plain: string;
}

/** Bundles modules that only construct SDK clients. In a process of its own (this file, below), because bundling is loud. */
export async function bundleBaselines(
  modules: readonly Clients[],
  outdir: string,
  signal: AbortSignal,
): Promise<Record<string, Baseline>> {
  mkdirSync(sources, { recursive: true });
  try {
    const distinct = new Map(modules.map(({ name, source }) => [name, source]));
    const names = [...distinct.keys()];
    for (const [name, source] of distinct) writeFileSync(`${sources}/${name}.mjs`, source);
    await promisify(execFile)(process.execPath, [thisFile, outdir, ...names], { timeout: 120_000, signal });
    const assets = readStacks(new CloudAssembly(outdir)).flatMap(({ resources, assets }) =>
      [...resources.values()].map((resource) => ({ ...resource, assets })),
    );
    return Object.fromEntries(
      names.map((name) => {
        const { properties, assets: folders } = assets.find(({ path }) => path === name) ?? {};
        const { S3Key = "" } = (properties?.Code ?? {}) as { S3Key?: string };
        const plain = `${outdir}/${name}.plain.mjs`;
        bundlePlainly(name, plain);
        return [name, { ours: `${folders?.get(S3Key.replace(/\.zip$/, ""))}/index.mjs`, plain }];
      }),
    );
  } finally {
    rmSync(sources, { recursive: true });
  }
}

const bundlePlainly = (name: string, outfile: string) =>
  buildSync({
    entryPoints: [`${sources}/${name}.mjs`],
    outfile,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: "error",
  });

if (process.argv[1] === thisFile) {
  const [outdir, ...names] = process.argv.slice(2);
  const app = new App({ outdir });
  const stack = new Stack(app, "baselines");
  const alarmTopic = new Topic(stack, "Alarms");
  for (const name of names)
    new NodeFunction(stack, name, {
      entry: `${sources}/${name}.mjs`,
      impact: "None.",
      runbook: "none",
      alarmTopic,
    });
  app.synth();
}
