import type { Calendar } from "../../deadline/calendar/calendar.ts";
import { dateOf, dayOf } from "../../deadline/calendar/local-date.ts";
import { isWorkingDay, workingDayNear } from "../../deadline/calendar/working-days.ts";
import { guidanceOf } from "../../guidance/moves.ts";
import type { Scenario } from "../scenario.ts";

const [ofAsking] = guidanceOf.ask.grounds;
const [ofAnswering] = guidanceOf.answer.grounds;

/** The first free weekday of the next Lebaran in the calendar, or of the last one that it knows. */
function lebaranAfter(today: string, calendar: Calendar): number {
  const days = [...calendar.freeDays]
    .filter(([, name]) => /idul\s?fitri|lebaran/i.test(name))
    .map(([day]) => day)
    .sort((a, b) => a - b);
  const from = days.find((day) => day > dayOf(today) + 10) ?? days.at(-1) ?? dayOf(today) + 20;
  // Those of one Lebaran stand within two weeks.
  const first = days.find((day) => day >= from - 14 && day <= from) ?? from;
  let day = first;
  while (isWorkingDay(day, calendar)) day++;
  return day;
}

const daysBefore = 3;

/** Asked on the eve of Lebaran, answered after it. */
export const pauseOverLebaran: Scenario = {
  id: "jeda-lebaran",
  edition: 1,
  title: { id: "Jeda saat Lebaran", en: "A pause over Lebaran" },
  about: {
    id: "Menghitung batas waktu melewati libur panjang dan jeda",
    en: "Counting a limit across a long holiday and a pause",
  },
  story: {
    id: "Anda petugas Dinas PU Kota Contoh. Tiga hari kerja lagi libur Lebaran. Hari ini Anda menerima laporan tentang saluran air yang mampet.",
    en: "You are an officer of the city's public works department. Lebaran begins in three working days. Today you get a report about a blocked drain.",
  },
  minutes: 8,
  post: { role: "unit-officer", agencyId: "latihan-dinas-pu" },
  trackingNumber: "JY9M0-BP2DW",
  report: {
    class: "complaint",
    title: "Saluran air mampet, halaman tergenang",
    text: "Saluran air di Gang Melati mampet. Setiap hujan air masuk ke halaman warga. Mohon dikeruk.",
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
  ],
  begins: (today, calendar) => dateOf(workingDayNear(lebaranAfter(today, calendar), -daysBefore, calendar)),
  tasks: [
    {
      kind: "due",
      says: {
        id: "Pengaduan ini diverifikasi hari ini. Kapan batas penyelesaiannya? Lihat hari liburnya di kalender.",
        en: "This complaint was verified today. When is its completion due? Look at the free days of the calendar.",
      },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Libur Lebaran dan cuti bersama tidak dihitung, dan hari mulai juga tidak.",
          en: "Right. The days of Lebaran and the joint leave do not count, and neither does the first day.",
        },
      },
    },
    {
      kind: "move",
      says: {
        id: "Gang Melati panjang. Anda perlu tahu bagian mana yang mampet. Apa langkah Anda?",
        en: "Melati lane is long. You need to know which part is blocked. What do you do?",
      },
      right: "ask",
      because: {
        text: {
          id: "Benar. Hitungan Anda berhenti sekarang, dan pelapor mendapat waktunya sendiri.",
          en: "Right. Your count stands still now, and the reporter has a time of their own.",
        },
        ground: ofAsking,
      },
      wrong: {
        extend: {
          text: {
            id: "Hanya batas permohonan informasi publik resmi yang dapat diperpanjang. Libur panjang bukan alasan.",
            en: "Only the limit of a formal information request can be extended. A long holiday is no reason.",
          },
          ground: guidanceOf.extend.grounds[0],
        },
        answer: {
          text: {
            id: "Belum ada yang dikerjakan. Jawaban tanpa hasil dibantah atau dinilai rendah oleh pelapor.",
            en: "Nothing has been done. The reporter disputes an answer without a result, or rates it low.",
          },
          ground: ofAnswering,
        },
        return: {
          text: {
            id: "Saluran air kota adalah kewenangan dinas Anda.",
            en: "The city's drains are your department's to mend.",
          },
        },
      },
    },
    {
      kind: "wait",
      says: {
        id: "Libur Lebaran tiba. Biarkan hari kerja berjalan sampai pelapor membalas.",
        en: "Lebaran comes. Let working days pass until the reporter replies.",
      },
      until: 4,
      happens: {
        by: "reporter",
        move: "reply",
        body: { text: "Yang mampet di depan musala, dekat jembatan kecil." },
      },
    },
    {
      kind: "due",
      says: {
        id: "Hitungan penyelesaian berjalan lagi. Kapan batasnya sekarang?",
        en: "The count of the completion goes on. When is it due now?",
      },
      clock: "completion",
      because: {
        text: {
          id: "Benar. Jeda hanya melewatkan hari kerja. Hari libur di dalam jeda tidak dihitung dua kali.",
          en: "Right. A pause skips working days only. Free days within the pause are not skipped twice.",
        },
      },
    },
    {
      kind: "move",
      says: {
        id: "Tim sudah mengeruk saluran di depan musala. Apa langkah Anda?",
        en: "The team has cleared the drain in front of the musala. What do you do?",
      },
      right: "answer",
      because: {
        text: {
          id: "Benar. Pelapor kini punya waktu untuk menilai atau membantah.",
          en: "Right. The reporter now has time to rate or dispute the answer.",
        },
        ground: ofAnswering,
      },
      wrong: {
        ask: {
          text: {
            id: "Tidak ada lagi yang perlu ditanyakan. Jawab, karena pekerjaannya sudah selesai.",
            en: "There is nothing left to ask. Answer, because the work is done.",
          },
        },
        progress: {
          text: {
            id: "Catatan perkembangan cocok selama pekerjaan berlangsung. Kini pekerjaannya selesai, jadi jawab.",
            en: "A progress note fits while work goes on. Now it is done, so answer.",
          },
        },
      },
    },
  ],
  learnt: [
    {
      text: {
        id: "Hari kerja dihitung menurut SKB hari libur dan cuti bersama, bukan menurut perkiraan.",
        en: "Working days are counted by the decree on holidays and joint leave, not by guess.",
      },
    },
    {
      text: {
        id: "Jeda tidak menghapus batas waktu. Begitu pelapor membalas, sisa harinya berjalan lagi.",
        en: "A pause does not remove a limit. Once the reporter replies, the days that are left go on.",
      },
      ground: ofAsking,
    },
  ],
};
