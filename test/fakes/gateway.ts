import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { undeclared } from "./kept-contract.ts";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** What JSON says, or a page: whoever asked knows which, and `undeclared` holds it against the contract. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  /** What the browser is told to keep, each as one `Set-Cookie`. */
  cookies: string[];
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
  /** What the browser keeps: "name=value". */
  cookies?: string[];
  /** A form of a page of ours, as a browser sends it. */
  form?: Record<string, string>;
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
    form,
  }: Request = {},
): Promise<Answer> {
  if (form) {
    const sent = {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      ...headers,
    };
    const more = { requestId, address, ...(query && { query }), ...(cookies && { cookies }) };
    return call(handler, method, path, {
      ...more,
      headers: sent,
      body: new URLSearchParams(form).toString(),
    });
  }
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
  const type = answered["content-type"] ?? "";
  const sent = result.isBase64Encoded ? Buffer.from(result.body ?? "", "base64") : result.body;
  const answer: Answer = {
    status: result.statusCode ?? 0,
    headers: answered,
    body: typeof sent === "string" && type.includes("json") ? JSON.parse(sent) : (sent ?? null),
    cookies: result.cookies ?? [],
  };
  const wrong = undeclared(method, path, answer);
  if (wrong !== undefined) throw new Error(wrong);
  return answer;
}
