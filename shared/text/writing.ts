import * as z from "zod";
import { say } from "../language.ts";
import { hasStackedMarks } from "./marks.ts";

/** Control characters and the marks that turn text around, but not line breaks and tabs. */
const disguised =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/** Not by Intl: loading its number formats costs every cold start 20 ms. */
const inThousands = (count: number, separator: string): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, separator);

/** A letter or digit that can be seen. Some of what Unicode counts as letters is blank. */
const visible = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/** Text that a person writes: trimmed, in one Unicode form, legible, with at least one letter or digit. */
export const written = (maximum: number) => {
  const tooLong = say(
    `Paling banyak ${inThousands(maximum, ".")} karakter.`,
    `At most ${inThousands(maximum, ",")} characters.`,
  );
  return z
    .string()
    .refine((text) => text.length <= maximum * 2, { ...tooLong, abort: true })
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.isWellFormed() && !disguised.test(text), {
      ...say(
        "Teks ini memuat karakter kendali yang tidak terlihat. Hapus, lalu ketik ulang bagian itu.",
        "This text holds invisible control characters. Remove them and type that part again.",
      ),
      abort: true,
    })
    .refine((text) => !hasStackedMarks(text), {
      ...say(
        "Teks ini tidak terbaca: terlalu banyak tanda bertumpuk pada satu huruf, atau ada tanda tanpa huruf. Hapus tanda itu, lalu ketik ulang bagian itu.",
        "This text cannot be read: too many marks are stacked on one letter, or a mark has no letter. Remove these marks and type that part again.",
      ),
      abort: true,
    })
    .refine((text) => visible.test(text), {
      ...say("Isi dengan kata-kata.", "Write it in words."),
      abort: true,
    })
    .refine((text) => [...text].length <= maximum, tooLong);
};

/** The same on one line. */
export const line = (maximum: number) =>
  written(maximum).refine(
    (text) => !/[\n\r\t\u2028\u2029]/.test(text),
    say("Tulis dalam satu baris.", "Write it on one line."),
  );
