import { guidanceOf } from "../../guidance/moves.ts";
import type { Scenario } from "../scenario.ts";

const [ofAsking] = guidanceOf.ask.grounds;
const [ofVerifying] = guidanceOf.verify.grounds;

/** A report that does not say where. */
export const missingData: Scenario = {
  id: "data-kurang",
  edition: 1,
  title: { id: "Data kurang", en: "Missing data" },
  about: {
    id: "Bertanya kepada pelapor, dan apa yang terjadi dengan hitungan hari",
    en: "Asking the reporter, and what happens to the count of days",
  },
  story: {
    id: "Anda admin Pemerintah Kota Contoh. Seorang warga melaporkan lampu jalan yang mati. Ia tidak menulis di jalan mana.",
    en: "You are the administrator of the city. Somebody reports street lights that are out, and does not say in which street.",
  },
  minutes: 7,
  post: { role: "agency-admin", agencyId: "latihan-kota" },
  trackingNumber: "CQ3ET-5GW7Q",
  report: {
    class: "complaint",
    title: "Lampu jalan mati sejak minggu lalu",
    text: "Lampu jalan di dekat rumah saya mati sejak minggu lalu. Kalau malam gelap sekali dan anak-anak takut lewat.",
    anonymous: false,
    secret: false,
    agencyId: "latihan-kota",
  },
  before: [],
  tasks: [
    {
      kind: "move",
      says: {
        id: "Tanpa lokasi tidak ada yang dapat memperbaiki lampu itu. Apa langkah Anda?",
        en: "Without a place nobody can mend the lights. What do you do?",
      },
      right: "ask",
      because: {
        text: {
          id: "Benar. Pertanyaan yang jelas sampai kepada pelapor lewat email atau halaman laporannya. Hitungan verifikasi berhenti selama itu.",
          en: "Right. A clear question reaches the reporter by email or on the page of the report. The count of the verification stands still meanwhile.",
        },
        ground: ofAsking,
      },
      wrong: {
        archive: {
          text: {
            id: "Tidak lengkap memang ada dalam daftar alasan, tetapi pelapor masih dapat melengkapi. Tanyakan dulu.",
            en: "Incomplete is on the list of reasons, but the reporter can still complete the report. Ask first.",
          },
          ground: ofAsking,
        },
        verify: {
          text: {
            id: "Laporan diterima, lalu unit tidak tahu harus ke mana. Hitungan penyelesaian sudah berjalan tanpa ada yang dapat dikerjakan.",
            en: "The report is accepted, and the unit does not know where to go. The completion count runs while nothing can be done.",
          },
          ground: ofVerifying,
        },
        return: {
          text: {
            id: "Lampu jalan kota memang kewenangan kota. Yang kurang hanya lokasinya.",
            en: "The city is in charge of its street lights. Only the place is missing.",
          },
        },
      },
      wrongWith: ({ text }) =>
        /mana|lokasi|alamat|jalan|where|address|place|street/i.test(String(text))
          ? undefined
          : {
              text: {
                id: "Pertanyaan ini belum menanyakan tempatnya. Sebutkan apa yang kurang, misalnya nama jalan dan nomor tiang.",
                en: "This question does not ask for the place. Say what is missing, such as the street and the number on the pole.",
              },
            },
    },
    {
      kind: "due",
      says: {
        id: "Sampai kapan pelapor dapat melengkapi laporannya? Hati-hati: ini hari kalender.",
        en: "Until when can the reporter complete the report? Take care: these are calendar days.",
      },
      clock: "completing-file",
      because: {
        text: {
          id: "Benar. Pelapor dihitung dengan hari kalender, jadi hari libur ikut dihitung. Bila lewat, laporan dianggap dicabut.",
          en: "Right. The reporter's time is counted in calendar days, so free days count. After that the report counts as withdrawn.",
        },
      },
    },
    {
      kind: "wait",
      says: {
        id: "Biarkan hari berjalan sampai pelapor membalas.",
        en: "Let days pass until the reporter replies.",
      },
      until: 3,
      happens: {
        by: "reporter",
        move: "reply",
        body: { text: "Di Jalan Kenanga RT 5, tiga tiang di depan pos ronda." },
      },
    },
    {
      kind: "due",
      says: {
        id: "Pelapor sudah membalas, dan hitungan verifikasi berjalan lagi. Kapan batasnya sekarang?",
        en: "The reporter has replied, and the count of the verification goes on. When is it due now?",
      },
      clock: "verification",
      because: {
        text: {
          id: "Benar. Hari kerja yang pada akhirnya hitungan berhenti tidak dihitung. Hari pelapor membalas dihitung.",
          en: "Right. A working day on whose end the count stands still does not count. The day of the reply counts.",
        },
      },
    },
    {
      kind: "move",
      says: {
        id: "Laporan sudah lengkap. Selesaikan verifikasinya dan teruskan ke dinas yang mengurus jalan.",
        en: "The report is complete. Verify it and hand it to the department for roads.",
      },
      right: "verify",
      because: {
        text: {
          id: "Benar. Verifikasi sekaligus meneruskan laporan menghemat satu langkah. Hitungan tanggapan awal dan penyelesaian mulai.",
          en: "Right. To verify and hand on at once saves a step. The counts of the first response and the completion begin.",
        },
        ground: ofVerifying,
      },
      wrong: {
        ask: {
          text: {
            id: "Yang diperlukan sudah ada. Bertanya lagi menghentikan hitungan tanpa alasan.",
            en: "You have what you need. Another question stops the count without a reason.",
          },
          ground: ofAsking,
        },
        archive: {
          text: {
            id: "Pelapor baru saja melengkapi laporannya. Teruskan.",
            en: "The reporter has just completed the report. Hand it on.",
          },
        },
      },
      wrongWith: ({ agencyId, supervised }) =>
        supervised === true
          ? {
              text: {
                id: "Lampu mati bukan dugaan penyimpangan. Centang berkadar pengawasan memberi batas yang jauh lebih panjang.",
                en: "Lights that are out are no suspected irregularity. Supervised gives a far longer limit.",
              },
              ground: ofVerifying,
            }
          : agencyId === "latihan-dinas-pu" || agencyId === "latihan-uptd-jalan"
            ? undefined
            : {
                text: {
                  id: "Pilih Dinas PU atau UPTD Jalan. Tanpa itu laporan tinggal di meja Anda.",
                  en: "Choose the public works department or its unit for roads. Without it the case stays on your desk.",
                },
              },
    },
  ],
  learnt: [
    {
      text: {
        id: "Tanyakan sekali, dengan jelas, semua yang kurang. Setiap pertanyaan menghentikan hitungan Anda dan memulai hitungan pelapor.",
        en: "Ask once and clearly for all that is missing. Each question stops your count and begins the reporter's.",
      },
      ground: ofAsking,
    },
    {
      text: {
        id: "Arsipkan sebagai tidak lengkap hanya bila pelapor tidak dapat dihubungi.",
        en: "Archive as incomplete only where the reporter cannot be reached.",
      },
    },
  ],
};
