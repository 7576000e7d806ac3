import { certaintyText, type Ground } from "../../guidance/guidance.ts";
import type { Language, Text } from "../../language.ts";
import type { Lesson } from "../../practice/scenario.ts";
import { type Hole, type Html, html } from "../html.ts";
import { layout, type StaticFiles, type WholePage } from "../layout.ts";

const words = {
  desk: { id: "Keluar dari latihan, ke meja Anda", en: "Leave practice for your desk" },
  nothingSent: { id: "LATIHAN: tidak ada yang terkirim.", en: "PRACTICE: nothing is sent." },
  madeUp: {
    id: "Laporan, orang, dan instansinya karangan. Aturan dan tanggalnya sungguhan.",
    en: "The report, the people and the agencies are made up. The rules and the dates are real.",
  },
  basis: { id: "Dasar", en: "Basis" },
} as const satisfies Record<string, Text>;

/** Where a page of practice is shown, and to whom. */
export interface PracticePlace {
  language: Language;
  address: string;
  files: StaticFiles;
  /** An officer has signed in. Practice reads no directory, so it knows neither their name nor their posts. */
  signedIn: boolean;
}

/** Says on every page of practice that nothing of it is real. */
export const practiceBanner = (language: Language): Html =>
  html`<div class="notice"><p><b>${words.nothingSent[language]}</b> ${words.madeUp[language]}</p></div>`;

/** A page of practice: with the officers' bar for whoever has signed in, else with everybody's. */
export const practicePage = (
  { language, address, files, signedIn }: PracticePlace,
  page: Pick<WholePage, "title" | "summary"> & { main: Hole },
) =>
  layout({
    ...page,
    language,
    address,
    files,
    narrow: true,
    ...(signedIn && { officer: { name: words.desk[language], administers: false, leadsTo: "/petugas" } }),
  });

const groundInWords = ({ text, certainty }: Ground, language: Language): Html =>
  html`<p class="hint">${words.basis[language]}: ${text[language]}. ${certaintyText[certainty][language]}.</p>`;

/** Why a step is right or wrong, and where that comes from. */
export const lessonInWords = ({ text, ground }: Lesson, language: Language): Html =>
  html`<p>${text[language]}</p>${ground && groundInWords(ground, language)}`;
