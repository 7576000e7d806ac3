import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Seen } from "./visitor.ts";

/** What nobody may come to know by looking at addresses, headers, titles, logs or caches. */
export interface Secrets {
  receipt?: string;
  name?: string;
  email?: string;
  phone?: string;
  nik?: string;
}

const decoded = (text: string): string => {
  try {
    const once = decodeURIComponent(text.replace(/\+/g, " "));
    return once === text ? text : decoded(once);
  } catch {
    return text; // a stray "%" stays what it is
  }
};

/** However it is grouped, cased or encoded, it is the same secret. */
const plain = (text: string) => text.toLowerCase().replace(/[\s\-+.()]/g, "");
const base64 = (text: string) => plain(Buffer.from(text).toString("base64").replace(/=+$/, ""));

/** The forms in which a secret may appear. A telephone number is the same with 0 and with 62 in front. */
function formsOf(kind: string, secret: string): string[] {
  const digits = kind === "phone" ? [plain(secret).replace(/^(62|0)/, "")] : [];
  const forms = [plain(secret), ...digits, base64(secret)];
  for (const form of forms)
    if (form.length < 5) throw new Error(`"${secret}" is too short to be looked for: it may be anywhere.`);
  return forms;
}

/** Lists the secrets in these texts. `where` says what the texts are. */
export function secretsIn(secrets: Secrets, where: string, texts: Iterable<string>): string[] {
  const wanted = Object.entries(secrets).map(([kind, secret]) => ({
    kind,
    forms: formsOf(kind, String(secret)),
  }));
  const found: string[] = [];
  for (const text of texts) {
    const hay = [plain(text), plain(decoded(text))];
    for (const { kind, forms } of wanted)
      if (forms.some((form) => hay.some((each) => each.includes(form))))
        found.push(`the ${kind} is in ${where}: ${text.slice(0, 200)}`);
  }
  return found;
}

/** Lists the secrets in what a browser showed, sent and got: addresses, headers, titles, and answers that may be kept. */
export const secretsSeen = (secrets: Secrets, seen: Seen): string[] => [
  ...secretsIn(secrets, "an address", seen.urls),
  ...secretsIn(secrets, "a Referer", seen.referers),
  ...secretsIn(secrets, "a Location", seen.locations),
  ...secretsIn(secrets, "a title", seen.titles),
  ...secretsIn(secrets, "a header of a request", seen.requestHeaders),
  ...secretsIn(secrets, "a header of an answer", seen.answerHeaders),
  ...secretsIn(
    secrets,
    "an answer that may be kept",
    seen.cacheable.map(({ url, body }) => `${url} ${body}`),
  ),
];

/** Lists the secrets in the logs of a system's data folder. */
export const secretsLogged = (secrets: Secrets, dataDir: string): string[] =>
  globSync("**/*.log", { cwd: dataDir })
    .filter((file) => statSync(join(dataDir, file)).isFile())
    .flatMap((file) => secretsIn(secrets, file, readFileSync(join(dataDir, file), "utf8").split("\n")));
