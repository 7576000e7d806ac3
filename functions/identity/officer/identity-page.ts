import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { bodyOf, valueOf } from "../../../shared/http/page/form.ts";
import { officerFormAt, type OfficerFrame, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import {
  openingForm,
  openingHead,
  openingSummary,
  staysClosed,
} from "../../../shared/page/officer/case/opening-page.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { besideMove } from "../../../shared/page/officer/guidance/beside-move.ts";
import { addressOfMove, officersCase } from "../../../shared/page/officer/move-addresses.ts";
import type { Summary } from "../../../shared/page/parts/form.ts";
import { summaryList } from "../../../shared/page/parts/lists.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { identityView } from "../../../shared/reporter/reporter.ts";
import { openingSeen } from "./see-opening.ts";

const words = {
  title: { id: "Buka identitas pelapor", en: "Open the reporter's identity" },
  readers: {
    id: "Alasan Anda dicatat di riwayat laporan. Pelapor, petugas laporan ini, Ombudsman, dan auditor membacanya.",
    en: "Your reason goes on record with the case. Its reporter, its officers, the Ombudsman and auditors read it.",
  },
  told: {
    id: "Pelapor diberi tahu bahwa identitasnya dibuka, oleh jabatan apa, dan mengapa.",
    en: "The reporter is told that the identity was opened, by which post, and why.",
  },
  consented: {
    id: "Pelapor anonim, dan mengizinkan identitasnya dibuka. Ia dapat menarik izin itu kapan saja.",
    en: "The reporter is anonymous, and has agreed that the identity is opened. They can take that back at any time.",
  },
  noConsent: {
    id: "Pelapor tidak anonim, jadi izinnya tidak diperlukan.",
    en: "The reporter is not anonymous, so their consent is not needed.",
  },
  second: {
    id: "Pembukaan ini tidak memerlukan orang kedua: orang kedua sudah diperlukan ketika Anda ditunjuk. Wakil Anda tidak dapat membukanya.",
    en: "This opening needs no second person: one was needed when you were appointed. Your deputy cannot open it.",
  },
  once: {
    id: "Identitas tampil sekali, di halaman berikutnya. Muat ulang tidak menampilkannya lagi: untuk itu perlu alasan baru. Jangan menyalinnya ke laporan, jawaban, atau catatan.",
    en: "The identity is shown once, on the next page. To load that page again does not show it: that takes a new reason. Do not copy it into the case, an answer or a note.",
  },
  send: { id: "Catat alasan dan buka", en: "Record the reason and open" },
  changed: {
    id: "Laporan ini berubah sejak halaman ini dibuka, mungkin karena Anda baru saja membuka identitasnya. Belum ada yang dibuka. Baca lagi laporannya, lalu kirim lagi bila masih perlu.",
    en: "This case has changed since this page was opened, perhaps because you have just opened the identity. Nothing was opened. Read the case again, then send it again if you still need to.",
  },
  opened: { id: "Identitas pelapor", en: "The reporter's identity" },
  recorded: {
    id: "Alasan Anda sudah dicatat, dan pelapor diberi tahu. Halaman ini tidak dapat dibuka lagi.",
    en: "Your reason is on record, and the reporter is told. This page cannot be opened again.",
  },
  name: { id: "Nama", en: "Name" },
  email: { id: "Alamat email", en: "Email address" },
  phone: { id: "Nomor telepon", en: "Phone number" },
  nik: { id: "NIK", en: "NIK" },
  none: { id: "tidak diisi", en: "not given" },
  nikKept: {
    id: "Tersimpan, dan tidak pernah ditampilkan",
    en: "Kept, and never shown",
  },
  gone: {
    id: "Sementara itu pelapor menghapus identitasnya atau menarik izinnya. Tidak ada yang ditampilkan. Alasan Anda tetap tercatat.",
    en: "The reporter has deleted the identity or taken back their consent in the meantime. Nothing is shown. Your reason stays on record.",
  },
  back: { id: "Selesai, kembali ke laporan", en: "Done, back to the report" },
} as const satisfies Record<string, Text>;

const opened = z.object({ identity: identityView.nullable() });

interface Asked {
  /** Whether the opening is possible now. */
  see: Endpoint;
  open: Endpoint;
}

/** Asks whether the identity can be opened. What stands in the way now is told on the page; everything else is thrown. */
async function seen(see: Endpoint, trackingNumber: string, visit: OfficerVisit) {
  try {
    return await visit.ask(see, { path: { trackingNumber } }, openingSeen);
  } catch (error) {
    if (error instanceof Refusal && error.kind === "conflict") return error;
    throw error;
  }
}

const shown = (
  { files }: OfficerFrame,
  visit: OfficerVisit,
  {
    title,
    trackingNumber,
    summary,
    main,
  }: { title: Text; trackingNumber: string; summary?: Summary | undefined; main: Hole },
): Reply =>
  page(
    deskPage(visit, files, {
      title: title[visit.language],
      narrow: true,
      summary,
      main: html`${openingHead(title[visit.language], trackingNumber, visit.language)}
${main}`,
    }),
  );

const identityShown = (identity: z.output<typeof identityView> | null, language: Language): Hole =>
  identity === null
    ? html`<div class="notice"><p>${words.gone[language]}</p></div>`
    : html`${summaryList([
        { label: words.name[language], value: identity.name ?? words.none[language] },
        { label: words.email[language], value: identity.email ?? words.none[language] },
        { label: words.phone[language], value: identity.phone ?? words.none[language] },
        { label: words.nik[language], value: (identity.nikOnFile ? words.nikKept : words.none)[language] },
      ])}
<p>${words.recorded[language]}</p>`;

/**
 * `/petugas/laporan/{trackingNumber}/identitas`: who reported a case, for a reason. The answer to the form shows it, and no address does:
 * a form that is sent again comes from an earlier state of the case, and opens nothing. Two clicks on its button are one opening, and
 * the answer to the second one shows it: the browser shows no other.
 */
export const identityPage = (frame: OfficerFrame, { see, open }: Asked): Route[] =>
  officerFormAt(frame, "/petugas/laporan/{trackingNumber}/identitas", {
    input: { path: z.strictObject({ trackingNumber }) },

    async show({ path }, visit, tried) {
      const { language } = visit;
      const before = await seen(see, path.trackingNumber, visit);
      const main =
        before instanceof Refusal
          ? staysClosed(language, before.text, tried)
          : html`${besideMove("open-identity", language)}${openingForm(language, {
              address: addressOfMove(path.trackingNumber, "open-identity"),
              known: [
                words.readers,
                words.told,
                before.anonymous ? words.consented : words.noConsent,
                words.second,
              ],
              seen: before.version,
              limit: 1_000,
              tried,
              consequence: html`<p>${words.once[language]}</p>`,
              button: words.send,
            })}`;
      const summary = before instanceof Refusal ? undefined : openingSummary(tried, language);
      return shown(frame, visit, { title: words.title, trackingNumber: path.trackingNumber, summary, main });
    },

    async send({ path }, visit, values) {
      const { language } = visit;
      const seen = /^\d{1,9}$/.exec(valueOf(values, "seen"))?.[0];
      const { version, isSecondClick } = await visit.ask(see, { path, query: { seen } }, openingSeen);
      if (seen !== String(version) && !isSecondClick) throw new Refusal("conflict", words.changed);
      const body = bodyOf(values, ["reason"]);
      const { identity } = await visit.ask(open, { path, body }, opened);
      const address = pageIn(language, officersCase(path.trackingNumber));
      return shown(frame, visit, {
        title: words.opened,
        trackingNumber: path.trackingNumber,
        main: html`${identityShown(identity, language)}
<p><a class="button" href="${address}">${words.back[language]}</a></p>`,
      });
    },
  });
