import { localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, type Html, html } from "../html.ts";
import { summaryList } from "../parts/lists.ts";
import { chip } from "../parts/turn.ts";
import { type ClockShown, clockStates } from "./clocks.ts";
import { daySeen } from "./moments.ts";

const words = {
  due: { id: "Paling lambat", en: "By" },
  paused: { id: "Tanggalnya ditentukan saat berjalan lagi.", en: "Its date is set when it runs again." },
  ended: { id: "berakhir", en: "ended" },
} as const satisfies Record<string, Text>;

/** The clocks of a case in short: until when each runs, and how it stands. */
export function clocksInShort(clocks: readonly ClockShown[], zone: TimeZone, language: Language): Html {
  const value = ({ dueDate, endedAt, state }: ClockShown): Hole => {
    const { tone, text } = clockStates[state];
    return html`${
      dueDate === null
        ? words.paused[language]
        : html`${words.due[language]} ${localDateInWords(dueDate, language)}`
    } ${chip(tone, text[language])}${endedAt !== undefined && html`<br><small>${words.ended[language]} ${daySeen(endedAt, zone, language)}</small>`}`;
  };
  return summaryList(clocks.map((clock) => ({ label: clock.name, value: value(clock) })));
}
