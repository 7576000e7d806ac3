import type { IAlarm } from "aws-cdk-lib/aws-cloudwatch";
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from "aws-cdk-lib/aws-codedeploy";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Alias } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { NodeFunction } from "./node-function.ts";
import { acknowledgeWildcard } from "./wildcard.ts";

/**
 * Moves requests from one version of a function to the next: a tenth of them first, and the rest after ten minutes in which no alarm
 * rang. If one rings, CodeDeploy moves them back, and CloudFormation the stack with them.
 */
export class Canary extends Construct {
  /** CodeDeploy moves aliases as this role. */
  readonly role: Role;
  private readonly application: LambdaApplication;
  private readonly urgent: boolean;
  private readonly groups = new Map<NodeFunction, LambdaDeploymentGroup>();

  /** `urgent`: all move at once, and no alarm holds them back. A fix of what an alarm rings for could not come in otherwise. */
  constructor(scope: Construct, id: string, { urgent }: { urgent: boolean }) {
    super(scope, id);
    this.urgent = urgent;
    this.application = new LambdaApplication(this, "Application");
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("codedeploy.amazonaws.com") });
    this.role.addToPolicy(new PolicyStatement({ actions: ["cloudwatch:DescribeAlarms"], resources: ["*"] }));
    acknowledgeWildcard(
      this.role,
      "*",
      "CodeDeploy asks for the state of all alarms of a group at once. It can change none.",
    );
  }

  /** The alias through which a function is called. It shares the function's name and its reserved concurrency. */
  of(called: NodeFunction): Alias {
    const alias = new Alias(called, "Live", { aliasName: "live", version: called.currentVersion });
    // The managed policy would let CodeDeploy change every alias of the account, so it has none.
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ["lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig", "lambda:UpdateAlias"],
        resources: [called.functionArn, `${called.functionArn}:live`],
      }),
    );
    const { urgent } = this;
    this.groups.set(
      called,
      new LambdaDeploymentGroup(called, "Canary", {
        application: this.application,
        alias,
        role: this.role.withoutPolicyUpdates(),
        deploymentConfig: urgent
          ? LambdaDeploymentConfig.ALL_AT_ONCE
          : LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
        ...(!urgent && { alarms: [called.failing] }),
        autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: !urgent },
      }),
    );
    return alias;
  }

  /** Has this alarm, too, move everybody back while a version is new: of one function, or of any. */
  endsWith(alarm: IAlarm, of?: NodeFunction): void {
    if (this.urgent) return;
    for (const [called, group] of this.groups) if (!of || of === called) group.addAlarm(alarm);
  }
}
