import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { type Stage, stageNamed } from "../../infra/config.ts";
import { placeholdersIn, refusePlaceholders } from "../../infra/placeholders.ts";
import { filledIn } from "../fakes/filled-in.ts";
import { inFreshFolder } from "./synthesised.ts";

test("production as it is shipped is refused by the CDK's own synthesis, by the name of each setting, and by no stack trace alone", () => {
  const { status, stderr } = inFreshFolder((CDK_OUTDIR) =>
    spawnSync(process.execPath, ["infra/app.ts"], {
      env: { ...process.env, CDK_OUTDIR, CDK_CONTEXT_JSON: '{"stage":"prod"}' },
      encoding: "utf8",
    }),
  );
  expect(status).toBe(1);
  for (const setting of ["account is not set", "senderAddress", "alarmAddress", "siteUrl", "corsOrigins.0"])
    expect(stderr).toContain(`- ${setting}`);
});

test("production that somebody has filled in is synthesised into its account, in both regions", () =>
  inFreshFolder((outdir) => {
    const { stacks } = buildApp({
      stage: filledIn,
      outdir,
      code: false,
      validation: false,
      invented: false,
    }).synth();
    expect(new Set(stacks.map(({ environment }) => environment.name))).toEqual(
      new Set(["aws://210987654321/ap-southeast-3", "aws://210987654321/us-east-1"]),
    );
  }));

test.each<[string, Partial<Stage>, string]>([
  ["a sender below example", { senderAddress: "jangan-balas@lapor.example" }, "senderAddress"],
  ["an alarm address that nobody has", { alarmAddress: "alarm@example.com" }, "alarmAddress"],
  ["a page on a developer's machine", { corsOrigins: ["http://localhost:5173"] }, "corsOrigins.0"],
  ["mailboxes below example", { mailboxDomains: ["go.id", "example"] }, "mailboxDomains.1"],
  ["an address in angle brackets", { alarmAddress: "<piket>@contoh.go.id" }, "alarmAddress"],
  ["an account of the documentation", { account: "123456789012" }, "account is 123456789012"],
  [
    "an issuer to be named later",
    { signIn: { kind: "issuer", issuer: "https://TODO", audience: "lapor", clientId: "lapor" } },
    "signIn.issuer",
  ],
])("%s counts as not filled in", (_what, settings, named) => {
  const stage = { ...filledIn, ...settings };
  expect(placeholdersIn(stage)).toEqual([expect.stringContaining(named)]);
  expect(() => refusePlaceholders(stage)).toThrow(named);
});

test("what is filled in is not taken for a placeholder", () => {
  expect(placeholdersIn(filledIn)).toEqual([]);
});

test("stages that only developers call may have invented addresses", () => {
  expect(() => refusePlaceholders(stageNamed("dev"))).not.toThrow();
  expect(placeholdersIn(stageNamed("dev"))).toContainEqual(expect.stringContaining("senderAddress"));
});
