import { createHmac, hkdfSync, scryptSync, timingSafeEqual } from "node:crypto";
import { Refusal } from "../../refusal.ts";
import { codeFrom, inGroups, isCode, normaliseCode } from "../../text/code.ts";

const length = 20;

/** Random bytes that `newReceipt` wants: enough even if many are passed over. */
export const receiptEntropy = 48;

/** The secret that lets its holder act as the reporter: 19 random characters of 31 (94 bits) and a check character, in groups of four. */
export const newReceipt = (randomBytes: Uint8Array): string => inGroups(codeFrom(randomBytes, length), 4);

/**
 * The receipt that takes the place of another: the same for the same Idempotency-Key, so that whoever lost the answer can
 * ask again with what they have. A version 4 UUID has 122 random bits, and neither it nor the old receipt is stored.
 */
export const renewedReceipt = (receipt: string, idempotencyKey: string): string => {
  const secret = createHmac("sha256", normaliseCode(receipt)).update(idempotencyKey.toLowerCase()).digest();
  return newReceipt(new Uint8Array(hkdfSync("sha256", secret, "", "sp4n-lapor receipt rotation", 64)));
};

/** About 2 ms and 1 MB a guess, nine hundred times a SHA-256 (docs/decisions/0019). */
const scryptOptions = { N: 1024, r: 8, p: 1 };

const slowHash = (receipt: string, salt: string): Buffer =>
  scryptSync(`receipt:${normaliseCode(receipt)}`, salt, 32, scryptOptions);

/** What we store of a receipt: its slow hash behind the salt, so that no guess can be tried on two cases at once. */
export const receiptHash = (receipt: string, salt: string): string =>
  `${salt}.${slowHash(receipt, salt).toString("base64url")}`;

/** Whether a receipt as typed is the one whose hash is given; takes as long for a wrong one as for the right one. */
export const receiptFits = (typed: string, stored: string): boolean => {
  const [salt = "", hash = ""] = stored.split(".");
  const given = Buffer.alloc(32);
  Buffer.from(hash, "base64url").copy(given);
  const same = timingSafeEqual(slowHash(typed, salt), given);
  return same && isCode(normaliseCode(typed), length);
};

/** What the receipt of a case that is not there is compared with, for as long as that of one that is. */
export const hashOfNobody = `nobody.${"A".repeat(43)}`;

/** The same for an unknown number and a wrong receipt, so that nobody learns which it was. */
export const noSuchCase = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan dengan nomor pelacakan dan tanda terima ini. Periksa keduanya.",
    en: "There is no report with this tracking number and receipt. Check both.",
  });
