import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { stageNamed, stages } from "../../infra/config.ts";
import { NodeFunction } from "../../infra/constructs/node-function.ts";
import { refuseContradictions } from "../../infra/contradictions.ts";
import {
  answersBeforeEnd,
  longestMilliseconds,
  type Patience,
  patience,
} from "../../shared/platform/patience.ts";
import { inFreshFolder, ofType, prod, prodStacks, type Resource, resourcesOfStage } from "./synthesised.ts";

/** An HTTP API gives up on a function after 30 seconds, as CloudFront does. A second is for the way. */
const gatewayMilliseconds = 29_000;
/** An account that is not new runs so many functions at a time, and keeps a hundred for those that reserve none. */
const ofAccount = 1_000 - 100;

/** The file that each function runs, by the function's path. Templates do not tell it. */
const entries: ReadonlyMap<string, string> = inFreshFolder(
  (outdir) =>
    new Map(
      buildApp({ stage: "prod", outdir, code: false, validation: false })
        .node.findAll()
        .filter((one) => one instanceof NodeFunction)
        .map(({ node, entry }) => [node.path.replace(/^sp4n-lapor-prod-/, ""), entry]),
    ),
);

const imported = /\bfrom\s+"(\.[^"]+\.ts)"|\bimport\("(\.[^"]+\.ts)"\)/g;

/** Every file of ours that comes along with a file, also what is loaded only when it is needed. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const [, eager, lazy] of readFileSync(file, "utf8").matchAll(imported))
    withImports(normalize(join(dirname(file), eager ?? lazy ?? "")), seen);
  return seen;
}

/** Which patience a file takes: `patience.tables`, `patience.keys`, ... */
const takenIn = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(/\bpatience\.(?!ts")(\w+)/g)].map(([, name = ""]) => name);

/** Every patience that a function takes, with what one call lasts at the longest. */
const waitsOf = (entry: string): [name: string, milliseconds: number][] =>
  [...new Set([...withImports(entry)].flatMap(takenIn))].map((name) => {
    const bounds: Patience | undefined = (patience as Record<string, Patience>)[name];
    if (!bounds) throw new Error(`There is no patience for ${name}`);
    return [name, longestMilliseconds(bounds)];
  });

const functions = ofType(prod, "AWS::Lambda::Function");
const isCalled = ({ path }: Resource) => path.startsWith("api/");
const endsAfter = ({ properties }: Resource): number => properties.Timeout * 1_000;

describe("whoever waits for an answer gets ours", () => {
  test("each service is given up before the function answers, and the function answers before the gateway gives up", () => {
    const calling = functions.filter(isCalled);
    expect(calling.length).toBeGreaterThan(5);
    for (const one of calling) {
      const waits = waitsOf(entries.get(one.path) ?? "");
      expect([one.path, waits.map(([name]) => name)]).toEqual([one.path, expect.arrayContaining(["tables"])]);
      for (const [name, milliseconds] of waits)
        expect([one.path, name, milliseconds < endsAfter(one) - answersBeforeEnd]).toEqual([
          one.path,
          name,
          true,
        ]);
      expect([one.path, endsAfter(one) < gatewayMilliseconds]).toEqual([one.path, true]);
    }
  });

  test("a sign-in asks the issuer twice, and each may ask again", () => {
    const officer = functions.find(({ path }) => path === "api/Officer");
    expect(2 * patience.issuer.attempts * patience.issuer.milliseconds).toBeLessThan(
      endsAfter(officer!) - answersBeforeEnd,
    );
  });

  test("jobs too give a service up before they are ended, and say so", () => {
    for (const one of functions.filter((called) => !isCalled(called)))
      for (const [name, milliseconds] of waitsOf(entries.get(one.path) ?? ""))
        expect([one.path, name, milliseconds < endsAfter(one)]).toEqual([one.path, name, true]);
  });

  test("every client says which patience it has, and whoever serves callers has no patience for whole files", () => {
    const clients = globSync("{shared,functions/!(commands)}/**/*.ts").filter((file) =>
      /\bnew (DynamoDBClient|S3Client|SQSClient|SESv2Client|CognitoIdentityProviderClient|KMS)\(/.test(
        readFileSync(file, "utf8"),
      ),
    );
    expect(clients.length).toBeGreaterThan(5);
    for (const file of clients)
      expect([file, readFileSync(file, "utf8").includes("patientClient(")]).toEqual([file, true]);
    const whole = globSync("{shared,functions}/**/*.ts").filter((file) =>
      takenIn(file).includes("wholeFiles"),
    );
    expect(whole.length).toBeGreaterThan(3);
    for (const file of whole) expect(file).toMatch(/^functions\/jobs\//);
  });

  test("the longest wait counts every attempt and the pauses between them", () => {
    expect(longestMilliseconds({ attempts: 1, milliseconds: 100 })).toBe(100);
    expect(longestMilliseconds({ attempts: 4, milliseconds: 3_000 })).toBe(4 * 3_000 + 500 + 1_000 + 2_000);
  });
});

describe("nothing grows without a bound", () => {
  /** How many of a function run at a time, where nothing else of the account stops it. */
  function boundOf({ path, properties }: Resource, resources: readonly Resource[]): number | undefined {
    if (properties.ReservedConcurrentExecutions !== undefined) return properties.ReservedConcurrentExecutions;
    const sources = ofType([...resources], "AWS::Lambda::EventSourceMapping").filter(
      (source) => source.properties.FunctionName === path,
    );
    const bounds = sources.map(
      (source) => source.properties.ScalingConfig?.MaximumConcurrency as number | undefined,
    );
    if (sources.length === 0 || bounds.includes(undefined)) return undefined;
    return bounds.reduce<number>((sum, bound) => sum + (bound ?? 0), 0);
  }

  const peopled = Object.values(stages).filter(({ concurrency }) => concurrency !== undefined);

  test("every function of a stage that people meet has a number of its own, or its message queue has", () => {
    expect(peopled.map(({ name }) => name)).toContain("prod");
    for (const stage of peopled) {
      const resources = resourcesOfStage(stage);
      for (const one of ofType(resources, "AWS::Lambda::Function"))
        expect([stage.name, one.path, boundOf(one, resources)]).toEqual([
          stage.name,
          one.path,
          expect.any(Number),
        ]);
    }
  });

  test("a function without a number is found", () => {
    const one = functions.find(({ path }) => path === "api/Public")!;
    const { ReservedConcurrentExecutions: _, ...properties } = one.properties;
    expect(boundOf({ ...one, properties }, prod)).toBeUndefined();
  });

  test("all stages that reserve fit into one account, beside each other and with their message queues", () => {
    const all = peopled
      .flatMap((stage) => {
        const resources = resourcesOfStage(stage);
        return ofType(resources, "AWS::Lambda::Function").map((one) => boundOf(one, resources) ?? 0);
      })
      .reduce((sum, one) => sum + one, 0);
    expect(all).toBeLessThanOrEqual(ofAccount);
  });

  test("citizens have more than all others together", () => {
    const { concurrency } = stageNamed("prod");
    const { public: visitors = 0, reporter = 0, ...others } = concurrency ?? {};
    const rest = Object.values(others).reduce((sum, one) => sum + one, 0);
    expect(visitors + reporter).toBeGreaterThan(rest);
  });

  test("production is refused without such numbers", () => {
    const { concurrency: _, ...without } = stageNamed("prod");
    expect(() => refuseContradictions(without)).toThrow("concurrency");
  });

  test("a message is given out again only after six times the time of its worker", () => {
    const queues = new Map(ofType(prod, "AWS::SQS::Queue").map((one) => [`${one.path}.Arn`, one.properties]));
    const sources = ofType(prod, "AWS::Lambda::EventSourceMapping").filter(({ properties }) =>
      queues.has(properties.EventSourceArn),
    );
    expect(sources.length).toBeGreaterThan(5);
    for (const { path, properties } of sources) {
      const worker = functions.find((one) => one.path === properties.FunctionName);
      const visible = queues.get(properties.EventSourceArn)?.VisibilityTimeout;
      expect([path, visible >= 6 * (worker?.properties.Timeout ?? Infinity)]).toEqual([path, true]);
    }
  });

  test("what may call a function fits into the 20 KB of its policy, with names as long as AWS makes them", () => {
    const functions = new Map<string, number>();
    for (const { properties, logicalId } of ofType(prod, "AWS::Lambda::Permission")) {
      const called = String(properties.FunctionName);
      const statement = {
        Sid: `sp4n-lapor-prod-api-${logicalId}-123456789012`,
        Effect: "Allow",
        Principal: { Service: properties.Principal },
        Action: properties.Action,
        Resource: `arn:aws:lambda:ap-southeast-3:123456789012:function:sp4n-lapor-prod-api-${called}-123456789012`,
        Condition: { ArnLike: { "AWS:SourceArn": JSON.stringify(properties.SourceArn) } },
      };
      functions.set(called, (functions.get(called) ?? 0) + JSON.stringify(statement).length);
    }
    expect(functions.size).toBeGreaterThan(6);
    for (const [called, bytes] of functions) expect([called, bytes < 15_000]).toEqual([called, true]);
  });

  test("a stack stays well below the 500 resources that CloudFormation takes", () => {
    for (const { name, template } of prodStacks)
      expect([name, Object.keys(template.Resources).length < 450]).toEqual([name, true]);
  });
});
