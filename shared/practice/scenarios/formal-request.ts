import { guidanceOf } from "../../guidance/moves.ts";
import type { Scenario } from "../scenario.ts";

const [ofExtending] = guidanceOf.extend.grounds;
const [ofVerifying] = guidanceOf.verify.grounds;

/** Somebody asks for information under UU 14/2008. */
export const formalRequest: Scenario = {
  id: "permohonan-informasi",
  edition: 1,
  title: { id: "Permohonan informasi publik resmi", en: "A formal request for public information" },
  about: {
    id: "Mengenali permohonan menurut UU 14/2008 dan memperpanjang batasnya dengan benar",
    en: "Telling a request under UU 14/2008, and extending its limit in the right way",
  },
  story: {
    id: "Anda admin Pemerintah Kota Contoh. Seorang warga meminta salinan anggaran perbaikan drainase, dan menyebut UU 14/2008.",
    en: "You are the administrator of the city. Somebody asks for a copy of the budget for drains, and names UU 14/2008.",
  },
  minutes: 7,
  post: { role: "agency-admin", agencyId: "latihan-kota" },
  trackingNumber: "W7XCV-NBDF3",
  report: {
    class: "information-request",
    title: "Salinan anggaran perbaikan drainase tahun ini",
    text: "Menurut UU 14/2008 saya memohon salinan dokumen anggaran perbaikan drainase tahun ini beserta rinciannya.",
    anonymous: false,
    secret: false,
    agencyId: "latihan-kota",
  },
  before: [],
  tasks: [
    {
      kind: "move",
      says: {
        id: "Pelapor memohon dokumen menurut undang-undang. Verifikasi dan teruskan ke Sekretariat Daerah, tempat PPID bekerja.",
        en: "The reporter asks for a document under the act. Verify it and hand it to the secretariat, where the information officer (PPID) works.",
      },
      right: "verify",
      because: {
        text: {
          id: "Benar. Permohonan resmi dihitung menurut UU 14/2008, bukan menurut batas permintaan informasi biasa.",
          en: "Right. A formal request is counted by UU 14/2008, not by the limit of ordinary requests.",
        },
        ground: ofExtending,
      },
      wrong: {
        archive: {
          text: {
            id: "Meminta informasi adalah hak. Permohonan tidak diarsipkan karena merepotkan.",
            en: "To ask for information is a right. A request is not archived because it is a bother.",
          },
          ground: ofExtending,
        },
        ask: {
          text: {
            id: "Dokumen yang dimohon sudah jelas. Pemohon tidak perlu menjelaskan untuk apa.",
            en: "It is clear which document is asked for. The applicant need not say what for.",
          },
        },
        return: {
          text: {
            id: "Dokumennya milik kota, jadi kota yang berwenang.",
            en: "The document is the city's, so the city is in charge.",
          },
        },
      },
      wrongWith: (body) =>
        body.class !== undefined && body.class !== "information-request"
          ? {
              text: {
                id: "Ini permintaan informasi, bukan pengaduan atau aspirasi.",
                en: "This is a request for information, neither a complaint nor an aspiration.",
              },
              ground: ofVerifying,
            }
          : body.formal !== true
            ? {
                text: {
                  id: "Pemohon menyebut UU 14/2008. Tanpa centang permohonan resmi, batasnya dihitung sebagai permintaan biasa, dan Anda tidak dapat memperpanjangnya.",
                  en: "The applicant names UU 14/2008. Without the box for formal requests the limit is that of an ordinary one, and you cannot extend it.",
                },
                ground: ofExtending,
              }
            : body.agencyId === "latihan-sekretariat"
              ? undefined
              : {
                  text: {
                    id: "Teruskan ke Sekretariat Daerah. PPID di sana yang menjawab permohonan.",
                    en: "Hand it to the secretariat. The information officer there answers requests.",
                  },
                },
    },
    {
      kind: "due",
      as: { role: "unit-officer", agencyId: "latihan-sekretariat" },
      says: {
        id: "Sekarang Anda petugas PPID. Kapan permohonan ini harus dijawab?",
        en: "Now you are the information officer. By when must this request be answered?",
      },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Batas permohonan resmi mulai pada verifikasi.",
          en: "Right. The limit of a formal request begins with the verification.",
        },
      },
    },
    {
      kind: "move",
      as: { role: "unit-officer", agencyId: "latihan-sekretariat" },
      says: {
        id: "Dokumennya masih dikumpulkan dari tiga dinas, dan Anda perlu lebih banyak waktu. Apa langkah Anda?",
        en: "Three departments are still gathering the document, and you need more time. What do you do?",
      },
      right: "extend",
      because: {
        text: {
          id: "Benar. Perpanjangan hanya sekali, sebelum batas lewat, dan alasannya dibaca pemohon.",
          en: "Right. There is one extension only, before the limit passes, and the applicant reads the reason.",
        },
        ground: ofExtending,
      },
      wrong: {
        ask: {
          text: {
            id: "Bertanya hanya untuk menghentikan hitungan adalah akal-akalan. Pakai perpanjangan, dan sebut alasannya.",
            en: "To ask only to stop the count is a trick. Use the extension, and give the reason.",
          },
          ground: ofExtending,
        },
        archive: {
          text: {
            id: "Petugas tidak mengarsipkan permohonan. Sulit dikumpulkan bukan alasan.",
            en: "An officer does not archive a request. That it is hard to gather is no reason.",
          },
        },
        answer: {
          text: {
            id: "Dokumennya belum ada. Jawaban tanpa dokumen adalah penolakan, dan pemohon dapat berkeberatan.",
            en: "There is no document yet. An answer without it is a refusal, and the applicant may object.",
          },
          ground: ofExtending,
        },
      },
    },
    {
      kind: "due",
      as: { role: "unit-officer", agencyId: "latihan-sekretariat" },
      says: { id: "Kapan batasnya sesudah diperpanjang?", en: "When is it due after the extension?" },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Tambahannya dihitung dari batas semula, bukan dari hari ini.",
          en: "Right. The further days count from the first limit, not from today.",
        },
        ground: ofExtending,
      },
    },
    {
      kind: "move",
      as: { role: "unit-officer", agencyId: "latihan-sekretariat" },
      says: {
        id: "Dokumennya lengkap. Apa langkah Anda?",
        en: "The document is complete. What do you do?",
      },
      right: "answer",
      because: {
        text: {
          id: "Benar. Pada laporan nyata lampirkan dokumennya, dan sebut cara mengajukan keberatan.",
          en: "Right. In a real case attach the document, and say how to object.",
        },
        ground: guidanceOf.answer.grounds[0],
      },
      wrong: {
        extend: {
          text: {
            id: "Perpanjangan hanya satu kali.",
            en: "There is one extension only.",
          },
          ground: ofExtending,
        },
        progress: {
          text: { id: "Dokumennya sudah lengkap, jadi jawab.", en: "The document is complete, so answer." },
        },
      },
    },
  ],
  learnt: [
    {
      text: {
        id: "Permintaan informasi biasa dan permohonan resmi punya batas yang berbeda. Centang permohonan resmi bila pemohon menyebut undang-undangnya atau setuju.",
        en: "An ordinary request and a formal one have different limits. Tick the formal one where the applicant names the act or agrees.",
      },
      ground: ofExtending,
    },
    {
      text: {
        id: "Perpanjangan memerlukan alasan tertulis dan hanya sekali.",
        en: "An extension takes a written reason, and comes once only.",
      },
      ground: ofExtending,
    },
  ],
};
