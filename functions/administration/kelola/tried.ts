import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import * as z from "zod";
import { canonicalHash } from "../../../shared/chain.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import type { OfficerFrame, OfficerVisit } from "../../../shared/http/page/officer.ts";
import { type Html, html } from "../../../shared/page/html.ts";
import { hidden } from "../../../shared/page/parts/form.ts";
import { Refusal } from "../../../shared/refusal.ts";

/** What was tried: the whole body of the route, and the version that it was tried on. */
export interface TriedChange {
  body: unknown;
  version: number;
}

const sealName = "trial";
/** Cases move on, so the figures of an older trial say little. */
const holdsMs = 2 * 60 * 60 * 1000;

/** What the routes take from a page at most. */
const mostBytes = 1024 * 1024;
/** What is tried is sent back in a form, and a form takes no more. */
const mostSignsPacked = 180_000;

/** Nearly as small as it gets, in a tenth of the time. */
const pack = (text: string): string =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).toString("base64url");

const sealed = z.strictObject({
  what: z.string(),
  digest: z.string(),
  version: z.int(),
  subject: z.string(),
  at: z.iso.datetime(),
});

/** A trial of somebody else, of something else, or of long ago; or one that was changed on its way. */
const notTried = () =>
  new Refusal("conflict", {
    id: "Percobaan ini sudah lama, atau isinya bukan yang dicoba. Belum ada yang berubah. Buka formulirnya, coba lagi, lalu aktifkan dari halaman percobaannya.",
    en: "This trial is old, or what it holds is not what was tried. Nothing has changed. Open the form, try again and activate it from the page of the trial.",
  });

const tooMuch = () =>
  new Refusal("too-large", {
    id: "Ini terlalu banyak untuk sekali coba. Belum ada yang berubah. Bagi menjadi beberapa bagian, lalu coba satu per satu.",
    en: "This is too much for one trial. Nothing has changed. Divide it into several parts and try them one by one.",
  });

/** What is tried, as a form carries it. Refuses what no form could send back. */
export function packedForForm(body: unknown): string {
  const packed = pack(JSON.stringify(body));
  if (packed.length > mostSignsPacked) throw tooMuch();
  return packed;
}

/** The fields of a form that activates what was tried, and nothing else. */
export async function triedFields(
  { seal, now }: OfficerFrame,
  { subject }: OfficerVisit,
  what: string,
  { body, version }: TriedChange,
): Promise<Html> {
  const packed = packedForForm(body);
  const told: z.input<typeof sealed> = {
    what,
    digest: canonicalHash(body),
    version,
    subject,
    at: now().toISOString(),
  };
  return html`${hidden("isi", packed)}${hidden("segel", await seal.seal(told, sealName))}`;
}

/** What a form brings back, with its hash. What was changed on its way may be anything, also what has no hash. */
const packedIn = (values: FormValues): { body: unknown; digest: string } | undefined => {
  try {
    const packed = Buffer.from(valueOf(values, "isi"), "base64url");
    const text = brotliDecompressSync(packed, { maxOutputLength: mostBytes }).toString();
    const body = JSON.parse(text) as unknown;
    return { body, digest: canonicalHash(body) };
  } catch {
    return undefined;
  }
};

/** What was tried, once more. Refuses whatever was not tried by this officer lately. */
export async function changeTried(
  { seal, now }: OfficerFrame,
  { subject }: OfficerVisit,
  what: string,
  values: FormValues,
): Promise<TriedChange> {
  const packed = packedIn(values);
  const told = sealed.safeParse(await seal.open(valueOf(values, "segel"), sealName)).data;
  if (
    packed === undefined ||
    told?.what !== what ||
    told.subject !== subject ||
    told.digest !== packed.digest ||
    now().getTime() - Date.parse(told.at) > holdsMs
  )
    throw notTried();
  return { body: packed.body, version: told.version };
}
