import { guidanceOf } from "../../guidance/moves.ts";
import type { Scenario } from "../scenario.ts";

const [ofAnswering] = guidanceOf.answer.grounds;
const head = { role: "agency-head", agencyId: "latihan-dinas-pu" } as const;
const worker = { role: "unit-officer", agencyId: "latihan-dinas-pu" } as const;

/** An answer that solved nothing gets one star. */
export const lowRating: Scenario = {
  id: "nilai-rendah",
  edition: 1,
  title: { id: "Nilai rendah membuka laporan kembali", en: "A low rating reopens a report" },
  about: {
    id: "Apa yang terjadi sesudah satu bintang, dan siapa yang memutuskan",
    en: "What happens after one star, and who decides",
  },
  story: {
    id: 'Anda petugas Dinas PU Kota Contoh. Kemarin rekan Anda menjawab laporan tentang jembatan kayu dengan "akan kami anggarkan". Pelapor belum menilai.',
    en: 'You are an officer of the city\'s public works department. A colleague answered a report about a wooden bridge with "we will budget for it". The reporter has not rated it yet.',
  },
  minutes: 7,
  post: worker,
  trackingNumber: "5G4FV-6HX8R",
  report: {
    class: "complaint",
    title: "Papan jembatan kayu lapuk di Kampung Contoh",
    text: "Tiga papan jembatan kayu di Kampung Contoh lapuk. Anak sekolah lewat situ setiap pagi. Mohon diganti.",
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
    { by: worker, move: "answer", body: { text: "Terima kasih. Perbaikan jembatan akan kami anggarkan." } },
  ],
  tasks: [
    {
      kind: "due",
      says: {
        id: "Jawaban dikirim pagi ini. Sampai kapan pelapor dapat menilai atau membantahnya?",
        en: "The answer was sent this morning. Until when can the reporter rate or dispute it?",
      },
      clock: "reply",
      because: {
        text: {
          id: "Benar. Bila pelapor diam sampai batas itu, laporan selesai otomatis.",
          en: "Right. If the reporter says nothing until then, the report closes by itself.",
        },
      },
    },
    {
      kind: "wait",
      says: {
        id: "Biarkan hari berjalan sampai pelapor menilai.",
        en: "Let days pass until the reporter rates the answer.",
      },
      until: 2,
      happens: {
        by: "reporter",
        move: "confirm",
        body: { stars: 1, comment: "Papannya masih lapuk. Kapan diganti?" },
      },
    },
    {
      kind: "choice",
      says: {
        id: "Pelapor memberi satu bintang. Siapa yang harus bertindak sekarang?",
        en: "The reporter gave one star. Who has to act now?",
      },
      options: [
        {
          id: "petugas",
          says: {
            id: "Petugas yang menjawab, dengan jawaban yang sama",
            en: "The officer who answered, with the same answer",
          },
          text: {
            id: "Jawaban yang sama menghasilkan nilai yang sama. Nilai satu atau dua bintang mengangkat laporan ke kepala instansi.",
            en: "The same answer gets the same rating. One or two stars take the case to the head of the agency.",
          },
        },
        {
          id: "kepala",
          right: true,
          says: { id: "Kepala instansi", en: "The head of the agency" },
          text: {
            id: "Benar. Hanya kepala instansi yang dapat melanjutkan laporan yang dibuka kembali oleh nilai rendah.",
            en: "Right. Only the head of the agency can go on with a case that a low rating has reopened.",
          },
        },
        {
          id: "selesai",
          says: { id: "Tidak ada, laporan sudah dinilai", en: "Nobody, the report has been rated" },
          text: {
            id: "Tiga bintang atau lebih menutup laporan. Satu atau dua bintang membukanya kembali.",
            en: "Three stars or more close a report. One or two reopen it.",
          },
        },
      ],
    },
    {
      kind: "due",
      says: {
        id: "Hitungan penyelesaian berjalan lagi. Kapan batasnya?",
        en: "The count of the completion goes on. When is it due?",
      },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Hitungannya tidak mulai lagi: sisa harinya berjalan terus. Hari selama menunggu pelapor tidak dihitung.",
          en: "Right. The count does not begin again: the days that were left go on. The days of waiting for the reporter do not count.",
        },
      },
    },
    {
      kind: "move",
      as: head,
      says: {
        id: "Sekarang Anda kepala Dinas PU. Papan jembatan masih lapuk. Apa langkah Anda?",
        en: "Now you are the head of the department. The boards are still rotten. What do you do?",
      },
      right: "assign",
      because: {
        text: {
          id: "Benar. Unit yang dapat memperbaiki menerima laporan beserta catatan Anda.",
          en: "Right. The unit that can mend it gets the case with your note.",
        },
        ground: guidanceOf.assign.grounds[0],
      },
      wrong: {
        answer: {
          text: {
            id: "Belum ada yang diperbaiki. Jawaban kedua tanpa hasil akan dinilai rendah lagi.",
            en: "Nothing has been mended. A second answer without a result gets a low rating again.",
          },
          ground: ofAnswering,
        },
        archive: {
          text: {
            id: "Laporan yang dinilai rendah tidak dapat dihilangkan dengan mengarsipkannya. Kepala instansi tidak mengarsipkan.",
            en: "A case with a low rating cannot be made to vanish by archiving it. The head of an agency does not archive.",
          },
        },
        ask: {
          text: {
            id: "Pelapor sudah menjelaskan dengan baik. Bertanya menghentikan hitungan dan menambah kekesalan.",
            en: "The reporter has said it well. A question stops the count and adds to the annoyance.",
          },
        },
      },
      wrongWith: ({ agencyId }) =>
        agencyId === "latihan-uptd-jalan"
          ? undefined
          : {
              text: {
                id: "Pilih unit yang mengganti papan jembatan: UPTD Jalan.",
                en: "Choose the unit that replaces the boards: the unit for roads (UPTD Jalan).",
              },
            },
    },
    {
      kind: "move",
      as: { role: "unit-officer", agencyId: "latihan-uptd-jalan" },
      says: {
        id: "Sekarang Anda petugas UPTD Jalan. Papannya sudah diganti pagi ini. Apa langkah Anda?",
        en: "Now you are an officer of the unit for roads. The boards were replaced this morning. What do you do?",
      },
      right: "answer",
      because: {
        text: {
          id: "Benar. Jawaban menyebut apa yang sudah dikerjakan. Pada laporan nyata lampirkan fotonya.",
          en: "Right. The answer says what was done. In a real case attach a photo of it.",
        },
        ground: ofAnswering,
      },
      wrong: {
        progress: {
          text: {
            id: "Pekerjaannya sudah selesai, jadi jawab.",
            en: "The work is done, so answer.",
          },
        },
        return: {
          text: {
            id: "Kepala dinas sudah memutuskan bahwa ini tugas unit Anda, dan papannya sudah diganti.",
            en: "The head has decided that this is yours, and the boards have been replaced.",
          },
        },
      },
      wrongWith: ({ text }) =>
        /\bakan\b|anggarkan|\bwill\b|budget/i.test(String(text))
          ? {
              text: {
                id: "Janji bukan hasil. Tulis apa yang sudah dikerjakan, kapan, dan oleh siapa.",
                en: "A promise is no result. Write what was done, when, and by whom.",
              },
              ground: ofAnswering,
            }
          : undefined,
    },
  ],
  learnt: [
    {
      text: {
        id: "Satu atau dua bintang berarti belum beres. Laporan naik ke kepala instansi.",
        en: "One or two stars mean that it is not solved. The case goes to the head of the agency.",
      },
    },
    {
      text: {
        id: "Tulis hasil, bukan janji. Foto sesudah pekerjaan lebih meyakinkan daripada kalimat.",
        en: "Write results, not promises. A photo afterwards convinces more than a sentence.",
      },
      ground: ofAnswering,
    },
  ],
};
