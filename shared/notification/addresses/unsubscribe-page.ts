import { createHash } from "node:crypto";
import type { Language } from "../../language.ts";
import { escaped } from "../../text/html.ts";

const words = {
  id: {
    title: "Berhenti menerima email",
    ask: "Tekan tombol ini bila Anda tidak ingin lagi menerima email tentang laporan yang disebut dalam email itu, ke alamat itu.",
    keeps:
      "Laporannya sendiri tidak berubah. Ingin menerima email lagi? Buka laporan dengan tanda terimanya dan tekan “Atur email”.",
    keepsOfSubscriber: "Laporannya sendiri tidak berubah. Anda dapat mengikutinya lagi kapan saja.",
    button: "Berhenti menerima email",
    stopped: "Email dihentikan",
    done: "Kami tidak menulis lagi ke alamat itu tentang laporan itu. Anda boleh menutup halaman ini.",
  },
  en: {
    title: "Stop emails",
    ask: "Press this button if you want no more emails about the report that the email was about, at the address that it went to.",
    keeps:
      "The report itself does not change. You want emails again? Open it with its receipt and press “Choose emails”.",
    keepsOfSubscriber: "The report itself does not change. You can follow it again at any time.",
    button: "Stop emails",
    stopped: "Emails are stopped",
    done: "We write no more to that address about that report. You may close this page.",
  },
} as const;

/** Who gets the mails that a link stops. */
export type MailReader = "reporter" | "subscriber";
const keptFor = (language: Language, reader: MailReader): string =>
  words[language][reader === "subscriber" ? "keepsOfSubscriber" : "keeps"];

/** The colours of the site, also in the dark. The button is large enough for a thumb. */
const style =
  ":root{color-scheme:light dark}body{margin:0;font:1.0625rem/1.55 system-ui,sans-serif;color:#14211c;background:#fff}header{background:#063d2b}header a{display:block;max-width:36rem;margin:auto;padding:1.1rem 1rem;box-sizing:border-box;color:#fff;font-weight:700;text-decoration:none}main{max-width:36rem;margin:auto;padding:1rem}h1{font-size:1.75rem;line-height:1.2;overflow-wrap:anywhere}main a{display:inline-block;padding:.7rem 0;color:#0a5c40}button{min-height:3rem;padding:.5rem 1.25rem;border:0;border-radius:.5rem;font:inherit;font-weight:700;color:#fff;background:#0a5c40}:focus-visible{outline:3px solid #ffd43b;outline-offset:2px;box-shadow:0 0 0 2px #14211c}@media(prefers-color-scheme:dark){body{color:#e9f1ec;background:#0f1613}header{background:#0b2a1f}main a{color:#57c79a}button{color:#06241a;background:#57c79a}}";
const ownStyle = `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`;

const home: Record<Language, { path: string; words: string }> = {
  id: { path: "/", words: "Ke halaman awal SP4N-LAPOR!" },
  en: { path: "/en", words: "To the home page of SP4N-LAPOR!" },
};

/** A page that a link in a mail leads to. It shows whose it is, and the way to the site. */
export const pageOfLink = (language: Language, title: string, body: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${escaped(title)}</title><style>${style}</style></head>
<body>
<header><a href="${home[language].path}">SP4N-LAPOR!</a></header>
<main>
<h1>${escaped(title)}</h1>
${body}
<p><a href="${home[language].path}">${home[language].words}</a></p>
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
      text: pageOfLink(
        language,
        words[language].stopped,
        `<p>${escaped(done)}</p>\n<p>${escaped(keeps)}</p>`,
      ),
      contentSecurityPolicy: sendsNothing,
    },
  };
}
