import { guidanceOf } from "../../guidance/moves.ts";
import type { Lesson, Scenario } from "../scenario.ts";

const [ofOpening] = guidanceOf["open-identity"].grounds;
const [ofAsking] = guidanceOf.ask.grounds;

const namesTheReporter: Lesson = {
  text: {
    id: "Tulisan ini menyebut pelat motor atau nomor antrean dari foto. Siapa pun di puskesmas dapat menebak pelapornya. Tulis tanpa itu.",
    en: "This text names the number plate or the queue number of the photo. Anybody at the clinic can guess who reported. Write it without them.",
  },
  ground: ofOpening,
};
const asksWho: Lesson = {
  text: {
    id: "Pertanyaan ini meminta tahu siapa pelapornya. Pelapor memilih anonim. Tanyakan kejadiannya, bukan orangnya.",
    en: "This question asks who the reporter is. They chose to be anonymous. Ask about what happened, not about the person.",
  },
  ground: ofAsking,
};
const tells = (text: unknown) => /KT\s*1234|\b17\b|pelat|plate/i.test(String(text));

/** The photo shows more than the reporter meant to. */
export const anonymousPhoto: Scenario = {
  id: "anonim-berfoto",
  edition: 1,
  title: { id: "Anonim, dengan foto yang bercerita", en: "Anonymous, with a telling photo" },
  about: {
    id: "Menjaga pelapor yang fotonya dapat membuka siapa dirinya",
    en: "Protecting a reporter whose photo could give them away",
  },
  story: {
    id: "Anda kepala Dinas Kesehatan Kota Contoh. Sebuah laporan anonim menyebut loket puskesmas tutup terlalu awal. Fotonya memperlihatkan pelat motor dan kartu antrean pelapor.",
    en: "You are the head of the city's health department. An anonymous report says that a clinic closes its counter too early. Its photo shows the reporter's number plate and queue ticket.",
  },
  minutes: 7,
  post: { role: "agency-head", agencyId: "latihan-dinas-kesehatan" },
  trackingNumber: "ZAN1C-0BP2B",
  report: {
    class: "complaint",
    title: "Loket puskesmas tutup sebelum waktunya",
    text: "Loket puskesmas tutup pukul sebelas, padahal di papan tertulis sampai pukul dua belas. Antrean masih panjang. Foto terlampir.",
    anonymous: true,
    secret: false,
    agencyId: "latihan-kota",
  },
  hasIdentity: true,
  sentAlong: {
    file: "foto-latihan.svg",
    shows: {
      id: "Loket puskesmas tertutup, jam dinding menunjukkan pukul sebelas, papan menulis buka sampai pukul dua belas. Empat orang antre. Terlihat motor berpelat KT 1234 XX dan kartu antrean nomor 17 di tangan pelapor.",
      en: "A clinic's counter is shut, the clock shows eleven, a sign says open until twelve. Four people queue. A motorcycle has the plate KT 1234 XX, and the reporter's hand holds ticket number 17.",
    },
  },
  before: [
    {
      by: { role: "agency-admin", agencyId: "latihan-kota" },
      move: "verify",
      body: { agencyId: "latihan-dinas-kesehatan" },
    },
  ],
  tasks: [
    {
      kind: "choice",
      says: {
        id: "Foto ini dikirim pelapor. Siapa yang dapat melihatnya?",
        en: "The reporter sent this photo. Who can see it?",
      },
      options: [
        {
          id: "publik",
          says: {
            id: "Semua orang yang tahu nomor laporannya",
            en: "Everybody who knows the number of the report",
          },
          text: {
            id: "Lampiran pelapor tidak tampak bagi publik. Yang dibaca publik adalah isi laporan dan jawaban Anda.",
            en: "The public does not see the reporter's files. It reads what was reported and your answer.",
          },
        },
        {
          id: "petugas",
          right: true,
          says: {
            id: "Pelapor dan petugas yang menangani, dalam salinan tanpa data lokasi",
            en: "The reporter and the officers on the case, as a copy without its position",
          },
          text: {
            id: "Benar. Salinan dibersihkan dari data tersembunyi, tetapi yang tampak di gambar tetap tampak. Aslinya disegel.",
            en: "Right. The copy holds no hidden data, but what the picture shows stays. The original is sealed.",
          },
        },
        {
          id: "kepala",
          says: { id: "Hanya Anda sebagai kepala instansi", en: "Only you as the head of the agency" },
          text: {
            id: "Semua petugas yang menangani laporan melihat salinannya. Karena itu jaga apa yang ditulis dan dibagikan.",
            en: "All officers on the case see the copy. So mind what is written and passed on.",
          },
        },
      ],
    },
    {
      kind: "move",
      says: {
        id: "Anda perlu tahu hari kejadiannya sebelum memeriksa puskesmas. Apa langkah Anda?",
        en: "You need the day on which it happened before you look into the clinic. What do you do?",
      },
      right: "ask",
      because: {
        text: {
          id: "Benar. Pelapor dapat membalas tanpa membuka siapa dirinya.",
          en: "Right. The reporter can reply without saying who they are.",
        },
        ground: ofAsking,
      },
      wrong: {
        "open-identity": {
          text: {
            id: "Pelapor anonim, jadi identitasnya tertutup sampai ia sendiri mengizinkan. Untuk memeriksa jam loket Anda tidak memerlukannya.",
            en: "The reporter is anonymous, so who they are stays closed until they agree themselves. You do not need it to look into opening hours.",
          },
          ground: ofOpening,
        },
        archive: {
          text: {
            id: "Laporan anonim diperlakukan sama dengan laporan lain. Lagi pula kepala instansi tidak mengarsipkan.",
            en: "An anonymous report is treated like any other. Besides, the head of an agency does not archive.",
          },
        },
        answer: {
          text: {
            id: "Belum ada yang diperiksa. Jawaban tanpa hasil dibantah atau dinilai rendah.",
            en: "Nothing has been looked into. An answer without a result is disputed or rated low.",
          },
        },
      },
      wrongWith: ({ text }) =>
        tells(text)
          ? namesTheReporter
          : /\bnama|\bnik\b|siapa|nomor (hp|telepon)|\bwho\b|\bname\b|\bphone\b/i.test(String(text))
            ? asksWho
            : undefined,
    },
    {
      kind: "wait",
      says: {
        id: "Biarkan hari berjalan sampai pelapor membalas.",
        en: "Let days pass until the reporter replies.",
      },
      until: 2,
      happens: {
        by: "reporter",
        move: "reply",
        body: { text: "Hari Senin minggu lalu, sekitar pukul sebelas." },
      },
    },
    {
      kind: "due",
      says: {
        id: "Hitungan berjalan lagi. Kapan batas penyelesaiannya?",
        en: "The count goes on. When is the completion due?",
      },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Laporan anonim punya batas waktu yang sama dengan laporan lain.",
          en: "Right. An anonymous report has the same limits as any other.",
        },
      },
    },
    {
      kind: "move",
      says: {
        id: "Puskesmas ditegur, dan loket kini buka sampai pukul dua belas. Apa langkah Anda?",
        en: "The clinic was reprimanded, and the counter is open until twelve now. What do you do?",
      },
      right: "answer",
      because: {
        text: {
          id: "Benar. Jawaban laporan anonim dibaca publik, dan jawaban Anda tidak menunjuk kepada siapa pun.",
          en: "Right. The public reads the answer to an anonymous report, and yours points to nobody.",
        },
        ground: guidanceOf.answer.grounds[0],
      },
      wrong: {
        "open-identity": {
          text: {
            id: "Anda tidak perlu tahu siapa pelapornya untuk menjawab. Jawaban sampai lewat nomor laporannya.",
            en: "You need not know who reported to answer. The answer comes by the number of the report.",
          },
          ground: ofOpening,
        },
        ask: {
          text: { id: "Tidak ada lagi yang perlu ditanyakan.", en: "There is nothing left to ask." },
        },
      },
      wrongWith: ({ text }) => (tells(text) ? namesTheReporter : undefined),
    },
  ],
  learnt: [
    {
      text: {
        id: "Foto dapat membuka siapa pelapornya. Jangan salin isi foto ke jawaban, dan jangan bagikan fotonya.",
        en: "A photo can give a reporter away. Copy nothing of it into an answer, and pass it on to nobody.",
      },
      ground: ofOpening,
    },
    {
      text: {
        id: "Identitas pelapor anonim hanya dibuka dengan izin pelapor sendiri.",
        en: "Who an anonymous reporter is, is opened only with their own consent.",
      },
    },
  ],
};
