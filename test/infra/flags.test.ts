import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import cdk from "../../cdk.json" with { type: "json" };

interface Flag {
  recommendedValue: unknown;
}

/** CDK exports no list of its flags, so this is the file in which it has them. */
const features = createRequire(import.meta.url)(
  join(import.meta.dirname, "../../node_modules/aws-cdk-lib/cx-api/lib/features.js"),
) as { FLAGS: Record<string, Flag>; CURRENT_VERSION_EXPIRED_FLAGS: string[] };

/** The flags of the installed version. Version 2 refuses those that only version 1 had. */
const flags = new Map(
  Object.entries(features.FLAGS).filter(([name]) => !features.CURRENT_VERSION_EXPIRED_FLAGS.includes(name)),
);
const decided = new Map<string, unknown>(Object.entries(cdk.context));

/** Where we decide otherwise than CDK recommends, and why. */
const otherwise: Record<string, string> = {
  "@aws-cdk/aws-iam:minimizePolicies":
    "It joins statements that happen to look alike. Here each power is a statement of its own, as the tests and a reviewer read it.",
  "@aws-cdk/core:enablePartitionLiterals":
    "It writes the partition of a stage's region into every ARN, and changes all policies for nothing.",
  "@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName":
    "It renames the policies of all roles that use keys. Each of these roles has its policy in one stack, so no two can meet.",
  "@aws-cdk/core:defaultCrossStackReferences":
    "With strong references CloudFormation refuses to remove what another stack still reads.",
};

test("every feature flag of the installed CDK is decided in cdk.json, and no other", () => {
  expect(flags.size).toBeGreaterThan(50);
  expect([...decided.keys()].sort()).toEqual([...flags.keys()].sort());
});

test("a flag is decided as CDK recommends, or there is a reason", () => {
  const differing = [...flags].filter(
    ([name, { recommendedValue }]) => JSON.stringify(decided.get(name)) !== JSON.stringify(recommendedValue),
  );
  expect(differing.map(([name]) => name).sort()).toEqual(Object.keys(otherwise).sort());
});
