import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const readWhole = async (from: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of from) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/** The hash of a file of the second deployment. */
const newHash = /new[0-9a-f]{7}(?=\.\w+$)/;

/** A site that is deployed again while people have its pages open. It stands in front of the running system. */
export interface DeployedAgain {
  url: string;
  /** From now on each static file has another address and the service worker another version. The old addresses still answer. */
  deploy(): void;
  close(): Promise<void>;
}

/** Shows the running system at an address of its own. */
export async function deployedAgain(site: string): Promise<DeployedAgain> {
  let isDeployed = false;
  /** What the running system calls it. */
  const known = new Map<string, string>();
  const ofVersion = (hash: string): string => {
    const shown = isDeployed ? `new${hash.slice(3)}` : hash;
    known.set(shown, hash);
    return shown;
  };

  /** What the running system answers, as this deployment would. */
  async function pass(got: IncomingMessage, path: string, answer: ServerResponse): Promise<void> {
    const body = await readWhole(got);
    const { "content-length": _, "transfer-encoding": __, etag: ___, ...headers } = got.headers;
    answer.writeHead(got.statusCode ?? 502, headers);
    if (!/html|javascript/.test(headers["content-type"] ?? "")) return void answer.end(body);
    const text = body.toString();
    answer.end(
      path === "/sw.js"
        ? text.replace(/(?<=form-|["'`])[0-9a-f]{10}/g, (hash) => ofVersion(hash))
        : text.replace(/(?<=\/aset\/[\w-]+-)[0-9a-f]{10}(?=\.)/g, (hash) => ofVersion(hash)),
    );
  }

  const server = createServer((asked, answer) => {
    const path = (asked.url ?? "/").replace(newHash, (shown) => known.get(shown) ?? shown);
    const { "accept-encoding": _, ...headers } = asked.headers;
    const passing = request(new URL(path, site), {
      method: asked.method,
      headers: { ...headers, host: new URL(site).host },
    });
    passing.on("response", (got) => void pass(got, path, answer));
    passing.on("error", () => answer.destroy());
    asked.pipe(passing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deploy: () => {
      isDeployed = true;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
