import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { commandsIn } from "../runbook/commands.ts";

const decisions = globSync("docs/decisions/*.md").sort();
const documents = ["README.md", "SECURITY.md", ...globSync("docs/**/*.md").sort()];
const textOf = (file: string): string => readFileSync(file, "utf8");

/** What the first group of a pattern finds in a text. */
const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, one = ""]) => one);

const withoutBlocks = (text: string): string => text.replace(/```[^]*?```/g, "");

/** The targets of relative links, without the heading in them. */
const linkedIn = (file: string): string[] =>
  found(withoutBlocks(textOf(file)), /\]\(([^)\s]+)\)/g)
    .filter((target) => !/^(?:https?:|mailto:|#)/.test(target))
    .map((target) => normalize(join(dirname(file), target.replace(/#.*/, ""))));

/** The headings that links name, with the file that should have them. */
const headingsLinkedIn = (file: string): { to: string; heading: string }[] =>
  found(withoutBlocks(textOf(file)), /\]\(([^)\s]*#[^)\s]+)\)/g)
    .filter((target) => !/^https?:/.test(target))
    .map((target) => {
      const [path = "", heading = ""] = target.split("#");
      return { to: path === "" ? file : normalize(join(dirname(file), path)), heading };
    });

const anchorsOf = (file: string): string[] =>
  found(textOf(file), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-"),
  );

/** The paths of this repository that stand in backticks. What holds a <name>, a {name} or an ellipsis is a pattern, no path. */
const pathsIn = (file: string): string[] =>
  found(withoutBlocks(textOf(file)), /`([^`]+)`/g)
    .flatMap((code) => code.split(/\s+/))
    .filter((word) => /^(?:\.ci|docs|functions|infra|shared|test)\/[^<{*…]*$/.test(word));

/** The names of npm scripts, in prose and in blocks alike. */
const scriptsIn = (file: string): string[] => [
  ...found(textOf(file), /\bnpm run (?:-s )?([a-z][a-z:-]*)/g),
  ...found(textOf(file), /\bnpm (start|test)\b/g),
];

const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };

describe("the documents", () => {
  test.each(documents)("%s links to files and headings that there are", (file) => {
    expect(linkedIn(file).filter((target) => !existsSync(target))).toEqual([]);
    expect(headingsLinkedIn(file).filter(({ to, heading }) => !anchorsOf(to).includes(heading))).toEqual([]);
  });

  test.each(documents)("%s names files and folders that there are", (file) => {
    expect(pathsIn(file).filter((path) => !existsSync(path))).toEqual([]);
  });

  test.each(documents)("%s names npm scripts that there are", (file) => {
    expect(scriptsIn(file).filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("no command of the runbook has a place to fill in by guess: addresses come from npm run where", () => {
    const scripts = commandsIn(textOf("docs/runbook.md")).map(({ script }) => script);
    expect(scripts.length).toBeGreaterThan(20);
    expect(scripts.filter((script) => /<[^>\n]*>|…/.test(script))).toEqual([]);
  });

  test("the README names the two commands that start the system", () => {
    expect(textOf("README.md")).toContain("\nnpm ci && npm start\n");
  });

  test("docs/security.md names tests by titles that there are, and a test for each of its threats", () => {
    const named = [...textOf("docs/security.md").matchAll(/`(test\/[^`]+\.ts)`,\s+"([^"]+)"/g)].map(
      ([, file = "", title = ""]) => ({ file, title: title.replace(/\s+/g, " ") }),
    );
    expect(named.filter(({ file, title }) => !textOf(file).includes(title))).toEqual([]);
    const threats = textOf("docs/security.md").split(/^### /m).slice(1);
    expect(threats.length).toBeGreaterThan(5);
    expect(threats.filter((threat) => !/`test\/[^`]+\.ts`,\s+"/.test(threat))).toEqual([]);
  });

  test("links, paths and scripts are found where a document has them", () => {
    expect(linkedIn("README.md")).toContain("docs/moves.md");
    expect(headingsLinkedIn("docs/runbook.md").length).toBeGreaterThan(3);
    expect(pathsIn("README.md")).toContain("infra/api-stack.ts");
    expect(scriptsIn("README.md")).toEqual(expect.arrayContaining(["start", "test", "test:deploy", "token"]));
  });
});

describe("the decision records", () => {
  test("they are numbered without gaps, and each title has its number", () => {
    const numbers = decisions.map((file) => Number(/(\d{4})-/.exec(file)?.[1]));
    expect(numbers).toEqual(decisions.map((_, index) => index + 1));
    expect(decisions.map((file) => Number(/^# (\d+)\. /.exec(textOf(file))?.[1]))).toEqual(numbers);
  });

  test.each(decisions)("%s has a date, a context, a decision and a price, in this order", (file) => {
    const parts = found(textOf(file), /^\*\*(Decided|Context|Decision|Price)\b/gm);
    expect([...new Set(parts)]).toEqual(["Decided", "Context", "Decision", "Price"]);
    expect(textOf(file)).toMatch(/^\*\*Decided\*\* \d{4}-\d{2}-\d{2}\b/m);
  });
});

test("the README lists what the emulator of AWS lacks, as each run of its tests prints it", () => {
  const [, list = ""] = /each run prints the list:\n\n((?:- .*\n)+)/.exec(textOf("README.md")) ?? [];
  expect(found(list, /^- (.*)$/gm)).toEqual(
    found(textOf("test/deploy/run-ministack.py"), /^lacks\("(.*)"\)$/gm),
  );
});
