/** Where the system of this machine answers, as it wrote it down when it started. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { Mistake } from "../../shared/platform/command.ts";

const localAddresses = z.object({
  dynamodb: z.url(),
  sqs: z.url(),
  tables: z.record(z.string(), z.string()),
  queues: z.record(z.string(), z.string()),
});
export type LocalAddresses = z.infer<typeof localAddresses>;

/** Reads where the system with this data folder answers. One that has ended is refused. */
export async function localSystem(dataDir: string): Promise<LocalAddresses> {
  const path = join(dataDir, "addresses.json");
  const start = `npm start${dataDir === ".local" ? "" : ` -- --data ${dataDir}`}`;
  const text = await readFile(path, "utf8").catch(() => {
    throw new Mistake(
      `No system is running with the data folder ${dataDir}: ${path} is not there. Start it with ${start}.`,
    );
  });
  const addresses = localAddresses.parse(JSON.parse(text));
  // Any answer is enough. One that was killed leaves its addresses behind.
  await fetch(addresses.dynamodb).catch(() => {
    throw new Mistake(
      `The system with the data folder ${dataDir} has ended: nobody answers at ${addresses.dynamodb}. Start it with ${start}.`,
    );
  });
  return addresses;
}

/** How clients of the SDK reach what runs on this machine. */
export const atEndpoint = (endpoint: string) => ({
  endpoint,
  region: "ap-southeast-3",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});
