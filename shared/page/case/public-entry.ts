import type * as z from "zod";
import type { Timing, timing } from "../../case/clocks/timing.ts";
import type { publicView } from "../../case/views/schemas.ts";
import type { ClockName } from "../../deadline/policy.ts";
import type { Language, Text } from "../../language.ts";
import { attributes, type Html, html } from "../html.ts";
import { pageIn } from "../layout.ts";
import { chip, type Tone } from "../parts/turn.ts";
import { daySeen } from "./moments.ts";
import { left, toneOf } from "./whose-turn.ts";

const words = {
  untitled: { id: "Laporan", en: "Report" },
  paused: { id: "hitungan hari berhenti", en: "the count of days stands still" },
} as const satisfies Record<string, Text>;

/** What a case waits for, by the clock that counts. */
const waiting: Record<ClockName, Text> = {
  verification: { id: "verifikasi", en: "verification" },
  response: { id: "tanggapan awal", en: "first response" },
  completion: { id: "penyelesaian", en: "completion" },
  reply: { id: "penilaian pelapor", en: "the reporter's rating" },
  "completing-file": { id: "kelengkapan dari pelapor", en: "completion by the reporter" },
  "objection-decision": { id: "keputusan keberatan", en: "decision on the objection" },
};

/** "dijawab dalam 4 hari kerja" */
export const answeredIn = (days: number, language: Language): string =>
  ({
    id: days === 0 ? "dijawab pada hari yang sama" : `dijawab dalam ${days} hari kerja`,
    en: days === 0 ? "answered on the same day" : `answered in ${days} working day${days === 1 ? "" : "s"}`,
  })[language];

/** "12 dukungan". Nothing where nobody has said that they have this too. */
export const supportsInShort = (
  supports: { count: number } | undefined,
  language: Language,
): string | undefined =>
  supports && supports.count > 0
    ? { id: `${supports.count} dukungan`, en: `${supports.count} support${supports.count === 1 ? "" : "s"}` }[
        language
      ]
    : undefined;

/** How a case stands in time, in one line: in how many days it was answered, or what it waits for and until when. */
function timingInShort({ answeredAfter, waitsFor }: Timing, language: Language): string[] {
  const answered = answeredAfter === null ? [] : [answeredIn(answeredAfter, language)];
  if (!waitsFor) return answered;
  const until = waitsFor.dueDate === null ? words.paused[language] : left(waitsFor, language);
  return [...answered, `${waiting[waitsFor.clock][language]}: ${until}`];
}

/** A reporter who does not rate is late with nothing: then the case closes. */
const toneOfTiming = ({ waitsFor }: Timing): Tone =>
  !waitsFor || waitsFor.dueDate === null || waitsFor.clock === "reply" ? "calm" : toneOf(waitsFor.daysLeft);

/** A list does not say where each office is. Most are in this zone. */
const usualZone = "Asia/Makassar";

type Shown = Pick<
  z.output<typeof publicView>,
  "trackingNumber" | "title" | "statusText" | "agency" | "location" | "submittedAt" | "supports"
> & { timing: z.output<typeof timing> };

/** A public case in a list: what it is about, where it stands and since when, who has it, where it was and who has it too. */
export function publicEntry(one: Shown, language: Language): Html {
  const { trackingNumber, title, statusText, agency, location, submittedAt, supports } = one;
  const about = [
    agency?.name,
    location?.regionName,
    daySeen(submittedAt, usualZone, language),
    supportsInShort(supports, language),
  ].filter((part) => typeof part === "string");
  return html`<h3><a href="${pageIn(language, `/laporan/${trackingNumber}`)}" ${attributes({ lang: title && "id" })}>${title ?? `${words.untitled[language]} ${trackingNumber}`}</a></h3>
<p>${chip(toneOfTiming(one.timing), statusText)} <small>${timingInShort(one.timing, language).join(" · ")}</small></p><p class="hint">${about.join(" · ")}</p>`;
}
