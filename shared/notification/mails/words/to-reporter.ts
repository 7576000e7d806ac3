import type { CaseEvent } from "../../../case/history.ts";
import type { ToldTo } from "../../recipients/audience.ts";
import { nothing, type Notice, said } from "./notice.ts";

/**
 * What a reporter is mailed about each event that they are told of. No mail quotes what officers or the reporter wrote:
 * mailboxes are shared, forwarded and searched, and the case is where it can be read. The one exception is the reason of
 * an extension: the law wants it sent in writing.
 */
export const toReporter: Partial<Record<CaseEvent["type"], Notice>> = {
  verified: {
    subject: { id: "Laporan Anda terverifikasi", en: "Your report has been verified" },
    told: ({ agency }) =>
      agency
        ? {
            id: `Laporan Anda sudah diverifikasi dan diteruskan kepada ${agency}.`,
            en: `Your report has been verified and passed on to ${agency}.`,
          }
        : {
            id: "Laporan Anda sudah diverifikasi. Kami sedang menentukan instansi yang berwenang.",
            en: "Your report has been verified. We are finding the agency in charge.",
          },
    todo: nothing,
  },
  assigned: {
    subject: { id: "Laporan Anda diteruskan", en: "Your report has been passed on" },
    told: ({ agency }) => ({
      id: `Laporan Anda kini ditangani oleh ${agency}.`,
      en: `Your report is now with ${agency}.`,
    }),
    todo: nothing,
  },
  asked: {
    subject: { id: "Kami memerlukan keterangan Anda", en: "We need more from you" },
    told: ({ agency }) => ({
      id: `${agency} mengajukan pertanyaan tentang laporan Anda.`,
      en: `${agency} has a question about your report.`,
    }),
    todo: ({ until }) => ({
      id: `Buka laporan dengan tanda terima Anda untuk membaca pertanyaannya dan menjawab. Sampai Anda menjawab, batas waktu instansi berhenti.${until && ` Jawablah paling lambat ${until}. Sesudah itu laporan dianggap dicabut.`}`,
      en: `Open the report with your receipt to read the question and reply. Until you reply, the agency's clock stands still.${until && ` Reply by ${until}. After that the report counts as withdrawn.`}`,
    }),
  },
  "question-withdrawn": {
    subject: {
      id: "Pertanyaan kami tidak perlu dijawab lagi",
      en: "You need not answer our question any more",
    },
    told: ({ agency }) => ({
      id: `${agency} menarik kembali pertanyaannya tentang laporan Anda. Anda tidak perlu menjawabnya, dan laporan Anda diproses lagi.`,
      en: `${agency} has taken back its question about your report. You need not answer it, and your report is being worked on again.`,
    }),
    todo: said(
      "Jawaban yang sudah atau hendak Anda kirim tetap kami terima.",
      "A reply that you have sent, or still want to send, is kept.",
    ),
  },
  answered: {
    subject: { id: "Laporan Anda sudah ditindaklanjuti", en: "Your report has been answered" },
    told: ({ agency }) => ({
      id: `${agency} sudah menindaklanjuti laporan Anda.`,
      en: `${agency} has answered your report.`,
    }),
    todo: ({ until }) => ({
      id: `Buka laporan dengan tanda terima Anda untuk membaca jawabannya. Anda dapat menanggapi, menilai, atau mengajukan banding sampai ${until}. Sesudah itu laporan selesai dengan sendirinya.`,
      en: `Open the report with your receipt to read the answer. You can reply, rate it or appeal until ${until}. After that the case closes by itself.`,
    }),
  },
  "answer-corrected": {
    subject: { id: "Jawaban atas laporan Anda diralat", en: "The answer to your report was corrected" },
    told: ({ agency }) => ({
      id: `${agency} meralat jawabannya atas laporan Anda.`,
      en: `${agency} has corrected its answer to your report.`,
    }),
    todo: ({ until }) => ({
      id: `Buka laporan dengan tanda terima Anda untuk membaca jawaban yang berlaku. Bila jawaban itu tidak menyelesaikan masalah Anda, Anda dapat membantahnya sampai ${until}.`,
      en: `Open the report with your receipt to read the answer that holds now. If it does not solve your matter, you can object to it until ${until}.`,
    }),
  },
  confirmed: {
    subject: { id: "Laporan Anda selesai", en: "Your report is closed" },
    told: said(
      "Terima kasih atas penilaian Anda. Laporan ini dinyatakan selesai.",
      "Thank you for your rating. The report is closed.",
    ),
    todo: nothing,
  },
  reopened: {
    subject: { id: "Laporan Anda dibuka kembali", en: "Your report has been reopened" },
    told: ({ agency }) => ({
      id: `Karena penilaian Anda, laporan ini dibuka kembali dan diserahkan kepada kepala ${agency}.`,
      en: `Because of your rating, the report has been reopened and handed to the head of ${agency}.`,
    }),
    todo: nothing,
  },
  appealed: {
    subject: { id: "Banding Anda kami terima", en: "We have received your appeal" },
    told: ({ agency }) => ({
      id: `Banding Anda kini ditangani oleh ${agency}.`,
      en: `Your appeal is now with ${agency}.`,
    }),
    todo: nothing,
  },
  archived: {
    subject: { id: "Laporan Anda diarsipkan", en: "Your report has been archived" },
    told: said(
      "Laporan Anda diarsipkan dan tidak ditindaklanjuti lagi.",
      "Your report has been archived and is not followed up any more.",
    ),
    todo: ({ objectUntil }) => ({
      id: `Buka laporan dengan tanda terima Anda untuk membaca alasannya.${objectUntil && ` Bila Anda tidak setuju, Anda dapat mengajukan keberatan di sana satu kali, sampai ${objectUntil}. Tingkat di atas yang mengarsipkan akan memutuskannya.`}`,
      en: `Open the report with your receipt to read why.${objectUntil && ` If you disagree, you can object there once, until ${objectUntil}. The level above whoever archived it will decide.`}`,
    }),
  },
  objected: {
    subject: { id: "Keberatan Anda kami terima", en: "We have received your objection" },
    told: ({ agency, until }) => ({
      id: `Keberatan Anda atas pengarsipan laporan ini diputuskan oleh ${agency}, bukan oleh yang mengarsipkannya. Batas waktunya ${until}.`,
      en: `Your objection to the archival of this report is decided by ${agency}, and not by whoever archived it. The limit is ${until}.`,
    }),
    todo: nothing,
  },
  upheld: {
    subject: { id: "Keberatan Anda ditolak", en: "Your objection has been refused" },
    told: said(
      "Keberatan Anda sudah diperiksa. Laporan Anda tetap diarsipkan, dan putusan ini final dalam SP4N-LAPOR!.",
      "Your objection has been examined. Your report stays archived, and this decision is final in SP4N-LAPOR!.",
    ),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk membaca alasannya. Bila Anda tetap tidak setuju, Anda dapat menyampaikan masalah ini kepada Ombudsman Republik Indonesia, misalnya di kantor perwakilannya di provinsi Anda. Sebutkan nomor pelacakan laporan ini.",
      "Open the report with your receipt to read why. If you still disagree, you can take the matter to the Ombudsman of the Republic of Indonesia, for example at its office in your province. Name the tracking number of this report.",
    ),
  },
  "objection-granted": {
    subject: { id: "Keberatan Anda diterima", en: "Your objection has been granted" },
    told: ({ agency }) => ({
      id: `Keberatan Anda diterima. Laporan Anda dipulihkan dari arsip dan ditindaklanjuti lagi oleh ${agency}.`,
      en: `Your objection has been granted. Your report has been restored from the archive and is followed up again by ${agency}.`,
    }),
    todo: nothing,
  },
  restored: {
    subject: { id: "Laporan Anda dipulihkan", en: "Your report has been restored" },
    told: said(
      "Laporan Anda dipulihkan dari arsip dan ditindaklanjuti lagi.",
      "Your report has been restored from the archive and is followed up again.",
    ),
    todo: nothing,
  },
  joined: {
    subject: { id: "Laporan Anda digabung", en: "Your report has been joined to another" },
    told: said(
      "Ada laporan lain tentang hal yang sama. Laporan Anda digabung dengannya dan mengikuti statusnya.",
      "There is another report about the same thing. Yours has been joined to it and follows its status.",
    ),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk melihat nomor dan status laporan itu. Bila itu bukan laporan yang sama, nyatakan di sana: laporan Anda akan diverifikasi lagi.",
      "Open the report with your receipt to see the number and the status of that one. If it is not the same, say so there: your report will be verified again.",
    ),
  },
  separated: {
    subject: { id: "Laporan Anda dipisahkan", en: "Your report has been separated" },
    told: said(
      "Laporan Anda bukan laporan yang sama dengan laporan yang diikutinya, sehingga tidak mengikutinya lagi. Laporan Anda akan diverifikasi lagi.",
      "Your report is not the same as the one that it followed, so it does not follow it any more. It will be verified again.",
    ),
    todo: nothing,
  },
  "receipt-rotated": {
    subject: { id: "Tanda terima laporan Anda diganti", en: "The receipt of your report was replaced" },
    told: said(
      "Tanda terima laporan Anda baru saja diganti oleh pemegangnya. Tanda terima yang lama tidak berlaku lagi.",
      "The receipt of your report has just been replaced by its holder. The old one does not work any more.",
    ),
    todo: said(
      "Bila bukan Anda yang menggantinya, orang lain mengetahui tanda terima Anda: sampaikan kepada instansi yang menangani laporan ini.",
      "If that was not you, somebody else knew your receipt: tell the agency that has the report.",
    ),
  },
  referred: {
    subject: { id: "Laporan Anda diteruskan ke Ombudsman", en: "Your report has gone to the Ombudsman" },
    told: said(
      "Dengan persetujuan Anda, laporan ini diteruskan ke Ombudsman Republik Indonesia.",
      "With your consent, the report has been given to the Ombudsman of the Republic of Indonesia.",
    ),
    todo: nothing,
  },
  "handed-over": {
    subject: { id: "Laporan Anda dialihkan", en: "Your report has been handed over" },
    told: ({ agency }) => ({
      id: `Instansi yang menangani laporan Anda ditutup; penggantinya adalah ${agency}.`,
      en: `The agency that had your report was closed; ${agency} has taken over.`,
    }),
    todo: nothing,
  },
  extended: {
    subject: { id: "Batas waktu laporan Anda diperpanjang", en: "The limit of your report was extended" },
    told: ({ agency, until, reason }) => ({
      id: `${agency} memperpanjang batas waktu jawaban sampai ${until}. Alasannya: ${reason}`,
      en: `${agency} has extended the limit for its answer until ${until}. The reason: ${reason}`,
    }),
    todo: nothing,
  },
  "ombudsman-offered": {
    subject: { id: "Batas waktu laporan Anda sudah lewat", en: "The limit of your report has passed" },
    told: ({ agency, until }) => ({
      id: `${agency} belum menyelesaikan laporan Anda dalam batas waktunya, ${until}. Kami sudah mengingatkan petugas dan atasannya.`,
      en: `${agency} has not completed your report within its limit, ${until}. We have alerted its officers and those above them.`,
    }),
    todo: said(
      "Bila Anda setuju, laporan ini dapat diteruskan ke Ombudsman Republik Indonesia. Nyatakan persetujuan Anda pada laporan dengan tanda terima Anda.",
      "If you agree, the report can be given to the Ombudsman of the Republic of Indonesia. Say so on the report, with your receipt.",
    ),
  },
  closed: {
    subject: { id: "Laporan Anda selesai otomatis", en: "Your report closed by itself" },
    told: said(
      "Masa tanggapan atas jawaban instansi sudah lewat tanpa tanggapan, maka laporan Anda dinyatakan selesai.",
      "The time to reply to the agency's answer has passed without a reply, so your report is closed.",
    ),
    todo: ({ until }) => ({
      id: `Bila masalahnya belum selesai, Anda dapat mengajukan banding dengan tanda terima Anda, sampai ${until}.`,
      en: `If the matter is not solved, you can appeal with your receipt, until ${until}.`,
    }),
  },
  lapsed: {
    subject: { id: "Laporan Anda dianggap dicabut", en: "Your report counts as withdrawn" },
    told: ({ until }) => ({
      id: `Pertanyaan kami tentang laporan Anda tidak dijawab sampai ${until}, maka laporan ini dianggap dicabut.`,
      en: `Our question about your report was not answered by ${until}, so it counts as withdrawn.`,
    }),
    todo: ({ objectUntil }) => ({
      id: `Anda dapat mengirim laporan baru kapan saja dan menyebut nomor ini.${objectUntil && ` Bila Anda tidak setuju, Anda dapat mengajukan keberatan satu kali, sampai ${objectUntil}, dengan tanda terima Anda.`}`,
      en: `You can send a new report at any time and name this number.${objectUntil && ` If you disagree, you can object once, until ${objectUntil}, with your receipt.`}`,
    }),
  },
  "identity-opened": {
    subject: { id: "Identitas Anda dibuka", en: "Your identity was opened" },
    told: said(
      "Pejabat yang berwenang membuka identitas Anda pada laporan ini, dengan alasan yang tercatat.",
      "An official who is allowed to has opened your identity on this report, for a reason that is on record.",
    ),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk membaca siapa dan apa alasannya. Bila menurut Anda tidak semestinya, sampaikan kepada Ombudsman Republik Indonesia.",
      "Open the report with your receipt to read who and why. If you think it was not right, tell the Ombudsman of the Republic of Indonesia.",
    ),
  },
  "original-opened": {
    subject: { id: "Berkas asli lampiran Anda dibuka", en: "The original of your attachment was opened" },
    told: said(
      "Berkas asli dari sebuah lampiran pada laporan Anda dibuka oleh pejabat yang berwenang, dengan alasan yang tercatat. Berkas asli dapat memuat keterangan yang tidak ada pada salinannya, seperti tempat foto diambil.",
      "An authorised officer opened the original of an attachment to your report, for a reason that is on record. An original can hold what its copy does not, such as where a photo was taken.",
    ),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk membaca siapa yang membukanya dan alasannya.",
      "Open the report with your receipt to read who opened it and why.",
    ),
  },
} satisfies Record<ToldTo<"reporter">, Notice>;
