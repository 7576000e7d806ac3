import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ofOwnCase, ownFormAt, sentTo } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { html } from "../../shared/page/html.ts";

const words = {
  title: { id: "Hapus berkas asli lampiran", en: "Erase the originals of your files" },
  intro: {
    id: "Petugas membaca salinan lampiran Anda, tanpa lokasi, waktu, dan nama. Berkas aslinya kami simpan tersegel sebagai bukti.",
    en: "Officers read copies of your files without position, time and names. We keep the originals sealed, as evidence.",
  },
  after: {
    id: "Semua berkas asli yang Anda kirim sampai sekarang dihapus. Salinan yang sudah diperiksa tetap ada. Dokumen Word dan Excel tidak punya salinan, jadi hilang seluruhnya. Ini tidak dapat dibatalkan.",
    en: "All originals that you have sent until now are erased. Inspected copies stay. Word and Excel documents have no copy, so they are gone altogether. This cannot be undone.",
  },
  send: { id: "Hapus berkas asli", en: "Erase the originals" },
  none: {
    id: "Tidak ada berkas asli lampiran Anda yang tersimpan.",
    en: "No original of a file of yours is kept.",
  },
} as const satisfies Record<string, Text>;

/** `/saya/{trackingNumber}/berkas-asli`: has the originals of one's own files erased. */
export const originalsPage = (frame: Frame, see: Endpoint, erase: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "berkas-asli",
    path: ofOwnCase,
    title: () => words.title,
    move: "erase-originals",
    fits: ({ attachments = [] }) =>
      attachments.some(
        ({ by, state, originalRemoved }) =>
          by === "reporter" && state !== "removed" && state !== "refused" && !originalRemoved,
      ),
    notNow: (_, language) => html`<p>${words.none[language]}</p>`,
    fields: [],
    intro: ({ language }) => html`<p>${words.intro[language]}</p>`,
    inputs: () => undefined,
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    kind: "leave",
    send: sentTo(erase, []),
    done: "berkas-asli",
  });
