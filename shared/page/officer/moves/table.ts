import type { Text } from "../../../language.ts";
import type { PagedMove } from "../move-addresses.ts";

/** The moves whose pages are made from this table. An upload and an opening have pages of another kind. */
export type FormMove = Exclude<PagedMove, "open-identity" | "attach">;

interface Labelled {
  label: Text;
  hint?: Text;
  optional?: true;
}

/** A field of the form of a move. What its body calls it is its `name`. */
export type MoveField = Labelled &
  (
    | { kind: "text"; name: "text" | "reason" | "note" | "words"; most: number; rows?: number }
    | { kind: "line"; name: "title" }
    | { kind: "tracking-number"; name: "trackingNumber" | "duplicateOf" }
    | { kind: "tick"; name: "supervised" | "formal" }
    | { kind: "class"; name: "class" }
    | { kind: "category"; name: "category" }
    | { kind: "agency"; name: "agencyId" }
    | { kind: "archive-reason"; name: "reason" }
    | { kind: "entry"; name: "entry" }
    | { kind: "evidence"; name: "evidence" }
  );

export interface MoveForm {
  /** What it does, in a sentence or two. */
  does: Text;
  fields: readonly MoveField[];
  /** What cannot be told of the clocks before something is typed. */
  until?: Text;
  /** What was typed can be answered with an example that the agency keeps. */
  takesTemplates?: true;
  /** Nobody outside reads it. */
  amongOfficers?: true;
}

const explanation = (label: Text, hint: Text, most = 2_000): MoveField => ({
  kind: "text",
  name: "text",
  label,
  hint,
  most,
});

const reason: Text = { id: "Alasan", en: "Reason" };
const readByReporter: Text = {
  id: "Pelapor membacanya. Jangan menyebut nama orang.",
  en: "The reporter reads it. Name no person.",
};

const evidence: MoveField = {
  kind: "evidence",
  name: "evidence",
  label: { id: "Bukti", en: "Evidence" },
  hint: {
    id: "Centang foto atau berkas yang menunjukkan hasilnya, paling banyak lima.",
    en: "Tick the photos or files that show the result, five at most.",
  },
  optional: true,
};

/** The form of each move: what it does, and its fields in order. Pages, checks and tests are made from it. */
export const moveForms: Readonly<Record<FormMove, MoveForm>> = {
  verify: {
    does: {
      id: "Menerima laporan ini, menetapkan jenis dan kategorinya, dan meneruskannya.",
      en: "Accepts this report, settles its class and category, and passes it on.",
    },
    fields: [
      { kind: "class", name: "class", label: { id: "Jenis laporan", en: "Class" } },
      {
        kind: "category",
        name: "category",
        label: { id: "Kategori", en: "Category" },
        hint: {
          id: "Bila yang cocok tidak ada di daftar, cari dulu di atas.",
          en: "If none fits, search above first.",
        },
        optional: true,
      },
      {
        kind: "tick",
        name: "supervised",
        label: { id: "Berkadar pengawasan", en: "Supervised (berkadar pengawasan)" },
        hint: {
          id: "Pengaduan tentang penyimpangan yang harus diperiksa, misalnya pungutan liar.",
          en: "A complaint about wrongdoing that has to be examined, such as an illegal fee.",
        },
      },
      {
        kind: "tick",
        name: "formal",
        label: { id: "Permohonan informasi publik resmi", en: "Formal information request" },
        hint: {
          id: "Hanya bila pelapor memintanya menurut UU 14/2008 atau menyetujuinya.",
          en: "Only if the reporter asked for it under UU 14/2008, or agreed.",
        },
      },
      {
        kind: "line",
        name: "title",
        label: { id: "Judul", en: "Title" },
        hint: {
          id: "Perbaiki hanya bila menyesatkan atau menyebut nama orang. Publik membacanya.",
          en: "Correct it only if it misleads or names a person. The public reads it.",
        },
      },
      {
        kind: "agency",
        name: "agencyId",
        label: { id: "Teruskan kepada", en: "Pass on to" },
        optional: true,
      },
    ],
  },
  assign: {
    does: {
      id: "Memindahkan laporan ini ke instansi atau unit yang harus mengerjakannya.",
      en: "Moves this report to the agency or unit that has to act.",
    },
    fields: [
      { kind: "agency", name: "agencyId", label: { id: "Kepada", en: "To" } },
      {
        kind: "text",
        name: "note",
        label: { id: "Pesan untuk petugas di sana", en: "Message to the officers there" },
        hint: {
          id: "Pelapor dan publik tidak membacanya.",
          en: "Neither the reporter nor the public reads it.",
        },
        most: 2_000,
        rows: 4,
        optional: true,
      },
    ],
    until: {
      id: "Pilih dulu instansinya. Sesudah itu tekan “Simpan dulu” untuk melihat batas waktunya di sana.",
      en: "Choose the agency first. Then press “Save for now” to see its deadlines there.",
    },
  },
  return: {
    does: {
      id: "Mengembalikan laporan ini satu tingkat ke atas, karena bukan kewenangan instansi Anda.",
      en: "Returns this report one level up, because it is not your agency's to handle.",
    },
    fields: [
      {
        kind: "text",
        name: "reason",
        label: {
          id: "Mengapa bukan kewenangan Anda, dan milik siapa menurut Anda?",
          en: "Why is it not yours, and whose do you think it is?",
        },
        hint: {
          id: "Sebut instansi yang berwenang bila Anda tahu. Pelapor dan petugas membacanya. Publik tidak.",
          en: "Name the agency in charge if you know. The reporter and officers read it. The public does not.",
        },
        most: 2_000,
      },
    ],
  },
  ask: {
    does: {
      id: "Meminta pelapor melengkapi laporannya. Sampai ia menjawab, hitungan Anda berhenti.",
      en: "Asks the reporter for what is missing. Until they reply, your count stands still.",
    },
    fields: [
      explanation(
        { id: "Apa yang perlu Anda ketahui?", en: "What do you need to know?" },
        {
          id: "Tanyakan semuanya sekaligus, singkat dan jelas. Jangan meminta yang sudah ada di laporan.",
          en: "Ask everything at once, short and clear. Do not ask for what the report says already.",
        },
        5_000,
      ),
    ],
  },
  "withdraw-question": {
    does: {
      id: "Menarik pertanyaan yang masih terbuka. Hitungan Anda berjalan lagi.",
      en: "Takes the open question back. Your count goes on.",
    },
    fields: [{ kind: "text", name: "reason", label: reason, hint: readByReporter, most: 2_000 }],
  },
  progress: {
    does: {
      id: "Memberi tahu semua orang apa yang sedang dikerjakan.",
      en: "Tells everybody what is being done.",
    },
    fields: [
      explanation(
        { id: "Apa yang sudah dan akan dikerjakan?", en: "What was done, and what comes next?" },
        {
          id: "Sebut tanggalnya. Pelapor dan publik membacanya. Jangan menyebut nama orang.",
          en: "Say when. The reporter and the public read it. Name no person.",
        },
        5_000,
      ),
    ],
  },
  note: {
    does: {
      id: "Meninggalkan catatan untuk petugas lain. Laporannya tidak berubah.",
      en: "Leaves a note for other officers. The report stays as it is.",
    },
    fields: [
      explanation(
        { id: "Catatan", en: "Note" },
        {
          id: "Hanya petugas yang membacanya. Jangan menebak siapa pelapornya.",
          en: "Officers alone read it. Do not guess who the reporter is.",
        },
        5_000,
      ),
    ],
    amongOfficers: true,
  },
  answer: {
    does: {
      id: "Menjawab laporan ini. Sesudah itu giliran pelapor menilai atau membantahnya.",
      en: "Answers this report. After that it is the reporter's turn to rate or dispute it.",
    },
    fields: [
      explanation(
        { id: "Jawaban", en: "Answer" },
        {
          id: "Apa yang sudah dilakukan, kapan, dan di mana. Pelapor dan publik membacanya. Jangan menyebut nama orang.",
          en: "What was done, when and where. The reporter and the public read it. Name no person.",
        },
        10_000,
      ),
      evidence,
    ],
    takesTemplates: true,
  },
  "correct-answer": {
    does: {
      id: "Mengganti jawaban terakhir. Pelapor mendapat seluruh masa tanggapan lagi.",
      en: "Replaces the last answer. The reporter has the whole time to respond again.",
    },
    fields: [
      explanation(
        { id: "Jawaban yang benar", en: "The corrected answer" },
        {
          id: "Tulis seluruhnya. Jawaban lama tetap dapat dibaca petugas dan Ombudsman.",
          en: "Write all of it. Officers and the Ombudsman can still read the old one.",
        },
        10_000,
      ),
      evidence,
      {
        kind: "text",
        name: "reason",
        label: { id: "Mengapa diralat?", en: "Why is it corrected?" },
        hint: readByReporter,
        most: 2_000,
        rows: 4,
      },
    ],
  },
  withhold: {
    does: {
      id: "Menutup tulisan petugas yang memuat nama atau data pribadi. Petugas dan Ombudsman tetap membacanya.",
      en: "Withholds what an officer wrote, such as a name or personal data. Officers and the Ombudsman still read it.",
    },
    fields: [
      { kind: "entry", name: "entry", label: { id: "Tulisan yang mana?", en: "In which entry?" } },
      {
        kind: "text",
        name: "words",
        label: { id: "Kata-kata yang ditutup", en: "The words to withhold" },
        hint: {
          id: "Salin persis seperti tertulis. Kosongkan untuk menutup seluruh tulisan itu.",
          en: "Copy them exactly. Leave this empty to withhold all that was written there.",
        },
        most: 10_000,
        rows: 3,
        optional: true,
      },
      {
        kind: "text",
        name: "reason",
        label: reason,
        hint: {
          id: "Pelapor membacanya. Jangan mengulang kata-kata yang ditutup.",
          en: "The reporter reads it. Do not repeat the words that are withheld.",
        },
        most: 2_000,
        rows: 4,
      },
    ],
  },
  extend: {
    does: {
      id: "Memperpanjang batas waktu permohonan informasi publik, satu kali saja.",
      en: "Extends the limit of a formal information request, once.",
    },
    fields: [
      explanation(
        { id: "Alasan tertulis", en: "Written reason" },
        {
          id: "Undang-undang mewajibkannya. Alasan ini ikut ditulis dalam email kepada pelapor.",
          en: "The law requires it. This reason is written in the email to the reporter too.",
        },
      ),
    ],
  },
  archive: {
    does: {
      id: "Mengarsipkan laporan ini: tidak ditindaklanjuti lagi, kecuali pelapor mengajukan keberatan.",
      en: "Archives this report: it is not followed up any more, unless the reporter objects.",
    },
    fields: [
      {
        kind: "archive-reason",
        name: "reason",
        label: { id: "Alasan pengarsipan", en: "Why it is archived" },
      },
      {
        kind: "tracking-number",
        name: "duplicateOf",
        label: { id: "Nomor laporan yang sama", en: "Number of the same report" },
        hint: {
          id: "Isi hanya bila sudah ada laporan yang sama. Lebih baik digabungkan.",
          en: "Only where the same report is there already. It is better to join the two.",
        },
        optional: true,
      },
      explanation(
        { id: "Penjelasan untuk pelapor", en: "Explanation for the reporter" },
        {
          id: "Jelaskan sehingga pelapor paham, dan sebut ke mana ia dapat pergi. Jangan menyebut nama orang.",
          en: "Explain so that the reporter understands, and say where they can turn. Name no person.",
        },
      ),
    ],
  },
  join: {
    does: {
      id: "Menggabungkan laporan ini dengan laporan pertama tentang hal yang sama. Statusnya mengikuti laporan itu.",
      en: "Joins this report to the first one about the same thing. It then follows that one.",
    },
    fields: [
      {
        kind: "tracking-number",
        name: "trackingNumber",
        label: { id: "Nomor laporan pertama", en: "Number of the first report" },
        hint: {
          id: "Bandingkan dulu keduanya di halaman “Laporan yang mungkin sama”.",
          en: "Compare the two first, on the page “Likely the same report”.",
        },
      },
      {
        ...explanation({ id: "Penjelasan", en: "Explanation" }, readByReporter),
        optional: true,
      },
    ],
  },
  restore: {
    does: {
      id: "Mengeluarkan laporan ini dari arsip. Laporan ini dikerjakan lagi dari tempatnya semula.",
      en: "Takes this report out of the archive. Work goes on where it stood.",
    },
    fields: [explanation(reason, readByReporter)],
  },
  uphold: {
    does: {
      id: "Menolak keberatan pelapor. Laporan tetap diarsipkan, dan putusan ini final.",
      en: "Refuses the reporter's objection. The report stays archived, and this decision is final.",
    },
    fields: [
      explanation(
        { id: "Alasan penolakan", en: "Why it is refused" },
        {
          id: "Jawab keberatannya satu per satu. Pelapor membacanya.",
          en: "Answer each point of the objection. The reporter reads it.",
        },
      ),
    ],
  },
  separate: {
    does: {
      id: "Melepas laporan ini dari laporan yang diikutinya. Laporan ini diverifikasi lagi.",
      en: "Takes this report off the one that it follows. It is verified anew.",
    },
    fields: [explanation({ id: "Apa bedanya?", en: "How do the two differ?" }, readByReporter)],
  },
  refer: {
    does: {
      id: "Meneruskan laporan ini ke Ombudsman, dengan persetujuan pelapor. Instansi tetap mengerjakannya.",
      en: "Gives this report to the Ombudsman, with the reporter's consent. Its agency goes on with it.",
    },
    fields: [explanation(reason, readByReporter)],
  },
};

export const formMoves = Object.keys(moveForms) as FormMove[];

/** The names of the fields of a form, in order. */
export const fieldNames = (move: FormMove): string[] => moveForms[move].fields.map(({ name }) => name);
