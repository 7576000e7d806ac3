import { createHash } from "node:crypto";
import type { Language } from "../../language.ts";
import { escaped } from "../../text/html.ts";

const words = {
  id: {
    title: "Berhenti menerima email",
    ask: "Tekan tombol ini bila Anda tidak ingin lagi menerima email tentang laporan yang disebut dalam email itu, ke alamat itu.",
    keeps:
      "Laporannya sendiri tidak berubah. Pemegang tanda terima laporan itu dapat meminta email lagi di halaman pelacakan.",
    keepsOfSubscriber: "Laporannya sendiri tidak berubah. Anda dapat mengikutinya lagi kapan saja.",
    button: "Berhenti menerima email",
    done: "Kami tidak menulis lagi ke alamat itu tentang laporan itu. Anda boleh menutup halaman ini.",
  },
  en: {
    title: "Stop emails",
    ask: "Press this button if you want no more emails about the report that the email was about, at the address that it went to.",
    keeps:
      "The report itself does not change. Whoever holds its receipt can ask for emails again on the tracking page.",
    keepsOfSubscriber: "The report itself does not change. You can follow it again at any time.",
    button: "Stop emails",
    done: "We write no more to that address about that report. You may close this page.",
  },
} as const;

/** Who gets the mails that a link stops. */
export type MailReader = "reporter" | "subscriber";
const keptFor = (language: Language, reader: MailReader): string =>
  words[language][reader === "subscriber" ? "keepsOfSubscriber" : "keeps"];

/** The button is large enough for a thumb. */
const style =
  "body{max-width:36rem;margin:auto;padding:1rem;font:1.125rem/1.5 system-ui,sans-serif;color:#111;background:#fff}button{min-height:3rem;padding:.5rem 1.25rem;font:inherit}";
const ownStyle = `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`;

/** A page that a link in a mail leads to. */
export const pageOfLink = (language: Language, title: string, body: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${escaped(title)}</title><style>${style}</style></head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body></html>`;

const loadsNothing = `default-src 'none'; ${ownStyle}; base-uri 'none'; frame-ancestors 'none'`;
/** The page loads and runs nothing. It sends its one form, and only to the address that it came from. */
export const sendsItself = `${loadsNothing}; form-action 'self'; sandbox allow-forms`;
/** The page after the click sends nothing either. */
export const sendsNothing = `${loadsNothing}; form-action 'none'; sandbox`;

/**
 * The page that asks whether mails shall stop. It names neither a case nor an address, and works without a script. Its button
 * leaves out what a mail program added behind the "?" of the link: with that the click would be refused.
 */
export function unsubscribeForm(language: Language, reader: MailReader) {
  const { ask, button } = words[language];
  return {
    text: pageOfLink(
      language,
      words[language].title,
      `<p>${escaped(ask)}</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button formaction="?">${escaped(button)}</button></form>
<p>${escaped(keptFor(language, reader))}</p>`,
    ),
    contentSecurityPolicy: sendsItself,
  };
}

/** What whoever stopped mails reads, as a sentence and as a page. */
export function unsubscribed(language: Language, reader: MailReader) {
  const { done } = words[language];
  const keeps = keptFor(language, reader);
  return {
    text: `${done} ${keeps}`,
    page: {
      text: pageOfLink(language, words[language].title, `<p>${escaped(done)}</p>\n<p>${escaped(keeps)}</p>`),
      contentSecurityPolicy: sendsNothing,
    },
  };
}
