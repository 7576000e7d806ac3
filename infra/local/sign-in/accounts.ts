import { createHash } from "node:crypto";
import type { IssuerData } from "./issuer-data.ts";
import type { SignInOfficer } from "./officers.ts";

/** The answer to one of Cognito's JSON actions. */
export type ActionAnswer = { status: number; body: object };

const done: ActionAnswer = { status: 200, body: {} };
const refusal = (type: string, message: string): ActionAnswer => ({
  status: 400,
  body: { __type: type, message },
});

/** The subject of an account, in the form of Cognito's. An address that was released gives another one to whoever gets it next. */
const subjectOf = ({ released = {} }: IssuerData, username: string): string => {
  const times = released[username] ?? 0;
  const digest = createHash("sha256")
    .update(times === 0 ? username : `${username}#${times}`)
    .digest("hex");
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
};

/** An account: whom the directory was loaded with has one too, as somebody who has signed in. */
type Account = { email: string; sub: string; isLoaded: boolean };

const find = (
  data: IssuerData,
  officers: readonly Pick<SignInOfficer, "email" | "subject" | "dismissedAt">[],
  named: string,
): Account | undefined => {
  const made = data.accounts
    .map((email) => ({ email, sub: subjectOf(data, email), isLoaded: false }))
    .find(({ email, sub }) => email === named || sub === named);
  if (made) return made;
  const loaded = officers.find(
    ({ email, subject, dismissedAt }) =>
      !dismissedAt && (email.toLowerCase() === named || subject.toLowerCase() === named),
  );
  return loaded && { email: loaded.email.toLowerCase(), sub: loaded.subject, isLoaded: true };
};

const userOf = ({ disabled = [], signedIn = [] }: IssuerData, { email, sub, isLoaded }: Account) => ({
  Username: sub,
  Enabled: !disabled.includes(email),
  UserStatus: isLoaded || signedIn.includes(sub) ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD",
});

const attributesOf = ({ email, sub }: Account) => [
  { Name: "email", Value: email },
  { Name: "email_verified", Value: "true" },
  { Name: "sub", Value: sub },
];

const create = (
  data: IssuerData,
  known: Account | undefined,
  named: string,
  again: boolean,
): ActionAnswer => {
  if (again && !known) return refusal("UserNotFoundException", "User does not exist.");
  if (!again && known)
    return refusal("UsernameExistsException", "An account with the given email already exists.");
  if (!known) data.accounts.push(named);
  const account = known ?? { email: named, sub: subjectOf(data, named), isLoaded: false };
  const user = userOf(data, account);
  if (again && user.UserStatus === "CONFIRMED")
    return refusal(
      "UnsupportedUserStateException",
      "Resend not possible. User status is not FORCE_CHANGE_PASSWORD.",
    );
  return { status: 200, body: { User: { ...user, Attributes: attributesOf(account) } } };
};

/**
 * Answers the actions of Cognito by which an administrator gives officers an account or ends it. Nobody gets a password or an
 * authenticator here.
 */
export const accountAction = (
  data: IssuerData,
  { officers, endSessions }: { officers: Parameters<typeof find>[1]; endSessions: (subject: string) => void },
  action: string,
  input: { Username?: unknown; MessageAction?: unknown },
): ActionAnswer => {
  const named = typeof input.Username === "string" ? input.Username.toLowerCase() : "";
  if (!named) return refusal("InvalidParameterException", "Username is required.");
  // As in a pool whose users sign in by e-mail: the user's name is the subject, the address stands for it.
  const known = find(data, officers, named);
  if (action === "AdminCreateUser") return create(data, known, named, input.MessageAction === "RESEND");
  if (!known) return refusal("UserNotFoundException", "User does not exist.");
  switch (action) {
    case "AdminGetUser":
      return { status: 200, body: { ...userOf(data, known), UserAttributes: attributesOf(known) } };
    case "AdminDeleteUser":
      endSessions(known.sub);
      data.accounts = data.accounts.filter((email) => email !== known.email);
      data.disabled = (data.disabled ?? []).filter((email) => email !== known.email);
      data.released = { ...data.released, [known.email]: (data.released?.[known.email] ?? 0) + 1 };
      return done;
    case "AdminDisableUser":
      data.disabled = [...new Set([...(data.disabled ?? []), known.email])];
      return done;
    case "AdminUserGlobalSignOut":
      endSessions(known.sub);
      return done;
    case "AdminDeleteSoftwareToken":
      return done; // nobody has one here
    default:
      return refusal("UnknownOperationException", `infra/local does not imitate ${action}.`);
  }
};
