import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";

/** Where officers have the accounts that they sign in with. */
export interface AccountStore {
  /** Gives whoever has this e-mail address an account, or finds and enables theirs; tells its subject. May be repeated. */
  open(email: string): Promise<string>;
  /** Ends an account's sign-ins and lets it begin none. May be repeated; a subject without an account is none of ours. */
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

/** Accounts of a Cognito user pool whose users sign in by e-mail. It mails the invitation itself. */
export function cognitoAccounts(cognito: CognitoIdentityProviderClient, UserPoolId: string): AccountStore {
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
        return subjectIn(known.UserAttributes);
      }
    },

    async close(subject) {
      try {
        // In a pool whose users sign in by e-mail the subject is the user's name, and stays it when the address changes.
        await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: subject }));
        await cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: subject }));
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw error;
      }
    },
  };
}
