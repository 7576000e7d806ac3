import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { lastLines, pythonWith, root } from "../python.ts";

/** MiniStack, and the package with which it signs and checks the tokens of a user pool. */
const packages = ["ministack==1.5.33", "cryptography==50.0.2"];

/** Makes the Python that runs MiniStack, if it is not there. Before the files of a run, because two of them would make it at once. */
export const pythonOfMiniStack = (): Promise<string> => pythonWith("ministack", packages);

/** An emulator of AWS on this machine, for as long as a test needs it. */
export interface MiniStack {
  port: number;
  /** A folder that is removed when MiniStack stops. */
  folder: string;
  /** A program with this environment takes MiniStack for AWS. It sees nothing of this machine's own AWS settings. */
  env: NodeJS.ProcessEnv;
  /** The last lines that MiniStack and the Lambdas in it wrote. */
  log(): string;
  /** Object Lock looks at this clock from now on, so that a test need not wait for a day. */
  setLockClock(now: Date): Promise<void>;
  /** Stops MiniStack. Fails if a process or the port is left. */
  stop(): Promise<void>;
}

/** The account that MiniStack takes every caller for who names none. It is made up. */
const itsOwn = "000000000000";

/** Starts MiniStack. `account`: its own account has this number instead. Prints what the real AWS has and MiniStack lacks. */
export async function startMiniStack({ account = itsOwn } = {}): Promise<MiniStack> {
  const python = await pythonOfMiniStack();
  const port = await openPort();
  const folder = await mkdtemp(join(tmpdir(), "sp4n-lapor-deploy-"));
  const endpoint = `http://127.0.0.1:${port}`;
  // Our own environment stays out. The Lambdas would inherit it and get what the stacks forgot.
  const clean = {
    PATH: [join(root, "node_modules/.bin"), dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
  };
  const logFile = join(folder, "ministack.log");
  const logTo = openSync(logFile, "w");
  const child = spawn(python, [join(import.meta.dirname, "run-ministack.py")], {
    cwd: folder,
    env: {
      ...clean,
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      MINISTACK_ACCOUNT_ID: account,
      AUTH: "true",
      // MiniStack opens no other ports, and leaves the containers of this machine alone.
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      DOCKER_HOST: "unix:///nonexistent",
    },
    // MiniStack ends when its input ends, so nothing is left when this process is killed.
    stdio: ["pipe", logTo, logTo],
    detached: true,
  });
  closeSync(logTo);
  const log = () => lastLines(readFileSync(logFile, "utf8"));
  const stop = async () => {
    try {
      await endGroup(child.pid);
      await openPort(port).catch((error: Error) => {
        throw new Error(`MiniStack has ended, but its port ${port} is not free: ${error.message}`);
      });
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  };
  try {
    await until("MiniStack does not answer", 60, async () => {
      if ((child.exitCode ?? child.signalCode) !== null) throw new Error("MiniStack has ended.");
      return (await fetch(`${endpoint}/_ministack/ready`).catch(() => undefined))?.ok;
    });
  } catch (error) {
    const lines = log();
    await stop();
    throw new Error(`${(error as Error).message}\n\n${lines}`, { cause: error });
  }
  console.log(lackingIn(readFileSync(logFile, "utf8")).join("\n"));
  const env = {
    ...clean,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    // MiniStack takes a key that is a number for the owner of that account.
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "ap-southeast-3",
    CDK_DISABLE_CLI_TELEMETRY: "true",
    CDK_DISABLE_VERSION_CHECK: "true",
  };
  const setLockClock = (now: Date) => writeFile(join(folder, "lock-clock"), now.toISOString());
  return { port, folder, env, log, setLockClock, stop };
}

/** What MiniStack says that it lacks. The same lines stand in README.md. */
const lackingIn = (text: string): string[] =>
  text.split("\n").filter((line) => line.startsWith("MiniStack lacks: "));

/** Asks again until there is an answer. Fails if there is none in time. */
export async function until<T>(
  otherwise: string,
  seconds: number,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  for (const deadline = Date.now() + seconds * 1000; ; await wait(100)) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${otherwise} after ${seconds} seconds.`);
  }
}

/** Opens a port on the loopback interface, closes it and returns its number. Without a number it takes any free port. */
const openPort = (port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });

/** Ends all processes of the group, by force if they do not end by themselves. */
async function endGroup(group: number | undefined): Promise<void> {
  if (group === undefined) return;
  const none = () => processesOf(group).length === 0;
  signalGroup(group, "SIGTERM");
  await until("MiniStack has not ended", 5, none).catch(() => signalGroup(group, "SIGKILL"));
  await until("Killed processes are there", 5, none).catch((error: Error) => {
    throw new Error(`${error.message}\n${processesOf(group).join("\n")}`);
  });
}

/** Tells whether the group has a process that gets the signal. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/**
 * Lists the running processes of the group, one a line. Processes that have ended and wait for their parent are not in
 * it.
 */
function processesOf(group: number): string[] {
  if (!signalGroup(group, 0)) return [];
  const { error, stdout } = spawnSync("ps", ["-A", "-o", "pgid=,pid=,stat=,args="], { encoding: "utf8" });
  if (error) return [`group ${group} (no names: ${error.message})`];
  return stdout.split("\n").filter((line) => {
    const [pgid, , state] = line.trim().split(/\s+/);
    return pgid === String(group) && !state?.startsWith("Z");
  });
}
