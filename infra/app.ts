import { App, Tags } from "aws-cdk-lib";
import { ApiStack } from "./api-stack.ts";
import { stageNamed } from "./config.ts";
import { DataStack } from "./data-stack.ts";
import { JobsStack } from "./jobs-stack.ts";

/** The stacks of a stage. No look-ups: it synthesises without an AWS account. */
export function buildApp({ stage: name, outdir }: { stage?: string; outdir?: string } = {}): App {
  const app = new App({
    ...(outdir && { outdir }),
    // A stack that others still read from cannot lose what they read.
    context: { "@aws-cdk/core:defaultCrossStackReferences": "strong" },
  });
  const stage = stageNamed(name ?? (app.node.tryGetContext("stage") as string | undefined) ?? "dev");
  const shared = { env: { region: stage.region }, stage, terminationProtection: stage.production };
  const prefix = `sp4n-lapor-${stage.name}`;
  const data = new DataStack(app, `${prefix}-data`, shared);
  new ApiStack(app, `${prefix}-api`, { ...shared, data });
  new JobsStack(app, `${prefix}-jobs`, { ...shared, data });
  Tags.of(app).add("project", "sp4n-lapor");
  Tags.of(app).add("stage", stage.name);
  return app;
}

if (import.meta.main) buildApp().synth();
