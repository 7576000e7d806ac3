import { ArnFormat, Duration, type RemovalPolicy, Stack } from "aws-cdk-lib";
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from "aws-cdk-lib/aws-backup";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Schedule } from "aws-cdk-lib/aws-events";
import { type IRole, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { alarmWhenAny, alarmWhenNone } from "./alarm.ts";
import { CallWatch } from "./call-watch.ts";
import { deployerArn } from "./deployer.ts";
import { acknowledgeWildcard } from "./wildcard.ts";

/** What a reporter had removed is in no copy after this, as in the tables' own backups. */
const kept = Duration.days(35);
/** A copy here is the way to the one there: this account has the tables' own backups of 35 days. It stays for the night and a retry. */
const keptHere = Duration.days(2);

/**
 * Copies tables every night into a vault of another account, which nobody who administers this account can empty. DynamoDB's own
 * backups of 35 days are in this account, and end with it.
 */
export class FarCopies extends Construct {
  /** AWS Backup works as this role. The policy of a table's own key has to name it. */
  readonly role: IRole;

  constructor(
    scope: Construct,
    id: string,
    {
      tables,
      vaultArn,
      topic,
      removalPolicy,
    }: { tables: readonly ITableV2[]; vaultArn: string; topic: ITopic; removalPolicy: RemovalPolicy },
  ) {
    super(scope, id);
    const vault = new BackupVault(this, "Vault", { removalPolicy });
    const far = BackupVault.fromBackupVaultArn(this, "Far", vaultArn);
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("backup.amazonaws.com") });
    // AWS asks for some of these on a copy, and not on its vault.
    const recoveryPoints = Stack.of(this).formatArn({
      service: "backup",
      resource: "recovery-point",
      resourceName: "*",
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    acknowledgeWildcard(
      role,
      recoveryPoints,
      "AWS names each copy. The role can copy and tag one, and remove none.",
    );
    // The managed policy would let AWS Backup read whatever the account has, so it has none.
    role.addToPolicy(
      new PolicyStatement({
        actions: ["dynamodb:DescribeTable", "dynamodb:ListTagsOfResource", "dynamodb:StartAwsBackupJob"],
        resources: tables.map(({ tableArn }) => tableArn),
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ["backup:DescribeBackupVault", "backup:CopyFromBackupVault", "backup:TagResource"],
        resources: [vault.backupVaultArn, recoveryPoints],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ["backup:CopyIntoBackupVault"], resources: [vaultArn] }));
    this.role = role;
    const plan = new BackupPlan(this, "Plan", {
      backupVault: vault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: "nightly",
          // Two in the morning in Kalimantan Timur.
          scheduleExpression: Schedule.cron({ hour: "18", minute: "0" }),
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(6),
          deleteAfter: keptHere,
          copyActions: [{ destinationBackupVault: far, deleteAfter: kept }],
        }),
      ],
    });
    plan.addSelection("Tables", {
      resources: tables.map(({ tableArn }) => BackupResource.fromArn(tableArn)),
      role: role.withoutPolicyUpdates(),
      disableDefaultBackupPolicy: true,
    });
    const period = Duration.hours(1);
    const jobs = (metricName: string) =>
      new Metric({
        namespace: "AWS/Backup",
        metricName,
        dimensionsMap: { BackupVaultName: vault.backupVaultName },
        period,
        statistic: "sum",
      });
    const told = {
      impact: "If this account were lost tonight, the reports of the last day would be lost with it.",
      runbook: "far-copies",
      topic,
    };
    // A job that finds no start in its hour, or no end in its six, did not fail: it is named otherwise.
    for (const what of ["BackupFailed", "BackupExpired", "BackupAborted", "CopyFailed"])
      alarmWhenAny(this, what, {
        metric: jobs(`NumberOf${what.replace(/^(Backup|Copy)/, "$1Jobs")}`),
        ...told,
      });
    // A plan that somebody took away fails at nothing. Two nights' copies may lie a day and some hours apart.
    alarmWhenNone(this, "NoneCopied", {
      metric: new MathExpression({
        expression: "FILL(copies, 0)",
        usingMetrics: { copies: jobs("NumberOfCopyJobsCompleted") },
        label: "copies in the other account",
        period,
      }),
      ...told,
      periods: 26,
    });
    new CallWatch(this, "Changed", {
      description: "Somebody changed the nightly copies past a deployment",
      watched: [
        {
          source: "aws.backup",
          calls: ["UpdateBackupPlan", "DeleteBackupPlan", "CreateBackupSelection", "DeleteBackupSelection"],
          onlyOn: { requestParameters: { backupPlanId: [plan.backupPlanId] } },
        },
        {
          source: "aws.backup",
          calls: [
            ...["DeleteRecoveryPoint", "UpdateRecoveryPointLifecycle", "DeleteBackupVault"],
            ...["PutBackupVaultAccessPolicy", "DeleteBackupVaultAccessPolicy"],
          ],
          onlyOn: { requestParameters: { backupVaultName: [vault.backupVaultName] } },
        },
      ],
      except: [deployerArn(Stack.of(this))],
      ...told,
    });
  }
}
