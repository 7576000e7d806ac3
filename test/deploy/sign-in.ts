import { createHash, randomBytes } from "node:crypto";

/** Reads the fields that a page's form hands on. */
const hiddenFields = (page: string): [string, string][] =>
  [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")],
  );

/**
 * Signs in for the first time as an officer does in a browser. It opens the sign-in page of the user pool, fills in the
 * password from the invitation, chooses a new one, and exchanges the code for tokens.
 */
export async function signInForTheFirstTime(
  pages: string,
  client: { id: string; callbackUrl: string },
  officer: { email: string; temporaryPassword: string; password: string },
): Promise<{ access_token: string; id_token: string }> {
  const verifier = randomBytes(32).toString("base64url");
  const question = new URLSearchParams({
    response_type: "code",
    client_id: client.id,
    redirect_uri: client.callbackUrl,
    scope: "openid",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const submit = (page: string, fields: Record<string, string>) =>
    fetch(`${pages}/login`, {
      method: "POST",
      body: new URLSearchParams([...hiddenFields(page), ...Object.entries(fields)]),
      redirect: "manual",
    });
  const signInPage = await (await fetch(`${pages}/oauth2/authorize?${question}`)).text();
  const { email: username, temporaryPassword, password } = officer;
  const changePage = await (await submit(signInPage, { username, password: temporaryPassword })).text();
  const back = await submit(changePage, { new_password: password, confirm_password: password });
  const location = back.headers.get("location");
  if (!location) throw new Error(`The sign-in pages did not send us back:\n${await back.text()}`);
  const tokens = await fetch(`${pages}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: client.id,
      redirect_uri: client.callbackUrl,
      code: new URL(location).searchParams.get("code") ?? "",
      code_verifier: verifier,
    }),
  });
  if (!tokens.ok) throw new Error(`No tokens for the code: ${await tokens.text()}`);
  return (await tokens.json()) as { access_token: string; id_token: string };
}
