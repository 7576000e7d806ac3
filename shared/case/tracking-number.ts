import * as z from "zod";
import type { Text } from "../language.ts";
import { codeFrom, inGroups, isCode, normaliseCode } from "../text/code.ts";

const length = 10;

/** Random bytes that `newTrackingNumber` wants: enough even if many are passed over. */
export const trackingNumberEntropy = 32;

/** A public, typo-proof number such as "7K3MQ-P4X9C" that tells nothing about when, where or how many. */
export const newTrackingNumber = (randomBytes: Uint8Array): string =>
  inGroups(codeFrom(randomBytes, length), 5);

const mistyped: Text = {
  id: "Nomor pelacakan ini salah ketik. Periksa lagi: sepuluh huruf dan angka, misalnya 7K3MQ-P4X9C.",
  en: "This tracking number is mistyped. Check it again: ten letters and digits, such as 7K3MQ-P4X9C.",
};

/** A tracking number as typed by a person; gives it back as stored. */
export const trackingNumber = z
  .string()
  .max(40)
  .transform((typed, context) => {
    const code = normaliseCode(typed);
    if (isCode(code, length)) return inGroups(code, 5);
    context.addIssue({ code: "custom", params: { text: mistyped } });
    return z.NEVER;
  });
