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

/** Answers the actions of Cognito by which an administrator gives officers an account or ends it. Nobody gets a password here. */
export const accountAction = (
  data: { accounts: string[]; disabled?: string[] },
  save: () => void,
  action: string,
  input: { Username?: unknown; MessageAction?: unknown },
): ActionAnswer => {
  const { accounts, disabled = [] } = data;
  const named = typeof input.Username === "string" ? input.Username.toLowerCase() : "";
  if (!named) return refusal("InvalidParameterException", "Username is required.");
  // As in a pool whose users sign in by e-mail: the user's name is the subject, the address stands for it.
  const username = accounts.find((account) => account === named || subjectOf(account) === named) ?? named;
  const known = accounts.includes(username);
  const sub = subjectOf(username);
  const attributes = [
    { Name: "email", Value: username },
    { Name: "email_verified", Value: "true" },
    { Name: "sub", Value: sub },
  ];
  const user = {
    Username: sub,
    Enabled: !disabled.includes(username),
    UserStatus: "FORCE_CHANGE_PASSWORD",
  };
  const others = disabled.filter((account) => account !== username);
  if (action === "AdminCreateUser") {
    if (input.MessageAction === "RESEND")
      return known
        ? { status: 200, body: { User: { ...user, Attributes: attributes } } }
        : refusal("UserNotFoundException", "User does not exist.");
    if (known) return refusal("UsernameExistsException", "An account with the given email already exists.");
    accounts.push(username);
    save();
    return { status: 200, body: { User: { ...user, Attributes: attributes } } };
  }
  if (!known) return refusal("UserNotFoundException", "User does not exist.");
  switch (action) {
    case "AdminGetUser":
      return { status: 200, body: { ...user, UserAttributes: attributes } };
    case "AdminEnableUser":
    case "AdminDisableUser":
      data.disabled = action === "AdminDisableUser" ? [...others, username] : others;
      save();
      return { status: 200, body: {} };
    case "AdminUserGlobalSignOut":
      return { status: 200, body: {} }; // sessions end with the directory's entry, which every sign-in asks
    default:
      return refusal("UnknownOperationException", `infra/local does not imitate ${action}.`);
  }
};
