import { guidanceOf } from "../../guidance/moves.ts";
import type { Scenario } from "../scenario.ts";

const [ofJoining] = guidanceOf.join.grounds;
const first = "VN5YJ-61JAR";

/** Two neighbours report the same. */
export const duplicate: Scenario = {
  id: "laporan-ganda",
  edition: 1,
  title: { id: "Laporan ganda", en: "A duplicate" },
  about: {
    id: "Menggabungkan laporan yang sama tanpa menghilangkan pelapor kedua",
    en: "Joining reports of the same without losing the second reporter",
  },
  story: {
    id: `Anda admin Pemerintah Kota Contoh. Laporan ini mirip dengan laporan ${first} dari kemarin: pohon tumbang di Jalan Contoh, dekat pasar.`,
    en: `You are the administrator of the city. This report is like report ${first} of yesterday: a fallen tree in Jalan Contoh, near the market.`,
  },
  minutes: 4,
  post: { role: "agency-admin", agencyId: "latihan-kota" },
  trackingNumber: "2P2DF-T6HXE",
  report: {
    class: "complaint",
    title: "Pohon tumbang menutup Jalan Contoh",
    text: "Ada pohon besar tumbang di Jalan Contoh dekat pasar. Mobil tidak bisa lewat sejak kemarin sore.",
    anonymous: false,
    secret: false,
    agencyId: "latihan-kota",
  },
  other: {
    trackingNumber: first,
    title: "Pohon besar tumbang di dekat pasar",
    text: "Pohon besar tumbang di Jalan Contoh, depan pasar. Tolong disingkirkan.",
  },
  before: [],
  tasks: [
    {
      kind: "choice",
      says: {
        id: "Sebelum menggabungkan: apa yang Anda bandingkan?",
        en: "Before joining: what do you compare?",
      },
      options: [
        {
          id: "judul",
          says: { id: "Judulnya saja", en: "The titles only" },
          text: {
            id: "Dua judul dapat sama, padahal tempatnya berbeda. Laporan yang keliru digabung tidak dikerjakan siapa pun.",
            en: "Two titles may be alike, and the places not. Nobody works on a report that was joined by mistake.",
          },
          ground: ofJoining,
        },
        {
          id: "semua",
          right: true,
          says: { id: "Tempat, waktu, dan kejadiannya", en: "The place, the time and what happened" },
          text: {
            id: "Benar. Di sini semuanya sama: pohon yang sama, jalan yang sama, hari yang sama.",
            en: "Right. Here all are the same: the same tree, the same street, the same day.",
          },
          ground: ofJoining,
        },
        {
          id: "pelapor",
          says: { id: "Siapa pelapornya", en: "Who the reporters are" },
          text: {
            id: "Dua tetangga dapat melaporkan hal yang sama. Siapa mereka tidak menentukan.",
            en: "Two neighbours can report the same. Who they are does not matter.",
          },
        },
      ],
    },
    {
      kind: "move",
      says: {
        id: `Keduanya tentang pohon yang sama. Apa langkah Anda dengan laporan kedua ini? Laporan pertama bernomor ${first}.`,
        en: `Both are about the same tree. What do you do with this second report? The first one has the number ${first}.`,
      },
      right: "join",
      because: {
        text: {
          id: "Benar. Pelapor kedua kini mengikuti laporan pertama, dan mendapat kabar yang sama.",
          en: "Right. The second reporter now follows the first report, and is told the same.",
        },
        ground: ofJoining,
      },
      wrong: {
        archive: {
          text: {
            id: "Diarsipkan sebagai ganda, laporan ini berhenti di sini. Digabungkan, ia mengikuti laporan pertama sampai selesai.",
            en: "Archived as a duplicate, this report ends here. Joined, it follows the first one to its end.",
          },
          ground: ofJoining,
        },
        verify: {
          text: {
            id: "Dua tim akan datang ke pohon yang sama, dan pekerjaan dihitung dua kali.",
            en: "Two teams would come to the same tree, and the work would count twice.",
          },
          ground: ofJoining,
        },
        ask: {
          text: {
            id: "Tidak ada yang kurang. Anda sudah tahu pohon mana yang dimaksud.",
            en: "Nothing is missing. You know which tree is meant.",
          },
        },
      },
    },
    {
      kind: "choice",
      says: {
        id: "Pelapor kedua merasa pohonnya berbeda. Apa yang dapat ia lakukan?",
        en: "The second reporter thinks that theirs is another tree. What can they do?",
      },
      options: [
        {
          id: "baru",
          says: { id: "Hanya mengirim laporan baru", en: "Only send a new report" },
          text: {
            id: "Itu tidak perlu. Pelapor dapat memisahkan laporannya sendiri.",
            en: "There is no need. A reporter can take their report off the other one themselves.",
          },
        },
        {
          id: "pisahkan",
          right: true,
          says: {
            id: "Memisahkan laporannya, lalu laporan itu diverifikasi lagi",
            en: "Take their report off the other one; it is then verified again",
          },
          text: {
            id: "Benar. Laporannya kembali ke meja verifikasi dengan hitungan yang baru.",
            en: "Right. The report comes back to verification with a new count.",
          },
          ground: guidanceOf.separate.grounds[0],
        },
        {
          id: "banding",
          says: { id: "Mengajukan banding", en: "Appeal" },
          text: {
            id: "Banding dipakai melawan jawaban. Di sini belum ada jawaban.",
            en: "An appeal is made against an answer. There is none here.",
          },
        },
      ],
    },
  ],
  learnt: [
    {
      text: {
        id: "Gabungkan bila tempat, waktu, dan kejadiannya sama. Jangan arsipkan laporan kedua.",
        en: "Join reports where place, time and event are the same. Do not archive the second one.",
      },
      ground: ofJoining,
    },
    {
      text: {
        id: "Pelapor yang laporannya keliru digabung dapat memisahkannya sendiri.",
        en: "A reporter whose report was joined by mistake can take it off again.",
      },
    },
  ],
};
