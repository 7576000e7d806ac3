import * as z from "zod";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { canonicalOf, type Frame, type Visit } from "../../../shared/http/page/visit.ts";
import { type Problem, problemOf } from "../../../shared/http/problem.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { publicEntry } from "../../../shared/page/case/public-entry.ts";
import { attributes, type Hole, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import {
  errorSummary,
  type Option,
  selectField,
  sendButton,
  textField,
  wrongFields,
} from "../../../shared/page/parts/form.ts";
import { nextPage } from "../../../shared/page/parts/lists.ts";
import { Refusal } from "../../../shared/refusal.ts";
import {
  asAsked,
  type Filtered,
  type FilterRoutes,
  filtersIn,
  filterText,
  kindsToChoose,
  listAddress,
  statusesToChoose,
} from "./feed-filters.ts";
import { casesListed } from "./list-cases.ts";

const words = {
  title: { id: "Laporan warga", en: "Public reports" },
  lead: {
    id: "Laporan yang boleh dibaca semua orang, yang terbaru lebih dulu. Nama pelapor tidak pernah ditampilkan.",
    en: "Reports that everybody may read, the newest first. The names of reporters are never shown.",
  },
  q: { id: "Cari dalam laporan", en: "Search the reports" },
  qHint: {
    id: 'Semua kata harus ada. Pakai tanda kutip untuk kata berurutan, misalnya "lampu jalan". Nomor pelacakan juga bisa.',
    en: 'All words have to be there. Use quotes for words in a row, such as "lampu jalan". A tracking number works too.',
  },
  find: { id: "Cari", en: "Search" },
  filter: { id: "Saring", en: "Filter" },
  agencyHint: { id: "Ketik namanya atau sebagian.", en: "Type its name or a part of it." },
  all: { id: "Semua", en: "All" },
  active: { id: "Saringan yang dipakai", en: "Filters in use" },
  remove: { id: "Hapus saringan", en: "Remove the filter" },
  removeAll: { id: "Hapus semua saringan", en: "Remove all filters" },
  searched: { id: "Kata", en: "Words" },
  unknown: {
    id: "Saringan ini tidak kami kenal, jadi tidak dipakai:",
    en: "We do not know this filter, so it is not used:",
  },
  which: { id: "Instansi mana yang Anda maksud?", en: "Which agency do you mean?" },
  list: { id: "Daftar laporan", en: "List of reports" },
  next: { id: "Halaman berikutnya", en: "Next page" },
  first: { id: "Kembali ke halaman pertama", en: "Back to the first page" },
  lost: {
    id: "Halaman lanjutan itu tidak ada lagi. Ini halaman pertamanya.",
    en: "That further page is no longer there. This is the first one.",
  },
  incomplete: {
    id: "Saat ini belum semua laporan dapat dicari. Laporan yang lama mungkin belum tampil. Coba lagi nanti, atau pakai saringan.",
    en: "Not all reports can be searched right now. Older ones may be missing. Try again later, or use the filters.",
  },
  none: { id: "Tidak ada laporan yang cocok", en: "No report matches" },
  noneText: {
    id: "Coba kata lain, kurangi kata, atau hapus saringan. Laporan rahasia tidak ada dalam daftar ini.",
    en: "Try other or fewer words, or remove filters. Secret reports are not in this list.",
  },
  noneYet: { id: "Belum ada laporan", en: "No reports yet" },
  noneYetText: {
    id: "Jadilah yang pertama menyampaikan laporan.",
    en: "Be the first to make a report.",
  },
  report: { id: "Buat laporan", en: "Make a report" },
  track: { id: "Lacak laporan dengan nomornya", en: "Track a report by its number" },
  goesOn: {
    id: "Di bagian ini tidak ada yang cocok. Laporan yang lebih lama ada di halaman berikutnya.",
    en: "Nothing matches in this part. Older reports are on the next page.",
  },
  feed: {
    id: "Ikuti daftar ini dengan pembaca kabar (Atom)",
    en: "Follow this list with a news reader (Atom)",
  },
} as const satisfies Record<string, Text>;

const typedText = z.string().optional();
const query = z.strictObject({
  ...{ q: typedText, instansi: typedText, wilayah: typedText, kategori: typedText },
  ...{ jenis: typedText, status: typedText, kursor: typedText },
});
type Typed = z.output<typeof query>;
type Listed = z.output<typeof casesListed>;

/** The routes that this page asks. */
export interface FeedRoutes extends FilterRoutes {
  list: Endpoint;
}

const empty: Listed = { items: [], cursor: null };

const names = (error: Refusal, path: string): boolean => error.fields.some((field) => field.path === path);

/** What is listed. An end of a page that leads nowhere any more gives the first page; words that nobody can look for are told. */
async function listed(
  visit: Visit,
  { list }: FeedRoutes,
  { q, kursor }: Typed,
  filtered: Filtered,
): Promise<{ found: Listed; lost?: true; problem?: Problem }> {
  const ask = (cursor: string | undefined) =>
    visit.ask(list, { query: { ...asAsked(filtered), q, cursor, limit: "20" } }, casesListed);
  try {
    return { found: await ask(kursor) };
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== "invalid-input") throw error;
    const problem = problemOf(error, visit.language, visit.requestId);
    if (!kursor || names(error, "q")) return { found: empty, problem };
    return { found: await ask(undefined), lost: true };
  }
}

/** The regions to choose, each kabupaten and kota below its province. */
function placesToChoose({ regions, active }: Filtered): (Option | { label: string; options: Option[] })[] {
  const option = ({ code, name }: { code: string; name: string }): Option => ({ value: code, label: name });
  const provinces = regions.filter(({ type }) => type === "province");
  const lower = active.find(
    ({ name, value }) => name === "wilayah" && regions.every(({ code }) => code !== value),
  );
  return [
    ...(lower ? [{ value: lower.value, label: lower.label }] : []),
    ...provinces.map((one) => ({
      label: one.name,
      options: [one, ...regions.filter(({ code }) => code.startsWith(`${one.code}.`))].map(option),
    })),
  ];
}

/** The form of search and filters. It is sent by GET: every list has an address to share. */
function searchForm(
  { q = "" }: Typed,
  filtered: Filtered,
  problem: Problem | undefined,
  language: Language,
): Hole {
  const { active, unknown, candidates, categories } = filtered;
  const of = (name: string) => active.find((one) => one.name === name);
  const values = {
    q,
    ...Object.fromEntries(active.map(({ name, value }) => [name, value])),
    instansi: of("instansi")?.label ?? unknown.find(({ name }) => name === "instansi")?.typed ?? "",
  };
  const told = { language, wrong: wrongFields(problem), values };
  const all = { value: "", label: words.all[language] };
  const subcategory = of("kategori");
  const isListed = categories.some(({ value }) => value === subcategory?.value);
  const field = (name: keyof typeof filterText) => ({ name, label: filterText[name][language] });
  return html`<form action="${pageIn(language, "/laporan")}" role="search" class="card">
${textField(told, { name: "q", label: words.q[language], hint: words.qHint[language] }, { type: "search" })}
<details ${attributes({ open: active.length + unknown.length + candidates.length > 0 })}><summary>${words.filter[language]}</summary><div class="filters">
${selectField(told, field("wilayah"), [all, ...placesToChoose(filtered)])}
${selectField(told, field("kategori"), [all, ...(subcategory && !isListed ? [subcategory] : []), ...categories])}
${selectField(told, field("jenis"), [all, ...kindsToChoose(language)])}
${selectField(told, field("status"), [all, ...statusesToChoose(language)])}
${textField(told, { ...field("instansi"), hint: words.agencyHint[language] })}
</div></details>
${sendButton(words.find[language])}
</form>`;
}

/** What holds now, each to be removed, and what was not understood. */
function inUse({ q }: Typed, { active, unknown, candidates }: Filtered, language: Language): Hole {
  const without = (name: string): string =>
    pageIn(language, listAddress({ q, filters: active.filter((one) => one.name !== name) }));
  const chips = [
    ...(q
      ? [
          {
            label: `${words.searched[language]}: ${q}`,
            address: pageIn(language, listAddress({ filters: active })),
          },
        ]
      : []),
    ...active.map(({ name, label }) => ({
      label: `${filterText[name][language]}: ${label}`,
      address: without(name),
    })),
  ];
  return html`${unknown.map(
    ({ name, typed }) =>
      html`<div class="notice"><p>${words.unknown[language]} ${filterText[name][language]} <b>${typed.slice(0, 100)}</b></p></div>`,
  )}${
    candidates.length > 0 &&
    html`<div class="notice"><h2>${words.which[language]}</h2><ul>${candidates.map(
      ({ id, name }) =>
        html`<li><a class="link" href="${pageIn(language, listAddress({ q, filters: [...active, { name: "instansi", value: id }] }))}">${name}</a></li>`,
    )}</ul></div>`
  }${
    chips.length > 0 &&
    html`<nav aria-label="${words.active[language]}"><ul class="row chips">${chips.map(
      ({ label, address }) =>
        html`<li><a class="chip" href="${address}"><span class="unseen">${words.remove[language]}: </span>${label} <span aria-hidden="true">×</span></a></li>`,
    )}${chips.length > 1 && html`<li><a class="link" href="${pageIn(language, "/laporan")}">${words.removeAll[language]}</a></li>`}</ul></nav>`
  }`;
}

/** Says what to do where nothing is listed. */
function nothingListed(isFiltered: boolean, goesOn: boolean, language: Language): Hole {
  if (goesOn) return html`<div class="notice"><p>${words.goesOn[language]}</p></div>`;
  const [title, text] = isFiltered ? [words.none, words.noneText] : [words.noneYet, words.noneYetText];
  return html`<div class="notice"><h3>${title[language]}</h3><p>${text[language]}</p>
<p class="row">${isFiltered && html`<a class="button second" href="${pageIn(language, "/laporan")}">${words.removeAll[language]}</a>`}<a class="button second" href="${pageIn(language, "/lapor")}">${words.report[language]}</a><a class="link" href="${pageIn(language, "/lacak")}">${words.track[language]}</a></p></div>`;
}

/** `/laporan`: the public cases, the newest first, or those that a search finds. */
export const feedPage = (frame: Frame, routes: FeedRoutes): Route[] =>
  pageAt("/laporan", { query }, async ({ query: typed }, visit) => {
    const { language } = visit;
    const q = typed.q?.trim() || undefined;
    const filtered = await filtersIn(visit, routes, typed);
    const { found, lost, problem } = await listed(visit, routes, { ...typed, q }, filtered);
    const filters = filtered.active;
    const isFiltered = q !== undefined || filters.length > 0;
    const atom = pageIn(language, listAddress({ q, filters }, "/laporan.atom"));
    const next = found.cursor ?? undefined;
    const further = next && pageIn(language, listAddress({ q, filters, kursor: next }));
    const isFirst = typed.kursor === undefined || lost;
    return {
      ...page(
        layout({
          language,
          address: listAddress({ q, filters, kursor: isFirst ? undefined : typed.kursor }),
          files: frame.files,
          title: words.title[language],
          // Search engines keep the list itself, not each way to filter it.
          canonical: isFiltered || !isFirst ? undefined : canonicalOf(frame),
          links: frame.siteUrl
            ? [
                html`<link rel="alternate" type="application/atom+xml" href="${atom}" title="${words.title[language]}">`,
              ]
            : [],
          summary: errorSummary(problem, language),
          main: html`<h1>${words.title[language]}</h1>
<p>${words.lead[language]}</p>
${searchForm({ ...typed, q }, filtered, problem, language)}
${inUse({ ...typed, q }, filtered, language)}
${lost && html`<div class="notice"><p>${words.lost[language]}</p></div>`}
${found.complete === false && html`<div class="notice"><p>${words.incomplete[language]}</p></div>`}
<h2 class="unseen">${words.list[language]}</h2>
${
  found.items.length > 0
    ? html`<ul class="cards">${found.items.map((one) => html`<li class="card">${publicEntry(one, language)}</li>`)}</ul>`
    : !problem && nothingListed(isFiltered, further !== undefined, language)
}
${nextPage(further, words.next[language])}
${!isFirst && html`<p><a class="link" href="${pageIn(language, listAddress({ q, filters }))}">${words.first[language]}</a></p>`}
${frame.siteUrl && html`<p><a class="link" href="${atom}">${words.feed[language]}</a></p>`}`,
        }),
        problem?.status ?? 200,
      ),
      headers: publicPage,
    };
  });
