import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Language } from "../../language.ts";
import type { MediaType } from "../reply.ts";
import { isPage, languageOfPage } from "./address.ts";
import { forgottenLate } from "./cookies.ts";

type Middleware = middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error>;
type Request = middy.Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>;

/** Lets the address of a page decide its language and its form, whatever the browser prefers: a cache knows the address alone. */
export const pagesNegotiated = (): Middleware => ({
  before: ({ event, context }) => {
    const { path } = event.requestContext.http;
    if (!isPage(path)) return;
    const preferred: { preferredLanguage: Language; preferredMediaType: MediaType } = {
      preferredLanguage: languageOfPage(path),
      preferredMediaType: "text/html",
    };
    Object.assign(context, preferred);
  },
});

/** What is smaller than this grows by compressing it. */
const worthwhile = 1_000;

function compress(text: string, accepted: string): { encoding: string; body: Buffer } | undefined {
  if (text.length < worthwhile) return undefined;
  if (/\bbr\b/.test(accepted)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
    return { encoding: "br", body: brotliCompressSync(text, { params }) };
  }
  return /\bgzip\b/.test(accepted) ? { encoding: "gzip", body: gzipSync(text) } : undefined;
}

/**
 * Sends pages small, because CloudFront compresses only what it keeps, and gives them the headers of pages: forms say where they
 * come from (`Origin`), and nobody else learns an address.
 */
export const pagesFinished = (): Middleware => {
  const finish = ({ event, response }: Request) => {
    if (!response || !isPage(event.requestContext.http.path)) return;
    const headers: Record<string, string | number | boolean> = {
      ...response.headers,
      "Referrer-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      vary: "Accept-Encoding",
    };
    delete headers["Cross-Origin-Embedder-Policy"];
    response.headers = headers;
    const late = forgottenLate(event.cookies, response.cookies);
    // A page for caches is the same for everybody.
    if (late.length > 0 && headers["cache-control"] === "no-store")
      response.cookies = [...(response.cookies ?? []), ...late];
    const { body, isBase64Encoded } = response;
    if (!body || isBase64Encoded) return;
    const smaller = compress(body, event.headers["accept-encoding"] ?? "");
    if (!smaller) return;
    headers["content-encoding"] = smaller.encoding;
    response.body = smaller.body.toString("base64");
    response.isBase64Encoded = true;
  };
  return { after: finish, onError: finish };
};
