/**
 * npm run -s where -- [NAME] --stage NAME [--arn]
 *
 * Prints the address of something that is deployed: the URL of a queue, the name of a table, a bucket, a function or a log group,
 * the id of a key or of the user pool, or an output such as SiteUrl. Without NAME it lists all of them. NAME is the one in infra/:
 * `EmailsQueue`, or `Emails/Queue`; `edge/Alarms` says which stack is meant. With `--arn` it prints the ARN.
 */
import { parseArgs } from "node:util";
import { firstToDo, Mistake, orUsage, runCommand } from "../../shared/platform/command.ts";
import { stageNamed } from "../config.ts";
import { listed, placeNamed, placesOf } from "./deployed.ts";
import { stacksOnAws } from "./stacks-on-aws.ts";

const usage = "Usage: npm run -s where -- [NAME] --stage NAME [--arn]";

async function main(): Promise<void> {
  const { stage, name, arn } = orUsage(usage, () => {
    const { values, positionals } = parseArgs({
      options: { stage: { type: "string" }, arn: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    if (!values.stage) throw new Error("Name the stage.");
    if (positionals.length > 1) throw new Error("Ask for one name at a time.");
    return { stage: stageNamed(values.stage), name: positionals[0], arn: values.arn };
  });
  const places = await placesOf(stage, stacksOnAws()).catch((error: unknown) => {
    if (error instanceof Mistake || !(error instanceof Error)) throw error;
    throw new Mistake(
      `CloudFormation could not be asked: ${error.message.replace(/\.$/, "")}. ${firstToDo(error)}`.trim(),
    );
  });
  if (name === undefined) return console.log(listed(places));
  const place = placeNamed(places, name);
  console.log(arn ? place.arn : place.address);
}

await runCommand(main);
