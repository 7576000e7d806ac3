import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { bundled, staticFile } from "./bundled.ts";

/** A request as the site got it. */
interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

type Answer = { status: number; headers?: Record<string, string>; body?: unknown } | "line-cut";

export interface Site {
  url: string;
  bucketUrl: string;
  asked: Asked[];
  /** What /v1/cases answers next, in order; then the receipt of the key. */
  answers: Answer[];
  /** Every answer of /v1/cases gets lost behind the server. */
  losesAnswers: boolean;
  /** How the bucket answers next; then 204. */
  bucketAnswers: (number | "line-cut")[];
  /** Sizes of what the bucket got. */
  got: { bytes: number; name: string; type: string }[];
  /** Reports by their key, as the API has them. */
  cases: Map<string, string>;
  hardness: number;
  /** Nothing was asked yet, and everything answers as it should. */
  forget(): void;
  /** Forms get no answer before this is called back. */
  holdForms(): () => void;
  to(method: string, path: string): Asked[];
  close(): Promise<void>;
}

const pages: Record<string, string> = {
  "/lapor/cerita": "report",
  "/lapor/tempat": "report",
  "/lapor/terkirim": "receipt",
  "/lapor/tanpa-sinyal": "offline",
  "/en/lapor/tanpa-sinyal": "offline",
  "/lapor/periksa": "proof",
  "/saya/lampiran": "upload",
  "/petugas/antrean/assigned": "ticks",
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** The first file in a multipart body: enough to see what a browser has sent. */
function fileIn(body: Buffer): { bytes: number; name: string; type: string } {
  const text = body.toString("latin1");
  const [, boundary = ""] = /^(--[^\r]+)\r\n/.exec(text) ?? [];
  const at = text.indexOf('name="file"');
  const begins = text.indexOf("\r\n\r\n", at) + 4;
  const ends = text.indexOf(`\r\n${boundary}`, begins);
  const head = text.slice(at, begins);
  return {
    bytes: ends - begins,
    name: /filename="([^"]*)"/.exec(head)?.[1] ?? "",
    type: /content-type: (\S+)/i.exec(head)?.[1] ?? "",
  };
}

/** A site with the pages of this folder, the policy that all pages have, an API that remembers keys, and a bucket. */
export async function startSite(): Promise<Site> {
  const files = await bundled();
  let formsMayGo = Promise.resolve();
  const site: Site = {
    url: "",
    bucketUrl: "",
    asked: [],
    answers: [],
    losesAnswers: false,
    bucketAnswers: [],
    got: [],
    cases: new Map(),
    hardness: 0,
    forget() {
      for (const list of [site.asked, site.answers, site.bucketAnswers, site.got]) list.length = 0;
      site.cases.clear();
      site.losesAnswers = false;
      site.hardness = 40;
      formsMayGo = Promise.resolve();
    },
    holdForms() {
      let release = () => undefined as void;
      formsMayGo = new Promise((resolve) => (release = resolve));
      return release;
    },
    to: (method, path) => site.asked.filter((one) => one.method === method && one.path === path),
    close: async () => undefined,
  };

  const policy = () =>
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      `connect-src 'self' ${site.bucketUrl}`,
      `form-action 'self' ${site.bucketUrl}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types offline-worker proof-worker",
    ].join("; ");

  const receiptFor = (key: string) => {
    const number = [...site.cases.keys()].indexOf(key) + 1;
    return {
      trackingNumber: `AAAA${number}-BBBBB`,
      receipt: `RECEIPTNUMBER00${number}`,
      status: "submitted",
      clocks: [],
    };
  };

  const challenge = () =>
    createChallenge({
      algorithm: "PBKDF2/SHA-256",
      cost: 100,
      counter: site.hardness,
      deriveKey,
      hmacSignatureSecret: "a",
      hmacKeySignatureSecret: "b",
    });

  async function answer(asked: Asked, response: ServerResponse): Promise<unknown> {
    const { method, path, body, headers } = asked;
    const send = (status: number, type: string, content: string | Buffer, more: object = {}) =>
      response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...more }).end(content);
    const json = (status: number, value: unknown, more: object = {}) =>
      send(status, "application/json", JSON.stringify(value), more);

    if (path === "/sw.js") return send(200, "text/javascript", files.get("sw.js") ?? "");
    if (path.startsWith("/aset/")) {
      const name = path.slice("/aset/".length);
      if (name === "style.css") return send(200, "text/css", "body{margin:1rem}");
      if (name === "icon.svg") return send(200, "image/svg+xml", staticFile(name));
      const script = files.get(name);
      return script ? send(200, "text/javascript", script) : send(404, "text/plain", "");
    }
    if (path === "/v1/challenges") return json(200, await challenge());
    if (path === "/v1/cases") {
      const next = site.losesAnswers ? "line-cut" : site.answers.shift();
      const key = String(headers["idempotency-key"]);
      if (next === undefined || next === "line-cut") site.cases.set(key, site.cases.get(key) ?? body);
      if (next === "line-cut") return response.destroy();
      if (next) return json(next.status, next.body ?? {}, next.headers ?? {});
      return site.cases.get(key) === body ? json(201, receiptFor(key)) : json(409, { detail: "Kunci lain" });
    }
    if (path.endsWith("/formulir")) {
      const next = site.answers.shift();
      if (next && next !== "line-cut") return json(next.status, next.body ?? {});
      return json(201, { url: `${site.bucketUrl}/evidence`, fields: { key: "one", policy: "two" } });
    }
    if (path === "/netral") return send(200, "text/html", "<!doctype html><title>Netral</title><p>Netral");
    if (path === "/keluar") return response.writeHead(204, { "set-cookie": "sitting=; Max-Age=0" }).end();
    if (method === "POST") {
      await formsMayGo;
      return response
        .writeHead(303, { location: path === "/lapor/cerita" ? "/lapor/tempat" : "/lapor/terkirim" })
        .end();
    }
    const page = pages[path];
    if (!page) return send(404, "text/html", "<!doctype html><title>404</title>");
    const markup = readFileSync(`${import.meta.dirname}/fixtures/${page}.html`, "utf8");
    const [language, heading] = path.startsWith("/en/")
      ? ["en", "Write without a signal"]
      : ["id", "Tulis tanpa sinyal"];
    const text = markup
      .replaceAll("BUCKET", site.bucketUrl)
      .replace("LANGUAGE", language)
      .replace("HEADING", heading);
    return send(200, "text/html; charset=utf-8", text, { "content-security-policy": policy() });
  }

  const server = createServer((request, response) => {
    void bodyOf(request).then(
      (body) => {
        const asked: Asked = {
          method: request.method ?? "",
          path: request.url ?? "",
          headers: request.headers,
          body: body.toString(),
        };
        site.asked.push(asked);
        return answer(asked, response);
      },
      () => undefined,
    );
  });

  const bucket = createServer((request, response) => {
    void bodyOf(request).then(
      (body) => {
        const next = request.method === "POST" ? site.bucketAnswers.shift() : undefined;
        if (next === "line-cut") return response.destroy();
        if (request.method === "POST" && next === undefined) site.got.push(fileIn(body));
        const allowed = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
        return response.writeHead(next ?? 204, allowed).end();
      },
      () => undefined,
    );
  });

  site.url = await listening(server);
  site.bucketUrl = await listening(bucket);
  site.close = async () => {
    for (const one of [server, bucket]) {
      one.closeAllConnections();
      await new Promise((resolve) => one.close(resolve));
    }
  };
  return site;
}
