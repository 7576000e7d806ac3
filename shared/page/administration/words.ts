import { roleText } from "../../case/views/words.ts";
import { timeZones, zoneAbbreviation } from "../../deadline/calendar/time-zone.ts";
import { type Agency, agency, type OfficerRole } from "../../directory/directory.ts";
import type { Language, Text } from "../../language.ts";
import type { Option } from "../parts/form.ts";

/** What the types of agencies are called. */
export const agencyTypeText: Record<Agency["type"], Text> = {
  "managing-institution": { id: "Instansi pengelola sistem", en: "Institution that manages the system" },
  province: { id: "Pemerintah provinsi", en: "Government of a province" },
  regency: { id: "Pemerintah kabupaten", en: "Government of a regency" },
  city: { id: "Pemerintah kota", en: "Government of a city" },
  department: { id: "Perangkat daerah", en: "Department" },
  unit: { id: "Unit", en: "Unit" },
};

const dutyText: Record<NonNullable<Agency["duty"]>, Text> = {
  "daily-management": { id: "Pengelolaan harian", en: "Daily management" },
  "regional-coordination": { id: "Koordinasi daerah", en: "Coordination of regions" },
  "information-technology": { id: "Teknologi informasi", en: "Information technology" },
  "national-priorities": { id: "Prioritas nasional", en: "National priorities" },
  oversight: { id: "Pengawasan", en: "Oversight" },
};

const mailsText: Record<"immediate" | "daily", Text> = {
  immediate: { id: "Satu per satu, segera", en: "One by one, at once" },
  daily: { id: "Dikumpulkan sekali sehari", en: "Gathered, once a day" },
};

const none: Text = { id: "Tidak ada", en: "None" };
const choose: Text = { id: "Pilih", en: "Choose" };

export const typeOptions = (types: readonly Agency["type"][], language: Language): Option[] =>
  types.map((value) => ({ value, label: agencyTypeText[value][language] }));

export const dutyOptions = (language: Language): Option[] => [
  { value: "", label: none[language] },
  ...agency.shape.duty.unwrap().options.map((value) => ({ value, label: dutyText[value][language] })),
];

export const zoneOptions = (): Option[] =>
  timeZones.map((value) => ({ value, label: `${zoneAbbreviation[value]} (${value})` }));

export const roleOptions = (roles: readonly OfficerRole[], language: Language): Option[] => [
  { value: "", label: choose[language] },
  ...roles.map((value) => ({ value, label: roleText[value][language] })),
];

export const mailsOptions = (language: Language): Option[] =>
  (["immediate", "daily"] as const).map((value) => ({ value, label: mailsText[value][language] }));

/** What a field of an entry holds, in words: a role, a type, a choice or a time zone by its name, and anything else as it is. */
export function valueInWords(value: string | null | undefined, language: Language): string {
  if (value === null || value === undefined || value === "") return none[language];
  const known: Readonly<Record<string, Text>> = { ...agencyTypeText, ...dutyText, ...mailsText, ...roleText };
  if (Object.hasOwn(zoneAbbreviation, value)) return zoneAbbreviation[value as keyof typeof zoneAbbreviation];
  return Object.hasOwn(known, value) ? (known[value]?.[language] ?? value) : value;
}
