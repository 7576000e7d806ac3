import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandsIn } from "../runbook/commands.ts";
import { asHere, kindsOf, leftIn, notHere, notKnown, prints, words } from "../runbook/here.ts";

// `npm run test:runbook` runs every command of the runbook, and takes minutes. What it would stumble over shows here in a second.

const runbook = readFileSync("docs/runbook.md", "utf8");
const commands = commandsIn(runbook);
const scripts = commands.map(({ script }) => script);

/** What ran when every command of the runbook last did. */
const ran = JSON.parse(readFileSync("test/runbook/ran.json", "utf8")) as string[];

const runs = (script: string) => notHere.every(({ command }) => !command.test(script));

/** The commands of a document that would stop the run, each with what is missing. */
function untriedIn(document: string): string[] {
  const values = new Map(words.map((word) => [word, "contoh"]));
  return commandsIn(document).flatMap(({ heading, script }) => {
    if (!runs(script)) return [];
    const here = asHere(script, () => "contoh", values);
    const missing = [
      ...leftIn(here).map((word) => `nothing stands for ${word} in test/runbook/here.ts`),
      ...kindsOf(script)
        .filter((kind) => !ran.includes(kind))
        .map((kind) => `"${kind}" was never run: npm run test:runbook`),
      ...(/\bprod\b/.test(here) ? ["it asks production"] : []),
    ];
    return missing.map((why) => `${heading}: ${script.split("\n")[0]}: ${why}`);
  });
}

test("every command of the runbook was run on the emulator, or says why not", () => {
  expect(commands.length).toBeGreaterThan(70);
  expect(untriedIn(runbook)).toEqual([]);
});

test("a command that was never run shows, and so does an option or a name that nobody knows", () => {
  const written = (script: string) => untriedIn(`## Send email\n\n1. Run \`${script}\`.\n`);
  expect(written("aws sqs purge-queue --queue-url URL")).toEqual([
    expect.stringContaining("nothing stands for URL"),
    expect.stringContaining('"aws sqs purge-queue --queue-url" was never run'),
  ]);
  expect(written("npm run restore -- --stage prod --from OLD-TABLE --cases NUMBER")).toEqual([
    expect.stringContaining('"npm run restore --cases --from --stage" was never run'),
  ]);
  expect(written("aws kms enable-key --key-id alias/prod")).toEqual([
    expect.stringContaining("it asks production"),
  ]);
  expect(written("aws kms enable-key --key-id contoh")).toEqual([]);
});

test("each command that is not run, or is expected to print something, is one of the runbook", () => {
  const named = [...notKnown, ...notHere, ...prints].map(({ command }) => command);
  expect(named.filter((one) => !scripts.some((script) => one.test(script)))).toEqual([]);
  expect(words.filter((word) => !scripts.some((script) => script.includes(word)))).toEqual([]);
  const asked = new Set(scripts.filter(runs).flatMap(kindsOf));
  expect(ran.filter((kind) => !asked.has(kind))).toEqual([]);
});

test("the hours of a replay are those of the run, and the tables of a restore stay as they are named", () => {
  const here = (script: string) => asHere(script, String, new Map([["OLD-TABLE", "lama"]]));
  expect(here("npm run replay -- --stage prod --from 2026-11-27T08:00 --to 2026-11-27T09:00")).toBe(
    "npm run replay -- --stage dev --from -1 --to 1",
  );
  expect(here("npm run restore -- --stage prod --from OLD-TABLE --to cases-restored --all")).toBe(
    "npm run restore -- --stage dev --from lama --to cases-restored --all",
  );
});
