import type { CaseStatus } from "../../case/case.ts";
import type { Move } from "../../case/moves/table.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, html } from "../html.ts";
import { pageIn } from "../layout.ts";

interface OwnMove {
  /** The move of the table that it makes. Without one it is always there. */
  move?: Move;
  /** Its page below `/saya/{trackingNumber}/`. */
  page: string;
  label: Text;
  /** What it does, in one sentence. */
  does: Text;
}

const dispute: OwnMove = {
  move: "reply",
  page: "tanggapan",
  label: { id: "Belum beres? Bantah jawaban ini", en: "Not solved? Dispute this answer" },
  does: { id: "Instansi mengerjakan laporan ini lagi.", en: "The agency works on the report again." },
};
const complete: OwnMove = {
  move: "reply",
  page: "tanggapan",
  label: { id: "Jawab pertanyaan", en: "Answer the question" },
  does: { id: "Petugas melanjutkan pekerjaannya.", en: "The officers go on with their work." },
};
const add: OwnMove = {
  move: "reply",
  page: "tanggapan",
  label: { id: "Tambah keterangan", en: "Add information" },
  does: {
    id: "Petugas membacanya. Batas waktu tidak berubah.",
    en: "The officers read it. The deadlines stay as they are.",
  },
};

/** What a reporter can do, in the order in which it is shown. */
const ownMoves = (status: CaseStatus): readonly OwnMove[] => [
  {
    move: "confirm",
    page: "nilai",
    label: { id: "Nilai jawaban", en: "Rate the answer" },
    does: {
      id: "Menutup laporan, atau membukanya lagi bila nilainya 1 atau 2.",
      en: "Closes the report, or opens it again with a 1 or 2.",
    },
  },
  status === "answered" ? dispute : status === "awaiting-reporter" ? complete : add,
  {
    move: "attach",
    page: "lampiran",
    label: { id: "Tambah foto atau berkas", en: "Add a photo or file" },
    does: {
      id: "Lokasi, waktu, dan nama di dalamnya kami hapus dari salinan petugas.",
      en: "We take position, time and names out of the officers' copy.",
    },
  },
  {
    move: "appeal",
    page: "banding",
    label: { id: "Ajukan banding", en: "Appeal" },
    does: {
      id: "Instansi di atasnya menilai jawaban ini.",
      en: "The level above looks at this answer.",
    },
  },
  {
    move: "object",
    page: "keberatan",
    label: { id: "Ajukan keberatan", en: "Object to the archival" },
    does: {
      id: "Tingkat di atasnya memutuskan apakah laporan ini ditangani, satu kali saja.",
      en: "The level above decides, once, whether it is worked on.",
    },
  },
  {
    move: "separate",
    page: "pisahkan",
    label: { id: "Ini bukan laporan yang sama", en: "This is not the same report" },
    does: {
      id: "Laporan Anda diverifikasi lagi sebagai laporan tersendiri.",
      en: "Your report is verified anew, as one of its own.",
    },
  },
  {
    move: "consent",
    page: "ombudsman",
    label: { id: "Setujui penerusan ke Ombudsman", en: "Agree to a referral to the Ombudsman" },
    does: {
      id: "Ombudsman dapat menerima laporan ini bila batas penyelesaiannya lewat.",
      en: "The Ombudsman may get the report once its deadline has passed.",
    },
  },
  {
    move: "redact",
    page: "teks-publik",
    label: { id: "Ubah teks yang dibaca publik", en: "Change what the public reads" },
    does: {
      id: "Menulis kata-kata lain untuk publik, atau menyembunyikan isinya.",
      en: "Other words for the public, or none at all.",
    },
  },
  {
    move: "consent-identity",
    page: "izin-identitas",
    label: { id: "Atur izin membuka identitas", en: "Decide on opening your identity" },
    does: {
      id: "Kepala instansi atau Ombudsman membukanya hanya dengan izin ini.",
      en: "The head of the agency or the Ombudsman opens it only if you agree.",
    },
  },
  {
    page: "data",
    label: { id: "Lihat data saya", en: "See my data" },
    does: {
      id: "Semua yang kami simpan tentang Anda: lihat, unduh, perbaiki, atau hapus.",
      en: "All that we keep about you: see, download, correct or delete it.",
    },
  },
  {
    move: "correct-contact",
    page: "surel",
    label: { id: "Perbaiki data diri", en: "Correct your personal data" },
    does: {
      id: "Mengganti alamat email, telepon, nama, atau NIK.",
      en: "Changes address, phone, name or NIK.",
    },
  },
  {
    page: "surat",
    label: { id: "Atur email", en: "Choose emails" },
    does: {
      id: "Menerima atau menghentikan email tentang laporan ini.",
      en: "Gets or stops emails about this report.",
    },
  },
  {
    page: "tanda-terima",
    label: { id: "Ganti tanda terima", en: "Replace the receipt" },
    does: { id: "Yang lama langsung tidak berlaku.", en: "The old one stops working at once." },
  },
  {
    move: "erase-originals",
    page: "berkas-asli",
    label: { id: "Hapus berkas asli lampiran", en: "Erase the originals of your files" },
    does: { id: "Salinan untuk petugas tetap ada.", en: "The copies for officers stay." },
  },
  {
    move: "withdraw",
    page: "cabut",
    label: { id: "Cabut laporan", en: "Withdraw the report" },
    does: {
      id: "Tidak ada lagi yang menanganinya, dan tidak dapat dibatalkan.",
      en: "Nobody works on it any more, and it cannot be undone.",
    },
  },
];

/** What people do most in a situation. It is a button; the rest are links. */
const foremost: Partial<Record<CaseStatus, readonly string[]>> = {
  answered: ["nilai", "tanggapan"],
  "awaiting-reporter": ["tanggapan", "lampiran"],
  closed: ["banding"],
  archived: ["keberatan", "pisahkan"],
  withdrawn: ["keberatan"],
};
const usual = ["tanggapan", "lampiran"];

interface Mine {
  trackingNumber: string;
  status: CaseStatus;
  legalMoves?: readonly string[] | undefined;
  attachments?: readonly { by: string; originalRemoved: boolean }[] | undefined;
}

const legalOnes = ({ status, legalMoves = [], attachments = [] }: Mine): OwnMove[] =>
  ownMoves(status).filter(
    ({ move, page }) =>
      (move === undefined || legalMoves.includes(move)) &&
      (page !== "berkas-asli" ||
        attachments.some(({ by, originalRemoved }) => by === "reporter" && !originalRemoved)),
  );

const addressOf = ({ trackingNumber }: Mine, page: string, language: Language): string =>
  pageIn(language, `/saya/${trackingNumber}/${page}`);

/** The one or two things that are to be done now, as buttons. Nothing where nothing waits for the reporter. */
export function foremostMoves(mine: Mine, language: Language): Hole {
  const pages = foremost[mine.status] ?? usual;
  const shown = legalOnes(mine).filter(({ page }) => pages.includes(page));
  return (
    shown.length > 0 &&
    html`<p class="row">${shown.map(
      ({ page, label }, at) =>
        html`<a class="${at === 0 ? "button" : "button second"}" href="${addressOf(mine, page, language)}">${label[language]}</a>`,
    )}</p>`
  );
}

/** Everything that the reporter can do now, each with what it does. */
export const movesList = (mine: Mine, language: Language): Hole =>
  html`<ul class="moves">${legalOnes(mine).map(
    ({ page, label, does }) =>
      html`<li><a href="${addressOf(mine, page, language)}">${label[language]}</a><br><span class="hint">${does[language]}</span></li>`,
  )}</ul>`;
