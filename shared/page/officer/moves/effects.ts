import type { Case } from "../../../case/case.ts";
import type { CaseEvent } from "../../../case/history.ts";
import { situationInWords } from "../../../case/moves/table.ts";
import { dateInWords, localDateInWords, type TimeZone } from "../../../deadline/calendar/time-zone.ts";
import type { Clock } from "../../../deadline/clock.ts";
import { clockText } from "../../../deadline/clock-view.ts";
import type { Language, Text } from "../../../language.ts";
import { type Html, html } from "../../html.ts";

/** What a move does to one clock. */
interface ClockEffect {
  kind: "begins" | "pauses" | "goes-on" | "ends" | "moves";
  clock: Clock;
  /** The due date before. */
  from?: string | undefined;
}

const sameClock = (one: Clock) => (other: Clock) =>
  other.name === one.name && other.startedAt === one.startedAt;

/** Each clock after a move with what it was before. Of clocks that began at one moment, the earlier one is the earlier one. */
const withEarlier = (before: readonly Clock[], after: readonly Clock[]) =>
  after.map((clock, at) => ({
    clock,
    earlier: before.filter(sameClock(clock))[after.slice(0, at).filter(sameClock(clock)).length],
  }));

/** What a move does to the clocks of a case: the clocks before it are compared with those after it. */
const clockEffects = (before: readonly Clock[], after: readonly Clock[]): ClockEffect[] =>
  withEarlier(before, after).flatMap(({ clock, earlier }): ClockEffect[] => {
    if (!earlier) return [{ kind: "begins", clock }];
    const { due: from, endedAt } = earlier;
    if (clock.endedAt !== undefined) return endedAt === undefined ? [{ kind: "ends", clock }] : [];
    if (endedAt !== undefined) return [{ kind: "goes-on", clock }];
    if (from === clock.due) return [];
    if (clock.due === undefined) return [{ kind: "pauses", clock }];
    return [{ kind: from === undefined ? "goes-on" : "moves", clock, from }];
  });

const date = (one: string | undefined, language: Language): string =>
  one === undefined ? "" : localDateInWords(one, language);

/** "14 hari kerja", "30 calendar days" */
function daysOf({ limit, extendedBy = 0 }: Clock, language: Language): string {
  const days = limit.days + extendedBy;
  const working = limit.unit === "working-days";
  const s = days === 1 ? "" : "s";
  return language === "id"
    ? `${days} hari ${working ? "kerja" : "kalender"}`
    : `${days} ${working ? "working" : "calendar"} day${s}`;
}

/** The clocks that the reporter has to keep. */
const ofReporter: Partial<Record<Clock["name"], (days: string, until: string) => Text>> = {
  reply: (days, until) => ({
    id: `Pelapor punya ${days} untuk menanggapi, sampai ${until}.`,
    en: `The reporter has ${days} to respond, until ${until}.`,
  }),
  "completing-file": (days, until) => ({
    id: `Pelapor punya ${days} untuk melengkapi, sampai ${until}.`,
    en: `The reporter has ${days} to complete it, until ${until}.`,
  }),
};

const endings: Record<NonNullable<Clock["outcome"]>, (name: string) => Text> = {
  met: (name) => ({
    id: `Hitungan ${name} selesai, dalam batasnya.`,
    en: `${name}: done, within its limit.`,
  }),
  missed: (name) => ({
    id: `Hitungan ${name} selesai, sesudah batasnya lewat.`,
    en: `${name}: done, after its limit had passed.`,
  }),
  cancelled: (name) => ({ id: `Hitungan ${name} tidak berlaku lagi.`, en: `${name}: no longer counts.` }),
};

/** What happens to a clock, in a sentence. */
function sentence({ kind, clock, from }: ClockEffect, language: Language): Text {
  const name = clockText[clock.name][language];
  const days = daysOf(clock, language);
  const due = date(clock.due, language);
  switch (kind) {
    case "begins":
      return (
        ofReporter[clock.name]?.(days, due) ?? {
          id: `Memulai hitungan ${name}: ${days}, paling lambat ${due}.`,
          en: `Starts the count of ${name}: ${days}, by ${due}.`,
        }
      );
    case "pauses":
      return {
        id: `Menghentikan hitungan ${days} (${name}).`,
        en: `Stops the count of ${days} (${name}).`,
      };
    case "goes-on":
      return {
        id: `Hitungan ${name} berjalan lagi, paling lambat ${due}.`,
        en: `The count of ${name} goes on, by ${due}.`,
      };
    case "moves":
      return {
        id: `Batas ${name} pindah dari ${date(from, language)} menjadi ${due}.`,
        en: `The limit of ${name} moves from ${date(from, language)} to ${due}.`,
      };
    case "ends":
      return endings[clock.outcome ?? "met"](name);
  }
}

const words = {
  stays: { id: "Hitungan hari tidak berubah.", en: "No count of days changes." },
  stillBy: { id: "tetap paling lambat", en: "still by" },
  object: { id: "Pelapor dapat mengajukan keberatan sampai", en: "The reporter can object until" },
  appeal: { id: "Pelapor dapat mengajukan banding sampai", en: "The reporter can appeal until" },
  then: { id: "Sesudah ini", en: "After this" },
  at: { id: "di", en: "at" },
  chosen: { id: "instansi yang Anda pilih", en: "the agency that you choose" },
  unless: { id: ", kecuali bila Anda memilih instansi lain", en: ", unless you choose another agency" },
  shownAgain: {
    id: "Bagian ini mengikuti pilihan instansi Anda. Sesudah memilih, tekan “Simpan dulu” untuk melihatnya.",
    en: "This follows the agency that you choose. Once chosen, press “Save for now” to see it.",
  },
} as const satisfies Record<string, Text>;

interface Seen {
  before: Case;
  after: Case;
  event: CaseEvent;
  /** The agency that has the case afterwards. */
  agency: { name: string; timeZone: TimeZone };
}

/** The time that the event gives the reporter, which no clock shows. */
function timeGiven({ event, agency }: Seen, language: Language): string[] {
  const { objectUntil, appealUntil } = event.content as { objectUntil?: string; appealUntil?: string };
  return [
    objectUntil && `${words.object[language]} ${dateInWords(objectUntil, agency.timeZone, language)}.`,
    appealUntil && `${words.appeal[language]} ${dateInWords(appealUntil, agency.timeZone, language)}.`,
  ].filter((one): one is string => typeof one === "string");
}

/** An agency that is still to be chosen: "open" where one has to be, "may-change" where none has to. */
type AgencyChoice = "open" | "may-change";

/** What a move does to the clocks of a case, and where the case stands afterwards, in words. */
export function effectsOfMove(seen: Seen, language: Language, choice?: AgencyChoice): Html {
  const { before, after, agency } = seen;
  const changed = clockEffects(before.clocks, after.clocks).map((one) => sentence(one, language)[language]);
  const untouched = withEarlier(before.clocks, after.clocks)
    .filter(({ clock: { endedAt, due }, earlier }) => !endedAt && due !== undefined && due === earlier?.due)
    .filter(({ earlier }) => earlier?.endedAt === undefined)
    .map(
      ({ clock: one }) =>
        `${clockText[one.name][language]}: ${words.stillBy[language]} ${date(one.due, language)}.`,
    );
  return html`<ul>${[...(changed.length > 0 ? changed : [words.stays[language]]), ...timeGiven(seen, language), ...untouched].map((one) => html`<li>${one}</li>`)}</ul>
<p>${words.then[language]}: <b>${situationInWords(after, language)}</b>, ${words.at[language]} ${choice === "open" ? words.chosen[language] : agency.name}${choice === "may-change" && words.unless[language]}.</p>${choice && html`<p class="hint">${words.shownAgain[language]}</p>`}`;
}
