import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The kinds of file (docs/decisions/0022). A rule is pure. A store does the input and output of one aggregate. A flow is
 * a use case of rules and stores. A function wires them to a caller. All of them meet the outside world through edges:
 * shared/http and shared/platform.
 */
type Kind = "rule" | "store" | "flow" | "edge" | "function" | "infra" | "browser" | "test";

const middleware = new Set([
  "shared/http/body.ts",
  "shared/http/middleware.ts",
  "shared/http/page/middleware.ts",
  "shared/http/serve.ts",
  "shared/platform/message-queue.ts",
]);
function kindOf(file: string): Kind {
  const top = file.split("/")[0];
  if (top === "functions") return "function";
  if (top === "infra" || top === "test") return top;
  if (/^shared\/(http|platform)\//.test(file)) return "edge";
  // Scripts of pages run elsewhere: they share nothing with what runs here.
  if (file.startsWith("shared/page/files/")) return "browser";
  if (/-store\.ts$/.test(file)) return "store";
  return /-flow\.ts$/.test(file) ? "flow" : "rule";
}

/** Lists which kinds a kind may import. It may import no other. */
const mayImport: Record<Kind, readonly Kind[]> = {
  rule: ["rule"],
  store: ["rule", "store", "edge"],
  flow: ["rule", "store", "flow", "edge"],
  edge: ["rule", "edge"],
  function: ["rule", "store", "flow", "edge", "function"],
  infra: ["infra"],
  browser: ["browser"],
  test: ["rule", "store", "flow", "edge", "function", "infra", "browser", "test"],
};

const importsIn = (file: string): string[] =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
    ),
  ].map(([, from, bare, lazy]) => {
    const name = from ?? bare ?? lazy ?? "";
    return name.startsWith(".") ? normalize(join(dirname(file), name)) : name;
  });

const rulePackages = new Set([
  "zod",
  "node:crypto",
  "canonicalize",
  "ipaddr.js",
  "@orama/stemmers/indonesian",
]);
/** Rules that read the content of files may use these. They turn bytes into bytes. */
const decoders = new Set(["sharp", "file-type", "libheif-js/wasm-bundle.js", "@cantoo/pdf-lib", "node:zlib"]);
const readsFiles = (file: string) => file.startsWith("shared/attachment/");
/** What is printed is drawn with these, from values to bytes. */
const drawing = new Set(["uqr", "@cantoo/pdf-lib"]);
const isPrinted = (file: string) => /^shared\/(poster|booklet)\//.test(file);
/** A table for programs of tables is written with this, from values to bytes. */
const writing = new Set(["write-excel-file/node"]);
const writesTables = (file: string) => file.startsWith("shared/table/");
/** Tables that people upload are unpacked and read with these. */
const unpacking = new Set(["fflate", "saxen"]);
const readsTables = (file: string) => file.startsWith("shared/table/reading/");
/** Compresses what it seals. */
const compresses = (file: string) => file === "shared/case/submission/retry.ts";

/** The function that a file belongs to. */
const nameOf = (file: string) => file.split("/")[1];

/** Tells why a file may not import this. Returns undefined if it may. */
function objection(file: string, imported: string): string | undefined {
  const kind = kindOf(file);
  const isOurs = /^(infra|functions|shared|test)\//.test(imported);
  if (imported.startsWith("@middy/") && !middleware.has(file) && kind !== "test")
    return "middy belongs in shared/http and shared/platform/message-queue.ts";
  if (imported === "zod" && /import\s*\{[^}]*\bz\b[^}]*\}\s*from "zod"/.test(readFileSync(file, "utf8")))
    return "zod comes as a namespace: import * as z";
  if (!isOurs)
    return !["rule", "browser"].includes(kind) ||
      (kind === "browser" && imported.startsWith("altcha-lib")) ||
      rulePackages.has(imported) ||
      (readsFiles(file) && decoders.has(imported)) ||
      (isPrinted(file) && drawing.has(imported)) ||
      (writesTables(file) && writing.has(imported)) ||
      (readsTables(file) && unpacking.has(imported)) ||
      (compresses(file) && imported === "node:zlib")
      ? undefined
      : "rules import zod, hashing, addresses and stems only";
  // A file of data may stand anywhere below shared/.
  if (imported.endsWith(".json")) return undefined;
  // Commands stand in infra/ too, and all answer in one way.
  if (kind === "infra" && imported === "shared/platform/command.ts") return undefined;
  if (!mayImport[kind].includes(kindOf(imported))) return `a ${kind} imports no ${kindOf(imported)}`;
  if (kind === "flow" && imported.startsWith("shared/http/")) return "a flow knows nothing of HTTP";
  // A command may gather all functions, because no function is deployed with it.
  if (file.startsWith("functions/commands/") && imported.endsWith("/routes.ts")) return undefined;
  if (kind === "function" && kindOf(imported) === "function" && nameOf(imported) !== nameOf(file))
    return "functions never import each other";
  return undefined;
}

/** Finds the circles of a graph, each as the names that lead around it. */
function circlesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (at: string, path: readonly string[]): void => {
    const begins = path.indexOf(at);
    if (begins >= 0) found.push([...path.slice(begins), at].join(" -> "));
    if (begins >= 0 || done.has(at)) return;
    for (const next of graph.get(at) ?? []) walk(next, [...path, at]);
    done.add(at);
  };
  for (const each of graph.keys()) walk(each, []);
  return found;
}

const files = globSync("{infra,functions,shared}/**/*.ts").filter((file) => !file.includes("node_modules"));
const graph = new Map(
  files.map((file) => [
    file,
    new Set(importsIn(file).flatMap((from) => (files.includes(from) && from !== file ? [from] : []))),
  ]),
);

/** The folders of shared/, and the folders that each imports. */
const folderOf = (file: string) => /^shared\/([^/]+)\//.exec(file)?.[1];
const folders = new Map<string, Set<string>>();
for (const [file, imported] of graph)
  for (const other of imported) {
    const [from, to] = [folderOf(file), folderOf(other)];
    if (from && to && from !== to) folders.set(from, (folders.get(from) ?? new Set()).add(to));
  }

describe("the check itself", () => {
  test("the check sees files of every kind", () => {
    expect([...new Set(files.map(kindOf))].sort()).toEqual([
      "browser",
      "edge",
      "flow",
      "function",
      "infra",
      "rule",
      "store",
    ]);
    expect(graph.get("shared/case/case.ts")).toContain("shared/case/history.ts");
    expect([...(folders.get("case") ?? [])]).toContain("deadline");
  });

  test("the check finds a rule that reads the database, a store that calls a flow, a flow that answers HTTP, functions that import each other, and infra that imports code of functions", () => {
    expect(objection("shared/case/case.ts", "@aws-sdk/client-dynamodb")).toBeDefined();
    expect(objection("shared/case/case.ts", "shared/case/store/case-store.ts")).toBeDefined();
    expect(objection("shared/case/case.ts", "shared/case/moves/move-flow.ts")).toBeDefined();
    expect(objection("shared/case/store/case-store.ts", "shared/case/moves/move-flow.ts")).toBeDefined();
    expect(objection("shared/case/store/case-store.ts", "functions/public/handler.ts")).toBeDefined();
    expect(objection("shared/case/moves/move-flow.ts", "shared/http/reply.ts")).toBeDefined();
    expect(objection("functions/public/handler.ts", "functions/jobs/send-email.ts")).toBeDefined();
    expect(objection("infra/app.ts", "shared/case/case.ts")).toBeDefined();
    expect(objection("shared/case/moves/move-flow.ts", "shared/case/store/case-store.ts")).toBeUndefined();
  });

  test("the check finds a circle", () => {
    const round = new Map([
      ["a", new Set(["b"])],
      ["b", new Set(["c", "d"])],
      ["c", new Set(["a"])],
      ["d", new Set<string>()],
    ]);
    expect(circlesIn(round)).toEqual(["a -> b -> c -> a"]);
  });
});

test.each(files)("%s imports in one direction only", (file) => {
  const objections = importsIn(file).flatMap((from) => {
    const reason = objection(file, from);
    return reason ? [`${from}: ${reason}`] : [];
  });
  expect(objections).toEqual([]);
});

test("no files import each other in a circle, not even for their types", () => {
  expect(circlesIn(graph)).toEqual([]);
});

test("no folders of shared/ import each other in a circle, not even for their types", () => {
  expect(circlesIn(folders)).toEqual([]);
});

test("no two files of shared/ export the same name: one word means one thing", () => {
  const homes = new Map<string, Set<string>>();
  for (const file of files.filter((one) => one.startsWith("shared/")))
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(
      /^export (?:async )?(?:const|function\*?|interface|type|class)\s+(\w+)/gm,
    ))
      homes.set(name, (homes.get(name) ?? new Set()).add(file));
  expect(homes.size).toBeGreaterThan(300);
  expect([...homes].filter(([, inFiles]) => inFiles.size > 1)).toEqual([]);
});
