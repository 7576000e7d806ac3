import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { freePorts } from "./free-ports.ts";

const folders: string[] = [];
const freshFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-start-"));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm start` with these arguments. Tells its output and its exit code. */
function start(args: string[], env: NodeJS.ProcessEnv = process.env) {
  const child: ChildProcess = spawn(process.execPath, ["infra/local/start.mjs", ...args], { env });
  let output = "";
  const heard = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    output += chunk;
    for (const check of heard) check();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, output })),
  );
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => output.includes(text) && resolve();
      heard.add(check);
      check();
      void ended.then(() => reject(new Error(`It ended without saying "${text}":\n${output}`)));
    });
  return { child, ended, says };
}

test("a start without Java says in one sentence what to install", async () => {
  const PATH = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder.includes("node_modules"))
    .join(delimiter);
  const { ended } = start(["--data", freshFolder(), "--port", String((await freePorts()).first)], {
    ...process.env,
    PATH,
    JAVA_HOME: "",
  });
  const { code, output } = await ended;
  expect(code).toBe(1);
  expect(output).toContain("Java 17");
  expect(output).toContain("openjdk-17");
  expect(output).not.toMatch(/^\s+at /m);
});

test("a taken port is named, and how to choose another", async () => {
  const { first, occupy } = await freePorts();
  const leave = await occupy(first + 1);
  const { code, output } = await start(["--data", freshFolder(), "--port", String(first)]).ended;
  leave();
  expect(code).toBe(1);
  expect(output).toContain(`Port ${first + 1} is taken`);
  expect(output).toContain("npm start -- --port");
  expect(output).not.toMatch(/^\s+at /m);
});

test.each([
  ["that is a file", () => join(freshFolder(), "file")],
  ["below a file", () => join(freshFolder(), "file", "below")],
  ["that takes no entries", () => "/proc/sp4n-lapor"],
])("a data folder %s is refused in one sentence that says how to choose another", async (_what, name) => {
  const folder = name();
  if (folder.includes("file")) writeFileSync(folder.replace(/below$/, "").replace(/\/$/, ""), "");
  const { code, output } = await start(["--data", folder]).ended;
  expect([code, output]).toEqual([
    1,
    expect.stringMatching(/cannot be written \(E\w+\).*npm start -- --data DIR/),
  ]);
  expect(output).not.toMatch(/^\s+at /m);
});

test("an unknown argument is named", async () => {
  const { code, output } = await start(["--colour", "red"]).ended;
  expect([code, output]).toEqual([1, expect.stringContaining("--colour")]);
});

test("a --now that is no time is named, and how to write one", async () => {
  const { code, output } = await start(["--now", "besok"]).ended;
  expect([code, output]).toEqual([1, expect.stringMatching(/2026-03-13T08:00:00\+08:00.*"besok"/)]);
});

test("a start of production is refused with the stages that run on one machine", async () => {
  const { code, output } = await start(["--stage", "prod"]).ended;
  expect([code, output]).toEqual([1, expect.stringContaining("dev or staging")]);
});

test("the system runs and tells every address, and SIGTERM ends it and all that it started", async () => {
  const { first } = await freePorts();
  const folder = freshFolder();
  // A start that was killed leaves addresses behind, and a synthesis that nobody will read.
  writeFileSync(join(folder, "addresses.json"), "{}");
  mkdirSync(join(folder, "cdk.out.1"));
  const { child, ended, says } = start(["--data", folder, "--port", String(first)]);
  await says("Synthesising");
  expect(existsSync(join(folder, "addresses.json"))).toBe(false);
  await says("Ready after");
  expect(existsSync(join(folder, "cdk.out.1"))).toBe(false);
  expect((await fetch(`http://127.0.0.1:${first}/v1/health`)).status).toBe(200);
  const turn = await fetch(`http://127.0.0.1:${first}/local/clock`, { method: "POST", body: '{"days":1}' });
  expect([turn.status, await turn.text()]).toEqual([409, expect.stringContaining("--now 2026-03-13")]);
  const second = await start(["--data", folder, "--port", "0"]).ended;
  expect(second.code).toBe(1);
  child.kill("SIGTERM");
  const { code, output } = await ended;
  expect(code).toBe(0);
  for (const port of [first, first + 1, first + 2, first + 3, first + 4]) {
    expect(output).toContain(`127.0.0.1:${port}`);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  }
  // Events of this run are later than a clock in the past would allow.
  const back = await start(["--data", folder, "--port", String(first), "--now", "2026-03-13"]).ended;
  expect([back.code, back.output]).toEqual([1, expect.stringContaining("another folder")]);
  expect(back.output).not.toMatch(/^\s+at /m);
});
