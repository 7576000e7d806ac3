import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { App, FileSystem, Stack } from "aws-cdk-lib";
import { Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { bundledCode } from "../../infra/bundling/bundles.ts";

let folder: string;
const synthesise = (stage: string, name: string): CloudAssembly =>
  buildApp({ stage, outdir: join(folder, name), validation: false }).synth();
let dev: CloudAssembly;

const before = process.env.TMPDIR;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-infra-"));
  process.env.TMPDIR = folder;
  dev = synthesise("dev", "dev");
});
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true });
});

interface Declared {
  Type: string;
  Properties?: { Code?: { S3Key: string } };
}

/** The name of every function's asset, by the name of the function in its template. */
const assetsOf = (assembly: CloudAssembly): Record<string, string> =>
  Object.fromEntries(
    assembly.stacks.flatMap(({ template }) =>
      Object.entries(template.Resources as Record<string, Declared>)
        .filter(([, { Type }]) => Type === "AWS::Lambda::Function")
        .map(([id, { Properties }]) => [id, Properties?.Code?.S3Key ?? ""]),
    ),
  );

test("every function has a bundle, which needs nothing but Node and what lies beside it", () => {
  const bundles = globSync(`${dev.directory}/asset.*/index.mjs`);
  expect(bundles).toHaveLength(new Set(Object.values(assetsOf(dev))).size);
  for (const bundle of bundles) {
    const beside = globSync("node_modules/{@*/*,[^@]*}", { cwd: dirname(bundle) }).map((path) =>
      path.replace("node_modules/", ""),
    );
    // Some of Node's modules have names that begin with "node:" only.
    const known = new Set([...builtinModules.map((name) => name.replace(/^node:/, "")), ...beside]);
    const imported = [...readFileSync(bundle, "utf8").matchAll(/^import .*? from "([^"]+)";$/gm)].map(
      ([, name = ""]) => name.replace(/^node:/, ""),
    );
    expect(imported.length).toBeGreaterThan(0);
    expect([bundle, imported.filter((name) => !known.has(name))]).toEqual([bundle, []]);
  }
});

test("the Encryption SDK stands beside the bundles that may need it, and in none", () => {
  for (const bundle of globSync(`${dev.directory}/asset.*/index.mjs`))
    expect(readFileSync(bundle, "utf8")).not.toMatch(/kms-keyring|client-kms/);
  const beside = globSync(`${dev.directory}/asset.*/node_modules/@aws-crypto/client-node/index.mjs`);
  // Seven functions with pages seal cookies, and mails open addresses.
  expect(beside).toHaveLength(8);
});

test("a function is deployed again only when its bundle changes: the name of an asset follows from its content", () => {
  expect(assetsOf(synthesise("staging", "elsewhere"))).toEqual(assetsOf(dev));
  for (const asset of globSync(`${dev.directory}/asset.*`))
    expect(basename(asset)).toBe(`asset.${FileSystem.fingerprint(asset)}`);
});

test("a function whose file is not there is refused by the file's name", () => {
  const app = new App({ outdir: join(folder, "missing") });
  const construct = () =>
    new LambdaFunction(new Stack(app, "stack"), "Missing", {
      runtime: Runtime.NODEJS_24_X,
      handler: "index.handler",
      code: bundledCode("functions/jobs/not-there.ts", {}),
    });
  expect(construct).toThrow("functions/jobs/not-there.ts");
});

test("nothing stays behind in the folder for temporary files", () => {
  expect(readdirSync(folder).filter((name) => name.startsWith("sp4n-lapor-bundles"))).toEqual([]);
});
