import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ownFormAt } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { oneText } from "./one-text.ts";

const words = {
  title: { id: "Cabut laporan", en: "Withdraw the report" },
  intro: {
    id: "Cabut bila laporan ini tidak perlu ditangani lagi. Ingin menyembunyikan isinya saja?",
    en: "Withdraw it if nobody has to work on it any more. Only want to hide it?",
  },
  redact: { id: "Ubah teks yang dibaca publik", en: "Change what the public reads" },
  text: { id: "Alasan", en: "Reason" },
  hint: { id: "Hanya petugas yang membacanya.", en: "Only officers read it." },
  after: {
    id: "Semua hitungan hari berhenti dan tidak ada lagi yang menanganinya. Publik tidak membaca isinya lagi. Ini tidak dapat dibatalkan; Anda hanya dapat mengirim laporan baru.",
    en: "All counts of days stop and nobody works on it any more. The public no longer reads it. This cannot be undone; you can only send a new report.",
  },
  send: { id: "Cabut laporan ini", en: "Withdraw this report" },
  notNow: {
    id: "Mencabut dapat dilakukan selama laporan masih ditangani.",
    en: "You can withdraw a report as long as somebody works on it.",
  },
} as const satisfies Record<string, Text>;

/** `/saya/{trackingNumber}/cabut`: takes the report back. */
export const withdrawPage = (frame: Frame, see: Endpoint, withdraw: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "cabut",
    ...oneText(withdraw, words, { limit: 2_000, rows: 4, optional: true }),
    move: "withdraw",
    notNow: (_, language) => html`<p>${words.notNow[language]}</p>`,
    intro: ({ language, view }) =>
      html`<p>${words.intro[language]} <a href="${pageIn(language, `/saya/${view.trackingNumber}/teks-publik`)}">${words.redact[language]}</a>.</p>`,
    kind: "leave",
    done: "cabut",
  });
