import { guidanceOf } from "../../guidance/moves.ts";
import type { Scenario } from "../scenario.ts";

const [ofAnswering] = guidanceOf.answer.grounds;
const worker = { role: "unit-officer", agencyId: "latihan-dinas-pu" } as const;

/** The reporter takes an answer to the level above. */
export const appealed: Scenario = {
  id: "banding",
  edition: 1,
  title: { id: "Banding", en: "An appeal" },
  about: {
    id: "Memeriksa jawaban unit di bawah Anda dari awal",
    en: "Looking again at the answer of a unit below you",
  },
  story: {
    id: 'Anda admin Pemerintah Kota Contoh. Dinas PU menjawab laporan tentang trotoar: "trotoar sudah sesuai standar". Pelapor memakai kursi roda dan tidak setuju.',
    en: 'You are the administrator of the city. Its department answered a report about a pavement: "the pavement meets the standard". The reporter uses a wheelchair and disagrees.',
  },
  minutes: 6,
  post: { role: "agency-admin", agencyId: "latihan-kota" },
  trackingNumber: "9TAGE-M0R54",
  report: {
    class: "complaint",
    title: "Trotoar baru tidak dapat dilewati kursi roda",
    text: "Trotoar baru di Jalan Contoh ditutup tiang setiap dua puluh meter. Kursi roda tidak dapat lewat. Mohon tiangnya dipindah.",
    anonymous: false,
    secret: false,
    agencyId: "latihan-kota",
  },
  before: [
    {
      by: { role: "agency-admin", agencyId: "latihan-kota" },
      move: "verify",
      body: { agencyId: "latihan-dinas-pu" },
    },
    { by: worker, move: "answer", body: { text: "Trotoar sudah dibangun sesuai standar yang berlaku." } },
  ],
  tasks: [
    {
      kind: "wait",
      says: {
        id: "Jawaban Dinas PU terkirim. Biarkan hari berjalan dan lihat apa yang dilakukan pelapor.",
        en: "The department's answer is sent. Let days pass and see what the reporter does.",
      },
      until: 3,
      happens: {
        by: "reporter",
        move: "appeal",
        body: { text: "Standar apa pun, saya tetap tidak dapat lewat. Mohon diperiksa di lapangan." },
      },
    },
    {
      kind: "choice",
      says: {
        id: "Pelapor mengajukan banding. Siapa yang memeriksa sekarang?",
        en: "The reporter has appealed. Who looks at it now?",
      },
      options: [
        {
          id: "dinas",
          says: { id: "Dinas PU lagi", en: "The department again" },
          text: {
            id: "Banding membawa jawaban ke tingkat di atas unit yang menjawab. Yang menjawab tidak menilai jawabannya sendiri.",
            en: "An appeal takes the answer to the level above the unit that gave it. Nobody judges their own answer.",
          },
        },
        {
          id: "kota",
          right: true,
          says: { id: "Pemerintah Kota Contoh, tingkat di atasnya", en: "The city, the level above" },
          text: {
            id: "Benar. Laporan kini di meja Anda, dan hitungan penyelesaian berjalan lagi.",
            en: "Right. The case is on your desk now, and the count of the completion goes on.",
          },
        },
        {
          id: "ombudsman",
          says: { id: "Ombudsman", en: "The Ombudsman" },
          text: {
            id: "Ombudsman menerima laporan sesudah batas penyelesaian lewat dan pelapor setuju. Banding diperiksa di dalam instansi.",
            en: "The Ombudsman gets a case after the completion limit has passed and the reporter agrees. An appeal is looked at within the agency.",
          },
          ground: guidanceOf.refer.grounds[0],
        },
      ],
    },
    {
      kind: "due",
      says: { id: "Kapan batas penyelesaiannya sekarang?", en: "When is the completion due now?" },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Hari selama pelapor memegang giliran tidak dihitung, dan sisa harinya berjalan lagi.",
          en: "Right. The days that were the reporter's do not count, and the days that were left go on.",
        },
      },
    },
    {
      kind: "move",
      says: {
        id: "Anda mengirim orang untuk memeriksa trotoar besok. Apa langkah Anda sekarang?",
        en: "You send somebody to look at the pavement tomorrow. What do you do now?",
      },
      right: "progress",
      because: {
        text: {
          id: "Benar. Pelapor membaca bahwa bandingnya diperiksa di lapangan.",
          en: "Right. The reporter reads that the appeal is being looked into on the spot.",
        },
        ground: guidanceOf.progress.grounds[0],
      },
      wrong: {
        assign: {
          text: {
            id: "Meneruskan kembali ke unit yang sama tanpa memeriksa membuat banding tidak berarti.",
            en: "To hand it back to the same unit without a look makes the appeal meaningless.",
          },
        },
        answer: {
          text: {
            id: "Belum ada yang memeriksa. Menjawab sekarang hanya mengulang jawaban yang dibanding.",
            en: "Nobody has looked yet. To answer now only repeats what was appealed against.",
          },
          ground: ofAnswering,
        },
        archive: {
          text: {
            id: "Laporan yang sedang diproses tidak dapat diarsipkan admin instansi, apalagi saat banding.",
            en: "An agency administrator cannot archive a case that is in progress, least of all on appeal.",
          },
        },
      },
    },
    {
      kind: "move",
      says: {
        id: "Pemeriksaan menemukan empat tiang menghalangi. Dinas PU memindahkannya. Apa langkah Anda?",
        en: "The look found four poles in the way. The department has moved them. What do you do?",
      },
      right: "answer",
      because: {
        text: {
          id: "Benar. Tingkat di atas menjawab sendiri, dengan hasil pemeriksaannya.",
          en: "Right. The level above answers itself, with what it found.",
        },
        ground: ofAnswering,
      },
      wrong: {
        assign: {
          text: {
            id: "Pekerjaannya sudah selesai. Yang memutuskan banding juga yang menjawab.",
            en: "The work is done. Whoever decides on the appeal answers it.",
          },
        },
        ask: { text: { id: "Tidak ada yang kurang.", en: "Nothing is missing." } },
      },
      wrongWith: ({ text }) =>
        /sesuai standar|meets the standard/i.test(String(text))
          ? {
              text: {
                id: "Ini jawaban yang dibanding. Tulis apa yang ditemukan dan apa yang sudah diubah.",
                en: "This is the answer that was appealed against. Write what was found and what has changed.",
              },
              ground: ofAnswering,
            }
          : undefined,
    },
  ],
  learnt: [
    {
      text: {
        id: "Banding diperiksa satu tingkat di atas yang menjawab, dengan mata baru.",
        en: "An appeal is looked at one level above whoever answered, with fresh eyes.",
      },
    },
    {
      text: {
        id: "Batas penyelesaian tidak mulai lagi saat banding.",
        en: "The completion limit does not begin again with an appeal.",
      },
    },
  ],
};
