import { createHash } from "node:crypto";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import type { Language } from "../language.ts";

/** What a route answers, before it is written out for the gateway. */
export interface Reply {
  status: number;
  body?: unknown;
  /** What the body is, where it is not plain JSON. */
  bodyType?: string;
  headers?: Record<string, string>;
  /** The same answer as documents for people, for callers who prefer such a type to JSON. */
  renderings?: Renderings;
  /** The answer is this page, whatever the caller prefers. */
  page?: Rendering;
  /** The answer is this file. */
  file?: { content: Uint8Array; type: string };
  /** What the browser shall keep, each as one `Set-Cookie`. */
  cookies?: readonly string[];
}

/** What an answer may come as. JSON is first: callers without a preference get it. */
export const mediaTypes = ["application/json", "text/plain", "text/html"] as const;
export type MediaType = (typeof mediaTypes)[number];
export type Renderings = Readonly<Partial<Record<Exclude<MediaType, "application/json">, () => Rendering>>>;

/** A document for people: text to copy or an HTML page. */
export interface Rendering {
  text: string;
  /** What it is; an HTML page if absent. */
  type?: string;
  /** What the page may run and load. Without it the page loads and runs nothing and sends no form. */
  contentSecurityPolicy?: string;
}

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({
  status: 200,
  body,
  ...(headers && { headers }),
});

export const created = (body: unknown, location: string, headers?: Record<string, string>): Reply => ({
  status: 201,
  body,
  headers: { location, ...headers },
});

/** Sends the caller on to an address elsewhere. */
export const elsewhere = (location: string): Reply => ({ status: 302, headers: { location } });

/** Answers with a page. */
export const page = (page: Rendering, status = 200): Reply => ({ status, page });

/** The version of what was read, as HTTP names it. */
export const etag = (version: number) => ({ etag: `"${version}"` });

/** The version that a caller has seen, as they send it back in `If-Match`. */
export const seenVersion = z
  .stringFormat("etag", /^(W\/)?"\d{1,9}"$/)
  .transform((given) => Number(/\d+/.exec(given)?.[0]))
  .describe(
    "The ETag of what the caller has seen. If somebody changed it since, the request is refused and says what changed.",
  );

/** Names a document by what it says. */
export const tagOf = (text: string): string =>
  `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;

/** Whether the caller has what would be answered, as their `If-None-Match` says. */
export const isKnown = (given: string | undefined, tag: string): boolean =>
  given?.split(",").some((one) => one.trim().replace(/^W\//, "") === tag) ?? false;

/** For pages that are the same for everybody: CloudFront keeps them for a minute, and browsers ask every time. */
export const publicPage = { "cache-control": "public, max-age=0, s-maxage=60" };

/** For answers that are the same for everybody and change seldom. */
export const cachedForAMinute = { "cache-control": "public, max-age=60" };

/** JSON loads and runs nothing, wherever somebody opens it. */
const loadsNothing =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** The document that this caller gets, if it is not JSON, and its content type. */
function documentOf({ page, renderings }: Reply, preferred: MediaType) {
  if (page) return { ...page, type: page.type ?? "text/html" };
  const render = preferred === "application/json" ? undefined : renderings?.[preferred];
  return render && { ...render(), type: preferred };
}

/** Writes a reply out for the gateway. */
export function asResult(
  reply: Reply,
  language: Language,
  preferred: MediaType = "application/json",
): APIGatewayProxyStructuredResultV2 {
  const { status, body, bodyType = "application/json", renderings, headers, file, cookies } = reply;
  const document = documentOf(reply, preferred);
  return {
    statusCode: status,
    headers: {
      ...(document
        ? { "content-type": `${document.type}; charset=utf-8` }
        : (file ?? body) !== undefined && { "content-type": file?.type ?? bodyType }),
      "content-language": language,
      "content-security-policy": document?.contentSecurityPolicy ?? loadsNothing,
      "cache-control": "no-store",
      vary: renderings ? "Accept, Accept-Language, Authorization" : "Accept-Language, Authorization",
      ...headers,
    },
    ...(cookies && cookies.length > 0 && { cookies: [...cookies] }),
    ...(file
      ? { body: Buffer.from(file.content).toString("base64"), isBase64Encoded: true }
      : { body: document ? document.text : JSON.stringify(body) }),
  };
}
