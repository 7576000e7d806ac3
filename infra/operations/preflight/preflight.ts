/**
 * npm run preflight -- --stage NAME
 *
 * Looks before a deployment whether the stage's settings are filled in, and whether the account of the credentials can take it: the
 * account itself, its regions, its quotas, SES, the alarms' subscriptions, the certificate, and what Object Lock will hold. It
 * prints a line for each finding, with what it means and what to do, and changes nothing.
 *
 * It exits with 1 if something refuses the deployment, and otherwise with 0. What the credentials may not look at is a warning.
 */
import { parseArgs } from "node:util";
import { Mistake, orUsage, runCommand } from "../../../shared/platform/command.ts";
import { stageNamed } from "../../config.ts";
import { accountOnAws } from "./account-on-aws.ts";
import { lineOf, preflight } from "./looks.ts";

const usage = "Usage: npm run preflight -- --stage NAME";

async function main(): Promise<void> {
  const stage = orUsage(usage, () => {
    const { values } = parseArgs({ options: { stage: { type: "string" } } });
    if (!values.stage) throw new Mistake("Name the stage.");
    return stageNamed(values.stage);
  });
  const findings = await preflight(stage, accountOnAws(stage), new Date());
  for (const finding of findings) console.log(lineOf(finding));
  const counted = (weight: string) => findings.filter((one) => one.weight === weight).length;
  console.log(
    `${stage.name}: ${counted("refuses")} refused, ${counted("warns")} warnings, ${counted("notes")} notes.`,
  );
  if (counted("refuses") > 0) process.exitCode = 1;
}

await runCommand(main);
