import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";

export type Match = { routeKey: string; pathParameters: Record<string, string> };

/** What a route's path segments match: most specific first, as the gateway chooses. */
const weight = (segment: string): number => (!segment.startsWith("{") ? 0 : segment.endsWith("+}") ? 2 : 1);

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray "%" stays what it is
  }
};

const matchPath = (template: string[], path: string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [position, segment] of template.entries()) {
    const name = segment.replace(/^\{|\+?\}$/g, "");
    if (weight(segment) === 2) {
      const rest = path.slice(position).join("/");
      return rest ? { ...parameters, [name]: decode(rest) } : undefined;
    }
    const given = path[position];
    if (given === undefined) return undefined;
    if (weight(segment) === 1) {
      if (given === "") return undefined;
      parameters[name] = decode(given);
    } else if (segment !== given) return undefined;
  }
  return template.length === path.length ? parameters : undefined;
};

/** The methods that some route takes at this path. */
export const methodsAt = (routeKeys: string[], path: string): string[] => {
  const methods = routeKeys.flatMap((routeKey) => {
    const [method = "", template = ""] = routeKey.split(" ");
    return matchPath(template.split("/"), path.split("/")) ? [method] : [];
  });
  return [...new Set(methods)];
};

/** Finds the most specific of the route keys ("ANY /v1/{proxy+}", "$default") for a request. */
export const matchRoute = (routeKeys: string[], method: string, path: string): Match | undefined => {
  const specificity = (routeKey: string): string => {
    const [routeMethod, template = ""] = routeKey.split(" ");
    return `${template.split("/").map(weight).join("")} ${routeMethod === "ANY" ? 1 : 0}`;
  };
  const candidates = routeKeys.flatMap((routeKey) => {
    const [routeMethod, template] = routeKey.split(" ");
    if (!template || (routeMethod !== "ANY" && routeMethod !== method)) return [];
    const pathParameters = matchPath(template.split("/"), path.split("/"));
    return pathParameters ? [{ routeKey, pathParameters }] : [];
  });
  candidates.sort((a, b) => (specificity(a.routeKey) < specificity(b.routeKey) ? -1 : 1));
  const fallback = routeKeys.includes("$default") ? { routeKey: "$default", pathParameters: {} } : undefined;
  return candidates[0] ?? fallback;
};

const isText = (contentType: string | undefined): boolean =>
  contentType === undefined ||
  /^(text\/|application\/([\w.-]+\+)?(json|xml|javascript)\b)/i.test(contentType);

const joined = (pairs: Iterable<[string, string]>): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const [name, value] of pairs) values[name] = name in values ? `${values[name]},${value}` : value;
  return values;
};

const orAbsent = <T extends object>(value: T): T | undefined =>
  Object.keys(value).length ? value : undefined;

/** "12/Mar/2026:19:03:58 +0000" */
const gatewayTime = (at: Date): string => {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
};

/** The event of payload format 2.0 for a request, with what its authorizer found out. */
export const httpEvent = (
  request: IncomingMessage,
  body: Buffer,
  { routeKey, pathParameters }: Match,
  authorizer?: object,
) => {
  const [rawPath = "/", rawQueryString = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const raw = request.rawHeaders;
  const pairs = raw.flatMap((name, at) =>
    at % 2 ? [] : [[name.toLowerCase(), raw[at + 1] ?? ""] as [string, string]],
  );
  const isCookie = ([name]: [string, string]) => name === "cookie";
  const sent = joined(pairs.filter((pair) => !isCookie(pair)));
  // A value may hold a comma, and a browser may send several of these headers.
  const cookies = pairs.filter(isCookie).flatMap(([, value]) => value.split(/;\s*/));
  const sourceIp = request.socket.remoteAddress ?? "127.0.0.1";
  const text = isText(sent["content-type"]);
  const now = new Date();
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString,
    cookies: cookies.length > 0 ? cookies : undefined,
    headers: {
      ...sent,
      "x-forwarded-for": sent["x-forwarded-for"] ? `${sent["x-forwarded-for"]}, ${sourceIp}` : sourceIp,
      "x-forwarded-port": String(request.socket.localPort),
      "x-forwarded-proto": "http",
    },
    queryStringParameters: orAbsent(joined(new URLSearchParams(rawQueryString))),
    pathParameters: orAbsent(pathParameters),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      authorizer,
      domainName: sent.host ?? "127.0.0.1",
      domainPrefix: "local",
      http: {
        method: request.method,
        path: decode(rawPath),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: sent["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: gatewayTime(now),
      timeEpoch: now.getTime(),
    },
    body: body.length ? body.toString(text ? "utf8" : "base64") : undefined,
    isBase64Encoded: body.length > 0 && !text,
  };
};

export type HttpAnswer = { status: number; headers: OutgoingHttpHeaders; body: Buffer | string };

export const plainAnswer = (status: number, message: string): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message }),
});

type StructuredResult = {
  statusCode: number | string;
  headers?: Record<string, string | number | boolean>;
  multiValueHeaders?: Record<string, (string | number | boolean)[]>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
};

/** The response that the gateway makes of what a function returned. */
export const httpAnswer = (result: unknown): HttpAnswer => {
  if (typeof result !== "object" || result === null || !("statusCode" in result))
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: typeof result === "string" ? result : JSON.stringify(result ?? null),
    };
  const {
    statusCode,
    headers = {},
    multiValueHeaders = {},
    cookies = [],
    body = "",
    isBase64Encoded,
  } = result as StructuredResult;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599 || typeof body !== "string")
    return plainAnswer(500, "Internal Server Error");
  const answered: OutgoingHttpHeaders = { "content-type": "text/plain;charset=utf-8" };
  for (const [name, value] of Object.entries(headers)) answered[name.toLowerCase()] = String(value);
  for (const [name, values] of Object.entries(multiValueHeaders))
    answered[name.toLowerCase()] = values.map(String);
  if (cookies.length) answered["set-cookie"] = cookies;
  // The server frames the body itself.
  for (const name of ["content-length", "transfer-encoding", "connection"]) delete answered[name];
  return { status, headers: answered, body: isBase64Encoded ? Buffer.from(body, "base64") : body };
};
