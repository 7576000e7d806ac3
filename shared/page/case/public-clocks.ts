import { localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html } from "../html.ts";
import { chip } from "../parts/turn.ts";
import { type ClockShown, clockStates } from "./clocks.ts";
import { daySeen } from "./moments.ts";

const words = {
  caption: { id: "Batas waktu laporan ini", en: "Deadlines of this report" },
  step: { id: "Langkah", en: "Step" },
  due: { id: "Paling lambat", en: "At the latest" },
  state: { id: "Keadaan", en: "State" },
  paused: { id: "ditentukan saat berjalan lagi", en: "set when it runs again" },
  ended: { id: "berakhir", en: "ended" },
} as const satisfies Record<string, Text>;

/** The clocks of a case in short, a line each: until when, and how it stands. */
export function clocksInShort(clocks: readonly ClockShown[], zone: TimeZone, language: Language): Html {
  const row = ({ name, dueDate, endedAt, state }: ClockShown): Hole => {
    const { tone, text } = clockStates[state];
    return html`<tr><th scope="row">${name}</th><td>${dueDate === null ? words.paused[language] : localDateInWords(dueDate, language)}</td><td>${chip(tone, text[language])}${endedAt !== undefined && html`<br><small>${words.ended[language]} ${daySeen(endedAt, zone, language)}</small>`}</td></tr>`;
  };
  return html`<table><caption class="unseen">${words.caption[language]}</caption><thead><tr><th scope="col">${words.step[language]}</th><th scope="col">${words.due[language]}</th><th scope="col">${words.state[language]}</th></tr></thead><tbody>${clocks.map(row)}</tbody></table>`;
}
