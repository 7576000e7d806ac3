import { guidanceOf } from "../../guidance/moves.ts";
import type { Scenario } from "../scenario.ts";

const [ofReturning] = guidanceOf.return.grounds;
const national = { role: "national-admin", agencyId: "latihan-nasional" } as const;

/** A road of the province has come to the city's department. */
export const wrongAgency: Scenario = {
  id: "salah-instansi",
  edition: 1,
  title: { id: "Salah instansi", en: "The wrong agency" },
  about: {
    id: "Mengembalikan laporan yang bukan kewenangan, tanpa membuatnya berputar-putar",
    en: "Returning a report that is not yours to handle, without sending it in circles",
  },
  story: {
    id: "Anda admin Dinas PU Kota Contoh. Pagi ini ada laporan tentang jalan berlubang. Ruas itu jalan provinsi, jadi bukan kewenangan dinas Anda.",
    en: "You are the administrator of the city's public works department. This morning there is a report about a pothole. That road belongs to the province, so it is not yours to mend.",
  },
  minutes: 6,
  post: { role: "agency-admin", agencyId: "latihan-dinas-pu" },
  trackingNumber: "6HX8K-ZAN1K",
  report: {
    class: "complaint",
    title: "Jalan provinsi berlubang di tikungan kilometer 12",
    text: "Lubang di tikungan kilometer 12 jalan provinsi sudah sebulan. Kemarin ada pengendara motor jatuh. Mohon segera ditambal.",
    anonymous: false,
    secret: false,
  },
  before: [{ by: national, move: "verify", body: { agencyId: "latihan-dinas-pu" } }],
  tasks: [
    {
      kind: "move",
      says: {
        id: "Baca laporannya. Jalan itu milik provinsi. Apa langkah Anda?",
        en: "Read the report. The road belongs to the province. What do you do?",
      },
      right: "return",
      because: {
        text: {
          id: "Benar. Laporan naik satu tingkat dengan alasan Anda, jadi penerima berikutnya tidak perlu menebak. Pelapor tetap memakai nomor yang sama.",
          en: "Right. The report goes one level up with your reason, so nobody has to guess. The reporter keeps the same number.",
        },
        ground: ofReturning,
      },
      wrong: {
        archive: {
          text: {
            id: "Jalan rusak adalah urusan layanan publik. Bila Anda mengarsipkannya, tidak ada yang menambal jalan itu, dan pelapor harus mengajukan keberatan.",
            en: "A broken road is a matter of public service. If you archive it, nobody mends it, and the reporter has to object.",
          },
          ground: ofReturning,
        },
        answer: {
          text: {
            id: 'Menjawab "bukan kewenangan kami" menutup pekerjaan tanpa menyelesaikan apa pun. Pelapor lalu memberi nilai rendah atau banding.',
            en: 'To answer "not ours" ends the work and solves nothing. The reporter then rates it low or appeals.',
          },
          ground: ofReturning,
        },
        assign: {
          text: {
            id: "Anda hanya dapat meneruskan ke unit di bawah Anda. Dinas provinsi ada di luar pohon instansi kota.",
            en: "You can only hand a case to units below you. The department of the province stands outside the city's tree.",
          },
        },
        ask: {
          text: {
            id: "Laporan ini sudah lengkap. Bertanya hanya menghentikan hitungan dan membuat pelapor menunggu.",
            en: "This report is complete. A question only stops the count and makes the reporter wait.",
          },
        },
      },
      wrongWith: ({ reason }) =>
        /provinsi|province/i.test(String(reason))
          ? undefined
          : {
              text: {
                id: "Alasan ini belum menyebut siapa yang berwenang. Tulis bahwa ruas itu jalan provinsi, supaya laporan tidak kembali lagi kepada Anda.",
                en: "This reason does not say who is in charge. Write that the road is the province's (provinsi), so that the case does not come back to you.",
              },
            },
    },
    {
      kind: "due",
      says: {
        id: "Laporan kini di Pemerintah Kota Contoh. Kapan batas tanggapan awalnya?",
        en: "The case is now with the city government. By when is its first response due?",
      },
      clock: "response",
      because: {
        text: {
          id: "Benar. Penerima mendapat hitungan tanggapan awal yang baru. Batas penyelesaian tetap berjalan sejak verifikasi, jadi setiap putaran menghabiskan waktu pelapor.",
          en: "Right. Whoever gets it back has a new count for the first response. The completion limit runs on from the verification, so each round costs the reporter time.",
        },
      },
    },
    {
      kind: "move",
      as: { role: "agency-admin", agencyId: "latihan-kota" },
      says: {
        id: "Sekarang Anda admin Pemerintah Kota Contoh. Laporan baru saja dikembalikan Dinas PU kota. Apa langkah Anda?",
        en: "Now you are the administrator of the city. Its public works department has just returned the case. What do you do?",
      },
      right: "return",
      because: {
        text: {
          id: "Benar. Di atas kota tidak ada tingkat lain, jadi laporan sampai ke admin nasional. Ia dapat meneruskan ke instansi mana pun.",
          en: "Right. There is no level above the city, so the case comes to the national administrator, who can hand it anywhere.",
        },
        ground: ofReturning,
      },
      wrong: {
        assign: {
          text: {
            id: "Unit kota tidak berwenang atas jalan provinsi. Mengirimnya lagi membuat laporan berputar. Pengembalian ketiga selalu naik ke admin nasional.",
            en: "No unit of the city is in charge of a provincial road. Sending it down again makes the case go in circles. The third return always goes to the national administrator.",
          },
          ground: ofReturning,
        },
        archive: {
          text: {
            id: "Laporan ini sah. Ia hanya berada di tempat yang keliru.",
            en: "The report is a proper one. It is only in the wrong place.",
          },
        },
      },
    },
    {
      kind: "move",
      as: national,
      says: {
        id: "Sekarang Anda admin nasional. Ke mana laporan ini diteruskan?",
        en: "Now you are the national administrator. Where does the case go?",
      },
      right: "assign",
      because: {
        text: {
          id: "Benar. Dinas PU provinsi berwenang atas jalan provinsi. Catatan singkat menghemat waktu penerimanya.",
          en: "Right. The public works department of the province is in charge of its roads. A short note saves its reader time.",
        },
      },
      wrong: {
        archive: {
          text: {
            id: "Masih ada instansi yang berwenang. Teruskan kepadanya.",
            en: "There is an agency in charge. Hand the case to it.",
          },
        },
        answer: {
          text: {
            id: "Admin nasional tidak menjawab isi laporan. Ia meneruskannya kepada yang berwenang.",
            en: "The national administrator does not answer reports, but hands them to whoever is in charge.",
          },
          ground: ofReturning,
        },
      },
      wrongWith: ({ agencyId }) =>
        agencyId === "latihan-dinas-pu-provinsi"
          ? undefined
          : {
              text: {
                id: "Instansi ini tidak berwenang atas jalan provinsi. Laporan akan dikembalikan sekali lagi.",
                en: "This agency is not in charge of the province's roads. The case will be returned once more.",
              },
            },
    },
  ],
  learnt: [
    {
      text: {
        id: "Bukan kewenangan bukan alasan untuk mengarsipkan atau menjawab. Kembalikan, dan sebut siapa yang berwenang.",
        en: "That a case is not yours is no reason to archive or answer it. Return it and say who is in charge.",
      },
      ground: ofReturning,
    },
    {
      text: {
        id: "Setiap pengembalian dicatat dengan lamanya. Batas penyelesaian tidak mulai lagi.",
        en: "Each return is on record with the time that it took. The completion limit does not begin again.",
      },
    },
  ],
};
