import type { Stack } from "aws-cdk-lib";
import type { IUserPool } from "aws-cdk-lib/aws-cognito";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { type Calls, CallWatch } from "./constructs/call-watch.ts";
import { askerArn, bootstrapPrefix, deployerArn } from "./constructs/deployer.ts";
import { stageNameOf } from "./constructs/own-metric.ts";

/** CloudFormation puts the stack's name in front of each name that it makes up, and stacks of a stage begin with this. */
const prefixOf = (scope: Construct): string => `sp4n-lapor-${stageNameOf(scope)}-`;

const called = (field: string, ...values: unknown[]) => ({ requestParameters: { [field]: values } });

/** Whatever ends the rules of this file. */
function rulesOf(scope: Construct): [Calls, ...Calls[]] {
  const name = { prefix: prefixOf(scope) };
  return [
    {
      source: "aws.events",
      calls: ["PutRule", "DisableRule", "DeleteRule"],
      onlyOn: called("name", name),
    },
    { source: "aws.events", calls: ["PutTargets", "RemoveTargets"], onlyOn: called("rule", name) },
  ];
}

/** Whatever ends the mails of an alarm in a region, or the rules of this file. */
function watchersOf(scope: Construct): [Calls, ...Calls[]] {
  const prefix = prefixOf(scope);
  const name = { prefix };
  const arn = { wildcard: `*:${prefix}*` };
  return [
    ...rulesOf(scope),
    {
      source: "aws.sns",
      calls: ["Unsubscribe", "SetSubscriptionAttributes"],
      onlyOn: called("subscriptionArn", arn),
    },
    {
      source: "aws.sns",
      calls: ["DeleteTopic", "SetTopicAttributes", "AddPermission", "RemovePermission"],
      onlyOn: called("topicArn", arn),
    },
    { source: "aws.monitoring", calls: ["PutMetricAlarm"], onlyOn: called("alarmName", name) },
    {
      source: "aws.monitoring",
      calls: ["DisableAlarmActions", "DeleteAlarms"],
      onlyOn: called("alarmNames", name),
    },
  ];
}

/** Whatever erases tables, or copies what is in them elsewhere. A restore is what operators do. */
function tablesThatBegin(name: string): [Calls, ...Calls[]] {
  // A call names a table by its name or its ARN.
  const tableName = [{ wildcard: `*${name}*` }];
  const arn = { wildcard: `*:table/${name}*` };
  return [
    {
      source: "aws.dynamodb",
      calls: [
        ...["DeleteTable", "UpdateContinuousBackups", "UpdateTimeToLive"],
        "EnableKinesisStreamingDestination",
      ],
      onlyOn: { requestParameters: { tableName } },
    },
    {
      source: "aws.dynamodb",
      calls: ["UpdateTable"],
      onlyOn: { requestParameters: { tableName, deletionProtectionEnabled: [false] } },
    },
    {
      source: "aws.dynamodb",
      calls: ["UpdateTable"],
      onlyOn: {
        requestParameters: { tableName, replicaUpdates: { create: { regionName: [{ exists: true }] } } },
      },
    },
    { source: "aws.dynamodb", calls: ["PutResourcePolicy"], onlyOn: called("resourceArn", arn) },
    { source: "aws.dynamodb", calls: ["ExportTableToPointInTime"], onlyOn: called("tableArn", arn) },
    { source: "aws.dynamodb", calls: ["DeleteBackup"], onlyOn: called("backupArn", arn) },
  ];
}

const ofKeeping = {
  impact: "Somebody changed how data are kept: they may be copied elsewhere, or erased.",
  runbook: "keeping-changed",
};

const ofWatch = {
  description: "Somebody changed a rule, a topic, an alarm or the trail past a deployment",
  impact: "Somebody changed what watches over the system: alarms may be silent, or mailed to nobody.",
  runbook: "watch-changed",
};

/** A rule that is switched off tells of nothing any more, that included: this one is told of by the other, and the other by this. */
const watchRules = (scope: Stack, except: readonly string[], topic: ITopic): unknown =>
  new CallWatch(scope, "RulesChanged", { ...ofWatch, watched: rulesOf(scope), except, topic });

const ofCode = {
  impact: "Somebody changed what runs, or who calls it: reports may be read, changed or lost.",
  runbook: "code-changed",
};

/**
 * CloudFormation keeps the role of a stack, and works as it for whoever may change the stack. The rules of this file pass over that
 * role, so whoever asks for a change of a stack is told, but for the CDK.
 */
function watchStacks(scope: Stack, topic: ITopic): void {
  const name = prefixOf(scope);
  new CallWatch(scope, "StacksChanged", {
    description: "Somebody changed a stack past the CDK",
    watched: [
      {
        source: "aws.cloudformation",
        calls: ["CreateStack", "UpdateStack", "DeleteStack", "CreateChangeSet", "ExecuteChangeSet"],
        onlyOn: called("stackName", { prefix: name }, { wildcard: `*:stack/${name}*` }),
      },
    ],
    except: [askerArn(scope)],
    ...ofCode,
    topic,
  });
}

/** Watches in us-east-1, where CloudTrail tells of IAM, over roles and over what watches there. `region`: that of the stage. */
export function watchRoles(scope: Stack, { region, topic }: { region: string; topic: ITopic }): void {
  const except = [...new Set([deployerArn(scope), deployerArn(scope, region)])];
  new CallWatch(scope, "RolesChanged", {
    description: "Somebody changed a role past a deployment",
    watched: [
      {
        source: "aws.iam",
        calls: [
          "UpdateAssumeRolePolicy",
          ...["PutRolePolicy", "AttachRolePolicy", "DeleteRolePolicy", "DetachRolePolicy"],
          ...["PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary", "UpdateRole", "DeleteRole"],
        ],
        // Whoever becomes a role of the bootstrap deploys, and is passed over by all these rules.
        onlyOn: called("roleName", { prefix: prefixOf(scope) }, { prefix: bootstrapPrefix(scope) }),
      },
    ],
    except,
    impact:
      "Somebody changed what a role of ours may do, or who becomes it: reports and identities may be read past our functions.",
    runbook: "roles-changed",
    topic,
  });
  new CallWatch(scope, "WatchChanged", { ...ofWatch, watched: watchersOf(scope), except, topic });
  watchRules(scope, except, topic);
  watchStacks(scope, topic);
}

/** SES tells of each mail where it is asked to: the address of whoever reported stands beside the case there. */
export function watchMails(scope: Stack, configurationSetName: string, topic: ITopic): void {
  new CallWatch(scope, "MailsChanged", {
    ...ofKeeping,
    description: "Somebody changed who is told of mails past a deployment",
    watched: [
      {
        source: "aws.ses",
        calls: [
          ...["CreateConfigurationSet", "UpdateConfigurationSet", "DeleteConfigurationSet"],
          "PutConfigurationSet",
        ].map((begins) => ({ prefix: begins })),
        onlyOn: called("configurationSetName", configurationSetName),
      },
      // Whatever its name is: it is no deployment of ours that makes it.
      { source: "aws.events", calls: ["PutRule"], onlyOn: called("eventPattern", { wildcard: "*aws.ses*" }) },
    ],
    except: [deployerArn(scope)],
    topic,
  });
}

interface Watched {
  apiId: string;
  /** The name of the stage's trail. */
  trail: string;
  /** The names of tables that are used in place of our own ones, by these. */
  restored: Readonly<Record<string, string>>;
  userPool: IUserPool | undefined;
  /** The role of the function that invites and dismisses officers. */
  administration: string;
  /** Moves aliases to new versions. */
  canary: readonly string[];
  topic: ITopic;
  tickets: ITopic;
}

/**
 * Watches over what an administrator of the account can change without our functions noticing. What a deployment changes is passed over:
 * whoever may deploy is not watched here.
 */
export function watchChanges(
  scope: Stack,
  { apiId, trail, restored, userPool, administration, canary, topic, tickets }: Watched,
): void {
  const prefix = prefixOf(scope);
  const deployer = deployerArn(scope);
  const trails = [trail, scope.formatArn({ service: "cloudtrail", resource: "trail", resourceName: trail })];
  new CallWatch(scope, "WatchChanged", {
    ...ofWatch,
    watched: [
      {
        source: "aws.cloudtrail",
        calls: ["StopLogging", "DeleteTrail", "UpdateTrail"],
        onlyOn: called("name", ...trails),
      },
      { source: "aws.cloudtrail", calls: ["PutEventSelectors"], onlyOn: called("trailName", ...trails) },
      ...watchersOf(scope),
    ],
    except: [deployer],
    topic,
    // Whoever takes the readers of one topic away is told of to those of the other.
    also: tickets,
  });
  watchRules(scope, [deployer], tickets);
  watchStacks(scope, topic);
  const ofFunction = { wildcard: `*${prefix}*` };
  new CallWatch(scope, "CodeChanged", {
    description: "Somebody changed what runs, or who calls it, past a deployment",
    watched: [
      {
        source: "aws.lambda",
        // The names end with dates, which differ by call.
        calls: [
          ...["UpdateFunction", "PutFunction", "DeleteFunction", "CreateFunctionUrlConfig"],
          ...["AddPermission", "RemovePermission", "UpdateAlias"],
        ].map((begins) => ({ prefix: begins })),
        onlyOn: called("functionName", ofFunction),
      },
      {
        // A function of somebody else that runs with a role of ours has all of its powers.
        source: "aws.lambda",
        calls: ["CreateFunction", "UpdateFunctionConfiguration"].map((begins) => ({ prefix: begins })),
        onlyOn: called("role", { wildcard: `*:role/${prefix}*` }),
      },
      {
        source: "aws.lambda",
        calls: ["Create", "Update", "Delete"].map((begins) => ({ prefix: `${begins}EventSourceMapping` })),
        // The call names a mapping by its id. The answer says whose it is.
        onlyOn: { responseElements: { functionArn: [{ wildcard: `*:${prefix}*` }] } },
      },
      {
        // A function of somebody else that reads a stream of ours.
        source: "aws.lambda",
        calls: [{ prefix: "CreateEventSourceMapping" }],
        onlyOn: called("eventSourceArn", ofFunction),
      },
      {
        source: "aws.apigateway",
        calls: [
          ...["UpdateApi", "ReimportApi", "DeleteApi", "UpdateStage", "UpdateAuthorizer"],
          ...["CreateRoute", "UpdateRoute", "DeleteRoute", "UpdateIntegration", "DeleteIntegration"],
        ],
        onlyOn: called("apiId", apiId),
      },
    ],
    except: [deployer, ...canary],
    ...ofCode,
    topic,
  });
  const keeping = {
    description: "Somebody changed how data are kept past a deployment",
    except: [
      deployer,
      // AWS Backup lets its own copies go with it when their time is over. Nobody else becomes this role.
      scope.formatArn({
        service: "iam",
        region: "",
        resource: "role",
        resourceName: "aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup",
      }),
    ],
    ...ofKeeping,
    topic,
  };
  new CallWatch(scope, "KeepingChanged", {
    ...keeping,
    watched: [
      ...tablesThatBegin(prefix),
      {
        source: "aws.s3",
        // Policies, locks, lifecycles, copies elsewhere, notifications.
        calls: [{ prefix: "PutBucket" }, { prefix: "DeleteBucket" }, "PutObjectLockConfiguration"],
        onlyOn: called("bucketName", { prefix }),
      },
    ],
  });
  // A rule each: EventBridge takes no pattern with the names of all.
  for (const [of, name] of Object.entries(restored))
    new CallWatch(scope, `KeepingChanged-${of}`, { ...keeping, watched: tablesThatBegin(name) });
  if (userPool)
    new CallWatch(scope, "AccountsChanged", {
      description: "Somebody changed accounts of officers past our functions",
      watched: [
        {
          source: "aws.cognito-idp",
          calls: [
            ...["AdminCreateUser", "AdminDeleteUser", "AdminEnableUser", "AdminDisableUser"],
            ...["AdminSetUserPassword", "AdminResetUserPassword", "AdminUpdateUserAttributes"],
            ...["AdminSetUserMFAPreference", "AdminDeleteSoftwareToken", "AdminLinkProviderForUser"],
            ...["CreateIdentityProvider", "UpdateIdentityProvider", "SetUserPoolMfaConfig"],
            ...["UpdateUserPool", "DeleteUserPool", "CreateUserPoolClient", "UpdateUserPoolClient"],
          ],
          onlyOn: called("userPoolId", userPool.userPoolId),
        },
      ],
      except: [deployer, administration],
      impact: "Somebody changed accounts of officers past our functions: they may sign in as an officer.",
      runbook: "accounts-changed",
      topic,
    });
}
