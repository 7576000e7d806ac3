import type * as z from "zod";
import type { Text } from "../language.ts";
import { type FieldRefusal, type Part, type Refusal, refuseFields } from "../refusal.ts";
import { disguiseIn } from "../text/disguise.ts";
import { objectionToAddress } from "../text/email.ts";
import { tooLong } from "../text/writing.ts";

type Issue = z.core.$ZodIssue;

const kindOfValue: Record<string, Text> = {
  string: { id: "teks", en: "text" },
  number: { id: "angka", en: "a number" },
  int: { id: "bilangan bulat", en: "a whole number" },
  boolean: { id: "true atau false", en: "true or false" },
  array: { id: "daftar", en: "a list" },
  object: { id: "objek JSON", en: "a JSON object" },
};

const formats: Record<string, Text> = {
  date: {
    id: "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-23.",
    en: "Write the date as year-month-day, such as 2026-11-23.",
  },
};

/** A key that callers make up, and an id that an answer gave them. */
const uuidText = (part: Part): Text =>
  part === "header"
    ? {
        id: "Kirim UUID versi 4 yang baru untuk tiap laporan, dan yang sama bila mengulang kiriman.",
        en: "Send a fresh version 4 UUID for each report, and the same one when you repeat a request.",
      }
    : {
        id: "Nomor ini tidak benar. Salin seluruhnya dari jawaban atau email yang menyebutnya.",
        en: "This id is not valid. Copy all of it from the answer or the email that names it.",
      };

/** What to do where "required" does not say enough. */
const missing: Record<string, Text> = {
  "idempotency-key": {
    id: "Tambahkan tajuk Idempotency-Key dengan UUID versi 4 yang baru; pakai yang sama bila mengulang kiriman.",
    en: "Add the header Idempotency-Key with a fresh version 4 UUID; use the same one when you repeat the request.",
  },
  stars: { id: "Pilih nilai dari 1 sampai 5.", en: "Choose a rating from 1 to 5." },
};

const size = (issue: Issue & { code: "too_small" | "too_big" }, value: unknown): Text => {
  if (issue.code === "too_big" && issue.origin === "string" && typeof value === "string")
    return tooLong(Number(issue.maximum), value.length);
  const least = issue.code === "too_small";
  const bound = Number(least ? issue.minimum : issue.maximum);
  const id = least ? "Paling sedikit" : "Paling banyak";
  const en = least ? "At least" : "At most";
  switch (issue.origin) {
    case "string":
      return { id: `${id} ${bound} karakter.`, en: `${en} ${bound} characters.` };
    case "array":
      return { id: `${id} ${bound} buah.`, en: `${en} ${bound} entries.` };
    default:
      return { id: `${id} ${bound}.`, en: `${en} ${bound}.` };
  }
};

/** The value that an issue is about. Absent and wrong are two messages. */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((at: unknown, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input);

/** What hides in a value that looks right. Whoever reads only that it is not known would look for a fault that nobody sees. */
const hiddenIn = (value: unknown): Text | undefined =>
  typeof value === "string" ? disguiseIn(value) : undefined;

const unclear: Text = { id: "Isian ini tidak benar.", en: "This value is not valid." };

function message(part: Part, issue: Issue, input: unknown): Text {
  const value = valueAt(input, issue.path);
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined)
        return missing[String(issue.path.at(-1))] ?? { id: "Wajib diisi.", en: "This field is required." };
      return {
        id: `Isi dengan ${kindOfValue[issue.expected]?.id ?? issue.expected}.`,
        en: `This must be ${kindOfValue[issue.expected]?.en ?? issue.expected}.`,
      };
    case "invalid_value":
      return (
        hiddenIn(value) ?? {
          id: `Pilih salah satu: ${issue.values.join(", ")}.`,
          en: `Choose one of: ${issue.values.join(", ")}.`,
        }
      );
    case "invalid_format":
      if (issue.format === "email") return objectionToAddress(value);
      if (issue.format === "uuid") return hiddenIn(value) ?? ownText(issue) ?? uuidText(part);
      return (
        hiddenIn(value) ??
        ownText(issue) ??
        formats[issue.format] ?? { id: "Bentuknya tidak benar.", en: "The form is not right." }
      );
    case "invalid_union": {
      // The first of several forms is the one that people know.
      const [first] = issue.errors[0] ?? [];
      return first?.code === "invalid_format"
        ? message(part, { ...first, path: issue.path }, input)
        : unclear;
    }
    case "too_small":
    case "too_big":
      return size(issue, value);
    default:
      return hiddenIn(value) ?? ownText(issue) ?? unclear;
  }
}

const ownText = (issue: Issue): Text | undefined => (issue as { params?: { text?: Text } }).params?.text;

/** A form shows its choices in words, so their codes are not said again. */
const chooseOne: Text = { id: "Pilih salah satu.", en: "Choose one." };

/** The path of a field as people know it. The gateway writes the names of headers in small letters, people do not. */
const shown = (part: Part, path: readonly PropertyKey[]): string => {
  const dotted = path.map(String).join(".").slice(0, 200);
  return part === "header" ? dotted.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()) : dotted;
};

/** A name that the caller typed. It is given back only where it looks like the name of a field. */
const asName = (key: string): string => (/^[A-Za-z][\w-]{0,39}$/.test(key) ? key : "?");

/** People cannot read more corrections at once. */
const mostRefusals = 20;

/** What is wrong with one part of a request, by path, in both languages. */
export const fieldRefusals = (part: Part, error: z.ZodError, input: unknown): FieldRefusal[] =>
  error.issues
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({
            in: part,
            path: shown(part, [...issue.path, asName(key)]),
            message: {
              id: "Isian ini tidak dikenal. Hapus, atau periksa ejaannya.",
              en: "This field is not known. Remove it or check its spelling.",
            },
          }))
        : [
            {
              in: part,
              path: shown(part, issue.path),
              message: message(part, issue, input),
              ...(issue.code === "invalid_value" && { onPage: chooseOne }),
            },
          ],
    )
    .slice(0, mostRefusals);

/** Refuses a body as a whole. */
export const bodyRefusal = (message: Text): Refusal => refuseFields([{ in: "body", path: "", message }]);

/** The fields of a body that came more than once, by path. The caller typed every part of a path. */
export const repeatedFields = (paths: readonly (readonly (string | number)[])[]): FieldRefusal[] => {
  const named = paths.map((path) =>
    shown(
      "body",
      path.map((part) => (typeof part === "string" ? asName(part) : part)),
    ),
  );
  return [...new Set(named)].slice(0, mostRefusals).map((path) => ({
    in: "body",
    path,
    message: {
      id: "Isian ini dikirim lebih dari sekali. Kirim satu kali saja.",
      en: "This field was sent more than once. Send it once.",
    },
  }));
};
