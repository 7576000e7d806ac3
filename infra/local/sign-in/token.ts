/**
 * npm run -s token -- EMAIL [--data DIR]
 *
 * Prints an access token of the officer with this e-mail address, for use with curl, from the issuer of the system that runs
 * on this machine. It signs in on the page as the officer would: authorization code with PKCE.
 */
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Mistake, orUsage, runCommand } from "../../../shared/platform/command.ts";
import type { Addresses } from "../system.ts";

/** An access token of the officer with this e-mail address. */
export async function tokenFor(
  { issuer, clients }: Pick<Addresses, "issuer" | "clients">,
  email: string,
): Promise<string> {
  const [client] = clients;
  const redirectUri = client?.callbackUrls[0];
  if (!client || !redirectUri)
    throw new Mistake("This stage signs officers in at an issuer of its own: only that can give tokens.");
  const cookies = new Map<string, string>();
  const go = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(url, issuer), { ...init, redirect: "manual", headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return response;
  };
  const onward = async (response: Response): Promise<string> => {
    const to = response.headers.get("location");
    if (!to) throw new Mistake(await response.text());
    return to;
  };

  const verifier = randomBytes(32).toString("base64url");
  const question = new URLSearchParams({
    response_type: "code",
    client_id: client.id,
    redirect_uri: redirectUri,
    scope: "openid",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const page = await onward(await go(`/auth?${question}`));
  const signedIn = await onward(await go(page, { method: "POST", body: new URLSearchParams({ email }) }));
  const code = new URL(await onward(await go(signedIn))).searchParams.get("code") ?? "";
  const exchange = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: client.id,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
  const answer = await go("/token", { method: "POST", body: exchange });
  if (!answer.ok) throw new Mistake(await answer.text());
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}

const readArguments = (): { email: string; dataDir: string } =>
  orUsage("Usage: npm run -s token -- EMAIL [--data DIR]", () => {
    const { values, positionals } = parseArgs({
      options: { data: { type: "string", default: ".local" } },
      allowPositionals: true,
    });
    const [email, ...others] = positionals;
    if (!email || others.length > 0) throw new Mistake("One e-mail address of an officer is needed.");
    return { email, dataDir: values.data };
  });

async function main(): Promise<void> {
  const { email, dataDir } = readArguments();
  const notRunning = new Mistake(
    `Start the system first: npm start${dataDir === ".local" ? "" : ` -- --data ${dataDir}`}`,
  );
  const text = await readFile(join(dataDir, "addresses.json"), "utf8").catch(() => {
    throw notRunning;
  });
  const token = await tokenFor(JSON.parse(text) as Addresses, email).catch((error: unknown) => {
    throw error instanceof Mistake ? error : notRunning; // it left its addresses behind when it was killed
  });
  console.log(token);
}

if (import.meta.main) await runCommand(main);
