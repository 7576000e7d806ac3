import * as z from "zod";
import type { Language } from "../language.ts";
import { isOfficeMailbox, officeMailboxAfter, officeMailboxReceipt } from "./office-mailbox.ts";

/** What an answer to a reporter says besides what was asked for. Programs go by the code, people read the text. */
export const answerNotice = z
  .object({
    code: z
      .enum(["office-mailbox", "held"])
      .describe(
        "office-mailbox: others can read along at the address. held: mails wait until an officer has looked.",
      ),
    text: z.string().describe("For people, in the language of the request"),
  })
  .meta({ id: "Notice" });
export type AnswerNotice = z.infer<typeof answerNotice>;

/** The notice about an address at an office's domain. Empty for any other address and for none. */
export function officeMailboxNotice(
  { email, mailReceipt }: { email?: string | null | undefined; mailReceipt?: boolean | undefined },
  language: Language,
): AnswerNotice[] {
  if (typeof email !== "string" || !isOfficeMailbox(email)) return [];
  const texts = [officeMailboxAfter, ...(mailReceipt ? [officeMailboxReceipt] : [])];
  return [{ code: "office-mailbox", text: texts.map((text) => text[language]).join(" ") }];
}
