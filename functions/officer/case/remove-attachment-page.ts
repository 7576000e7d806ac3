import * as z from "zod";
import { attachmentPath } from "../../../shared/attachment/reading.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { bodyOf } from "../../../shared/http/page/form.ts";
import { officerFormAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { seeOther, type Tried } from "../../../shared/http/page/route.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { type FileSeen, officersFile } from "../../../shared/page/officer/case/case-files.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { officersCase } from "../../../shared/page/officer/move-addresses.ts";
import { errorSummary, sendButton, textArea, wrongFields } from "../../../shared/page/parts/form.ts";
import type { Desk } from "../desk.ts";
import { caseSeenBy, noCasePage } from "./seen.ts";

const words = {
  title: { id: "Hapus lampiran", en: "Remove a file" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  file: { id: "Lampiran", en: "File" },
  reason: { id: "Alasan", en: "Reason" },
  reasonHint: {
    id: "Pelapor membacanya. Misalnya: foto ini dari tempat lain.",
    en: "The reporter reads it. For example: this photo is of another place.",
  },
  after: {
    id: "Salinan dan berkas aslinya dihapus, juga dari jawaban yang memakainya sebagai bukti. Riwayat tetap mencatat bahwa berkas ini pernah ada. Bila laporan ada pada Ombudsman, berkas asli tetap tersegel di sana. Ini tidak dapat dibatalkan.",
    en: "The copy and the original are removed, also from answers that use them as evidence. The history keeps that the file was there. Where the Ombudsman has the report, the original stays sealed for it. This cannot be undone.",
  },
  none: {
    id: "Lampiran ini tidak ada, sudah dihapus, atau bukan milik instansi Anda.",
    en: "There is no such file, it was removed already, or it is not your agency's.",
  },
  next: { id: "Yang terjadi sesudah ini", en: "What happens next" },
  send: { id: "Hapus lampiran ini", en: "Remove this file" },
  busy: { id: "Menghapus…", en: "Removing…" },
} as const satisfies Record<string, Text>;

type Path = { trackingNumber: string; attachmentId: string };

/** `/petugas/laporan/{trackingNumber}/berkas/{attachmentId}/hapus`: removes a file that the officer's own agency attached. */
export function removeAttachmentPages(
  { frame }: Desk,
  { show, remove }: { show: Endpoint; remove: Endpoint },
): Route[] {
  const form = (path: Path, { name }: FileSeen, visit: OfficerVisit, tried: Tried | undefined): Hole => {
    const { language } = visit;
    const told = { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? {} };
    const address = `${officersFile(path.trackingNumber, path.attachmentId)}/hapus`;
    return html`<p>${words.file[language]}: <b>${name}</b></p>
<form method="post" action="${pageIn(language, address)}" data-once data-busy="${words.busy[language]}" novalidate>
${textArea(told, { name: "reason", label: words.reason[language], hint: words.reasonHint[language], optional: true }, { rows: 3 })}
<div class="notice"><p><b>${words.next[language]}</b></p><p>${words.after[language]}</p></div>
${sendButton(words.send[language], "leave")}
</form>`;
  };

  const shown = async (path: Path, visit: OfficerVisit, tried: Tried | undefined): Promise<Reply> => {
    const { language } = visit;
    const seen = await caseSeenBy(visit, show, path.trackingNumber);
    if (!seen) return noCasePage(visit, frame.files);
    const file = seen.view.attachments?.find(
      ({ attachmentId, mayRemove }) => attachmentId === path.attachmentId && mayRemove,
    );
    return page(
      deskPage(visit, frame.files, {
        title: words.title[language],
        narrow: true,
        summary: errorSummary(tried?.problem, language),
        main: html`<p><a class="back" href="${pageIn(language, officersCase(path.trackingNumber))}">${words.back[language]}</a></p>
<h1>${words.title[language]}</h1>
${file ? form(path, file, visit, tried) : html`<div class="notice"><p>${words.none[language]}</p></div>`}`,
      }),
    );
  };

  return officerFormAt(frame, "/petugas/laporan/{trackingNumber}/berkas/{attachmentId}/hapus", {
    input: { path: z.strictObject({ trackingNumber, ...attachmentPath }) },
    show: ({ path }, visit, tried) => shown(path, visit, tried),
    async send({ path }, visit, values) {
      await visit.reply(remove, { path, body: bodyOf(values, ["reason"]) });
      return seeOther(`${officersCase(path.trackingNumber)}?sudah=remove-attachment`, visit.language);
    },
  });
}
