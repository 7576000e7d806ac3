import * as z from "zod";
import { cameBack } from "../reporter/undeliverable.ts";

/**
 * What the mail service tells of a mail that it had taken, as the rules of infra/mail-feedback.ts pass it on. They leave out the
 * address, the subject and the words of mail servers, so no message holds any of them.
 */
export const mailFeedback = z.strictObject({
  what: z.enum([...cameBack.options, "lost"]),
  /** When the mail service took the mail. */
  mailedAt: z.iso.datetime(),
  /** The tags of the mail: ours and those of the mail service. */
  tags: z.record(z.string(), z.array(z.string())),
});
export type MailFeedback = z.infer<typeof mailFeedback>;

/** Whom a mail went to, as its tags tell the mail service and the mail service tells us again. */
export interface Tagged {
  /** The id of the recipient. It is absent where the address is nobody's any more. */
  to: string | undefined;
  /** The name of the address, which tells no address. */
  address: string;
  /** Tells the address of an office from the one that they have later. */
  office: string | undefined;
}

/** A tag holds letters, digits, "-" and "_" only. */
const written = (text: string): string => Buffer.from(text).toString("base64url");
const read = (text: string): string => Buffer.from(text, "base64url").toString();

/** The tags of a mail. They hold no address. */
export const tagsOf = ({ to, address, office }: Tagged): Record<string, string> => ({
  address,
  ...(to !== undefined && { to: written(to) }),
  ...(office !== undefined && { office }),
});

/** Whom a mail went to; undefined where it is none that we tagged. */
export function taggedBy(tags: MailFeedback["tags"]): Tagged | undefined {
  const [address, to, office] = [tags.address?.[0], tags.to?.[0], tags.office?.[0]];
  return address === undefined ? undefined : { address, to: to === undefined ? undefined : read(to), office };
}
