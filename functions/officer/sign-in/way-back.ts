import type { Language } from "../../../shared/language.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { IssuerFailure } from "../../../shared/platform/issuer.ts";
import type { Desk } from "../desk.ts";

/** A page of this site as the issuer knows it. It sends officers to no other. */
export function registeredAddress(
  { frame }: Pick<Desk, "frame">,
  path: string,
  language: Language = "id",
): string {
  if (frame.siteUrl === undefined) throw new IssuerFailure("silent", "no siteUrl");
  return new URL(pageIn(language, path), frame.siteUrl).href;
}
