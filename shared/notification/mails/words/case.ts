import type { CaseClass } from "../../../deadline/policy.ts";
import type { Text } from "../../../language.ts";

/** What each class is called. */
export const classText: Record<CaseClass, Text> = {
  complaint: { id: "Pengaduan", en: "Complaint" },
  aspiration: { id: "Aspirasi", en: "Aspiration" },
  "information-request": { id: "Permintaan informasi", en: "Information request" },
};

/** What the mails about a case have in common. */
export const caseWords = {
  id: {
    trackingNumber: "Nomor pelacakan",
    class: "Klasifikasi",
    agency: "Instansi",
    at: "Waktu",
    status: "Status sekarang",
    receipt: "Tanda terima",
    toReporter: "Bapak/Ibu pelapor,",
    open: "Buka laporan",
    stop: "Surat ini dikirim otomatis oleh SP4N-LAPOR!. Untuk berhenti menerima surat tentang laporan ini, buka laporan ini dengan tanda terima Anda dan pilih “Atur surat e-mail”. Jangan membalas surat ini.",
    last: "Surat ini dikirim otomatis oleh SP4N-LAPOR! dan merupakan surat terakhir tentang laporan ini ke alamat ini. Jangan membalas surat ini.",
    internal:
      "Surat ini dikirim otomatis oleh SP4N-LAPOR!. Jangan meneruskan data pelapor di luar sistem. Jangan membalas surat ini.",
  },
  en: {
    trackingNumber: "Tracking number",
    class: "Class",
    agency: "Agency",
    at: "When",
    status: "Status now",
    receipt: "Receipt",
    toReporter: "Dear reporter,",
    open: "Open the report",
    stop: "SP4N-LAPOR! sent this mail automatically. To stop mails about this report, open it with your receipt and press “Choose mails”. Do not reply to this mail.",
    last: "SP4N-LAPOR! sent this mail automatically; it is the last one about this report to this address. Do not reply to it.",
    internal:
      "SP4N-LAPOR! sent this mail automatically. Do not pass on a reporter's data. Do not reply to this mail.",
  },
} as const;
