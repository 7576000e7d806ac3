import { type RemovalPolicy, Stack } from "aws-cdk-lib";
import { AccountRootPrincipal, type IRole, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type IKey, Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { deployerArn } from "./deployer.ts";

export type KeyAction = "GenerateDataKey" | "Decrypt" | "GenerateMac" | "Encrypt" | "DescribeKey";

type Conditions = Record<string, Record<string, string | string[]>>;

/** With these an administrator watches over a key, locks it, unlocks it and saves it from deletion. None of them uses it. */
const watching = [
  "DescribeKey",
  "GetKeyPolicy",
  "GetKeyRotationStatus",
  "ListGrants",
  "ListKeyPolicies",
  "ListKeyRotations",
  "ListResourceTags",
  "ListRetirableGrants",
  "RevokeGrant",
  "DisableKey",
  "EnableKey",
  "CancelKeyDeletion",
];

/** Whoever has one of these can give themselves the use of the key, or end it. */
const changing = [
  "PutKeyPolicy",
  "ScheduleKeyDeletion",
  "UpdateKeyDescription",
  "EnableKeyRotation",
  "DisableKeyRotation",
  "TagResource",
  "UntagResource",
  "CreateAlias",
  "DeleteAlias",
  "UpdateAlias",
];

const ofKms = (actions: readonly string[]): string[] => actions.map((action) => `kms:${action}`);

/** DynamoDB asks for these to make a table under a key, or to copy what is in one. */
const keeping = [
  "Encrypt",
  "Decrypt",
  "ReEncryptFrom",
  "ReEncryptTo",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "DescribeKey",
];

/** The role with which CloudFormation deploys a stack, and the root user of its account. */
const whoDeploys = (stack: Stack): string[] => [
  deployerArn(stack),
  stack.formatArn({ service: "iam", region: "", resource: "root" }),
];

/**
 * A key that only the roles named by its own policy can use. CDK's default policy leaves the use to the policies of the account:
 * whoever has `kms:*` on everything could then open what the key sealed. Here those may watch and lock the key. Only a deployment
 * and the root user may change its policy (docs/decisions/0029).
 */
export class GuardedKey extends Key {
  constructor(
    scope: Construct,
    id: string,
    {
      hashes = false,
      ...props
    }: {
      description: string;
      removalPolicy: RemovalPolicy;
      /** Whether it hashes instead of sealing. Such a key is never rotated: what it hashed could not be found any more. */
      hashes?: boolean;
    },
  ) {
    const account = new AccountRootPrincipal();
    super(scope, id, {
      ...props,
      ...(hashes
        ? { keySpec: KeySpec.HMAC_256, keyUsage: KeyUsage.GENERATE_VERIFY_MAC }
        : { enableKeyRotation: true }),
      policy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: "AdministratorsWatchAndLock",
            principals: [account],
            actions: ofKms(watching),
            resources: ["*"],
          }),
          new PolicyStatement({
            sid: "DeploymentsAndTheRootUserChange",
            principals: [account],
            actions: ofKms(changing),
            resources: ["*"],
            conditions: {
              ArnEquals: { "aws:PrincipalArn": whoDeploys(Stack.of(scope)) },
            },
          }),
        ],
      }),
    });
  }
}

/** Has the policy of a key name a role, which may then use the key in this way and in no other. */
export const letUse = (key: IKey, role: IRole, actions: readonly KeyAction[], conditions?: Conditions) =>
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [role],
      actions: ofKms(actions),
      resources: ["*"],
      ...(conditions && { conditions }),
    }),
  );

/**
 * Lets DynamoDB keep a table under the key when somebody of the account makes or restores it. The grant is DynamoDB's alone. To make or
 * copy such a table DynamoDB asks for the use of the key by whoever calls: a deployment, or the root user. Identities in it are sealed
 * once more, under a key that neither of them can use.
 */
export function letDynamoKeepTable(key: IKey): void {
  const viaDynamo = { "kms:ViaService": `dynamodb.${Stack.of(key).region}.amazonaws.com` };
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: "DynamoDbKeepsTheTable",
      principals: [new AccountRootPrincipal()],
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: {
        Bool: { "kms:GrantIsForAWSResource": "true" },
        StringEquals: viaDynamo,
      },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: "DeploymentsAndTheRootUserMakeTheTable",
      principals: [new AccountRootPrincipal()],
      actions: ofKms(keeping),
      resources: ["*"],
      conditions: {
        ArnEquals: { "aws:PrincipalArn": whoDeploys(Stack.of(key)) },
        StringEquals: viaDynamo,
      },
    }),
  );
}
