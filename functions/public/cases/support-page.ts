import { randomUUID } from "node:crypto";
import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { publicView } from "../../../shared/case/views/schemas.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { keepCookie } from "../../../shared/http/page/cookies.ts";
import { formAt, seeOther, type Tried } from "../../../shared/http/page/route.ts";
import type { Frame, Visit } from "../../../shared/http/page/visit.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { errorSummary, sendButton } from "../../../shared/page/parts/form.ts";
import { supportCounted } from "./support-case.ts";

const words = {
  title: { id: "Saya juga mengalami ini", en: "I have this too" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  report: { id: "Laporan", en: "Report" },
  does: {
    id: [
      "Jumlah orang yang mengalami hal ini bertambah satu. Instansi dan semua orang melihat jumlahnya.",
      "Tidak ada nama, akun, atau alamat yang diminta. Instansi tidak tahu siapa Anda.",
      "Satu perangkat dihitung sekali sehari. Untuk itu kami menyimpan nomor acak di peramban Anda selama satu hari.",
      "Sesudah ditekan, dukungan tidak dapat ditarik kembali.",
    ],
    en: [
      "The number of people who have this goes up by one. The agency and everybody see the number.",
      "No name, account or address is asked for. The agency does not learn who you are.",
      "A device counts once a day. For that we keep a random number in your browser for one day.",
      "Once pressed, it cannot be taken back.",
    ],
  },
  button: { id: "Ya, saya juga mengalaminya", en: "Yes, I have this too" },
  busy: { id: "Sedang dikirim…", en: "Sending…" },
  own: {
    id: "Kejadian Anda berbeda? Buat laporan sendiri, supaya instansi tahu tempat dan ceritanya.",
    en: "Is yours a different one? Make a report of your own, so that the agency knows place and story.",
  },
  ownLink: { id: "Buat laporan sendiri", en: "Make a report of your own" },
  thanks: { id: "Terima kasih. Dukungan Anda sudah dihitung.", en: "Thank you. Your support was counted." },
  now: { id: "orang kini menyatakan mengalami ini.", en: "people now say that they have this." },
  now1: { id: "orang kini menyatakan mengalami ini.", en: "person now says that they have this." },
  follow: { id: "Ikuti laporan ini lewat email", en: "Follow this report by email" },
  closed: {
    id: "Laporan ini tidak menerima dukungan. Isinya tidak terbuka untuk publik.",
    en: "This report takes no supports. Its content is not public.",
  },
} as const;

const device = "__Host-perangkat" as const;
const oneDay = 24 * 60 * 60;
const input = {
  path: z.strictObject({ trackingNumber }),
  query: z.strictObject({ sudah: z.string().max(10).optional() }),
};

/** What the device calls itself for a day. Whatever else the cookie holds is no name. */
const deviceOf = ({ cookies }: Visit): string | undefined => z.uuid().safeParse(cookies.get(device)).data;

/** `/dukung/{trackingNumber}`: tells what a support does, and counts it. */
export const supportPage = (
  frame: Frame,
  { track, support }: { track: Endpoint; support: Endpoint },
): Route[] => {
  const show = async (number: string, isDone: boolean, visit: Visit, tried: Tried | undefined) => {
    const { language } = visit;
    const found = await visit.ask(track, { path: { trackingNumber: number } }, publicView);
    const { title, supports } = found;
    const count = supports?.count ?? 0;
    const counted = (text: Record<"now" | "now1", Text>): Hole =>
      count > 0 && html`<p><b>${count}</b> ${(count === 1 ? text.now1 : text.now)[language]}</p>`;
    const form = html`<ul>${words.does[language].map((one) => html`<li>${one}</li>`)}</ul>
<form method="post" action="${pageIn(language, `/dukung/${number}`)}" data-once data-busy="${words.busy[language]}">${sendButton(words.button[language])}</form>
<p>${words.own[language]} <a href="${pageIn(language, "/lapor")}">${words.ownLink[language]}</a></p>`;
    return page(
      layout({
        language,
        address: `/dukung/${number}`,
        files: frame.files,
        quickExit: true,
        title: words.title[language],
        narrow: true,
        summary: errorSummary(tried?.problem, language),
        main: html`<p><a class="back" href="${pageIn(language, `/laporan/${number}`)}">${words.back[language]}</a></p>
<h1>${words.title[language]}</h1>
<p>${words.report[language]} <span class="number">${number}</span>${title !== undefined && html`: <b lang="id">${title}</b>`}</p>
${
  isDone && supports && !tried
    ? html`<div class="turn" role="status"><p><strong>${words.thanks[language]}</strong></p>${counted(words)}</div><p><a class="link" href="${pageIn(language, `/ikuti/${number}`)}">${words.follow[language]}</a></p>`
    : supports
      ? html`${counted(words)}${form}`
      : html`<div class="notice"><p>${words.closed[language]}</p></div>`
}`,
      }),
    );
  };
  return formAt(frame, "/dukung/{trackingNumber}", {
    input,
    show: ({ path, query }, visit, tried) =>
      show(path.trackingNumber, query.sudah !== undefined, visit, tried),
    async send({ path }, visit) {
      const name = deviceOf(visit) ?? randomUUID();
      const counted = await visit.ask(support, { path, body: { device: name } }, supportCounted);
      const kept = deviceOf(visit) === undefined ? [keepCookie(device, name, oneDay)] : [];
      return seeOther(`/dukung/${counted.trackingNumber}?sudah=ya`, visit.language, kept);
    },
  });
};
