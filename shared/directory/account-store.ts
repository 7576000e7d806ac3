import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";

/** Keeps the accounts that officers sign in with. */
export interface AccountStore {
  /**
   * Opens an account for an e-mail address, or finds and enables the one that is there. Returns its subject. A repeated
   * call changes nothing more.
   */
  open(email: string): Promise<string>;
  /**
   * Mails the invitation again, with a new temporary password, to somebody who has never signed in. Whoever has signed in
   * gets nothing, and nobody gets anything without an account.
   */
  inviteAgain(email: string): Promise<void>;
  /**
   * Ends an account's sign-ins and lets it begin none. A repeated call changes nothing more. A subject without an account
   * is ignored.
   */
  close(subject: string): Promise<void>;
}

export const accountClient = (): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });

type Attributes = { Name?: string | undefined; Value?: string | undefined }[] | undefined;

const subjectIn = (attributes: Attributes): string => {
  const subject = attributes?.find(({ Name }) => Name === "sub")?.Value;
  if (!subject) throw new Error("The user pool gave an account without a subject");
  return subject;
};

/** Keeps accounts in a Cognito user pool whose users sign in by e-mail. Cognito mails the invitation itself. */
export function cognitoAccounts(cognito: CognitoIdentityProviderClient, UserPoolId: string): AccountStore {
  const resend = (email: string) =>
    cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: email,
        MessageAction: "RESEND",
        DesiredDeliveryMediums: ["EMAIL"],
      }),
    );
  const hasNeverSignedIn = ({ UserStatus }: AdminGetUserCommandOutput): boolean =>
    UserStatus === "FORCE_CHANGE_PASSWORD";

  return {
    async open(email) {
      try {
        const { User } = await cognito.send(
          new AdminCreateUserCommand({
            UserPoolId,
            Username: email,
            UserAttributes: [
              { Name: "email", Value: email },
              { Name: "email_verified", Value: "true" },
            ],
            DesiredDeliveryMediums: ["EMAIL"],
          }),
        );
        return subjectIn(User?.Attributes);
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) throw error;
        const known = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
        if (!known.Enabled) await cognito.send(new AdminEnableUserCommand({ UserPoolId, Username: email }));
        // The first temporary password may have run out.
        if (hasNeverSignedIn(known)) await resend(email);
        return subjectIn(known.UserAttributes);
      }
    },

    async inviteAgain(email) {
      try {
        const known = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
        if (hasNeverSignedIn(known)) await resend(email);
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw error;
      }
    },

    async close(subject) {
      try {
        // In such a pool the subject is the user's name. It stays the same when the e-mail address changes.
        await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: subject }));
        await cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: subject }));
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw error;
      }
    },
  };
}
