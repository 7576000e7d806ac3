import { localDateInWords } from "../../deadline/calendar/time-zone.ts";
import { clockText } from "../../deadline/clock-view.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, html } from "../html.ts";
import { pageIn } from "../layout.ts";
import { officersCase } from "../officer/move-addresses.ts";

const words = {
  nothingYet: {
    id: "Ini percobaan. Belum ada yang berubah.",
    en: "This is a trial. Nothing has changed yet.",
  },
  partial: {
    id: "Waktunya tidak cukup untuk menghitung semua laporan. Angka di bawah hanya dari laporan yang sempat dihitung; akibat sebenarnya lebih besar.",
    en: "There was no time to count all cases. The numbers below are of those counted; what really follows is more.",
  },
  counted: { id: "laporan terbuka dihitung", en: "open cases counted" },
  moved: { id: "pindah batas waktunya", en: "get another date" },
  becomeLate: { id: "menjadi terlambat", en: "become late" },
  noLongerLate: { id: "tidak terlambat lagi", en: "are late no more" },
  examples: { id: "Contoh", en: "Examples" },
  number: { id: "Laporan", en: "Case" },
  clock: { id: "Hitungan hari", en: "Count of days" },
  from: { id: "Sekarang", en: "Now" },
  to: { id: "Menjadi", en: "Then" },
} as const satisfies Record<string, Text>;

interface Figures {
  counted: number;
  moved: number;
  becomeLate: number;
  noLongerLate: number;
  examples: readonly { trackingNumber: string; clock: string; from: string; to: string }[];
  complete: boolean;
}

const clockInWords = (clock: string, language: Language): string =>
  Object.hasOwn(clockText, clock) ? clockText[clock as keyof typeof clockText][language] : clock;

/** What a change would do to the open cases, with examples that can be opened. */
export function trialFigures(trial: Figures, language: Language): Hole {
  const { counted, moved, becomeLate, noLongerLate, examples, complete } = trial;
  const count = (number: number, label: Text, kind = ""): Hole =>
    html`<li class="${number > 0 ? kind : ""}"><b>${number}</b>${label[language]}</li>`;
  return html`<p class="notice" role="status">${words.nothingYet[language]}</p>
<ul class="counts">${count(moved, words.moved, "due")}${count(becomeLate, words.becomeLate, "late")}${count(noLongerLate, words.noLongerLate)}${count(counted, words.counted)}</ul>
${!complete && html`<p class="notice">${words.partial[language]}</p>`}
${
  examples.length > 0 &&
  html`<h2>${words.examples[language]}</h2><div class="scroll" tabindex="0" role="region" aria-label="${words.examples[language]}"><table><thead><tr><th scope="col">${words.number[language]}</th><th scope="col">${words.clock[language]}</th><th scope="col">${words.from[language]}</th><th scope="col">${words.to[language]}</th></tr></thead><tbody>${examples.map(
    ({ trackingNumber, clock, from, to }) =>
      html`<tr><td><a class="link number" href="${pageIn(language, officersCase(trackingNumber))}">${trackingNumber}</a></td><td>${clockInWords(clock, language)}</td><td>${localDateInWords(from, language)}</td><td>${localDateInWords(to, language)}</td></tr>`,
  )}</tbody></table></div>`
}`;
}
