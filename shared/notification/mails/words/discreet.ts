import type { Language } from "../../../language.ts";

interface DiscreetWords {
  /** One subject for all, so that a list of mails does not tell one event from another. */
  subject: string;
  greeting: string;
  news: string;
  received: string;
  former: string;
  readIt: string;
  shownOnce: string;
  whyNothing: string;
  receiptGone: string;
  notYou: string;
  receiptHere: string;
  open: string;
  stop: string;
  last: string;
  mistaken: string;
}

/** The words of mails about cases that no mail may tell anything of: neither number nor agency, matter or event. */
export const discreetWords: Record<Language, DiscreetWords> = {
  id: {
    subject: "Ada kabar untuk Anda dari SP4N-LAPOR!",
    greeting: "Bapak/Ibu,",
    news: "Ada yang baru tentang sebuah laporan.",
    received: "Laporan Anda sudah kami terima.",
    former: "Alamat email ini tidak dipakai lagi untuk sebuah laporan.",
    readIt:
      "Buka halaman pelacakan dengan nomor pelacakan dan tanda terima Anda untuk membacanya. Jangan tunda lama: ada kabar yang hanya dapat ditanggapi sampai tanggal tertentu.",
    shownOnce:
      "Nomor pelacakan dan tanda terimanya ditampilkan saat Anda mengirim laporan. Keduanya tidak kami tulis di sini.",
    whyNothing:
      "Email ini tidak menyebut laporan yang mana dan apa isinya, karena pengelola kotak email ini dapat ikut membacanya.",
    receiptGone:
      "Bila tanda terima Anda tidak berlaku lagi padahal bukan Anda yang menggantinya, sampaikan kepada Ombudsman Republik Indonesia.",
    notYou:
      "Bila bukan Anda yang memintanya, orang lain mengetahui tanda terima Anda: buka halaman pelacakan dan segera ganti tanda terima itu. Bila tidak berlaku lagi, sampaikan kepada Ombudsman Republik Indonesia.",
    receiptHere:
      "Anda meminta tanda terima dikirim ke alamat ini. Siapa pun yang dapat membuka kotak email ini dapat bertindak sebagai pelapor: catat nomor pelacakan dan tanda terima di bawah ini di tempat lain, lalu hapus email ini. Bila orang lain sempat melihatnya, ganti tanda terima itu di halaman pelacakan.",
    open: "Buka halaman pelacakan",
    stop: "Email ini dikirim otomatis. Untuk berhenti menerimanya, buka laporan itu dengan tanda terima Anda dan pilih berhenti menerima email. Jangan membalas email ini.",
    last: "Email ini dikirim otomatis. Ini email terakhir tentang laporan itu ke alamat ini. Jangan membalas email ini.",
    mistaken:
      "Email ini dikirim otomatis karena alamat ini diisi pada sebuah laporan. Bila bukan Anda, abaikan. Jangan membalas email ini.",
  },
  en: {
    subject: "There is news for you from SP4N-LAPOR!",
    greeting: "Hello,",
    news: "There is something new about a report.",
    received: "We have received your report.",
    former: "This address is not used any more for a report.",
    readIt:
      "Open the tracking page with your tracking number and your receipt to read it. Do not wait long: some news asks for your reply until a certain date.",
    shownOnce:
      "Its tracking number and receipt were shown when you sent the report. We do not write them here.",
    whyNothing:
      "This email does not say which report it is or what is in it, because whoever runs this mailbox can read it too.",
    receiptGone:
      "If your receipt no longer works and you did not replace it, tell the Ombudsman of the Republic of Indonesia.",
    notYou:
      "If you did not ask for this, somebody else knows your receipt: open the tracking page and replace that receipt at once. If it no longer works, tell the Ombudsman of the Republic of Indonesia.",
    receiptHere:
      "You asked for your receipt at this address. Whoever can open this mailbox can act as the reporter: write down the tracking number and the receipt below elsewhere, then delete this email. If somebody may have seen it, replace the receipt on the tracking page.",
    open: "Open the tracking page",
    stop: "This email was sent automatically. To stop such emails, open that report with your receipt and choose to stop them. Do not reply to this email.",
    last: "This email was sent automatically; it is the last one about that report to this address. Do not reply to it.",
    mistaken:
      "This email was sent automatically because this address was given with a report. If it was not you, ignore it. Do not reply to this email.",
  },
};

/** What an officer reads in place of the name of an agency. */
export const yourAgency = { id: "instansi Anda", en: "your agency" } as const;
