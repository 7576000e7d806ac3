import { once } from "node:events";
import { request } from "node:http";
import type { Office } from "../e2e/office.ts";
import { clientOf } from "../e2e/office.ts";
import type { Ground } from "./ground.ts";

/** The running system, as citizens and officers reach it. */
export type Site = Pick<Office, "api" | "as" | "send" | "mailbox" | "mailsAbout"> & {
  /** The address of the pages, without a path. */
  readonly url: string;
  readonly dataDir: string;
  /** Where its message queues are. */
  readonly sqs: string;
  /** Where its tables are. */
  readonly dynamodb: string;
};

/** Makes a site of a system that runs. */
export const siteOf = ({ dataDir, addresses }: Ground): Site => ({
  ...clientOf(() => addresses),
  dataDir,
  sqs: addresses.sqs,
  dynamodb: addresses.dynamodb,
  url: siteAddress(addresses),
});

/** Before there are pages their address is that of the API. */
const siteAddress = (addresses: { api: string; site?: string }): string => addresses.site ?? addresses.api;

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Asks for an address with these headers and no others: `fetch` adds some of its own. */
export async function ask(
  url: string,
  {
    method = "GET",
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<RawAnswer> {
  const asking = request(url, { method, headers });
  asking.end(body);
  const [response] = await once(asking, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}
