import { describe, expect, test } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { stageNamed } from "../../infra/config.ts";
import { inFreshFolder, ofType, prod, type Resource, resourcesOfStage } from "./synthesised.ts";

const stateful = ["AWS::DynamoDB::GlobalTable", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::Cognito::UserPool"];
/** What these hold is gone in days or can be made again. */
const passing = ["data/Traffic", "data/Drafts", "data/Practice"];

/** Whether somebody would have to lift a protection before a resource can be deleted. */
const isProtected = ({ properties }: Resource): boolean =>
  properties.DeletionProtection === "ACTIVE" ||
  (properties.Replicas ?? []).some(
    (replica: { DeletionProtectionEnabled?: boolean }) => replica.DeletionProtectionEnabled === true,
  );

const terminationProtections = (options: Parameters<typeof buildApp>[0]) =>
  inFreshFolder((outdir) =>
    buildApp({ ...options, outdir, code: false, validation: false })
      .synth()
      .stacks.map(({ terminationProtection }) => terminationProtection ?? false),
  );

describe("a first deployment that fails", () => {
  const kept = ofType(prod, ...stateful).filter(({ path }) => !passing.includes(path));

  test("leaves no table, key, bucket or user pool behind that the next try would collide with", () => {
    expect(kept.length).toBeGreaterThan(10);
    for (const { path, deletionPolicy, replacePolicy } of kept)
      expect([path, deletionPolicy, replacePolicy]).toEqual([path, "RetainExceptOnCreate", "Retain"]);
  });

  test("can be taken away: neither its stacks nor what is in them are protected yet", () => {
    expect(new Set(terminationProtections({ stage: "prod", first: true }))).toEqual(new Set([false]));
    expect(resourcesOfStage("prod", { first: true }).filter(isProtected)).toEqual([]);
  });

  test("needs no protection of a second deployment: that changes nothing but the protections", () => {
    const bare = (resources: Resource[]) =>
      resources.map((one) => ({
        ...one,
        properties: JSON.parse(
          JSON.stringify(one.properties, (name, value) =>
            ["DeletionProtection", "DeletionProtectionEnabled"].includes(name) ? undefined : value,
          ),
        ),
      }));
    expect(bare(resourcesOfStage("prod", { first: true }))).toEqual(bare(prod));
  });
});

test("from the second deployment on nobody deletes a stack, a lasting table or the user pool by mistake", () => {
  expect(new Set(terminationProtections({ stage: "prod" }))).toEqual(new Set([true]));
  const lasting = ofType(prod, "AWS::DynamoDB::GlobalTable", "AWS::Cognito::UserPool").filter(
    ({ path }) => !passing.includes(path),
  );
  expect(lasting.length).toBeGreaterThan(4);
  for (const one of lasting) expect([one.path, isProtected(one)]).toEqual([one.path, true]);
});

describe("the rehearsal of production", () => {
  const rehearsal = resourcesOfStage("rehearsal");
  /** The same under production's name and addresses, so that it differs in nothing that follows from those. */
  const asProd: Resource[] = JSON.parse(
    JSON.stringify(resourcesOfStage({ ...stageNamed("rehearsal"), name: "prod" }))
      .replaceAll("rehearsal.sp4n-lapor.example", "sp4n-lapor.example")
      .replaceAll('"Domain":"sp4n-lapor-rehearsal"', '"Domain":"sp4n-lapor"'),
  );

  test("has the same resources, each of the same kind", () => {
    const kinds = (resources: Resource[]) => resources.map(({ path, type }) => `${path} ${type}`).sort();
    expect(kinds(asProd)).toEqual(kinds(prod));
    expect(kinds(rehearsal)).toHaveLength(kinds(prod).length);
  });

  /** In these, and in the names of the stage, the two may differ. */
  const mayDiffer = [
    "DeletionProtectionEnabled",
    "DeletionProtection",
    "ReservedConcurrentExecutions",
    "ScalingConfig.MaximumConcurrency",
    "ObjectLockConfiguration.Rule.DefaultRetention.Days",
  ];

  const entriesOf = (value: object) => new Map<string, unknown>(Object.entries(value));
  /** Every place in which two values differ, as a path of names. */
  function differences(a: unknown, b: unknown, at: string[] = []): string[] {
    if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
      const [left, right] = [entriesOf(a), entriesOf(b)];
      return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) =>
        differences(left.get(name), right.get(name), [...at, name]),
      );
    }
    return a === b ? [] : [at.join(".")];
  }

  test("differs in what is listed here and in nothing else", () => {
    const found = prod.flatMap((one) => {
      const other = asProd.find(({ path, type }) => path === one.path && type === one.type);
      return differences(one.properties, other?.properties).map((place) => `${one.path}: ${place}`);
    });
    const unlisted = found.filter((place) => !mayDiffer.some((name) => place.endsWith(name)));
    expect(unlisted).toEqual([]);
    for (const name of mayDiffer)
      expect([name, found.some((place) => place.endsWith(name))]).toEqual([name, true]);
  });

  test("can be taken away: nothing of it is protected or kept, and the lock of the daily copies lasts one day", () => {
    expect(new Set(terminationProtections({ stage: "rehearsal" }))).toEqual(new Set([false]));
    expect(rehearsal.filter(isProtected)).toEqual([]);
    for (const { path, deletionPolicy } of ofType(rehearsal, ...stateful))
      expect([path, deletionPolicy]).toEqual([path, "Delete"]);
    const anchors = rehearsal.find(({ path }) => path === "data/HistoryAnchors");
    expect(anchors?.properties.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({
      Mode: "COMPLIANCE",
      Days: 1,
    });
  });
});

test("a word that says neither whether a deployment is the first nor that it is not is refused", () => {
  const before = process.env.CDK_CONTEXT_JSON;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ first: "yes" });
  try {
    expect(() => inFreshFolder((outdir) => buildApp({ stage: "dev", outdir, code: false }))).toThrow(
      "-c first",
    );
  } finally {
    if (before === undefined) delete process.env.CDK_CONTEXT_JSON;
    else process.env.CDK_CONTEXT_JSON = before;
  }
});
