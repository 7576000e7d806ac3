import type { Submission } from "../../shared/case/submission/submission.ts";

/** A complaint as a citizen of Balikpapan might send it. */
export const roadComplaint: Submission = {
  class: "complaint",
  title: "Jalan berlubang di depan pasar",
  text: "Sudah dua bulan jalan di depan pasar berlubang besar. Kemarin ada pengendara motor jatuh.",
  occurredOn: "2026-11-20",
  location: { regionCode: "64.71", address: "Jalan Contoh depan pasar", latitude: -1.24, longitude: 116.86 },
  category: "pekerjaan-umum/jalan",
  agencyId: "balikpapan-dinas-pu",
  anonymous: false,
  secret: false,
};
