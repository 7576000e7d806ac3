import * as z from "zod";
import { attachmentPath } from "../../shared/attachment/reading.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ownFormAt, type OwnView, sentTo } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { html } from "../../shared/page/html.ts";

const words = {
  title: { id: "Hapus lampiran", en: "Remove a file" },
  file: { id: "Lampiran", en: "File" },
  after: {
    id: "Salinan dan berkas aslinya dihapus, dan petugas tidak dapat membukanya lagi. Bila laporan ada pada Ombudsman, berkas asli tetap tersegel di sana. Ini tidak dapat dibatalkan.",
    en: "The copy and the original are removed, and officers can no longer open them. Where the Ombudsman has the report, the original stays sealed for it. This cannot be undone.",
  },
  send: { id: "Hapus lampiran ini", en: "Remove this file" },
  none: {
    id: "Lampiran ini tidak ada, sudah dihapus, atau bukan milik Anda.",
    en: "There is no such file, it was removed already, or it is not yours.",
  },
} as const satisfies Record<string, Text>;

const fileOf = ({ attachments = [] }: OwnView, id: string) =>
  attachments.find(
    ({ attachmentId, by, state }) => attachmentId === id && by === "reporter" && state !== "removed",
  );

/** `/saya/{trackingNumber}/berkas/{attachmentId}/hapus`: removes a file of one's own. */
export const removeAttachmentPage = (frame: Frame, see: Endpoint, remove: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "berkas/{attachmentId}/hapus",
    path: z.strictObject({ trackingNumber, ...attachmentPath }),
    title: () => words.title,
    move: "remove-attachment",
    fits: (view, { attachmentId }) => fileOf(view, attachmentId) !== undefined,
    notNow: (_, language) => html`<p>${words.none[language]}</p>`,
    fields: [],
    intro: ({ view, path, language }) =>
      html`<p>${words.file[language]}: <b>${fileOf(view, path.attachmentId)?.name}</b></p>`,
    inputs: () => undefined,
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    kind: "leave",
    send: sentTo(remove, []),
    done: "hapus-berkas",
  });
