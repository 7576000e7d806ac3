import { guidanceOf } from "../../guidance/moves.ts";
import type { Lesson, Scenario } from "../scenario.ts";

const [ofOpening] = guidanceOf["open-identity"].grounds;
const [ofAssigning] = guidanceOf.assign.grounds;

const tellsWho: Lesson = {
  text: {
    id: "Tulisan ini menyebut kelas atau bahwa pelapor orang tua murid. Di sekolah kecil itu cukup untuk menebak siapa yang melapor. Tulis tanpa itu.",
    en: "This text names the class, or says that the reporter is a parent. In a small school that is enough to guess who reported. Write it without that.",
  },
  ground: ofOpening,
};
const wrongWith = ({ text }: Readonly<Record<string, unknown>>) =>
  /8\s?-?b\b|orang\s?tua|wali murid|\bparent/i.test(String(text)) ? tellsWho : undefined;

/** Somebody reports their child's school, and asks that nobody reads it. */
export const secretReport: Scenario = {
  id: "laporan-rahasia",
  edition: 1,
  title: { id: "Laporan rahasia", en: "A secret report" },
  about: {
    id: "Bekerja dengan laporan yang isinya tidak boleh diketahui publik atau yang dilaporkan",
    en: "Working on a report that neither the public nor those reported may know",
  },
  story: {
    id: "Anda pejabat penghubung Dinas Pendidikan Kota Contoh. Sebuah laporan rahasia menyebut pungutan di SMP Negeri Contoh. Sekolah itu ada di bawah dinas Anda.",
    en: "You are the liaison officer of the city's education department. A secret report tells of fees taken at a school. That school stands below your department.",
  },
  minutes: 6,
  post: { role: "liaison-officer", agencyId: "latihan-dinas-pendidikan" },
  trackingNumber: "R4FV6-HX8K0",
  report: {
    class: "complaint",
    title: "Pungutan untuk daftar ulang di SMP Negeri Contoh",
    text: "Saya orang tua siswa kelas 8B. Wali kelas meminta Rp350.000 untuk daftar ulang dan tidak memberi kuitansi. Mohon diperiksa, dan jangan sampai anak saya kena akibatnya.",
    anonymous: false,
    secret: true,
    agencyId: "latihan-kota",
  },
  hasIdentity: true,
  before: [
    {
      by: { role: "agency-admin", agencyId: "latihan-kota" },
      move: "verify",
      body: { supervised: true, agencyId: "latihan-dinas-pendidikan" },
    },
  ],
  tasks: [
    {
      kind: "choice",
      says: {
        id: "Laporan ini rahasia. Apa yang dibaca publik dengan nomornya?",
        en: "This report is secret. What does the public read by its number?",
      },
      options: [
        {
          id: "status",
          right: true,
          says: { id: "Status dan batas waktunya saja", en: "Its status and limits only" },
          text: {
            id: "Benar. Isi, catatan perkembangan, dan jawabannya tidak tampak bagi publik.",
            en: "Right. The public sees neither what it says nor progress notes and answers.",
          },
        },
        {
          id: "judul",
          says: {
            id: "Judul dan jawabannya, tanpa nama pelapor",
            en: "Its title and answer, without the reporter's name",
          },
          text: {
            id: "Itu berlaku untuk laporan anonim. Rahasia menyembunyikan isinya, anonim menyembunyikan orangnya. Keduanya dapat dipilih bersama.",
            en: "That holds for an anonymous report. Secret hides what it says, anonymous hides who says it. Both can be chosen together.",
          },
        },
        {
          id: "semua",
          says: { id: "Semuanya, sesudah laporan selesai", en: "All of it, once the report is closed" },
          text: {
            id: "Laporan rahasia tetap rahasia sesudah selesai.",
            en: "A secret report stays secret after it is closed.",
          },
        },
      ],
    },
    {
      kind: "due",
      says: {
        id: "Pengaduan ini berkadar pengawasan. Kapan batas penyelesaiannya?",
        en: "This complaint is supervised. When is its completion due?",
      },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Dugaan penyimpangan perlu pemeriksaan, jadi batasnya lebih panjang daripada pengaduan biasa.",
          en: "Right. A suspected irregularity has to be examined, so its limit is longer than that of other complaints.",
        },
      },
    },
    {
      kind: "move",
      says: {
        id: "Apa langkah pertama Anda?",
        en: "What do you do first?",
      },
      right: "progress",
      because: {
        text: {
          id: "Benar. Pelapor tahu bahwa laporannya diperiksa, dan tidak ada yang menunjuk kepadanya.",
          en: "Right. The reporter knows that the report is being examined, and nothing points to them.",
        },
        ground: guidanceOf.progress.grounds[0],
      },
      wrong: {
        assign: {
          text: {
            id: "Unit di bawah Anda adalah sekolah yang dilaporkan. Meneruskan ke sana menyerahkan laporan kepada yang dilaporkan.",
            en: "The unit below you is the school that was reported. To hand it there gives the report to those it is about.",
          },
          ground: ofAssigning,
        },
        "open-identity": {
          text: {
            id: "Siapa yang melapor tidak diperlukan untuk memeriksa pungutan. Lagi pula hanya kepala instansi yang dapat membukanya, dengan alasan yang dibaca pelapor.",
            en: "Who reported is not needed to examine fees. Besides, only the head of the agency may open it, for a reason that the reporter reads.",
          },
          ground: ofOpening,
        },
        answer: {
          text: {
            id: "Belum ada hasil pemeriksaan. Jawaban sekarang menghentikan pekerjaan terlalu awal.",
            en: "There is no result yet. An answer now ends the work too early.",
          },
        },
      },
      wrongWith,
    },
    {
      kind: "move",
      says: {
        id: "Pemeriksaan selesai: pungutan dihentikan dan uang dikembalikan. Apa langkah Anda?",
        en: "The examination is over: the fees have ended and the money was given back. What do you do?",
      },
      right: "answer",
      because: {
        text: {
          id: "Benar. Jawabannya sampai kepada pelapor saja.",
          en: "Right. The answer reaches the reporter alone.",
        },
        ground: guidanceOf.answer.grounds[0],
      },
      wrong: {
        progress: {
          text: {
            id: "Pekerjaannya selesai, jadi jawab. Catatan perkembangan tidak mengakhiri hitungan.",
            en: "The work is done, so answer. A progress note does not end the count.",
          },
        },
        ask: {
          text: {
            id: "Tidak ada yang kurang. Pertanyaan hanya menghentikan hitungan.",
            en: "Nothing is missing. A question only stops the count.",
          },
        },
      },
      wrongWith,
    },
  ],
  learnt: [
    {
      text: {
        id: "Rahasia menyembunyikan isi dari publik. Anonim menyembunyikan orangnya dari publik dan instansi.",
        en: "Secret hides from the public what is reported. Anonymous hides from the public and the agency who reports.",
      },
    },
    {
      text: {
        id: "Jangan teruskan laporan kepada yang dilaporkan, dan jangan tulis petunjuk tentang pelapor.",
        en: "Never hand a report to those it is about, and write nothing that points to the reporter.",
      },
      ground: ofOpening,
    },
  ],
};
