import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { undeclared } from "./kept-contract.ts";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: any;
  /** What the browser shall keep, each as one `Set-Cookie`. */
  cookies?: string[];
}

interface Request {
  headers?: Record<string, string>;
  /** The body is sent as JSON. A string is sent as it is. */
  body?: unknown;
  query?: Record<string, string>;
  requestId?: string;
  /** The gateway's JWT authorizer found that this subject has signed in. */
  subject?: string;
  /** The request comes from this address. */
  address?: string;
  /** The browser brings these: "name=value". */
  cookies?: string[];
}

/** A Lambda behind the HTTP API. */
export type Handler = (event: APIGatewayProxyEventV2, context: Context) => unknown;

/** Calls a Lambda the way the HTTP API does (payload format 2.0). Fails on an answer that the contract does not declare. */
export async function call(
  handler: Handler,
  method: string,
  path: string,
  {
    headers = {},
    body,
    query,
    requestId = "request-1",
    subject,
    address = "127.0.0.1",
    cookies,
  }: Request = {},
): Promise<Answer> {
  const event: APIGatewayProxyEventV2 = {
    version: "2.0",
    routeKey: "ANY /v1/{proxy+}",
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(query && { queryStringParameters: query }),
    ...(cookies && { cookies }),
    pathParameters: { proxy: path.replace(/^\/v1\//, "") },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "api.example",
      domainPrefix: "api",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: address, userAgent: "test" },
      requestId,
      routeKey: "ANY /v1/{proxy+}",
      stage: "$default",
      time: "",
      timeEpoch: 0,
      ...(subject !== undefined && { authorizer: { jwt: { claims: { sub: subject }, scopes: [] } } }),
    },
    isBase64Encoded: false,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
  const result = (await handler(event, {} as Context)) as APIGatewayProxyStructuredResultV2;
  const answered = Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const isText = answered["content-type"]?.startsWith("text/");
  const answer: Answer = {
    status: result.statusCode ?? 0,
    headers: answered,
    body: isText ? result.body : JSON.parse(result.body ?? "null"),
    ...(result.cookies && { cookies: result.cookies }),
  };
  const wrong = undeclared(method, path, answer);
  if (wrong !== undefined) throw new Error(wrong);
  return answer;
}
