import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { run } from "../python.ts";

/** The way of a program to sites that an emulator on this machine has, by their own addresses and over TLS. */
export interface WayIn {
  /** curl and Node go this way with it. */
  env: NodeJS.ProcessEnv;
  stop(): void;
}

/**
 * Makes a proxy that leads to the emulator, and a certificate that its users trust. `host` is the site's own, and `at` the one that the
 * emulator knows it by: what a CNAME does elsewhere.
 */
export async function openWayIn(
  { host, at }: { host: string; at: string },
  emulator: number,
  folder: string,
): Promise<WayIn> {
  const [key, certificate] = [join(folder, "site.key"), join(folder, "site.pem")];
  const made = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const saying = ["-subj", "/CN=site", "-addext", `subjectAltName=DNS:${host}`];
  await run("openssl", ["req", ...made, ...saying, "-keyout", key, "-out", certificate], process.env, 1);

  const site = createTlsServer(
    { key: await readFile(key), cert: await readFile(certificate) },
    (asked, answer) => {
      const { method, url, headers } = asked;
      const on = request(
        {
          host: "127.0.0.1",
          port: emulator,
          method,
          path: url,
          // A site of the emulator is on the same port as everything, without TLS of its own.
          headers: { ...headers, host: at, "x-forwarded-proto": "https" },
        },
        (answered) => {
          answer.writeHead(answered.statusCode ?? 502, answered.headers);
          answered.pipe(answer);
        },
      );
      on.on("error", (error) => answer.destroy(error));
      asked.pipe(on);
    },
  );
  const proxy = createServer().on("connect", (_asked, socket) => {
    socket.on("error", () => socket.destroy());
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    site.emit("connection", socket);
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    env: {
      https_proxy: address,
      HTTPS_PROXY: address,
      CURL_CA_BUNDLE: certificate,
      NODE_EXTRA_CA_CERTS: certificate,
      NODE_USE_ENV_PROXY: "1",
    },
    stop() {
      proxy.close();
      proxy.closeAllConnections();
      site.closeAllConnections();
    },
  };
}
