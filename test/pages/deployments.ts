import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

const readWhole = async (from: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of from) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/** A site that is deployed again while people have its pages open. It stands in front of the running system. */
export interface DeployedAgain {
  url: string;
  /** From now on each static file has another address and the service worker another version. The old addresses still answer. */
  deploy(): void;
  close(): Promise<void>;
}

/** Shows the running system at an address of its own. */
export async function deployedAgain(site: string): Promise<DeployedAgain> {
  let version = "";
  const hashes = /(?<=\/aset\/[\w-]+-)[0-9a-f]{10}(?=\.)/g;
  const toVersion = (text: string) =>
    version ? text.replace(hashes, (hash) => `${version}${hash.slice(version.length)}`) : text;
  /** Where the running system has it. */
  const known = new Map<string, string>();
  const ofVersion = (address: string) => {
    const shown = toVersion(address);
    known.set(shown, address);
    return shown;
  };

  const server = createServer((asked, answer) => {
    const address = asked.url ?? "/";
    const path = known.get(address) ?? address;
    const { host: _, "accept-encoding": __, ...headers } = asked.headers;
    const passing = request(
      new URL(path, site),
      { method: asked.method, headers: { ...headers, host: new URL(site).host } },
      async (got) => {
        const isText = /html|javascript|json/.test(got.headers["content-type"] ?? "");
        const body = await readWhole(got);
        let text = isText ? body.toString() : undefined;
        if (text !== undefined && path === "/sw.js" && version)
          text = text.replace(
            /(?<=form-)[0-9a-f]{10}|(?<=["'`])[0-9a-f]{10}(?=["'`])/g,
            `${version}00000000`,
          );
        else if (text !== undefined)
          text = text.replace(/\/aset\/[\w-]+-[0-9a-f]{10}\.\w+/g, (one) => ofVersion(one));
        const { "content-length": ___, "transfer-encoding": ____, etag: _____, ...more } = got.headers;
        answer.writeHead(got.statusCode ?? 502, more).end(text ?? body);
      },
    );
    passing.on("error", () => answer.destroy());
    asked.pipe(passing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deploy: () => {
      version = "ab";
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
