import * as z from "zod";
import { attribution } from "../../../shared/directory/regions/lower-regions.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { type Option, selectField, textField, type Told } from "../../../shared/page/parts/form.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { likelyDuplicates } from "./alike-page.ts";
import { regionOf } from "./body.ts";
import type { ReportDesk } from "./desk.ts";
import { stepPage } from "./step-page.ts";

const words = {
  title: { id: "Di mana?", en: "Where?" },
  intro: {
    id: "Tempat membantu kami menemukan instansi yang tepat. Bila tidak tahu, lanjutkan saja.",
    en: "The place helps us to find the right agency. If you do not know it, just continue.",
  },
  city: { id: "Kabupaten atau kota", en: "Kabupaten or kota" },
  unknown: { id: "Tidak tahu", en: "I do not know" },
  somewhere: { id: "tidak tahu kabupaten atau kotanya", en: "I do not know which kabupaten or kota" },
  district: { id: "Kecamatan", en: "Kecamatan (district)" },
  village: { id: "Kelurahan atau desa", en: "Kelurahan or desa (village)" },
  none: { id: "Tidak tahu", en: "I do not know" },
  source: { id: "Sumber daftar", en: "Source of the list" },
  chooseDistrict: { id: "Tampilkan kecamatan", en: "Show the kecamatan" },
  chooseVillage: { id: "Tampilkan kelurahan atau desa", en: "Show the kelurahan or desa" },
  address: { id: "Alamat atau patokan", en: "Address or landmark" },
  addressHint: {
    id: "Misalnya: Jalan Marsma Iswahyudi, depan pasar. Pada laporan anonim, publik tidak melihatnya.",
    en: "Such as: Jalan Marsma Iswahyudi, in front of the market. Of an anonymous report the public does not see it.",
  },
  point: { id: "Titik di peta", en: "Point on the map" },
  pointText: {
    id: "Titik tidak pernah terlihat oleh publik. Petugas memakainya untuk menemukan tempatnya.",
    en: "The public never sees the point. Officers use it to find the place.",
  },
  locate: { id: "Pakai lokasi saya", en: "Use my location" },
  busy: { id: "Mencari lokasi…", en: "Finding your location…" },
  found: { id: "Lokasi ditemukan, teliti sampai {meters} meter.", en: "Found, within {meters} metres." },
  denied: {
    id: "Peramban tidak mengizinkan lokasi. Isi alamatnya saja.",
    en: "The browser does not allow it. Write the address instead.",
  },
  unavailable: {
    id: "Lokasi tidak ditemukan. Isi alamatnya saja.",
    en: "Your location cannot be found. Write the address instead.",
  },
  late: {
    id: "Terlalu lama mencari. Isi alamatnya saja.",
    en: "It takes too long. Write the address instead.",
  },
  latitude: { id: "Lintang", en: "Latitude" },
  longitude: { id: "Bujur", en: "Longitude" },
  latitudeHint: { id: "Misalnya -1,2654", en: "Such as -1.2654" },
  longitudeHint: { id: "Misalnya 116,8312", en: "Such as 116.8312" },
} as const satisfies Record<string, Text>;

const regions = z.object({
  items: z.array(z.object({ code: z.string(), name: z.string(), type: z.string() })),
});

/** Whether the list of regions tells what lies in a kabupaten or kota, too. */
const tellsParts = ({ input }: Endpoint): boolean =>
  input.query instanceof z.ZodObject && "parent" in input.query.shape;

/** The regions that lie in one. Empty where the list does not go down so far, or does not have that one. */
async function partsOf(parent: string, list: Endpoint, visit: Visit): Promise<Option[]> {
  if (parent === "" || !tellsParts(list)) return [];
  try {
    const { items } = await visit.ask(list, { query: { parent } }, regions);
    return items.map(({ code, name }) => ({ value: code, label: name }));
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** The kabupaten and kota, and each province for whoever knows no more. */
async function cityOptions(list: Endpoint, visit: Visit) {
  const { items } = await visit.ask(list, {}, regions);
  const provinces = items.filter(({ type }) => type === "province");
  return [
    { value: "", label: words.unknown[visit.language] },
    ...provinces.map(({ code, name }) => ({
      label: name,
      options: [
        { value: code, label: `${name}, ${words.somewhere[visit.language]}` },
        ...items
          .filter((one) => one.code.startsWith(`${code}.`))
          .map((one) => ({ value: one.code, label: one.name })),
      ],
    })),
  ];
}

/** The chosen region with those above it: "Damai, Balikpapan Kota, Kota Balikpapan". Empty where none was chosen. */
export async function regionInWords(
  { asked: { regions: list } }: Pick<ReportDesk, "asked">,
  values: Readonly<Record<string, string>>,
  visit: Visit,
): Promise<string> {
  const steps = regionOf(values).split(".");
  const codes = steps.map((_, at) => steps.slice(0, at + 1).join("."));
  const [{ items }, ...parts] = await Promise.all([
    visit.ask(list, {}, regions),
    ...codes.slice(1, -1).map((parent) => partsOf(parent, list, visit)),
  ]);
  const known = new Map([
    ...items.map(({ code, name }) => [code, name] as const),
    ...parts.flat().map(({ value, label }) => [value, label] as const),
  ]);
  const named = codes.length > 1 ? codes.slice(1) : codes;
  return named
    .flatMap((code) => known.get(code) ?? [])
    .toReversed()
    .join(", ");
}

const button = (value: string, label: string): Hole =>
  html`<p><button class="button second" name="lanjut" value="${value}">${label}</button></p>`;

/** A list of the regions in one, or the button that loads it. */
function furtherChoice(
  told: Told,
  {
    name,
    options,
    label,
    next,
  }: { name: string; options: readonly Option[]; label: string; next?: { name: string; choose: string } },
): Hole {
  if (options.length === 0) return undefined;
  const shown = [{ value: "", label: words.none[told.language] }, ...options];
  return html`${selectField(told, { name, label, optional: true }, shown)}${next && button(`#${next.name}`, next.choose)}`;
}

const point = (told: Told, language: Language): Hole => {
  const names = ["location.latitude", "location.longitude"];
  const isOpen = names.some((name) => told.wrong.has(name) || told.values[name]);
  const fields = html`<p>${words.pointText[language]}</p>
<p><button type="button" class="button second" data-locate hidden data-busy="${words.busy[language]}" data-found="${words.found[language]}" data-denied="${words.denied[language]}" data-unavailable="${words.unavailable[language]}" data-late="${words.late[language]}">${words.locate[language]}</button></p>
${textField(told, { name: "location.latitude", label: words.latitude[language], hint: words.latitudeHint[language], optional: true }, { inputmode: "text", width: "middle" })}
${textField(told, { name: "location.longitude", label: words.longitude[language], hint: words.longitudeHint[language], optional: true }, { inputmode: "text", width: "middle" })}`;
  return isOpen
    ? html`<details open><summary>${words.point[language]}</summary>${fields}</details>`
    : html`<details><summary>${words.point[language]}</summary>${fields}</details>`;
};

/** `/lapor/tempat`: where it happened, as far as somebody knows it. */
export const reportPlacePage = (desk: ReportDesk): Route[] => {
  const list = desk.asked.regions;
  return stepPage(desk, {
    name: "place",
    title: words.title,
    intro: words.intro,
    choosesFurther: true,
    async fields(told, values, visit) {
      const { language } = told;
      const city = values["location.regionCode"] ?? "";
      const isCity = /^\d{2}\.\d{2}$/.test(city);
      const district = regionOf(values).split(".").slice(0, 3).join(".");
      const isDistrict = district.split(".").length === 3;
      const [cities, districts, villages] = await Promise.all([
        cityOptions(list, visit),
        partsOf(isCity ? city : "", list, visit),
        partsOf(isDistrict ? district : "", list, visit),
      ]);
      return html`${selectField(told, { name: "location.regionCode", label: words.city[language], optional: true }, cities)}
${tellsParts(list) && button("#district", words.chooseDistrict[language])}
${furtherChoice(told, { name: "district", options: districts, label: words.district[language], next: { name: "village", choose: words.chooseVillage[language] } })}
${furtherChoice(told, { name: "village", options: villages, label: words.village[language] })}
${districts.length + villages.length > 0 && html`<p class="hint">${words.source[language]}: ${attribution.text}</p>`}
${textField(told, { name: "location.address", label: words.address[language], hint: words.addressHint[language], optional: true })}
${point(told, language)}`;
    },
    back: () => "/lapor/cerita",
    next: async (values, visit) =>
      (await likelyDuplicates(desk, values, visit)).length > 0 ? "/lapor/serupa" : "/lapor/tujuan",
  });
};
