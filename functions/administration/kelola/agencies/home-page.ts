import * as z from "zod";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { officerPageAt } from "../../../../shared/http/page/officer.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { agencyTypeText } from "../../../../shared/page/administration/words.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import { nextPage } from "../../../../shared/page/parts/lists.ts";
import { agenciesManaged } from "../../list-agencies.ts";
import { requestsListed } from "../../list-requests.ts";
import { doneQuery, type Room, shown, withQuery } from "../room.ts";
import { type ManagedAgency, searchForm } from "./chooser.ts";

const words = {
  title: { id: "Kelola", en: "Manage" },
  agencies: { id: "Instansi yang Anda kelola", en: "Agencies that you administer" },
  found: { id: "Instansi yang cocok", en: "Matching agencies" },
  none: {
    id: "Tidak ada instansi dengan nama itu. Coba kata lain atau lebih pendek.",
    en: "No agency has that name. Try other or shorter words.",
  },
  all: { id: "Kembali ke susunan instansi", en: "Back to the tree of agencies" },
  closed: { id: "ditutup", en: "closed" },
  more: { id: "Instansi berikutnya", en: "More agencies" },
  requests: { id: "Permohonan orang kedua", en: "Requests for a second person" },
  waiting: { id: "menunggu keputusan Anda", en: "wait for your decision" },
  calendar: { id: "Hari libur", en: "Holidays" },
  limits: { id: "Batas waktu", en: "Limits" },
  load: { id: "Muat banyak instansi dan petugas sekaligus", en: "Load many agencies and officers at once" },
  create: { id: "Buat instansi paling atas", en: "Create an agency at the top" },
} as const satisfies Record<string, Text>;

/** Agencies as links, each with what it is and what stands above it. */
export const agencyLinks = (items: readonly ManagedAgency[], language: Language): Hole =>
  html`<ul class="tree">${items.map(
    ({ id, name, type, above, closedAt }) =>
      html`<li><a class="link" href="${pageIn(language, `/petugas/kelola/instansi/${id}`)}">${name}</a> ${closedAt !== undefined && html`<span class="chip late">${words.closed[language]}</span>`}<br><small>${agencyTypeText[type][language]}${above !== null && `, ${above}`}</small></li>`,
  )}</ul>`;

/** `/petugas/kelola`: what an administrator keeps right, and the way to each agency. */
export const homePage = (room: Room): Route[] =>
  officerPageAt(
    room.registry.frame,
    "/petugas/kelola",
    {
      query: z.strictObject({
        cari: z.string().max(200).optional(),
        mulai: z.string().optional(),
        ...doneQuery,
      }),
    },
    async ({ query }, visit) => {
      const { language, posts } = visit;
      const { cari, mulai } = query;
      const [list, requests] = await Promise.all([
        visit.ask(room.asked.agencies, { query: { q: cari, cursor: mulai } }, agenciesManaged),
        visit.ask(room.asked.requests, {}, requestsListed),
      ]);
      const waiting = requests.items.filter(({ state, own }) => state === "open" && !own).length;
      const link = (address: string, label: string): Hole =>
        html`<li><a class="link" href="${pageIn(language, address)}">${label}</a></li>`;
      const next =
        list.cursor === null
          ? undefined
          : pageIn(language, withQuery("/petugas/kelola", { cari, mulai: list.cursor }));
      return shown(room, visit, {
        title: words.title,
        query: { cari, mulai },
        main: html`<h1>${words.title[language]}</h1>
<ul class="counts"><li class="${waiting > 0 ? "due" : ""}"><a href="${pageIn(language, "/petugas/kelola/permintaan")}"><b>${waiting}</b>${words.requests[language]}<br><small>${words.waiting[language]}</small></a></li></ul>
<ul class="moves">${link("/petugas/kelola/kalender", words.calendar[language])}${link("/petugas/kelola/batas", words.limits[language])}${link("/petugas/kelola/muat", words.load[language])}${posts.some(({ role }) => role === "national-admin") && link("/petugas/kelola/instansi-baru", words.create[language])}</ul>
<h2>${cari ? words.found[language] : words.agencies[language]}</h2>
${searchForm("/petugas/kelola", cari, language)}
${list.items.length === 0 ? html`<p>${words.none[language]}</p>` : agencyLinks(list.items, language)}
${nextPage(next, words.more[language])}${cari && html`<p><a class="link" href="${pageIn(language, "/petugas/kelola")}">${words.all[language]}</a></p>`}`,
      });
    },
  );
