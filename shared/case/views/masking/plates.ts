import type { Personal } from "./personal.ts";
import { justBefore } from "./plain.ts";

// Every expression repeats a bounded number of times, and begins at a boundary or looks at a bounded stretch. So the time
// grows with the length of a text and with nothing else.

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

/** Where a number plate ends; undefined where what looks like one is none. */
function plateEnd(match: RegExpExecArray, text: string): number | undefined {
  const [whole, area = "", gap = "", digits = "", second = "", suffix = ""] = match;
  const before = justBefore(text, match.index);
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

/** Number plates. */
export const platesIn = (text: string): Personal[] =>
  [...text.matchAll(plate)].flatMap((match) => {
    const end = plateEnd(match, text);
    return end === undefined ? [] : [{ kind: "plate", start: match.index, end }];
  });
