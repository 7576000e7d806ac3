import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startIssuer } from "../../infra/local/sign-in/issuer.ts";
import type { Emulator } from "../../infra/local/start/emulator.ts";
import { type AccountStore, cognitoAccounts } from "../../shared/directory/account-store.ts";

const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-accounts-"));
const UserPoolId = "ap-southeast-3_local";
let issuer: Emulator;
let cognito: CognitoIdentityProviderClient;
let accounts: AccountStore;

beforeAll(async () => {
  issuer = await startIssuer({ file: join(folder, "issuer.json"), clients: [], officers: async () => [] });
  cognito = new CognitoIdentityProviderClient({
    endpoint: issuer.endpoint,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  accounts = cognitoAccounts(cognito, UserPoolId);
});
afterAll(async () => {
  cognito.destroy();
  await issuer.stop();
  rmSync(folder, { recursive: true });
});

const isEnabled = async (Username: string) =>
  (await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }))).Enabled;

test("an account is opened once, ended by its subject, and its address is free for an account of somebody else", async () => {
  const { subject, isNew } = await accounts.open("petugas@contoh.example");
  expect([subject, isNew]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), true]);
  expect(await accounts.open("Petugas@Contoh.example")).toEqual({ subject, isNew: false });
  const other = await accounts.open("lain@contoh.example");
  expect(other.subject).not.toBe(subject);
  expect(await accounts.stateOf(subject)).toBe("invited");
  await accounts.close(subject);
  await accounts.close(subject);
  expect(await accounts.stateOf(subject)).toBe("none");
  expect(await isEnabled("lain@contoh.example")).toBe(true);
  const next = await accounts.open("petugas@contoh.example");
  expect([next.subject === subject, next.isNew]).toEqual([false, true]);
  await accounts.close(next.subject);
  expect((await accounts.open("petugas@contoh.example")).subject).not.toBe(subject);
});

test("looking for the account of an address opens none, and one that has ended is not found", async () => {
  expect(await accounts.find("dicari@contoh.example")).toBeUndefined();
  const { subject, isNew } = await accounts.open("dicari@contoh.example");
  expect([isNew, await accounts.find("dicari@contoh.example")]).toEqual([true, subject]);
  await accounts.close(subject);
  expect(await accounts.find("dicari@contoh.example")).toBeUndefined();
});

test("an account that an operator has shut makes way for a new one when its address is invited", async () => {
  const { subject } = await accounts.open("ditutup@contoh.example");
  await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: "ditutup@contoh.example" }));
  expect(await accounts.stateOf(subject)).toBe("none");
  const next = await accounts.open("ditutup@contoh.example");
  expect([next.subject === subject, next.isNew]).toEqual([false, true]);
  expect(await accounts.stateOf(next.subject)).toBe("invited");
});

test("a subject without an account needs no ending", async () => {
  await expect(accounts.close("sample-subject")).resolves.toBeUndefined();
});

test("an invitation is mailed again to somebody who has never signed in, and to nobody without an account", async () => {
  const asked: unknown[] = [];
  const listening = Object.create(cognito) as typeof cognito;
  listening.send = async (command: any) => {
    asked.push([command.constructor.name, command.input.MessageAction]);
    return (cognito as any).send(command);
  };
  const listened = cognitoAccounts(listening, UserPoolId);
  await listened.open("baru@contoh.example");
  await listened.inviteAgain("baru@contoh.example");
  expect(asked).toContainEqual(["AdminCreateUserCommand", "RESEND"]);
  asked.length = 0;
  await expect(listened.inviteAgain("tidak-ada@contoh.example")).resolves.toBeUndefined();
  expect(asked).toEqual([["AdminCreateUserCommand", "RESEND"]]);
  expect(await isEnabled("tidak-ada@contoh.example").catch(({ name }) => name)).toBe("UserNotFoundException");
});

test("an authenticator is forgotten and all sessions end, however often it is asked for", async () => {
  const { subject } = await accounts.open("kehilangan@contoh.example");
  const asked: string[] = [];
  const listening = Object.create(cognito) as typeof cognito;
  listening.send = async (command: any) => {
    asked.push(command.constructor.name);
    return (cognito as any).send(command);
  };
  const listened = cognitoAccounts(listening, UserPoolId);
  await listened.resetAuthenticator(subject);
  await listened.resetAuthenticator(subject);
  const once = ["AdminDeleteSoftwareTokenCommand", "AdminUserGlobalSignOutCommand"];
  expect(asked).toEqual([...once, ...once]);
  await expect(listened.resetAuthenticator("tidak-ada")).resolves.toBeUndefined();
});
