import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { staticHeaders } from "../../static-headers.ts";
import { assetFolder } from "../functions/lambda.ts";
import { resourceAt, resourcesOf, type Stack } from "../template/template.ts";
import type { OwnRoute } from "./http-api.ts";
import { type HttpAnswer, plainAnswer } from "./http-event.ts";

type Listed = { address: string; headers: Record<string, string> };

/** CloudFront compresses no smaller file. */
const smallestCompressed = 1000;

const isText = (type = ""): boolean => /^(text\/|image\/svg|application\/manifest)/.test(type);

const compressions = {
  br: (content: Buffer) => brotliCompressSync(content),
  gzip: (content: Buffer) => gzipSync(content),
};

/** What CloudFront answers: it compresses as it is asked, and knows whether the browser has the file already. */
const route = (content: Buffer, { headers }: Listed): OwnRoute => {
  const made = new Map<keyof typeof compressions, Buffer>();
  const compressible = isText(headers["content-type"]) && content.length >= smallestCompressed;
  const compressed = (how: keyof typeof compressions): Buffer => {
    const known = made.get(how) ?? compressions[how](content);
    made.set(how, known);
    return known;
  };
  const etag = `"${createHash("md5").update(content).digest("hex")}"`;
  const always = { ...headers, ...staticHeaders, "x-content-type-options": "nosniff", etag };
  return ({ method, headers: asked }: IncomingMessage): HttpAnswer => {
    if (method !== "GET" && method !== "HEAD") return plainAnswer(403, "Forbidden");
    if (asked["if-none-match"] === etag) return { status: 304, headers: always, body: "" };
    if (!compressible) return { status: 200, headers: always, body: content };
    const vary = { ...always, vary: "accept-encoding" };
    const accepted = String(asked["accept-encoding"] ?? "").split(/\s*,\s*/);
    const how = (["br", "gzip"] as const).find((name) => accepted.some((one) => one.split(";")[0] === name));
    return how
      ? { status: 200, headers: { ...vary, "content-encoding": how }, body: compressed(how) }
      : { status: 200, headers: vary, body: content };
  };
};

/** The static files of the templates by their addresses. They lie beside the bundle of the function that stores them when deployed. */
export const staticRoutes = (stacks: Stack[]): Record<string, OwnRoute> =>
  Object.fromEntries(
    resourcesOf(stacks, "Custom::StaticFiles").flatMap((stored) => {
      const { ServiceToken } = stored.properties;
      const storing = resourceAt(stacks, stored, "ServiceToken", ServiceToken, "AWS::Lambda::Function");
      const folder = join(assetFolder(storing), "static");
      const listed: Listed[] = JSON.parse(readFileSync(join(folder, "list.json"), "utf8"));
      return listed.map((file) => [file.address, route(readFileSync(join(folder, file.address)), file)]);
    }),
  );
