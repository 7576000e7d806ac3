import { createHmac, hkdfSync, scryptSync, timingSafeEqual } from "node:crypto";
import { Refusal } from "../../refusal.ts";
import { codeFrom, inGroups, isCode, normaliseCode } from "../../text/code.ts";

const length = 20;

/** How many random bytes `newReceipt` takes: enough even if many are passed over. */
export const receiptEntropy = 48;

/** The secret that lets whoever brings it act as the reporter: 19 random characters of 31 (94 bits) and a check character, in groups of four. */
export const newReceipt = (randomBytes: Uint8Array): string => inGroups(codeFrom(randomBytes, length), 4);

/**
 * The receipt that replaces another. It is the same for the same Idempotency-Key, so a reporter who lost the answer can ask
 * again. A version 4 UUID has 122 random bits, and neither it nor the old receipt is stored.
 */
export const renewedReceipt = (receipt: string, idempotencyKey: string): string => {
  const secret = createHmac("sha256", normaliseCode(receipt)).update(idempotencyKey.toLowerCase()).digest();
  return newReceipt(new Uint8Array(hkdfSync("sha256", secret, "", "sp4n-lapor receipt rotation", 64)));
};

/** About 2 ms and 1 MB a guess, nine hundred times a SHA-256 (docs/decisions/0019). */
const scryptOptions = { N: 1024, r: 8, p: 1 };

const slowHash = (receipt: string, salt: string): Buffer =>
  scryptSync(`receipt:${normaliseCode(receipt)}`, salt, 32, scryptOptions);

/** What is stored of a receipt: the salt and its slow hash. With a salt no guess can be tried on two cases at once. */
export const receiptHash = (receipt: string, salt: string): string =>
  `${salt}.${slowHash(receipt, salt).toString("base64url")}`;

/** Whether a receipt as typed fits a stored hash. A wrong one takes as long as the right one. */
export const receiptFits = (typed: string, stored: string): boolean => {
  const [salt = "", hash = ""] = stored.split(".");
  const given = Buffer.alloc(32);
  Buffer.from(hash, "base64url").copy(given);
  const same = timingSafeEqual(slowHash(typed, salt), given);
  return same && isCode(normaliseCode(typed), length);
};

/** Groups may begin inside others: a word of four letters may stand before a receipt. */
const grouped = /(?<![\p{L}\d])(?=([\dA-Z]{4}(?:[\p{Pd} ][\dA-Z]{4}){4})(?![\p{L}\d]))/giu;

/** Whether a text is a receipt, or holds one in groups as it is written down. */
export const hasReceipt = (typed: string): boolean =>
  [typed, ...Array.from(typed.matchAll(grouped), ([, groups = ""]) => groups)].some((one) =>
    isCode(normaliseCode(one), length),
  );

/** What a receipt is compared with where there is no such case. It takes as long as a comparison with a case's own hash. */
export const hashOfNobody = `nobody.${"A".repeat(43)}`;

/** Refuses an unknown number and a wrong receipt in the same words, so that nobody learns which it was. */
export const noSuchCase = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan dengan nomor pelacakan dan tanda terima ini. Periksa keduanya.",
    en: "There is no report with this tracking number and receipt. Check both.",
  });
