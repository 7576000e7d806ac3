import * as z from "zod";
import { say } from "../language.ts";
import { seenSigns } from "../text/tidy.ts";

/**
 * The provinces by their Kemendagri codes. A NIK keeps the code of the province that first issued it, also where that was
 * split. So no code ever leaves this list.
 */
const provinces: ReadonlySet<string> = new Set(
  [
    ["11", "12", "13", "14", "15", "16", "17", "18", "19", "21"], // Sumatera
    ["31", "32", "33", "34", "35", "36"], // Jawa
    ["51", "52", "53"], // Bali, Nusa Tenggara
    ["61", "62", "63", "64", "65"], // Kalimantan
    ["71", "72", "73", "74", "75", "76"], // Sulawesi
    ["81", "82"], // Maluku
    ["91", "92", "93", "94", "95", "96"], // Papua
  ].flat(),
);

/**
 * The kabupaten and kota of the provinces whose whole list we know. It has those of Kalimantan Timur, as in the directory,
 * and those that became Kalimantan Utara in 2012: their people keep their NIK.
 */
const districts: Readonly<Record<string, readonly string[]>> = {
  "64": [
    ["01", "02", "03", "07", "08", "09", "11", "71", "72", "74"],
    ["04", "05", "06", "10", "73"],
  ].flat(),
};

/** Women have 40 added to the day on which they were born. */
const addedForWomen = 40;

/**
 * Whether the day exists. Two digits leave the century open: a day that is still to come in this century was one in the
 * last. So a check against the future would refuse nobody.
 */
function isBirthDate(digits: string): boolean {
  const [written = 0, month = 0, year = 0] = (digits.match(/../g) ?? []).map(Number);
  const day = written > addedForWomen ? written - addedForWomen : written;
  // 2000 had a 29 February, and so had every fourth year before and after it but 1900.
  const date = new Date(Date.UTC(2000 + year, month - 1, day));
  return day > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Whether these digits can be a NIK. It looks at the province, the kabupaten or kota where we know them all, the kecamatan,
 * the date of birth and the serial number. A NIK has no check digit, so a well-formed one may belong to nobody.
 */
export function isNik(digits: string): boolean {
  const [, province = "", district = "", subdistrict, born = "", serial] =
    /^(\d\d)(\d\d)(\d\d)(\d{6})(\d{4})$/.exec(digits) ?? [];
  return (
    provinces.has(province) &&
    (districts[province]?.includes(district) ?? district !== "00") &&
    subdistrict !== "00" &&
    isBirthDate(born) &&
    serial !== "0000"
  );
}

/** A NIK as typed. No refusal repeats what was typed. */
export const nik = z
  .string()
  .max(40)
  .transform((typed) => seenSigns(typed).replace(/[.\p{Pd}\u2212]/gu, ""))
  .refine(
    isNik,
    say(
      "NIK terdiri dari 16 angka: kode wilayah, tanggal lahir dan nomor urut, seperti pada KTP. Periksa kembali angkanya.",
      "A NIK has 16 digits: region, date of birth and serial number, as on the identity card. Check the digits.",
    ),
  );
