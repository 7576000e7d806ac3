import type middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Language } from "../language.ts";
import { logger, metrics, publishMetrics } from "../platform/observability.ts";
import { tidied } from "../text/tidy.ts";
import { edgeHeaders, senderAddress } from "../traffic/edge.ts";
import { noteFailedRequest } from "./failed-request.ts";
import { addressOfPage, isPage } from "./page/address.ts";
import { type ErrorPage, problemReply } from "./problem.ts";
import { asResult, type MediaType } from "./reply.ts";

type Middleware = middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error>;
type Request = middy.Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>;

/** The language that the caller reads, as the negotiation has found. */
export const languageOf = (context: Context): Language =>
  (context as Context & { preferredLanguage?: Language }).preferredLanguage ?? "id";

/** What the caller wants the answer to be, as the negotiation has found. */
export const mediaTypeOf = (context: Context): MediaType | undefined =>
  (context as Context & { preferredMediaType?: MediaType }).preferredMediaType;

/** Answers HEAD as the GET of the same address, without its body. */
export const headAnswered = (): Middleware => {
  let isHead = false;
  const withoutBody = ({ response }: Request) => {
    if (isHead && response) delete response.body;
  };
  return {
    before: ({ event }) => {
      const { http } = event.requestContext;
      isHead = http.method === "HEAD";
      if (isHead) http.method = "GET";
    },
    after: withoutBody,
    onError: withoutBody,
  };
};

/** Bytes of UTF-8 as text. The gateway reads each byte of a header as a letter of its own. */
function asSent(value: string): string {
  if (/^[\0-\x7F]*$|[^\0-\xFF]/.test(value)) return value;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}

/** Reads every header without the blanks and unseen marks that are copied along with a receipt or a key. */
export const headersTidied = (): Middleware => ({
  before: ({ event }) => {
    event.headers = Object.fromEntries(
      Object.entries(event.headers).map(([name, value]) => [name, value && tidied(asSent(value))]),
    );
  },
});

/**
 * Who speaks one of these languages first reads Indonesian before English: Javanese, Sundanese, Banjar, Malay, Kutai (two of
 * them), Bugis, Madurese, Minangkabau, Balinese, Acehnese, Makassarese, Batak, Dayak. Old Android calls Indonesian "in".
 */
const readsIndonesian = new Set(
  "in ind jv jw jav su sun bjn ms msa may zsm zlm vkt mqg bug mad min ban ace mak bbc btx btm bts akb nij iba dyk xdy kzi".split(
    " ",
  ),
);

/** Has the negotiation see Indonesian where somebody asks for a language of Indonesia. Some apps write "in_ID" for "in-ID". */
export const indonesianRead = (): Middleware => ({
  before: ({ event: { headers } }) => {
    const asked = headers["accept-language"];
    if (asked === undefined) return;
    headers["accept-language"] = asked
      .replace(/_/g, "-")
      .replace(/(^|,)\s*([a-z]{2,3})(?=[-;,\s]|$)(-[\w-]*)?/gi, (tag, comma: string, language: string) =>
        readsIndonesian.has(language.toLowerCase()) ? `${comma}id` : tag,
      );
  },
});

/** Logs one line a request: route, status, time. It logs the route as declared: a typed address may name people. */
export function requestLog(): Middleware {
  let started = 0;
  const log = ({ event, response }: Request) => {
    logger.info("request", {
      requestId: event.requestContext.requestId,
      status: response?.statusCode,
      durationMs: Math.round(performance.now() - started),
    });
    logger.resetKeys();
    publishMetrics();
  };
  return {
    before: ({ event, context }) => {
      started = performance.now();
      logger.addContext(context);
      logger.appendKeys({ route: event.routeKey });
    },
    after: log,
    onError: log,
  };
}

/** Answers what was thrown as a problem. Where there is an error page, callers who prefer HTML get it. */
export const problemsAnswered = (errorPage: ErrorPage | undefined): Middleware => ({
  onError: (request) => {
    const { event, context, error } = request;
    const { requestId } = event.requestContext;
    const language = languageOf(context);
    const { path } = event.requestContext.http;
    // Programs read what the API refuses, whatever they say that they accept.
    const shown = isPage(path) ? { errorPage, address: addressOfPage(path) } : {};
    const reply = problemReply(error, { language, requestId, ...shown });
    noteFailedRequest(error, requestId);
    request.response = asResult(reply, language, mediaTypeOf(context));
  },
});

/** Behind an edge, makes everything that follows see who sent a request, and not the edge that passed it on. */
export const senderSeen = (originSecrets: readonly string[]): Middleware => ({
  before: ({ event }) => {
    const { http } = event.requestContext;
    const { [edgeHeaders.secret]: _s, [edgeHeaders.viewer]: _v, ...headers } = event.headers;
    const from = { headers: event.headers, source: http.sourceIp };
    // No route and no log sees these two.
    event.headers = headers;
    try {
      http.sourceIp = senderAddress(from, originSecrets);
    } catch (error) {
      // Everybody is refused where the edge and the functions hold different secrets. No other alarm sees that.
      metrics.addMetric("WentAroundEdge", "Count", 1);
      throw error;
    }
  },
});
