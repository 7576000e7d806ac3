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
