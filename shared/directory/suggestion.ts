import type { Text } from "../language.ts";
import duties from "./data/duties.json" with { type: "json" };
import type { Agency } from "./directory.ts";

/** So many agencies at most are suggested. */
export const mostSuggested = 5;

/** An agency that may be in charge, and why, for whoever chooses. */
export interface Suggestion {
  agency: Agency;
  /** By its name or its usual duty it fits the category; or it governs the place. */
  fits: "category" | "place";
  reason: Text;
}

/** What is asked about. */
interface Sought {
  /** The name of the main category, and of the subcategory if there is one. Empty where no category was chosen. */
  categoryNames: readonly string[];
  /** The agencies of the kabupaten, kota or province that governs the place. */
  local: readonly Agency[];
  /** The agencies of the province above it. They are asked where no local one fits. */
  above: readonly Agency[];
}

const governments: ReadonlySet<Agency["type"]> = new Set(["province", "regency", "city"]);

/** Words of names that say nothing of what an agency does, or that many agencies share. */
const empty = new Set(
  "dan atau dari untuk terkait lainnya dinas badan kantor unit satuan lembaga daerah wilayah kota kabupaten provinsi kecamatan kelurahan desa pemerintah umum pelayanan layanan sumber daya manusia pembangunan pengembangan pengelola pengelolaan pemeliharaan perencanaan penanggulangan pemberdayaan perlindungan pelindungan masyarakat rumah sakit usaha besar kecil menengah mikro bantuan informasi keuangan aset anak keluarga pusat balai sekretariat nasional politik baru satu pintu terpadu pemerintahan".split(
    " ",
  ),
);

/** Offices that are named after a place. The name of the place says nothing of a category. */
const officeOfPlace = /^(Kecamatan|Kelurahan|Desa|Puskesmas) /;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
const has = (words: readonly string[], phrase: string): boolean =>
  ` ${words.join(" ")} `.includes(` ${phrase} `);

const acronym = /\b(ktp|pdam|dtks|pkh|kks|asn|cpns|paud)\b/g;

const dutiesOf = (name: string): string[] => {
  const own = wordsOf(name);
  return duties.duties
    .filter(({ agency }) => agency.every((word) => own.includes(word)))
    .flatMap(({ matters }) => matters);
};

/** What an agency of this name usually takes care of, in the words of our categories. Empty where we know nothing. */
export const usualMatters = (name: string): string[] =>
  officeOfPlace.test(name)
    ? []
    : [...new Set(dutiesOf(name))].map((matter) => matter.replace(acronym, (word) => word.toUpperCase()));

interface Fit {
  score: number;
  reason: Text;
}

/** A usual duty tells more than words in common, and a longer matter more than a short one: "penerangan jalan" is not "jalan". */
const dutyScore = (matter: string): number => 2 + 3 * matter.split(" ").length;
/** The words of the subcategory tell more than those of the main category, which gathers the work of several agencies. */
const nameScore = (inMain: readonly string[], inSub: readonly string[]): number =>
  (inMain.length > 0 ? 2 : 0) + 3 * inSub.length;

const byDuty = (matter: string): Text => ({
  id: `Urusan “${matter}” biasanya ditangani instansi ini.`,
  en: `Matters of “${matter}” are usually with this agency.`,
});

const byWords = (words: readonly string[]): Text => {
  const named = words.map((word) => `“${word}”`).join(", ");
  return {
    id: `Nama instansi ini memuat ${named}, seperti kategori yang dipilih.`,
    en: `The name of this agency has ${named} in it, as the chosen category has.`,
  };
};

/** How an agency fits a category; nothing where it does not. */
function fitOf({ name }: Agency, categoryNames: readonly string[]): Fit | undefined {
  if (officeOfPlace.test(name)) return undefined;
  const own = wordsOf(name);
  const [main = [], sub = []] = categoryNames.map(wordsOf);
  const [duty] = dutiesOf(name)
    // A main category gathers the duties of several agencies. Where there is a subcategory, it alone tells the duty.
    .filter((matter) => has(sub.length > 0 ? sub : main, matter))
    .sort((a, b) => b.length - a.length);
  const telling = [...new Set(own)].filter((word) => !empty.has(word));
  const [inMain, inSub] = [main, sub].map((words) => telling.filter((word) => words.includes(word)));
  const score = nameScore(inMain ?? [], inSub ?? []) + (duty === undefined ? 0 : dutyScore(duty));
  if (score === 0) return undefined;
  const common = [...new Set([...(inSub ?? []), ...(inMain ?? [])])];
  return { score, reason: duty === undefined ? byWords(common) : byDuty(duty) };
}

const byId = (a: Agency, b: Agency): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The agencies that fit a category, the likeliest first. A department comes before its units, and a short name before a long one. */
function fitting(agencies: readonly Agency[], categoryNames: readonly string[]): Suggestion[] {
  return agencies
    .filter((agency) => !agency.closedAt && !governments.has(agency.type))
    .flatMap((agency) => {
      const fit = fitOf(agency, categoryNames);
      return fit ? [{ agency, ...fit }] : [];
    })
    .sort(
      (a, b) =>
        b.score - a.score ||
        Number(a.agency.type === "unit") - Number(b.agency.type === "unit") ||
        a.agency.name.length - b.agency.name.length ||
        byId(a.agency, b.agency),
    )
    .map(({ agency, reason }) => ({ agency, fits: "category", reason }));
}

const governs: Text = {
  id: "Pemerintah daerah di tempat kejadian. Bila dinasnya belum jelas, laporan Anda diteruskan dari sini.",
  en: "The government of the place. If the department is not clear, your report is passed on from here.",
};

/**
 * Suggests who may be in charge: agencies whose name or usual duty fits the category, the likeliest first, and in the end the
 * government of the place itself. Where none of the place fits, those of the province do. It never suggests a closed agency.
 */
export function suggested({ categoryNames, local, above }: Sought): Suggestion[] {
  const here = fitting(local, categoryNames);
  const fits = here.length > 0 ? here : fitting(above, categoryNames);
  const government = [...local, ...above].find(({ type, closedAt }) => governments.has(type) && !closedAt);
  return [
    ...fits.slice(0, government ? mostSuggested - 1 : mostSuggested),
    ...(government ? [{ agency: government, fits: "place" as const, reason: governs }] : []),
  ];
}
