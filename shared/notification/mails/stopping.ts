import type { Language } from "../../language.ts";
import { escaped } from "../../text/html.ts";
import type { Mail } from "./mail.ts";
import { stopWords } from "./words/stopping.ts";

/** How whoever reads a mail stops further ones. */
interface Stop {
  language: Language;
  /** Where one click stops them; undefined where the stage does not know its own address. */
  url: string | undefined;
  /** Whether no other report with this address is confirmed today. */
  lastOfDay: boolean;
}

/**
 * A mail with the link that stops further ones, for people below its text and for mail programs in its headers (RFC 2369 and RFC
 * 8058). Programs that look at links open it with GET, which changes nothing.
 */
export function stoppable(mail: Mail, { language, url, lastOfDay }: Stop): Mail {
  const words = stopWords[language];
  const last = lastOfDay ? [words.lastOfDay] : [];
  const text = [mail.text, ...last, ...(url ? [`${words.link}: ${url}`] : [])].join("\n\n");
  const below = [
    ...last.map((sentence) => `<p style="color:#555">${escaped(sentence)}</p>`),
    ...(url ? [`<p><a href="${escaped(url)}">${escaped(words.link)}</a></p>`] : []),
  ].join("\n");
  return {
    ...mail,
    text,
    html: mail.html.replace("</body></html>", () => `${below}\n</body></html>`),
    ...(url && {
      headers: { "List-Unsubscribe": `<${url}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    }),
  };
}
