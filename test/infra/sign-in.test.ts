import { expect, test } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { dev, only, prod, type Resource, resourcesOfStage } from "./synthesised.ts";

test("sign-in is for officers whom somebody registered, with a second factor that is not a text message", () => {
  for (const resources of [prod, dev]) {
    const { properties } = only(resources, "AWS::Cognito::UserPool");
    expect(properties.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
    expect([properties.MfaConfiguration, properties.EnabledMfas]).toEqual(["ON", ["SOFTWARE_TOKEN_MFA"]]);
    expect(properties.UsernameAttributes).toEqual(["email"]);
    expect(properties.UserPoolTier).toBe("ESSENTIALS");
  }
});

test("a password is long and of any characters: nobody is made to take a capital letter and an exclamation mark", () => {
  for (const resources of [prod, dev]) {
    const { PasswordPolicy } = only(resources, "AWS::Cognito::UserPool").properties.Policies;
    expect(PasswordPolicy).toEqual({
      MinimumLength: 12,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
      RequireUppercase: false,
      TemporaryPasswordValidityDays: 1,
    });
  }
});

test("sign-in of production outlives its stack, refuses to be deleted, and sends officers back over HTTPS only", () => {
  const { properties, deletionPolicy } = only(prod, "AWS::Cognito::UserPool");
  expect(deletionPolicy).toBe("RetainExceptOnCreate");
  expect(properties.DeletionProtection).toBe("ACTIVE");
  for (const url of only(prod, "AWS::Cognito::UserPoolClient").properties.CallbackURLs)
    expect(url).toMatch(/^https:/);
});

test("officers are sent back to our pages, and after signing out in the language of their visit; where those are, a stage learns from its first deployment", () => {
  const siteUrl = "https://lapor.example";
  const clientIn = (resources: Resource[]) => only(resources, "AWS::Cognito::UserPoolClient").properties;
  const known = clientIn(resourcesOfStage({ ...stageNamed("dev"), siteUrl }));
  expect(known.CallbackURLs).toContain(`${siteUrl}/petugas/masuk/kembali`);
  expect(known.LogoutURLs).toEqual([`${siteUrl}/petugas/keluar`, `${siteUrl}/en/petugas/keluar`]);
  const fresh = clientIn(dev);
  expect(fresh.CallbackURLs.length).toBeGreaterThan(0);
  expect([fresh.CallbackURLs.join().includes("kembali"), fresh.LogoutURLs]).toEqual([false, undefined]);
  expect(clientIn(prod).CallbackURLs).toEqual(["https://sp4n-lapor.example/petugas/masuk/kembali"]);
});

test("the pages of officers are told whom to ask who signs in, and no other function is", () => {
  for (const resources of [prod, dev]) {
    const told = resources.filter(({ properties }) =>
      /SIGN_IN_/.test(JSON.stringify(properties.Environment?.Variables ?? {})),
    );
    expect(told.map(({ path }) => path)).toEqual(["api/Officer"]);
    expect(told[0]?.properties.Timeout).toBeGreaterThanOrEqual(4 * 3);
  }
});

test("pages get nothing but a code for a token of an hour, and nobody is told who has an account", () => {
  const { properties } = only(prod, "AWS::Cognito::UserPoolClient");
  expect(properties).toMatchObject({
    GenerateSecret: false,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid"],
    AccessTokenValidity: 60,
    EnableTokenRevocation: true,
    PreventUserExistenceErrors: "ENABLED",
  });
  expect(properties.ExplicitAuthFlows).not.toContain("ALLOW_USER_PASSWORD_AUTH");
});

test("sign-in can be left to an issuer that is there already: then no user pool is made, and its tokens count", () => {
  const signIn = {
    kind: "issuer",
    issuer: "https://masuk.example/realms/petugas",
    audience: "lapor",
    clientId: "halaman",
  } as const;
  const own = resourcesOfStage({ ...stageNamed("dev"), signIn });
  expect(own.filter(({ type }) => type.startsWith("AWS::Cognito"))).toEqual([]);
  expect(only(own, "AWS::ApiGatewayV2::Authorizer").properties.JwtConfiguration).toEqual({
    Issuer: signIn.issuer,
    Audience: [signIn.audience],
  });
  const { Variables } = only(
    own.filter(({ path }) => path === "api/Officer"),
    "AWS::Lambda::Function",
  ).properties.Environment;
  expect([Variables.SIGN_IN_ISSUER, Variables.SIGN_IN_CLIENT]).toEqual([signIn.issuer, signIn.clientId]);
});

test("a temporary password holds for one day, and the invitation says so in both languages", () => {
  for (const resources of [prod, dev]) {
    const { properties } = only(resources, "AWS::Cognito::UserPool");
    expect(properties.Policies.PasswordPolicy.TemporaryPasswordValidityDays).toBe(1);
    const { EmailMessage } = properties.AdminCreateUserConfig.InviteMessageTemplate;
    expect(EmailMessage).toContain("berlaku 1 hari");
    expect(EmailMessage).toContain("valid for 1 day");
    expect(EmailMessage).not.toMatch(/[2-9] (hari|days)/);
  }
});

test("nobody gives their account another address by way of sign-in: whoever has a session of theirs cannot move it away", () => {
  for (const resources of [prod, dev])
    expect(only(resources, "AWS::Cognito::UserPoolClient").properties.WriteAttributes).toEqual(["locale"]);
});
