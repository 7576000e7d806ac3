import type { EventType } from "../../../case/history.ts";
import type { OfficerRole } from "../../../directory/directory.ts";
import type { Text } from "../../../language.ts";

/** One sentence in both languages, with the names that it needs. */
type Sentence = (names: { agency: string; until: string; reason: string }) => Text;

export interface Notice {
  subject: Text;
  told: Sentence;
  /** What the reader may do now. */
  todo: Sentence;
}

const nothing: Sentence = () => ({ id: "", en: "" });
const said = (id: string, en: string): Sentence => {
  const text = { id, en };
  return () => text;
};

/**
 * What a reporter is mailed about each event, or null where a mail would tell them nothing. None quotes what officers or
 * the reporter wrote: mailboxes are shared, forwarded and searched; the case is where it can be read. The one exception
 * is the reason of an extension, which the law wants sent in writing.
 */
export const toReporter: Record<EventType, Notice | null> = {
  submitted: null, // the confirmation of the submission, which has a shape of its own
  verified: {
    subject: { id: "Laporan Anda terverifikasi", en: "Your report has been verified" },
    told: ({ agency }) =>
      agency
        ? {
            id: `Laporan Anda sudah diverifikasi dan diteruskan kepada ${agency}.`,
            en: `Your report has been verified and passed on to ${agency}.`,
          }
        : {
            id: "Laporan Anda sudah diverifikasi. Kami sedang menentukan instansi yang berwenang.",
            en: "Your report has been verified. We are finding the agency in charge.",
          },
    todo: nothing,
  },
  assigned: {
    subject: { id: "Laporan Anda diteruskan", en: "Your report has been passed on" },
    told: ({ agency }) => ({
      id: `Laporan Anda kini ditangani oleh ${agency}.`,
      en: `Your report is now with ${agency}.`,
    }),
    todo: nothing,
  },
  returned: null, // the next assignment tells where it went
  asked: {
    subject: { id: "Kami memerlukan keterangan Anda", en: "We need more from you" },
    told: ({ agency }) => ({
      id: `${agency} mengajukan pertanyaan tentang laporan Anda.`,
      en: `${agency} has a question about your report.`,
    }),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk membaca pertanyaannya dan menjawab. Sampai Anda menjawab, batas waktu instansi berhenti.",
      "Open the report with your receipt to read the question and reply. Until you reply, the agency's clock stands still.",
    ),
  },
  replied: null,
  disputed: null,
  progressed: null, // shown on the case; a mail a note would be noise
  noted: null,
  answered: {
    subject: { id: "Laporan Anda sudah ditindaklanjuti", en: "Your report has been answered" },
    told: ({ agency }) => ({
      id: `${agency} sudah menindaklanjuti laporan Anda.`,
      en: `${agency} has answered your report.`,
    }),
    todo: ({ until }) => ({
      id: `Buka laporan dengan tanda terima Anda untuk membaca jawabannya. Sampai ${until} Anda dapat menanggapi, menilai, atau mengajukan banding. Sesudah itu laporan selesai dengan sendirinya.`,
      en: `Open the report with your receipt to read the answer. Until ${until} you can reply, rate it or appeal. After that the case closes by itself.`,
    }),
  },
  confirmed: {
    subject: { id: "Laporan Anda selesai", en: "Your report is closed" },
    told: said(
      "Terima kasih atas penilaian Anda. Laporan ini dinyatakan selesai.",
      "Thank you for your rating. The report is closed.",
    ),
    todo: nothing,
  },
  reopened: {
    subject: { id: "Laporan Anda dibuka kembali", en: "Your report has been reopened" },
    told: ({ agency }) => ({
      id: `Karena penilaian Anda, laporan ini dibuka kembali dan diserahkan kepada kepala ${agency}.`,
      en: `Because of your rating, the report has been reopened and handed to the head of ${agency}.`,
    }),
    todo: nothing,
  },
  appealed: {
    subject: { id: "Banding Anda kami terima", en: "We have received your appeal" },
    told: ({ agency }) => ({
      id: `Banding Anda kini ditangani oleh ${agency}.`,
      en: `Your appeal is now with ${agency}.`,
    }),
    todo: nothing,
  },
  archived: {
    subject: { id: "Laporan Anda diarsipkan", en: "Your report has been archived" },
    told: said(
      "Laporan Anda diarsipkan dan tidak ditindaklanjuti lagi.",
      "Your report has been archived and is not followed up any more.",
    ),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk membaca alasannya.",
      "Open the report with your receipt to read why.",
    ),
  },
  restored: {
    subject: { id: "Laporan Anda dipulihkan", en: "Your report has been restored" },
    told: said(
      "Laporan Anda dipulihkan dari arsip dan ditindaklanjuti lagi.",
      "Your report has been restored from the archive and is followed up again.",
    ),
    todo: nothing,
  },
  joined: {
    subject: { id: "Laporan Anda digabung", en: "Your report has been joined to another" },
    told: said(
      "Ada laporan lain tentang hal yang sama. Laporan Anda digabung dengannya dan mengikuti statusnya.",
      "There is another report about the same thing. Yours has been joined to it and follows its status.",
    ),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk melihat nomor dan status laporan itu. Bila itu bukan laporan yang sama, nyatakan di sana: laporan Anda akan diverifikasi lagi.",
      "Open the report with your receipt to see the number and the status of that one. If it is not the same, say so there: your report will be verified again.",
    ),
  },
  separated: {
    subject: { id: "Laporan Anda dipisahkan", en: "Your report has been separated" },
    told: said(
      "Laporan Anda bukan laporan yang sama dengan laporan yang diikutinya, sehingga tidak mengikutinya lagi. Laporan Anda akan diverifikasi lagi.",
      "Your report is not the same as the one that it followed, so it does not follow it any more. It will be verified again.",
    ),
    todo: nothing,
  },
  withdrawn: null, // they did it themselves and saw that it worked
  "receipt-rotated": {
    subject: { id: "Tanda terima laporan Anda diganti", en: "The receipt of your report was replaced" },
    told: said(
      "Tanda terima laporan Anda baru saja diganti oleh pemegangnya. Tanda terima yang lama tidak berlaku lagi.",
      "The receipt of your report has just been replaced by its holder. The old one does not work any more.",
    ),
    todo: said(
      "Bila bukan Anda yang menggantinya, orang lain mengetahui tanda terima Anda: sampaikan kepada instansi yang menangani laporan ini.",
      "If that was not you, somebody else knew your receipt: tell the agency that has the report.",
    ),
  },
  redacted: null,
  consented: null,
  referred: {
    subject: { id: "Laporan Anda diteruskan ke Ombudsman", en: "Your report has gone to the Ombudsman" },
    told: said(
      "Dengan persetujuan Anda, laporan ini diteruskan ke Ombudsman Republik Indonesia.",
      "With your consent, the report has been given to the Ombudsman of the Republic of Indonesia.",
    ),
    todo: nothing,
  },
  "handed-over": {
    subject: { id: "Laporan Anda dialihkan", en: "Your report has been handed over" },
    told: ({ agency }) => ({
      id: `Instansi yang menangani laporan Anda ditutup; penggantinya adalah ${agency}.`,
      en: `The agency that had your report was closed; ${agency} has taken over.`,
    }),
    todo: nothing,
  },
  extended: {
    subject: { id: "Batas waktu laporan Anda diperpanjang", en: "The limit of your report was extended" },
    told: ({ agency, until, reason }) => ({
      id: `${agency} memperpanjang batas waktu jawaban sampai ${until}. Alasannya: ${reason}`,
      en: `${agency} has extended the limit for its answer until ${until}. The reason: ${reason}`,
    }),
    todo: nothing,
  },
  warned: null, // a matter between officers; the case shows its clocks to everybody
  "ombudsman-offered": {
    subject: { id: "Batas waktu laporan Anda sudah lewat", en: "The limit of your report has passed" },
    told: ({ agency, until }) => ({
      id: `${agency} belum menyelesaikan laporan Anda dalam batas waktunya, ${until}. Kami sudah mengingatkan petugas dan atasannya.`,
      en: `${agency} has not completed your report within its limit, ${until}. We have alerted its officers and those above them.`,
    }),
    todo: said(
      "Bila Anda setuju, laporan ini dapat diteruskan ke Ombudsman Republik Indonesia. Nyatakan persetujuan Anda pada laporan dengan tanda terima Anda.",
      "If you agree, the report can be given to the Ombudsman of the Republic of Indonesia. Say so on the report, with your receipt.",
    ),
  },
  closed: {
    subject: { id: "Laporan Anda selesai otomatis", en: "Your report closed by itself" },
    told: said(
      "Masa tanggapan atas jawaban instansi sudah lewat tanpa tanggapan, maka laporan Anda dinyatakan selesai.",
      "The time to reply to the agency's answer has passed without a reply, so your report is closed.",
    ),
    todo: ({ until }) => ({
      id: `Bila masalahnya belum selesai, Anda dapat mengajukan banding sampai ${until} dengan tanda terima Anda.`,
      en: `If the matter is not solved, you can appeal until ${until} with your receipt.`,
    }),
  },
  lapsed: {
    subject: { id: "Laporan Anda dianggap dicabut", en: "Your report counts as withdrawn" },
    told: ({ until }) => ({
      id: `Pertanyaan kami tentang laporan Anda tidak dijawab sampai ${until}, maka laporan ini dianggap dicabut.`,
      en: `Our question about your report was not answered by ${until}, so it counts as withdrawn.`,
    }),
    todo: said(
      "Anda dapat mengirim laporan baru kapan saja dan menyebut nomor ini.",
      "You can send a new report at any time and name this number.",
    ),
  },
  "identity-opened": {
    subject: { id: "Identitas Anda dibuka", en: "Your identity was opened" },
    told: said(
      "Pejabat yang berwenang membuka identitas Anda pada laporan ini, dengan alasan yang tercatat.",
      "An official who is allowed to has opened your identity on this report, for a reason that is on record.",
    ),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk membaca siapa dan apa alasannya. Bila menurut Anda tidak semestinya, sampaikan kepada Ombudsman Republik Indonesia.",
      "Open the report with your receipt to read who and why. If you think it was not right, tell the Ombudsman of the Republic of Indonesia.",
    ),
  },
  "identity-consented": null, // they did it themselves and saw that it worked
  // Told at the address that they gave up; see `toFormerAddress`.
  "contact-corrected": null,
  "identity-deleted": null,
  "data-removed": null,
  recounted: null, // shown on the case, with the decree; a mail to everybody for every decree would be noise
  attached: null, // shown on the case
  "original-opened": {
    subject: { id: "Berkas asli lampiran Anda dibuka", en: "The original of your attachment was opened" },
    told: said(
      "Berkas asli dari sebuah lampiran pada laporan Anda dibuka oleh pejabat yang berwenang, dengan alasan yang tercatat. Berkas asli dapat memuat keterangan yang tidak ada pada salinannya, seperti tempat foto diambil.",
      "An authorised officer opened the original of an attachment to your report, for a reason that is on record. An original can hold what its copy does not, such as where a photo was taken.",
    ),
    todo: said(
      "Buka laporan dengan tanda terima Anda untuk membaca siapa yang membukanya dan alasannya.",
      "Open the report with your receipt to read who opened it and why.",
    ),
  },
};

const notYou = said(
  "Bila bukan Anda yang melakukannya, orang lain mengetahui tanda terima Anda: ganti segera dengan tanda terima itu (receipt-rotation), dan sampaikan kepada instansi yang menangani laporan ini.",
  "If that was not you, somebody else knows your receipt: replace it at once, with that receipt (receipt-rotation), and tell the agency that has the report.",
);

/** What is mailed, once and for the last time, to an address that a reporter's data do not have any more. */
export const toFormerAddress: Partial<Record<EventType, Notice>> = {
  "contact-corrected": {
    subject: { id: "Alamat email ini tidak dipakai lagi", en: "This address is not used any more" },
    told: said(
      "Pemegang tanda terima laporan ini mengganti atau menghapus alamat emailnya. Surat tentang laporan ini tidak lagi dikirim ke alamat ini.",
      "The holder of this report's receipt replaced or removed their e-mail address. Mails about it do not come to this address any more.",
    ),
    todo: notYou,
  },
  "identity-deleted": {
    subject: { id: "Identitas pada laporan ini dihapus", en: "The identity on this report was deleted" },
    told: said(
      "Pemegang tanda terima laporan ini meminta identitasnya dihapus, dan itu sudah dilakukan. Laporannya tetap ada. Surat tentang laporan ini tidak lagi dikirim ke alamat ini.",
      "The holder of this report's receipt had their identity deleted. The report itself stays. Mails about it do not come to this address any more.",
    ),
    todo: notYou,
  },
};

const openFirst = said(
  "Buka laporan Anda dengan tanda terima untuk melihat nomor laporan pertama dan membaca selengkapnya. Bila masalah Anda lain, nyatakan di sana bahwa itu bukan laporan yang sama.",
  "Open your report with your receipt to see the number of the first one and read more. If your matter is another one, say there that it is not the same report.",
);
const firstReopened: Notice = {
  subject: { id: "Laporan yang diikuti dibuka kembali", en: "The report that yours follows is open again" },
  told: ({ agency }) => ({
    id: `Laporan pertama tentang hal yang sama diproses lagi oleh ${agency}.`,
    en: `The first report about the same thing is in progress again at ${agency}.`,
  }),
  todo: openFirst,
};
const firstClosed: Notice = {
  subject: { id: "Laporan yang diikuti selesai", en: "The report that yours follows is closed" },
  told: said(
    "Laporan pertama tentang hal yang sama dinyatakan selesai.",
    "The first report about the same thing has been closed.",
  ),
  todo: openFirst,
};
const firstGone: Notice = {
  subject: { id: "Laporan yang diikuti tidak dilanjutkan", en: "The report that yours follows has ended" },
  told: said(
    "Laporan pertama tentang hal yang sama dicabut atau diarsipkan dan tidak ditindaklanjuti lagi.",
    "The first report about the same thing was withdrawn or archived and is not followed up any more.",
  ),
  todo: said(
    "Bila masalah Anda belum selesai, nyatakan pada laporan Anda dengan tanda terima bahwa laporan itu bukan laporan yang sama: laporan Anda akan diverifikasi lagi.",
    "If your matter is not solved, say on your report, with your receipt, that it is not the same: it will be verified again.",
  ),
};

/** What the reporter of a joined case is mailed about events of the first one, which theirs follows. */
export const toFollowers: Partial<Record<EventType, Notice>> = {
  answered: {
    subject: { id: "Laporan yang diikuti sudah dijawab", en: "The report that yours follows was answered" },
    told: ({ agency }) => ({
      id: `${agency} sudah menindaklanjuti laporan pertama tentang hal yang sama.`,
      en: `${agency} has answered the first report about the same thing.`,
    }),
    todo: openFirst,
  },
  confirmed: firstClosed,
  closed: firstClosed,
  disputed: firstReopened,
  reopened: firstReopened,
  appealed: firstReopened,
  archived: firstGone,
  withdrawn: firstGone,
  lapsed: firstGone,
};

export interface OfficerNotice extends Notice {
  /** Whose officers are told: of these roles, at the agency that the event sends the case to, or else at its holder. */
  roles: readonly OfficerRole[];
}

/** Who works on the cases of an agency. */
export const team = ["agency-admin", "liaison-officer", "unit-officer"] as const;
const deciders = ["agency-admin", "agency-head"] as const;

/** What officers are mailed about each event, or null. National administrators are told in place of an agency's where they hold the case. */
export const toOfficers: Record<EventType, OfficerNotice | null> = {
  submitted: {
    roles: ["agency-admin"],
    subject: { id: "Laporan baru menunggu verifikasi", en: "A new report waits for verification" },
    told: said("Ada laporan baru yang perlu diverifikasi.", "There is a new report to verify."),
    todo: nothing,
  },
  verified: {
    roles: team,
    subject: { id: "Laporan baru untuk instansi Anda", en: "A new case for your agency" },
    told: ({ agency }) => ({
      id: `Sebuah laporan terverifikasi dan menjadi tugas ${agency}.`,
      en: `A verified case has come to ${agency}.`,
    }),
    todo: nothing,
  },
  assigned: {
    roles: team,
    subject: { id: "Disposisi baru", en: "A case has been assigned to you" },
    told: ({ agency }) => ({
      id: `Sebuah laporan didisposisikan kepada ${agency}.`,
      en: `A case has been assigned to ${agency}.`,
    }),
    todo: nothing,
  },
  returned: {
    roles: ["agency-admin"],
    subject: { id: "Laporan dikembalikan", en: "A case has been returned" },
    told: ({ agency }) => ({
      id: `Sebuah laporan dikembalikan kepada ${agency} sebagai bukan kewenangan.`,
      en: `A case has been returned to ${agency} as not the agency's to handle.`,
    }),
    todo: said(
      "Mohon didisposisikan kepada instansi yang berwenang.",
      "Please assign it to the agency in charge.",
    ),
  },
  asked: null,
  replied: {
    roles: team,
    subject: { id: "Pelapor menanggapi", en: "The reporter has replied" },
    told: said("Pelapor menambahkan keterangan.", "The reporter has added something."),
    todo: nothing,
  },
  disputed: {
    roles: team,
    subject: { id: "Jawaban disanggah pelapor", en: "The answer is disputed" },
    told: said(
      "Pelapor menyanggah jawaban instansi. Laporan kembali diproses.",
      "The reporter disputes the answer. The case is in progress again.",
    ),
    todo: nothing,
  },
  progressed: null,
  noted: null,
  answered: null,
  confirmed: null,
  reopened: {
    roles: ["agency-head"],
    subject: { id: "Laporan dibuka kembali", en: "A case has been reopened" },
    told: said(
      "Pelapor memberi penilaian rendah. Laporan dibuka kembali dan menunggu keputusan Anda.",
      "The reporter gave a low rating. The case is open again and waits for your decision.",
    ),
    todo: nothing,
  },
  appealed: {
    roles: deciders,
    subject: { id: "Banding pelapor", en: "An appeal" },
    told: ({ agency }) => ({
      id: `Pelapor mengajukan banding; laporan kini ditangani ${agency}.`,
      en: `The reporter has appealed; the case is now with ${agency}.`,
    }),
    todo: nothing,
  },
  archived: null,
  restored: {
    roles: team,
    subject: { id: "Laporan dipulihkan dari arsip", en: "A case has been restored" },
    told: said("Sebuah laporan dipulihkan dari arsip.", "A case has been restored from the archive."),
    todo: nothing,
  },
  joined: null,
  separated: {
    roles: ["agency-admin"],
    subject: { id: "Laporan dipisahkan: bukan laporan yang sama", en: "Separated: not the same report" },
    told: said(
      "Sebuah laporan dinyatakan tidak sama dengan laporan yang diikutinya. Laporan ini perlu diverifikasi lagi.",
      "A report was said not to be the same as the one that it followed. It has to be verified again.",
    ),
    todo: nothing,
  },
  withdrawn: {
    roles: team,
    subject: { id: "Laporan dicabut pelapor", en: "A report has been withdrawn" },
    told: said("Pelapor mencabut laporannya.", "The reporter has withdrawn the report."),
    todo: nothing,
  },
  "receipt-rotated": null,
  redacted: null,
  consented: null,
  referred: {
    roles: deciders,
    subject: { id: "Laporan diteruskan ke Ombudsman", en: "A case has been referred" },
    told: said(
      "Sebuah laporan di instansi Anda diteruskan ke Ombudsman.",
      "A case of your agency has been given to the Ombudsman.",
    ),
    todo: nothing,
  },
  "handed-over": {
    roles: deciders,
    subject: { id: "Laporan dialihkan kepada instansi Anda", en: "A case has been handed over to you" },
    told: ({ agency }) => ({
      id: `${agency} menggantikan instansi yang ditutup dan menerima sebuah laporan.`,
      en: `${agency} succeeds an agency that was closed and has received a case.`,
    }),
    todo: nothing,
  },
  extended: null,
  warned: null, // told as alerts, gathered for each person: digest.ts
  "ombudsman-offered": null,
  closed: null,
  lapsed: {
    roles: team,
    subject: { id: "Laporan dianggap dicabut", en: "A report counts as withdrawn" },
    told: said(
      "Pelapor tidak melengkapi laporannya dalam batas waktu, maka laporan dianggap dicabut.",
      "The reporter did not complete the file in time, so the report counts as withdrawn.",
    ),
    todo: nothing,
  },
  "identity-opened": null,
  "identity-consented": null,
  "contact-corrected": null,
  "identity-deleted": null,
  "data-removed": null,
  recounted: null,
  attached: null, // up to ten files a case; they are shown on it
  "original-opened": null,
};

/** How a date stands to today, in words; `left` counts days as the limit does. */
export function daysLeftText(
  when: "past" | "today" | "ahead",
  left: number,
  unit: "working-days" | "calendar-days",
): Text {
  const days = Math.max(1, Math.abs(left));
  const counted =
    unit === "working-days"
      ? { id: `${days} hari kerja`, en: `${days} working day${days === 1 ? "" : "s"}` }
      : { id: `${days} hari`, en: `${days} day${days === 1 ? "" : "s"}` };
  if (when === "today") return { id: "jatuh tempo hari ini", en: "due today" };
  return when === "past"
    ? { id: `lewat ${counted.id}`, en: `${counted.en} late` }
    : { id: `sisa ${counted.id}`, en: `${counted.en} left` };
}

const joined = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join("; ");

/** What a digest says besides its cases. */
export const digestText = {
  /** How many cases, how many of them late, and the nearest date ahead, or else the longest past. */
  subject: ({
    cases,
    late,
    next,
    oldest,
  }: {
    cases: number;
    late: number;
    next: string;
    oldest: string;
  }) => ({
    id: joined(
      `Ringkasan ${cases} laporan`,
      late > 0 && `${late} lewat batas waktu`,
      next ? `batas terdekat ${next}` : oldest && `terlama sejak ${oldest}`,
    ),
    en: joined(
      `Digest of ${cases} cases`,
      late > 0 && `${late} past the limit`,
      next ? `nearest limit ${next}` : oldest && `longest since ${oldest}`,
    ),
  }),
  deadlines: {
    id: "Batas waktu berikut sudah dekat atau sudah lewat; yang paling mendesak disebut lebih dahulu.",
    en: "These limits are near or have passed; the most urgent come first.",
  },
  news: {
    id: "Perkembangan laporan sejak ringkasan terakhir:",
    en: "What happened to cases since the last digest:",
  },
  more: (cases: number) => ({
    id: `Masih ada ${cases} laporan lain. Semuanya ada dalam antrean Anda menurut batas waktunya: due-soon (segera jatuh tempo) dan overdue (lewat batas waktu).`,
    en: `There are ${cases} more cases. All are in your queues by their dates: due-soon and overdue.`,
  }),
  facts: {
    due: { id: "Batas waktu", en: "Limit" },
    basis: { id: "Dasar hukum", en: "Legal basis" },
  },
} satisfies Record<string, unknown>;
