import type { Text } from "../../language.ts";
import type { ActorRole, CaseEvent } from "../history.ts";

/** What each role is called. */
export const roleText: Record<ActorRole, Text> = {
  "national-admin": { id: "Admin nasional", en: "National administrator" },
  "agency-admin": { id: "Admin instansi", en: "Agency administrator" },
  "liaison-officer": { id: "Pejabat penghubung", en: "Liaison officer" },
  "unit-officer": { id: "Petugas unit", en: "Unit officer" },
  "agency-head": { id: "Kepala instansi", en: "Agency head" },
  "ombudsman-observer": { id: "Pengamat Ombudsman", en: "Ombudsman observer" },
  auditor: { id: "Auditor", en: "Auditor" },
  reporter: { id: "Pelapor", en: "Reporter" },
  system: { id: "Sistem", en: "System" },
};

/** What each kind of event is called. */
const eventText: Record<CaseEvent["type"], Text> = {
  submitted: { id: "Laporan diterima", en: "Report received" },
  verified: { id: "Terverifikasi", en: "Verified" },
  assigned: { id: "Diteruskan", en: "Assigned" },
  returned: { id: "Dikembalikan: bukan kewenangan", en: "Returned: not in charge" },
  asked: { id: "Pelapor diminta melengkapi", en: "The reporter was asked for more" },
  "question-withdrawn": {
    id: "Pertanyaan kepada pelapor ditarik kembali",
    en: "Question to the reporter taken back",
  },
  replied: { id: "Ditanggapi oleh pelapor", en: "Reporter replied" },
  disputed: { id: "Jawaban dibantah oleh pelapor", en: "Answer disputed by the reporter" },
  progressed: { id: "Catatan perkembangan", en: "Progress" },
  noted: { id: "Catatan internal", en: "Internal note" },
  answered: { id: "Ditindaklanjuti oleh instansi", en: "Answered by the agency" },
  "answer-corrected": { id: "Jawaban diralat oleh instansi", en: "Answer corrected by the agency" },
  withheld: { id: "Sebagian tulisan petugas ditutup", en: "Words of officers withheld" },
  confirmed: { id: "Dinyatakan selesai oleh pelapor", en: "Confirmed by the reporter" },
  reopened: { id: "Dibuka kembali karena penilaian rendah", en: "Reopened because of a low rating" },
  appealed: { id: "Banding oleh pelapor", en: "Appealed by the reporter" },
  archived: { id: "Diarsipkan", en: "Archived" },
  objected: { id: "Keberatan pelapor atas pengarsipan", en: "The reporter objected to the archival" },
  upheld: {
    id: "Keberatan ditolak: laporan tetap diarsipkan",
    en: "Objection refused: the case stays archived",
  },
  "objection-granted": {
    id: "Keberatan diterima: laporan dipulihkan dari arsip",
    en: "Objection granted: the case was restored from the archive",
  },
  restored: { id: "Dipulihkan dari arsip", en: "Restored from the archive" },
  joined: { id: "Digabung dengan laporan yang sama", en: "Joined to a report about the same thing" },
  separated: { id: "Dipisahkan: bukan laporan yang sama", en: "Separated: not the same report" },
  withdrawn: { id: "Dicabut oleh pelapor", en: "Withdrawn by the reporter" },
  "receipt-rotated": { id: "Tanda terima diganti oleh pelapor", en: "Receipt replaced by the reporter" },
  redacted: { id: "Teks untuk publik diubah oleh pelapor", en: "Public text redacted by the reporter" },
  consented: {
    id: "Pelapor menyetujui penerusan ke Ombudsman",
    en: "Reporter agreed to a referral to the Ombudsman",
  },
  referred: { id: "Diteruskan ke Ombudsman", en: "Referred to the Ombudsman" },
  "handed-over": { id: "Dialihkan ke instansi pengganti", en: "Handed over to the succeeding agency" },
  "passed-up": { id: "Diteruskan ke tingkat di atasnya", en: "Passed on to the level above" },
  extended: { id: "Batas waktu diperpanjang", en: "Limit extended" },
  warned: { id: "Petugas diingatkan tentang batas waktu", en: "Officers alerted to a deadline" },
  "ombudsman-offered": {
    id: "Batas waktu lewat: penerusan ke Ombudsman ditawarkan",
    en: "Limit passed: a referral to the Ombudsman was offered",
  },
  closed: {
    id: "Selesai otomatis: tidak ada tanggapan pelapor",
    en: "Closed by itself: no reply from the reporter",
  },
  lapsed: {
    id: "Dianggap dicabut: berkas tidak dilengkapi",
    en: "Counts as withdrawn: the file was not completed",
  },
  "identity-opened": { id: "Identitas pelapor dibuka", en: "The reporter's identity was opened" },
  "identity-consented": {
    id: "Keputusan pelapor tentang pembukaan identitas dan berkas aslinya",
    en: "The reporter decided whether their identity and originals may be opened",
  },
  "contact-corrected": { id: "Data pelapor diperbaiki", en: "The reporter's data were corrected" },
  "identity-deleted": {
    id: "Identitas pelapor dihapus atas permintaannya",
    en: "The reporter's identity was deleted at their request",
  },
  "data-removed": {
    id: "Data dihapus karena masa simpannya berakhir",
    en: "Data were removed at the end of the time they may be kept",
  },
  recounted: { id: "Batas waktu dihitung ulang", en: "Dates counted again" },
  "originals-erased": {
    id: "Berkas asli lampiran dihapus atas permintaan pelapor",
    en: "The originals of files were erased at the reporter's request",
  },
  attached: { id: "Lampiran ditambahkan", en: "A file was attached" },
  "attachment-removed": {
    id: "Sebuah lampiran dihapus oleh pihak yang melampirkannya",
    en: "A file was removed by those who attached it",
  },
  "original-opened": { id: "Berkas asli sebuah lampiran dibuka", en: "The original of a file was opened" },
  other: { id: "Belum dapat ditampilkan", en: "Cannot be shown yet" },
};

/** A consent and its end are one kind of event. Whoever reads of it reads which. */
const consentText = (agreed: boolean): Text =>
  agreed
    ? {
        id: "Pelapor mengizinkan identitas dan berkas aslinya dibuka",
        en: "The reporter allows their identity and originals to be opened",
      }
    : {
        id: "Pelapor tidak mengizinkan identitas dan berkas aslinya dibuka",
        en: "The reporter does not allow their identity and originals to be opened",
      };

/** How an event leads to the agency that it gives the case to, where "to" behind its name says something else. */
const towards: Partial<Record<CaseEvent["type"], Text>> = {
  verified: { id: "Terverifikasi, diteruskan ke", en: "Verified, passed on to" },
  reopened: {
    id: "Dibuka kembali karena penilaian rendah, kini pada",
    en: "Reopened because of a low rating, now with",
  },
  objected: {
    id: "Keberatan pelapor atas pengarsipan, diputuskan oleh",
    en: "The reporter objected to the archival, decided by",
  },
  upheld: {
    id: "Keberatan ditolak: laporan tetap diarsipkan di",
    en: "Objection refused: the case stays archived at",
  },
  "objection-granted": {
    id: "Keberatan diterima: laporan dipulihkan dari arsip, kini pada",
    en: "Objection granted: the case was restored from the archive, now with",
  },
  restored: { id: "Dipulihkan dari arsip, kini pada", en: "Restored from the archive, now with" },
  "handed-over": { id: "Dialihkan ke instansi pengganti:", en: "Handed over to the succeeding agency:" },
  "passed-up": { id: "Diteruskan ke tingkat di atasnya:", en: "Passed on to the level above:" },
};

/** What an event is called, with the agency that it gave the case to. */
export function wordsOf({ type, content }: CaseEvent, agency?: string): Text {
  const { id, en } = type === "identity-consented" ? consentText(content.agreed) : eventText[type];
  if (agency === undefined) return { id, en };
  const to = towards[type] ?? { id: `${id} ke`, en: `${en} to` };
  return { id: `${to.id} ${agency}`, en: `${to.en} ${agency}` };
}
