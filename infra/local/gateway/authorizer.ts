import type { IncomingMessage } from "node:http";
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from "jose";
import { StartFailure } from "../start/start-failure.ts";
import { nameOf, type Properties, type Resource } from "../template/template.ts";
import { type HttpAnswer, plainAnswer } from "./http-event.ts";

/** What the event tells the function of whoever called, or the gateway's own answer to whom it does not let in. */
export type Authorized = { jwt: { claims: Record<string, string>; scopes: string[] | null } };
export type Authorizer = (request: IncomingMessage) => Promise<Authorized | HttpAnswer>;

/** RSA is all that the gateway takes. */
const algorithms = ["RS256", "RS384", "RS512"];

/** Reads a JWT authorizer of the templates; a route may ask for one of several scopes on top. */
export const readAuthorizer = (
  authorizer: Resource,
  properties: Properties,
  scopes: string[],
): Authorizer => {
  const { AuthorizerType, IdentitySource, JwtConfiguration } = properties as {
    AuthorizerType: string;
    IdentitySource: string[];
    JwtConfiguration: { Issuer: string; Audience: string[] };
  };
  const [source = "", ...others] = IdentitySource;
  const header = /^\$request\.header\.([\w-]+)$/.exec(source)?.[1]?.toLowerCase();
  if (AuthorizerType !== "JWT" || !header || others.length)
    throw new StartFailure(
      `${nameOf(authorizer)}: infra/local knows only authorizers of type JWT, with one header as identity source.`,
    );
  const { Issuer: issuer, Audience: audience } = JwtConfiguration;
  const verified = rememberingVerifier(keysOf(issuer), issuer, audience);

  return async (request) => {
    const token = String(request.headers[header] ?? "").replace(/^Bearer +/i, "");
    if (!token) return unauthorized("Bearer");
    let claims: JWTPayload;
    try {
      claims = await verified(token);
    } catch (error) {
      const why = error instanceof errors.JOSEError ? error.message : "the keys of the issuer cannot be read";
      return unauthorized(
        `Bearer scope="" error="invalid_token" error_description="${why.replaceAll('"', "")}"`,
      );
    }
    const granted = scopesOf(claims);
    if (scopes.length && !scopes.some((scope) => granted.includes(scope)))
      return withChallenge(
        plainAnswer(403, "Forbidden"),
        `Bearer scope="${scopes.join(" ")}" error="insufficient_scope"`,
      );
    return {
      jwt: {
        claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, asText(value)])),
        scopes: scopes.length ? scopes.filter((scope) => granted.includes(scope)) : null,
      },
    };
  };
};

/** The issuer's keys, by discovery, at the first request. */
const keysOf = (issuer: string): JWTVerifyGetKey => {
  let found: Promise<JWTVerifyGetKey> | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
    const { jwks_uri } = (await response.json()) as { jwks_uri: string };
    return createRemoteJWKSet(new URL(jwks_uri));
  };
  return async (protectedHeader, token) => {
    found ??= discover();
    found.catch(() => (found = undefined)); // the next request asks again
    return (await found)(protectedHeader, token);
  };
};

const rememberedTokens = 1000;

/** Verifies a token once, and then knows its claims until it expires. */
const rememberingVerifier = (keys: JWTVerifyGetKey, issuer: string, audience: string[]) => {
  const known = new Map<string, JWTPayload>();
  return async (token: string): Promise<JWTPayload> => {
    const remembered = known.get(token);
    if (remembered && (remembered.exp ?? 0) > Date.now() / 1000) return remembered;
    known.delete(token);
    const claims = await verified(token, keys, issuer, audience);
    if (known.size >= rememberedTokens) known.clear();
    known.set(token, claims);
    return claims;
  };
};

/** The claims of a token that holds: in the order and by the rules of the gateway. */
const verified = async (
  token: string,
  keys: JWTVerifyGetKey,
  issuer: string,
  audience: string[],
): Promise<JWTPayload> => {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms,
    issuer,
    requiredClaims: ["exp"],
  });
  if (!protectedHeader.kid) throw new errors.JWTInvalid("the token does not name its key");
  if (payload.iat && payload.iat > Date.now() / 1000)
    throw new errors.JWTInvalid("the token is not valid yet");
  // Access tokens of Cognito have no audience: only then does their client count.
  const meantFor = [payload.aud ?? payload.client_id].flat();
  if (!meantFor.some((one) => typeof one === "string" && audience.includes(one)))
    throw new errors.JWTInvalid("the token does not have a valid audience");
  return payload;
};

const scopesOf = ({ scope, scp }: JWTPayload): string[] =>
  [scope, scp].flat().flatMap((value) => (typeof value === "string" ? value.split(" ") : []));

/** Claims come to functions as text, lists as "[one two]". */
const asText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(asText).join(" ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

const withChallenge = (answer: HttpAnswer, challenge: string): HttpAnswer => ({
  ...answer,
  headers: { ...answer.headers, "www-authenticate": challenge },
});

const unauthorized = (challenge: string): HttpAnswer =>
  withChallenge(plainAnswer(401, "Unauthorized"), challenge);
