import { guidanceOf } from "../../guidance/moves.ts";
import type { Scenario } from "../scenario.ts";

const [ofReferring] = guidanceOf.refer.grounds;

/** A limit passes, and the reporter wants the Ombudsman. */
export const ombudsman: Scenario = {
  id: "ombudsman",
  edition: 1,
  title: { id: "Penerusan ke Ombudsman", en: "A referral to the Ombudsman" },
  about: {
    id: "Kapan laporan dapat diteruskan ke Ombudsman, dan apa yang tetap menjadi tugas instansi",
    en: "When a case may be given to the Ombudsman, and what stays the agency's task",
  },
  story: {
    id: "Anda admin nasional. Dinas Pendidikan Kota Contoh menerima pengaduan tentang ijazah yang ditahan, dan tidak berbuat apa-apa.",
    en: "You are the national administrator. The city's education department got a complaint about a certificate that is held back, and does nothing.",
  },
  minutes: 8,
  post: { role: "national-admin", agencyId: "latihan-nasional" },
  trackingNumber: "Z1JAK-3CQ3N",
  report: {
    class: "complaint",
    title: "Ijazah ditahan karena tunggakan iuran",
    text: "Sekolah menahan ijazah anak saya karena tunggakan iuran. Ia tidak dapat mendaftar kerja. Mohon bantuan.",
    anonymous: false,
    secret: false,
    agencyId: "latihan-kota",
  },
  before: [
    {
      by: { role: "agency-admin", agencyId: "latihan-kota" },
      move: "verify",
      body: { agencyId: "latihan-dinas-pendidikan" },
    },
  ],
  tasks: [
    {
      kind: "choice",
      says: {
        id: "Kapan laporan ini dapat diteruskan ke Ombudsman?",
        en: "When may this case be given to the Ombudsman?",
      },
      options: [
        {
          id: "sekarang",
          says: {
            id: "Kapan saja, bila admin nasional menganggapnya perlu",
            en: "At any time, if the national administrator thinks fit",
          },
          text: {
            id: "Instansi mendapat waktunya dulu. Penerusan sebelum batas penyelesaian lewat ditolak.",
            en: "The agency has its time first. A referral before the completion limit has passed is refused.",
          },
          ground: ofReferring,
        },
        {
          id: "lewat",
          says: { id: "Begitu batas penyelesaian lewat", en: "Once the completion limit has passed" },
          text: {
            id: "Itu belum cukup. Laporan memuat cerita pelapor, jadi pelapor harus setuju juga.",
            en: "That is not enough. The case holds the reporter's story, so they have to agree as well.",
          },
          ground: ofReferring,
        },
        {
          id: "setuju",
          right: true,
          says: {
            id: "Sesudah batas penyelesaian lewat, dan pelapor setuju",
            en: "After the completion limit has passed, and with the reporter's consent",
          },
          text: {
            id: "Benar. Keduanya harus terpenuhi.",
            en: "Right. Both have to be fulfilled.",
          },
          ground: ofReferring,
        },
      ],
    },
    {
      kind: "due",
      says: {
        id: "Pengaduan ini tidak berkadar pengawasan dan diverifikasi hari ini. Kapan batas penyelesaiannya?",
        en: "This complaint is not supervised and was verified today. When is its completion due?",
      },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Sebelum hari itu petugas diingatkan. Sesudahnya kepala instansi, lalu koordinator, diberi tahu.",
          en: "Right. Before that day the officers are reminded. After it the head of the agency is told, and then the coordinator.",
        },
      },
    },
    {
      kind: "wait",
      says: {
        id: "Dinas tidak bergerak. Biarkan hari berjalan sampai batasnya lewat. Perhatikan pengingat di riwayat.",
        en: "The department does nothing. Let days pass until the limit is over. Watch the reminders in the history.",
      },
      until: { late: "completion" },
    },
    {
      kind: "move",
      says: {
        id: "Batasnya lewat, dan pelapor sudah ditawari Ombudsman. Ia belum menjawab tawaran itu. Apa langkah Anda hari ini?",
        en: "The limit has passed, and the reporter was offered the Ombudsman. They have not said yes. What do you do today?",
      },
      right: "assign",
      because: {
        text: {
          id: "Benar. Instansi lain di kota dapat bertindak, dan pelapor tidak perlu menunggu dinas yang diam.",
          en: "Right. Another agency of the city can act, and the reporter need not wait for a silent department.",
        },
        ground: guidanceOf.assign.grounds[0],
      },
      wrong: {
        refer: {
          text: {
            id: "Pelapor belum setuju. Tanpa persetujuannya laporan tidak dapat diteruskan.",
            en: "The reporter has not agreed. Without their consent the case cannot be referred.",
          },
          ground: ofReferring,
        },
        archive: {
          text: {
            id: "Mengarsipkan laporan yang terlambat menghilangkan masalahnya dari angka, bukan dari hidup pelapor.",
            en: "To archive a late case takes the problem out of the figures, not out of the reporter's life.",
          },
        },
        answer: {
          text: {
            id: "Admin nasional tidak menjawab untuk instansi. Ia memastikan ada yang bertindak.",
            en: "The national administrator does not answer for an agency, but sees that somebody acts.",
          },
        },
      },
      wrongWith: ({ agencyId }) =>
        agencyId === "latihan-kota"
          ? undefined
          : {
              text: {
                id: "Pilih tingkat di atas dinas itu, yaitu Pemerintah Kota Contoh. Ia bertanggung jawab atas dinasnya.",
                en: "Choose the level above that department, which is the city. It answers for its departments.",
              },
            },
    },
    {
      kind: "wait",
      says: {
        id: "Biarkan hari berjalan sampai pelapor memutuskan.",
        en: "Let days pass until the reporter decides.",
      },
      until: 1,
      happens: { by: "reporter", move: "consent", body: {} },
    },
    {
      kind: "move",
      says: {
        id: "Pelapor setuju. Apa langkah Anda?",
        en: "The reporter agrees. What do you do?",
      },
      right: "refer",
      because: {
        text: {
          id: "Benar. Ombudsman kini membaca laporan ini beserta riwayatnya.",
          en: "Right. The Ombudsman can now read this case with its history.",
        },
        ground: ofReferring,
      },
      wrong: {
        archive: {
          text: {
            id: "Penerusan ke Ombudsman tidak menutup laporan. Instansi tetap harus menjawab.",
            en: "A referral does not close a case. The agency still has to answer.",
          },
          ground: ofReferring,
        },
        assign: {
          text: {
            id: "Laporan sudah di instansi yang tepat. Pelapor meminta Ombudsman, dan syaratnya terpenuhi.",
            en: "The case is with the right agency. The reporter asks for the Ombudsman, and the conditions are fulfilled.",
          },
          ground: ofReferring,
        },
      },
    },
    {
      kind: "choice",
      says: {
        id: "Apakah instansi masih harus bekerja sesudah penerusan?",
        en: "Does the agency still have to work after the referral?",
      },
      options: [
        {
          id: "tidak",
          says: { id: "Tidak, Ombudsman mengambil alih", en: "No, the Ombudsman takes over" },
          text: {
            id: "Ombudsman memeriksa di samping instansi. Laporan tetap terbuka sampai dijawab.",
            en: "The Ombudsman looks at it beside the agency. The case stays open until it is answered.",
          },
        },
        {
          id: "ya",
          right: true,
          says: { id: "Ya, instansi tetap harus menjawab", en: "Yes, the agency still has to answer" },
          text: {
            id: "Benar. Batasnya sudah lewat dan tercatat sebagai terlewati.",
            en: "Right. Its limit has passed and is on record as missed.",
          },
        },
      ],
    },
  ],
  learnt: [
    {
      text: {
        id: "Ombudsman menerima laporan sesudah batas penyelesaian lewat, dan hanya dengan persetujuan pelapor.",
        en: "The Ombudsman gets a case after the completion limit has passed, and with the reporter's consent only.",
      },
      ground: ofReferring,
    },
    {
      text: {
        id: "Penerusan tidak membebaskan instansi dari menjawab.",
        en: "A referral does not free the agency from answering.",
      },
    },
  ],
};
