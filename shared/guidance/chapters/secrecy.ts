import { retentions } from "../../case/moves/retention.ts";
import { caseClass } from "../../deadline/policy.ts";
import type { Language } from "../../language.ts";
import { classText } from "../../notification/mails/words/case.ts";
import { type Block, heading, pointsIn, table } from "../block.ts";
import { certaintyText } from "../guidance.ts";

const secrecy = {
  flags: [
    {
      id: "Anonim: instansi dan publik tidak melihat siapa pelapornya.",
      en: "Anonymous: the agency and the public do not see who reported.",
    },
    {
      id: "Rahasia: publik tidak melihat isinya. Petugas yang menangani tetap membacanya.",
      en: "Secret: the public does not see the content. Officers who work on it do.",
    },
    {
      id: "Keduanya dapat berlaku bersama. Pelapor juga dapat menyembunyikan isinya kemudian.",
      en: "Both can hold together. A reporter can also hide the content later.",
    },
  ],
  duties: [
    {
      id: "Jangan menebak siapa pelapor anonim, dan jangan menulis dugaan di mana pun.",
      en: "Do not guess who an anonymous reporter is, and write no guess anywhere.",
    },
    {
      id: "Jangan menulis nama orang, nomor telepon, atau NIK dalam judul, catatan, dan jawaban.",
      en: "Write no names, telephone numbers or NIK in titles, notes and answers.",
    },
    {
      id: "Jangan membawa isi laporan keluar dari sistem: tidak ke grup WhatsApp, tidak ke cetakan di meja.",
      en: "Take nothing of a report out of the system: not to a WhatsApp group, not on paper on a desk.",
    },
    {
      id: "Bila laporan menyangkut atasan Anda, serahkan kepada admin di tingkat atas.",
      en: "If a report is about your superior, give it to an administrator of the level above.",
    },
    {
      id: "Pembukaan identitas dan berkas asli selalu dicatat, dan pelapor membaca alasannya.",
      en: "Openings of identities and originals are always recorded, and the reporter reads the reason.",
    },
  ],
  heads: {
    flags: { id: "Anonim dan rahasia", en: "Anonymous and secret" },
    duties: { id: "Yang Anda jaga", en: "What you keep to" },
    kept: { id: "Berapa lama identitas dan berkas disimpan", en: "How long identity and files are kept" },
    kind: { id: "Jenis laporan", en: "Kind of report" },
    days: { id: "Hari sejak selesai", en: "Days from its end" },
    basis: { id: "Alasan", en: "Reason" },
  },
} as const;

/** Secrecy and identity. */
export const secrecyChapter = (language: Language): Block[] => [
  heading(secrecy.heads.flags[language]),
  pointsIn(secrecy.flags, language),
  heading(secrecy.heads.duties[language]),
  pointsIn(secrecy.duties, language),
  heading(secrecy.heads.kept[language]),
  table(
    secrecy.heads.kept[language],
    [secrecy.heads.kind[language], secrecy.heads.days[language], secrecy.heads.basis[language]],
    caseClass.options.map((kind) => {
      const { days, basis, certainty } = retentions[kind];
      return [
        classText[kind][language],
        String(days),
        `${basis[language]}. ${certaintyText[certainty][language]}.`,
      ];
    }),
  ),
];
