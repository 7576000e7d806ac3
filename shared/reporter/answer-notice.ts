import * as z from "zod";
import type { Language } from "../language.ts";
import { isOfficeMailbox, officeMailboxAfter, officeMailboxReceipt } from "./office-mailbox.ts";
import { type Undeliverable, undeliverableText } from "./undeliverable.ts";

/** What an answer to a reporter says besides what was asked for. Programs go by the code, people read the text. */
export const answerNotice = z
  .object({
    code: z
      .enum(["office-mailbox", "held", "undeliverable"])
      .describe(
        "office-mailbox: others can read along at the address. held: mails wait until an officer has looked. undeliverable: no mail reaches the address.",
      ),
    text: z.string().describe("For people, in the language of the request"),
  })
  .meta({ id: "Notice" });
export type AnswerNotice = z.infer<typeof answerNotice>;

/** The notice to whoever holds the receipt that no mail reaches their address. It does not repeat the address. */
export const undeliverableNotice = ({ why }: Undeliverable, language: Language): AnswerNotice => ({
  code: "undeliverable",
  text: {
    id: `Email kami tidak sampai. ${undeliverableText[why].id} Perbaiki alamat Anda dengan tanda terima Anda, atau ikuti laporan ini di sini.`,
    en: `Our emails do not reach you. ${undeliverableText[why].en} Correct your address with your receipt, or follow the report here.`,
  }[language],
});

/** The notice about an address at an office's domain. Empty for any other address and for none. */
export function officeMailboxNotice(
  { email, mailReceipt }: { email?: string | null | undefined; mailReceipt?: boolean | undefined },
  language: Language,
): AnswerNotice[] {
  if (typeof email !== "string" || !isOfficeMailbox(email)) return [];
  const texts = [officeMailboxAfter, ...(mailReceipt ? [officeMailboxReceipt] : [])];
  return [{ code: "office-mailbox", text: texts.map((text) => text[language]).join(" ") }];
}
