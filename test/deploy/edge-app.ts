import { buildApp } from "../../infra/app.ts";
import { stageNamed } from "../../infra/config.ts";

/** The stage that the deploy test has deployed, with production's edge in front of it. */
buildApp({
  stage: { ...stageNamed("dev"), edge: stageNamed("prod").edge },
  outdir: process.env.CDK_OUTDIR,
}).synth();
