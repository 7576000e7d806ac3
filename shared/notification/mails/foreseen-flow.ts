import type { DirectoryStore } from "../../directory/directory-store.ts";
import type { Language } from "../../language.ts";
import type { About } from "./about.ts";
import { isInternalHop } from "./about-flow.ts";
import type { Mail } from "./mail.ts";
import { reporterNotice } from "./notice.ts";

/** The mail that a reporter with an address would get about an event that has not happened yet. Undefined where they get none. */
export async function foreseenMail(
  directory: DirectoryStore,
  about: About,
  language: Language,
): Promise<Mail | undefined> {
  if (await isInternalHop(directory, about)) return undefined;
  return reporterNotice({ email: "", language }, about);
}
