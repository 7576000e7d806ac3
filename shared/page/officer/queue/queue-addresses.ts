import { type QueueName, queueNames, type WatchName, watchNames } from "../../../case/lists/queues.ts";
import type { Language, Text } from "../../../language.ts";
import { pageIn } from "../../layout.ts";

export type AnyQueue = QueueName | WatchName;
export const anyQueue = [...queueNames, ...watchNames] as const satisfies readonly AnyQueue[];

/** What officers call each queue. */
export const queueText: Record<AnyQueue, Text> = {
  verification: { id: "Perlu diverifikasi", en: "To verify" },
  assigned: { id: "Baru didisposisikan", en: "Newly assigned" },
  "in-progress": { id: "Sedang diproses", en: "In progress" },
  "awaiting-reporter": { id: "Menunggu pelapor", en: "Waiting for the reporter" },
  answered: { id: "Sudah dijawab", en: "Answered" },
  "due-soon": { id: "Segera jatuh tempo", en: "Due soon" },
  overdue: { id: "Terlambat", en: "Overdue" },
};

/** What each of the queues holds, and who has to act. */
export const queueLead: Record<AnyQueue, Text> = {
  verification: {
    id: "Laporan yang belum diperiksa, atau yang menunggu putusan: terima, teruskan, atau arsipkan.",
    en: "Reports that nobody has checked yet, or that wait for a decision: accept, hand on or archive them.",
  },
  assigned: {
    id: "Laporan yang baru sampai. Beri tanggapan awal, atau teruskan kepada unit yang mengerjakan.",
    en: "Reports that have just arrived. Give a first response, or hand them to the unit that does the work.",
  },
  "in-progress": {
    id: "Laporan yang sedang dikerjakan. Jawab sebelum batas waktunya.",
    en: "Reports that are being worked on. Answer them before they are due.",
  },
  "awaiting-reporter": {
    id: "Pelapor ditanya dan belum membalas. Anda tidak perlu berbuat apa-apa.",
    en: "The reporter was asked and has not replied. You need do nothing.",
  },
  answered: {
    id: "Sudah dijawab. Pelapor masih dapat menilai atau membantah jawabannya.",
    en: "These are answered. The reporter may still rate or dispute the answer.",
  },
  "due-soon": {
    id: "Yang harus ditangani hari ini sampai tiga hari kerja ke depan.",
    en: "What has to be done today and in the next three working days.",
  },
  overdue: {
    id: "Batas waktunya sudah lewat. Kerjakan ini lebih dulu.",
    en: "These are past their limit. Do them first.",
  },
};

/** The filters of a queue, as its address names them. */
export const queueFilters = ["instansi", "cakupan", "jenis", "kategori", "wilayah", "batas"] as const;
export type QueueFilter = (typeof queueFilters)[number];
export type FiltersTyped = Readonly<Partial<Record<QueueFilter | "kursor" | "halaman", string | undefined>>>;

/** An address with filters, in a language. Empty ones are left out. */
export function filteredAddress(
  language: Language,
  path: string,
  typed: FiltersTyped & Readonly<Record<string, string | undefined>> = {},
): string {
  const query = new URLSearchParams(
    Object.entries(typed).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
  return pageIn(language, query.size > 0 ? `${path}?${query}` : path);
}

export const queuePath = (name: AnyQueue): string => `/petugas/antrean/${name}`;
