import { expect, test } from "vitest";
import tree from "../../shared/directory/data/categories.json" with { type: "json" };
import { likelyCategories } from "../../shared/page/report/likely-categories.ts";

/** The last parts of the ids that are offered, the likeliest first. */
const offered = (said: string): string[] =>
  likelyCategories(tree.categories, said, "").map(({ id }) => id.split("/").at(-1) ?? "");

test.each([
  ["Lampu jalan mati sudah seminggu", "lampu-penerangan-jalan-umum", "akta-kematian"],
  ["Lampu mati di rumah saya sejak kemarin", "pemadaman-listrik", "akta-kematian"],
  ["Mati lampu setiap malam", "pemadaman-listrik", "jaminan-kematian"],
  ["Listrik mati dari pagi", "pemadaman-listrik", "akta-kematian"],
  ["Listrik padam setiap malam", "pemadaman-listrik", "pemadaman-kebakaran"],
  ["Lampu lalu lintas mati", "lampu-penerangan-jalan-umum", "akta-kematian"],
  ["Akta kematian ayah saya belum terbit", "akta-kematian", "akta-perceraian"],
  ["Akta kelahiran anak salah nama", "akta-kelahiran", "eksploitasi-anak"],
  ["Kartu keluarga hilang", "kartu-keluarga", "kartu-identitas-peserta"],
  ["KTP saya belum jadi", "ktp-kartu-tanda-penduduk", "pungutan-liar"],
  ["Jalan berlubang di depan pasar", "jalan-berlubang", "pasar-modal"],
  ["Jembatan rusak", "jembatan", "jalan-berlubang"],
  ["Parit tersumbat sehingga banjir", "drainase-gorong-gorong-parit", "sampah-liar"],
  ["Air PDAM keruh dan tidak mengalir", "layanan-air-minum", "sumber-daya-air"],
  ["Air keruh di perumahan kami", "layanan-air-minum", "rekomtek-sumber-daya-air"],
  ["Sampah menumpuk di pinggir jalan", "sampah-liar", "infrastruktur-jalan"],
  ["Pungutan liar saat mengurus KTP", "pungutan-liar", "sampah-liar"],
  ["Parkir liar di trotoar", "parkir-liar", "sampah-liar"],
  ["Bantuan sosial tidak diterima", "bantuan-sosial", "bantuan-pertanian"],
  ["PKH saya dihentikan", "pkh-program-keluarga-harapan", "kartu-keluarga"],
  ["Antrean puskesmas terlalu lama", "antrian-lama", "lamanya-proses-refund"],
  ["Obat di puskesmas habis", "pelayanan-obat", "antrian-lama"],
  ["BPJS Kesehatan saya tidak aktif", "administrasi-bpjs-kesehatan", "pelayanan-obat"],
  ["Sekolah menarik uang bangunan", "biaya-sekolah", "jasa-keuangan"],
  ["Gaji saya belum dibayar perusahaan", "gaji-upah-tidak-dibayarkan", "thr-tidak-dibayarkan"],
  ["Sertifikat tanah belum selesai", "sertifikat-tanah", "duplikasi-sertifikat"],
  ["Hutan dibakar", "kebakaran-hutan", "pemadaman-kebakaran"],
  ["Polisi minta uang", "kepolisian", "jasa-keuangan"],
  ["Harga pupuk mahal", "pupuk", "harga-minyak-dan-gas"],
  ["Internet desa lambat", "jaringan-internet", "pelayanan-lambat"],
  ["Makan bergizi gratis basi", "kualitas-makanan-mbg", "gizi-buruk-stunting"],
])("%s is likely about %s and not about %s", (said, first, never) => {
  expect(offered(said)[0]).toBe(first);
  expect(offered(said)).not.toContain(never);
});

test.each(["Hewan liar masuk kampung", "Sudah lama tidak dapat", "Anak saya hilang nama"])(
  "%s has only words that mean many things, so no category is offered",
  (said) => {
    expect(offered(said)).toEqual([]);
  },
);
