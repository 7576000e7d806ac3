import {
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { patience, patientClient } from "../platform/patience.ts";

/** Whether an account was used yet. "none" means that there is no such account, or that it may not sign in. */
export type AccountState = "invited" | "active" | "none";

/** Keeps the accounts that officers sign in with. An account is an e-mail address. */
export interface AccountStore {
  /**
   * Opens an account for an e-mail address and mails the invitation, or finds the one that is there. An account that has
   * ended is deleted and makes way for a new one with another subject.
   */
  open(email: string): Promise<{ subject: string; isNew: boolean }>;
  /** The account that an address has already. It opens none and mails nobody. */
  find(email: string): Promise<string | undefined>;
  stateOf(subject: string): Promise<AccountState>;
  /** Mails the invitation again, with a new temporary password, to the owner of an account that was never used. */
  inviteAgain(email: string): Promise<void>;
  /**
   * Ends an account for good, with its sessions. Its address is free: whoever is invited with it next gets another subject. A
   * repeated call changes nothing more. A subject without an account is ignored.
   */
  close(subject: string): Promise<void>;
  /**
   * Forgets the authenticator of an account and ends its sessions. The next sign-in sets up a new one. A repeated call
   * changes nothing more. A subject without an account is ignored.
   */
  resetAuthenticator(subject: string): Promise<void>;
}

export const accountClient = (): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient(patientClient(patience.accounts));

type Attributes = { Name?: string | undefined; Value?: string | undefined }[] | undefined;

const subjectIn = (attributes: Attributes): string => {
  const subject = attributes?.find(({ Name }) => Name === "sub")?.Value;
  if (!subject) throw new Error("The user pool gave an account without a subject");
  return subject;
};

/** Keeps accounts in a Cognito user pool whose users sign in by e-mail. Cognito mails the invitation itself. */
export function cognitoAccounts(cognito: CognitoIdentityProviderClient, UserPoolId: string): AccountStore {
  const create = async (email: string): Promise<string> => {
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
  };
  /** In such a pool the user's name is the subject, and the address stands for it. */
  const find = async (Username: string): Promise<AdminGetUserCommandOutput | undefined> => {
    try {
      return await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  };
  const unlessGone = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof UserNotFoundException)) throw error;
    }
  };
  const remove = (Username: string) =>
    unlessGone(() => cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username })));

  return {
    async open(email) {
      try {
        return { subject: await create(email), isNew: true };
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) throw error;
      }
      const known = await find(email);
      if (known?.Enabled) return { subject: subjectIn(known.UserAttributes), isNew: false };
      if (known) await remove(subjectIn(known.UserAttributes));
      return { subject: await create(email), isNew: true };
    },

    async find(email) {
      const known = await find(email);
      return known?.Enabled ? subjectIn(known.UserAttributes) : undefined;
    },

    async stateOf(subject) {
      const known = await find(subject);
      if (!known?.Enabled) return "none";
      return known.UserStatus === "FORCE_CHANGE_PASSWORD" ? "invited" : "active";
    },

    inviteAgain: (email) =>
      unlessGone(() =>
        cognito.send(
          new AdminCreateUserCommand({
            UserPoolId,
            Username: email,
            MessageAction: "RESEND",
            DesiredDeliveryMediums: ["EMAIL"],
          }),
        ),
      ),

    close: (Username) =>
      unlessGone(async () => {
        await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
        await cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
      }),

    resetAuthenticator: (Username) =>
      unlessGone(async () => {
        await cognito.send(new AdminDeleteSoftwareTokenCommand({ UserPoolId, Username }));
        await cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
      }),
  };
}
