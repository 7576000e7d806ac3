import type { Language } from "../../language.ts";

export const zoneAbbreviation = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Jayapura": "WIT",
} as const;
export type TimeZone = keyof typeof zoneAbbreviation;

/** The hours that a zone is ahead of UTC. Indonesia has no summer time. */
export const zoneOffsetHours: Record<TimeZone, number> = {
  "Asia/Jakarta": 7,
  "Asia/Pontianak": 7,
  "Asia/Makassar": 8,
  "Asia/Jayapura": 9,
};

export const timeZones = Object.keys(zoneAbbreviation) as [TimeZone, ...TimeZone[]];

/** Writes the date of an instant (ISO 8601) in its time zone: "Selasa, 8 Desember 2026, WITA". */
export function dateInWords(instant: string, timeZone: TimeZone, language: Language): string {
  const locale = language === "id" ? "id-ID" : "en-GB";
  const date = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  }).format(new Date(instant));
  return `${date}, ${zoneAbbreviation[timeZone]}`;
}

/** Writes an instant (ISO 8601) in its time zone: "Rabu, 25 November 2026 pukul 09.30 WITA". */
export function inWords(instant: string, timeZone: TimeZone, language: Language): string {
  const locale = language === "id" ? "id-ID" : "en-GB";
  const at = new Date(instant);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone }).format(at);
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(at);
  const join = language === "id" ? "pukul" : "at";
  return `${date} ${join} ${time} ${zoneAbbreviation[timeZone]}`;
}
