import { App, Tags } from "aws-cdk-lib";
import { BUNDLING_STACKS } from "aws-cdk-lib/cx-api";
import { ApiStack } from "./api-stack.ts";
import { type Stage, stageNamed } from "./config.ts";
import { DataStack } from "./data-stack.ts";
import { EdgeStack } from "./edge-stack.ts";
import { JobsStack } from "./jobs-stack.ts";
import { SignInStack } from "./sign-in-stack.ts";
import { WebStack } from "./web-stack.ts";

export interface AppOptions {
  stage?: string | Stage;
  outdir?: string;
  /** Whether the functions get their code. Without it the templates alone are made, much sooner. */
  code?: boolean;
  /** Whether CloudFormation's own rules are tried on the templates, which takes a second or two. */
  validation?: boolean;
}

/** The stacks of a stage. No look-ups: they are synthesised without an AWS account. */
export function buildApp({ stage: chosen, outdir, code = true, validation = true }: AppOptions = {}): App {
  const app = new App({
    ...(outdir && { outdir }),
    builtinCloudFormationValidation: validation,
    context: {
      // A stack that others still read from cannot lose what they read.
      "@aws-cdk/core:defaultCrossStackReferences": "strong",
      ...(!code && { [BUNDLING_STACKS]: [] }),
    },
  });
  const name = chosen ?? (app.node.tryGetContext("stage") as string | undefined) ?? "dev";
  const stage = typeof name === "string" ? stageNamed(name) : name;
  if (stage.production && stage.malwareScan !== "guardduty")
    throw new Error(
      `The stage "${stage.name}" takes files of citizens: its malwareScan has to be "guardduty".`,
    );
  if (stage.production && !stage.edge)
    throw new Error(
      `The stage "${stage.name}" takes reports of citizens: it needs an edge that holds floods off.`,
    );
  const shared = { env: { region: stage.region }, stage, terminationProtection: stage.production };
  const prefix = `sp4n-lapor-${stage.name}`;
  const data = new DataStack(app, `${prefix}-data`, shared);
  const signIn =
    stage.signIn.kind === "cognito"
      ? new SignInStack(app, `${prefix}-sign-in`, { ...shared, ...stage.signIn })
      : stage.signIn;
  const jobs = new JobsStack(app, `${prefix}-jobs`, { ...shared, data });
  const { apiHost } = new ApiStack(app, `${prefix}-api`, { ...shared, data, signIn, jobs });
  if (stage.edge) {
    const { webAclArn } = new EdgeStack(app, `${prefix}-edge`, {
      ...shared,
      // Where AWS has all that CloudFront takes from other services.
      env: { region: "us-east-1" },
      alarmAddress: stage.alarmAddress,
      edge: stage.edge,
    });
    new WebStack(app, `${prefix}-web`, { ...shared, data, edge: stage.edge, apiHost, webAclArn });
  }
  Tags.of(app).add("project", "sp4n-lapor");
  Tags.of(app).add("stage", stage.name);
  return app;
}

if (import.meta.main) buildApp().synth();
