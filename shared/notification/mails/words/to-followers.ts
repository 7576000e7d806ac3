import type { CaseEvent } from "../../../case/history.ts";
import type { ToldTo } from "../../recipients/audience.ts";
import { type Notice, said } from "./notice.ts";

const openFirst = said(
  "Buka laporan Anda dengan tanda terima untuk melihat nomor laporan pertama dan membaca selengkapnya. Bila masalah Anda lain, nyatakan di sana bahwa itu bukan laporan yang sama.",
  "Open your report with your receipt to see the number of the first one and read more. If your matter is another one, say there that it is not the same report.",
);
const firstReopened: Notice = {
  subject: { id: "Laporan yang diikuti dibuka kembali", en: "The report that yours follows is open again" },
  told: ({ agency }) => ({
    id: `Laporan pertama tentang hal yang sama diproses lagi oleh ${agency}.`,
    en: `The first report about the same thing is in progress again at ${agency}.`,
  }),
  todo: openFirst,
};
const firstClosed: Notice = {
  subject: { id: "Laporan yang diikuti selesai", en: "The report that yours follows is closed" },
  told: said(
    "Laporan pertama tentang hal yang sama dinyatakan selesai.",
    "The first report about the same thing has been closed.",
  ),
  todo: openFirst,
};
const firstGone: Notice = {
  subject: { id: "Laporan yang diikuti tidak dilanjutkan", en: "The report that yours follows has ended" },
  told: said(
    "Laporan pertama tentang hal yang sama tidak ditindaklanjuti lagi.",
    "The first report about the same thing is not followed up any more.",
  ),
  todo: said(
    "Bila masalah Anda belum selesai, nyatakan pada laporan Anda dengan tanda terima bahwa laporan itu bukan laporan yang sama: laporan Anda akan diverifikasi lagi.",
    "If your matter is not solved, say on your report, with your receipt, that it is not the same: it will be verified again.",
  ),
};

/** What the reporters of joined cases are mailed about events of the first case, which theirs follow. */
export const toFollowers: Partial<Record<CaseEvent["type"], Notice>> = {
  answered: {
    subject: { id: "Laporan yang diikuti sudah dijawab", en: "The report that yours follows was answered" },
    told: ({ agency }) => ({
      id: `${agency} sudah menindaklanjuti laporan pertama tentang hal yang sama.`,
      en: `${agency} has answered the first report about the same thing.`,
    }),
    todo: openFirst,
  },
  "answer-corrected": {
    subject: {
      id: "Jawaban atas laporan yang diikuti diralat",
      en: "The answer to the report that yours follows was corrected",
    },
    told: ({ agency }) => ({
      id: `${agency} meralat jawabannya atas laporan pertama tentang hal yang sama.`,
      en: `${agency} has corrected its answer to the first report about the same thing.`,
    }),
    todo: openFirst,
  },
  confirmed: firstClosed,
  closed: firstClosed,
  disputed: firstReopened,
  reopened: firstReopened,
  appealed: firstReopened,
  archived: firstGone,
  "objection-granted": firstReopened,
  withdrawn: firstGone,
  lapsed: firstGone,
} satisfies Record<ToldTo<"followers">, Notice>;
