import { caseStatus, statusText } from "../../../shared/case/case.ts";
import { caseClass } from "../../../shared/deadline/policy.ts";
import { namedLike } from "../../../shared/directory/agency-names.ts";
import type { Endpoint } from "../../../shared/http/endpoint.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { classText } from "../../../shared/notification/mails/words/case.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { agencyId, isRegionCode } from "../../../shared/text/id.ts";
import { allAgencies, type ListedAgency } from "../directory/agency-names.ts";
import { categoriesListed } from "../directory/list-directory.ts";
import { regionsListed } from "../directory/list-regions.ts";
import { agencyShown } from "../directory/show-agency.ts";

/** The filters of the public list, as its address names them. */
export const filterNames = ["instansi", "wilayah", "kategori", "jenis", "status"] as const;
export type FilterName = (typeof filterNames)[number];

/** What each filter is called. */
export const filterText: Record<FilterName, Text> = {
  instansi: { id: "Instansi", en: "Agency" },
  wilayah: { id: "Kabupaten atau kota", en: "Regency or city" },
  kategori: { id: "Kategori", en: "Category" },
  jenis: { id: "Jenis laporan", en: "Kind of report" },
  status: { id: "Status", en: "Status" },
};

/** What the route of the list calls each filter. */
const asked = {
  instansi: "agency",
  wilayah: "region",
  kategori: "category",
  jenis: "class",
  status: "status",
} as const satisfies Record<FilterName, string>;

/** The routes that tell what the values of filters mean. */
export interface FilterRoutes {
  agencies: Endpoint;
  agency: Endpoint;
  regions: Endpoint;
  categories: Endpoint;
}

/** A value to choose, and what it means in words. */
interface Known {
  value: string;
  label: string;
}

/** What somebody filters by. */
export interface Filtered {
  /** The filters that hold, each with its meaning. */
  active: (Known & { name: FilterName })[];
  /** What was typed and means nothing. It does not filter. */
  unknown: { name: FilterName; typed: string }[];
  /** Agencies that may be meant, where a name fits several. */
  candidates: ListedAgency[];
  regions: { code: string; name: string; type: string }[];
  categories: Known[];
}

/** The agency of this id, or those that this text names. */
async function agenciesMeant(visit: Visit, routes: FilterRoutes, typed: string): Promise<ListedAgency[]> {
  const id = agencyId.safeParse(typed);
  if (id.success) {
    try {
      const path = { agencyId: id.data };
      const { parents, ...found } = await visit.ask(routes.agency, { path }, agencyShown);
      return [{ ...found, parent: parents[0]?.id ?? null }];
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== "not-found") throw error;
    }
  }
  return namedLike(await allAgencies(visit, routes.agencies), typed);
}

/** A region below the kabupaten and kota, which the list to choose from leaves out. */
async function lowerRegion(visit: Visit, routes: FilterRoutes, code: string): Promise<Known | undefined> {
  if (!isRegionCode(code)) return undefined;
  try {
    const parent = code.slice(0, code.lastIndexOf("."));
    const { items } = await visit.ask(routes.regions, { query: { parent } }, regionsListed);
    const found = items.find((one) => one.code === code);
    return found && { value: code, label: found.placeName ?? found.name };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const statusesShown = caseStatus.options.filter((one) => one !== "archived" && one !== "withdrawn");

/** Statuses and kinds to choose. The public list has nothing that was archived or withdrawn. */
export const statusesToChoose = (language: Language): Known[] =>
  statusesShown.map((value) => ({ value, label: statusText[value][language] }));
export const kindsToChoose = (language: Language): Known[] =>
  caseClass.options.map((value) => ({ value, label: classText[value][language] }));

/** Reads the filters of an address. What means nothing is told and left out. */
export async function filtersIn(
  visit: Visit,
  routes: FilterRoutes,
  typed: Readonly<Partial<Record<FilterName, string | undefined>>>,
): Promise<Filtered> {
  const { language } = visit;
  const instansi = typed.instansi?.trim();
  const [{ items: regions }, { items: tree }, meant] = await Promise.all([
    visit.ask(routes.regions, {}, regionsListed),
    visit.ask(routes.categories, {}, categoriesListed),
    instansi ? agenciesMeant(visit, routes, instansi) : [],
  ]);
  const categories = tree.map(({ id, name }) => ({ value: id, label: name }));
  const subcategories = tree.flatMap(({ name: main, subcategories }) =>
    subcategories.map(({ id, name }) => ({ value: id, label: `${main}: ${name}` })),
  );
  const region = typed.wilayah;
  const places = regions.map(({ code, name }) => ({ value: code, label: name }));
  const lower =
    region !== undefined && places.every(({ value }) => value !== region)
      ? await lowerRegion(visit, routes, region)
      : undefined;
  const known: Record<FilterName, Known[]> = {
    instansi: meant.length === 1 ? meant.map(({ id, name }) => ({ value: id, label: name })) : [],
    wilayah: lower ? [lower] : places,
    kategori: [...categories, ...subcategories],
    jenis: kindsToChoose(language),
    status: statusesToChoose(language),
  };
  const filtered: Filtered = { active: [], unknown: [], candidates: [], regions, categories };
  for (const name of filterNames) {
    const given = typed[name]?.trim();
    if (!given) continue;
    const found = name === "instansi" ? known.instansi[0] : known[name].find(({ value }) => value === given);
    if (found) filtered.active.push({ name, ...found });
    else if (name === "instansi" && meant.length > 1) filtered.candidates.push(...meant.slice(0, 20));
    else filtered.unknown.push({ name, typed: given });
  }
  return filtered;
}

/** The filters as the route of the list takes them. */
export const asAsked = ({ active }: Pick<Filtered, "active">): Record<string, string> =>
  Object.fromEntries(active.map(({ name, value }) => [asked[name], value]));

/** An address of the list with these filters, without its language. */
export function listAddress(
  parts: {
    q?: string | undefined;
    kursor?: string | undefined;
    filters: readonly { name: FilterName; value: string }[];
  },
  path = "/laporan",
): string {
  const query = new URLSearchParams();
  if (parts.q) query.set("q", parts.q);
  for (const { name, value } of parts.filters) query.set(name, value);
  if (parts.kursor) query.set("kursor", parts.kursor);
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}
