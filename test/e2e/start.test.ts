import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, expect, test } from "vitest";

const folders: string[] = [];
const freshFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-start-"));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** `npm start` with these arguments; tells its output and its exit code. */
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

/** Four ports in a row that are free just now: the first of them. */
async function freePorts(): Promise<{ first: number; occupy(port: number): Promise<() => void> }> {
  const listen = (port: number) =>
    new Promise<{ port: number; close(): Promise<void> }>((resolve, reject) => {
      const server = createServer();
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        resolve({
          port: typeof address === "object" && address ? address.port : 0,
          close: () => new Promise((closed) => server.close(() => closed())),
        });
      });
    });
  for (;;) {
    const held = [await listen(0)];
    const first = held[0]?.port ?? 0;
    try {
      for (let offset = 1; offset < 5; offset++) held.push(await listen(first + offset));
    } catch {
      await Promise.all(held.map(({ close }) => close()));
      continue;
    }
    await Promise.all(held.map(({ close }) => close()));
    return {
      first,
      occupy: async (port) => {
        const server = await listen(port);
        return () => void server.close();
      },
    };
  }
}

test("without Java it says in one sentence what to install", async () => {
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

test("an unknown argument is named", async () => {
  const { code, output } = await start(["--colour", "red"]).ended;
  expect([code, output]).toEqual([1, expect.stringContaining("--colour")]);
});

test("it runs, tells every address, and SIGTERM ends it and all that it started", async () => {
  const { first } = await freePorts();
  const folder = freshFolder();
  const { child, ended, says } = start(["--data", folder, "--port", String(first)]);
  await says("Ready after");
  expect((await fetch(`http://127.0.0.1:${first}/v1/health`)).status).toBe(200);
  const second = await start(["--data", folder, "--port", "0"]).ended;
  expect(second.code).toBe(1);
  child.kill("SIGTERM");
  const { code, output } = await ended;
  expect(code).toBe(0);
  for (const port of [first, first + 1, first + 2, first + 3, first + 4]) {
    expect(output).toContain(`127.0.0.1:${port}`);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  }
});
