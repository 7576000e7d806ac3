import { buildApp } from "../../infra/app.ts";
import { stageNamed } from "../../infra/config.ts";

/** What the runbook speaks of, under the name of a stage that the emulator takes: with an edge, and with a domain of its own. */
const name = "lapor.example";
buildApp({
  stage: {
    ...stageNamed("dev"),
    edge: stageNamed("prod").edge,
    siteUrl: `https://${name}`,
    domain: { name, certificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/contoh" },
  },
  outdir: process.env.CDK_OUTDIR,
}).synth();
