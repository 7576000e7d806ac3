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

const locales: Record<Language, string> = { id: "id-ID", en: "en-GB" };

const formats = new Map<string, Intl.DateTimeFormat>();

/** A way to write dates and times. To make one takes a hundred times as long as to use it, so each is made once. */
export function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locales[language], options);
  formats.set(key, format);
  return format;
}

/** The style "full" of Intl writes the third day of a month as "03" in Indonesian. */
const dayInWords = (at: Date, timeZone: string, language: Language): string =>
  dateFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  }).format(at);

/** Writes a local date (2026-12-01): "Selasa, 1 Desember 2026". */
export const localDateInWords = (date: string, language: Language): string =>
  dayInWords(new Date(`${date}T00:00:00Z`), "UTC", language);

/** Writes the date of an instant (ISO 8601) in its time zone: "Selasa, 8 Desember 2026, WITA". */
export const dateInWords = (instant: string, timeZone: TimeZone, language: Language): string =>
  `${dayInWords(new Date(instant), timeZone, language)}, ${zoneAbbreviation[timeZone]}`;

/** Writes something in Indonesian and in English, for a mail in both. */
export const inBoth = (words: (language: Language) => string): string => `${words("id")} / ${words("en")}`;

/** Writes an instant (ISO 8601) in its time zone: "Rabu, 25 November 2026 pukul 09.30 WITA". */
export function inWords(instant: string, timeZone: TimeZone, language: Language): string {
  const clock = dateFormat(language, { hour: "2-digit", minute: "2-digit", timeZone });
  const join = language === "id" ? "pukul" : "at";
  const time = clock.format(new Date(instant));
  return `${dayInWords(new Date(instant), timeZone, language)} ${join} ${time} ${zoneAbbreviation[timeZone]}`;
}
