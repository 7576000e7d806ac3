import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** functions -> stores -> rules: which files a file may import, by where it stands. */
const middleware = new Set(["shared/http/endpoint.ts", "shared/http/serve.ts", "shared/message-queue.ts"]);
const doesIo = new Set([
  "shared/http/openapi.ts",
  "shared/http/problem.ts",
  "shared/http/reply.ts",
  "shared/http/field-messages.ts",
  "shared/dynamo.ts",
  "shared/encryption.ts",
  "shared/settings.ts",
  "shared/observability.ts",
  ...middleware,
]);

/** Flows may use rules and stores; for now they are held to what stores are. */
const isStore = (file: string) =>
  /^shared\/.*-(store|flow)\.ts$/.test(file) || /^shared\/notification\/mailer\.ts$/.test(file);
const isRule = (file: string) => file.startsWith("shared/") && !isStore(file) && !doesIo.has(file);

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"/gm,
    ),
  ].map(([, from, bare]) => {
    const name = from ?? bare ?? "";
    return name.startsWith(".") ? normalize(join(dirname(file), name)) : name;
  });

const rulePackages = new Set(["zod", "node:crypto", "ipaddr.js", "@orama/stemmers/indonesian"]);
/** Bytes in, bytes out: what reads the content of files may use these. */
const decoders = new Set(["sharp", "file-type", "libheif-js/wasm-bundle.js", "@cantoo/pdf-lib", "node:zlib"]);
const readsFiles = (file: string) => file.startsWith("shared/attachment/");

/** Why a file may not import this, or undefined when it may. */
function objection(file: string, imported: string): string | undefined {
  const top = file.split("/")[0];
  const local = /^(infra|functions|shared|test)\//.test(imported);
  if (local && imported.startsWith("test/") && top !== "test") return "only tests import tests";
  if (imported.startsWith("@middy/") && !middleware.has(file) && top !== "test")
    return "middy belongs in http.ts and queue.ts";
  if (imported === "zod" && /import\s*\{[^}]*\bz\b[^}]*\}\s*from "zod"/.test(readFileSync(file, "utf8")))
    return "zod comes as a namespace: import * as z";
  if (top === "infra" && local && !imported.startsWith("infra/")) return "infra names functions by path only";
  // What an operator runs may gather all functions; it is deployed with none of them.
  if (file.startsWith("functions/commands/") && imported.endsWith("/routes.ts")) return undefined;
  if (top === "functions" && local && !imported.startsWith("shared/") && dirname(imported) !== dirname(file))
    return "functions never import each other";
  if (top === "shared" && local && !imported.startsWith("shared/")) return "shared imports shared only";
  if (isRule(file) && local && !isRule(imported)) return "rules import rules only";
  if (isRule(file) && !local && !rulePackages.has(imported) && !(readsFiles(file) && decoders.has(imported)))
    return "rules import zod, hashing, addresses and stems only";
  return undefined;
}

const files = globSync("{infra,functions,shared}/**/*.ts");

test("there are rules, stores and functions to look at", () => {
  for (const known of [
    "shared/case/case.ts",
    "shared/case/store/case-store.ts",
    "functions/public/submit-case.ts",
  ])
    expect(files).toContain(known);
  expect(importsOf("functions/public/submit-case.ts")).toContain("shared/case/submission/submit-flow.ts");
});

test("a rule that reads the database, a store that asks a function and an infra file that imports either are found", () => {
  expect(objection("shared/case/case.ts", "@aws-sdk/client-dynamodb")).toBeDefined();
  expect(objection("shared/case/case.ts", "shared/case/store/case-store.ts")).toBeDefined();
  expect(objection("shared/case/store/case-store.ts", "functions/public/handler.ts")).toBeDefined();
  expect(objection("functions/public/handler.ts", "functions/jobs/send-email.ts")).toBeDefined();
  expect(objection("infra/app.ts", "shared/case/case.ts")).toBeDefined();
});

test.each(files)("%s imports in one direction only", (file) => {
  const objections = importsOf(file).flatMap((imported) => {
    const reason = objection(file, imported);
    return reason ? [`${imported}: ${reason}`] : [];
  });
  expect(objections).toEqual([]);
});
