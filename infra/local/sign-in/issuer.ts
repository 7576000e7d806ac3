import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { errors, type JWKS, Provider } from "oidc-provider";
import type { Emulator } from "../start/emulator.ts";
import { type Resource, resourcesOf, type Stack } from "../template/template.ts";
import { accountAction } from "./accounts.ts";
import { openIssuerData } from "./issuer-data.ts";
import type { SignInOfficer } from "./officers.ts";
import { messagePage, signInPage, signOutPage } from "./sign-in-page.ts";

const require = createRequire(import.meta.url);

/** A page, or any other program, that sends officers here to sign in. */
export type Client = { id: string; callbackUrls: string[] };

/** The id of a user pool's client on this machine. */
export const clientId = ({ stack, path }: Resource): string => `${stack.name}-${path.replaceAll("/", "-")}`;

/** The clients of the user pool that the templates declare. */
export const clientsOf = (stacks: Stack[]): Client[] =>
  resourcesOf(stacks, "AWS::Cognito::UserPoolClient").map((client) => ({
    id: clientId(client),
    callbackUrls: client.properties.CallbackURLs as string[],
  }));

const hour = 3600;

/** Where our pages take officers back, as infra/sign-in-stack.ts tells Cognito. */
const callbackPath = "/petugas/masuk/kembali";
const signedOutPaths = ["/petugas/keluar", "/en/petugas/keluar"];

/**
 * Stands in for the user pool: issues tokens to whom the directory has as an officer, without a password, and keeps
 * accounts as Cognito does. Sessions are in memory; the key is in `file`, so that tokens outlive a restart.
 */
export const startIssuer = async (options: {
  file: string;
  port?: number;
  clients: Client[];
  officers(): Promise<SignInOfficer[]>;
  /** How many milliseconds the functions' clock is ahead of the machine's. */
  ahead?(): number;
}): Promise<Emulator & { letPagesIn(site: string): void }> => {
  const { data, save } = await openIssuerData(options.file);
  const server = createServer();
  await new Promise<void>((listening, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", listening);
  });
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : options.port}`;
  const sessions = newSessions();
  const provider = providerAt(
    endpoint,
    options.clients,
    { keys: [data.key] },
    { sessions, ahead: options.ahead ?? (() => 0) },
  );
  const standard = provider.callback();

  const signIn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    await provider.interactionDetails(request, response);
    const officers = await options.officers();
    if (request.method !== "POST") return html(response, 200, signInPage(officers));
    const email = new URLSearchParams(await text(request)).get("email") ?? "";
    // An address may be somebody else's now than when an earlier officer left.
    const withAddress = officers.filter((one) => one.email.toLowerCase() === email.toLowerCase());
    const officer = withAddress.find((one) => !one.dismissedAt) ?? withAddress[0];
    if (!officer)
      return plain(response, 404, `The directory has no officer with the e-mail address ${email}.`);
    if (officer.dismissedAt)
      return plain(response, 403, `${officer.name} was dismissed and cannot sign in any more.`);
    if (!data.signedIn?.includes(officer.subject)) {
      data.signedIn = [...(data.signedIn ?? []), officer.subject];
      save();
    }
    const result = { login: { accountId: officer.subject, remember: false } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", endpoint);
    const target = request.headers["x-amz-target"];
    if (pathname === "/" && request.method === "POST" && typeof target === "string") {
      const action = target.replace("AWSCognitoIdentityProviderService.", "");
      const input = JSON.parse(await text(request));
      const officers = await options.officers();
      const { status, body } = accountAction(data, { officers, endSessions: sessions.end }, action, input);
      save();
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    } else if (pathname.startsWith("/sign-in/")) await signIn(request, response);
    else await standard(request, response);
  };

  server.on("request", (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      if (error instanceof errors.SessionNotFound) return html(response, 400, startAgain);
      plain(response, 500, String(error));
    });
  });
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { endpoint, stop, letPagesIn: (site) => letPagesIn(provider, site) };
};

/** Lets the pages of a site have officers sent back to them, whichever addresses the template names. */
const letPagesIn = (provider: Provider, site: string): void => {
  const named = provider.Client.prototype;
  const { redirectUriAllowed, postLogoutRedirectUriAllowed } = named;
  named.redirectUriAllowed = function (address) {
    return address === `${site}${callbackPath}` || redirectUriAllowed.call(this, address);
  };
  named.postLogoutRedirectUriAllowed = function (address) {
    return (
      signedOutPaths.some((path) => address === `${site}${path}`) ||
      postLogoutRedirectUriAllowed.call(this, address)
    );
  };
};

const startAgain = messagePage("Masuk sebagai petugas", {
  id: "Halaman ini sudah kedaluwarsa. Kembali ke aplikasi dan masuk dari sana.",
  en: "This page has expired. Go back to the application and sign in from there.",
});

const signedOut = messagePage("Anda sudah keluar", {
  id: "Sesi Anda di sini sudah ditutup.",
  en: "Your session here has ended.",
});

const html = (response: ServerResponse, status: number, page: string): void => {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  };
  response.writeHead(status, headers).end(page);
};

const plain = (response: ServerResponse, status: number, sentence: string): void =>
  void response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(sentence);

/** Knows the sessions of each subject by their grants, and which of them have ended. */
const newSessions = () => {
  const grants = new Map<string, string[]>();
  const ended = new Set<string | undefined>();
  return {
    begin: (subject: string, grant: string) =>
      void grants.set(subject, [...(grants.get(subject) ?? []), grant]),
    end: (subject: string) => {
      for (const grant of grants.get(subject) ?? []) ended.add(grant);
      grants.delete(subject);
    },
    hasEnded: (grant: string | undefined) => ended.has(grant),
  };
};
type Sessions = ReturnType<typeof newSessions>;

/** The standard's part: discovery, authorization code with PKCE, access tokens as JWTs, as a user pool gives them out. */
const providerAt = (
  issuer: string,
  clients: Client[],
  jwks: JWKS,
  { sessions, ahead }: { sessions: Sessions; ahead(): number },
): Provider => {
  // Its own adapter in memory, asked for by name: as the unnamed default it warns at every start.
  const { createMemoryAdapter } = require("oidc-provider/lib/adapters/memory_adapter.js");
  return new Provider(issuer, {
    adapter: createMemoryAdapter(),
    jwks,
    clients: clients.map(({ id, callbackUrls }) => ({
      client_id: id,
      redirect_uris: callbackUrls,
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    })),
    scopes: ["openid"],
    responseTypes: ["code"],
    pkce: { required: () => true },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      Grant: 12 * hour,
      // Functions look at their own clock, which may be simulated and ahead of ours.
      IdToken: () => hour + Math.max(0, Math.ceil(ahead() / 1000)),
      Interaction: hour,
      RefreshToken: 12 * hour,
      Session: hour,
    },
    issueRefreshToken: async () => true,
    // A session that has ended renews no token.
    findAccount: (_context, subject, token) =>
      token && "grantId" in token && sessions.hasEnded(token.grantId)
        ? undefined
        : { accountId: subject, claims: () => ({ sub: subject }) },
    interactions: { url: (_context, interaction) => `/sign-in/${interaction.uid}` },
    renderError(context, { error, error_description }) {
      context.type = "html";
      context.body = messagePage("Tidak dapat masuk", {
        id: "Aplikasi mengirim permintaan masuk yang tidak benar.",
        en: `The application sent a wrong request to sign in: ${error_description ?? error}`,
      });
    },
    // Our own page asks for our own API: there is nothing to consent to.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      });
      grant.addOIDCScope("openid");
      grant.addResourceScope(issuer, "openid");
      sessions.begin(oidc.session?.accountId ?? "", await grant.save());
      return grant;
    },
    // Pages on the origins that officers are sent back to may exchange their code.
    clientBasedCORS: (_context, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => void (context.body = signOutPage(form)),
        postLogoutSuccessSource: (context) => void (context.body = signedOut),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => issuer,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, _resource, client) => ({
          scope: "openid",
          audience: client.clientId,
          accessTokenFormat: "jwt",
          accessTokenTTL: hour,
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
  });
};
