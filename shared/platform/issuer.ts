import * as oauth from "oauth4webapi";
import { patience } from "./patience.ts";

/** Why a sign-in failed: the issuer does not answer, an officer is not let in there, or what came back is not right. */
export type IssuerTrouble = "silent" | "denied" | "wrong";

/** A sign-in that failed. `hint` is a word of the standard, for the log. */
export class IssuerFailure extends Error {
  override readonly name = "IssuerFailure";
  readonly trouble: IssuerTrouble;
  readonly hint: string;
  constructor(trouble: IssuerTrouble, hint: string) {
    super(`Signing in failed: ${trouble}`);
    this.trouble = trouble;
    this.hint = hint;
  }
}

/** What ties an answer of the issuer to one attempt of one browser. */
export interface AttemptProof {
  state: string;
  nonce: string;
  verifier: string;
}

export const newProof = (): AttemptProof => ({
  state: oauth.generateRandomState(),
  nonce: oauth.generateRandomNonce(),
  verifier: oauth.generateRandomCodeVerifier(),
});

/** Who vouches for officers. No token of it leaves this file. */
export interface Issuer {
  /** Where an officer signs in. They come back to `backTo`. */
  signInAddress(proof: AttemptProof, backTo: string, language: string): Promise<string>;
  /** Who came back with this answer. Fails for an answer that does not belong to the attempt. */
  subjectOf(answer: URLSearchParams, proof: AttemptProof, backTo: string): Promise<string>;
  /** Where an officer ends their session there, and comes back to `backTo`. Undefined where the issuer has no such address. */
  signOutAddress(backTo: string): Promise<string | undefined>;
}

/** What the issuer says of itself is remembered for so long. */
const rememberedMilliseconds = 60 * 60 * 1000;
/** So far may our clock and the issuer's differ. */
const clocksDifferSeconds = 60;

/** Asks once more where nothing answers in time, as `patience.issuer` says. What is told is what came of the second time. */
const patient =
  (ask: typeof fetch) =>
  async (url: string, options: RequestInit): Promise<Response> => {
    const once = () => ask(url, { ...options, signal: AbortSignal.timeout(patience.issuer.milliseconds) });
    const first = await once().catch(() => undefined);
    return first && first.status < 500 ? first : once();
  };

/** A word of the standard. What else an issuer writes may be anything. */
const wordOf = (text: string): string => (/^[\w-]{1,40}$/.test(text) ? text : "unknown");

/** What the issuer could not send whole is no word of its own. */
const halfAnswers: readonly string[] = [
  oauth.RESPONSE_IS_NOT_CONFORM,
  oauth.RESPONSE_IS_NOT_JSON,
  oauth.PARSE_ERROR,
];

/** Tells why it failed, without the codes and tokens that errors of the library carry. */
function failureOf(error: unknown): IssuerFailure {
  if (error instanceof IssuerFailure) return error;
  if (error instanceof oauth.AuthorizationResponseError) {
    const hint = wordOf(error.error);
    if (hint === "access_denied") return new IssuerFailure("denied", hint);
    const silent = hint === "temporarily_unavailable" || hint === "server_error";
    return new IssuerFailure(silent ? "silent" : "wrong", hint);
  }
  if (error instanceof oauth.ResponseBodyError)
    return new IssuerFailure(error.status < 500 ? "wrong" : "silent", wordOf(error.error));
  if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
    const hint = String(error.code);
    return new IssuerFailure(halfAnswers.includes(hint) ? "silent" : "wrong", hint);
  }
  return new IssuerFailure("silent", error instanceof Error ? wordOf(error.name) : "unknown");
}

const failing = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error);
  }
};

/** A user pool of Amazon: it ends sessions by an address and parameters of its own. */
const isCognito = ({ issuer }: oauth.AuthorizationServer): boolean =>
  /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(new URL(issuer).hostname);

/**
 * Where a session at the issuer ends. The standard (OpenID Connect RP-Initiated Logout) calls the way back `post_logout_redirect_uri`.
 * Cognito names an `end_session_endpoint` too, but wants `logout_uri` there, and older pools do not name it.
 */
function signOutOf(server: oauth.AuthorizationServer, clientId: string, backTo: string): string | undefined {
  const ofCognito = isCognito(server);
  const named =
    server.end_session_endpoint ??
    (ofCognito && server.authorization_endpoint
      ? new URL("/logout", server.authorization_endpoint).href
      : undefined);
  if (named === undefined) return undefined;
  const address = new URL(named);
  address.searchParams.set("client_id", clientId);
  address.searchParams.set(ofCognito ? "logout_uri" : "post_logout_redirect_uri", backTo);
  return address.href;
}

/** The issuer that an address names, asked by OpenID Connect with the code flow and PKCE. */
export function openIdIssuer(
  { issuer, clientId }: { issuer: string; clientId: string },
  { now, ask = fetch }: { now: () => Date; ask?: typeof fetch },
): Issuer {
  const at = new URL(issuer);
  const options = {
    [oauth.customFetch]: patient(ask),
    // The issuer that stands in on a developer's machine has no certificate.
    [oauth.allowInsecureRequests]: at.protocol === "http:" && at.hostname === "127.0.0.1",
  };
  let known: { server: Promise<oauth.AuthorizationServer>; until: number } | undefined;
  const discover = async () => oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, options));
  const serverNow = (): Promise<oauth.AuthorizationServer> => {
    if (known && now().getTime() < known.until) return known.server;
    const server = discover();
    const asked = { server, until: now().getTime() + rememberedMilliseconds };
    known = asked;
    // Whoever asked is told of it. The next who asks tries again.
    server.catch(() => {
      if (known === asked) known = undefined;
    });
    return server;
  };
  const client = (): oauth.Client => ({
    client_id: clientId,
    [oauth.clockSkew]: Math.round((now().getTime() - Date.now()) / 1000),
    [oauth.clockTolerance]: clocksDifferSeconds,
  });

  return {
    signInAddress: ({ state, nonce, verifier }, backTo, language) =>
      failing(async () => {
        const server = await serverNow();
        if (!server.authorization_endpoint) throw new IssuerFailure("wrong", "no authorization_endpoint");
        const address = new URL(server.authorization_endpoint);
        const asked = {
          response_type: "code",
          client_id: clientId,
          redirect_uri: backTo,
          scope: "openid",
          state,
          nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          [isCognito(server) ? "lang" : "ui_locales"]: language,
        };
        for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
        return address.href;
      }),
    subjectOf: (answer, { state, nonce, verifier }, backTo) =>
      failing(async () => {
        const server = await serverNow();
        const us = client();
        const right = oauth.validateAuthResponse(server, us, answer, state);
        const sent = await oauth.authorizationCodeGrantRequest(
          server,
          us,
          oauth.None(),
          right,
          backTo,
          verifier,
          options,
        );
        const tokens = await oauth.processAuthorizationCodeResponse(server, us, sent, {
          expectedNonce: nonce,
          requireIdToken: true,
        });
        const subject = oauth.getValidatedIdTokenClaims(tokens)?.sub;
        if (!subject) throw new IssuerFailure("wrong", "no sub");
        return subject;
      }),
    signOutAddress: (backTo) => failing(async () => signOutOf(await serverNow(), clientId, backTo)),
  };
}
