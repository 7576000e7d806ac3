import middy from "@middy/core";
import contentNegotiation from "@middy/http-content-negotiation";
import httpRouter from "@middy/http-router";
import securityHeaders from "@middy/http-security-headers";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { type Language, languages } from "../language.ts";
import { errorForLog, logger, metrics, publishMetrics } from "../observability.ts";
import { edgeHeaders, senderAddress } from "../traffic/edge.ts";
import type { Officers, Route } from "./endpoint.ts";
import { noSuchRoute, problemReply } from "./problem.ts";
import { type MediaType, mediaTypes, type Reply } from "./reply.ts";

/** JSON loads and runs nothing, wherever somebody opens it. */
const loadsNothing =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

function asResult(
  reply: Reply,
  language: Language,
  mediaType: MediaType = "application/json",
): APIGatewayProxyStructuredResultV2 {
  const form = mediaType === "application/json" ? undefined : reply.forms?.[mediaType]();
  return {
    statusCode: reply.status,
    headers: {
      ...(form
        ? { "content-type": `${mediaType}; charset=utf-8` }
        : reply.body !== undefined && { "content-type": "application/json" }),
      "content-language": language,
      "content-security-policy": form?.contentSecurityPolicy ?? loadsNothing,
      "cache-control": "no-store",
      vary: reply.forms ? "Accept, Accept-Language, Authorization" : "Accept-Language, Authorization",
      ...reply.headers,
    },
    body: form ? form.text : JSON.stringify(reply.body),
  };
}

type Request = middy.Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>;

/** One line a request: route, status, time. The route as declared, because what was typed into the address may name people. */
function requestLog(): middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error> {
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

const problemsAnswered: middy.MiddlewareObj<
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Error
> = {
  onError: (request) => {
    const { event, context, error } = request;
    const { requestId } = event.requestContext;
    const reply = problemReply(error, languageOf(context), requestId);
    if (reply.status >= 500) logger.error("request failed", { requestId, error: errorForLog(error) });
    request.response = asResult(reply, languageOf(context));
  },
};

/** Behind an edge, has everything that follows see who sent a request instead of the edge that passed it on. */
function senderSeen(
  originSecrets: readonly string[],
): middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error> {
  return {
    before: ({ event }) => {
      const { http } = event.requestContext;
      const { [edgeHeaders.secret]: _s, [edgeHeaders.viewer]: _v, ...headers } = event.headers;
      const from = { headers: event.headers, source: http.sourceIp };
      // No route and no log is to see what they say.
      event.headers = headers;
      try {
        http.sourceIp = senderAddress(from, originSecrets);
      } catch (error) {
        // Where all are refused, the edge and the functions hold different secrets: no other alarm would see that.
        metrics.addMetric("WentAroundEdge", "Count", 1);
        throw error;
      }
    },
  };
}

/** Set by the stack where there is an edge in front of the API: what it proves itself with, any of several. */
const originSecretsSet = (): string[] => (process.env.ORIGIN_SECRETS ?? "").split(" ").filter(Boolean);

/** Serves a table of routes as one Lambda: problems as RFC 9457, security headers, one log line a request. */
export function serve(
  table: readonly Route[],
  officers?: Officers,
  { originSecrets = originSecretsSet() } = {},
) {
  const routes = table.map(({ method, path, handle }) => ({
    method,
    path,
    handler: async (event: APIGatewayProxyEventV2, context: Context) => {
      logger.appendKeys({ route: `${method} ${path}` });
      const language = languageOf(context);
      return asResult(await handle(event, language, officers), language, mediaTypeOf(context));
    },
  }));
  // What is used first sees the answer last.
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(
      securityHeaders({
        // Each answer has its own.
        contentSecurityPolicy: false,
        crossOriginResourcePolicy: { policy: "cross-origin" },
        permissionsPolicy: false,
        reportTo: false,
        strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: true, preload: true },
      }),
    )
    .use(
      contentNegotiation({
        parseCharsets: false,
        parseEncodings: false,
        availableMediaTypes: [...mediaTypes],
        defaultToFirstMediaType: true,
        availableLanguages: [...languages],
        defaultToFirstLanguage: true,
        failOnMismatch: false,
      }),
    )
    .use(requestLog())
    .use(problemsAnswered)
    .use(senderSeen(originSecrets))
    .handler(
      httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
        routes,
        notFoundResponse: (request) => noSuchRoute(table, request),
      }),
    );
}

const languageOf = (context: Context): Language =>
  (context as Context & { preferredLanguage?: Language }).preferredLanguage ?? "id";

const mediaTypeOf = (context: Context): MediaType | undefined =>
  (context as Context & { preferredMediaType?: MediaType }).preferredMediaType;
