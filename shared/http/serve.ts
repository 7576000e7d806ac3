import middy from "@middy/core";
import contentNegotiation from "@middy/http-content-negotiation";
import httpRouter from "@middy/http-router";
import securityHeaders from "@middy/http-security-headers";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2 as Result,
  Context,
} from "aws-lambda";
import { languages } from "../language.ts";
import { logger } from "../platform/observability.ts";
import { tooBusy } from "../platform/overload.ts";
import { answersBeforeEnd, withTimeLeft } from "../platform/patience.ts";
import { settings, texts } from "../platform/settings.ts";
import { Refusal } from "../refusal.ts";
import type { Officers, Route } from "./endpoint.ts";
import {
  headAnswered,
  headersTidied,
  indonesianRead,
  languageOf,
  mediaTypeOf,
  problemsAnswered,
  requestLog,
  senderSeen,
} from "./middleware.ts";
import { isPage } from "./page/address.ts";
import { pagesFinished, pagesNegotiated } from "./page/middleware.ts";
import { noSuchPage } from "./page/route.ts";
import type { ErrorPage } from "./problem.ts";
import { asResult, mediaTypes, type Reply } from "./reply.ts";

/** The edge in front of the API proves itself with any of these secrets. Without an edge the stack sets none. */
export const edgeVariables = { ORIGIN_SECRETS: texts.optional() };

/** Read here for every function that serves. A function that forgot them would let in whoever goes around the edge. */
const originSecretsSet = () => settings(edgeVariables).ORIGIN_SECRETS ?? [];

/** The methods that an address of the table answers. Whatever answers GET answers HEAD. */
function methodsAt(table: readonly Route[], path: string): string[] {
  const methods = table
    .filter((route) => new RegExp(`^${route.path.replace(/\{[^}]+\}/g, "[^/]+")}/?$`).test(path))
    .map((route) => route.method);
  return methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}

const onlyShown = {
  id: "Halaman ini tidak menerima kiriman seperti ini. Buka halamannya lagi, lalu lanjutkan dari sana.",
  en: "This page takes nothing that is sent like this. Open the page again and go on from there.",
};
const ofButton = {
  id: "Ini alamat sebuah tombol. Buka halaman yang memuat tombolnya.",
  en: "This is the address of a button. Open the page that has the button.",
};

/** Refuses an address that no route of the table serves, or not with this method. */
function noSuchRoute(table: readonly Route[], { method, path }: { method: string; path: string }): never {
  const allowed = methodsAt(table, path);
  if (allowed.length > 0)
    throw new Refusal(
      "method-not-allowed",
      isPage(path)
        ? allowed.includes("GET")
          ? onlyShown
          : ofButton
        : { id: `Alamat ini tidak melayani ${method}.`, en: `This address does not answer ${method}.` },
      { headers: { allow: allowed.join(", ") } },
    );
  if (isPage(path)) throw noSuchPage();
  throw new Refusal("not-found", {
    id: "Alamat ini tidak ada. Lihat /v1/openapi.json.",
    en: "There is nothing at this address. See /v1/openapi.json.",
  });
}

/** The one address of a page that was typed with slashes too many or in capitals, as some keyboards begin a word. */
function rightAddress(table: readonly Route[], path: string): string {
  const plain = path.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  const small = plain.toLowerCase();
  return methodsAt(table, plain).length === 0 && methodsAt(table, small).length > 0 ? small : plain;
}

/** Where that is which was asked for by another address. The gateway knows some addresses by their whole path, and no slash behind it. */
function movedTo(table: readonly Route[], { method, path }: { method: string; path: string }) {
  if (/^\/v1(?:\/[^/\\]+)+\/$/.test(path))
    return methodsAt(table, path).length > 0 ? undefined : path.slice(0, -1);
  if (method !== "GET" || !isPage(path)) return undefined;
  const right = rightAddress(table, path);
  return right === path ? undefined : right;
}

/**
 * Answers what asks for an address and for nothing at it: what it may be asked (OPTIONS), and where it is, if it was typed in another
 * way.
 */
function addressAnswered(table: readonly Route[], event: APIGatewayProxyEventV2): Reply | undefined {
  const { http } = event.requestContext;
  const methods = methodsAt(table, http.path);
  if (http.method === "OPTIONS" && methods.length > 0)
    return { status: 204, headers: { allow: [...methods, "OPTIONS"].join(", ") } };
  const moved = movedTo(table, http);
  if (moved === undefined) return undefined;
  const query = event.rawQueryString && `?${event.rawQueryString}`;
  const location = moved
    .split("/")
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join("/");
  return { status: 308, headers: { location: `${location}${query}` } };
}

/** Tests call without a clock: they have all the time that they take. */
const timeLeft = (context: Partial<Context>): number => context.getRemainingTimeInMillis?.() ?? 2 ** 31 - 1;

/**
 * Serves a table of routes as one Lambda. Problems are answered as RFC 9457, every answer has the security headers, and
 * every request has one line in the log. A second before the function would be ended it answers that it is too busy. A table with
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
  const routes = table.map(({ method, path, handle, pageIn }) => ({
    method,
    path,
    handler: async (event: APIGatewayProxyEventV2, context: Context) => {
      logger.appendKeys({ route: `${method} ${path}` });
      const language = pageIn ?? languageOf(context);
      return asResult(await handle(event, language, officers), language, mediaTypeOf(context));
    },
  }));
  const router = httpRouter<APIGatewayProxyEventV2, Result>({
    routes,
    notFoundResponse: (request) => noSuchRoute(table, request),
  });
  // The middleware that is used first sees the answer last.
  return middy<APIGatewayProxyEventV2, Result>({
    timeoutEarlyInMillis: answersBeforeEnd,
    timeoutEarlyResponse: () => {
      throw tooBusy();
    },
  })
    .use(headAnswered())
    .use(pagesFinished())
    .use(headersTidied())
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
    .use(pagesNegotiated())
    .use(requestLog())
    .use(problemsAnswered(errorPage))
    .use(senderSeen(originSecrets))
    .handler((event, context, more) => {
      const answer = addressAnswered(table, event);
      if (answer) return asResult(answer, languageOf(context));
      return withTimeLeft(timeLeft(context), async () => (await router(event, context, more)) as Result);
    });
}
