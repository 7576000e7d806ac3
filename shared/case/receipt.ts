import { createHash, timingSafeEqual } from "node:crypto";
import { Refusal } from "../refusal.ts";
import { codeFrom, inGroups, isCode, normaliseCode } from "./code.ts";

const length = 20;

/** Random bytes that `newReceipt` wants: enough even if many are passed over. */
export const receiptEntropy = 48;

/** The secret that lets its holder act as the reporter: 19 random characters of 31 (94 bits) and a check character, in groups of four. */
export const newReceipt = (randomBytes: Uint8Array): string => inGroups(codeFrom(randomBytes, length), 4);

/** What we store of a receipt. 94 random bits leave nothing to guess, so one round of SHA-256 is enough. */
export const receiptHash = (receipt: string): string =>
  createHash("sha256")
    .update(`receipt:${normaliseCode(receipt)}`)
    .digest("base64url");

/** Whether a receipt as typed is the one whose hash is given; takes as long for a wrong one as for the right one. */
export const receiptFits = (typed: string, hash: string): boolean => {
  const same = timingSafeEqual(Buffer.from(receiptHash(typed)), Buffer.from(hash));
  return same && isCode(normaliseCode(typed), length);
};

/** The same for a number that nobody has and a case of another agency, so that nobody learns which it was. */
export const noCaseForOfficer = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan dengan nomor ini di instansi Anda atau unit di bawahnya.",
    en: "There is no case with this number at your agency or below it.",
  });

/** The same for an unknown number and a wrong receipt, so that nobody learns which it was. */
export const noSuchCase = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan dengan nomor pelacakan dan tanda terima ini. Periksa keduanya.",
    en: "There is no report with this tracking number and receipt. Check both.",
  });
