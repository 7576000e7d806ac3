import { inWords } from "../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../language.ts";
import { type Draft, forgottenAt } from "../../visitor/draft.ts";
import { type Hole, type Html, html } from "../html.ts";
import { pageIn } from "../layout.ts";
import { step } from "../parts/lists.ts";

export const stepWords = {
  back: { id: "Kembali", en: "Back" },
  go: { id: "Simpan dan lanjutkan", en: "Save and continue" },
  later: { id: "Simpan untuk nanti", en: "Save for later" },
  saved: { id: "Tersimpan.", en: "Saved." },
  willBeSaved: { id: "Disimpan di tiap langkah.", en: "Saved at each step." },
  toReceipt: { id: "Buka nomor dan tanda terimanya", en: "Open its number and receipt" },
  lost: {
    id: "Draf yang lama tidak ada lagi: lewat 24 jam, dihapus, atau kuki peramban ini hilang. Yang baru saja Anda ketik sudah tersimpan.",
    en: "The earlier draft is gone: 24 hours are over, it was deleted, or this browser lost its cookie. What you have just typed is saved.",
  },
  noLine: {
    id: "Tidak ada sinyal. Isian tetap di halaman ini. Kirim lagi bila sudah ada.",
    en: "There is no line. What you typed stays on this page. Send it again once there is one.",
  },
  manage: { id: "Lihat atau hapus draf", en: "See or delete the draft" },
} as const satisfies Record<string, Text>;

const zone = "Asia/Makassar";

/** Where the report stands: the way back, the step of six, and that it is saved. */
export const stepBar = (
  language: Language,
  { at, name, back, saved }: { at: number; name: Text; back: string; saved: boolean },
): Html => {
  const where = {
    id: `Langkah ${at} dari 6: ${name.id}. ${(saved ? stepWords.saved : stepWords.willBeSaved).id}`,
    en: `Step ${at} of 6: ${name.en}. ${(saved ? stepWords.saved : stepWords.willBeSaved).en}`,
  };
  return step({
    back: { address: pageIn(language, back), label: stepWords.back[language] },
    text: where[language],
    at,
    of: 6,
  });
};

/** Until when a draft is kept. */
export const keptUntil = (draft: Draft, language: Language): string =>
  inWords(forgottenAt(draft).toISOString(), zone, language);

/** Says until when the draft is kept, and where it can be deleted. */
export const saved = (language: Language, draft: Draft | undefined): Hole => {
  if (!draft || draft.sent) return undefined;
  const until = keptUntil(draft, language);
  const text = {
    id: `Draf ini disimpan sampai ${until}. Hanya peramban ini, di perangkat ini, yang dapat membukanya.`,
    en: `This draft is kept until ${until}. Only this browser on this device can open it.`,
  };
  return html`<p class="hint">${text[language]} <a href="${pageIn(language, "/lapor")}">${stepWords.manage[language]}</a></p>`;
};
