import * as z from "zod";
import type { Language, Text } from "../language.ts";
import { orElse } from "../stored.ts";

/** Why no mail reaches an address: the kind of reason only, because the words of a mail server may hold the address. */
const undeliverableBecause = orElse(z.enum(["illegal-address", "refused", "bounced"]), "bounced");
export type UndeliverableBecause = z.infer<typeof undeliverableBecause>;

/** That no mail reaches an address, and since when. */
export const undeliverable = z.strictObject({ since: z.iso.datetime(), why: undeliverableBecause });
export type Undeliverable = z.infer<typeof undeliverable>;

/** What each reason is called where people read it. */
export const undeliverableText: Record<UndeliverableBecause, Text> = {
  "illegal-address": {
    id: "Email tidak dapat dikirim ke alamat ini: bentuknya tidak benar.",
    en: "This is no address that emails can be sent to.",
  },
  refused: {
    id: "Layanan email menolak mengirim ke alamat ini.",
    en: "The email service refuses to send to this address.",
  },
  bounced: {
    id: "Email ke alamat ini kembali karena kotaknya tidak menerimanya.",
    en: "Emails to this address come back, because its mailbox does not take them.",
  },
};

/** What the officer whom no mail reaches reads, and their administrator: since when, why, and what to do. */
export const undeliverableView = z
  .object({
    since: z.string(),
    why: undeliverableBecause,
    text: z.string().describe("For people, in the language of the request"),
  })
  .meta({ id: "Undeliverable" });

const toOffice: Text = {
  id: "Admin instansi memperbaiki alamatnya; tanda ini hilang begitu alamatnya diganti atau email berikutnya diterima.",
  en: "An administrator of the agency corrects the address; this mark goes once the address changes or the next email is taken.",
};

export const viewOfUndeliverable = (
  { since, why }: Undeliverable,
  language: Language,
): z.input<typeof undeliverableView> => ({
  since,
  why,
  text: `${undeliverableText[why][language]} ${toOffice[language]}`,
});
