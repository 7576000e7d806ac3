import { ofType, type Resource } from "./synthesised.ts";

/** A statement of a policy, with the paths of resources in place of their names. */
export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Somebody who asks KMS for something: a role of ours, or somebody of the account whom we only imagine. */
export interface Asker {
  arn: string;
  /** What IAM lets them do. */
  policies: readonly Statement[];
}

export interface GuardedBy {
  arn: string;
  policy: readonly Statement[];
}

/** Everything that KMS does with a key or its policy. A right by a wildcard is found for each. */
export const keyActions = [
  ...["Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "GenerateDataKeyPair"],
  ...["GenerateDataKeyPairWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo", "GenerateMac", "VerifyMac"],
  ...["Sign", "Verify", "DeriveSharedSecret", "CreateGrant", "RetireGrant", "RevokeGrant", "ListGrants"],
  ...[
    "ListRetirableGrants",
    "PutKeyPolicy",
    "GetKeyPolicy",
    "ListKeyPolicies",
    "DescribeKey",
    "GetPublicKey",
  ],
  ...["EnableKey", "DisableKey", "ScheduleKeyDeletion", "CancelKeyDeletion", "UpdateKeyDescription"],
  ...["EnableKeyRotation", "DisableKeyRotation", "GetKeyRotationStatus", "RotateKeyOnDemand"],
  ...["ListKeyRotations", "TagResource", "UntagResource", "ListResourceTags", "CreateAlias", "DeleteAlias"],
  ...["UpdateAlias", "ImportKeyMaterial", "DeleteImportedKeyMaterial", "GetParametersForImport"],
  ...["ReplicateKey", "UpdatePrimaryRegion", "SynchronizeMultiRegionKey"],
] as const;
export type KeyRight = (typeof keyActions)[number];

export const accountRoot = "arn:AWS::Partition:iam::AWS::AccountId:root";

const listOf = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : ([value].flat() as T[]));

/** Whether a text is meant by a pattern with `*` and `?`. */
const meant = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  ).test(text);

const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * Whether somebody can meet a condition. They cannot choose who they are. Everything else of their request they can choose, so this
 * finds more rights than there are, never fewer.
 */
function canMeet(condition: Statement["Condition"], { arn }: Asker): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      if (key.toLowerCase() !== "aws:principalarn") return true;
      const patterns = listOf(values).map(plain);
      if (/^(Arn|String)(Equals|Like)$/.test(operator)) return patterns.some((one) => meant(one, arn));
      throw new Error(`This evaluator does not know ${operator} of ${key}`);
    }),
  );
}

/** Whether a statement is about this action. It refuses what turns a statement around, because nothing of ours needs it. */
function concerns(statement: Statement, action: string): boolean {
  for (const turned of ["NotAction", "NotPrincipal", "NotResource"])
    if (turned in statement) throw new Error(`This evaluator does not know ${turned}`);
  return listOf(statement.Action).some((pattern) => meant(pattern, `kms:${action}`));
}

const principals = ({ Principal }: Statement): string[] =>
  Principal === "*" ? ["*"] : listOf(Principal?.AWS);

/**
 * Whether KMS lets somebody do this, as AWS evaluates it within one account: a denial ends it. The key's policy may name them
 * themselves. If it names the account instead, IAM decides. IAM alone opens nothing.
 */
export function mayUse(key: GuardedBy, asker: Asker, action: KeyRight): boolean {
  const inKey = key.policy.filter((one) => concerns(one, action) && canMeet(one.Condition, asker));
  const inIam = asker.policies.filter(
    (one) =>
      concerns(one, action) &&
      canMeet(one.Condition, asker) &&
      listOf(one.Resource).some((resource) => meant(plain(resource), key.arn)),
  );
  const named = (one: Statement, ...names: string[]) => principals(one).some((name) => names.includes(name));
  const denied = [...inKey.filter((one) => named(one, "*", asker.arn, accountRoot)), ...inIam].some(
    ({ Effect, Condition }) => Effect === "Deny" && !Condition,
  );
  if (denied) return false;
  const allows = inKey.filter(({ Effect }) => Effect === "Allow");
  if (allows.some((one) => named(one, "*", asker.arn))) return true;
  return allows.some((one) => named(one, accountRoot)) && inIam.some(({ Effect }) => Effect === "Allow");
}

export const rightsOf = (key: GuardedBy, asker: Asker): KeyRight[] =>
  keyActions.filter((action) => mayUse(key, asker, action));

export const keyOf = ({ path, properties }: Resource): GuardedBy => ({
  arn: `${path}.Arn`,
  policy: properties.KeyPolicy.Statement,
});

/** What a policy that AWS manages allows is not in the template, so it counts as everything. */
const everything: Statement = { Effect: "Allow", Action: "*", Resource: "*" };

/** All roles of the templates, with what IAM lets them do. */
export const rolesIn = (resources: Resource[]): Asker[] =>
  ofType(resources, "AWS::IAM::Role").map(({ path, properties }) => ({
    arn: `${path}.Arn`,
    policies: [
      ...(properties.Policies ?? []).flatMap(
        (one: { PolicyDocument: { Statement: Statement[] } }) => one.PolicyDocument.Statement,
      ),
      ...ofType(resources, "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
        .filter((policy) => (policy.properties.Roles ?? []).includes(path))
        .flatMap((policy) => policy.properties.PolicyDocument.Statement),
      ...(properties.ManagedPolicyArns ?? []).map(() => everything),
    ],
  }));

/** Somebody of the account to whom IAM allows everything. */
export const almighty = (arn: string): Asker => ({ arn, policies: [everything] });
