import * as z from "zod";
import type { Language, Text } from "../language.ts";

/** Why no mail reaches an address: the kind of reason only, because the words of a mail server may hold the address. */
const undeliverableBecause = z.enum(["illegal-address", "refused", "bounced"]);
export type UndeliverableBecause = z.infer<typeof undeliverableBecause>;

/** That no mail reaches an address, and since when. */
export const undeliverable = z.strictObject({ since: z.iso.datetime(), why: undeliverableBecause });
export type Undeliverable = z.infer<typeof undeliverable>;

/** What each reason is called where people read it. */
export const undeliverableText: Record<UndeliverableBecause, Text> = {
  "illegal-address": {
    id: "Alamat ini bukan alamat e-mail yang dapat dikirimi surat.",
    en: "This is no address that mails can be sent to.",
  },
  refused: {
    id: "Layanan surat menolak mengirim ke alamat ini.",
    en: "The mail service refuses to send to this address.",
  },
  bounced: {
    id: "Surat ke alamat ini kembali karena kotaknya tidak menerimanya.",
    en: "Mails to this address come back, because its mailbox does not take them.",
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
  id: "Admin instansi memperbaiki alamatnya; tanda ini hilang begitu alamatnya diganti atau surat berikutnya diterima.",
  en: "An administrator of the agency corrects the address; this mark goes once the address changes or the next mail is taken.",
};

export const viewOfUndeliverable = (
  { since, why }: Undeliverable,
  language: Language,
): z.input<typeof undeliverableView> => ({
  since,
  why,
  text: `${undeliverableText[why][language]} ${toOffice[language]}`,
});
