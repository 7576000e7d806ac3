import { cookieSealOf } from "../../platform/cookie-seal.ts";
import { keyedHashOf } from "../../platform/encryption.ts";
import { namedTexts, type settings, text, webAddress } from "../../platform/settings.ts";
import type { Frame } from "./visit.ts";

/** What the stack tells every function that has pages. */
export const frameVariables = { PAGES_KEY: text, STATIC_FILES: namedTexts, SITE_URL: webAddress.optional() };

/** What all pages of a function share. */
export const frameOf = (
  env: ReturnType<typeof settings<typeof frameVariables>>,
  { waiting, now }: Pick<Frame, "waiting" | "now">,
): Frame => ({
  siteUrl: env.SITE_URL,
  files: env.STATIC_FILES,
  seal: cookieSealOf(keyedHashOf(env.PAGES_KEY)),
  waiting,
  now,
});
