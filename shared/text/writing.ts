import * as z from "zod";
import { say, type Text } from "../language.ts";
import { disguiseIn } from "./disguise.ts";
import { hasStackedMarks } from "./marks.ts";
import { tidied } from "./tidy.ts";

/** Not by Intl: loading its number formats costs every cold start 20 ms. */
const inThousands = (count: number, separator: string): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, separator);

/** A letter or digit that can be seen. Some of what Unicode counts as letters is blank. */
const visible = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/** How word processors break a line inside a paragraph, and how they begin a page. */
const softBreaks = /[\v\f\u0085\u2028\u2029]/g;
/** Blanks of a width or a use of their own. */
const blanks = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;

/** A text with its line breaks and blanks in one form, and without what nobody sees. */
const plain = (typed: string, softBreak: "\n" | " "): string =>
  tidied(typed.replace(/\r\n?/g, "\n").replace(softBreaks, softBreak).replace(blanks, " "));

/** How many characters a text has, as its limit counts them: a line break is one, and so is an emoji of one sign. */
export const charactersOf = (typed: string): number => [...plain(typed, " ").normalize("NFC")].length;

/** Says how much too long a text is. */
export function tooLong(maximum: number, count: number): Text {
  const [most, has, over] = [maximum, count, count - maximum] as const;
  const inWords = (separator: string) => [most, has, over].map((number) => inThousands(number, separator));
  const [id, en] = [inWords("."), inWords(",")];
  return {
    id: `Paling banyak ${id[0]} karakter. Teks ini ${id[1]} karakter: ${id[2]} terlalu banyak.`,
    en: `At most ${en[0]} characters. This text has ${en[1]}: ${en[2]} too many.`,
  };
}

const within =
  (maximum: number) =>
  (text: string, context: z.RefinementCtx): void => {
    if (text.length <= maximum) return;
    const count = charactersOf(text);
    if (count > maximum)
      context.addIssue({
        code: "custom",
        params: { text: tooLong(maximum, count) },
        input: text,
        continue: false,
      });
  };

/** Text that a person writes: tidied, in one Unicode form, legible, with at least one letter or digit. */
const legible = (maximum: number, softBreak: "\n" | " ") =>
  z
    .string()
    // What is by far too long is not looked at any further.
    .superRefine((text, context) => {
      if (text.length > maximum * 2) within(maximum)(text, context);
    })
    .transform((typed, context) => {
      const text = plain(typed, softBreak);
      const disguise = disguiseIn(text);
      if (!disguise) return text.normalize("NFC");
      context.addIssue({ code: "custom", params: { text: disguise } });
      return z.NEVER;
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
    .superRefine(within(maximum));

/** Text that a person writes, in as many lines as they like. */
export const written = (maximum: number) => legible(maximum, "\n");

/** The same on one line. A tab, or a break that word processors put inside a paragraph, becomes a blank. */
export const line = (maximum: number) =>
  legible(maximum, " ")
    .transform((text) => text.replace(/\t/g, " "))
    .refine((text) => !text.includes("\n"), say("Tulis dalam satu baris.", "Write it on one line."));

/** A code or an id that is looked up in a list. What hides in it is refused with its place, as in what people write. */
export const lookedUp = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .superRefine((text, context) => {
      const disguise = disguiseIn(text);
      if (disguise) context.addIssue({ code: "custom", params: { text: disguise }, continue: false });
    });
