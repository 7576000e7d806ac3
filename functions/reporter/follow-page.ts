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
import {
  errorSummary,
  sendButton,
  type Summary,
  textField,
  wrongFields,
} from "../../shared/page/parts/form.ts";

const words = {
  title: { id: "Ikuti laporan lewat email", en: "Follow a report by email" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  report: { id: "Laporan", en: "Report" },
  does: {
    id: [
      "Kami mengirim email setiap kali ada kabar yang terbuka untuk publik.",
      "Pastikan dulu alamat Anda: kami mengirim email berisi satu tombol.",
      "Setiap email memuat tautan untuk berhenti. Alamat Anda dihapus sesudah laporan selesai.",
      "Instansi dan petugasnya tidak melihat alamat Anda.",
    ],
    en: [
      "We send an email whenever there is news that is public.",
      "You confirm your address first: we send an email with one button.",
      "Each email has a link to stop. Your address is deleted after the report has ended.",
      "Agencies and their officers do not see your address.",
    ],
  },
  email: { id: "Alamat email", en: "Email address" },
  emailHint: { id: "Misalnya nama@contoh.example", en: "For example name@contoh.example" },
  button: { id: "Kirim email konfirmasi", en: "Send the confirmation email" },
  busy: { id: "Sedang dikirim…", en: "Sending…" },
  sent: { id: "Periksa email Anda", en: "Check your email" },
  again: { id: "Pakai alamat lain", en: "Use another address" },
} as const;

/** `/ikuti/{trackingNumber}`: has an address asked whether it follows a public case. It shows nothing of the case but its number. */
export const followPage = (frame: Frame, follow: Endpoint): Route[] => {
  const inFrame = (
    number: string,
    { language }: Visit,
    { title, summary, main }: { title: string; summary?: Summary | undefined; main: Hole },
  ) =>
    page(
      layout({
        language,
        address: `/ikuti/${number}`,
        files: frame.files,
        quickExit: true,
        title,
        summary,
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
    return inFrame(number, visit, {
      title: words.title[language],
      summary: errorSummary(tried?.problem, language),
      main: html`<ul>${words.does[language].map((one) => html`<li>${one}</li>`)}</ul>
<form method="post" action="${pageIn(language, `/ikuti/${number}`)}" data-once data-busy="${words.busy[language]}" novalidate>
${textField(told, { name: "email", label: words.email[language], hint: words.emailHint[language] }, { type: "email", inputmode: "email", autocomplete: "email", spellcheck: "false" })}
${sendButton(words.button[language])}
</form>`,
    });
  };
  const sent = (number: string, visit: Visit) => {
    const { language } = visit;
    return inFrame(number, visit, {
      title: words.sent[language],
      main: html`<div class="turn" role="status"><p>${whatHappensNext[language]}</p></div><p><a class="link" href="${pageIn(language, `/ikuti/${number}`)}">${words.again[language]}</a></p>`,
    });
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
