import { App, Stack, Tags } from "aws-cdk-lib";
import { BUNDLING_STACKS } from "aws-cdk-lib/cx-api";
import cdk from "../cdk.json" with { type: "json" };
import { ApiStack } from "./api-stack.ts";
import { type Stage, stageNamed } from "./config.ts";
import { stageContext } from "./constructs/own-metric.ts";
import { refuseContradictions } from "./contradictions.ts";
import { DataStack } from "./data-stack.ts";
import { EdgeStack } from "./edge-stack.ts";
import { JobsStack } from "./jobs-stack.ts";
import { refusePlaceholders } from "./placeholders.ts";
import { SignInStack } from "./sign-in-stack.ts";
import { StaticStack } from "./static-stack.ts";
import { watchOver } from "./watch.ts";
import { watchChanges, watchMails } from "./watch-changes.ts";
import { WebStack } from "./web-stack.ts";

export interface AppOptions {
  stage?: string | Stage;
  outdir?: string;
  /**
   * If this is true, it is the first deployment of a stage: nothing is protected yet, so that one that fails can be taken away again.
   * `-c first=true` says so too.
   */
  first?: boolean;
  /**
   * If this is true, a new version answers everybody at once, whatever alarm rings: it is the fix. `-c urgent=true` says so too.
   */
  urgent?: boolean;
  /**
   * If this is true, the functions get their code. Without code a synthesis makes the templates only, and takes a second.
   */
  code?: boolean;
  /** If this is true, the templates are tried by CloudFormation's own rules. That takes two seconds. */
  validation?: boolean;
  /**
   * If this is true, production may have the invented addresses that this repository ships. Its templates can be looked at, and nobody
   * deploys them: the CDK's own synthesis, at the end of this file, refuses them.
   */
  invented?: boolean;
}

/** What `-c first=…` or `-c urgent=…` says. A word that is neither would leave production without its protection, or a failed start with it. */
function isSaid(app: App, name: "first" | "urgent"): boolean {
  const said: unknown = app.node.tryGetContext(name);
  if (said === undefined || said === "false" || said === false) return false;
  if (said === "true" || said === true) return true;
  throw new Error(`Say "-c ${name}=true", or leave it out.`);
}

/** Builds the stacks of a stage. They look nothing up, so they are synthesised without an AWS account. */
export function buildApp({
  stage: chosen,
  outdir,
  first: told,
  urgent,
  code = true,
  validation = true,
  invented = true,
}: AppOptions = {}): App {
  const app = new App({
    ...(outdir && { outdir }),
    builtinCloudFormationValidation: validation,
    context: {
      // The CLI reads them by itself. So a synthesis without it makes the same templates.
      ...cdk.context,
      ...(!code && { [BUNDLING_STACKS]: [] }),
    },
  });
  const name = chosen ?? (app.node.tryGetContext("stage") as string | undefined) ?? "dev";
  const stage = typeof name === "string" ? stageNamed(name) : name;
  refuseContradictions(stage);
  app.node.setContext(stageContext, stage.name);
  const first = told ?? isSaid(app, "first");
  const isUrgent = urgent ?? isSaid(app, "urgent");
  if (!invented) refusePlaceholders(stage);
  const inAccount = stage.account === undefined ? {} : { account: stage.account };
  const shared = {
    env: { ...inAccount, region: stage.region },
    stage,
    terminationProtection: stage.production && !first,
  };
  const prefix = `sp4n-lapor-${stage.name}`;
  const data = new DataStack(app, `${prefix}-data`, shared);
  const signIn =
    stage.signIn.kind === "cognito"
      ? new SignInStack(app, `${prefix}-sign-in`, { ...shared, ...stage.signIn })
      : stage.signIn;
  const jobs = new JobsStack(app, `${prefix}-jobs`, { ...shared, data });
  const { files } = new StaticStack(app, `${prefix}-static`, { ...shared, data });
  const api = new ApiStack(app, `${prefix}-api`, {
    ...shared,
    data,
    signIn,
    jobs,
    urgent: isUrgent,
  });
  // The pages of its functions name the files.
  api.node.addDependency(Stack.of(files));
  const edge =
    stage.edge &&
    new EdgeStack(app, `${prefix}-edge`, {
      ...shared,
      // CloudFront takes a web ACL and certificates from this region only.
      env: { ...inAccount, region: "us-east-1" },
      edge: stage.edge,
    });
  new WebStack(app, `${prefix}-web`, {
    ...shared,
    data,
    files,
    apiHost: api.apiHost,
    webAclArn: edge?.webAclArn,
  });
  watchOver(app, { data, api, jobs });
  if (stage.trail) {
    watchChanges(api, {
      trail: prefix,
      restored: Object.fromEntries(Object.entries(stage.restored ?? {}).map(([of, { name }]) => [of, name])),
      apiId: api.apiId,
      userPool: signIn instanceof SignInStack ? signIn.userPool : undefined,
      administration: data.roles.administration.roleArn,
      canary: api.canary ? [api.canary.role.roleArn] : [],
      topic: data.alarmTopic,
      tickets: data.ticketTopic,
    });
    watchMails(jobs, jobs.configurationSetName, data.alarmTopic);
  }
  Tags.of(app).add("project", "sp4n-lapor");
  Tags.of(app).add("stage", stage.name);
  return app;
}

if (import.meta.main)
  try {
    buildApp({ invented: false }).synth();
  } catch (error) {
    // What somebody can mend is told in its own words. The CDK's own errors keep their trace.
    console.error(error instanceof Error && error.constructor === Error ? error.message : error);
    process.exitCode = 1;
  }
