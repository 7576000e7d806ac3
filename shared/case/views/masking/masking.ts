import type { Language, Text } from "../../../language.ts";
import { isCode, normaliseCode } from "../../../text/code.ts";

/** What people type into a story and the public need not read. */
export const personalKinds = ["identity", "phone", "email", "plate", "account"] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** What stands in its place. */
export const marker: Record<PersonalKind, Text> = {
  identity: { id: "[nomor identitas disamarkan]", en: "[identity number masked]" },
  phone: { id: "[nomor telepon disamarkan]", en: "[phone number masked]" },
  email: { id: "[alamat e-mail disamarkan]", en: "[e-mail address masked]" },
  plate: { id: "[pelat nomor disamarkan]", en: "[number plate masked]" },
  account: { id: "[nomor rekening disamarkan]", en: "[account number masked]" },
};

/** A stretch of a text: from the first character to before the last, as `slice` counts them. */
export interface Personal {
  kind: PersonalKind;
  start: number;
  end: number;
}

/** A text as it is searched. `at` says where each of its characters stands in the original. */
interface Plain {
  text: string;
  at: number[];
}

const isDigit = (codePoint: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));

/** A digit of any script as 0 to 9: Unicode keeps ten in a row, and each row begins on ...0 or ...6. */
function digitOf(codePoint: number): string {
  const row = codePoint & ~15;
  return String(codePoint - (isDigit(row) ? row : row + 6));
}

/** One character as the search knows it, always one code unit long. */
function plainOf(sign: string): string {
  if (sign < "\u0080") return sign;
  const usual = sign.normalize("NFKC");
  const codePoint = usual.codePointAt(0) ?? 0;
  if (usual.length === String.fromCodePoint(codePoint).length && isDigit(codePoint))
    return codePoint < 128 ? usual : digitOf(codePoint);
  return usual.length === 1 ? usual : "\uFFFD";
}

/** Digits of every script as 0 to 9, full-width signs as usual ones, what cannot be seen left out, O and l between digits as 0 and 1. */
function plain(original: string): Plain {
  const signs: string[] = [];
  const at: number[] = [];
  let index = 0;
  for (const sign of original) {
    if (sign < "\u0080" || !/\p{Default_Ignorable_Code_Point}/u.test(sign)) {
      signs.push(plainOf(sign));
      at.push(index);
    }
    index += sign.length;
  }
  at.push(index);
  const text = signs
    .join("")
    .replace(/(?<![\p{L}\p{N}])[oO](?=[ .-]?8[ .-]?[1-9])/gu, "0")
    .replace(/(?<=\d)[oO](?=\d)/g, "0")
    .replace(/(?<=\d)[lI](?=\d)/g, "1");
  return { text, at };
}

// Every expression below repeats a bounded number of times and begins at a boundary or looks at a bounded stretch, so
// that the time grows with the length of a text and with nothing else.

const providers = "(?:gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|icloud|protonmail)";
const between = String.raw`(?:\s?@\s?|\s?[[({<]\s?(?:at|et|@)\s?[\])}>]\s?|\s(?:at|et)\s(?=${providers}))`;
const dot = String.raw`(?:\s?[[({]\s?(?:dot|titik|\.)\s?[\])}]\s?|\s(?:dot|titik)\s|\.)`;
const label = "[a-z0-9](?:[a-z0-9-]{0,39})";
const email = new RegExp(
  String.raw`(?<![\w.+-])[\w+-][\w.+-]{0,63}${between}((?:${label}${dot}){1,4}[a-z]{2,10}(?![\w-])|${providers}\b)`,
  "gi",
);
/** Mailboxes of public offices are there to be written to. */
const office = /\.(?:go|desa)\.id$/i;

const digitWord = "(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan)";
const spelledPhone = new RegExp(
  String.raw`(?<!\p{L})(?:nol|kosong|enam[\s,.-]{1,3}dua)(?:[\s,.-]{1,3}${digitWord}){8,14}(?!\p{L})`,
  "giu",
);

/** Area codes of Indonesian number plates. */
const areas =
  "A|B|D|E|F|G|H|K|L|M|N|P|R|S|T|W|Z|AA|AB|AD|AE|AG|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|DP|DR|DS|DT|DW|EA|EB|ED|KB|KH|KT|KU|PA|PB|PG|PS";
const plate = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(${areas})([ .-]{0,2})(\d{1,4})(?:([ .-]{0,2})([A-Z]{1,3}))?(?![\p{L}\p{N}])`,
  "giu",
);
/** Short words and units that follow a number and are no part of a plate. */
const notOnPlates =
  /^(?:di|ke|dan|yg|dr|rt|rw|km|kg|cm|mm|ml|m|no|jam|hr|hri|thn|th|bln|an|org|itu|ini|ada|per|jl|jln|gg|wib|wit|rb|jt|pcs|mg|gr|kk|kl|sd|smp|sma|am|pm|ha|va|kva|cc|hp|pk|kw|kwh|mb|gb|box|lt|lbr|mtr|kv|w|v|x|s|l)$/i;
/** Written small, these are no everyday words: every other area code needs a vehicle before it. */
const plainAreas = new Set(["kt", "bk", "bm", "kh", "bp"]);
const vehicle =
  /\b(?:plat|pelat|nopol|no\.? ?pol|nomor polisi|tnkb|mobil|motor|truk|truck|tronton|angkot|bus|bis|ojek|ojol|taksi|kendaraan|avanza|innova|xenia|pick ?up|minibus|ambulans?)(?:nya|ku|mu)?\b[^\n]{0,30}$/i;
const plateWord = /\b(?:plat|pelat|nopol|no\.? ?pol|nomor polisi)(?:nya|ku|mu)?\b[^\d\n]{0,15}$/i;

const identityWord =
  /\b(?:nik|ktp|e-?ktp|kk|kartu keluarga|nip|npwp|bpjs|nisn|kis|kitas|paspor)(?:nya|ku|mu)?\b[^\d\n]{0,24}$/i;
const accountWord =
  /\b(?:rek|rekening|norek|nomer rek|no\.? ?rek|bca|bri|bni|btn|bsi|mandiri|cimb|danamon|permata|bankaltimtara|bpd|seabank|bank jago|briva|va|virtual account|kartu kredit|kartu debit|cc|kartu atm|id ?pel|idpel|nomor pelanggan|no\.? ?pelanggan|nomor meter|no\.? ?meter)(?:nya|ku|mu)?\b[^\d\n]{0,24}$/i;
/** "123-456 BCA": the bank is named behind the number. */
const bankAfter =
  /^[ ,(]{1,3}(?:bank |rek(?:ening)? )?(?:bca|bri|bni|btn|bsi|mandiri|cimb|danamon|permata|bankaltimtara)\b/i;
const phoneWord =
  /\b(?:wa|whats?app|hp|hape|telp?|telepon|telpon|tlp|tlpn|hub|hubungi|kontak|sms|call|nomor saya|nomer saya|no saya)\b[^\d\n]{0,16}$/i;
const fileWord =
  /\b(?:tiket|resi|laporan|aduan|pengaduan|surat|faktur|invoice|registrasi|antrian|antrean|spk|kode)\b[^\d\n]{0,16}$/i;
const moneyBefore = /(?:\brp|\bidr|\brupiah|\$)[ .:]{0,2}$/i;
const moneyAfter = /^(?:,-|,00| ?(?:rupiah|juta|jt|ribu|rb|milyar|miliar|perak)\b)/i;

/** Digits without anything between them, and where they stand. */
interface Chunk {
  digits: string;
  start: number;
  end: number;
}

/** Chunks that may be one number, with what stands between them; the first of them is where the number begins. */
interface Run {
  chunks: readonly Chunk[];
  gaps: readonly string[];
  /** All digits of the first so many chunks. */
  digits: (count: number) => string;
  before: string;
  after: (count: number) => string;
}

const joins = /^[ .\-\u2010-\u2014_()/]{1,3}$/;
const chunksOfARun = 20;

const lengths = (chunks: readonly Chunk[]): number[] => chunks.map(({ digits }) => digits.length);
const alike = (values: readonly unknown[]): boolean => new Set(values).size <= 1;

/** 24-11-2026 and 2026-11-24 */
function isDate([one, two, three]: readonly Chunk[], [first, second]: readonly string[]): boolean {
  if (!one || !two || !three || first !== second || first === " ") return false;
  const [day, year] = one.digits.length === 4 ? [three, one] : [one, three];
  return (
    day.digits.length <= 2 &&
    two.digits.length <= 2 &&
    /^(?:19|20)?\d\d$/.test(year.digits) &&
    Number(day.digits) <= 31 &&
    Number(two.digits) <= 12
  );
}

/** How many chunks are money: "1.500.000", "Rp 1500000", "20000000 rupiah". */
function moneyIn({ chunks, gaps, before, after }: Run): number {
  const [first] = chunks;
  if (!first) return 0;
  let count = 1;
  if (first.digits.length <= 3 && !first.digits.startsWith("0"))
    while (gaps[count - 1] === "." && chunks[count]?.digits.length === 3) count++;
  return count > 1 || moneyBefore.test(before) || moneyAfter.test(after(count)) ? count : 0;
}

/** How a national phone number begins: mobile, or the area code of a fixed line. 0800 and the like are services. */
const national = (digits: string, plus: boolean): string | undefined => {
  const abroad = /^(?:00)?62(?=0?[2-9])0?/.exec(digits);
  if (digits.startsWith("0") && !digits.startsWith("0062")) return digits;
  return abroad && (plus || /^(?:00)?620?8/.test(digits)) ? `0${digits.slice(abroad[0].length)}` : undefined;
};

/** How many chunks are a phone number. */
function phoneIn({ chunks, gaps, before }: Run): number {
  const plus = /\+ ?\(?$/.test(before);
  const [first] = chunks;
  if (!first) return 0;
  // "0 8 1 2 ..." and "08 12 34 ...": short pieces are one number only where all of them are alike.
  const size = first.digits.length;
  const inPieces = size < 3 && first.digits.startsWith("0") && (chunks[1]?.digits.length ?? 0) < 3;
  let best = 0;
  let digits = "";
  for (const [index, { digits: piece }] of chunks.entries()) {
    // What follows a whole number begins another one.
    const isWhole = digits.length >= (inPieces ? 13 : 10);
    if (isWhole && (inPieces || piece.length < 3 || gaps[index - 1] !== gaps[index - 2])) break;
    if (index > 0 && (inPieces ? piece.length > size || gaps[index - 1] !== gaps[0] : piece.length < 2))
      break;
    digits += piece;
    if (digits.length > 16) break;
    if (inPieces && piece.length !== size && digits.length < 10) break;
    const local = national(digits, plus);
    const mobile = local !== undefined && /^08[1-9]\d{7,10}$/.test(local);
    const fixed =
      local !== undefined &&
      /^0[2-79]\d{7,10}$/.test(local) &&
      (index === 0 || plus || ((size === 3 || size === 4) && piece.length > 2));
    const foreign = plus && digits.length >= 9 && digits.length <= 15;
    const bare = /^8[1-9]\d{7,10}$/.test(digits) && phoneWord.test(before);
    if (mobile || fixed || foreign || bare) best = index + 1;
  }
  return best;
}

/** Provinces, day of birth (women 40 more), month, and a serial number that is not 0000. */
const isNik = (digits: string): boolean =>
  /^(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])[0-7]\d\d\d(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d\d(?!0000)\d{4}$/.test(
    digits,
  );

const isYear = (digits: string): boolean => /^(?:19|20)\d\d$/.test(digits);

/** How many chunks are a NIK, the number of a family card or another long number that stands for a person, or a card's. */
function longNumberIn({
  chunks,
  gaps,
  digits,
  before,
}: Run): { count: number; kind: "identity" | "account" } | undefined {
  const [first] = chunks;
  if (!first) return undefined;
  const ofAccount = accountWord.test(before);
  const ofPerson = !ofAccount && identityWord.test(before);
  if (first.digits.length >= 13)
    return fileWord.test(before) && !isNik(first.digits)
      ? undefined
      : { count: 1, kind: ofAccount ? "account" : "identity" };
  for (let count = 2; count <= chunks.length; count++) {
    const { length } = digits(count);
    if (length > 18) return undefined;
    if (length !== 16) continue;
    const taken = chunks.slice(0, count);
    if (isNik(digits(count)) || ofPerson) return { count, kind: "identity" };
    const isCard = lengths(taken).every((one) => one === 4) && alike(gaps.slice(0, count - 1));
    if (isCard && !taken.some((one) => isYear(one.digits))) return { count, kind: "account" };
  }
  if (!ofPerson) return undefined;
  // NPWP and others, whose length is not always the same.
  let count = 0;
  while (count < chunks.length && digits(count + 1).length <= 18) count++;
  return digits(count).length >= 10 ? { count, kind: "identity" } : undefined;
}

/** How many chunks are an account number: only where words before it say so. */
function accountIn({ chunks, gaps, digits, before, after }: Run): number {
  const isNamedBefore = accountWord.test(before);
  let count = 1;
  while (count < chunks.length && gaps[count - 1] === gaps[0] && digits(count + 1).length <= 18) count++;
  if (!isNamedBefore && !bankAfter.test(after(count))) return 0;
  const whole = digits(count);
  const isRound = whole.endsWith("00000");
  return whole.length >= 8 && !isRound && !chunks.slice(0, count).every((one) => isYear(one.digits))
    ? count
    : 0;
}

const lookBack = 64;
const fewestDigits = 8;

/** Numbers, which are told apart by their shape and by the words before them. */
function numbersIn(text: string): Personal[] {
  const chunks = [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({
    digits,
    start: index,
    end: index + digits.length,
  }));
  const gap = (index: number) => text.slice(chunks[index]?.end, chunks[index + 1]?.start);
  const found: Personal[] = [];
  let index = 0;
  while (index < chunks.length) {
    const first = chunks[index];
    if (!first) break;
    let last = index;
    while (last + 1 < chunks.length && last - index < chunksOfARun && joins.test(gap(last))) last++;
    const taken = chunks.slice(index, last + 1);
    const all = taken.map(({ digits }) => digits).join("");
    const ends: number[] = [];
    for (const { digits } of taken) ends.push((ends.at(-1) ?? 0) + digits.length);
    if (all.length < fewestDigits) {
      // Nothing that is looked for is as short as what is left of this stretch.
      index = last + 1;
      continue;
    }
    const run: Run = {
      chunks: taken,
      digits: (count) => all.slice(0, ends[count - 1]),
      gaps: Array.from({ length: last - index }, (_, each) => gap(index + each)),
      before: text.slice(Math.max(0, first.start - lookBack), first.start),
      after: (count) =>
        text.slice(chunks[index + count - 1]?.end, (chunks[index + count - 1]?.end ?? 0) + 24),
    };
    // Part of a word, such as a plate or a code; emails and plates are found by themselves.
    const glued =
      /[\p{L}_]$/u.test(run.before) &&
      !/(?:\b[a-z]*(?:wa|hp|rek|nik|telp|no|tlp|bca|bri|bni|kk|ktp))$/i.test(run.before);
    const passed = glued ? 1 : moneyIn(run) || (isDate(run.chunks, run.gaps) ? 3 : 0);
    if (passed > 0) {
      index += passed;
      continue;
    }
    const kinds: [PersonalKind, number][] = [];
    const account = accountIn(run);
    const long = longNumberIn(run);
    const phone = phoneIn(run);
    if (long) kinds.push([long.kind, long.count]);
    if (account) kinds.push(["account", account]);
    if (phone) kinds.push(["phone", phone]);
    // A phone number that stands alone is none of the others, unless words say so.
    const [kind, count] =
      (phone && !account && !identityWord.test(run.before) ? kinds.at(-1) : kinds[0]) ?? [];
    if (kind === undefined || count === undefined) {
      index++;
      continue;
    }
    const isClosed = run.gaps.slice(0, count - 1).some((between) => between.includes(")"));
    const lead = (isClosed ? /(?:\(\+? ?|\+ ?\(?)$/ : /\+ ?$/).exec(run.before)?.[0] ?? "";
    const end = run.chunks[count - 1]?.end ?? first.end;
    found.push({ kind, start: first.start - lead.length, end });
    index += count;
  }
  return found;
}

/** Whether what looks like a plate is one; gives back where it ends. */
function plateEnd(match: RegExpExecArray, text: string): number | undefined {
  const [whole, area = "", gap = "", digits = "", second = "", suffix = ""] = match;
  const before = text.slice(Math.max(0, match.index - lookBack), match.index);
  const end = match.index + whole.length;
  if (digits.startsWith("0")) return undefined;
  const capital = area === area.toUpperCase() && suffix === suffix.toUpperCase();
  const isWord = capital ? /^(?:DI|KE|DAN|YG|RT|RW|NO|KM|KG|CM|MM|LT|VA|HP|CC|GG|JL|S|W|V)$/ : notOnPlates;
  if (suffix === "" || isWord.test(suffix))
    return plateWord.test(before) ? end - suffix.length - second.length : undefined;
  if (vehicle.test(before)) return end;
  if (digits.length < 3) return undefined;
  const inOneWord = gap === "" && second === "";
  return capital || inOneWord || plainAreas.has(area.toLowerCase()) ? end : undefined;
}

const passport = /(?<![\p{L}\p{N}])[A-Z]{1,2} ?\d{6,8}(?![\p{L}\p{N}])/giu;

const ownNumber = /(?<![0-9A-Z])[0-9A-Z]{5}-[0-9A-Z]{5}(?![0-9A-Z])/gi;

/** Where tracking numbers of ours stand. One of ten digits and no letter is taken for a phone number. */
const ownNumbersIn = (text: string) =>
  [...text.matchAll(ownNumber)]
    .filter(([code]) => /[a-z]/i.test(code) && isCode(normaliseCode(code), 10))
    .map(({ 0: code, index }) => ({ kind: "ours" as const, start: index, end: index + code.length }));

/**
 * Finds identity numbers, phone numbers, e-mail addresses, number plates and account numbers, in order and without
 * overlaps. Numbers of emergency and public services, money, dates, addresses and laws are none of them.
 */
export function personalIn(original: string): Personal[] {
  const { text, at } = plain(original);
  const all: (Omit<Personal, "kind"> & { kind: PersonalKind | "ours" })[] = [
    ...ownNumbersIn(text),
    ...[...text.matchAll(email)]
      .filter(({ 1: domain = "" }) => !office.test(domain))
      .map((match) => ({ kind: "email" as const, start: match.index, end: match.index + match[0].length })),
    ...[...text.matchAll(spelledPhone)].map((match) => ({
      kind: "phone" as const,
      start: match.index,
      end: match.index + match[0].length,
    })),
    ...numbersIn(text),
    ...[...text.matchAll(passport)]
      .filter(({ index }) => /\bpaspor/i.test(text.slice(Math.max(0, index - 24), index)))
      .map((match) => ({
        kind: "identity" as const,
        start: match.index,
        end: match.index + match[0].length,
      })),
    ...[...text.matchAll(plate)].flatMap((match) => {
      const end = plateEnd(match, text);
      return end === undefined ? [] : [{ kind: "plate" as const, start: match.index, end }];
    }),
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

/** A text as the public reads it: with a marker in place of whatever should not be read by everybody. */
export function masked(text: string, language: Language): string {
  let shown = "";
  let from = 0;
  for (const { kind, start, end } of personalIn(text)) {
    shown += text.slice(from, start) + marker[kind][language];
    from = end;
  }
  return shown + text.slice(from);
}
