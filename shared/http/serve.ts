import middy from "@middy/core";
import contentNegotiation from "@middy/http-content-negotiation";
import httpRouter from "@middy/http-router";
import securityHeaders from "@middy/http-security-headers";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { languages } from "../language.ts";
import { logger } from "../observability.ts";
import { Refusal } from "../refusal.ts";
import { settings, texts } from "../settings.ts";
import type { Officers, Route } from "./endpoint.ts";
import { languageOf, mediaTypeOf, problemsAnswered, requestLog, senderSeen } from "./middleware.ts";
import type { ErrorPage } from "./problem.ts";
import { asResult, mediaTypes } from "./reply.ts";

/** What the edge in front of the API proves itself with, any of several. Without an edge the stack sets none. */
export const edgeVariables = { ORIGIN_SECRETS: texts.optional() };

/** Every function that serves reads them here: one that forgot them would believe whoever goes around the edge. */
const originSecretsSet = () => settings(edgeVariables).ORIGIN_SECRETS ?? [];

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
 * Serves a table of routes as one Lambda: problems as RFC 9457, security headers, one log line a request. A table with
 * pages hands in the page that shows a problem to people.
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
    .use(problemsAnswered(errorPage))
    .use(senderSeen(originSecrets))
    .handler(
      httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
        routes,
        notFoundResponse: (request) => noSuchRoute(table, request),
      }),
    );
}
