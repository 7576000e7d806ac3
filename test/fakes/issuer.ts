import { createHash, randomUUID } from "node:crypto";

/** What the issuer's token says besides what it has to. */
type Claims = Record<string, unknown>;

/** What is left out of an answer, or goes wrong with it. */
interface Faults {
  /** Nobody answers, or only with a fault of their own. */
  silent?: boolean | "500";
  /** The token says this in place of what is right. */
  claims?: Claims;
  /** The answer has no token about the officer. */
  withoutIdToken?: boolean;
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

/**
 * An issuer of OpenID Connect, as functions ask it over HTTP. `names`: what it says of itself in its discovery document, besides the
 * usual.
 */
export function anIssuer({
  now,
  issuer = "https://masuk.example",
  clientId = "pages",
  names = {},
}: {
  now: () => Date;
  issuer?: string;
  clientId?: string;
  names?: Record<string, string | undefined>;
}) {
  const codes = new Map<string, { nonce: string; challenge: string; redirectUri: string; subject: string }>();
  const faults: Faults = {};
  /** Every address that was asked for. */
  const asked: string[] = [];
  /** Every code and token that it gave out. */
  const secrets: string[] = [];
  const document = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    end_session_endpoint: `${issuer}/end`,
    jwks_uri: `${issuer}/keys`,
    code_challenge_methods_supported: ["S256"],
    ...names,
  };

  const idTokenFor = ({ nonce, subject }: { nonce: string; subject: string }) => {
    const seconds = Math.floor(now().getTime() / 1000);
    const claims = {
      iss: issuer,
      aud: clientId,
      sub: subject,
      nonce,
      iat: seconds,
      exp: seconds + 3600,
      ...faults.claims,
    };
    return `${base64({ alg: "RS256" })}.${base64(claims)}.c2lnbmF0dXJl`;
  };
  const exchange = (form: URLSearchParams): Response => {
    const code = form.get("code") ?? "";
    const known = codes.get(code);
    codes.delete(code);
    const proved = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (
      !known ||
      proved !== known.challenge ||
      form.get("redirect_uri") !== known.redirectUri ||
      form.get("client_id") !== clientId
    )
      return json(400, { error: "invalid_grant", error_description: `code ${code}` });
    const tokens = {
      access_token: `access-${randomUUID()}`,
      refresh_token: `refresh-${randomUUID()}`,
      ...(!faults.withoutIdToken && { id_token: idTokenFor(known) }),
    };
    secrets.push(...Object.values(tokens));
    return json(200, { token_type: "Bearer", expires_in: 3600, ...tokens });
  };

  return {
    issuer,
    clientId,
    faults,
    asked,
    secrets,
    /** In place of `fetch`. */
    ask: (async (url: string, { body }: RequestInit = {}) => {
      asked.push(url);
      if (faults.silent === "500") return new Response("Internal Server Error", { status: 500 });
      if (faults.silent) throw new TypeError("fetch failed");
      if (url.endsWith("/.well-known/openid-configuration")) return json(200, document);
      return url === document.token_endpoint
        ? exchange(new URLSearchParams(String(body)))
        : json(404, { error: "not_found" });
    }) as typeof fetch,
    /** An officer signs in at the page that a browser was led to. Returns the address that it is sent back to. */
    letIn(address: string, subject: string): string {
      const asking = new URL(address).searchParams;
      const code = `code-${randomUUID()}`;
      secrets.push(code);
      const redirectUri = asking.get("redirect_uri") ?? "";
      codes.set(code, {
        nonce: asking.get("nonce") ?? "",
        challenge: asking.get("code_challenge") ?? "",
        redirectUri,
        subject,
      });
      const back = new URL(redirectUri);
      back.searchParams.set("code", code);
      back.searchParams.set("state", asking.get("state") ?? "");
      return back.href;
    },
    /** The issuer does not let an officer in. Returns the address that the browser is sent back to. */
    sendBack(address: string, error: string): string {
      const asking = new URL(address).searchParams;
      const back = new URL(asking.get("redirect_uri") ?? "");
      back.searchParams.set("error", error);
      back.searchParams.set("error_description", "What <b>an issuer</b> writes");
      back.searchParams.set("state", asking.get("state") ?? "");
      return back.href;
    },
  };
}

/** For a desk at which nobody signs in. */
export const noIssuer = {
  signInAddress: () => Promise.reject(new Error("Nobody signs in here.")),
  subjectOf: () => Promise.reject(new Error("Nobody signs in here.")),
  signOutAddress: () => Promise.reject(new Error("Nobody signs in here.")),
};
