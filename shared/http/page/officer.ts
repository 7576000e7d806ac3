import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import { trackingNumber } from "../../case/tracking-number.ts";
import type { Officer } from "../../directory/directory.ts";
import type { Language } from "../../language.ts";
import { barOf, deskPage } from "../../page/officer/desk-page.ts";
import { numberAsked, numberTitle } from "../../page/officer/number-page.ts";
import { noEntryPage, sessionOverPage } from "../../page/officer/outside.ts";
import { Refusal } from "../../refusal.ts";
import {
  beganBefore,
  isOpen,
  knownForSeconds,
  type OfficerSession,
  officerSession,
  saysWhose,
  withPageAt,
} from "../../visitor/officer-session.ts";
import { returnAddress } from "../../visitor/return-address.ts";
import type { Officers, Route } from "../endpoint.ts";
import type { Parsed } from "../input.ts";
import { refusalHeaders, refusalOf } from "../problem.ts";
import { page, type Reply } from "../reply.ts";
import { cookiesOf, keepCookie } from "./cookies.ts";
import { failedReply } from "./error-page.ts";
import { type FormValues, readFormOf } from "./form.ts";
import { type PathAndQuery, problemFor, read, routesAt, seeOther, type Tried } from "./route.ts";
import { isForeign, refuseForged } from "./same-site.ts";
import { type Frame, type Visit, visitOf } from "./visit.ts";

/** What the pages of officers share. */
export type OfficerFrame = Pick<Frame, "siteUrl" | "files" | "seal" | "now"> & {
  /** Keeps what somebody typed into a form whose session has ended. False where it could not. Absent where a function keeps nothing. */
  keep?: (subject: string, address: string, values: FormValues) => Promise<boolean>;
};

/** An officer at a page. */
export interface OfficerVisit extends Visit {
  subject: string;
  /** The posts that they hold now, the first one first. */
  posts: readonly [Officer, ...Officer[]];
}

const name = "__Host-petugas";

/** The cookie that says who has signed in. */
export const signedInCookie = async (
  { seal }: Pick<Frame, "seal">,
  session: OfficerSession,
): Promise<string> => keepCookie(name, await seal.seal(session, name), knownForSeconds);

/** Has the browser forget who has signed in. */
export const signedOutCookie = (): string => keepCookie(name, "", 0);

/** What the browser brings of a sign-in, open or ended. Nothing where it is of another stage, of an old key, long over, or not ours. */
export async function broughtSession(
  { seal, now }: Pick<Frame, "seal" | "now">,
  event: Pick<APIGatewayProxyEventV2, "cookies">,
): Promise<OfficerSession | undefined> {
  const sealed = cookiesOf(event.cookies).get(name);
  if (sealed === undefined) return undefined;
  const session = officerSession.safeParse(await seal.open(sealed, name)).data;
  return session && saysWhose(session, now()) ? session : undefined;
}

/** The request as the gateway would send it on for the token of this subject. */
function asSubject(event: APIGatewayProxyEventV2, subject: string): APIGatewayProxyEventV2 {
  const authorizer: APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"]["authorizer"] = {
    principalId: "",
    integrationLatency: 0,
    jwt: { claims: { sub: subject }, scopes: [] },
  };
  return { ...event, requestContext: { ...event.requestContext, authorizer } as never };
}

/** Where somebody is led who has to sign in first. `why`: "habis" where their session has ended, "simpan" where their text is kept. */
const signInFirst = (address: string, language: Language, why?: "habis" | "simpan"): Reply => {
  const query = new URLSearchParams({ ke: address, ...(why && { karena: why }) });
  return seeOther(`/petugas/masuk?${query}`, language);
};

/** The page with the button that was pressed, without its language. A button has no page of its own at its address. */
function pageOfButton({ siteUrl }: Pick<Frame, "siteUrl">, { headers }: APIGatewayProxyEventV2): string {
  const { referer = "" } = headers;
  const front = siteUrl && `${new URL(siteUrl).origin}/`;
  return returnAddress(front && referer.startsWith(front) ? referer.slice(front.length - 1) : undefined);
}

/** The address of a page with its query, as somebody typed it, without the language. */
function wholeAddress({ address }: Pick<Visit, "address">, event: APIGatewayProxyEventV2): string {
  return event.rawQueryString ? `${address}?${event.rawQueryString}` : address;
}

type Entered = { visit: OfficerVisit; session: OfficerSession } | { outside: Reply };

/** Lets an officer in whom the directory knows. Whoever has not signed in, or not lately, is told to. */
async function enter(
  frame: OfficerFrame,
  event: APIGatewayProxyEventV2,
  officers: Officers,
  over: (session: OfficerSession | undefined) => Promise<Reply>,
): Promise<Entered> {
  const session = await broughtSession(frame, event);
  if (!session || !isOpen(session, frame.now())) return { outside: await over(session) };
  const held = await officers.postsOf(session.subject);
  if (held.some(({ sessionsEndedAt }) => sessionsEndedAt && beganBefore(session, new Date(sessionsEndedAt))))
    return { outside: { ...(await over(undefined)), cookies: [signedOutCookie()] } };
  const posts = held.filter(({ dismissedAt }) => !dismissedAt);
  const [first, ...others] = posts;
  const visit = visitOf(asSubject(event, session.subject), undefined, officers);
  if (!first) {
    const { language, address } = visit;
    return { outside: page(noEntryPage({ language, address, files: frame.files }), 403) };
  }
  return { visit: { ...visit, subject: session.subject, posts: [first, ...others] }, session };
}

/** The answer with the session kept open from now on. */
async function keptOpen(frame: OfficerFrame, session: OfficerSession, reply: Reply): Promise<Reply> {
  if (reply.cookies?.some((cookie) => cookie.startsWith(`${name}=`))) return reply;
  // Pictures come side by side with pages: a late one would bring back a session that its officer has left.
  if (reply.status === 302) return reply;
  const cookie = await signedInCookie(frame, withPageAt(session, frame.now()));
  return { ...reply, cookies: [...(reply.cookies ?? []), cookie] };
}

const nobody: Officers = { postsOf: async () => [] };

/** Tells an officer that what they typed is no tracking number, how one looks, and where to look for a case. */
export const mistypedNumber = (
  { files }: Pick<OfficerFrame, "files">,
  visit: OfficerVisit,
  typed: string,
): Reply => {
  const { language } = visit;
  const main = numberAsked(typed, language);
  return page(deskPage(visit, files, { title: numberTitle[language], narrow: true, main }), 404);
};

/** What stands in an address in place of a tracking number and is none. */
function mistypedIn({ pathParameters }: APIGatewayProxyEventV2): string | undefined {
  const typed = pathParameters?.trackingNumber;
  return typed === undefined || trackingNumber.safeParse(typed).success ? undefined : typed;
}

type Show<I extends PathAndQuery> = (request: Parsed<I>, visit: OfficerVisit) => Promise<Reply>;

/** Declares a page for officers that only shows something, in both languages. */
export const officerPageAt = <I extends PathAndQuery>(
  frame: OfficerFrame,
  path: string,
  input: I,
  show: Show<I>,
): Route[] =>
  routesAt(path, "GET", input, async (event, language, officers = nobody) => {
    const entered = await enter(frame, event, officers, async (session) =>
      signInFirst(wholeAddress(visitOf(event), event), language, session && "habis"),
    );
    if ("outside" in entered) return entered.outside;
    const { visit, session } = entered;
    const mistyped = mistypedIn(event);
    try {
      const reply =
        mistyped === undefined
          ? await show(await read(input, event), visit)
          : mistypedNumber(frame, visit, mistyped);
      return await keptOpen(frame, session, reply);
    } catch (error) {
      return failedReply(frame, error, { ...visit, values: {}, officer: barOf(visit.posts) });
    }
  });

export interface OfficerFormPage<I extends PathAndQuery> {
  input: I;
  /** Shows the page; after a refusal with all that was typed. */
  show(request: Parsed<I>, visit: OfficerVisit, tried: Tried | undefined): Promise<Reply>;
  /** Does what the form asks for, and leads on. What it refuses is shown in the form. */
  send(request: Parsed<I>, visit: OfficerVisit, values: FormValues): Promise<Reply>;
  /** The form may come with a file. Then `values` is empty, and `send` reads the parts itself. */
  takesFiles?: boolean;
}

/** Declares a page with a form for officers, in both languages. The form is sent to the page's own address. */
export const officerFormAt = <I extends PathAndQuery>(
  frame: OfficerFrame,
  path: string,
  { input, show, send, takesFiles = false }: OfficerFormPage<I>,
): Route[] => [
  ...officerPageAt(frame, path, input, (request, visit) => show(request, visit, undefined)),
  ...sentTo(frame, path, input, { send, show, takesFiles }),
];

/** Declares what a button does that stands on other pages of officers, in both languages. */
export const officerActionAt = <I extends PathAndQuery>(
  frame: OfficerFrame,
  path: string,
  input: I,
  send: OfficerFormPage<I>["send"],
  show?: OfficerFormPage<I>["show"],
): Route[] => sentTo(frame, path, input, { send, show });

const sentTo = <I extends PathAndQuery>(
  frame: OfficerFrame,
  path: string,
  input: I,
  {
    send,
    show,
    takesFiles = false,
  }: Pick<OfficerFormPage<I>, "send" | "takesFiles"> & { show: OfficerFormPage<I>["show"] | undefined },
): Route[] =>
  routesAt(path, "POST", input, async (event, _language, officers = nobody) => {
    const { values, refusal } = readFormOf(event, { takesFiles });
    const foreign = isForeign(event, frame.siteUrl);
    const visit = visitOf(event);
    let officer: ReturnType<typeof barOf> | undefined;
    try {
      refuseForged(event, frame.siteUrl);
      if (refusal) throw refusal;
      const entered = await enter(frame, event, officers, (session) =>
        sessionOver(frame, {
          session,
          visit,
          values,
          at: show ? wholeAddress(visit, event) : pageOfButton(frame, event),
          hasPage: show !== undefined,
        }),
      );
      if ("outside" in entered) return entered.outside;
      officer = barOf(entered.visit.posts);
      const reply = await answerOf(await read(input, event), entered.visit, values, { send, show });
      return await keptOpen(frame, entered.session, reply);
    } catch (error) {
      return failedReply(frame, error, {
        ...visit,
        values: foreign ? {} : values,
        ...(officer && { officer }),
      });
    }
  });

/** Does what a form asks for. What is refused is shown in the form, where there is one. */
async function answerOf<I extends PathAndQuery>(
  request: Parsed<I>,
  visit: OfficerVisit,
  values: FormValues,
  { send, show }: { send: OfficerFormPage<I>["send"]; show: OfficerFormPage<I>["show"] | undefined },
): Promise<Reply> {
  try {
    return await send(request, visit, values);
  } catch (error) {
    if (!show) throw error;
    const problem = problemFor(error, visit);
    const { headers = {}, ...shown } = await show(request, visit, { problem, values });
    return { ...shown, status: problem.status, headers: { ...headers, ...refusalHeaders(refusalOf(error)) } };
  }
}

/**
 * Tells somebody who sent a form that their session has ended. What they typed is kept for them where it can be; else the page holds
 * it, to be sent again from there or copied.
 */
async function sessionOver(
  frame: OfficerFrame,
  {
    session,
    visit,
    values,
    at,
    hasPage,
  }: {
    session: OfficerSession | undefined;
    visit: Visit;
    values: FormValues;
    /** The page to come back to. */
    at: string;
    /** The form was sent from the page at its own address. */
    hasPage: boolean;
  },
): Promise<Reply> {
  const { address, language } = visit;
  if (session && (await frame.keep?.(session.subject, address, values)))
    return signInFirst(at, language, "simpan");
  return page(sessionOverPage({ language, address, at, files: frame.files, values, hasPage }), 401);
}

/** Refuses what this officer has no page for: the table of moves gives them no such thing. */
export const notForYou = () =>
  new Refusal("forbidden", {
    id: "Halaman ini bukan untuk jabatan Anda. Kembali ke meja Anda.",
    en: "This page is not for your post. Go back to your desk.",
  });
