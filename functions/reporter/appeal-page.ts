import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ownFormAt } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { newestAnswer } from "../../shared/page/case/answer.ts";
import { daySeen, zoneSeen } from "../../shared/page/case/moments.ts";
import { html } from "../../shared/page/html.ts";
import { oneText } from "./one-text.ts";

const words = {
  title: { id: "Ajukan banding", en: "Appeal" },
  intro: {
    id: "Banding membawa jawaban ini ke instansi di atas unit yang menjawab. Bila tidak ada yang di atasnya, admin nasional yang memutuskan.",
    en: "An appeal takes this answer to the level above the unit that gave it. Where there is none, the national administrators decide.",
  },
  until: { id: "Anda dapat mengajukannya sampai", en: "You can appeal until" },
  text: { id: "Mengapa jawaban ini tidak dapat Anda terima?", en: "Why can you not accept this answer?" },
  hint: {
    id: "Instansi di atasnya dan unit yang menjawab membacanya. Publik tidak membacanya.",
    en: "The level above and the unit that answered read it. The public does not.",
  },
  after: {
    id: "Laporan dibuka lagi dan pindah ke tingkat di atasnya. Hitungan hari penyelesaian berjalan lagi. Penilaian yang pernah Anda beri untuk jawaban itu tidak berlaku lagi.",
    en: "The report is opened again and goes to the level above. The count of days goes on. A rating that you gave to that answer no longer counts.",
  },
  send: { id: "Ajukan banding", en: "Appeal" },
  notNow: {
    id: "Banding dapat diajukan sesudah instansi menjawab, dan sampai beberapa hari kerja sesudah laporan selesai.",
    en: "You can appeal once the agency has answered, and for some working days after the report is closed.",
  },
  tooLate: {
    id: "Masa banding sudah lewat. Anda dapat mengirim laporan baru dan menyebut nomor ini.",
    en: "The time to appeal has passed. You can send a new report and name this number.",
  },
} as const satisfies Record<string, Text>;

/** `/saya/{trackingNumber}/banding`: takes an answer to the level above. */
export const appealPage = (frame: Frame, see: Endpoint, appeal: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "banding",
    ...oneText(appeal, words, { limit: 5_000 }),
    move: "appeal",
    notNow: ({ status }, language) =>
      html`<p>${(status === "closed" ? words.tooLate : words.notNow)[language]}</p>`,
    intro: ({ view, language }) => {
      const zone = zoneSeen(view);
      const until = view.appealUntil ?? view.replyUntil;
      return html`<p>${words.intro[language]}${until && html` ${words.until[language]} <b>${daySeen(until, zone, language)}</b>.`}</p>${newestAnswer(view.timeline, { zone }, language)}`;
    },
    done: "banding",
  });
