import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { bodyOf } from "../../../shared/http/page/form.ts";
import { officerFormAt, type OfficerFrame, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import type { Tried } from "../../../shared/http/page/route.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { caseForm } from "../../../shared/page/case/own-page.ts";
import { type Hole, type Html, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { officersCase } from "../../../shared/page/officer/move-addresses.ts";
import {
  errorSummary,
  type Summary,
  textArea,
  textField,
  wrongFields,
} from "../../../shared/page/parts/form.ts";
import { searchAnswer } from "../search-identity.ts";
import { searchingSeen } from "./see-searching.ts";

const words = {
  title: { id: "Cari laporan seseorang", en: "Find a person's cases" },
  intro: {
    id: "Untuk orang yang datang sendiri dan kehilangan nomor laporannya, atau untuk permintaan tertulis yang sah. Isi NIK atau nomor teleponnya.",
    en: "For somebody who comes in person and has lost the number of their report, or for a lawful written request. Enter their NIK or their phone number.",
  },
  rules: { id: "Sebelum Anda mencari", en: "Before you search" },
  record: {
    id: "Setiap pencarian dicatat dengan alasannya, juga bila tidak menemukan apa-apa. Auditor membacanya.",
    en: "Every search goes on record with its reason, also where it finds nothing. Auditors read it.",
  },
  key: {
    id: "NIK dan nomor telepon yang dicari tidak disimpan di mana pun.",
    en: "The NIK or phone number that you search for is stored nowhere.",
  },
  told: {
    id: "Setiap laporan yang ditampilkan dihitung sebagai identitas yang dibuka. Pelapornya diberi tahu, dengan alasan Anda.",
    en: "Each case that is shown counts as an opened identity. Its reporter is told, with your reason.",
  },
  only: {
    id: "Anda hanya menemukan laporan yang identitasnya boleh Anda buka. Tentang laporan lain jawabannya tidak mengatakan apa-apa.",
    en: "You find only cases whose identity you may open. Of other cases the answer tells nothing.",
  },
  today: { id: "Pencarian Anda hari ini", en: "Your searches today" },
  of: { id: "dari", en: "of" },
  reason: { id: "Alasan", en: "Reason" },
  reasonHint: {
    id: "Siapa yang meminta, dan untuk apa. Jangan menulis NIK atau nomor telepon.",
    en: "Who asks, and what for. Write no NIK and no phone number.",
  },
  nik: { id: "NIK", en: "NIK" },
  nikHint: { id: "Enam belas angka.", en: "Sixteen digits." },
  phone: { id: "Atau nomor telepon", en: "Or the phone number" },
  phoneHint: { id: "Misalnya 0812 3456 7890.", en: "For example 0812 3456 7890." },
  send: { id: "Catat alasan dan cari", en: "Record the reason and search" },
  found: { id: "Hasil pencarian", en: "What the search found" },
  none: {
    id: "Tidak ada laporan yang boleh ditampilkan kepada Anda. Pencarian ini tetap tercatat.",
    en: "There is no case that may be shown to you. The search stays on record.",
  },
  again: { id: "Cari lagi", en: "Search again" },
  once: {
    id: "Daftar ini tampil sekali. Catat nomor yang Anda perlukan. Memuat ulang halaman ini adalah pencarian baru.",
    en: "This list is shown once. Note the numbers that you need. To load this page again is another search.",
  },
  more: {
    id: "Masih ada laporan lain. Ketik lagi NIK atau nomor teleponnya untuk melanjutkan; itu pencarian baru.",
    en: "There are more cases. Type the NIK or the phone number again to go on; that is a search of its own.",
  },
  next: { id: "Lanjutkan pencarian", en: "Go on searching" },
} as const satisfies Record<string, Text>;

const address = "/petugas/pencarian-identitas";
const fields = ["reason", "nik", "phone"];

const form = (
  language: Language,
  tried: Pick<Tried, "values"> & Partial<Tried>,
  { button, cursor }: { button: Text; cursor?: string },
): Html => {
  const told = { language, wrong: wrongFields(tried.problem), values: tried.values };
  return caseForm(language, {
    address,
    ...(cursor !== undefined && { carried: { cursor } }),
    inputs: [
      textArea(
        told,
        { name: "reason", label: words.reason[language], hint: words.reasonHint[language] },
        { rows: 4 },
      ),
      textField(
        told,
        { name: "nik", label: words.nik[language], hint: words.nikHint[language] },
        { inputmode: "numeric", width: "middle" },
      ),
      textField(
        told,
        { name: "phone", label: words.phone[language], hint: words.phoneHint[language] },
        { type: "tel", inputmode: "tel", width: "middle" },
      ),
    ],
    button: button[language],
  });
};

const foundSeen = (items: readonly { trackingNumber: string }[], language: Language): Hole =>
  items.length === 0
    ? html`<p>${words.none[language]}</p>`
    : html`<ul>${items.map(
        ({ trackingNumber }) =>
          html`<li><a class="link number" href="${pageIn(language, officersCase(trackingNumber))}">${trackingNumber}</a></li>`,
      )}</ul>
<p>${words.once[language]}</p>`;

/**
 * `/petugas/pencarian-identitas`: the cases of a person whose NIK or telephone number somebody brings. Both go in the body of the form
 * alone, and what was found stands in its answer alone.
 */
export const searchPage = (
  frame: OfficerFrame,
  { see, search }: { see: Endpoint; search: Endpoint },
): Route[] => {
  const shown = (visit: OfficerVisit, title: Text, main: Hole, summary?: Summary) =>
    page(
      deskPage(visit, frame.files, {
        title: title[visit.language],
        narrow: true,
        summary,
        main: html`<h1>${title[visit.language]}</h1>
${main}`,
      }),
    );
  return officerFormAt(frame, address, {
    input: {},

    async show(_request, visit, tried) {
      const { language } = visit;
      const { ofDay, limit } = await visit.ask(see, {}, searchingSeen);
      const rules = [words.record, words.key, words.told, words.only];
      return shown(
        visit,
        words.title,
        html`<p>${words.intro[language]}</p>
<h2>${words.rules[language]}</h2>
<ul>${rules.map((rule) => html`<li>${rule[language]}</li>`)}</ul>
<p>${words.today[language]}: ${ofDay} ${words.of[language]} ${limit}.</p>
${form(language, tried ?? { values: {} }, { button: words.send })}`,
        errorSummary(tried?.problem, language),
      );
    },

    async send(_request, visit, values) {
      const { language } = visit;
      const { items, cursor } = await visit.ask(
        search,
        { body: bodyOf(values, [...fields, "cursor"]) },
        searchAnswer,
      );
      const { reason = "" } = values;
      return shown(
        visit,
        words.found,
        html`${foundSeen(items, language)}
${cursor !== null && html`<p>${words.more[language]}</p>${form(language, { values: { reason } }, { button: words.next, cursor })}`}
<p><a class="link" href="${pageIn(language, address)}">${words.again[language]}</a></p>`,
      );
    },
  });
};
