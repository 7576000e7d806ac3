import { createHash } from "node:crypto";

/** The answer to one of Cognito's JSON actions. */
export type ActionAnswer = { status: number; body: object };

const refusal = (type: string, message: string): ActionAnswer => ({
  status: 400,
  body: { __type: type, message },
});

/** The subject that the issuer knows an account by: always the same one for the same name, in the form of Cognito's. */
const subjectOf = (username: string): string => {
  const digest = createHash("sha256").update(username).digest("hex");
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
};

/** Answers the two actions of Cognito by which an administrator gives officers an account. Nobody gets a password here. */
export const accountAction = (
  { accounts }: { accounts: string[] },
  save: () => void,
  action: string,
  input: { Username?: unknown },
): ActionAnswer => {
  const username = typeof input.Username === "string" ? input.Username.toLowerCase() : "";
  if (!username) return refusal("InvalidParameterException", "Username is required.");
  const known = accounts.includes(username);
  const sub = subjectOf(username);
  const attributes = [
    { Name: "email", Value: username },
    { Name: "email_verified", Value: "true" },
    { Name: "sub", Value: sub },
  ];
  // As in a pool whose users sign in by e-mail: the user's name is the subject.
  const user = { Username: sub, Enabled: true, UserStatus: "FORCE_CHANGE_PASSWORD" };
  switch (action) {
    case "AdminCreateUser":
      if (known) return refusal("UsernameExistsException", "An account with the given email already exists.");
      accounts.push(username);
      save();
      return { status: 200, body: { User: { ...user, Attributes: attributes } } };
    case "AdminGetUser":
      if (!known) return refusal("UserNotFoundException", "User does not exist.");
      return { status: 200, body: { ...user, UserAttributes: attributes } };
    default:
      return refusal("UnknownOperationException", `infra/local does not imitate ${action}.`);
  }
};
