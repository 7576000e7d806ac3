import type { Language } from "../../../language.ts";

interface SubscriberWords {
  greeting: string;
  confirm: string;
  typed: string;
  ifYou: string;
  ifNot: string;
  openLink: string;
  automatic: string;
  news: string;
  told: string;
  since: string;
  stop: string;
}

/** The words of mails to whoever follows a public case. What happened is told in the words of the public timeline. */
export const subscriberWords: Record<Language, SubscriberWords> = {
  id: {
    greeting: "Bapak/Ibu,",
    confirm: "Konfirmasi untuk mengikuti sebuah laporan",
    typed: "Alamat ini diisi untuk menerima kabar sebuah laporan di SP4N-LAPOR!.",
    ifYou:
      "Bila Anda yang memintanya, buka tautan di bawah ini dan tekan tombolnya. Tautan ini berlaku 24 jam.",
    ifNot:
      "Bila bukan Anda, abaikan email ini. Kami tidak mengirim kabar, dan alamat ini kami hapus sesudah itu.",
    openLink: "Ikuti laporan ini",
    automatic: "SP4N-LAPOR! mengirim email ini secara otomatis. Jangan membalas email ini.",
    news: "Kabar laporan yang Anda ikuti",
    told: "Ada yang baru pada laporan yang Anda ikuti.",
    since: "Yang baru:",
    stop: "SP4N-LAPOR! mengirim email ini secara otomatis, karena alamat ini mengikuti laporan itu. Tautan di bawah ini menghentikannya dan menghapus alamat ini. Jangan membalas email ini.",
  },
  en: {
    greeting: "Dear reader,",
    confirm: "Confirm that you follow a report",
    typed: "This address was given to get news of a report at SP4N-LAPOR!.",
    ifYou: "If it was you, open the link below and press its button. The link counts for 24 hours.",
    ifNot: "If it was not you, ignore this email. We send no news, and delete this address after that.",
    openLink: "Follow this report",
    automatic: "SP4N-LAPOR! sent this email automatically. Do not reply to it.",
    news: "News of the report that you follow",
    told: "There is something new about the report that you follow.",
    since: "What is new:",
    stop: "SP4N-LAPOR! sent this email automatically, because this address follows that report. The link below stops it and deletes this address. Do not reply to this email.",
  },
};
