import * as z from "zod";
import { roleText } from "../../shared/case/views/words.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { type OfficerFrame, officerPageAt } from "../../shared/http/page/officer.ts";
import { page } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { daySeen } from "../../shared/page/case/moments.ts";
import { html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { deskPage } from "../../shared/page/officer/desk-page.ts";
import { summaryList } from "../../shared/page/parts/lists.ts";
import { agencyId } from "../../shared/text/id.ts";
import { practiceView } from "./show-practice.ts";

const words = {
  title: { id: "Latihan petugas", en: "Practice of officers" },
  manage: { id: "Kelola", en: "Manage" },
  lead: {
    id: "Siapa yang sudah menyelesaikan latihan mana. Yang dicatat hanya latihan yang selesai dan tanggalnya, paling lama satu tahun.",
    en: "Who has finished which scenario. Only finished scenarios and their dates are recorded, for a year at most.",
  },
  nobody: { id: "Belum ada petugas di instansi ini.", en: "There are no officers at this agency yet." },
  none: { id: "Belum ada latihan yang selesai", en: "No scenario finished yet" },
  of: { id: "dari", en: "of" },
  below: { id: "Instansi di bawahnya", en: "Agencies below" },
  practise: { id: "Buka latihan", en: "Open practice" },
} as const satisfies Record<string, Text>;

type Shown = z.output<typeof practiceView>;

const finishedInWords = ({ finished }: Shown["items"][number], { scenarios }: Shown, language: Language) =>
  finished.length === 0
    ? words.none[language]
    : html`<b>${finished.length} ${words.of[language]} ${scenarios.length}</b><ul>${finished.map(({ title, finishedAt }) => html`<li>${title}, ${daySeen(finishedAt, "Asia/Makassar", language)}</li>`)}</ul>`;

/** `/petugas/kelola/latihan`: who of an agency has finished which scenario. */
export const practicePages = (frame: OfficerFrame, practice: Endpoint): Route[] =>
  officerPageAt(
    frame,
    "/petugas/kelola/latihan",
    { query: z.strictObject({ instansi: agencyId.optional() }) },
    async ({ query }, visit) => {
      const { language, address, posts } = visit;
      const shown = await visit.ask(practice, { query: { agency: query.instansi } }, practiceView);
      const below = shown.below.map(
        ({ id, name }) =>
          html`<li><a class="link" href="${pageIn(language, "/petugas/kelola/latihan")}?instansi=${id}">${name}</a></li>`,
      );
      return page(
        deskPage({ language, address, posts }, frame.files, {
          title: words.title[language],
          main: html`<p><a href="${pageIn(language, "/petugas/kelola")}" class="back">${words.manage[language]}</a></p>
<h1>${words.title[language]}</h1>
<p class="where">${shown.agency.name}</p>
<p>${words.lead[language]} <a href="${pageIn(language, "/latihan")}">${words.practise[language]}</a></p>
${
  shown.items.length === 0
    ? html`<p>${words.nobody[language]}</p>`
    : summaryList(
        shown.items.map((one) => ({
          label: `${one.name} (${roleText[one.role][language]})`,
          value: finishedInWords(one, shown, language),
        })),
      )
}
${below.length > 0 && html`<section><h2>${words.below[language]}</h2><ul>${below}</ul></section>`}`,
        }),
      );
    },
  );
