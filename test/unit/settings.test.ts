import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import * as z from "zod";
import { edgeVariables } from "../../shared/http/serve.ts";
import { json, oneOf, settings, text, texts, wholeNumber } from "../../shared/platform/settings.ts";
import { environment } from "../environment.ts";
import { call } from "../fakes/gateway.ts";

const files = [...globSync("functions/*/handler.ts"), ...globSync("functions/jobs/*.ts")].sort();
const serving = files.filter((file) => file.endsWith("handler.ts"));

type Variables = Record<string, z.ZodType>;
const load = (file: string) =>
  import(/* @vite-ignore */ `../../${file}`) as Promise<{ variables: Variables; handler: never }>;
const functions = await Promise.all(
  files.map(async (file) => {
    const { variables } = await load(file);
    return { file, variables: file.endsWith("handler.ts") ? { ...variables, ...edgeVariables } : variables };
  }),
);

/** A value that works for every variable, also for those that a stage may leave out. */
const complete: Record<string, string> = {
  ...environment,
  USER_POOL_ID: "ap-southeast-3_contoh",
  SITE_URL: "https://lapor.example",
  ORIGIN_SECRETS: "lama baru",
};

const noNumbers = [
  "x",
  "NaN",
  "-1",
  "1.5",
  "1e3",
  "0x10",
  "Infinity",
  "1 000",
  "99999999999999999999",
  "null",
];
const noAddresses = [
  "x",
  "lapor.example",
  "//lapor.example",
  "ftp://lapor.example",
  "https://",
  "https://a b",
];
const wrongOf: Record<string, string[]> = {
  FREE_REPORTS_OF_NETWORK: noNumbers,
  FREE_REPORTS_OF_ALL: noNumbers,
  ALERT_SECONDS: noNumbers,
  DAILY_MAIL_SECONDS: noNumbers,
  NEW_CASE_SECONDS: noNumbers,
  RECOUNT_DELAY_SECONDS: [...noNumbers, "901"],
  HOLDS_ALIKE: ["TRUE", "yes", "1", "tidak"],
  HOLDS_BACK: ["TRUE", "yes", "1", "tidak"],
  MALWARE_SCAN: ["none", "GuardDuty"],
  ATTACHMENT_LIMITS: [
    "{",
    "10",
    "null",
    "{}",
    '{"files":"banyak"}',
    '{"files":0,"megabytes":25,"megapixels":50}',
  ],
  SENDER_ADDRESS: ["x", "lapor@", "lapor at example"],
  SITE_URL: noAddresses,
};
const wrongValues = (name: string): (string | undefined)[] => [
  "",
  "  ",
  ...(wrongOf[name] ?? (name.endsWith("_URL") ? noAddresses : [])),
];

const cases = functions.flatMap(({ file, variables }) =>
  Object.entries(variables).map(([name, schema]): [string, string, Variables, z.ZodType] => [
    file,
    name,
    variables,
    schema,
  ]),
);

test("There are variables of every function to look at", () => {
  expect(functions.length).toBeGreaterThan(15);
  for (const { file, variables } of functions) expect([file, Object.keys(variables)]).not.toEqual([file, []]);
});

test.each(functions)("$file starts with all that its stack tells it", ({ variables }) => {
  expect(Object.keys(settings(variables, complete)).sort()).toEqual(Object.keys(variables).sort());
});

test.each(cases)(
  "%s refuses every wrong value of %s by that name and does not repeat it",
  (_, name, variables, schema) => {
    const missing = schema.safeParse(undefined).success ? [] : [undefined];
    for (const value of [...wrongValues(name), ...missing]) {
      let message = "";
      try {
        settings(variables, { ...complete, [name]: value });
      } catch (error) {
        ({ message } = error as Error);
      }
      expect([value, message]).toEqual([
        value,
        expect.stringMatching(
          new RegExp(
            `^This function does not start\\. The environment variable ${name} is (missing or empty|wrong): it has to be [^.]+\\. The stack that owns it sets its environment\\.$`,
          ),
        ),
      ]);
    }
  },
);

test("A function that misses several variables is told of all of them at once", () => {
  const variables = { CASES_TABLE: text, HOLDS: oneOf("one", "two"), COUNT: wholeNumber(9) };
  expect(() => settings(variables, { COUNT: "rahasia" })).toThrow(
    "This function does not start. The environment variable CASES_TABLE is missing or empty: it has to be a text. " +
      "The environment variable HOLDS is missing or empty: it has to be one or two. " +
      "The environment variable COUNT is wrong: it has to be a whole number from 0 to 9. " +
      "The stack that owns it sets its environment.",
  );
});

test("Settings come as what they are, and a variable that nobody declared is left alone", () => {
  const variables = {
    N: wholeNumber(),
    WORDS: texts,
    LIMITS: json(z.object({ files: z.int() })),
    SITE: text.optional(),
  };
  const given = { N: "007", WORDS: " a  b ", LIMITS: '{"files":3}', OTHER: "" };
  expect(settings(variables, given)).toEqual({ N: 7, WORDS: ["a", "b"], LIMITS: { files: 3 } });
});

test("FREE_REPORTS_OF_NETWORK=x stops the public function at its start", async () => {
  const start = promisify(execFile)(process.execPath, ["functions/public/handler.ts"], {
    env: { ...environment, FREE_REPORTS_OF_NETWORK: "x" },
  });
  await expect(start).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The environment variable FREE_REPORTS_OF_NETWORK is wrong"),
  });
});

test.each(serving)("%s refuses who goes around the edge wherever there is one", async (file) => {
  vi.stubEnv("ORIGIN_SECRETS", "rahasia");
  vi.resetModules();
  const { handler } = await load(file);
  vi.unstubAllEnvs();
  const { status, body } = await call(handler, "GET", "/v1/health");
  expect([status, body.detail]).toEqual([403, expect.stringContaining("bukan alamat umum")]);
});

test("No function reads its environment but by its declared variables", () => {
  const readers = globSync("{functions,shared}/**/*.ts").filter(
    (file) => !file.startsWith("functions/commands/") && readFileSync(file, "utf8").includes("process.env"),
  );
  expect(readers).toEqual(["shared/platform/settings.ts"]);
});
