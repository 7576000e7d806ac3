import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import type * as z from "zod";
import type { Officer } from "../directory/directory.ts";
import type { Language, Text } from "../language.ts";
import { Refusal } from "../refusal.ts";
import { networkOf } from "../traffic/network.ts";
import { type Input, type Parsed, parsed, wholeInput } from "./input.ts";
import type { Reply } from "./reply.ts";

export interface Caller {
  /** As typed after "Authorization: Receipt". The route checks it once it knows the case. */
  receipt: string | undefined;
  language: Language;
  /** Where the request comes from. It is counted, and never logged or kept. */
  network: string;
  /** A solved challenge, where the request brings one. */
  proof: string | undefined;
}

export type ReporterCaller = Caller & { receipt: string };

/** An officer of ours who has signed in. */
export interface OfficerCaller {
  officer: Officer;
  language: Language;
}

/** Finds the officer who a signed-in subject is. */
export interface Officers {
  officerBySubject(subject: string): Promise<Officer | undefined>;
}

/** What the contract says of a route. */
interface Described {
  summary: Text;
  /** What it answers, by status: the schema of the JSON body, or a page. */
  output: Readonly<Record<number, z.ZodType | "page">>;
  /** Refusals that a program has to be ready for, by status: when they come. */
  refusals?: Readonly<Record<number, string>>;
  /** Whether the answer comes as text and as a page too. */
  hasRenderings?: boolean;
  /**
   * Whether the body may come as an HTML form too, and in parts as mail programs send it. Any page on the web can make a browser
   * send one.
   */
  takesForms?: boolean | "in-parts";
}

export interface Endpoint extends Described {
  input: Input;
  /** Who may call: everybody, everybody and more with a receipt, only with one, officers who signed in. */
  callers: "anyone" | "anyone-or-reporter" | "reporter" | "officer";
  handle(event: APIGatewayProxyEventV2, language: Language, officers?: Officers): Promise<Reply>;
}

export interface Route extends Endpoint {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
}

type Declaration<I extends Input> = Described & { input: I };

/** Stands in for tables of routes without officers. */
const nobody: Officers = { officerBySubject: async () => undefined };

const trafficOf = ({ requestContext, headers }: APIGatewayProxyEventV2) => ({
  network: networkOf(requestContext.http.sourceIp),
  proof: headers["proof-of-work"],
});

const receiptOf = (event: APIGatewayProxyEventV2): string | undefined =>
  /^Receipt +(\S.*)$/i.exec(event.headers.authorization ?? "")?.[1];

/** The subject that the gateway's JWT authorizer found in the token. */
const subjectOf = (event: APIGatewayProxyEventV2): string | undefined => {
  const { authorizer } = (event as Partial<APIGatewayProxyEventV2WithJWTAuthorizer>).requestContext ?? {};
  const { sub } = authorizer?.jwt.claims ?? {};
  return typeof sub === "string" ? sub : undefined;
};

/** Declares a route that anybody may call: what it reads, what it answers, and what it does. */
export function endpoint<I extends Input>(
  { takesReceipt = false, ...declared }: Declaration<I> & { takesReceipt?: boolean },
  handle: (request: Parsed<I>, caller: Caller) => Promise<Reply>,
): Endpoint {
  const input = wholeInput(declared.input);
  return {
    ...declared,
    input,
    callers: takesReceipt ? "anyone-or-reporter" : "anyone",
    async handle(event, language) {
      const request = await parsed(input, event, declared);
      const receipt = takesReceipt ? receiptOf(event) : undefined;
      return handle(request, { receipt, language, ...trafficOf(event) });
    },
  };
}

/** Declares a route for reporters. Callers bring a receipt; the route checks it once it knows the case. */
export function reporterEndpoint<I extends Input>(
  declared: Declaration<I>,
  handle: (request: Parsed<I>, caller: ReporterCaller) => Promise<Reply>,
): Endpoint {
  const input = wholeInput(declared.input);
  return {
    ...declared,
    input,
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
      return handle(await parsed(input, event, declared), { receipt, language, ...trafficOf(event) });
    },
  };
}

/**
 * Declares a route for officers. The gateway has checked the token; our directory says at every request who that is.
 * Somebody who was dismissed is out within a minute.
 */
export function officerEndpoint<I extends Input>(
  declared: Declaration<I>,
  handle: (request: Parsed<I>, caller: OfficerCaller) => Promise<Reply>,
): Endpoint {
  const input = wholeInput(declared.input);
  return {
    ...declared,
    input,
    callers: "officer",
    async handle(event, language, officers = nobody) {
      const officer = await officerOf(event, officers);
      return handle(await parsed(input, event, declared), { officer, language });
    },
  };
}

async function officerOf(event: APIGatewayProxyEventV2, officers: Officers): Promise<Officer> {
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
  return officer;
}

/** Puts an endpoint into a table of routes, under its method and its path. */
export const get = (path: string, endpoint: Endpoint): Route => ({ method: "GET", path, ...endpoint });
export const post = (path: string, endpoint: Endpoint): Route => ({ method: "POST", path, ...endpoint });
export const put = (path: string, endpoint: Endpoint): Route => ({ method: "PUT", path, ...endpoint });
