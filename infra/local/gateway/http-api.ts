import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type LocalFunction, NoneFree } from "../functions/functions.ts";
import type { Emulator } from "../start/emulator.ts";
import { StartFailure } from "../start/start-failure.ts";
import {
  type Locate,
  nameOf,
  resolved,
  type Resource,
  resourceAt,
  resourcesOf,
  type Stack,
} from "../template/template.ts";
import { pauseUntil } from "../time/pause.ts";
import { type Authorizer, readAuthorizer } from "./authorizer.ts";
import { type HttpAnswer, httpAnswer, httpEvent, matchRoute, methodsAt, plainAnswer } from "./http-event.ts";

type Cors = {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  MaxAge?: number;
  AllowCredentials?: boolean;
};

export type Route = { function: Resource; authorizer?: Authorizer };
export type HttpApi = { cors?: Cors; routes: Map<string, Route> };

const largestBody = 10 * 1024 * 1024;
/**
 * AWS opens as many environments as are asked for, up to the function's bound, and refuses at once above it. There are few here, so a
 * request waits for so long before it is refused. Whoever waited longer would have gone, and their work would keep others waiting.
 */
const patience = 20_000;
const comeAgainSeconds = "5";
/** API Gateway takes no more of a request's line and headers, so a cookie that is too large is found here too. */
const largestHead = 10_240;

/**
 * Reads the HTTP API of the templates: its routes with their functions and authorizers, and its CORS rules. Throttling is
 * not imitated.
 */
export const readHttpApi = (stacks: Stack[], locate: Locate): HttpApi => {
  const [api, ...others] = resourcesOf(stacks, "AWS::ApiGatewayV2::Api");
  if (!api || others.length || api.properties.ProtocolType !== "HTTP")
    throw new StartFailure("infra/local runs exactly one API, of protocol type HTTP.");
  for (const stage of resourcesOf(stacks, "AWS::ApiGatewayV2::Stage"))
    if (stage.properties.StageName !== "$default")
      throw new StartFailure(`${nameOf(stage)}: infra/local knows only the stage $default.`);
  const routes = resourcesOf(stacks, "AWS::ApiGatewayV2::Route").map((route): [string, Route] => {
    const { RouteKey, Target } = route.properties;
    const integration = resourceAt(stacks, route, "Target", Target, "AWS::ApiGatewayV2::Integration");
    const { IntegrationType, IntegrationUri, PayloadFormatVersion } = integration.properties;
    if (IntegrationType !== "AWS_PROXY" || PayloadFormatVersion !== "2.0")
      throw new StartFailure(
        `${nameOf(integration)}: infra/local knows only AWS_PROXY with payload format 2.0.`,
      );
    const called = resourceAt(
      stacks,
      integration,
      "IntegrationUri",
      IntegrationUri,
      "AWS::Lambda::Function",
      "AWS::Lambda::Alias",
    );
    // There is one version on this machine, so an alias is its function.
    const target =
      called.type === "AWS::Lambda::Alias"
        ? resourceAt(stacks, called, "FunctionName", called.properties.FunctionName, "AWS::Lambda::Function")
        : called;
    return [String(RouteKey), { function: target, authorizer: authorizerOf(stacks, route, locate) }];
  });
  return { cors: api.properties.CorsConfiguration as Cors | undefined, routes: new Map(routes) };
};

const authorizerOf = (stacks: Stack[], route: Resource, locate: Locate): Authorizer | undefined => {
  const { AuthorizationType = "NONE", AuthorizerId, AuthorizationScopes = [] } = route.properties;
  if (AuthorizationType === "NONE") return undefined;
  if (AuthorizationType !== "JWT")
    throw new StartFailure(
      `${nameOf(route)}: infra/local knows no authorization of type ${AuthorizationType}.`,
    );
  const authorizer = resourceAt(stacks, route, "AuthorizerId", AuthorizerId, "AWS::ApiGatewayV2::Authorizer");
  return readAuthorizer(authorizer, resolved(stacks, authorizer, locate), AuthorizationScopes as string[]);
};

/** Answers a request with this body at a path of our own, which no template declares. */
export type OwnRoute = (request: IncomingMessage, body: Buffer) => HttpAnswer | Promise<HttpAnswer>;

/** Serves the API with the functions of its routes, and our own ones by their paths. */
export const startHttpApi = async (
  { routes, cors }: HttpApi,
  functionOf: (resource: Resource) => LocalFunction,
  own: Record<string, OwnRoute>,
  port = 0,
): Promise<Emulator> => {
  const routeKeys = [...routes.keys()];

  const answer = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const match = matchRoute(routeKeys, request.method ?? "GET", path);
    const route = match && routes.get(match.routeKey);
    // A preflight that a route takes goes there, past any CORS rule, and has no token to show: no route should take it.
    if (cors && !route && isPreflight(request))
      return { status: 204, headers: preflightHeaders(cors, request), body: "" };
    const methods = route ? [] : methodsAt(routeKeys, path);
    // The gateway answers any other OPTIONS itself too, where it has CORS rules.
    if (cors && request.method === "OPTIONS" && methods.length > 0)
      return { status: 204, headers: { allow: [...methods, "OPTIONS"].join(", ") }, body: "" };
    const ownRoute = own[path];
    if (ownRoute) {
      const body = await readBody(request);
      return body ? ownRoute(request, body) : plainAnswer(413, "Request Entity Too Large");
    }
    if (!route) return plainAnswer(404, "Not Found");
    const authorized = await route.authorizer?.(request);
    if (authorized && "status" in authorized) return authorized;
    const body = await readBody(request);
    if (!body) return plainAnswer(413, "Request Entity Too Large");
    try {
      const event = httpEvent(request, body, match, authorized);
      return httpAnswer(await functionOf(route.function).invoke(event, { patience }));
    } catch (error) {
      if (error instanceof NoneFree) {
        const refusal = plainAnswer(503, "Service Unavailable");
        return { ...refusal, headers: { ...refusal.headers, "retry-after": comeAgainSeconds } };
      }
      return plainAnswer(500, "Internal Server Error"); // the function's log says why
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, headers, body } = await answer(request);
    if (!request.complete) response.shouldKeepAlive = false; // the rest of its body is not read
    const length = status === 204 || status === 304 ? {} : { "content-length": Buffer.byteLength(body) };
    response.writeHead(status, { ...headers, ...length, ...(cors ? corsHeaders(cors, request) : {}) });
    await new Promise<void>((finished) => {
      response.once("close", finished);
      response.end(body);
    });
  };

  const running = new Set<Promise<void>>();
  const server = createServer({ maxHeaderSize: largestHead }, (request, response) => {
    // What fails here is the connection: the client went away.
    const served = serve(request, response).catch(() => void response.destroy());
    running.add(served);
    void served.finally(() => running.delete(served));
  });
  server.on("clientError", refuseUnread);
  await new Promise<void>((listening, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", listening);
  });
  const address = server.address();
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    const late = new AbortController();
    await Promise.race([Promise.all(running), pauseUntil(late.signal)(5000)]);
    late.abort();
    server.closeAllConnections();
    await closed;
  };
  return { endpoint: `http://127.0.0.1:${typeof address === "object" ? address?.port : port}`, stop };
};

/** Answers what cannot be read as a request, as the gateway does: in JSON with a message. */
const refuseUnread = ({ code }: NodeJS.ErrnoException, socket: Duplex): void => {
  if (!socket.writable) return void socket.destroy();
  const [status, message] =
    code === "HPE_HEADER_OVERFLOW" ? [431, "Request Header Fields Too Large"] : [400, "Bad Request"];
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status} ${message}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
};

/** The whole body, or undefined when it is too large. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  if (Number(request.headers["content-length"] ?? 0) > largestBody) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // Not "for await": leaving that early would cut the connection before the answer.
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else {
        request.pause();
        resolve(undefined);
      }
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
};

const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === "OPTIONS" && "origin" in headers && "access-control-request-method" in headers;

const corsHeaders = (cors: Cors, request: IncomingMessage): OutgoingHttpHeaders => {
  const { origin } = request.headers;
  const allowed = (pattern: string) =>
    pattern === "*" ||
    pattern === origin ||
    (pattern.endsWith("://*") && origin?.startsWith(pattern.slice(0, -1)));
  if (!origin || !cors.AllowOrigins?.some(allowed)) return {};
  return {
    "access-control-allow-origin": cors.AllowOrigins.includes("*") ? "*" : origin,
    ...(cors.AllowCredentials ? { "access-control-allow-credentials": "true" } : {}),
    ...(cors.ExposeHeaders?.length ? { "access-control-expose-headers": cors.ExposeHeaders.join(",") } : {}),
  };
};

const preflightHeaders = (cors: Cors, request: IncomingMessage): OutgoingHttpHeaders => {
  if (Object.keys(corsHeaders(cors, request)).length === 0) return {};
  return {
    ...(cors.AllowMethods?.length ? { "access-control-allow-methods": cors.AllowMethods.join(",") } : {}),
    ...(cors.AllowHeaders?.length ? { "access-control-allow-headers": cors.AllowHeaders.join(",") } : {}),
    ...(cors.MaxAge === undefined ? {} : { "access-control-max-age": String(cors.MaxAge) }),
  };
};
