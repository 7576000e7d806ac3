import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  decodeJwt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import { describe, expect, test, vi } from "vitest";
import { tokenFor } from "../../infra/local/sign-in/token.ts";
import sampleOfficers from "../../shared/directory/data/sample-officers.json" with { type: "json" };
import { type Officer, officer } from "../../shared/directory/directory.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { freePorts } from "./free-ports.ts";
import { openOffice } from "./office.ts";

// The tokens hold the issuer's address. Only at the same address can they hold after a restart.
const office = openOffice({ firstPort: (await freePorts()).first });
const { api } = office;

const admin = "admin@balikpapan.example";
const client = () => office.addresses.clients[0] ?? { id: "", callbackUrls: [] };
const me = (token: string, headers = {}) =>
  api("/v1/officer/me", { headers: { authorization: `Bearer ${token}`, ...headers } });

/** A browser that keeps cookies and lets us look at each step. */
function browser() {
  const cookies = new Map<string, string>();
  return async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(url, office.addresses.issuer), {
      ...init,
      redirect: "manual",
      headers: { cookie, ...init.headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return { status: response.status, to: response.headers.get("location"), text: await response.text() };
  };
}

const verifier = randomBytes(32).toString("base64url");
const question = (change: Record<string, string> = {}) =>
  `${new URLSearchParams({
    response_type: "code",
    client_id: client().id,
    redirect_uri: client().callbackUrls[0] ?? "",
    scope: "openid",
    state: "state-of-the-page",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...change,
  })}`;

const endpoints = async () => {
  const response = await fetch(`${office.addresses.issuer}/.well-known/openid-configuration`);
  return (await response.json()) as { authorization_endpoint: string; token_endpoint: string };
};

/** Opens the sign-in page and chooses the officer there. Returns the address that the browser is sent back to. */
async function signInOnThePage(email: string): Promise<URL> {
  const go = browser();
  const asked = await go(`${(await endpoints()).authorization_endpoint}?${question()}`);
  const chosen = await go(asked.to ?? "", { method: "POST", body: new URLSearchParams({ email }) });
  return new URL((await go(chosen.to ?? "")).to ?? "");
}

async function exchange(code: string | null, change: Record<string, string> = {}) {
  const response = await fetch((await endpoints()).token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: client().id,
      redirect_uri: client().callbackUrls[0] ?? "",
      code: code ?? "",
      code_verifier: verifier,
      ...change,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

describe("an officer who signs in", () => {
  test("an officer finds every sample officer on the page, with name, role and agency, and no password to fill in", async () => {
    const go = browser();
    const { to } = await go(`${(await endpoints()).authorization_endpoint}?${question()}`);
    const { status, text } = await go(to ?? "");
    expect(status).toBe(200);
    expect(text).toContain('<html lang="id">');
    for (const { name, email } of sampleOfficers.officers) {
      expect(text).toContain(`<strong>${name}</strong>`);
      expect(text).toContain(`value="${email}"`);
    }
    expect(text).toContain("pejabat penghubung, Dinas Pekerjaan Umum");
    expect(text).not.toContain("<input");
  });

  test("an officer chooses themselves and comes back with a code, and the page exchanges it once for tokens", async () => {
    const back = await signInOnThePage(admin);
    expect(`${back.origin}${back.pathname}`).toBe(client().callbackUrls[0]);
    expect(back.searchParams.get("state")).toBe("state-of-the-page");
    const code = back.searchParams.get("code");
    const { status, body } = await exchange(code);
    expect(status).toBe(200);
    expect(decodeJwt(body.access_token ?? "")).toMatchObject({
      iss: office.addresses.issuer,
      sub: "sample-admin-balikpapan",
      client_id: client().id,
      scope: "openid",
    });
    expect((await me(body.access_token ?? "")).status).toBe(200);

    const renewed = await exchange(null, {
      grant_type: "refresh_token",
      refresh_token: body.refresh_token ?? "",
    });
    expect((await me(renewed.body.access_token ?? "")).status).toBe(200);
    expect((await exchange(code)).body.error).toBe("invalid_grant");
  });

  test("an officer gets no tokens for a code that somebody else picked up", async () => {
    const code = (await signInOnThePage(admin)).searchParams.get("code");
    const stolen = await exchange(code, { code_verifier: randomBytes(32).toString("base64url") });
    expect([stolen.status, stolen.body.error]).toEqual([400, "invalid_grant"]);
  });

  test("an officer is not sent to a page that nobody registered, nor let in without the proof that belongs to the code", async () => {
    const { authorization_endpoint: start } = await endpoints();
    const go = browser();
    const elsewhere = await go(`${start}?${question({ redirect_uri: "https://elsewhere.example/" })}`);
    expect([elsewhere.status, elsewhere.to]).toEqual([400, null]);
    const unproved = new URLSearchParams(question());
    unproved.delete("code_challenge");
    unproved.delete("code_challenge_method");
    expect((await go(`${start}?${unproved}`)).to).toContain("error=invalid_request");
    expect((await go(`${start}?${question({ response_type: "token" })}`)).to ?? "error=").toContain("error=");
  });

  test("an officer with a page from yesterday comes too late, and is told to start again", async () => {
    const { status, text } = await browser()("/sign-in/yesterday");
    expect([status, text]).toEqual([400, expect.stringContaining("kedaluwarsa")]);
  });

  test("an officer is told who they are to the system: role and agency", async () => {
    const answer = await office.as(admin, "GET", "/v1/officer/me");
    expect(answer).toMatchObject({
      status: 200,
      body: { email: admin, role: "agency-admin", agency: { id: "pemkot-balikpapan" } },
    });
  });
});

describe("the gateway", () => {
  const ownKey = () => JSON.parse(readFileSync(join(office.dataDir, "issuer.json"), "utf8")).key;
  const claims = (change: JWTPayload = {}): JWTPayload => ({
    iss: office.addresses.issuer,
    sub: "sample-admin-balikpapan",
    aud: client().id,
    client_id: client().id,
    scope: "openid",
    iat: Math.floor(Date.now() / 1000) - 10,
    exp: Math.floor(Date.now() / 1000) + 600,
    ...change,
  });
  const signed = async (payload: JWTPayload, key = ownKey(), alg = "RS256") =>
    new SignJWT(payload)
      .setProtectedHeader({ alg, kid: ownKey().kid })
      .sign(key.kty ? await importJWK(key, alg) : key);
  const past = Math.floor(Date.now() / 1000) - 60;

  test("the gateway lets in a token of the issuer that is made by hand, so each refusal below has its own reason", async () => {
    expect((await me(await signed(claims()))).status).toBe(200);
  });

  test("the gateway takes the client for the audience where a token names no audience, as Cognito's do", async () => {
    expect((await me(await signed(claims({ aud: undefined })))).status).toBe(200);
  });

  test.each<[string, () => Promise<string> | string]>([
    ["that is no token", () => "bukan-token"],
    ["that has expired", () => signed(claims({ exp: past }))],
    ["that never expires", () => signed(claims({ exp: undefined }))],
    ["that is not valid yet", () => signed(claims({ nbf: past + 3600 }))],
    ["for another audience", () => signed(claims({ aud: "another-client" }))],
    [
      "of another client, without an audience",
      () => signed(claims({ aud: undefined, client_id: "another" })),
    ],
    ["of another issuer", () => signed(claims({ iss: "https://elsewhere.example" }))],
    [
      "that was signed by another key",
      async () =>
        signed(claims(), await exportJWK((await generateKeyPair("RS256", { extractable: true })).privateKey)),
    ],
    ["that nobody signed", () => new UnsecuredJWT(claims()).encode()],
    [
      "that was signed with the public key as a shared secret",
      () => signed(claims(), new TextEncoder().encode(JSON.stringify(ownKey().n)), "HS256"),
    ],
    [
      "whose claims were changed after it was signed",
      async () => {
        const [header, , signature] = (await signed(claims())).split(".");
        const other = Buffer.from(JSON.stringify(claims({ sub: "sample-national-admin" }))).toString(
          "base64url",
        );
        return `${header}.${other}.${signature}`;
      },
    ],
  ])("the gateway refuses a token %s", async (_what, token) => {
    const { status, headers, body } = await me(await token(), { origin: "http://localhost:5173" });
    expect([status, body]).toEqual([401, { message: "Unauthorized" }]);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer scope="" error="invalid_token"/);
    expect(headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
  });

  test("the gateway refuses a caller without a token, and a reporter's receipt is no token", async () => {
    for (const headers of [{}, { authorization: "Receipt ABCD" }])
      expect((await api("/v1/officer/me", { headers })).status).toBe(401);
    expect((await api("/v1/officer/me")).headers.get("www-authenticate")).toBe("Bearer");
  });

  test("the gateway refuses the token that only tells a page who signed in", async () => {
    const { body } = await exchange((await signInOnThePage(admin)).searchParams.get("code"));
    expect(await me(body.id_token ?? "")).toMatchObject({ status: 403, body: { message: "Forbidden" } });
  });

  test("the gateway answers a browser that asks without a token whether it may ask", async () => {
    const asked = await api("/v1/officer/me", {
      method: "OPTIONS",
      headers: { origin: "http://localhost:5173", "access-control-request-method": "PUT" },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-methods")).toContain("PUT");
    expect(asked.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("if-match");
    expect(asked.headers.get("access-control-expose-headers")).toContain("ETag");
  });

  test("the gateway lets in somebody whom the directory does not know, and the API refuses them", async () => {
    const answer = await me(await signed(claims({ sub: "somebody-else" })));
    expect(answer).toMatchObject({
      status: 403,
      body: { detail: "Akun ini tidak terdaftar sebagai petugas. Hubungi admin instansi Anda." },
    });
  });
});

/** Puts an officer into the directory, as the administration does. */
async function put(entry: Officer): Promise<void> {
  const dynamo = new DynamoDBClient({
    endpoint: office.addresses.dynamodb,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const marshalling = { marshallOptions: { removeUndefinedValues: true } };
  const store = directoryStore(
    DynamoDBDocumentClient.from(dynamo, marshalling),
    office.addresses.tables.Directory ?? "",
  );
  await store.put("officer", entry);
  dynamo.destroy();
}

const account = async (action: string, Username: string) => {
  const response = await fetch(office.addresses.issuer, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${action}`,
    },
    body: JSON.stringify({ UserPoolId: "ap-southeast-3_local", Username }),
  });
  return { status: response.status, body: (await response.json()) as any };
};
const subOf = (attributes: { Name: string; Value: string }[]) =>
  attributes.find(({ Name }) => Name === "sub")?.Value ?? "";

const newcomer = (subject: string): Officer =>
  officer.parse({
    id: "contoh-petugas-baru",
    name: "Contoh Petugas Baru",
    email: "baru@balikpapan.example",
    role: "unit-officer",
    agencyId: "balikpapan-dinas-pekerjaan-umum",
    subject,
    mails: "daily",
  });

describe("officers come and go", () => {
  test("an officer who was given an account and entered in the directory can sign in at once", async () => {
    expect((await account("AdminGetUser", "baru@balikpapan.example")).body.__type).toBe(
      "UserNotFoundException",
    );
    const { status, body } = await account("AdminCreateUser", "baru@balikpapan.example");
    expect([status, body.User.Enabled, body.User.UserStatus]).toEqual([200, true, "FORCE_CHANGE_PASSWORD"]);
    const subject = subOf(body.User.Attributes);
    expect(subject).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);

    const again = await account("AdminCreateUser", "Baru@Balikpapan.example");
    expect([again.status, again.body.__type]).toEqual([400, "UsernameExistsException"]);
    const found = await account("AdminGetUser", "baru@balikpapan.example");
    expect(subOf(found.body.UserAttributes)).toBe(subject);

    await put(newcomer(subject));
    expect((await office.as("baru@balikpapan.example", "GET", "/v1/officer/me")).body).toMatchObject({
      name: "Contoh Petugas Baru",
      role: "unit-officer",
    });
  });

  test("a dismissed officer is no longer on the page and cannot sign in", async () => {
    const dismissed = { ...newcomer("petugas-yang-pergi"), id: "contoh-petugas-pergi" };
    await put({ ...dismissed, email: "pergi@balikpapan.example", dismissedAt: "2026-11-01T00:00:00Z" });
    const go = browser();
    const { to } = await go(`${(await endpoints()).authorization_endpoint}?${question()}`);
    expect((await go(to ?? "")).text).not.toContain("pergi@balikpapan.example");
    await expect(tokenFor(office.addresses, "pergi@balikpapan.example")).rejects.toThrow("was dismissed");
  });
});

describe("accounts that administrators see to", () => {
  const city = "admin@balikpapan.example";
  const national = "admin.nasional@kemenpanrb.example";
  const officers = (id: string) => `/v1/admin/officers/${id}`;
  const guest = (email: string, agencyId: string) => ({
    name: "Contoh Petugas Tamu",
    email,
    role: "unit-officer",
    agencyId,
  });
  const whose = async (token: string) => (await me(token)).body.posts?.map(({ id }: any) => id);
  const works = "balikpapan-dinas-pekerjaan-umum";

  test("whoever left leaves the address free: the next officer has another subject, and the old token is nobody's", async () => {
    const email = "bergantian@balikpapan.example";
    expect((await office.as(city, "PUT", officers("contoh-lama"), guest(email, works))).status).toBe(201);
    const old = await tokenFor(office.addresses, email);
    await office.as(city, "POST", `${officers("contoh-lama")}/dismissal`, { reason: "Pindah tugas." });
    const invited = await office.as(
      national,
      "PUT",
      officers("contoh-baru"),
      guest(email, "pemkot-samarinda"),
    );
    expect(invited.status).toBe(201);
    const next = await tokenFor(office.addresses, email);
    expect(decodeJwt(next).sub).not.toBe(decodeJwt(old).sub);
    expect(await whose(next)).toEqual(["contoh-baru"]);
    expect((await me(old)).status).toBe(403);
  });

  test("a sample officer who left leaves the address free too", async () => {
    const email = "petugas@samarinda.example";
    await office.as(national, "POST", `${officers("contoh-petugas-samarinda")}/dismissal`, {
      reason: "Pensiun.",
    });
    const invited = await office.as(city, "PUT", officers("contoh-dari-samarinda"), guest(email, works));
    expect(invited.status).toBe(201);
    expect(await whose(await tokenFor(office.addresses, email))).toEqual(["contoh-dari-samarinda"]);
  });

  test("one person signs in once for two posts, and names the one to act in", async () => {
    const email = "petugas.pu@balikpapan.example";
    const invited = await office.as(
      national,
      "PUT",
      officers("contoh-pu-samarinda"),
      guest(email, "pemkot-samarinda"),
    );
    expect(invited.status).toBe(201);
    const token = await tokenFor(office.addresses, email);
    expect(decodeJwt(token).sub).toBe("sample-officer-pu-balikpapan");
    expect(await whose(token)).toEqual(["contoh-petugas-pu-balikpapan", "contoh-pu-samarinda"]);
    const { body } = await me(token, { "officer-post": "contoh-pu-samarinda" });
    expect(body.agency.id).toBe("pemkot-samarinda");
    const counts = await api("/v1/officer/counts", { headers: { authorization: `Bearer ${token}` } });
    expect(counts.body.items.map(({ agency }: any) => agency.id)).toEqual([works, "pemkot-samarinda"]);
    await vi.waitFor(async () => {
      const told = (await office.mailbox()).filter(({ destination }) => destination.to.includes(email));
      expect(told.map(({ body }) => body.text).join()).toContain("akun yang sudah Anda punyai");
    }, 20_000);
  });

  test("an invitation is sent again, not twice in a row, and not to whoever has signed in", async () => {
    const email = "lupa.masuk@balikpapan.example";
    await office.as(city, "PUT", officers("contoh-lupa"), guest(email, works));
    const again = () => office.as(city, "POST", `${officers("contoh-lupa")}/invitation`);
    expect(await again()).toMatchObject({ status: 200, body: { expiresAt: expect.any(String) } });
    const soon = await again();
    expect([soon.status, Number(soon.headers.get("retry-after")) > 0]).toEqual([429, true]);
    await tokenFor(office.addresses, email);
    expect((await again()).status).toBe(409);
  });

  test("a reset authenticator ends the sessions of its officer, who is told by mail and signs in anew", async () => {
    const email = "petugas.pu@balikpapan.example";
    const code = (await signInOnThePage(email)).searchParams.get("code");
    const { body: tokens } = await exchange(code);
    const path = `${officers("contoh-petugas-pu-balikpapan")}/authenticator-reset`;
    // The account is that of a post in another city too. So its own city is not enough.
    expect((await office.as(city, "POST", path, {})).status).toBe(403);
    expect((await office.as(national, "POST", path, { reason: "Ponsel hilang." })).status).toBe(200);
    const renewed = await exchange(null, {
      grant_type: "refresh_token",
      refresh_token: tokens.refresh_token ?? "",
    });
    expect([renewed.status, renewed.body.error]).toEqual([400, "invalid_grant"]);
    expect((await me(await tokenFor(office.addresses, email))).status).toBe(200);
    await vi.waitFor(async () => {
      const told = (await office.mailbox()).filter(({ destination }) => destination.to.includes(email));
      expect(told.map(({ body }) => body.text).join()).toContain("mengatur ulang autentikator");
    }, 20_000);
  });

  test("the authenticator of a head waits for a second person", async () => {
    const path = `${officers("contoh-kepala-pu-balikpapan")}/authenticator-reset`;
    const asked = await office.as(national, "POST", path, {});
    expect([asked.status, asked.body.request.what]).toEqual([202, ["authenticator"]]);
    const confirmation = `/v1/admin/requests/${asked.body.request.id}/confirmation`;
    expect((await office.as(national, "POST", confirmation)).status).toBe(403);
    expect((await office.as(city, "POST", confirmation)).status).toBe(200);
    const { body } = await office.as(city, "GET", `${officers("contoh-kepala-pu-balikpapan")}/history`);
    expect([body.items.at(-1).type, body.flaws]).toEqual(["authenticator-reset", []]);
  });
});

describe("npm run -s token", () => {
  const token = (...args: string[]) =>
    promisify(execFile)("npm", ["run", "-s", "token", "--", ...args]).catch(
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  test("the command prints an officer's token and nothing else", async () => {
    const { stdout } = await token(admin, "--data", office.dataDir);
    expect(stdout).toMatch(/^\S+\n$/);
    expect((await me(stdout.trim())).body.email).toBe(admin);
  });

  test("the command says what is wrong about an address that no officer has, an officer who left, and a system that does not run", async () => {
    const wrong = await Promise.all([
      token("siapa@contoh.example", "--data", office.dataDir),
      token("pergi@balikpapan.example", "--data", office.dataDir),
      token(admin, "--data", join(office.dataDir, "nowhere")),
      token(),
    ]);
    const sentences = [
      "no officer with the e-mail address",
      "was dismissed",
      "Start the system first",
      "Usage",
    ];
    for (const [index, outcome] of wrong.entries())
      expect(outcome).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringContaining(sentences[index] ?? ""),
      });
  });
});

describe("after a restart", () => {
  test("tokens still hold, accounts are still there, and nobody but the owner can read the key", async () => {
    const token = await tokenFor(office.addresses, admin);
    const subject = subOf(
      (await account("AdminCreateUser", "tetap@balikpapan.example")).body.User.Attributes,
    );
    await office.restart();
    expect((await me(token)).status).toBe(200);
    const kept = await account("AdminGetUser", "tetap@balikpapan.example");
    expect(subOf(kept.body.UserAttributes)).toBe(subject);
    expect(statSync(join(office.dataDir, "issuer.json")).mode & 0o777).toBe(0o600);
  });

  test("no log holds a token, or an officer's name or address", async () => {
    const token = await tokenFor(office.addresses, admin);
    await me(token);
    const log = readFileSync(join(office.dataDir, "logs", "Officer.log"), "utf8");
    expect(log).toContain('"route":"GET /v1/officer/me"');
    for (const secret of [token, admin, "Contoh Admin Balikpapan"]) expect(log).not.toContain(secret);
  });
});
