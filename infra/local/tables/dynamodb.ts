import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Emulator } from "../start/emulator.ts";
import { StartFailure } from "../start/start-failure.ts";

const require = createRequire(import.meta.url);

const javaNeeded =
  "Java 17 (JDK) is needed for DynamoDB Local: install it, e.g. `apt-get install openjdk-17-jdk-headless` or Temurin 17, then run this again.";

/** Starts DynamoDB Local: in memory without `dataDir`, on a free port without `port`. */
export const startDynamoDb = async (
  options: {
    dataDir?: string;
    port?: number;
    signal?: AbortSignal;
    /** Memory for hundreds of thousands of items, and a start that takes longer. */
    forManyItems?: boolean;
    onUnexpectedEnd?: (why: string) => void;
  } = {},
): Promise<Emulator> => {
  const emulator = join(dirname(require.resolve("amplify-dynamodb-simulator/package.json")), "emulator");
  const libraries = join(emulator, "DynamoDBLocal_lib");
  const child = spawn(
    "java",
    [
      ...(options.forManyItems
        ? ["-Xmx6g"]
        : // It lives for minutes: what matters is that it is there soon.
          ["-Xmx512m", "-XX:TieredStopAtLevel=1"]),
      "-XX:+UseSerialGC",
      `-Dport=${options.port ?? 0}`,
      `-Djava.library.path=${libraries}`,
      "-cp",
      [join(emulator, "DynamoDBLocal.jar"), join(libraries, "*")].join(delimiter),
      fileURLToPath(new URL("./LoopbackDynamoDb.java", import.meta.url)),
      "-disableTelemetry",
      "-sharedDb",
      ...(options.dataDir ? ["-dbPath", options.dataDir] : ["-inMemory"]),
      "-port", // checked, but not used: see -Dport
      "8000",
    ],
    // A group of its own: Ctrl-C must not end the database before the functions that use it.
    { cwd: emulator, stdio: ["pipe", "pipe", "pipe"], detached: true },
  );
  const abort = () => child.kill("SIGKILL");
  options.signal?.addEventListener("abort", abort);
  try {
    const { port, output } = await listeningPort(child);
    let stopping = false;
    child.on("exit", (code, signal) => {
      if (!stopping) options.onUnexpectedEnd?.(`DynamoDB Local has ended (${signal ?? code}). ${output()}`);
    });
    const stop = () => {
      stopping = true;
      return end(child);
    };
    return { endpoint: `http://127.0.0.1:${port}`, stop };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
};

/** Waits until DynamoDB Local tells its port; its last output explains a later end. */
const listeningPort = (child: ChildProcess): Promise<{ port: number; output: () => string }> =>
  new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output = (output + chunk).slice(-4000);
      const port = /^listening on (\d+)$/m.exec(output)?.[1];
      if (port) resolve({ port: Number(port), output: () => output.trim() });
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.stdin?.on("error", () => {}); // it has ended: "exit" tells
    child.on("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ENOENT" ? new StartFailure(javaNeeded) : error),
    );
    child.on("close", (code) => reject(new StartFailure(explainJava(code, output))));
  });

const explainJava = (code: number | null, output: string): string => {
  const version = spawnSync("java", ["-version"], { encoding: "utf8" }).stderr ?? "";
  const [, major = "0", minor = "0"] = /version "(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  const release = major === "1" ? Number(minor) : Number(major);
  const modules = spawnSync("java", ["--list-modules"], { encoding: "utf8" }).stdout ?? "";
  if (release < 17 || !modules.includes("jdk.compiler")) return javaNeeded;
  return `DynamoDB Local ended at once (exit code ${code}): ${output.trim()}`;
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const giveUp = new AbortController();
  const killLater = wait(5000, undefined, { signal: giveUp.signal }).then(
    () => child.kill("SIGKILL"),
    () => {}, // it ended in time
  );
  await ended;
  giveUp.abort();
  await killLater;
};
