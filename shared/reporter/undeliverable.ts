import * as z from "zod";
import type { Language, Text } from "../language.ts";
import { orElse } from "../stored.ts";

/** Why no mail reaches an address: the kind of reason only, because the words of a mail server may hold the address. */
const reasons = z.enum(["illegal-address", "refused", "bounced", "complained", "refused-tls"]);
const undeliverableBecause = orElse(reasons, "bounced");
export type UndeliverableBecause = z.infer<typeof undeliverableBecause>;

/** What the mail service tells of a mail that it had taken. Such an address gets no further mail until somebody frees it. */
export const cameBack = orElse(reasons.extract(["bounced", "complained", "refused-tls"]), "bounced");
export type CameBack = z.infer<typeof cameBack>;

/** That no mail reaches an address, and since when. */
export const undeliverable = z.strictObject({
  since: z.iso.datetime(),
  why: undeliverableBecause,
  /** When the mail that came back had been taken. What the mail service refuses at once has none. */
  mailedAt: z.iso.datetime().optional(),
});
export type Undeliverable = z.infer<typeof undeliverable>;

/** A mark of an address that a mail came back from. */
export const returned = undeliverable.extend({ why: cameBack, mailedAt: z.iso.datetime() });
export type Returned = z.infer<typeof returned>;

/**
 * Whether what is told of an address counts more than what is known. The mail service tells things twice and out of order: of two
 * mails the later one counts, and of one mail that it lacked TLS rather than that it bounced.
 */
export const tellsMore = (known: Undeliverable | undefined, told: Returned): boolean =>
  known?.mailedAt === undefined ||
  known.mailedAt < told.mailedAt ||
  (known.mailedAt === told.mailedAt && known.why === "bounced" && told.why !== "bounced");

/** `tellsMore` as a condition of DynamoDB on the mark at `path`. Its value is `:mailedAt`. */
export const newsCondition = (path: string, { why }: Returned): string =>
  [
    `attribute_not_exists(${path}.mailedAt)`,
    `${path}.mailedAt < :mailedAt`,
    ...(why === "bounced" ? [] : [`(${path}.mailedAt = :mailedAt AND ${path}.why = :bounced)`]),
  ].join(" OR ");

const returnedNames = cameBack.options.map((why) => [`:${why.replaceAll("-", "")}`, why] as const);

/** A condition of DynamoDB: the reason at `path` is none that came back. It takes `returnedValues`. */
export const notReturned = (path: string): string =>
  `NOT ${path} IN (${returnedNames.map(([name]) => name).join(", ")})`;
export const returnedValues: Readonly<Record<string, string>> = Object.fromEntries(returnedNames);

/** Whether a mark is over because somebody said that the address is right: what is told of earlier mails counts for nothing. */
export const isOver = ({ mailedAt, since }: Undeliverable, freedAt: string | undefined): boolean =>
  freedAt !== undefined && (mailedAt ?? since) <= freedAt;

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
  complained: {
    id: "Pemilik kotak email ini menandai email kami sebagai spam.",
    en: "The owner of this mailbox reported our emails as spam.",
  },
  "refused-tls": {
    id: "Server email ini tidak menerima sambungan yang terenkripsi (TLS), dan tanpa itu kami tidak mengirim.",
    en: "The email server of this address takes no encrypted connection (TLS), and without one we do not send.",
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

/** Nothing goes out to an address that mails came back from, so no next mail ends that mark. */
const toOfficeStopped: Text = {
  id: "Kami berhenti mengirim ke alamat ini. Admin instansi memperbaiki alamatnya, atau menyatakan bahwa alamatnya sudah benar; sesudah itu email dikirim lagi. Sampai saat itu, lihat meja kerja untuk kabar dan batas waktu.",
  en: "We have stopped sending to this address. An administrator of the agency corrects the address, or says that it is right; emails go out again after that. Until then the desk shows news and deadlines.",
};

/** Whether a mark is of mails that came back, and not of one that was refused at once. */
export const isReturned = <M extends Undeliverable>(mark: M): mark is M & Returned =>
  mark.mailedAt !== undefined && cameBack.safeParse(mark.why).success;

export const viewOfUndeliverable = (
  mark: Undeliverable,
  language: Language,
): z.input<typeof undeliverableView> => ({
  since: mark.since,
  why: mark.why,
  text: `${undeliverableText[mark.why][language]} ${(isReturned(mark) ? toOfficeStopped : toOffice)[language]}`,
});
