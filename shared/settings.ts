/** The value of an environment variable that the stack sets for this function; refuses to start without it. */
export function env(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `The environment variable ${name} is not set; the stack that owns this function sets it.`,
    );
  return value;
}
