import type { Language } from "../../../language.ts";

interface StopWords {
  link: string;
  lastOfDay: string;
}

/** What mails to a reporter's address say of stopping them. They name no case. */
export const stopWords: Record<Language, StopWords> = {
  id: {
    link: "Berhenti menerima email seperti ini",
    lastOfDay:
      "Alamat ini hari ini sudah diisi pada beberapa laporan. Tentang laporan lain yang dikirim hari ini dengan alamat ini, kami tidak mengirim email sebelum pemegang tanda terimanya memintanya. Bila bukan Anda yang mengisi alamat ini, Anda tidak perlu melakukan apa pun.",
  },
  en: {
    link: "Stop emails like this one",
    lastOfDay:
      "This address was given with several reports today. About other reports that are sent today with this address we send no email until the holder of their receipt asks for it. If it was not you who gave this address, you need not do anything.",
  },
};
