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
    class: "Jenis laporan",
    agency: "Instansi",
    at: "Waktu",
    status: "Status sekarang",
    receipt: "Tanda terima",
    toReporter: "Bapak/Ibu pelapor,",
    open: "Buka laporan",
    stop: "SP4N-LAPOR! mengirim email ini secara otomatis. Untuk berhenti menerima email tentang laporan ini, buka laporan ini dengan tanda terima Anda dan tekan “Atur email”. Jangan membalas email ini.",
    last: "SP4N-LAPOR! mengirim email ini secara otomatis. Ini email terakhir tentang laporan ini ke alamat ini. Jangan membalas email ini.",
    internal:
      "SP4N-LAPOR! mengirim email ini secara otomatis. Jangan meneruskan data pelapor di luar sistem. Jangan membalas email ini.",
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
    stop: "SP4N-LAPOR! sent this email automatically. To stop emails about this report, open it with your receipt and press “Choose emails”. Do not reply to this email.",
    last: "SP4N-LAPOR! sent this email automatically; it is the last one about this report to this address. Do not reply to it.",
    internal:
      "SP4N-LAPOR! sent this email automatically. Do not pass on a reporter's data. Do not reply to this email.",
  },
} as const;
