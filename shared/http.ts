import middy from "@middy/core";
import contentNegotiation from "@middy/http-content-negotiation";
import jsonBodyParser from "@middy/http-json-body-parser";
import httpRouter from "@middy/http-router";
import securityHeaders from "@middy/http-security-headers";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import * as z from "zod";
import type { Officer } from "./directory/directory.ts";
import { fieldRefusals } from "./field-messages.ts";
import type { Language, Text } from "./language.ts";
import { languages } from "./language.ts";
import { errorForLog, logger, metrics, publishMetrics } from "./observability.ts";
import { type FieldRefusal, type Part, Refusal, type RefusalKind, refuseFields } from "./refusal.ts";
import { edgeHeaders, senderAddress } from "./traffic/edge.ts";
import { networkOf } from "./traffic/network.ts";

const maximumBodyBytes = 64 * 1024;

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What a route reads; every part is parsed before the route's own code runs, and what nobody declared is refused. */
export interface Input {
  path?: z.ZodType;
  query?: z.ZodType;
  header?: z.ZodType;
  body?: z.ZodType;
}

type Parsed<I extends Input> = { [P in keyof I]: I[P] extends z.ZodType ? z.output<I[P]> : never };

export interface Caller {
  /** As typed after "Authorization: Receipt"; checked by whoever knows the case. */
  receipt: string | undefined;
  language: Language;
  /** Where the request comes from; to be counted, never to be logged or kept. */
  network: string;
  /** A solved challenge, where they brought one. */
  proof: string | undefined;
}

export type ReporterCaller = Caller & { receipt: string };

/** Who has signed in and is an officer of ours. */
export interface OfficerCaller {
  officer: Officer;
  language: Language;
}

export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** The same for people to keep, for whoever asks for such a type and not for JSON. */
  forms?: Forms;
}

/** What an answer may come as, JSON first: that is what whoever does not mind gets. */
const mediaTypes = ["application/json", "text/plain", "text/html"] as const;
type MediaType = (typeof mediaTypes)[number];
export type Forms = Readonly<Record<Exclude<MediaType, "application/json">, () => Form>>;

export interface Form {
  text: string;
  /** What a page may run and load, where that is anything at all. */
  contentSecurityPolicy?: string;
}

export interface Endpoint {
  summary: Text;
  input: Input;
  output: Readonly<Record<number, z.ZodType>>;
  /** Whether the answer comes as text and as a page too. */
  hasForms?: boolean;
  /** Who may call: everybody, everybody and more with a receipt, only with one, officers who signed in. */
  callers: "anyone" | "anyone-or-reporter" | "reporter" | "officer";
  handle(event: APIGatewayProxyEventV2, language: Language, officers?: Officers): Promise<Reply>;
}

/** Finds out who a signed-in subject is to us. */
export interface Officers {
  officerBySubject(subject: string): Promise<Officer | undefined>;
}

export interface Route extends Endpoint {
  method: Method;
  path: string;
}

const jsonParser = jsonBodyParser();

async function readBody(event: APIGatewayProxyEventV2): Promise<unknown> {
  const encoding = event.isBase64Encoded ? "base64" : "utf8";
  if (Buffer.byteLength(event.body ?? "", encoding) > maximumBodyBytes)
    throw new Refusal("too-large", {
      id: "Kiriman ini lebih dari 64 KB. Persingkat teksnya, lalu kirim lagi.",
      en: "This request is larger than 64 KB. Shorten the text and send it again.",
    });
  const request = { event: { ...event, body: event.body ?? "" } } as Parameters<
    NonNullable<typeof jsonParser.before>
  >[0];
  await jsonParser.before?.(request);
  return request.event.body;
}

function partsOf(event: APIGatewayProxyEventV2, body: unknown): Record<Part, unknown> {
  // The gateway sends whole prefixes and calls the rest "proxy"; the router has taken it apart.
  const { proxy: _, ...path } = event.pathParameters ?? {};
  return { path, query: event.queryStringParameters ?? {}, header: event.headers, body };
}

/** For tables of routes without officers. */
const nobody: Officers = { officerBySubject: async () => undefined };

interface Declaration<I extends Input> {
  summary: Text;
  input: I;
  output: Endpoint["output"];
  hasForms?: boolean;
}

/** Parses what a route declared, and refuses everything wrong with it at once. */
async function parsed<I extends Input>(declared: I, event: APIGatewayProxyEventV2): Promise<Parsed<I>> {
  const body = declared.body && (await readBody(event));
  const parts = partsOf(event, body);
  const found: Record<string, unknown> = {};
  const wrong: FieldRefusal[] = [];
  for (const part of ["path", "query", "header", "body"] as const) {
    const result = declared[part]?.safeParse(parts[part]);
    if (result?.success) found[part] = result.data;
    else if (result) wrong.push(...fieldRefusals(part, result.error, parts[part]));
  }
  if (wrong.length > 0) throw refuseFields(wrong);
  return found as Parsed<I>;
}

const nothing = { path: z.strictObject({}), query: z.strictObject({}) };

const trafficOf = ({ requestContext, headers }: APIGatewayProxyEventV2) => ({
  network: networkOf(requestContext.http.sourceIp),
  proof: headers["proof-of-work"],
});

const receiptOf = (event: APIGatewayProxyEventV2): string | undefined =>
  /^Receipt +(\S.*)$/i.exec(event.headers.authorization ?? "")?.[1];

/** Declares a route that anybody may call: what it reads, what it answers, and what it does. */
export function endpoint<I extends Input>(
  { input, takesReceipt = false, ...rest }: Declaration<I> & { takesReceipt?: boolean },
  handle: (request: Parsed<I>, caller: Caller) => Promise<Reply>,
): Endpoint {
  const declared = { ...nothing, ...input };
  return {
    ...rest,
    input: declared,
    callers: takesReceipt ? "anyone-or-reporter" : "anyone",
    async handle(event, language) {
      const request = await parsed(declared, event);
      return handle(request, {
        receipt: takesReceipt ? receiptOf(event) : undefined,
        language,
        ...trafficOf(event),
      });
    },
  };
}

/** Declares a route for reporters: whoever calls brings a receipt, which is checked by whoever knows the case. */
export function reporterEndpoint<I extends Input>(
  { input, ...rest }: Declaration<I>,
  handle: (request: Parsed<I>, caller: ReporterCaller) => Promise<Reply>,
): Endpoint {
  const declared = { ...nothing, ...input };
  return {
    ...rest,
    input: declared,
    callers: "reporter",
    async handle(event, language) {
      const receipt = receiptOf(event);
      if (receipt === undefined)
        throw new Refusal(
          "not-signed-in",
          {
            id: "Sertakan tanda terima laporan ini, dengan tajuk Authorization: Receipt <tanda terima>.",
            en: "Bring the receipt of this report, with the header Authorization: Receipt <receipt>.",
          },
          { headers: { "www-authenticate": "Receipt" } },
        );
      return handle(await parsed(declared, event), { receipt, language, ...trafficOf(event) });
    },
  };
}

/** The subject that the gateway's JWT authorizer found in the token. */
const subjectOf = (event: APIGatewayProxyEventV2): string | undefined => {
  const { authorizer } = (event as Partial<APIGatewayProxyEventV2WithJWTAuthorizer>).requestContext ?? {};
  const { sub } = authorizer?.jwt.claims ?? {};
  return typeof sub === "string" ? sub : undefined;
};

/**
 * Declares a route for officers. The gateway has checked the token; our directory says who that is, at every request,
 * so that who was dismissed is out within a minute.
 */
export function officerEndpoint<I extends Input>(
  { input, ...rest }: Declaration<I>,
  handle: (request: Parsed<I>, caller: OfficerCaller) => Promise<Reply>,
): Endpoint {
  const declared = { ...nothing, ...input };
  return {
    ...rest,
    input: declared,
    callers: "officer",
    async handle(event, language, officers = nobody) {
      const subject = subjectOf(event);
      if (subject === undefined)
        throw new Refusal(
          "not-signed-in",
          { id: "Masuk dulu sebagai petugas.", en: "Sign in as an officer first." },
          { headers: { "www-authenticate": "Bearer" } },
        );
      const officer = await officers.officerBySubject(subject);
      if (!officer || officer.dismissedAt)
        throw new Refusal("forbidden", {
          id: "Akun ini tidak terdaftar sebagai petugas. Hubungi admin instansi Anda.",
          en: "This account is not registered as an officer. Ask the administrator of your agency.",
        });
      return handle(await parsed(declared, event), { officer, language });
    },
  };
}

export const get = (path: string, endpoint: Endpoint): Route => ({ method: "GET", path, ...endpoint });
export const post = (path: string, endpoint: Endpoint): Route => ({ method: "POST", path, ...endpoint });

export const put = (path: string, endpoint: Endpoint): Route => ({ method: "PUT", path, ...endpoint });

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({
  status: 200,
  body,
  ...(headers && { headers }),
});
export const created = (body: unknown, location: string, headers?: Record<string, string>): Reply => ({
  status: 201,
  body,
  headers: { location, ...headers },
});

/** Goes on to an address elsewhere. */
export const elsewhere = (location: string): Reply => ({
  status: 302,
  body: undefined,
  headers: { location },
});

/** The version of what was read, as HTTP names it. */
export const etag = (version: number) => ({ etag: `"${version}"` });

/** The version that a caller has seen, as they send it back in `If-Match`. */
export const seenVersion = z
  .stringFormat("etag", /^(W\/)?"\d{1,9}"$/)
  .transform((given) => Number(/\d+/.exec(given)?.[0]));

/** For answers that are the same for everybody and change seldom. */
export const cachedForAMinute = { "cache-control": "public, max-age=60" };

const problems: Record<RefusalKind | "internal", { status: number; title: Text }> = {
  "invalid-input": { status: 400, title: { id: "Isian perlu diperbaiki", en: "Invalid input" } },
  "not-signed-in": { status: 401, title: { id: "Perlu tanda pengenal", en: "Credentials needed" } },
  forbidden: { status: 403, title: { id: "Tidak berwenang", en: "Not allowed" } },
  "not-found": { status: 404, title: { id: "Tidak ditemukan", en: "Not found" } },
  "method-not-allowed": { status: 405, title: { id: "Metode tidak didukung", en: "Method not allowed" } },
  "proof-needed": { status: 428, title: { id: "Perlu bukti kerja", en: "Proof of work needed" } },
  "too-many-requests": { status: 429, title: { id: "Terlalu banyak percobaan", en: "Too many requests" } },
  conflict: { status: 409, title: { id: "Bertentangan dengan keadaan sekarang", en: "Conflict" } },
  "too-large": { status: 413, title: { id: "Kiriman terlalu besar", en: "Request too large" } },
  "unsupported-media-type": {
    status: 415,
    title: { id: "Jenis isi tidak didukung", en: "Unsupported media type" },
  },
  unavailable: { status: 503, title: { id: "Sedang tidak tersedia", en: "Unavailable" } },
  internal: { status: 500, title: { id: "Gangguan pada sistem", en: "System error" } },
};

/** The body of every answer that is not a success (RFC 9457). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Names this request in our log. */
  instance: z.string(),
  errors: z
    .array(
      z.object({ in: z.enum(["body", "query", "path", "header"]), path: z.string(), message: z.string() }),
    )
    .optional(),
  /** Of a move that was refused: where the case stands, and what this caller may do with it. */
  currentStatus: z.string().optional(),
  legalMoves: z.array(z.string()).optional(),
  /** Of a move that was overtaken: what happened since the version that it was decided on. */
  changes: z.array(z.looseObject({ type: z.string(), text: z.string() })).optional(),
  /** Of a request that has to bring a solved challenge: where to get one. */
  challenges: z.string().optional(),
  /** Of an agency that cannot be closed yet: how many cases it has open, and which agencies right below it. */
  openCases: z.int().optional(),
  openAgencies: z.array(z.string()).optional(),
});

function problemReply(error: unknown, language: Language, requestId: string): Reply {
  const refusal = asRefusal(error);
  const kind = refusal?.kind ?? "internal";
  const { status, title } = problems[kind];
  const detail = refusal?.text ?? {
    id: `Maaf, ada gangguan pada sistem kami. Coba lagi beberapa saat lagi. Bila masih terjadi, sampaikan nomor ini kepada kami: ${requestId}`,
    en: `Sorry, something went wrong on our side. Try again in a moment. If it goes on, give us this number: ${requestId}`,
  };
  const fields = refusal?.fields ?? [];
  return {
    status,
    headers: {
      ...refusal?.headers,
      "content-type": "application/problem+json",
      ...(kind === "unavailable" && { "retry-after": "5" }),
    },
    body: {
      ...refusal?.more,
      type: `urn:sp4n-lapor:problem:${kind}`,
      title: title[language],
      status,
      detail: detail[language],
      instance: `urn:sp4n-lapor:request:${requestId}`,
      ...(fields.length > 0 && {
        errors: fields.map(({ in: part, path, message }) => ({ in: part, path, message: message[language] })),
      }),
    },
  };
}

/** What middy's parser refuses, in our words. */
function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  switch ((error as { statusCode?: number }).statusCode) {
    case 415:
      return new Refusal("unsupported-media-type", {
        id: "Kirim isi sebagai JSON, dengan tajuk Content-Type: application/json.",
        en: "Send the body as JSON, with the header Content-Type: application/json.",
      });
    case 400:
    case 422:
      return refuseFields([
        {
          in: "body",
          path: "",
          message: { id: "Isi ini bukan JSON yang benar.", en: "This body is not valid JSON." },
        },
      ]);
    default:
      return undefined;
  }
}

const noSuchRoute = (table: readonly Route[], { method, path }: { method: string; path: string }): never => {
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
};

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
