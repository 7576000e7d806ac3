import type * as z from "zod";
import type { publicView } from "../../case/views/schemas.ts";
import type { Language, Text } from "../../language.ts";
import { attributes, type Html, html } from "../html.ts";
import { pageIn } from "../layout.ts";
import { chip } from "../parts/turn.ts";
import { daySeen } from "./moments.ts";

const words = {
  untitled: { id: "Laporan", en: "Report" },
  also: { id: "juga mengalami ini", en: "have this too" },
} as const satisfies Record<string, Text>;

/** A list does not say where each office is. Most are in this zone. */
const usualZone = "Asia/Makassar";

type Shown = Pick<
  z.output<typeof publicView>,
  "trackingNumber" | "title" | "statusText" | "agency" | "location" | "submittedAt" | "supports"
>;

/** A public case in a list: what it is about, where it stands, who has it, where and when it was. */
export function publicEntry(one: Shown, language: Language): Html {
  const { trackingNumber, title, statusText, agency, location, submittedAt, supports } = one;
  const about = [
    agency?.name,
    location?.regionName,
    daySeen(submittedAt, usualZone, language),
    supports && supports.count > 0 && `${supports.count} ${words.also[language]}`,
  ].filter((part) => typeof part === "string");
  return html`<h3><a href="${pageIn(language, `/laporan/${trackingNumber}`)}" ${attributes({ lang: title && "id" })}>${title ?? `${words.untitled[language]} ${trackingNumber}`}</a></h3>
<p>${chip("calm", statusText)}</p><p class="hint">${about.join(" · ")}</p>`;
}
