import type { Submission } from "../../shared/case/submission/submission.ts";

/** A report as most are: a few sentences about one place. */
export const shortReport: Submission = {
  class: "complaint",
  title: "Jalan berlubang di depan pasar",
  text: "Sudah dua bulan jalan di depan pasar berlubang besar dan kalau hujan tertutup air. Kemarin ada pengendara motor jatuh di situ. Mohon segera ditambal sebelum ada korban lagi.",
  occurredOn: "2026-11-20",
  location: {
    regionCode: "64.71",
    address: "Depan pasar, Kelurahan Sepinggan",
  },
  category: "pekerjaan-umum-dan-penataan-ruang/jalan-berlubang",
  agencyId: "balikpapan-dinas-pekerjaan-umum",
  anonymous: false,
  secret: false,
};

export const signedReport: Submission = {
  ...shortReport,
  reporter: { name: "Warga Sepinggan", email: "warga@contoh.example" },
};

/** With a name and no address: it is stored whole and causes one mail, not two. */
export const namedReport: Submission = {
  ...shortReport,
  reporter: { name: "Warga Sepinggan" },
};

/** As long as a report may be. */
export const longReport: Submission = {
  ...shortReport,
  text: shortReport.text.repeat(100).slice(0, 10_000).trim().padEnd(10_000, "."),
};

/** When reports cost work in production, and that those alike are held (infra/config.ts). */
export const thresholdOfProduction = { ofNetwork: 20, ofAll: 1_000, holdsAlike: true };
