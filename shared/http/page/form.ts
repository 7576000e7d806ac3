import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Refusal } from "../../refusal.ts";

/** A form as it was typed: text by the name of its field, and a list where a field comes several times. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

/** Percent-encoding makes three signs of a byte, and the routes themselves take 64 KB. */
const mostBytes = 3 * 64 * 1024 + 16 * 1024;

/** A longer text is not given back either: a page of so many bytes can still be shown on an old phone. */
const mostBytesGivenBack = 1_000_000;

function valuesIn(text: string): FormValues {
  const values = Object.create(null) as Record<string, string | string[]>;
  for (const [name, sent] of new URLSearchParams(text)) {
    const value = sent.replace(/\r\n?/g, "\n");
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}

const comesInParts = (headers: APIGatewayProxyEventV2["headers"]): boolean =>
  /^multipart\/form-data(;|$)/i.test(headers["content-type"] ?? "");

/**
 * The parts of a form that came with a file. Undefined where it came as any other form. `mostBytes`: what is longer is refused.
 */
export async function partsOfForm(
  {
    body = "",
    isBase64Encoded,
    headers,
  }: Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded" | "headers">,
  mostBytes: number,
): Promise<FormData | undefined> {
  if (!comesInParts(headers)) return undefined;
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > mostBytes)
    throw new Refusal("too-large", {
      id: `Berkas ini terlalu besar. Paling besar ${Math.floor(mostBytes / 1024 / 1024)} MB.`,
      en: `This file is too large. It may have ${Math.floor(mostBytes / 1024 / 1024)} MB at most.`,
    });
  try {
    return await new Response(bytes, {
      headers: { "content-type": headers["content-type"] ?? "" },
    }).formData();
  } catch {
    throw new Refusal("invalid-input", {
      id: "Formulir ini tidak terbaca. Buka halamannya lagi, pilih berkasnya, lalu kirim.",
      en: "This form cannot be read. Open its page again, choose the file and send it.",
    });
  }
}

/**
 * Reads a form that a page sent, or tells why it refuses it. A line break is one sign, however the browser wrote it. What is too long
 * can still be given back to whoever wrote it.
 */
export function readFormOf(
  { body = "", isBase64Encoded, headers }: APIGatewayProxyEventV2,
  { takesFiles = false } = {},
): {
  values: FormValues;
  refusal?: Refusal;
} {
  // What came with a file is read once it is known who sent it.
  if (takesFiles && comesInParts(headers)) return { values: {} };
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(headers["content-type"] ?? ""))
    return {
      values: {},
      refusal: new Refusal("unsupported-media-type", {
        id: "Halaman ini menerima formulirnya sendiri saja. Buka halamannya, lalu kirim dari sana.",
        en: "This page takes its own form only. Open the page and send it from there.",
      }),
    };
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  const bytes = Buffer.byteLength(text);
  if (bytes <= mostBytes) return { values: valuesIn(text) };
  return {
    values: bytes <= mostBytesGivenBack ? valuesIn(text) : {},
    refusal: new Refusal("too-large", {
      id: "Teks ini terlalu panjang untuk dikirim. Persingkat, lalu kirim lagi.",
      en: "This text is too long to be sent. Shorten it and send it again.",
    }),
  };
}

/** The text of a field, and an empty one where the form lacks it. */
export function valueOf(values: FormValues, name: string): string {
  const value = values[name] ?? "";
  return typeof value === "string" ? value : (value[0] ?? "");
}

/** "1/12/2026" and "1-12-2026", as people write a date where the browser has no calendar. */
const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

/** The date as the form of the API has it. What is no date stays as it was typed, so that it is refused by its field. */
export const dateTyped = (typed: string): string => {
  const [, day = "", month = "", year = ""] = dayFirst.exec(typed.trim()) ?? [];
  return year === "" ? typed : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
};

/** What the fields of a form mean, where they are not text. */
export interface FieldKinds {
  /** Ticked or not: absent is false. */
  booleans?: readonly string[];
  numbers?: readonly string[];
}

const numberOf = (typed: string): number | string => {
  const number = Number(typed.trim().replace(",", "."));
  return Number.isFinite(number) ? number : typed;
};

/**
 * The JSON body that some fields of a form stand for. A dot in a name leads into an object, and an empty field is left out. A
 * number that is none stays text, so that the route says what is wrong with it.
 */
export function bodyOf(
  values: FormValues,
  fields: readonly string[],
  { booleans = [], numbers = [] }: FieldKinds = {},
) {
  const body: Record<string, unknown> = {};
  for (const name of fields) {
    const typed = valueOf(values, name);
    const value = booleans.includes(name)
      ? typed === "true"
      : numbers.includes(name) && typed
        ? numberOf(typed)
        : typed;
    if (value === "") continue;
    const steps = name.split(".");
    let at = body;
    for (const step of steps.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>;
    at[steps.at(-1) ?? name] = value;
  }
  return body;
}
