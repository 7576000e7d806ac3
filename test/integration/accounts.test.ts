import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
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

test("an account is opened once, ended by its subject, and enabled again when its owner comes back", async () => {
  const subject = await accounts.open("petugas@contoh.example");
  expect(subject).toMatch(/^[0-9a-f-]{36}$/);
  expect(await accounts.open("Petugas@Contoh.example")).toBe(subject);
  expect(await accounts.open("lain@contoh.example")).not.toBe(subject);
  await accounts.close(subject);
  await accounts.close(subject);
  expect(await isEnabled("petugas@contoh.example")).toBe(false);
  expect(await isEnabled("lain@contoh.example")).toBe(true);
  expect(await accounts.open("petugas@contoh.example")).toBe(subject);
  expect(await isEnabled(subject)).toBe(true);
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
  await listened.inviteAgain("tidak-ada@contoh.example");
  expect(asked).toEqual([["AdminGetUserCommand", undefined]]);
});
