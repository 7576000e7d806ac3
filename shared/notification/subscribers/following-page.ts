import type { Language } from "../../language.ts";
import { escaped } from "../../text/html.ts";
import { pageOfLink, sendsItself, sendsNothing } from "../addresses/unsubscribe-page.ts";

const words = {
  id: {
    title: "Ikuti laporan ini",
    ask: "Tekan tombol ini bila Anda ingin menerima kabar laporan yang disebut dalam email kami.",
    tells: "Kami hanya mengirim hal yang terbuka untuk publik. Setiap email memuat tautan untuk berhenti.",
    button: "Ya, kirim kabarnya",
    done: "Kabar laporan itu kini kami kirim ke alamat Anda. Anda boleh menutup halaman ini.",
  },
  en: {
    title: "Follow this report",
    ask: "Press this button if you want news of the report that our email names.",
    tells: "We send only what is public. Each email has a link to stop.",
    button: "Yes, send me news",
    done: "We now send news of that report to your address. You may close this page.",
  },
} as const;

/** What whoever asked to follow a case reads. It is the same whether their address follows the case already or not. */
export const whatHappensNext: Record<Language, string> = {
  id: "Kami mengirim email ke alamat itu. Buka email itu dan tekan tombolnya dalam 24 jam. Sesudah itu kabar laporan ini kami kirim. Alamat yang sudah mengikuti laporan ini tidak menerima email baru.",
  en: "We send an email to that address. Open it and press its button within 24 hours. Then we send news of this report. An address that follows this report already gets no new email.",
};

/**
 * The page that asks whether an address follows a case. It names neither, and works without a script. Its button leaves out what a
 * mail program added behind the "?" of the link.
 */
export function followForm(language: Language) {
  const { title, ask, tells, button } = words[language];
  return {
    text: pageOfLink(
      language,
      title,
      `<p>${escaped(ask)}</p>
<form method="post"><input type="hidden" name="follow" value="yes"><button formaction="?">${escaped(button)}</button></form>
<p>${escaped(tells)}</p>`,
    ),
    contentSecurityPolicy: sendsItself,
  };
}

/** What whoever confirmed reads, as a sentence and as a page. */
export function nowFollowing(language: Language) {
  const { title, done, tells } = words[language];
  return {
    text: `${done} ${tells}`,
    page: {
      text: pageOfLink(language, title, `<p>${escaped(done)}</p>\n<p>${escaped(tells)}</p>`),
      contentSecurityPolicy: sendsNothing,
    },
  };
}
