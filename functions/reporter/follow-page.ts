import * as z from "zod";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { valueOf } from "../../shared/http/page/form.ts";
import { formAt, seeOther, type Tried } from "../../shared/http/page/route.ts";
import type { Frame, Visit } from "../../shared/http/page/visit.ts";
import { page } from "../../shared/http/reply.ts";
import { whatHappensNext } from "../../shared/notification/subscribers/following-page.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { layout, pageIn } from "../../shared/page/layout.ts";
import { errorSummary, sendButton, textField, wrongFields } from "../../shared/page/parts/form.ts";

const words = {
  title: { id: "Ikuti laporan lewat e-mail", en: "Follow a report by e-mail" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  report: { id: "Laporan", en: "Report" },
  does: {
    id: [
      "Kami mengirim e-mail setiap kali ada kabar yang terbuka untuk umum.",
      "Alamat Anda harus dipastikan dulu: kami mengirim e-mail dengan satu tombol.",
      "Setiap e-mail memuat tautan untuk berhenti. Alamat Anda dihapus setelah laporan selesai.",
      "Instansi dan petugasnya tidak melihat alamat Anda.",
    ],
    en: [
      "We send an e-mail whenever there is news that is public.",
      "You confirm your address first: we send an e-mail with one button.",
      "Each e-mail has a link to stop. Your address is deleted after the report has ended.",
      "Agencies and their officers do not see your address.",
    ],
  },
  email: { id: "Alamat e-mail", en: "E-mail address" },
  emailHint: { id: "Misalnya nama@contoh.example", en: "For example name@contoh.example" },
  button: { id: "Kirim e-mail konfirmasi", en: "Send the e-mail to confirm" },
  busy: { id: "Sedang dikirim…", en: "Sending…" },
  sent: { id: "Periksa e-mail Anda", en: "Look at your e-mail" },
  again: { id: "Pakai alamat lain", en: "Use another address" },
} as const;

/** `/ikuti/{trackingNumber}`: has an address asked whether it follows a public case. It shows nothing of the case but its number. */
export const followPage = (frame: Frame, follow: Endpoint): Route[] => {
  const inFrame = (number: string, { language }: Visit, title: string, main: Hole) =>
    page(
      layout({
        language,
        address: `/ikuti/${number}`,
        files: frame.files,
        title: words.title[language],
        narrow: true,
        main: html`<p><a class="back" href="${pageIn(language, `/laporan/${number}`)}">${words.back[language]}</a></p>
<h1>${title}</h1>
<p>${words.report[language]} <span class="number">${number}</span></p>
${main}`,
      }),
    );
  const form = (number: string, visit: Visit, tried: Tried | undefined) => {
    const { language } = visit;
    const told = { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? {} };
    return inFrame(
      number,
      visit,
      words.title[language],
      html`${errorSummary(tried?.problem, ["email"], language)}<ul>${words.does[language].map((one) => html`<li>${one}</li>`)}</ul>
<form method="post" action="${pageIn(language, `/ikuti/${number}`)}" data-once data-busy="${words.busy[language]}" novalidate>
${textField(told, { name: "email", label: words.email[language], hint: words.emailHint[language] }, { type: "email", inputmode: "email", autocomplete: "email", spellcheck: "false" })}
${sendButton(words.button[language])}
</form>`,
    );
  };
  const sent = (number: string, visit: Visit) => {
    const { language } = visit;
    return inFrame(
      number,
      visit,
      words.sent[language],
      html`<div class="turn" role="status"><p>${whatHappensNext[language]}</p></div><p><a class="link" href="${pageIn(language, `/ikuti/${number}`)}">${words.again[language]}</a></p>`,
    );
  };
  return formAt(frame, "/ikuti/{trackingNumber}", {
    input: {
      path: z.strictObject({ trackingNumber }),
      query: z.strictObject({ terkirim: z.string().max(10).optional() }),
    },
    show: async ({ path, query }, visit, tried) =>
      query.terkirim !== undefined && !tried
        ? sent(path.trackingNumber, visit)
        : form(path.trackingNumber, visit, tried),
    async send({ path }, visit, values) {
      const body = { email: valueOf(values, "email").trim() };
      await visit.ask(follow, { path, body }, z.unknown());
      return seeOther(`/ikuti/${path.trackingNumber}?terkirim=ya`, visit.language);
    },
  });
};
