import { caseClass } from "../../../shared/deadline/policy.ts";
import type { OfficerVisit } from "../../../shared/http/page/officer.ts";
import type { Problem } from "../../../shared/http/problem.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { classText } from "../../../shared/notification/mails/words/case.ts";
import { attributes, type Hole, html } from "../../../shared/page/html.ts";
import {
  type AnyQueue,
  filteredAddress,
  type FiltersTyped,
  type QueueFilter,
  queueFilters,
  queuePath,
} from "../../../shared/page/officer/queue/queue-addresses.ts";
import {
  hidden,
  type Option,
  selectField,
  sendButton,
  wrongFields,
} from "../../../shared/page/parts/form.ts";
import type { Desk } from "../desk.ts";

const words = {
  filter: { id: "Saring", en: "Filter" },
  show: { id: "Tampilkan", en: "Show" },
  all: { id: "Semua", en: "All" },
  unknown: {
    id: "Saringan ini tidak kami kenal. Pilih dari daftarnya.",
    en: "We do not know this filter. Choose from its list.",
  },
  own: { id: "Instansi sendiri", en: "Own agency" },
  below: { id: "Bersama semua unit di bawahnya", en: "With all units below it" },
  today: { id: "Harus selesai hari ini", en: "To be done today" },
  active: { id: "Saringan yang dipakai", en: "Filters in use" },
  remove: { id: "Hapus saringan", en: "Remove the filter" },
  removeAll: { id: "Hapus semua saringan", en: "Remove all filters" },
} as const satisfies Record<string, Text>;

const filterText: Record<QueueFilter, Text> = {
  instansi: { id: "Instansi", en: "Agency" },
  cakupan: { id: "Cakupan", en: "Reach" },
  jenis: { id: "Jenis laporan", en: "Kind of report" },
  kategori: { id: "Kategori", en: "Category" },
  wilayah: { id: "Kabupaten atau kota", en: "Regency or city" },
  batas: { id: "Batas waktu", en: "Limit" },
};

/** What the route of the list calls each filter. */
const routesName: Record<string, QueueFilter> = {
  agency: "instansi",
  scope: "cakupan",
  class: "jenis",
  category: "kategori",
  region: "wilayah",
  due: "batas",
};

/** What the list refuses of the filters, by their names here. An agency is refused in the words of the route. */
export const filterProblem = (problem: Problem, language: Language): Problem => ({
  ...problem,
  ...(problem.errors && {
    errors: problem.errors.map(({ path, message, ...error }) => ({
      ...error,
      path: routesName[path] ?? path,
      message: path === "agency" ? message : words.unknown[language],
    })),
  }),
});

/** More regions than these would make the page too long: then only those of the officer's province are offered. */
const mostRegions = 80;

async function regionsOffered({ directory }: Desk, { posts }: OfficerVisit): Promise<Option[]> {
  const all = await directory.regions();
  const own = (await directory.agency(posts[0].agencyId))?.regionCode?.slice(0, 2);
  const offered =
    all.length <= mostRegions
      ? all
      : all.filter(({ code }) => code.slice(0, 2) === own || !code.includes("."));
  return offered.slice(0, mostRegions).map(({ code, name }) => ({ value: code, label: name }));
}

/** What each filter of an address means in words. */
async function meanings(
  { directory }: Desk,
  { language }: OfficerVisit,
  { instansi, cakupan, jenis, kategori, wilayah, batas }: FiltersTyped,
): Promise<Partial<Record<QueueFilter, string | undefined>>> {
  const [agency, category, region] = await Promise.all([
    instansi === undefined ? undefined : directory.agency(instansi),
    kategori === undefined ? undefined : directory.categoryName(kategori),
    wilayah === undefined ? undefined : directory.region(wilayah),
  ]);
  const kind = caseClass.safeParse(jenis);
  return {
    instansi: agency?.name ?? instansi,
    cakupan: cakupan === "bawahan" ? words.below[language] : undefined,
    jenis: kind.success ? classText[kind.data][language] : jenis,
    kategori: category ?? kategori,
    wilayah: region?.name ?? wilayah,
    batas: batas === "hari-ini" ? words.today[language] : undefined,
  };
}

/** The filters that hold, each to be removed. */
function inUse(
  queue: AnyQueue,
  typed: FiltersTyped,
  meant: Awaited<ReturnType<typeof meanings>>,
  { language }: OfficerVisit,
): Hole {
  const active = queueFilters.flatMap((name) =>
    meant[name] ? [{ name, label: meant[name].slice(0, 80) }] : [],
  );
  const { kursor: _k, halaman: _h, ...held } = typed;
  return (
    active.length > 0 &&
    html`<nav aria-label="${words.active[language]}"><ul class="row chips">${active.map(
      ({ name, label }) =>
        html`<li><a class="chip" href="${filteredAddress(language, queuePath(queue), { ...held, [name]: undefined })}"><span class="unseen">${words.remove[language]}: </span>${filterText[name][language]}: ${label} <span aria-hidden="true">×</span></a></li>`,
    )}${active.length > 1 && html`<li><a class="link" href="${filteredAddress(language, queuePath(queue))}">${words.removeAll[language]}</a></li>`}</ul></nav>`
  );
}

/** The form of filters, sent by GET: every list has an address to come back to. And the filters that hold. */
export async function filterForm(
  desk: Desk,
  visit: OfficerVisit,
  {
    queue,
    typed,
    problem,
    hasBelow,
  }: { queue: AnyQueue; typed: FiltersTyped; problem: Problem | undefined; hasBelow: boolean },
): Promise<Hole> {
  const { language } = visit;
  const [meant, regions, categories] = await Promise.all([
    meanings(desk, visit, typed),
    regionsOffered(desk, visit),
    desk.directory.categories(),
  ]);
  const values = Object.fromEntries(queueFilters.map((name) => [name, typed[name] ?? ""]));
  const wrong = wrongFields(problem);
  const told = { language, wrong, values };
  const field = (name: QueueFilter) => ({ name, label: filterText[name][language] });
  const all = { value: "", label: words.all[language] };
  const chosen = (name: QueueFilter, options: readonly Option[]): Option[] => {
    const value = typed[name];
    const isListed = value === undefined || options.some((one) => one.value === value);
    return [all, ...(isListed ? [] : [{ value, label: meant[name] ?? value }]), ...options];
  };
  const kinds = caseClass.options.map((value) => ({ value, label: classText[value][language] }));
  const main = categories.map(({ id, name }) => ({ value: id, label: name }));
  return html`<form action="${filteredAddress(language, queuePath(queue))}" class="card"><details ${attributes({ open: wrong.size > 0 })}><summary>${words.filter[language]}</summary><div class="filters">
${selectField(told, field("kategori"), chosen("kategori", main))}
${selectField(told, field("wilayah"), chosen("wilayah", regions))}
${selectField(told, field("jenis"), chosen("jenis", kinds))}
${
  (hasBelow || typed.cakupan) &&
  selectField(told, field("cakupan"), [
    { value: "", label: words.own[language] },
    { value: "bawahan", label: words.below[language] },
  ])
}
</div>${typed.instansi && hidden("instansi", typed.instansi)}${typed.batas && hidden("batas", typed.batas)}${sendButton(words.show[language], "second")}</details></form>
${inUse(queue, typed, meant, visit)}`;
}
