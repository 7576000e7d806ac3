import { isDeepStrictEqual } from "node:util";
import { App, Stack } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { describe, expect, test } from "vitest";
import { sealPurposes } from "../../shared/reporter/reporter-store.ts";
import { subscriberPurpose } from "../../shared/subscriber/subscriber-store.ts";
import {
  accountRoot,
  almighty,
  type GuardedBy,
  keyOf,
  type KeyRight,
  mayUse,
  rightsOf,
  rolesIn,
  type Statement,
} from "./key-rights.ts";
import { dev, inFreshFolder, ofType, only, prod, type Resource } from "./synthesised.ts";

const throughDynamo: KeyRight[] = ["Decrypt", "Encrypt", "GenerateDataKey", "DescribeKey"];

/** Every role that may use a key, and exactly what for. Nobody else may. */
const users: Record<string, Record<string, KeyRight[]>> = {
  "data/IdentityKey": {
    "data/PublicRole": ["GenerateDataKey"],
    "data/IdentityRole": ["Decrypt", "GenerateDataKey"],
    "data/ReporterRole": ["GenerateDataKey"],
    "data/EmailsRole": ["Decrypt"],
  },
  "data/IdentityHashKey": {
    "data/PublicRole": ["GenerateMac"],
    "data/IdentityRole": ["GenerateMac"],
  },
  "data/TrafficKey": {
    "data/PublicRole": ["GenerateMac"],
    "data/ReporterRole": ["GenerateMac"],
    "data/IdentityRole": ["GenerateMac"],
    "data/EmailsRole": ["GenerateMac"],
  },
  "data/UnsubscribingKey": {
    "data/ReporterRole": ["GenerateMac"],
    "data/EmailsRole": ["GenerateMac"],
  },
  "data/PagesKey": {
    "data/PublicRole": ["GenerateMac"],
    "data/ReporterRole": ["GenerateMac"],
    "data/IdentityRole": ["GenerateMac"],
    "data/OfficerRole": ["GenerateMac"],
    "data/EvidenceRole": ["GenerateMac"],
    "data/AdministrationRole": ["GenerateMac"],
    "data/PracticeRole": ["GenerateMac"],
  },
  "data/ReportersKey": {
    "data/PublicRole": throughDynamo,
    "data/ReporterRole": throughDynamo,
    "data/IdentityRole": throughDynamo,
    "data/EmailsRole": throughDynamo,
    "data/FeedbackRole": throughDynamo,
    "data/RemoveExpiredRole": throughDynamo,
  },
  "data/AttachmentsKey": {
    "data/PublicRole": ["Decrypt"],
    "data/OfficerRole": ["Decrypt", "GenerateDataKey"],
    "data/ReporterRole": ["GenerateDataKey"],
    "data/EvidenceRole": ["Decrypt"],
    "data/InspectionsRole": ["Decrypt", "GenerateDataKey"],
    "data/MalwareScan/Role": ["Decrypt", "GenerateDataKey"],
  },
};

/** Only production is scanned. */
const usersIn = (resources: Resource[], key: string) =>
  Object.entries(users[key] ?? {}).filter(([role]) => resources.some(({ path }) => path === role));

const watching: KeyRight[] = [
  ...(["RevokeGrant", "ListGrants", "ListRetirableGrants", "GetKeyPolicy", "ListKeyPolicies"] as const),
  ...(["DescribeKey", "EnableKey", "DisableKey", "CancelKeyDeletion", "GetKeyRotationStatus"] as const),
  ...(["ListKeyRotations", "ListResourceTags"] as const),
];
const changing: KeyRight[] = [
  ...(["PutKeyPolicy", "ScheduleKeyDeletion", "UpdateKeyDescription", "EnableKeyRotation"] as const),
  ...(["DisableKeyRotation", "TagResource", "UntagResource", "CreateAlias", "DeleteAlias"] as const),
  ...(["UpdateAlias"] as const),
];

const anAdministrator = almighty("arn:AWS::Partition:iam::AWS::AccountId:role/Administrator");
const theRootUser = almighty(accountRoot);
const aDeployment = almighty(
  JSON.stringify({
    "Fn::Sub":
      "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-cfn-exec-role-${AWS::AccountId}-${AWS::Region}",
  }),
);

/** DynamoDB asks for these where somebody makes a table under a key, or copies what is in one. */
const keeping: KeyRight[] = [
  ...(["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo"] as const),
  ...(["GenerateDataKey", "GenerateDataKeyWithoutPlaintext"] as const),
];

describe.each([
  ["production", prod],
  ["dev", dev],
])("the keys of %s", (_, resources) => {
  const keys = ofType(resources, "AWS::KMS::Key");

  test("are those whose users are declared here", () => {
    expect(keys.map(({ path }) => path).sort()).toEqual(Object.keys(users).sort());
  });

  test("are used by the declared roles, each exactly for what is declared, and by no other role", () => {
    const roles = rolesIn(resources);
    expect(roles.length).toBeGreaterThan(15);
    for (const key of keys) {
      const found = roles
        .map((role): [string, KeyRight[]] => [
          role.arn.replace(/\.Arn$/, ""),
          rightsOf(keyOf(key), role).sort(),
        ])
        .filter(([, rights]) => rights.length > 0);
      expect([key.path, Object.fromEntries(found)]).toEqual([
        key.path,
        Object.fromEntries(usersIn(resources, key.path).map(([role, rights]) => [role, [...rights].sort()])),
      ]);
    }
  });

  test("open nothing for an administrator of the account whom IAM allows everything: such a one watches, locks and unlocks", () => {
    for (const key of keys) {
      // DynamoDB's own grant, which the next test looks at.
      const more: KeyRight[] = key.path === "data/ReportersKey" ? ["CreateGrant"] : [];
      expect([key.path, rightsOf(keyOf(key), anAdministrator).sort()]).toEqual([
        key.path,
        [...watching, ...more].sort(),
      ]);
    }
  });

  test("are given away to nobody but DynamoDB, for the table of reporters, on behalf of whoever makes or restores it", () => {
    const giving = keys.flatMap((key) =>
      keyOf(key)
        .policy.filter(({ Action }) => /Grant\b|\*/.test(JSON.stringify(Action)))
        .filter(({ Action }) => JSON.stringify(Action).includes("CreateGrant"))
        .map(({ Condition }) => [key.path, Condition]),
    );
    expect(giving).toEqual([
      [
        "data/ReportersKey",
        {
          Bool: { "kms:GrantIsForAWSResource": "true" },
          StringEquals: { "kms:ViaService": "dynamodb.ap-southeast-3.amazonaws.com" },
        },
      ],
    ]);
  });

  test("are changed by deployments and by the root user alone, and not even those use one, but DynamoDB for them with the table of reporters", () => {
    for (const key of keys)
      for (const who of [theRootUser, aDeployment]) {
        const more: KeyRight[] = key.path === "data/ReportersKey" ? ["CreateGrant", ...keeping] : [];
        expect([key.path, rightsOf(keyOf(key), who).sort()]).toEqual([
          key.path,
          [...watching, ...changing, ...more].sort(),
        ]);
      }
  });

  test("of the table of reporters serve whoever makes it by way of DynamoDB alone", () => {
    const making = keys
      .filter(({ path }) => path === "data/ReportersKey")
      .flatMap((key) => keyOf(key).policy)
      .filter(({ Sid }) => Sid === "DeploymentsAndTheRootUserMakeTheTable");
    expect(making.map(({ Condition }) => Condition?.StringEquals)).toEqual([
      { "kms:ViaService": "dynamodb.ap-southeast-3.amazonaws.com" },
    ]);
  });

  test("are used under the same conditions by the key's policy and by the role's: neither is wider than the other", () => {
    const told = (statements: readonly Statement[], action: string) =>
      statements
        .filter(({ Action }) => [Action].flat().includes(action))
        .map(({ Condition }) => JSON.stringify(Condition ?? {}))
        .sort();
    const roles = rolesIn(resources);
    for (const key of keys)
      for (const [path, rights] of usersIn(resources, key.path))
        for (const right of rights) {
          const role = roles.find(({ arn }) => arn === `${path}.Arn`);
          const ofKey = keyOf(key).policy.filter(({ Principal }) =>
            JSON.stringify(Principal).includes(`${path}.Arn`),
          );
          const ofRole = (role?.policies ?? []).filter(({ Resource }) => Resource === `${key.path}.Arn`);
          expect([key.path, path, told(ofRole, `kms:${right}`)]).toEqual([
            key.path,
            path,
            told(ofKey, `kms:${right}`),
          ]);
        }
  });
});

describe("what an identity is sealed for", () => {
  const everyPurpose = [...sealPurposes, subscriberPurpose];

  /** What a role may do this with, by the policy of the key. */
  const purposesOf = (role: string, action: string): string[] =>
    keyOf(only(prod, "AWS::KMS::Key", "data/IdentityKey"))
      .policy.filter(
        ({ Principal, Action }) =>
          isDeepStrictEqual(Principal, { AWS: `${role}.Arn` }) && [Action].flat().includes(action),
      )
      .flatMap(({ Condition }) => {
        expect(Condition?.Null).toEqual({ "kms:EncryptionContext:trackingNumber": "false" });
        return Condition?.StringEquals?.["kms:EncryptionContext:purpose"] as string | string[];
      });

  test("only the function of identities and the one of mails open an identity, and no seal opens that names no case", () => {
    expect(purposesOf("data/EmailsRole", "kms:Decrypt").sort()).toEqual([...everyPurpose].sort());
    expect(purposesOf("data/IdentityRole", "kms:Decrypt")).toEqual(["identity", "receipt"]);
    expect(purposesOf("data/PublicRole", "kms:Decrypt")).toEqual([]);
    expect(purposesOf("data/ReporterRole", "kms:Decrypt")).toEqual([]);
  });

  test("everything that the code seals may be sealed by some function", () => {
    expect(purposesOf("data/ReporterRole", "kms:GenerateDataKey")).toEqual([subscriberPurpose]);
    const sealed = ["data/PublicRole", "data/IdentityRole", "data/ReporterRole"].flatMap((role) =>
      purposesOf(role, "kms:GenerateDataKey"),
    );
    expect([...new Set(sealed)].sort()).toEqual([...everyPurpose].sort());
  });
});

const areAllKeys = (arns: string[]): boolean =>
  isDeepStrictEqual(
    arns.toSorted(),
    Object.keys(users)
      .map((path) => `${path}.Arn`)
      .sort(),
  );

test("whoever is on call is told when a key's policy is changed, its use given away, or the key locked", () => {
  const { properties } = only(prod, "AWS::Events::Rule", "data/KeysChanged/Rule");
  expect(properties.EventPattern).toEqual({
    source: ["aws.kms"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["kms.amazonaws.com"],
      eventName: ["PutKeyPolicy", "CreateGrant", "ScheduleKeyDeletion", "DisableKey"],
      resources: { ARN: expect.toSatisfy(areAllKeys) },
    },
  });
  expect(properties.Targets.map(({ Arn }: { Arn: string }) => Arn)).toEqual(["data/Alarms"]);
});

describe("the evaluator itself", () => {
  const role = { arn: "a-role", policies: [] };
  const key = (...policy: GuardedBy["policy"]): GuardedBy => ({ arn: "a-key", policy });
  const account = { AWS: accountRoot };

  test("finds that the default policy of CDK lets an administrator open everything", () =>
    inFreshFolder((outdir) => {
      const app = new App({ outdir, builtinCloudFormationValidation: false });
      new Key(new Stack(app, "careless"), "Key");
      const { Resources } = app.synth().getStackByName("careless").template as {
        Resources: Record<string, { Properties: { KeyPolicy: { Statement: [Statement] } } }>;
      };
      const [{ Properties: careless }] = Object.values(Resources) as [(typeof Resources)[string]];
      const [statement] = careless.KeyPolicy.Statement;
      expect(statement).toMatchObject({ Action: "kms:*" });
      const delegated = key({ ...statement, Principal: account });
      expect(mayUse(delegated, anAdministrator, "Decrypt")).toBe(true);
      expect(mayUse(delegated, role, "Decrypt")).toBe(false);
    }));

  test("finds a role that is named, everybody, a right by a wildcard, and a right that IAM gives where the key leaves it to IAM", () => {
    expect(
      mayUse(key({ Effect: "Allow", Principal: { AWS: ["a-role"] }, Action: "kms:De*" }), role, "Decrypt"),
    ).toBe(true);
    expect(mayUse(key({ Effect: "Allow", Principal: "*", Action: "*" }), role, "Sign")).toBe(true);
    const left = key({ Effect: "Allow", Principal: account, Action: ["kms:Decrypt"] });
    const byIam = (Resource: string) => ({
      arn: "a-role",
      policies: [{ Effect: "Allow" as const, Action: "kms:D*", Resource }],
    });
    expect(mayUse(left, byIam("a-*"), "Decrypt")).toBe(true);
    expect(mayUse(left, byIam("another-key"), "Decrypt")).toBe(false);
    expect(mayUse(key(), byIam("*"), "Decrypt")).toBe(false);
  });

  test("ends at a denial, counts a condition that the asker can meet as met, and one on who they are as it is", () => {
    const allowed = { Effect: "Allow", Principal: { AWS: "a-role" }, Action: "kms:Decrypt" } as const;
    const denied = { Effect: "Deny", Principal: "*", Action: "kms:*" } as const;
    const over = (operator: string, name: string, value: string) => ({ [operator]: { [name]: value } });
    expect(mayUse(key(allowed, denied), role, "Decrypt")).toBe(false);
    const evaded = { ...denied, Condition: over("StringEquals", "kms:ViaService", "s3") };
    expect(mayUse(key(allowed, evaded), role, "Decrypt")).toBe(true);
    const anyRole = { ...allowed, Principal: "*" } as const;
    for (const [arn, may] of [
      ["a-*", true],
      ["another-role", false],
    ] as const)
      expect(
        mayUse(key({ ...anyRole, Condition: over("ArnLike", "aws:PrincipalArn", arn) }), role, "Decrypt"),
      ).toBe(may);
  });

  test("refuses what turns a statement around instead of guessing", () => {
    const turned = { Effect: "Allow", Principal: "*", NotAction: "kms:Sign" } as const;
    expect(() => mayUse(key(turned), role, "Decrypt")).toThrow("NotAction");
    const unknown = {
      Effect: "Allow",
      Principal: "*",
      Action: "*",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": "x" } },
    } as const;
    expect(() => mayUse(key(unknown), role, "Decrypt")).toThrow("ArnNotEquals");
  });
});
