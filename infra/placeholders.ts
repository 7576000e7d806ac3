import type { Stage } from "./config.ts";

/** Nobody can have a name below these (RFC 2606, RFC 6761). */
const reserved = /(?:^|[.@/])(?:example|test|invalid|localhost)$|(?:^|[.@/])example\.(?:com|net|org)$/i;

/** What people write where a value is still to be found. */
const toBeFilledIn = /[<>…]|\b(?:to-?do|tbd|fixme|change-?me|placeholder|x{3,})\b/i;

/** Accounts of documentation, which belong to nobody. */
const inventedAccounts = ["000000000000", "111122223333", "123456789012"];

/** The host of a URL, and what else a name is looked up by. */
const hostOf = (text: string): string => {
  if (/^[a-z]+:\/\//i.test(text) && URL.canParse(text)) return new URL(text).hostname;
  return text.replace(/:\d+$/, "");
};

/** Every text of a stage, by where it stands: `signIn.callbackUrls.0`. */
const textsIn = (value: unknown, at: string): [string, string][] => {
  if (typeof value === "string") return [[at, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, at === "" ? key : `${at}.${key}`));
};

/** Lists what somebody still has to fill in before people can use a stage, one sentence each, by the name of the setting. */
export function placeholdersIn(stage: Stage): string[] {
  const { account } = stage;
  return [
    ...(account === undefined
      ? ["account is not set: a deployment goes into whatever account the credentials are for"]
      : inventedAccounts.includes(account)
        ? [`account is ${account}, which is an account of examples`]
        : []),
    ...textsIn(stage, "").flatMap(([setting, text]) => {
      if (toBeFilledIn.test(text)) return [`${setting} is still to be filled in: "${text}"`];
      if (reserved.test(hostOf(text))) return [`${setting} is "${text}", a name that nobody can have`];
      return [];
    }),
  ];
}

/** Refuses production while something in its settings is still to be filled in. Names all of it at once. */
export function refusePlaceholders(stage: Stage): void {
  const found = stage.production ? placeholdersIn(stage) : [];
  if (found.length > 0)
    throw new Error(
      [`The stage "${stage.name}" cannot be deployed. Fill in, in infra/config.ts:`, ...found].join("\n- "),
    );
}
