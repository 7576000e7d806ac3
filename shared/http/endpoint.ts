import jsonBodyParser from "@middy/http-json-body-parser";
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import * as z from "zod";
import type { Officer } from "../directory/directory.ts";
import type { Language, Text } from "../language.ts";
import { type FieldRefusal, type Part, Refusal, refuseFields } from "../refusal.ts";
import { networkOf } from "../traffic/network.ts";
import { fieldRefusals } from "./field-messages.ts";
import type { Reply } from "./reply.ts";

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
