import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ownFormAt } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { archivedBecause } from "../../shared/page/case/ending.ts";
import { html } from "../../shared/page/html.ts";
import { oneText } from "./one-text.ts";

const words = {
  title: { id: "Ajukan keberatan", en: "Object" },
  why: { id: "Alasan pengarsipan", en: "Why it was archived" },
  text: { id: "Mengapa laporan ini perlu ditindaklanjuti?", en: "Why does it have to be followed up?" },
  hint: {
    id: "Yang memutuskan dan petugas laporan ini membacanya. Publik tidak membacanya.",
    en: "Whoever decides and the officers of this report read it. The public does not.",
  },
  after: {
    id: "Tingkat di atas yang mengarsipkan memutuskan, dalam lima hari kerja. Bila diterima, laporan dikerjakan lagi. Bila ditolak, putusan itu final. Keberatan hanya dapat diajukan satu kali.",
    en: "The level above whoever archived it decides, within five working days. If it is granted, work goes on. If it is refused, that is final. You can object only once.",
  },
  send: { id: "Ajukan keberatan", en: "Object" },
  notNow: {
    id: "Keberatan dapat diajukan satu kali, sesudah laporan diarsipkan dan sampai batas waktu yang disebut saat itu. Anda juga dapat menyampaikan masalah ini kepada Ombudsman Republik Indonesia.",
    en: "You can object once, after the report was archived and until the deadline that was given then. You can also take the matter to the Ombudsman of the Republic of Indonesia.",
  },
} as const satisfies Record<string, Text>;

/** `/saya/{trackingNumber}/keberatan`: objects to an archival, once. */
export const objectPage = (frame: Frame, see: Endpoint, object: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "keberatan",
    ...oneText(object, words, { limit: 5_000 }),
    move: "object",
    notNow: (view, language) => html`<p>${view.objection?.text ?? words.notNow[language]}</p>`,
    intro: ({ view: { archiveReason, objection }, language }) =>
      html`${archiveReason && html`<p>${words.why[language]}: ${archivedBecause[archiveReason][language]}</p>`}<p>${objection?.text}</p>`,
    done: "keberatan",
  });
