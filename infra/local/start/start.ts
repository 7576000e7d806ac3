import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { orUsage, runCommand } from "../../../shared/platform/command.ts";
import { stages } from "../../config.ts";
import type { Addresses } from "../system.ts";
import { writtenTime } from "../time/clock.ts";
import { StartFailure } from "./start-failure.ts";

const readArguments = (): { stage: string; dataDir: string; firstPort: number; now?: Date } => {
  const { stage, data, port, now } = parse();
  const firstPort = Number(port);
  if (!/^\d+$/.test(port) || firstPort < 1 || firstPort > 65_531)
    throw new StartFailure(`--port takes a number from 1 to 65531, not "${port}".`);
  if (data === "") throw new StartFailure("--data takes a folder.");
  if (stages[stage]?.production !== false)
    throw new StartFailure(
      `--stage takes ${Object.keys(stages)
        .filter((name) => !stages[name]?.production)
        .join(" or ")}, not "${stage}": what production needs is not on this machine.`,
    );
  if (now === undefined) return { stage, dataDir: resolve(data), firstPort };
  const time = writtenTime.safeParse(now);
  if (!time.success)
    throw new StartFailure(
      `--now takes a date (2026-03-13, which is 08:00 WITA) or a time with its offset (2026-03-13T08:00:00+08:00), not "${now}".`,
    );
  return { stage, dataDir: resolve(data), firstPort, now: time.data };
};

const options = {
  stage: { type: "string", default: "dev" },
  data: { type: "string", default: ".local" },
  port: { type: "string", default: "3000" },
  now: { type: "string" },
} as const;

const parse = () =>
  orUsage(
    "Usage: npm start -- [--stage NAME] [--data DIR] [--port N] [--now TIME]",
    () => parseArgs({ options }).values,
  );

const welcome = (addresses: Addresses, dataDir: string): string => `
SP4N-LAPOR! runs on this machine.

  Site       ${addresses.site}
  Officers   ${addresses.site}/petugas
  Practice   ${addresses.site}/latihan
  API        ${addresses.api}/v1/
  Mailbox    ${addresses.mailbox}
  Sign-in    ${addresses.issuer}
  DynamoDB   ${addresses.dynamodb}
  SQS, S3    ${addresses.sqs}${addresses.clock ? `\n  Clock      ${addresses.clock} (POST {"days":1} moves it)` : ""}

  Try        curl ${addresses.api}/v1/health
             npm run -s token -- admin.nasional@kemenpanrb.example${dataDir === resolve(".local") ? "" : ` --data ${dataDir}`}
  Logs       ${dataDir}/logs/<function>.log
  Data       ${dataDir} (the addresses are in addresses.json there)
  Stop       Ctrl-C
`;

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(name, () => {
    // The emulators end with this process, however it ends.
    if (stopping.signal.aborted) process.exit(1);
    console.log("Stopping ...");
    stopping.abort();
  });

async function main(): Promise<void> {
  const { stage, dataDir, firstPort, now } = readArguments();
  const { signal } = stopping;
  // Loading it takes half a second, in which signals are already heard.
  const { startSystem } = await import("../system.ts");
  const system = await startSystem({ stage, dataDir, firstPort, now, log: console.log, signal });
  try {
    console.log(welcome(system.addresses, dataDir));
    console.log(`Ready after ${(performance.now() / 1000).toFixed(1)} seconds.`);
    if (!signal.aborted) await new Promise((stop) => signal.addEventListener("abort", stop));
  } finally {
    await system.stop();
  }
}

await runCommand(() =>
  main().catch((error: unknown) => {
    // Whoever stops it half-way asked for what then fails.
    if (!stopping.signal.aborted) throw error;
  }),
);
