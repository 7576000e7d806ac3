import { parseArgs, type ParseArgsConfig } from "node:util";

/** The operator can mend this error. It is printed without a stack trace. */
export class Mistake extends Error {}

/** The operator asked what a command takes. */
class Help extends Error {}

/**
 * Runs a command. What the operator can mend is told in its own words, and anything else with its trace. A command that fails exits
 * with 1, or with what it says.
 */
export async function runCommand(main: () => Promise<void> | void, { failed = 1 } = {}): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof Help) return console.log(error.message);
    console.error(error instanceof Mistake ? error.message : error);
    process.exitCode = failed;
  }
}

/**
 * Does what the arguments of a command ask for. Arguments that cannot be read are answered with what is wrong with them and the usage.
 * `--help` is answered with the usage alone, and nothing is done.
 */
export function orUsage<T>(usage: string, read: () => T): T {
  if (process.argv.slice(2).some((argument) => argument === "--help" || argument === "-h"))
    throw new Help(usage);
  try {
    return read();
  } catch (error) {
    // Node goes on to say how arguments are told apart, which the usage shows.
    const [wrong = ""] = (error as Error).message.split(
      /\.? (?:To specify a|This command does not take) positional/,
    );
    throw new Mistake(`${wrong.replace(/(?<![.:?!])$/, ".")}\n${usage}`);
  }
}

/** The options by which a command is told which system it works on. */
export const places = {
  stage: { type: "string" },
  local: { type: "string" },
} as const satisfies ParseArgsConfig["options"];

/** Refuses two systems at once. */
export function refuseTwoPlaces({ stage, local }: { stage?: string; local?: string }): void {
  if (stage !== undefined && local !== undefined)
    throw new Mistake(
      "--stage is a deployed stage, and --local the system of this machine: give one of them.",
    );
  if (stage === "" || local === "")
    throw new Mistake("--stage takes the name of a stage, and --local a folder.");
}

/** A command that takes nothing refuses what it is given, before it does anything. */
export const takesNothing = (usage: string): void => {
  orUsage(usage, () => parseArgs({ options: {}, allowPositionals: false }));
};

/** What the operator does first where AWS could not be asked. It is empty where AWS itself says what is wrong. */
export function firstToDo({ name, message }: Error): string {
  if (/region is missing/i.test(message))
    return "Say where the stage is: AWS_REGION=ap-southeast-3 before the command.";
  if (/credential|expired|security token|signature/i.test(`${name} ${message}`))
    return 'Sign in to the account of the stage first: "aws sso login", or the keys of a role in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Where AWS_PROFILE is set, ~/.aws/config has to have that profile.';
  if (/AccessDenied|not authorized/i.test(`${name} ${message}`))
    return "Sign in with a role that may do this.";
  if (/does not exist/.test(message))
    return "Look whether the stage has this name, is deployed, and is in this account and region.";
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(`${name} ${message}`))
    return "Look whether this machine is online, and whether AWS_REGION names a region.";
  return "";
}

/** Why a stack could not be read, and what the operator does first. */
export function notRead(stack: string, error: Error): Mistake {
  const said = error.message.replace(/\.$/, "");
  return new Mistake(`The stack ${stack} could not be read: ${said}. ${firstToDo(error)}`.trim());
}
