import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Stage, stages } from "../../infra/config.ts";

/** Whoever deploys fills these in. They are made up, like the account: nobody reads mail there, and MiniStack stands in for AWS. */
export const account = "210987654321";
const domain = "lapor.contoh.go.id";

/** The settings of a stage as they would be filled in for the account, its mail, its site and its certificate. */
export const filledIn = (stage: Stage): Stage => ({
  ...stage,
  account,
  senderAddress: `jangan-balas@${domain}`,
  alarmAddress: `piket@${domain}`,
  siteUrl: `https://${domain}`,
  corsOrigins: [`https://${domain}`],
  domain: {
    name: domain,
    certificateArn: `arn:aws:acm:us-east-1:${account}:certificate/0a1b2c3d-0000-4000-8000-000000000000`,
  },
});

/**
 * The stage that the deployment test deploys. It is STAGE of the code in the folder CODE, as it is configured there, with the invented
 * addresses filled in. Nothing else of it is changed. The last release had no stage for rehearsals: it is production there, whose data
 * end with it.
 */
if (import.meta.main) {
  const { CODE = ".", STAGE = "prod" } = process.env;
  const from = (file: string) => import(pathToFileURL(join(resolve(CODE), "infra", file)).href);
  const { buildApp } = (await from("app.ts")) as typeof import("../../infra/app.ts");
  const { stages: there } = (await from("config.ts")) as typeof import("../../infra/config.ts");
  const stage = there[STAGE] ?? { ...there.prod, ...stages[STAGE] };
  buildApp({ stage: filledIn(stage as Stage), outdir: process.env.CDK_OUTDIR, invented: false }).synth();
}
