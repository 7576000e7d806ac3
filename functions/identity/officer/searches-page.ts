import * as z from "zod";
import { inWords, localDateInWords } from "../../../shared/deadline/calendar/time-zone.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { type OfficerFrame, officerPageAt } from "../../../shared/http/page/officer.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { cards, journey } from "../../../shared/page/parts/lists.ts";
import { officerId } from "../../../shared/text/id.ts";
import { searchersListed } from "../list-searchers.ts";
import { searchesShown } from "../show-searches.ts";
import type { Vault } from "../vault.ts";

const words = {
  title: { id: "Siapa yang mencari menurut identitas", en: "Who searched by identity" },
  intro: {
    id: "Setiap petugas yang pernah mencari, hari terakhirnya, dan berapa kali pada hari itu. Harinya menurut waktu instansi petugas itu. Siapa yang dicari tidak disimpan di mana pun.",
    en: "Every officer who ever searched, their last day of it, and how often on that day. Days are those of the officer's own agency. Whom they looked for is stored nowhere.",
  },
  none: {
    id: "Belum pernah ada yang mencari menurut identitas.",
    en: "Nobody has searched by identity yet.",
  },
  officer: { id: "Petugas", en: "Officer" },
  day: { id: "Hari terakhir", en: "Last day" },
  times: { id: "Banyaknya pencarian hari itu", en: "Searches on that day" },
  entries: { id: "Catatan", en: "The record" },
  one: { id: "Pencarian identitas oleh seorang petugas", en: "The identity searches of an officer" },
  back: { id: "Kembali ke daftar", en: "Back to the list" },
  never: {
    id: "Petugas ini tidak pernah mencari menurut identitas.",
    en: "This officer never searched by identity.",
  },
  sound: {
    id: "Rangkaian catatan ini utuh: tidak ada yang diubah, disisipkan, atau dihapus.",
    en: "This record is whole: nothing was changed, slipped in or removed.",
  },
  flawed: {
    id: "Rangkaian catatan ini tidak utuh. Simpan halaman ini dan beri tahu pengelola sistem.",
    en: "This record is not whole. Keep this page, and tell whoever runs the system.",
  },
} as const satisfies Record<string, Text>;

const record = "/petugas/pencarian-identitas/catatan";

/** `/petugas/pencarian-identitas/catatan`: who ever searched by identity, for auditors. */
const searchersPage = (frame: OfficerFrame, searchers: Endpoint): Route[] =>
  officerPageAt(frame, record, {}, async (_request, visit) => {
    const { language } = visit;
    const { items } = await visit.ask(searchers, {}, searchersListed);
    const list = cards(
      items.map(
        ({ officerId, day, ofDay }) =>
          html`<p><a class="link" href="${pageIn(language, `${record}/${encodeURIComponent(officerId)}`)}">${officerId}</a></p><p>${words.day[language]}: ${localDateInWords(day, language)}. ${words.times[language]}: ${ofDay}.</p>`,
      ),
    );
    return page(
      deskPage(visit, frame.files, {
        title: words.title[language],
        main: html`<h1>${words.title[language]}</h1>
<p>${words.intro[language]}</p>
${items.length > 0 ? list : html`<p>${words.none[language]}</p>`}`,
      }),
    );
  });

/** `/petugas/pencarian-identitas/catatan/{officerId}`: every search of an officer, and whether its record is whole. Times are those of the reader's agency. */
const searchesPage = ({ frame, directory }: Vault, searches: Endpoint): Route[] =>
  officerPageAt(
    frame,
    `${record}/{officerId}`,
    { path: z.strictObject({ officerId }) },
    async ({ path }, visit) => {
      const { language } = visit;
      const [{ items, flaws }, own] = await Promise.all([
        visit.ask(searches, { path }, searchesShown),
        directory.agency(visit.posts[0].agencyId),
      ]);
      const zone = own?.timeZone ?? "Asia/Jakarta";
      const entries = items.map(({ text, event: { at, sequence } }) => ({
        what: text,
        when: `${sequence}. ${inWords(at, zone, language)}`,
      }));
      const whole =
        flaws.length === 0
          ? html`<p>${words.sound[language]}</p>`
          : html`<div class="summary" role="alert"><h2>${words.flawed[language]}</h2><ul>${flaws.map(({ sequence, what }) => html`<li>${sequence}: ${what}</li>`)}</ul></div>`;
      return page(
        deskPage(visit, frame.files, {
          title: words.one[language],
          main: html`<p><a class="back" href="${pageIn(language, record)}">${words.back[language]}</a></p>
<h1>${words.one[language]}</h1>
<p>${words.officer[language]}: <b>${path.officerId}</b></p>
${entries.length > 0 ? html`${whole}<h2>${words.entries[language]}</h2>${journey(entries)}` : html`<p>${words.never[language]}</p>`}`,
        }),
      );
    },
  );

/** What auditors read of the searches by identity. */
export const searchRecordPages = (
  vault: Vault,
  { searchers, searches }: { searchers: Endpoint; searches: Endpoint },
): Route[] => [...searchersPage(vault.frame, searchers), ...searchesPage(vault, searches)];
