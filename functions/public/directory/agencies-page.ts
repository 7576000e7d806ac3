import * as z from "zod";
import { namedLike } from "../../../shared/directory/agency-names.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { canonicalOf, type Frame } from "../../../shared/http/page/visit.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { sendButton, textField } from "../../../shared/page/parts/form.ts";
import { allAgencies, type ListedAgency } from "./agency-names.ts";

const words = {
  title: { id: "Instansi", en: "Agencies" },
  lead: {
    id: "Cari instansi yang Anda maksud, atau telusuri dari atas. Tidak yakin? Buat laporan saja: kami yang mencarikan instansinya.",
    en: "Look for the agency that you mean, or go through them from the top. Not sure? Just make a report: we find the agency.",
  },
  q: { id: "Nama instansi", en: "Name of the agency" },
  qHint: {
    id: "Sebagian juga boleh, misalnya: air minum balikpapan",
    en: "A part will do, such as: air minum balikpapan",
  },
  find: { id: "Cari", en: "Search" },
  found: { id: "Instansi yang cocok", en: "Matching agencies" },
  none: { id: "Tidak ada instansi dengan nama itu", en: "No agency has that name" },
  noneText: {
    id: "Coba kata lain atau lebih pendek. Anda juga boleh melapor tanpa memilih instansi.",
    en: "Try other or shorter words. You can also make a report without choosing an agency.",
  },
  more: {
    id: "Hanya 50 yang pertama ditampilkan. Tambahkan kata, misalnya nama kotanya.",
    en: "Only the first 50 are shown. Add a word, such as the name of the city.",
  },
  report: { id: "Buat laporan", en: "Make a report" },
  tree: { id: "Susunan instansi", en: "How agencies are arranged" },
  below: { id: "{n} instansi di bawahnya", en: "{n} agencies below it" },
  oneBelow: { id: "1 instansi di bawahnya", en: "1 agency below it" },
  governments: { id: "Pemerintah kabupaten dan kota", en: "Governments of regencies and cities" },
  departments: { id: "Perangkat daerah", en: "Departments" },
  units: { id: "Unit dan lainnya", en: "Units and others" },
  all: { id: "Semua instansi", en: "All agencies" },
} as const satisfies Record<string, Text>;

/** A page shows so many at most. */
const mostFound = 50;

const link = ({ id, name }: ListedAgency, language: Language): Hole =>
  html`<a class="link" href="${pageIn(language, `/instansi/${id}`)}">${name}</a>`;

/** How the agencies right below one are grouped: the governments of its regions first. */
const groups = [
  { title: words.governments, types: ["regency", "city"] },
  { title: words.departments, types: ["department"] },
  { title: words.units, types: ["unit", "managing-institution", "province"] },
] as const satisfies readonly { title: Text; types: readonly ListedAgency["type"][] }[];

type Below = ReadonlyMap<string | null, ListedAgency[]>;

const byName = (a: ListedAgency, b: ListedAgency): number => (a.name < b.name ? -1 : 1);

const howMany = (one: ListedAgency, below: Below, language: Language): Hole => {
  const count = below.get(one.id)?.length ?? 0;
  return (
    count > 0 &&
    html`<br><small>${(count === 1 ? words.oneBelow : words.below)[language].replace("{n}", String(count))}</small>`
  );
};

/** The agencies right below one, folded by kind. What lies further below is on their own pages. */
const rightBelow = (above: ListedAgency, below: Below, language: Language): Hole =>
  groups.map(({ title, types }) => {
    const some = (below.get(above.id) ?? []).filter(({ type }) =>
      (types as readonly string[]).includes(type),
    );
    return (
      some.length > 0 &&
      html`<li><details><summary>${title[language]} (${some.length})<span class="unseen">: ${above.name}</span></summary><ul>${some.toSorted(byName).map((one) => html`<li>${link(one, language)}${howMany(one, below, language)}</li>`)}</ul></details></li>`
    );
  });

/** The first levels: whoever has nothing above, and provinces with what lies right below them. */
function tree(all: readonly ListedAgency[], language: Language): Hole {
  const below = Map.groupBy(all, ({ parent }) => parent) as Below;
  const known = new Set(all.map(({ id }) => id));
  const roots = all.filter(({ parent }) => parent === null || !known.has(parent));
  const shown = (one: ListedAgency): Hole => {
    const next = below.get(one.id) ?? [];
    const provinces = next.filter(({ type }) => type === "province");
    const rest = new Map(below).set(
      one.id,
      next.filter(({ type }) => type !== "province"),
    );
    return html`<li>${link(one, language)}${howMany(one, below, language)}${next.length > 0 && html`<ul>${provinces.map(shown)}${rightBelow(one, rest, language)}</ul>`}</li>`;
  };
  return html`<ul class="tree">${roots.map(shown)}</ul>`;
}

function searched(all: readonly ListedAgency[], q: string, language: Language): Hole {
  const found = namedLike(all, q);
  const nameOf = new Map(all.map(({ id, name }) => [id, name]));
  if (found.length === 0)
    return html`<div class="notice"><h2>${words.none[language]}</h2><p>${words.noneText[language]}</p><p class="row"><a class="button second" href="${pageIn(language, "/lapor")}">${words.report[language]}</a><a class="link" href="${pageIn(language, "/instansi")}">${words.all[language]}</a></p></div>`;
  const above = ({ parent }: ListedAgency): Hole =>
    parent !== null && nameOf.has(parent) && html`<br><small>${nameOf.get(parent)}</small>`;
  return html`<h2>${words.found[language]}</h2><ul class="tree">${found.slice(0, mostFound).map((one) => html`<li>${link(one, language)}${above(one)}</li>`)}</ul>${
    found.length > mostFound && html`<p>${words.more[language]}</p>`
  }<p><a class="link" href="${pageIn(language, "/instansi")}">${words.all[language]}</a></p>`;
}

/** `/instansi`: agencies by name, and the tree from the top. */
export const agenciesPage = (frame: Frame, agencies: Endpoint): Route[] =>
  pageAt("/instansi", { query: z.strictObject({ q: z.string().optional() }) }, async ({ query }, visit) => {
    const { language } = visit;
    const q = query.q?.trim().slice(0, 200) ?? "";
    const all = await allAgencies(visit, agencies);
    const told = { language, wrong: new Map<string, string>(), values: { q } };
    return {
      ...page(
        layout({
          language,
          address: q ? `/instansi?${new URLSearchParams({ q }).toString()}` : "/instansi",
          files: frame.files,
          title: words.title[language],
          canonical: q ? undefined : canonicalOf(frame),
          main: html`<h1>${words.title[language]}</h1>
<p>${words.lead[language]}</p>
<form action="${pageIn(language, "/instansi")}" role="search" class="card">${textField(told, { name: "q", label: words.q[language], hint: words.qHint[language] }, { type: "search" })}${sendButton(words.find[language])}</form>
${q ? searched(all, q, language) : html`<h2>${words.tree[language]}</h2>${tree(all, language)}`}`,
        }),
      ),
      headers: publicPage,
    };
  });
