import type { Guide } from "./guide.ts";

export const accessibility: Guide = {
  address: "/aksesibilitas",
  title: { id: "Aksesibilitas", en: "Accessibility" },
  lead: {
    id: "Semua orang boleh melapor: dengan ponsel lama, pembaca layar, papan tombol, atau tanpa JavaScript.",
    en: "Everybody may report: on an old phone, with a screen reader, with a keyboard, or without JavaScript.",
  },
  sections: [
    {
      heading: { id: "Yang kami jaga", en: "What we keep to" },
      list: [
        {
          id: "Pedoman WCAG 2.2 tingkat AA. Setiap halaman diperiksa oleh mesin pada setiap perubahan.",
          en: "WCAG 2.2 at level AA. A machine checks every page at every change.",
        },
        {
          id: "Halaman tetap terbaca pada lebar 320 piksel dan pembesaran 400 persen.",
          en: "Pages stay readable at 320 pixels and at 400 percent zoom.",
        },
        {
          id: "Semua dapat dipakai dengan papan tombol saja.",
          en: "Everything works with a keyboard alone.",
        },
        { id: "Warna tidak pernah menjadi satu-satunya tanda.", en: "Colour is never the only sign." },
        {
          id: "Halaman ringan: halaman pertama paling banyak 30 KB.",
          en: "Pages are light: the first one has at most 30 KB.",
        },
      ],
    },
    {
      heading: { id: "Yang belum baik", en: "What is not good yet" },
      list: [
        {
          id: "Isi foto, video, dan dokumen dari warga dan instansi tidak kami jelaskan dengan kata.",
          en: "We do not describe photos, videos and documents of citizens and agencies in words.",
        },
        {
          id: "Belum ada bahasa isyarat dan belum ada bacaan suara.",
          en: "There is no sign language and no spoken version yet.",
        },
        {
          id: "Pemeriksaan oleh pengguna pembaca layar belum dilakukan.",
          en: "People who use screen readers have not tested it yet.",
        },
      ],
    },
    {
      heading: { id: "Ada hambatan?", en: "Did you meet a barrier?" },
      paragraphs: [
        {
          id: "Buat laporan tentang situs ini dengan kategori SP4N-LAPOR!. Sebut halaman dan alat bantu yang Anda pakai.",
          en: "Make a report about this site in the category SP4N-LAPOR!. Name the page and the tool that you use.",
        },
        { id: "Anda juga boleh mengirim SMS ke 1708.", en: "You may also send an SMS to 1708." },
      ],
    },
  ],
};
