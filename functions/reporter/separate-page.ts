import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ownFormAt } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { endingOf } from "../../shared/page/case/ending.ts";
import { html } from "../../shared/page/html.ts";
import { oneText } from "./one-text.ts";

const words = {
  title: { id: "Ini bukan laporan yang sama", en: "This is not the same report" },
  text: { id: "Apa bedanya?", en: "What is different?" },
  hint: {
    id: "Petugas yang memverifikasi membacanya. Publik tidak membacanya.",
    en: "The officers who verify it read it. The public does not.",
  },
  after: {
    id: "Laporan Anda tidak lagi mengikuti laporan itu. Laporan Anda diverifikasi lagi dari awal, dan hitungan harinya mulai hari ini.",
    en: "Your report no longer follows that one. It is verified anew, and the count of its days begins today.",
  },
  send: { id: "Pisahkan laporan saya", en: "Separate my report" },
  notNow: {
    id: "Memisahkan dapat dilakukan selama laporan ini digabung dengan laporan lain.",
    en: "You can separate a report while it is joined to another one.",
  },
} as const satisfies Record<string, Text>;

/** `/saya/{trackingNumber}/pisahkan`: takes the report off the one that it was joined to. */
export const separatePage = (frame: Frame, see: Endpoint, separate: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "pisahkan",
    ...oneText(separate, words, { limit: 2_000, rows: 5 }),
    move: "separate",
    notNow: (_, language) => html`<p>${words.notNow[language]}</p>`,
    intro: ({ view, language }) => html`<p>${endingOf(view, language, "reporter")}</p>`,
    done: "pisahkan",
  });
