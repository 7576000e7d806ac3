import * as z from "zod";
import { say } from "../language.ts";
import { seenSigns } from "../text/tidy.ts";

/** A phone number of 8 to 14 digits, as lapor.go.id asked in 2023, with or without a country code. Spaces and dashes are left out. */
export const phone = z
  .string()
  .max(40)
  .transform((typed) => seenSigns(typed).replace(/[().\p{Pd}\u2212]/gu, ""))
  .refine(
    (digits) => /^\+?\d{8,14}$/.test(digits),
    say(
      "Nomor telepon terdiri dari 8 sampai 14 angka, misalnya 081234567890.",
      "A phone number has 8 to 14 digits, such as 081234567890.",
    ),
  );

/** One spelling for 0812..., 62812... and +62812.... A number without a country code is Indonesian. */
export function internationalPhone(digits: string): string {
  if (digits.startsWith("+")) return digits;
  if (digits.startsWith("00")) return `+${digits.slice(2)}`;
  if (digits.startsWith("62")) return `+${digits}`;
  return `+62${digits.replace(/^0/, "")}`;
}
