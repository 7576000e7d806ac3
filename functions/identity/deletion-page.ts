import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ofOwnCase, ownFormAt, type OwnView, sentTo } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { html } from "../../shared/page/html.ts";

const words = {
  title: { id: "Hapus identitas saya", en: "Delete my identity" },
  intro: {
    id: "Kami menghapus nama, alamat email, nomor telepon, dan NIK Anda dari laporan ini. Laporannya tetap ada.",
    en: "We delete your name, email address, phone number and NIK from this report. The report stays.",
  },
  after: {
    id: "Email tentang laporan ini berhenti. Berkas asli lampiran Anda ikut dihapus; salinan yang sudah diperiksa tetap ada. Tanda terima Anda tetap berlaku. Ini tidak dapat dibatalkan.",
    en: "Emails about this report stop. The originals of your files are erased too; inspected copies stay. Your receipt goes on working. This cannot be undone.",
  },
  send: { id: "Hapus identitas saya", en: "Delete my identity" },
  none: {
    id: "Laporan ini tidak memuat identitas Anda, jadi tidak ada yang perlu dihapus.",
    en: "There is no identity with this report, so there is nothing to delete.",
  },
  court: {
    id: "Laporan ini berada dalam proses hukum. Selama itu identitas tidak boleh dihapus (pengecualian untuk penegakan hukum, UU 27/2022).",
    en: "This report is before a court. As long as it is, the identity may not be deleted (exception for law enforcement, UU 27/2022).",
  },
  open: {
    id: "Laporan ini masih ditangani dan identitas Anda diperlukan untuk itu. Cabut dahulu laporannya, atau tunggu sampai selesai.",
    en: "This report is still being handled, and your identity is needed for that. Withdraw it first, or wait until it has ended.",
  },
} as const satisfies Record<string, Text>;

/** Why the identity cannot be deleted now. */
export function whyNoDeletion({ identityOnFile, status, archiveReason }: OwnView): Text {
  if (!identityOnFile) return words.none;
  return status === "archived" && archiveReason === "under-court" ? words.court : words.open;
}

/** `/saya/{trackingNumber}/data/hapus`: deletes the reporter's identity. The case stays. */
export const deletionPage = (frame: Frame, see: Endpoint, deletion: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "data/hapus",
    path: ofOwnCase,
    title: () => words.title,
    move: "delete-identity",
    notNow: (view, language) => html`<p>${whyNoDeletion(view)[language]}</p>`,
    fields: [],
    intro: ({ language }) => html`<p>${words.intro[language]}</p>`,
    inputs: () => undefined,
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    kind: "leave",
    send: sentTo(deletion, []),
    done: "hapus-identitas",
  });
