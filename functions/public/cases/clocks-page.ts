import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { publicClockView } from "../../../shared/case/views/schemas.ts";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { canonicalOf, type Frame } from "../../../shared/http/page/visit.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { clocksInWords } from "../../../shared/page/case/clocks.ts";
import { zoneSeen } from "../../../shared/page/case/moments.ts";
import { html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";

const words = {
  title: { id: "Batas waktu laporan", en: "Deadlines of report" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  lead: {
    id: "Di sini setiap batas waktu dihitung terbuka: hari yang dihitung, hari yang dilewati, dan dasarnya. Anda dapat menghitungnya sendiri.",
    en: "Here every deadline is counted in the open: the days that count, the days that are skipped, and the basis. You can count it again yourself.",
  },
  key: {
    id: "Kotak penuh warna: hari mulai dan hari yang sudah lewat. Kotak bergaris putus: dilewati. Kotak berbingkai: batas waktu. Angka bergaris bawah: hari ini.",
    en: "Solid box: the day it began, and days that are over. Dashed box: skipped. Framed box: due. Underlined number: today.",
  },
  each: { id: "Batas waktu satu per satu", en: "Each deadline" },
  none: {
    id: "Laporan ini belum mempunyai batas waktu yang berjalan.",
    en: "This report has no deadline yet.",
  },
  calculator: { id: "Hitung batas waktu lain", en: "Calculate another deadline" },
  json: { id: "Data batas waktu ini (JSON)", en: "Data of these deadlines (JSON)" },
} as const satisfies Record<string, Text>;

const shown = z.object({ clocks: z.array(publicClockView) });

/** `/laporan/{trackingNumber}/batas-waktu`: every clock of a case, counted day by day. */
export const clocksPage = (frame: Frame, clocks: Endpoint): Route[] =>
  pageAt(
    "/laporan/{trackingNumber}/batas-waktu",
    { path: z.strictObject({ trackingNumber }) },
    async ({ path }, visit) => {
      const { language } = visit;
      const number = path.trackingNumber;
      const found = (await visit.ask(clocks, { path }, shown)).clocks;
      const zone = zoneSeen({ clocks: found });
      const today = localDate(frame.now(), zone);
      return {
        ...page(
          layout({
            language,
            address: `/laporan/${number}/batas-waktu`,
            files: frame.files,
            quickExit: true,
            title: `${words.title[language]} ${number}`,
            canonical: canonicalOf(frame),
            main: html`<p><a class="back" href="${pageIn(language, `/laporan/${number}`)}">${words.back[language]}</a></p>
<h1>${words.title[language]} <span class="number">${number}</span></h1>
${
  found.length === 0
    ? html`<div class="notice"><p>${words.none[language]}</p></div>`
    : html`<p>${words.lead[language]}</p><p class="hint">${words.key[language]}</p><h2>${words.each[language]}</h2>${clocksInWords(found, { today, zone }, language)}`
}
<p class="row"><a class="link" href="${pageIn(language, "/hitung")}">${words.calculator[language]}</a><a class="link" href="/v1/cases/${number}/clocks">${words.json[language]}</a></p>`,
          }),
        ),
        headers: publicPage,
      };
    },
  );
