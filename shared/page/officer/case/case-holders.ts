import type { TimeZone } from "../../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../../language.ts";
import { daySeen, momentSeen } from "../../case/moments.ts";
import type { EntrySeen } from "../../case/timeline.ts";
import { type Html, html } from "../../html.ts";

const words = {
  now: { id: "Sekarang", en: "Now" },
  since: { id: "sejak", en: "since" },
  agency: { id: "Instansi", en: "Agency" },
  held: { id: "Lamanya", en: "How long" },
  then: { id: "Sesudah itu", en: "Afterwards" },
  returned: { id: "Sudah dikembalikan {count} kali.", en: "Returned {count} times so far." },
  nobody: { id: "Belum ada instansi", en: "No agency yet" },
} as const satisfies Record<string, Text>;

/** A stay of a case with an agency, and what ended it. */
export interface Stay {
  agency: string;
  heldSeconds: number;
  /** What ended it, as the timeline says it. */
  ended: string;
  at: string;
}

const nameOf = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null && "name" in value && typeof value.name === "string"
    ? value.name
    : undefined;

/** The agencies that had a case before the one that has it now, as its timeline tells. */
function staysIn(entries: readonly EntrySeen[]): Stay[] {
  const stays: Stay[] = [];
  let holder: string | undefined;
  for (const { content = {}, agency, text, at } of entries) {
    const [from, to] = [nameOf(content.from), nameOf(content.to)];
    if (to === undefined || typeof content.heldSeconds !== "number") continue;
    const before = from ?? holder ?? agency?.name;
    // An agency that verifies a report of its own keeps it.
    if (before !== undefined && before !== to)
      stays.push({ agency: before, heldSeconds: content.heldSeconds, ended: text, at });
    holder = to;
  }
  return stays;
}

const hour = 60 * 60;

/** How long an agency had a case: in hours, and from two days on in days. */
function heldInWords(seconds: number, language: Language): string {
  const hours = Math.floor(seconds / hour);
  if (hours < 1) return { id: "kurang dari satu jam", en: "less than an hour" }[language];
  if (hours < 48) return { id: `${hours} jam`, en: `${hours} hour${hours === 1 ? "" : "s"}` }[language];
  const days = Math.floor(hours / 24);
  return { id: `${days} hari kalender`, en: `${days} calendar days` }[language];
}

/** Who has a case, since when, and who had it before. */
export function holdersSeen(
  {
    agency,
    heldSince,
    returns = 0,
    timeline = [],
  }: {
    agency: { name: string } | null;
    heldSince?: string | undefined;
    returns?: number | undefined;
    timeline?: readonly EntrySeen[] | undefined;
  },
  { zone, now }: { zone: TimeZone; now: Date },
  language: Language,
): Html {
  const stays = staysIn(timeline);
  const held = heldSince && (now.getTime() - Date.parse(heldSince)) / 1000;
  return html`<p>${words.now[language]}: <b>${agency?.name ?? words.nobody[language]}</b>${heldSince && held !== undefined && html`, ${words.since[language]} ${momentSeen(heldSince, zone, language)} (${heldInWords(Number(held), language)})`}.${returns > 0 && html` ${words.returned[language].replace("{count}", String(returns))}`}</p>
${
  stays.length > 0 &&
  html`<div class="scroll" tabindex="0" role="region" aria-label="${words.held[language]}"><table><thead><tr><th scope="col">${words.agency[language]}</th><th scope="col">${words.held[language]}</th><th scope="col">${words.then[language]}</th></tr></thead><tbody>${stays.map(
    (stay) =>
      html`<tr><td>${stay.agency}</td><td>${heldInWords(stay.heldSeconds, language)}</td><td>${stay.ended}<br><span class="hint">${daySeen(stay.at, zone, language)}</span></td></tr>`,
  )}</tbody></table></div>`
}`;
}
