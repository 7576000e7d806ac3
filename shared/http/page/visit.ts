import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type * as z from "zod";
import type { Language } from "../../language.ts";
import type { StaticFiles } from "../../page/layout.ts";
import type { CookieSeal } from "../../platform/cookie-seal.ts";
import { inTime } from "../../platform/patience.ts";
import { networkOf } from "../../traffic/network.ts";
import type { WaitingRoom } from "../../traffic/waiting.ts";
import type { Endpoint, Officers } from "../endpoint.ts";
import type { Reply } from "../reply.ts";
import { addressOfPage, languageOfPage } from "./address.ts";
import { cookiesOf } from "./cookies.ts";

/** What all pages of a function share. */
export interface Frame {
  /** The one public origin of pages, static files and the API. */
  siteUrl: string | undefined;
  files: StaticFiles;
  seal: CookieSeal;
  /** Where visitors wait in floods who cannot solve a challenge. */
  waiting: WaitingRoom;
  now: () => Date;
}

/** The address of the site that public pages name as theirs, with a slash at its end. */
export const canonicalOf = ({ siteUrl }: Pick<Frame, "siteUrl">): string | undefined =>
  siteUrl === undefined ? undefined : new URL("/", siteUrl).toString();

/** What a page asks of a declared route. */
export interface Asked {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | undefined>>;
  body?: unknown;
  receipt?: string | undefined;
  idempotencyKey?: string | undefined;
  /** Further headers, their names in small letters. */
  headers?: Readonly<Record<string, string | undefined>>;
}

/** Somebody at a page. */
export interface Visit {
  language: Language;
  /** The address of the page as it was typed, without its language and its query: "/laporan". */
  address: string;
  /** The query as it was typed. */
  query: Readonly<Record<string, string | undefined>>;
  /** What the browser sent along, and what this request adds. */
  cookies: Map<string, string>;
  /** Set once all that this visitor wrote lies in a draft, with the cookies that open it. A page that fails says so. */
  saved?: { cookies: readonly string[] };
  /** Names this request in our log. */
  requestId: string;
  /** Where the visitor sent it from, for counting only. */
  event: APIGatewayProxyEventV2;
  /** The network that it came from, for counting only. */
  network: string;
  /** Passes for the receipts of cases that the visitor has open, by number: nobody guesses a receipt who has shown it. */
  passes: Map<string, () => Promise<string>>;
  /**
   * Asks a declared route in this process, as this visitor: the same schema, the same counts, the same refusals. A refusal is
   * thrown, also where the route takes so long that the page could not be shown any more.
   */
  ask<T extends z.ZodType>(endpoint: Endpoint, asked: Asked, answer: T): Promise<z.output<T>>;
  /** As `ask`, with the whole reply. */
  reply(endpoint: Endpoint, asked: Asked): Promise<Reply>;
}

const defined = (given: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ""),
  );

/** The request of a route that stands for what a visitor did at a page. */
function eventOf(
  event: APIGatewayProxyEventV2,
  { path, query, body, receipt, idempotencyKey, headers: further }: Asked,
  proof: string | undefined,
): APIGatewayProxyEventV2 {
  const headers = {
    ...defined(further),
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(receipt !== undefined && { authorization: `Receipt ${receipt}` }),
    ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    ...(proof && { "proof-of-work": proof }),
  };
  const { body: _, ...rest } = event;
  return {
    ...rest,
    headers,
    pathParameters: defined(path),
    queryStringParameters: defined(query),
    isBase64Encoded: false,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** The visit that a request to a page is. `proof` is a solved challenge, or a ticket, that a form brought. */
export function visitOf(
  event: APIGatewayProxyEventV2,
  proof = event.headers["proof-of-work"],
  officers?: Officers,
): Visit {
  const { path } = event.requestContext.http;
  const language = languageOfPage(path);
  const passes: Visit["passes"] = new Map();
  const reply = async (endpoint: Endpoint, asked: Asked) => {
    const pass = asked.receipt === undefined ? undefined : passes.get(asked.path?.trackingNumber ?? "");
    return inTime(endpoint.handle(eventOf(event, asked, pass ? await pass() : proof), language, officers));
  };
  return {
    language,
    address: addressOfPage(path),
    query: event.queryStringParameters ?? {},
    cookies: cookiesOf(event.cookies),
    requestId: event.requestContext.requestId,
    event,
    network: networkOf(event.requestContext.http.sourceIp),
    passes,
    reply,
    ask: async (endpoint, asked, answer) => answer.parse((await reply(endpoint, asked)).body),
  };
}
