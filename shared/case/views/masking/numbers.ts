import type { Personal, PersonalKind } from "./personal.ts";
import { justBefore } from "./plain.ts";

// The expressions look at a bounded stretch before or behind a number, so the time grows with the length of a text only.

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

/** Digits without anything between them, with their position. */
interface Chunk {
  digits: string;
  start: number;
  end: number;
}

/** Chunks that may be one number, with what stands between them. The number begins with the first chunk. */
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
const lookAhead = 24;

const lengths = (chunks: readonly Chunk[]): number[] => chunks.map(({ digits }) => digits.length);
const areEqual = (values: readonly unknown[]): boolean => new Set(values).size <= 1;

/** Whether three chunks are a date: 24-11-2026 or 2026-11-24. */
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

/** Whether digits have the shape of a NIK: province, day of birth (women 40 more), month, a serial number that is not 0000. */
const looksLikeNik = (digits: string): boolean =>
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
    return fileWord.test(before) && !looksLikeNik(first.digits)
      ? undefined
      : { count: 1, kind: ofAccount ? "account" : "identity" };
  for (let count = 2; count <= chunks.length; count++) {
    const { length } = digits(count);
    if (length > 18) return undefined;
    if (length !== 16) continue;
    const taken = chunks.slice(0, count);
    if (looksLikeNik(digits(count)) || ofPerson) return { count, kind: "identity" };
    const isCard = lengths(taken).every((one) => one === 4) && areEqual(gaps.slice(0, count - 1));
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

/** The numbers of a text without anything between their digits. */
const chunksIn = (text: string): Chunk[] =>
  [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({
    digits,
    start: index,
    end: index + digits.length,
  }));

/** The run that begins with a chunk. */
function runFrom(text: string, chunks: readonly Chunk[], first: number): Run {
  const gap = (index: number) => text.slice(chunks[index]?.end, chunks[index + 1]?.start);
  let last = first;
  while (last + 1 < chunks.length && last - first < chunksOfARun && joins.test(gap(last))) last++;
  const taken = chunks.slice(first, last + 1);
  const all = taken.map(({ digits }) => digits).join("");
  const ends: number[] = [];
  for (const { digits } of taken) ends.push((ends.at(-1) ?? 0) + digits.length);
  return {
    chunks: taken,
    digits: (count) => all.slice(0, ends[count - 1]),
    gaps: Array.from({ length: last - first }, (_, each) => gap(first + each)),
    before: justBefore(text, chunks[first]?.start ?? 0),
    after: (count) =>
      text.slice(chunks[first + count - 1]?.end, (chunks[first + count - 1]?.end ?? 0) + lookAhead),
  };
}

/** Whether a number is part of a word, such as a plate or a code. E-mail addresses and plates are found by themselves. */
const isGlued = ({ before }: Run): boolean =>
  /[\p{L}_]$/u.test(before) && !/(?:\b[a-z]*(?:wa|hp|rek|nik|telp|no|tlp|bca|bri|bni|kk|ktp))$/i.test(before);

/** How many chunks at the beginning of a run are nobody's number: part of a word, money, a date. */
const harmlessIn = (run: Run): number =>
  isGlued(run) ? 1 : moneyIn(run) || (isDate(run.chunks, run.gaps) ? 3 : 0);

/** The number that a run begins with: its kind, and how many chunks it takes. */
function numberIn(run: Run): [kind: PersonalKind, count: number] | undefined {
  const kinds: [PersonalKind, number][] = [];
  const account = accountIn(run);
  const long = longNumberIn(run);
  const phone = phoneIn(run);
  if (long) kinds.push([long.kind, long.count]);
  if (account) kinds.push(["account", account]);
  if (phone) kinds.push(["phone", phone]);
  // A phone number that stands alone is none of the others, unless words say so.
  return phone && !account && !identityWord.test(run.before) ? kinds.at(-1) : kinds[0];
}

/** The stretch of a number, with the sign of an international call before it. */
function stretchOf({ chunks, gaps, before }: Run, kind: PersonalKind, count: number): Personal {
  const isClosed = gaps.slice(0, count - 1).some((between) => between.includes(")"));
  const lead = (isClosed ? /(?:\(\+? ?|\+ ?\(?)$/ : /\+ ?$/).exec(before)?.[0] ?? "";
  const start = chunks[0]?.start ?? 0;
  return { kind, start: start - lead.length, end: chunks[count - 1]?.end ?? start };
}

/** Nothing that is looked for has fewer digits. */
const fewestDigits = 8;

/** Numbers that stand for a person. Their shape and the words before them tell them apart. */
export function numbersIn(text: string): Personal[] {
  const chunks = chunksIn(text);
  const found: Personal[] = [];
  let index = 0;
  while (index < chunks.length) {
    const run = runFrom(text, chunks, index);
    if (run.digits(run.chunks.length).length < fewestDigits) {
      index += run.chunks.length;
      continue;
    }
    const harmless = harmlessIn(run);
    const [kind, count = 1] = harmless > 0 ? [] : (numberIn(run) ?? []);
    if (kind) found.push(stretchOf(run, kind, count));
    index += harmless || count;
  }
  return found;
}
