import type { Case } from "../case.ts";

/**
 * Main categories of matters that nobody can photograph: a service, a payment, a conduct. Everything else that a complaint is about
 * at a place can be seen there: a road, a lamp, a heap of waste.
 */
const unseenMatters: ReadonlySet<string> = new Set([
  "agama",
  "corona-virus",
  "ekonomi-dan-keuangan",
  "kesehatan",
  "kesetaraan-gender-dan-sosial-inklusif",
  "kependudukan",
  "kerjasama-bilateral",
  "kerjasama-multilateral",
  "kekerasan-di-satuan-pendidikan-sekolah-kampus-lembaga-kursus",
  "ketenagakerjaan",
  "legalisasi-konsuler",
  "netralitas-asn",
  "pelindungan-wni",
  "pemulihan-ekonomi-nasional",
  "pencegahan-dan-pemberantasan-penyalahgunaan-dan-peredaran-gelap-narkotika-dan-prekursor-narkotika-p4gn",
  "perlindungan-konsumen",
  "politik-dan-hukum",
  "politisasi-asn",
  "seleksi-calon-hakim-agung-ri",
  "sosial-dan-kesejahteraan",
  "sp4n-lapor",
  "srgi",
  "teknologi-informasi-dan-komunikasi",
]);

/** Whether an answer to a case is asked for a photo or a file that shows the result: a complaint about something at a place. */
export const canBeShown = ({
  class: kind,
  location,
  category,
}: Pick<Case, "class" | "category"> & { location?: object | undefined }): boolean =>
  kind === "complaint" && location !== undefined && !unseenMatters.has(category?.split("/", 1)[0] ?? "");
