import * as z from "zod";
import { canonicalHash, chainFlaws, type Flaw, type Head, nextAfter } from "../../chain.ts";
import { dayEnd, dayOf, localDate } from "../../deadline/calendar/local-date.ts";
import { inWords, localDateInWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import { type Officer, officerRole } from "../../directory/directory.ts";
import { type Language, say, type Text } from "../../language.ts";
import { Refusal } from "../../refusal.ts";
import { isNik } from "../../reporter/nik.ts";
import type { SearchKey } from "../../reporter/reporter.ts";
import { agencyId, officerId } from "../../text/id.ts";
import { written } from "../../text/writing.ts";
import { plain } from "../views/masking/plain.ts";

const told = {
  officerId,
  /** Counts 1, 2, 3 ... without gaps, for each officer. */
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  previousHash: z.string().nullable(),
  hash: z.string(),
};

/**
 * An event of the searches of one officer. It says by what kind of key they searched, and never the key itself: not even hashed,
 * because whoever may hash could try numbers against it.
 */
export const identitySearchEvent = z.discriminatedUnion("type", [
  z.strictObject({
    ...told,
    type: z.literal("searched"),
    role: officerRole,
    agencyId,
    by: z.enum(["nik", "phone"]),
    reason: z.string(),
    /** The local day of the officer's agency, and which search of that day this was. */
    day: z.iso.date(),
    ofDay: z.int().positive(),
  }),
  z.strictObject({
    ...told,
    type: z.literal("answered"),
    /** The search that was answered, and how many cases it showed. */
    search: z.int().positive(),
    shown: z.int().nonnegative(),
  }),
]);
export type IdentitySearchEvent = z.infer<typeof identitySearchEvent>;
type Searched = Extract<IdentitySearchEvent, { type: "searched" }>;

/** Where the history of an officer's searches stands. The next event follows from it. */
export const searchLog = z.strictObject({
  officerId,
  sequence: z.int().positive(),
  hash: z.string(),
  day: z.iso.date(),
  ofDay: z.int().positive(),
});
export type SearchLog = z.infer<typeof searchLog>;

/** An event, and where its history stands with it. */
export interface LoggedSearch {
  event: IdentitySearchEvent;
  log: SearchLog;
}

const eventHashOf = ({ hash: _, ...rest }: IdentitySearchEvent): string => canonicalHash(rest);

const logged = (
  unsigned: IdentitySearchEvent,
  { day, ofDay }: Pick<SearchLog, "day" | "ofDay">,
  before: SearchLog | undefined,
) => {
  const event = { ...unsigned, hash: eventHashOf(unsigned) };
  const { sequence, hash } = event;
  return { event, log: { ...before, officerId: event.officerId, sequence, hash, day, ofDay } };
};

/** Refuses whoever has searched as often as one may on a day, and says when it works again. */
const tooManySearches = (limit: number, until: Date, at: Date, timeZone: TimeZone) => {
  const when = (language: Language) => inWords(until.toISOString(), timeZone, language);
  return new Refusal(
    "too-many-requests",
    {
      id: `Anda sudah mencari menurut identitas ${limit} kali hari ini, dan lebih dari itu tidak diizinkan. Pencarian berfungsi lagi ${when("id")}.`,
      en: `You have searched by identity ${limit} times today, and more is not allowed. The search works again ${when("en")}.`,
    },
    { headers: { "retry-after": String(Math.ceil((until.getTime() - at.getTime()) / 1000)) } },
  );
};

/** The next search of an officer. Refuses it above the limit of a day. A refused search has read nothing. */
export function nextSearch(
  before: SearchLog | undefined,
  asked: { officer: Officer; by: Searched["by"]; reason: string; at: Date },
  { limit, timeZone }: { limit: number; timeZone: TimeZone },
): LoggedSearch {
  const { officer, by, reason, at } = asked;
  const today = localDate(at, timeZone);
  // An officer who moves to a zone further west does not begin their day anew.
  const day = before && before.day > today ? before.day : today;
  const ofDay = before?.day === day ? before.ofDay + 1 : 1;
  if (ofDay > limit) throw tooManySearches(limit, new Date(dayEnd(dayOf(day), timeZone)), at, timeZone);
  return logged(
    {
      type: "searched",
      officerId: officer.id,
      ...nextAfter(before),
      at: at.toISOString(),
      role: officer.role,
      agencyId: officer.agencyId,
      by,
      reason,
      day,
      ofDay,
      hash: "",
    },
    { day, ofDay },
    before,
  );
}

/** What a search showed. A miss is told as a hit is. */
export const answerTo = (
  before: SearchLog,
  { search, shown, at }: { search: number; shown: number; at: Date },
): LoggedSearch =>
  logged(
    {
      type: "answered",
      officerId: before.officerId,
      ...nextAfter(before),
      at: at.toISOString(),
      search,
      shown,
      hash: "",
    },
    before,
    before,
  );

/** Finds everything wrong with the history of an officer's searches. */
export const searchFlaws = (
  officer: string,
  events: readonly IdentitySearchEvent[],
  heads: readonly Head[],
): Flaw[] =>
  chainFlaws(events, heads, {
    name: "officer",
    has: ({ officerId: of }) => of === officer,
    hash: eventHashOf,
  });

/** Names the history in the daily copies. The officer's id is hashed, because ids may be names and nobody can remove a line. */
export const searchesName = (officer: string): string =>
  `identity-searches-${canonicalHash({ identitySearchesOf: officer })}`;

const keyText = { nik: { id: "NIK", en: "NIK" }, phone: { id: "nomor telepon", en: "telephone number" } };

/** Words an event for people. */
export function searchEventText(event: IdentitySearchEvent): Text {
  if (event.type === "answered")
    return {
      id: `Jawaban untuk pencarian di nomor urut ${event.search}: ${event.shown} laporan ditampilkan`,
      en: `Answer to the search with sequence ${event.search}: ${event.shown} cases shown`,
    };
  const key = keyText[event.by];
  return {
    id: `Mencari dengan ${key.id}, ke-${event.ofDay} pada ${localDateInWords(event.day, "id")}: ${event.reason}`,
    en: `Searched by ${key.en}, number ${event.ofDay} on ${localDateInWords(event.day, "en")}: ${event.reason}`,
  };
}

const tooShort = say(
  "Tulis alasannya dengan kata-kata: siapa yang meminta, dan untuk apa.",
  "Write the reason in words: who asks, and what for.",
);

/** Why somebody searches. Signs and a letter over and over are no reason. */
export const searchReason = written(1_000).refine((text) => {
  const letters: string[] = text.toLowerCase().match(/\p{L}/gu) ?? [];
  return letters.length >= 10 && new Set(letters).size >= 4;
}, tooShort);

const digitsOf = (text: string): string => text.replace(/\D/g, "");

/** Whether a stretch of digits holds a NIK, whatever signs stand between them. */
function holdsNik(stretch: string): boolean {
  const digits = digitsOf(stretch);
  return [...digits].some((_, start) => isNik(digits.slice(start, start + 16)));
}

/**
 * Whether a reason repeats what is searched for, or holds a NIK at all, in digits of any script. The history would keep it in
 * the clear.
 */
export function tellsKey(reason: string, key: SearchKey): boolean {
  const { text } = plain(reason);
  const searched = "nik" in key ? key.nik : digitsOf(key.phone).replace(/^(62|0)/, "");
  return (
    digitsOf(text).includes(searched) ||
    /\d{16}/.test(text.replace(/[\s.-]/g, "")) ||
    text.split(/\p{L}/u).some(holdsNik)
  );
}
