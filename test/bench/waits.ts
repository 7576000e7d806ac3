import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tokenFor } from "../../infra/local/sign-in/token.ts";
import type { Addresses } from "../../infra/local/system.ts";
import { environment } from "../environment.ts";
import { median, table } from "./table.ts";
import type { Waits, WaitsOrder } from "./waits-once.ts";

const client = fileURLToPath(new URL("./waits-once.ts", import.meta.url));
const rounds = 200;

const subjectOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).sub;

/** How long one client waits for three routes, beside the requests to the database that each of them makes. */
export async function waits(addresses: Addresses, signal: AbortSignal): Promise<string> {
  const token = await tokenFor(addresses, "admin@balikpapan.example");
  const { api, tables } = addresses;
  const order: WaitsOrder = { api, tables, officer: { token, subject: subjectOf(token) }, rounds };
  const { stdout } = await promisify(execFile)(process.execPath, [client, JSON.stringify(order)], {
    env: {
      ...environment,
      AWS_REGION: "ap-southeast-3",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamodb,
    },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 180_000,
    signal,
  });
  const all: Waits[] = JSON.parse(stdout);
  return table(
    ["What", "Requests", "HTTP p50 (ms)", "Function p50 (ms)", "Bare p50 (ms)", "HTTP/bare", "Function/bare"],
    all.map(({ what, requests, ...ways }) => {
      const [http, inProcess, bare] = [median(ways.http), median(ways.inProcess), median(ways.bare)];
      const times = [http, inProcess, bare].map((time) => time.toFixed(1));
      return [what, String(requests), ...times, (http / bare).toFixed(2), (inProcess / bare).toFixed(2)];
    }),
  );
}
