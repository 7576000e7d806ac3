import * as z from "zod";
import { languages } from "../language.ts";
import { orElse } from "../stored.ts";
import { internationalPhone } from "./phone.ts";
import { undeliverable } from "./undeliverable.ts";

/** What is stored beside an identity about mails to its address. It names nobody, so it is not sealed. */
const mailing = {
  /** Set once they asked us to stop writing about the case, with the receipt. */
  mailsStopped: z.boolean().optional(),
  /** How often the address was replaced. A link in a mail to an earlier address counts for nothing. */
  addressRound: z.int().nonnegative().optional(),
  /**
   * Nobody is written to at this address: whoever reads there asked for that by the link in a mail, or it was given with too
   * many reports on one day. It ends when the holder of the receipt asks for mails, or replaces the address.
   */
  addressOff: orElse(z.enum(["unsubscribed", "crowded"]), "unsubscribed").optional(),
  /** No mail reaches the address. */
  undeliverable: undeliverable.optional(),
  /** The address was replaced then, or its owner asked for mails again. What is told of earlier mails counts for nothing. */
  addressFreedAt: z.iso.datetime().optional(),
};

/** Who reported a case and how to reach them. It is kept apart from the case, sealed under a key of its own. */
export const reporterIdentity = z.strictObject({
  trackingNumber: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  nik: z.string().optional(),
  /** The language that they wrote to us in. */
  language: z.enum(languages),
  ...mailing,
  /** The receipt in clear, while a mail with it is on its way. It is removed once the mail is sent. */
  receiptToMail: z.string().optional(),
});
export type ReporterIdentity = z.infer<typeof reporterIdentity>;

/** A reporter's address before a correction or a deletion. It is told of the change: somebody else may have made it. */
export const formerAddress = z.strictObject({ email: z.string(), language: z.enum(languages) });
export type FormerAddress = z.infer<typeof formerAddress>;

/** A former address is removed after so long, even where nobody could be told at it. */
export const formerAddressSeconds = 7 * 24 * 60 * 60;

/** An identity as it is stored. Without our keys it tells of nobody. */
export const sealedReporter = z.strictObject({
  trackingNumber: z.string(),
  sealed: z.string(),
  /** The receipt is sealed by itself, so it can be removed without opening the rest. */
  sealedReceipt: z.string().optional(),
  /** Keyed hashes find the cases of a person and tell nothing else. */
  nikHash: z.string().optional(),
  phoneHash: z.string().optional(),
  ...mailing,
});
export type SealedReporter = z.infer<typeof sealedReporter>;

/** What is stored about mails to a reporter's address. */
export const mailingOf = ({
  mailsStopped,
  addressRound,
  addressOff,
  undeliverable,
  addressFreedAt,
}: Pick<SealedReporter, keyof typeof mailing>) => ({
  mailsStopped,
  addressRound,
  addressOff,
  undeliverable,
  addressFreedAt,
});

/** An identity without that. */
export const withoutMailing = ({
  mailsStopped: _mailsStopped,
  addressRound: _addressRound,
  addressOff: _addressOff,
  undeliverable: _undeliverable,
  addressFreedAt: _addressFreedAt,
  ...identity
}: ReporterIdentity) => identity;

/** What the cases of a person can be found by. */
export type SearchKey = { nik: string } | { phone: string };

/** The text that is hashed. A NIK and a telephone number with the same digits get two hashes. */
export const searchText = (key: SearchKey): string =>
  "nik" in key ? `nik:${key.nik}` : `phone:${internationalPhone(key.phone)}`;

/** An identity as it is shown to whoever may see it. A NIK tells sex, age and origin, so the view says only that there is one. */
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
