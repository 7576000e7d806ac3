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

/** The fields of a form that activates what was tried, and nothing else. */
export async function triedFields(
  { seal, now }: OfficerFrame,
  { subject }: OfficerVisit,
  what: string,
  { body, version }: TriedChange,
): Promise<Html> {
  const told: z.input<typeof sealed> = {
    what,
    digest: canonicalHash(body),
    version,
    subject,
    at: now().toISOString(),
  };
  return html`${hidden("isi", pack(JSON.stringify(body)))}${hidden("segel", await seal.seal(told, sealName))}`;
}

const bodyIn = (values: FormValues): unknown => {
  try {
    const packed = Buffer.from(valueOf(values, "isi"), "base64url");
    return JSON.parse(brotliDecompressSync(packed, { maxOutputLength: mostBytes }).toString()) as unknown;
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
  const body = bodyIn(values);
  const told = sealed.safeParse(await seal.open(valueOf(values, "segel"), sealName)).data;
  if (
    body === undefined ||
    told?.what !== what ||
    told.subject !== subject ||
    told.digest !== canonicalHash(body) ||
    now().getTime() - Date.parse(told.at) > holdsMs
  )
    throw notTried();
  return { body, version: told.version };
}
