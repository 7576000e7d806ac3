/** The operator can mend this error. It is printed without a stack trace. */
export class Mistake extends Error {}

/** Runs a command. What the operator can mend is told in its own words, and anything else with its trace. */
export const runCommand = (main: () => Promise<void>): Promise<void> =>
  main().catch((error: unknown) => {
    console.error(error instanceof Mistake ? error.message : error);
    process.exitCode = 1;
  });

/** Does what the arguments of a command ask for. Arguments that cannot be read are answered with its usage. */
export function orUsage<T>(usage: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Mistake(`${(error as Error).message}\n${usage}`);
  }
}

/** Why a stack could not be read, and what the operator does first. */
export function notRead(stack: string, { name, message }: Error): Mistake {
  const first = /region is missing/i.test(message)
    ? " Say where the stage is: AWS_REGION=ap-southeast-3 before the command."
    : /credential/i.test(`${name} ${message}`)
      ? " Sign in to the account of the stage first."
      : "";
  return new Mistake(`The stack ${stack} could not be read: ${message}.${first}`.replace("..", "."));
}
