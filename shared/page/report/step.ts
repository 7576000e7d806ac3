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
  alreadySent: { id: "Sudah terkirim", en: "Already sent" },
  toReceipt: { id: "Buka nomor dan tanda terimanya", en: "Open its number and receipt" },
  lost: {
    id: "Draf yang lama tidak ada lagi: lewat 24 jam, dihapus, atau kuki peramban ini hilang. Yang baru saja Anda ketik sudah tersimpan.",
    en: "The earlier draft is gone: 24 hours are over, it was deleted, or this browser lost its cookie. What you have just typed is saved.",
  },
  noLine: {
    id: "Tidak ada sinyal, jadi belum terkirim. Isian tetap di halaman ini. Jangan tutup halaman, dan tekan lagi bila sinyal kembali.",
    en: "There is no signal, so it is not sent yet. What you typed stays on this page. Keep the page open, and press again once the signal is back.",
  },
  pressAgain: {
    id: "Tidak ada sinyal. Tekan lagi bila sinyal kembali.",
    en: "There is no signal. Press again once it is back.",
  },
  busy: { id: "Menyimpan…", en: "Saving…" },
  manage: { id: "Lihat atau hapus draf", en: "See or delete the draft" },
} as const satisfies Record<string, Text>;

const phoneWords = {
  keep: {
    id: "Simpan juga di ponsel atau komputer ini",
    en: "Keep it on this phone or computer too",
  },
  keepHint: {
    id: "Di peramban ini saja, supaya tidak hilang bila sinyal putus. Tanpa NIK. Jangan centang di perangkat bersama. “Keluar cepat” menghapusnya.",
    en: "In this browser only, so that a lost signal loses nothing. Without your NIK. Do not tick it on a shared device. “Leave quickly” deletes it.",
  },
  kept: { id: "Tersimpan di perangkat ini, {time}", en: "Kept on this device, {time}" },
  deleted: { id: "Tidak disimpan di perangkat ini lagi", en: "No longer kept on this device" },
  failed: { id: "Tidak dapat disimpan di perangkat ini", en: "It cannot be kept on this device" },
  drafts: { id: "Draf di perangkat ini", en: "Drafts on this device" },
  untitled: { id: "Tanpa judul", en: "Without a title" },
  open: { id: "Buka", en: "Open" },
  remove: { id: "Hapus", en: "Delete" },
  unsent: {
    id: "Ada laporan di perangkat ini yang belum terkirim.",
    en: "A report on this device is not sent yet.",
  },
  toUnsent: { id: "Lihat dan kirim", en: "See and send it" },
} as const satisfies Record<string, Text>;

/** The tick by which a draft is kept on the phone too. A script shows it where the browser can keep things. */
export const keepBox = (language: Language): Html =>
  html`<div class="field" data-keep-box hidden><label class="choice"><input type="checkbox" data-keep><span><b>${phoneWords.keep[language]}</b><span class="hint">${phoneWords.keepHint[language]}</span></span></label><p class="hint" role="status" data-kept data-words="${phoneWords.kept[language]}" data-deleted="${phoneWords.deleted[language]}" data-failed="${phoneWords.failed[language]}"></p></div>`;

/** The drafts that are kept on the phone. A script shows them where there are some. */
export const phoneDrafts = (language: Language): Html =>
  html`<section data-drafts-box hidden><h2>${phoneWords.drafts[language]}</h2><ul class="cards one" data-drafts data-untitled="${phoneWords.untitled[language]}"><template><li class="card"><p><b data-draft-title></b><br><small data-draft-time></small></p><div class="row"><button type="button" class="button second" data-draft-open>${phoneWords.open[language]}</button> <button type="button" class="link" data-draft-delete>${phoneWords.remove[language]}</button></div></li></template></ul></section>`;

/** Leads to a report that waits on the phone for a line. A script shows it where there is one. */
export const unsentOnPhone = (language: Language): Html =>
  html`<div class="notice" data-unsent hidden><p>${phoneWords.unsent[language]} <a href="${pageIn(language, "/lapor/tanpa-sinyal")}">${phoneWords.toUnsent[language]}</a></p></div>`;

const zone = "Asia/Makassar";

/** Which of the six steps this is. */
export const placeInSteps = (at: number): Text => ({ id: `langkah ${at} dari 6`, en: `step ${at} of 6` });

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
