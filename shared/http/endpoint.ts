import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import type * as z from "zod";
import type { Officer } from "../directory/directory.ts";
import type { Language, Text } from "../language.ts";
import { Refusal, type RefusalKind } from "../refusal.ts";
import { onlyKnown } from "../stored.ts";
import { networkOf } from "../traffic/network.ts";
import { isTicket } from "../traffic/waiting.ts";
import { type Input, type Parsed, parsed, wholeInput } from "./input.ts";
import { isPage } from "./page/address.ts";
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
  /** The post that the caller acts in. */
  officer: Officer;
  /** All posts that the caller may act in with this request: the one that they named, or else every one that they hold. */
  posts: readonly Officer[];
  language: Language;
}

/** Lists the posts of the person who a signed-in subject is. */
export interface Officers {
  postsOf(subject: string): Promise<Officer[]>;
}

/** When a route refuses, and the fields that such a refusal always carries. The contract knows it by this name. */
export interface NamedRefusal {
  name: string;
  when: string;
  fields: z.ZodObject;
}

/** What the contract says of a route. */
interface Described {
  summary: Text;
  /** What it answers, by status: the schema of the JSON body, or a page. */
  output: Readonly<Record<number, z.ZodType | "page">>;
  /** What it refuses of its own, by kind, and when. What all routes refuse that read the same and are called by the same, nobody declares. */
  refusals?: Readonly<Partial<Record<RefusalKind, string | NamedRefusal>>>;
  /** The media type of what it answers, where that is neither JSON nor an HTML page. */
  documentType?: string;
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
  /** It is a page for people in this language, and no part of the contract. */
  pageIn?: Language;
}

type Declaration<I extends Input> = Described & { input: I };

/** Stands in for tables of routes without officers. */
const nobody: Officers = { postsOf: async () => [] };

/** A ticket of the waiting room counts at a page only: the contract asks programs for solved challenges. */
const proofOf = ({ requestContext, headers }: APIGatewayProxyEventV2): string | undefined => {
  const { "proof-of-work": proof } = headers;
  return proof !== undefined && isTicket(proof) && !isPage(requestContext.http.path) ? undefined : proof;
};

const trafficOf = (event: APIGatewayProxyEventV2) => ({
  network: networkOf(event.requestContext.http.sourceIp),
  proof: proofOf(event),
});

const receiptOf = (event: APIGatewayProxyEventV2): string | undefined =>
  /^Receipt\s+(\S.*)$/i.exec(event.headers.authorization ?? "")?.[1];

/** The subject that the gateway's JWT authorizer found in the token. */
const subjectOf = (event: APIGatewayProxyEventV2): string | undefined => {
  const { authorizer } = (event as Partial<APIGatewayProxyEventV2WithJWTAuthorizer>).requestContext ?? {};
  const { sub } = authorizer?.jwt.claims ?? {};
  return typeof sub === "string" ? sub : undefined;
};

/** A reply with the fields alone that the route declares: what newer code stored beside them gets no further. */
async function declaredAlone({ output }: Described, replying: Promise<Reply>): Promise<Reply> {
  const reply = await replying;
  const schema = output[reply.status];
  return schema === undefined || schema === "page" || reply.body === undefined
    ? reply
    : { ...reply, body: onlyKnown(schema, reply.body) };
}

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
      return declaredAlone(declared, handle(request, { receipt, language, ...trafficOf(event) }));
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
      const request = await parsed(input, event, declared);
      return declaredAlone(declared, handle(request, { receipt, language, ...trafficOf(event) }));
    },
  };
}

/**
 * Declares a route for officers. The gateway has checked the token; our directory says at every request who that is.
 * Somebody who was dismissed is out within a minute. Whoever holds several posts acts in the one that they name, or else in
 * the first one that may do what is asked.
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
      const posts = await callersPosts(event, officers);
      const request = await parsed(input, event, declared);
      return declaredAlone(
        declared,
        inFirstThatMay(posts, (officer) => handle(request, { officer, posts, language })),
      );
    },
  };
}

const notRegistered = (): Refusal =>
  new Refusal("forbidden", {
    id: "Akun ini tidak terdaftar sebagai petugas. Hubungi admin instansi Anda.",
    en: "This account is not registered as an officer. Ask the administrator of your agency.",
  });

/**
 * Has the first post act that is let. Another one may be let where a post is refused as out of its reach, as naming what is out
 * of its reach, or as having no such move now. If none is let, the answer is what to correct, else where the case stands, or
 * else the first refusal.
 */
async function inFirstThatMay(
  posts: readonly Officer[],
  act: (officer: Officer) => Promise<Reply>,
): Promise<Reply> {
  const refusals: Refusal[] = [];
  for (const officer of posts)
    try {
      return await act(officer);
    } catch (error) {
      if (!(error instanceof Refusal && error.ofPost)) throw error;
      refusals.push(error);
    }
  throw (
    refusals.findLast(({ kind }) => kind === "invalid-input") ??
    refusals.find(({ kind }) => kind === "conflict") ??
    refusals[0] ??
    notRegistered()
  );
}

/** The header that names the post to act in, by the id of its officer. */
export const postHeader = "officer-post";

async function callersPosts(event: APIGatewayProxyEventV2, officers: Officers): Promise<Officer[]> {
  const subject = subjectOf(event);
  if (subject === undefined)
    throw new Refusal(
      "not-signed-in",
      { id: "Masuk dulu sebagai petugas.", en: "Sign in as an officer first." },
      { headers: { "www-authenticate": "Bearer" } },
    );
  const posts = (await officers.postsOf(subject)).filter(({ dismissedAt }) => !dismissedAt);
  if (posts.length === 0) throw notRegistered();
  const named = event.headers[postHeader];
  if (named === undefined) return posts;
  const post = posts.find(({ id }) => id === named);
  if (!post)
    throw new Refusal("forbidden", {
      id: "Anda tidak memegang jabatan pada tajuk Officer-Post. Lihat jabatan Anda di GET /v1/officer/me.",
      en: "You do not hold the post in the header Officer-Post. See your posts at GET /v1/officer/me.",
    });
  return [post];
}

/** Puts an endpoint into a table of routes, under its method and its path. */
export const get = (path: string, endpoint: Endpoint): Route => ({ method: "GET", path, ...endpoint });
export const post = (path: string, endpoint: Endpoint): Route => ({ method: "POST", path, ...endpoint });
export const del = (path: string, endpoint: Endpoint): Route => ({ method: "DELETE", path, ...endpoint });
export const put = (path: string, endpoint: Endpoint): Route => ({ method: "PUT", path, ...endpoint });
