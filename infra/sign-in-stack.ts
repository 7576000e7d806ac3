import { CfnOutput, Duration, Stack, type StackProps, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ClientAttributes,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
} from "aws-cdk-lib/aws-cognito";
import type { Construct } from "constructs";
import type { Stage } from "./config.ts";
import { stageRemoval } from "./constructs/stage-removal.ts";

/** Signs officers in and issues their tokens. Their powers are in our directory, not here. */
export class SignInStack extends Stack {
  readonly userPool: UserPool;
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;

  constructor(
    scope: Construct,
    id: string,
    {
      stage,
      domainPrefix,
      callbackUrls,
      ...props
    }: StackProps & { stage: Stage; domainPrefix: string; callbackUrls: string[] },
  ) {
    super(scope, id, props);
    const { siteUrl } = stage;

    this.userPool = new UserPool(this, "Officers", {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        // Length alone: rules for single characters make people write passwords that are easy to guess (OWASP ASVS 5.0, 6.2.5).
        minLength: 12,
        requireDigits: false,
        requireLowercase: false,
        requireUppercase: false,
        requireSymbols: false,
        // An invitation lies in a mailbox. Whoever reads it later finds nothing that works.
        tempPasswordValidity: Duration.days(1),
      },
      userInvitation: {
        emailSubject: "Akun petugas SP4N-LAPOR! / Your SP4N-LAPOR! officer account",
        emailBody:
          "Anda didaftarkan sebagai petugas SP4N-LAPOR!. Masuk dengan {username} dan kata sandi sementara {####}, yang berlaku 1 hari. Bila sudah lewat, mintalah admin instansi Anda mengirim undangan ini lagi.<br><br>" +
          "You have been registered as an officer of SP4N-LAPOR!. Sign in as {username} with the temporary password {####}, which is valid for 1 day. If it has run out, ask the administrator of your agency to send this invitation again.",
      },
      // The cheapest plan that has managed login.
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: props.terminationProtection ?? false,
      removalPolicy: stageRemoval(stage),
    });
    Validations.of(this.userPool).acknowledge({
      id: "AwsSolutions-COG1",
      reason:
        "Twelve characters of any kind, with a one-time password besides: OWASP ASVS 5.0 refuses rules of composition.",
    });
    Validations.of(this.userPool).acknowledge({
      id: "AwsSolutions-COG8",
      reason:
        "Everybody signs in with a one-time password besides their own; threat protection on top costs per officer and month.",
    });

    const client = this.userPool.addClient("Pages", {
      generateSecret: false,
      // A sign-in without the pages gives tokens without the scope openid. The API refuses those.
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        // Cognito wants one at least. A stage learns where its pages are from its first deployment.
        callbackUrls: [...(siteUrl ? [`${siteUrl}/petugas/masuk/kembali`] : []), ...callbackUrls],
        ...(siteUrl && { logoutUrls: [`${siteUrl}/petugas/keluar`, `${siteUrl}/en/petugas/keluar`] }),
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      // An account is its address. Officers, and whoever has their session, cannot give it another one: the directory does.
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
    const domain = this.userPool.addDomain("Domain", {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Without a branding the pages of managed login answer with an error.
    new CfnManagedLoginBranding(this, "Branding", {
      userPoolId: this.userPool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    }).node.addDependency(domain);

    this.issuer = this.userPool.userPoolProviderUrl;
    this.clientId = client.userPoolClientId;
    // Access tokens of Cognito name their client in place of an audience.
    this.audience = this.clientId;
    new CfnOutput(this, "Issuer", { value: this.issuer });
    new CfnOutput(this, "ClientId", { value: this.audience });
    new CfnOutput(this, "SignInUrl", { value: domain.baseUrl() });
  }
}
