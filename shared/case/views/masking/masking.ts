import type { Language, Text } from "../../../language.ts";
import { isCode, normaliseCode } from "../../../text/code.ts";
import { numbersIn } from "./numbers.ts";
import type { Personal, PersonalKind } from "./personal.ts";
import { plain } from "./plain.ts";
import { platesIn } from "./plates.ts";

/** What the public reads in place of each kind. */
export const marker: Record<PersonalKind, Text> = {
  identity: { id: "[nomor identitas disamarkan]", en: "[identity number masked]" },
  phone: { id: "[nomor telepon disamarkan]", en: "[phone number masked]" },
  email: { id: "[alamat email disamarkan]", en: "[email address masked]" },
  plate: { id: "[pelat nomor disamarkan]", en: "[number plate masked]" },
  account: { id: "[nomor rekening disamarkan]", en: "[account number masked]" },
};

// Every expression repeats a bounded number of times and begins at a boundary. So the time grows with the length of a text
// and with nothing else.

const providers = "(?:gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|icloud|protonmail)";
const between = String.raw`(?:\s?@\s?|\s?[[({<*_-]\s?(?:at|et|@)\s?[\])}>*_-]\s?|\s(?:at|et)\s(?=${providers}))`;
const dot = String.raw`(?:\s?[[({<*_-]\s?(?:dot|titik|\.)\s?[\])}>*_-]\s?|\s(?:dot|titik)\s|\.)`;
const label = "[a-z0-9](?:[a-z0-9-]{0,39})";
const email = new RegExp(
  String.raw`(?<![\w.+-])[\w+-][\w.+-]{0,63}${between}((?:${label}${dot}){1,4}[a-z]{2,10}(?![\w-])|${providers}\b)`,
  "gi",
);

// "nama @ contoh . com", "nama dot contoh at surat dot com": with space between, only an ending that addresses have tells them
// from other words. A dot with a space behind it only ends a sentence.
const spacedDot = String.raw`(?:\s\.\s|\s?\.|\s?[[({<*_-]\s?(?:dot|titik|\.)\s?[\])}>*_-]\s?|\s(?:dot|titik)\s)`;
const spacedAt = String.raw`(?:\s?@\s?|\s?[[({<*_-]\s?(?:at|et|@)\s?[\])}>*_-]\s?|\s(?:at|et)\s)`;
const ending =
  "(?:com|net|org|info|biz|edu|id|io|me|co|my|sg|xyz|online|site|website|store|email|cloud|app|dev)";
const spacedEmail = new RegExp(
  String.raw`(?<![\w.+-])[\w+-]{1,64}(?:${spacedDot}[\w+-]{1,40}){0,3}${spacedAt}((?:${label}${spacedDot}){1,3}${ending}(?![\w-]))`,
  "gi",
);

/** A domain as it is written in an address, however it was spelled. */
const domainOf = (spelled: string): string =>
  spelled
    .replace(/[[({<*_\])}>]|-(?=(?:dot|titik)-)|(?<=\b(?:dot|titik))-/gi, " ")
    .replace(/\s*(?:\.|\s(?:dot|titik)\s)\s*/gi, ".")
    .trim();

/** Mailboxes of public offices are not masked: people are meant to write to them. */
const office = /\.(?:go|desa)\.id$/i;

const digitWord = "(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan)";
const spelledPhone = new RegExp(
  String.raw`(?<!\p{L})(?:nol|kosong|enam[\s,.-]{1,3}dua)(?:[\s,.-]{1,3}${digitWord}){8,14}(?!\p{L})`,
  "giu",
);

const passport = /(?<![\p{L}\p{N}])[A-Z]{1,2} ?\d{6,8}(?![\p{L}\p{N}])/giu;

const stretchOf = <K extends string>(kind: K, { 0: found, index }: RegExpExecArray) => ({
  kind,
  start: index,
  end: index + found.length,
});

const emailsIn = (text: string): Personal[] =>
  [...text.matchAll(email), ...text.matchAll(spacedEmail)]
    .filter(({ 1: domain = "" }) => !office.test(domainOf(domain)))
    .map((match) => stretchOf("email", match));

const spelledPhonesIn = (text: string): Personal[] =>
  [...text.matchAll(spelledPhone)].map((match) => stretchOf("phone", match));

const passportsIn = (text: string): Personal[] =>
  [...text.matchAll(passport)]
    .filter(({ index }) => /\bpaspor/i.test(text.slice(Math.max(0, index - 24), index)))
    .map((match) => stretchOf("identity", match));

const ownNumber = /(?<![0-9A-Z])[0-9A-Z]{5}-[0-9A-Z]{5}(?![0-9A-Z])/gi;

/** Tracking numbers of ours. One of ten digits and no letter counts as a phone number. */
const ownNumbersIn = (text: string) =>
  [...text.matchAll(ownNumber)]
    .filter(([code]) => /[a-z]/i.test(code) && isCode(normaliseCode(code), 10))
    .map((match) => stretchOf("ours", match));

/**
 * Finds identity numbers, phone numbers, e-mail addresses, number plates and account numbers, in order and without
 * overlaps. It passes over the numbers of emergency and public services, money, dates, addresses and laws.
 */
export function personalIn(original: string): Personal[] {
  const { text, at } = plain(original);
  const all: (Omit<Personal, "kind"> & { kind: PersonalKind | "ours" })[] = [
    ...ownNumbersIn(text),
    ...emailsIn(text),
    ...spelledPhonesIn(text),
    ...numbersIn(text),
    ...passportsIn(text),
    ...platesIn(text),
  ];
  const found: Personal[] = [];
  let reached = 0;
  for (const { kind, start, end } of all.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < reached) continue;
    reached = end;
    if (kind !== "ours") found.push({ kind, start: at[start] ?? 0, end: at[end] ?? original.length });
  }
  return found;
}

/** A part of a text, and what is read in its place. `start` and `end` are as `slice` takes them. */
export interface Hidden {
  start: number;
  end: number;
  marker: string;
}

/** A text with markers in place of parts. Parts that overlap become one, with the marker of the first. */
export function withMarkers(text: string, parts: readonly Hidden[]): string {
  let shown = "";
  let reached = 0;
  for (const { start, end, marker } of parts.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start >= reached) shown += text.slice(reached, start) + marker;
    reached = Math.max(reached, end);
  }
  return shown + text.slice(reached);
}

/** A text as the public reads it: with a marker in place of whatever not everybody should read. `also` is hidden besides. */
export const masked = (text: string, language: Language, also: readonly Hidden[] = []): string =>
  withMarkers(text, [
    ...also,
    ...personalIn(text).map(({ kind, start, end }) => ({ start, end, marker: marker[kind][language] })),
  ]);
