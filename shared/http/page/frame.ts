import { cookieSealOf } from "../../platform/cookie-seal.ts";
import { keyedHashOf } from "../../platform/encryption.ts";
import { namedTexts, type settings, text, webAddress } from "../../platform/settings.ts";
import type { OfficerFrame } from "./officer.ts";
import type { Frame } from "./visit.ts";

/** What the stack tells every function that has pages. */
export const frameVariables = { PAGES_KEY: text, STATIC_FILES: namedTexts, SITE_URL: webAddress.optional() };

type Told = ReturnType<typeof settings<typeof frameVariables>>;

/** What the pages of officers share in a function. */
export const officerFrameOf = (env: Told, { now }: Pick<Frame, "now">): OfficerFrame => ({
  siteUrl: env.SITE_URL,
  files: env.STATIC_FILES,
  seal: cookieSealOf(keyedHashOf(env.PAGES_KEY)),
  now,
});

/** What all pages of a function share. */
export const frameOf = (env: Told, { waiting, now }: Pick<Frame, "waiting" | "now">): Frame => ({
  ...officerFrameOf(env, { now }),
  waiting,
});
