import * as z from "zod";

type Variables = Readonly<Record<string, z.ZodType>>;

/**
 * Reads the settings of a function from its environment. A value that is missing, empty or wrong stops the function at
 * its start. The error names the variable and says what it has to be. It never repeats the value, which may be a secret.
 */
export function settings<V extends Variables>(
  variables: V,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): z.output<z.ZodObject<V>> {
  const read = z.object(variables).safeParse(environment);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path: [name], message }) => {
    const state = environment[String(name)]?.trim() ? "is wrong" : "is missing or empty";
    return `The environment variable ${String(name)} ${state}: it has to be ${message}.`;
  });
  throw new Error(
    `This function does not start. ${wrong.join(" ")} The stack that owns it sets its environment.`,
  );
}

/** Declares a variable that `read` understands. `read` returns undefined for a value that it does not understand. */
const readAs = <T>(what: string, read: (value: string) => T | undefined) =>
  z.string(what).transform((value, context): T => {
    const found = value.trim() === "" ? undefined : read(value);
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: what });
    return z.NEVER;
  });

const bySpaces = (value: string) => value.split(" ").filter(Boolean);

export const text = readAs("a text", (value) => value);

/** Several texts in one variable, with spaces between them. */
export const texts = readAs("one or more texts, with spaces between them", bySpaces);

export const webAddress = readAs("an address that begins with https:// or http://", (value) =>
  /^https?:\/\/\S+$/.test(value) && URL.canParse(value) ? value : undefined,
);

export const mailAddress = readAs("an e-mail address", (value) => z.email().safeParse(value).data);

export const wholeNumber = (atMost = Number.MAX_SAFE_INTEGER) =>
  readAs(
    atMost === Number.MAX_SAFE_INTEGER ? "a whole number from 0 on" : `a whole number from 0 to ${atMost}`,
    (value) => (/^\d+$/.test(value) && Number(value) <= atMost ? Number(value) : undefined),
  );

export const trueOrFalse = readAs("true or false", (value) =>
  value === "true" || value === "false" ? value === "true" : undefined,
);

export const oneOf = <const T extends string>(...values: T[]) =>
  readAs(values.join(" or "), (value) => values.find((one) => one === value));

export const json = <T extends z.ZodObject>(content: T) =>
  readAs(`a JSON object with ${Object.keys(content.shape).join(", ")}`, (value) => {
    try {
      return content.safeParse(JSON.parse(value)).data;
    } catch {
      return undefined;
    }
  });

/** Texts by their names, as a JSON object. */
export const namedTexts = readAs("a JSON object of texts", (value) => {
  try {
    return z.record(z.string(), z.string()).safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
});
