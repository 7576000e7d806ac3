import { globSync } from "node:fs";
import { Stack } from "aws-cdk-lib";
import type { CfnFunction } from "aws-cdk-lib/aws-lambda";
import { expect, test } from "vitest";
import type * as z from "zod";
import { buildApp } from "../../infra/app.ts";
import { type Stage, stageNamed, stages } from "../../infra/config.ts";
import { NodeFunction } from "../../infra/constructs/node-function.ts";
import { edgeVariables } from "../../shared/http/serve.ts";
import { inFreshFolder } from "./synthesised.ts";

type Variables = Record<string, z.ZodType>;

const files = [...globSync("functions/*/handler.ts"), ...globSync("functions/jobs/*.ts")].sort();

/** What each function declares that it reads. `serve` reads what concerns the edge, for every function that it serves. */
const declared = new Map<string, Variables>(
  await Promise.all(
    files.map(async (file): Promise<[string, Variables]> => {
      const { variables } = (await import(/* @vite-ignore */ `../../${file}`)) as { variables: Variables };
      return [file, file.endsWith("/handler.ts") ? { ...variables, ...edgeVariables } : variables];
    }),
  ),
);

/** Lambda, the AWS SDK and Powertools read these themselves, and what we count carries the stage. */
const readByOthers = /^(AWS|POWERTOOLS)_|^STAGE$/;

/** What a template tells a function. */
interface Told {
  file: string;
  /** A literal is a string. A token of CloudFormation is an object. */
  environment: Record<string, unknown>;
}

/** What the templates of a stage tell their functions, and how many functions they have. */
const toldBy = (stage: string | Stage): { functions: number; told: Told[] } =>
  inFreshFolder((outdir) => {
    const app = buildApp({ stage, outdir, code: false, validation: false });
    const assembly = app.synth();
    const resourcesOf = (stackName: string) =>
      assembly.getStackByName(stackName).template.Resources as Record<
        string,
        { Type: string; Properties?: { Environment?: { Variables?: Record<string, unknown> } } }
      >;
    return {
      functions: assembly.stacks
        .flatMap(({ stackName }) => Object.values(resourcesOf(stackName)))
        .filter(({ Type }) => Type === "AWS::Lambda::Function").length,
      told: app.node
        .findAll()
        .filter((construct) => construct instanceof NodeFunction)
        .map((one) => {
          const stack = Stack.of(one);
          const resource = resourcesOf(stack.stackName)[
            stack.getLogicalId(one.node.defaultChild as CfnFunction)
          ];
          return { file: one.entry, environment: resource?.Properties?.Environment?.Variables ?? {} };
        }),
    };
  });

/** What a token may turn out to be: any text, also the address of a queue, but no number. */
const anyText = "https://token.example";

/** Everything that a function is told wrong. */
function wrongIn({ file, environment }: Told): string[] {
  const variables = declared.get(file) ?? {};
  const names = new Set([...Object.keys(variables), ...Object.keys(environment)]);
  return [...names]
    .filter((name) => !readByOthers.test(name))
    .flatMap((name) => {
      const schema = variables[name];
      if (!schema) return [`${file} is told ${name} and declares no such variable`];
      const value = environment[name];
      if (schema.safeParse(typeof value === "object" ? anyText : value).success) return [];
      return [`${file} ${value === undefined ? "is not told" : "cannot read its"} ${name}`];
    });
}

test.each(Object.keys(stages))(
  "the stacks of %s tell every function exactly the variables that it declares, with values that it can read",
  (stage) => {
    const { functions, told } = toldBy(stage);
    expect(told.map(({ file }) => file).sort()).toEqual(files);
    expect(functions).toBe(files.length);
    expect(told.flatMap(wrongIn)).toEqual([]);
  },
);

test("a stage whose setting is no number is found before it is deployed", () => {
  const dev = stageNamed("dev");
  const { told } = toldBy({ ...dev, freeReports: { ...dev.freeReports, ofNetwork: NaN } });
  expect(told.flatMap(wrongIn)).toEqual([
    "functions/public/handler.ts cannot read its FREE_REPORTS_OF_NETWORK",
  ]);
});

test("a variable that is missing is found, and so is one that nobody declares", () => {
  const file = "functions/jobs/check-calendars.ts";
  expect(wrongIn({ file, environment: { CASES_TABLE: "cases", POWERTOOLS_LOG_LEVEL: "INFO" } })).toEqual([
    `${file} is not told DIRECTORY_TABLE`,
    `${file} is not told PRACTICE_TABLE`,
    `${file} is told CASES_TABLE and declares no such variable`,
  ]);
});

test("a token counts as a text, and not as a number", () => {
  const file = "functions/administration/handler.ts";
  const { told } = toldBy("dev");
  const { environment = {} } = told.find((one) => one.file === file) ?? {};
  const token = { Ref: "Something" };
  expect(wrongIn({ file, environment: { ...environment, VERIFYING_AGENCY: token } })).toEqual([]);
  expect(wrongIn({ file, environment: { ...environment, RECOUNT_DELAY_SECONDS: token } })).toEqual([
    `${file} cannot read its RECOUNT_DELAY_SECONDS`,
  ]);
});
