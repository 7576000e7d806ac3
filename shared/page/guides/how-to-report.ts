import type { Guide } from "./guide.ts";

export const howToReport: Guide = {
  address: "/cara",
  title: { id: "Cara melapor", en: "How to report" },
  lead: {
    id: "Laporan Anda gratis, boleh tanpa nama, dan wajib dijawab instansi.",
    en: "A report is free, may be anonymous, and an agency has to answer it.",
  },
  sections: [
    {
      heading: { id: "Siapkan tiga hal", en: "Have three things ready" },
      list: [
        { id: "Apa yang terjadi, dan sejak kapan.", en: "What happened, and since when." },
        {
          id: "Di mana: kecamatan, jalan, atau patokan yang dikenal orang.",
          en: "Where: the district, the street, or a landmark that people know.",
        },
        {
          id: "Foto bila ada. Foto dapat dikirim sesudah laporan tersimpan.",
          en: "A photo if there is one. It can be sent once the report is stored.",
        },
      ],
    },
    {
      heading: { id: "Enam langkah singkat", en: "Six short steps" },
      paragraphs: [
        {
          id: "Anda menulis cerita, memilih tempat, dan memilih siapa yang boleh melihat Anda. Setiap langkah langsung tersimpan selama 24 jam. Sinyal putus tidak menghapus tulisan Anda.",
          en: "You write what happened, choose the place, and choose who may see you. Every step is stored at once for 24 hours. A lost signal does not delete what you wrote.",
        },
        {
          id: "Tidak tahu instansinya? Pilih “Pilihkan untuk saya”. Kami yang mencari instansi yang berwenang.",
          en: "You do not know the agency? Choose “Choose for me”. We find the agency in charge.",
        },
      ],
    },
    {
      heading: { id: "Nomor dan tanda terima", en: "The number and the receipt" },
      paragraphs: [
        {
          id: "Sesudah mengirim, Anda mendapat dua hal. Nomor pelacakan boleh diketahui siapa saja. Tanda terima rahasia hanya untuk Anda.",
          en: "After sending you get two things. Anybody may know the tracking number. The secret receipt is for you alone.",
        },
        {
          id: "Catat atau cetak tanda terima itu. Kami hanya menyimpan sidiknya, sehingga kami tidak dapat mengirimnya lagi.",
          en: "Write down or print the receipt. We store only its hash, so we cannot send it again.",
        },
      ],
    },
    {
      heading: { id: "Sesudah itu", en: "After that" },
      list: [
        {
          id: "Laporan diverifikasi dan diteruskan ke instansi yang berwenang.",
          en: "The report is verified and passed to the agency in charge.",
        },
        {
          id: "Instansi menjawab dengan bukti. Setiap batas waktu tampil hari demi hari.",
          en: "The agency answers with evidence. Every deadline is shown day by day.",
        },
        {
          id: "Anda menilai jawabannya. Nilai 1 atau 2 membuka laporan lagi.",
          en: "You rate the answer. One or two stars reopen the report.",
        },
        {
          id: "Belum beres? Bantah, ajukan banding, atau setujui penerusan ke Ombudsman.",
          en: "Not solved? Dispute it, appeal, or agree to a referral to the Ombudsman.",
        },
      ],
    },
    {
      heading: { id: "Cara lain", en: "Other ways" },
      paragraphs: [
        {
          id: "Anda juga dapat mengirim SMS ke 1708, atau meminta petugas loket menuliskannya.",
          en: "You can also send an SMS to 1708, or ask an officer at a counter to write it down.",
        },
        {
          id: "Dalam keadaan darurat, telepon 112. Laporan di sini tidak dibaca pada saat itu juga.",
          en: "In an emergency, call 112. Reports here are not read at that very moment.",
        },
      ],
    },
  ],
};
