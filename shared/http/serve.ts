import middy from "@middy/core";
import contentNegotiation from "@middy/http-content-negotiation";
import httpRouter from "@middy/http-router";
import securityHeaders from "@middy/http-security-headers";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { languages } from "../language.ts";
import { logger } from "../platform/observability.ts";
import { settings, texts } from "../platform/settings.ts";
import { Refusal } from "../refusal.ts";
import type { Officers, Route } from "./endpoint.ts";
import {
  headAnswered,
  indonesianRead,
  languageOf,
  mediaTypeOf,
  problemsAnswered,
  requestLog,
  senderSeen,
} from "./middleware.ts";
import type { ErrorPage } from "./problem.ts";
import { asResult, mediaTypes } from "./reply.ts";

/** The edge in front of the API proves itself with any of these secrets. Without an edge the stack sets none. */
export const edgeVariables = { ORIGIN_SECRETS: texts.optional() };

/** Read here for every function that serves. A function that forgot them would let in whoever goes around the edge. */
const originSecretsSet = () => settings(edgeVariables).ORIGIN_SECRETS ?? [];

/** Refuses an address that no route of the table serves, or not with this method. */
function noSuchRoute(table: readonly Route[], { method, path }: { method: string; path: string }): never {
  const allowed = table
    .filter((route) => new RegExp(`^${route.path.replace(/\{[^}]+\}/g, "[^/]+")}/?$`).test(path))
    .map((route) => route.method);
  if (allowed.length > 0)
    throw new Refusal(
      "method-not-allowed",
      {
        id: `Alamat ini tidak melayani ${method}.`,
        en: `This address does not answer ${method}.`,
      },
      { headers: { allow: allowed.join(", ") } },
    );
  throw new Refusal("not-found", {
    id: "Alamat ini tidak ada. Lihat /v1/openapi.json.",
    en: "There is nothing at this address. See /v1/openapi.json.",
  });
}

/**
 * Serves a table of routes as one Lambda. Problems are answered as RFC 9457, every answer has the security headers, and
 * every request has one line in the log. A table with pages hands in the page that shows a problem to people.
 */
export function serve(
  table: readonly Route[],
  officers?: Officers,
  {
    originSecrets = originSecretsSet(),
    errorPage,
  }: { originSecrets?: readonly string[]; errorPage?: ErrorPage } = {},
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
  // The middleware that is used first sees the answer last.
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(headAnswered())
    .use(indonesianRead())
    .use(
      securityHeaders({
        // Each answer has its own policy.
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
    .use(problemsAnswered(errorPage))
    .use(senderSeen(originSecrets))
    .handler(
      httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
        routes,
        notFoundResponse: (request) => noSuchRoute(table, request),
      }),
    );
}
