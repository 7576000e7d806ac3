import type { CaseEvent } from "../../../case/history.ts";
import type { ToldTo } from "../../recipients/audience.ts";
import { nothing, type Notice, said } from "./notice.ts";

/** What officers are mailed about each event that they are told of. */
export const toOfficers: Partial<Record<CaseEvent["type"], Notice>> = {
  submitted: {
    subject: { id: "Laporan baru menunggu verifikasi", en: "A new report waits for verification" },
    told: said("Ada laporan baru yang perlu diverifikasi.", "There is a new report to verify."),
    todo: nothing,
  },
  verified: {
    subject: { id: "Laporan baru untuk instansi Anda", en: "A new case for your agency" },
    told: ({ agency }) => ({
      id: `Sebuah laporan terverifikasi dan menjadi tugas ${agency}.`,
      en: `A verified case has come to ${agency}.`,
    }),
    todo: nothing,
  },
  assigned: {
    subject: { id: "Disposisi baru", en: "A case has been assigned to you" },
    told: ({ agency }) => ({
      id: `Sebuah laporan didisposisikan kepada ${agency}.`,
      en: `A case has been assigned to ${agency}.`,
    }),
    todo: nothing,
  },
  returned: {
    subject: { id: "Laporan dikembalikan", en: "A case has been returned" },
    told: ({ agency }) => ({
      id: `Sebuah laporan dikembalikan kepada ${agency} sebagai bukan kewenangan.`,
      en: `A case has been returned to ${agency} as not the agency's to handle.`,
    }),
    todo: said(
      "Mohon didisposisikan kepada instansi yang berwenang.",
      "Please assign it to the agency in charge.",
    ),
  },
  replied: {
    subject: { id: "Pelapor menanggapi", en: "The reporter has replied" },
    told: said("Pelapor menambahkan keterangan.", "The reporter has added something."),
    todo: nothing,
  },
  disputed: {
    subject: { id: "Jawaban dibantah pelapor", en: "The answer is disputed" },
    told: said(
      "Pelapor menyanggah jawaban instansi. Laporan kembali diproses.",
      "The reporter disputes the answer. The case is in progress again.",
    ),
    todo: nothing,
  },
  reopened: {
    subject: { id: "Laporan dibuka kembali", en: "A case has been reopened" },
    told: said(
      "Pelapor memberi penilaian rendah. Laporan dibuka kembali dan menunggu keputusan Anda.",
      "The reporter gave a low rating. The case is open again and waits for your decision.",
    ),
    todo: nothing,
  },
  appealed: {
    subject: { id: "Banding pelapor", en: "An appeal" },
    told: ({ agency }) => ({
      id: `Pelapor mengajukan banding; laporan kini ditangani ${agency}.`,
      en: `The reporter has appealed; the case is now with ${agency}.`,
    }),
    todo: nothing,
  },
  objected: {
    subject: { id: "Keberatan atas pengarsipan", en: "An objection to an archival" },
    told: ({ agency, until }) => ({
      id: `Pelapor keberatan bahwa laporannya diarsipkan. Putusannya ada pada ${agency}, paling lambat ${until}.`,
      en: `The reporter objects to the archival of the report. The decision is with ${agency}, until ${until}.`,
    }),
    todo: said(
      "Pulihkan laporan bila keberatannya benar, atau tolak keberatannya dengan alasan yang akan dibaca pelapor.",
      "Restore the case if the objection is right, or refuse it with a reason that the reporter will read.",
    ),
  },
  upheld: {
    subject: { id: "Keberatan ditolak", en: "An objection has been refused" },
    told: said(
      "Keberatan pelapor atas pengarsipan sebuah laporan ditolak. Laporan tetap diarsipkan.",
      "The reporter's objection to an archival has been refused. The case stays archived.",
    ),
    todo: nothing,
  },
  "objection-granted": {
    subject: { id: "Keberatan diterima, laporan dipulihkan", en: "An objection has been granted" },
    told: ({ agency }) => ({
      id: `Keberatan pelapor diterima. Laporan dipulihkan dari arsip dan kembali menjadi tugas ${agency}.`,
      en: `The reporter's objection has been granted. The case has been restored and is with ${agency} again.`,
    }),
    todo: nothing,
  },
  restored: {
    subject: { id: "Laporan dipulihkan dari arsip", en: "A case has been restored" },
    told: said("Sebuah laporan dipulihkan dari arsip.", "A case has been restored from the archive."),
    todo: nothing,
  },
  separated: {
    subject: { id: "Laporan dipisahkan: bukan laporan yang sama", en: "Separated: not the same report" },
    told: said(
      "Sebuah laporan dinyatakan tidak sama dengan laporan yang diikutinya. Laporan ini perlu diverifikasi lagi.",
      "A report was said not to be the same as the one that it followed. It has to be verified again.",
    ),
    todo: nothing,
  },
  withdrawn: {
    subject: { id: "Laporan dicabut pelapor", en: "A report has been withdrawn" },
    told: said("Pelapor mencabut laporannya.", "The reporter has withdrawn the report."),
    todo: nothing,
  },
  referred: {
    subject: { id: "Laporan diteruskan ke Ombudsman", en: "A case has been referred" },
    told: said(
      "Sebuah laporan di instansi Anda diteruskan ke Ombudsman.",
      "A case of your agency has been given to the Ombudsman.",
    ),
    todo: nothing,
  },
  "handed-over": {
    subject: { id: "Laporan dialihkan kepada instansi Anda", en: "A case has been handed over to you" },
    told: ({ agency }) => ({
      id: `Sebuah laporan dari instansi yang ditutup kini menjadi tugas ${agency}.`,
      en: `A case of an agency that was closed has come to ${agency}.`,
    }),
    todo: nothing,
  },
  "passed-up": {
    subject: {
      id: "Laporan menunggu verifikasi atau putusan Anda",
      en: "A report waits for you to verify or decide",
    },
    told: said(
      "Sebuah laporan perlu diverifikasi atau diputuskan, dan instansi yang memegangnya tidak mempunyai pejabat yang berwenang lagi. Ini kini menjadi tugas Anda.",
      "A report has to be verified or decided on, and the agency that had it has nobody any more who may do so. It is now yours.",
    ),
    todo: nothing,
  },
  lapsed: {
    subject: { id: "Laporan dianggap dicabut", en: "A report counts as withdrawn" },
    told: said(
      "Pelapor tidak melengkapi laporannya dalam batas waktu, maka laporan dianggap dicabut.",
      "The reporter did not complete the file in time, so the report counts as withdrawn.",
    ),
    todo: nothing,
  },
} satisfies Record<ToldTo<"officers">, Notice>;
