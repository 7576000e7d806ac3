import type { Guide } from "./guide.ts";

/** What the statutes say here was found in secondary sources (the articles are named); none of it is presented as legal advice. */
export const rights: Guide = {
  address: "/hak",
  title: { id: "Hak Anda", en: "Your rights" },
  lead: {
    id: "Ini ringkasan dengan bahasa sederhana. Yang berlaku adalah bunyi undang-undangnya.",
    en: "This is a summary in plain words. What counts is the text of the statutes.",
  },
  sections: [
    {
      heading: { id: "Mengadu tentang pelayanan publik", en: "Complaining about a public service" },
      list: [
        {
          id: "Anda boleh mengadu kepada penyelenggara, Ombudsman, atau DPR dan DPRD (UU 25/2009 pasal 40).",
          en: "You may complain to the provider, the Ombudsman, or parliament (UU 25/2009 article 40).",
        },
        {
          id: "Ombudsman wajib menangani bila Anda tidak ingin penyelenggara yang menanganinya (UU 25/2009 pasal 46).",
          en: "The Ombudsman has to handle it if you do not want the provider to (UU 25/2009 article 46).",
        },
        {
          id: "Pengaduan gratis dan dirahasiakan. Pembalasan dilarang (Perpres 76/2013).",
          en: "Complaining is free and confidential. Retaliation is forbidden (Perpres 76/2013).",
        },
        {
          id: "Pengaduan yang lengkap diselesaikan paling lambat 60 hari (Perpres 76/2013).",
          en: "A complete complaint is settled within 60 days (Perpres 76/2013).",
        },
      ],
    },
    {
      heading: { id: "Ke Ombudsman", en: "To the Ombudsman" },
      list: [
        {
          id: "Laporan ke Ombudsman gratis (UU 37/2008 pasal 23).",
          en: "A report to the Ombudsman is free (UU 37/2008 article 23).",
        },
        {
          id: "Anda lebih dahulu melapor kepada instansi itu atau atasannya (UU 37/2008 pasal 24).",
          en: "You first report to the agency or to the level above it (UU 37/2008 article 24).",
        },
        {
          id: "Identitas Anda dapat dirahasiakan (UU 37/2008 pasal 24).",
          en: "Your identity can be kept secret (UU 37/2008 article 24).",
        },
      ],
    },
    {
      heading: { id: "Meminta informasi publik", en: "Asking for public information" },
      list: [
        {
          id: "Permintaan resmi dijawab dalam 10 hari kerja. Perpanjangan paling lama 7 hari kerja, dengan alasan tertulis (UU 14/2008 pasal 22).",
          en: "A formal request is answered in 10 working days. It may be extended by 7, with a written reason (UU 14/2008 article 22).",
        },
        {
          id: "Anda boleh mengajukan keberatan dalam 30 hari kerja (UU 14/2008 pasal 35 dan 36).",
          en: "You may object within 30 working days (UU 14/2008 articles 35 and 36).",
        },
        {
          id: "Atasan PPID, pejabat pengelola informasi, menjawab keberatan dalam 30 hari kerja (UU 14/2008 pasal 36).",
          en: "The superior of the information officer (PPID) answers an objection within 30 working days (UU 14/2008 article 36).",
        },
        {
          id: "Belum puas? Anda boleh ke Komisi Informasi dalam 14 hari kerja sesudah jawaban itu (UU 14/2008 pasal 37).",
          en: "Still not satisfied? You may go to the Information Commission within 14 working days of that answer (UU 14/2008 article 37).",
        },
      ],
    },
    {
      heading: { id: "Data pribadi Anda", en: "Your personal data" },
      list: [
        {
          id: "Anda boleh melihat dan mendapat salinan data Anda dalam 3 x 24 jam (UU 27/2022 pasal 7 dan 32).",
          en: "You may see your data and get a copy within 3 x 24 hours (UU 27/2022 articles 7 and 32).",
        },
        {
          id: "Anda boleh memperbaiki dan menghapus data Anda (UU 27/2022 pasal 6 dan 8).",
          en: "You may correct and delete your data (UU 27/2022 articles 6 and 8).",
        },
        {
          id: "Bila data Anda bocor, Anda diberi tahu dalam 3 x 24 jam (UU 27/2022 pasal 46).",
          en: "If your data leak, you are told within 3 x 24 hours (UU 27/2022 article 46).",
        },
        {
          id: "Semua itu dapat Anda lakukan sendiri: buka laporan dengan tanda terima, lalu pilih “Lihat data saya”.",
          en: "You can do all of this yourself: open your report with its receipt and choose “See my data”.",
        },
      ],
    },
    {
      heading: { id: "Yang belum pasti", en: "What is not certain" },
      paragraphs: [
        {
          id: "PermenPANRB 5/2025 menggantikan PermenPANRB 62/2018. Pasal dan batas waktunya belum kami temukan. Karena itu setiap batas waktu di sini menyebut dasarnya sendiri.",
          en: "PermenPANRB 5/2025 replaced PermenPANRB 62/2018. We have not found its articles and deadlines. So every deadline here names its own basis.",
        },
      ],
    },
  ],
};
