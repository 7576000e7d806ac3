import * as z from "zod";
import { languages } from "../language.ts";
import { internationalPhone } from "./phone.ts";

/** Who reported a case and how to reach them. Kept apart from the case, sealed under a key of its own. */
export const reporterIdentity = z.strictObject({
  trackingNumber: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  nik: z.string().optional(),
  /** The language in which they wrote to us. */
  language: z.enum(languages),
  /** Set once they asked us to stop writing about the case. */
  mailsStopped: z.boolean().optional(),
  /** Only while a mail that the reporter asked for is on its way: the receipt in clear. Removed once it is sent. */
  receiptToMail: z.string().optional(),
});
export type ReporterIdentity = z.infer<typeof reporterIdentity>;

/** Where a reporter was reached until a correction or a deletion, to be told of it there: it may not have been them. */
export const formerAddress = z.strictObject({ email: z.string(), language: z.enum(languages) });
export type FormerAddress = z.infer<typeof formerAddress>;

/** An address that nobody could be told at is forgotten after so long. */
export const formerAddressSeconds = 7 * 24 * 60 * 60;

/** An identity as it is stored: without our keys it tells of nobody. */
export const sealedReporter = z.strictObject({
  trackingNumber: z.string(),
  sealed: z.string(),
  /** Sealed by itself, so that it can be removed without opening the rest. */
  sealedReceipt: z.string().optional(),
  /** Keyed hashes, by which the cases of a person can be found and nothing be learnt. */
  nikHash: z.string().optional(),
  phoneHash: z.string().optional(),
  mailsStopped: z.boolean().optional(),
});
export type SealedReporter = z.infer<typeof sealedReporter>;

/** By what the cases of a person can be found. */
export type SearchKey = { nik: string } | { phone: string };

/** What is hashed of it: a NIK and a telephone number with the same digits are two things. */
export const searchText = (key: SearchKey): string =>
  "nik" in key ? `nik:${key.nik}` : `phone:${internationalPhone(key.phone)}`;

/** What of an identity is shown to whoever may see it. A NIK tells sex, age and origin: only that there is one. */
export const identityView = z
  .object({
    name: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    nikOnFile: z.boolean(),
  })
  .meta({ id: "Identity" });

export const viewOfIdentity = ({
  name,
  email,
  phone,
  nik,
}: ReporterIdentity): z.input<typeof identityView> => ({
  ...(name !== undefined && { name }),
  ...(email !== undefined && { email }),
  ...(phone !== undefined && { phone }),
  nikOnFile: nik !== undefined,
});
