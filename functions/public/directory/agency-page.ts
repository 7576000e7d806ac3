import * as z from "zod";
import { localDateInWords } from "../../../shared/deadline/calendar/time-zone.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { canonicalOf, type Frame } from "../../../shared/http/page/visit.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { daySeen } from "../../../shared/page/case/moments.ts";
import { publicEntry } from "../../../shared/page/case/public-entry.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { cards, nextPage } from "../../../shared/page/parts/lists.ts";
import { posterOf } from "../../../shared/statistics/arrivals.ts";
import { agencyId } from "../../../shared/text/id.ts";
import { listAddress } from "../cases/feed-filters.ts";
import { casesListed } from "../cases/list-cases.ts";
import { agencyAt } from "./agency-names.ts";
import type { agencyShown } from "./show-agency.ts";

const words = {
  back: { id: "Semua instansi", en: "All agencies" },
  report: { id: "Lapor ke instansi ini", en: "Report to this agency" },
  closed: { id: "Instansi ini sudah ditutup sejak", en: "This agency has been closed since" },
  successor: { id: "Penggantinya:", en: "Its successor:" },
  numbers: { id: "Laporan warga di instansi ini", en: "Public reports at this agency" },
  open: { id: "masih terbuka", en: "still open" },
  answered: { id: "dijawab, menunggu pelapor", en: "answered, waiting for the reporter" },
  confirmed: { id: "selesai menurut pelapor", en: "solved, says the reporter" },
  automatic: { id: "ditutup tanpa tanggapan", en: "closed without a reply" },
  meaning: {
    id: "Yang dihitung hanya laporan yang terbuka untuk publik, di instansi ini sendiri. Laporan di instansi di bawahnya dihitung di sana.",
    en: "Only public reports at this agency itself are counted. Reports at agencies below it count there.",
  },
  asOf: { id: "Dihitung", en: "Counted" },
  since: {
    id: "Laporan yang lebih lama tidak ikut dihitung: yang dihitung dikirim sejak",
    en: "Older reports are not counted: those that count were sent since",
  },
  newest: { id: "Laporan terbaru", en: "Newest reports" },
  none: {
    id: "Belum ada laporan warga di instansi ini.",
    en: "There are no public reports at this agency yet.",
  },
  all: { id: "Semua laporan di instansi ini", en: "All reports at this agency" },
  place: { id: "Kedudukannya", en: "Where it stands" },
  above: { id: "Di atasnya", en: "Above it" },
  below: { id: "Di bawahnya", en: "Below it" },
  more: { id: "Instansi berikutnya di bawahnya", en: "Further agencies below it" },
  for: { id: "Untuk instansi ini", en: "For this agency" },
  poster: { id: "Poster untuk dicetak", en: "Poster to print" },
  posterPdf: { id: "Poster A4 (PDF)", en: "Poster A4 (PDF)" },
  posterPdf5: { id: "Poster A5 (PDF)", en: "Poster A5 (PDF)" },
  snippet: { id: "Tombol untuk situs instansi", en: "A button for the agency's website" },
  snippetText: {
    id: "Salin kode ini ke halaman situs Anda. Tombolnya tautan biasa: tidak ada skrip dan tidak ada pelacak.",
    en: "Copy this code into a page of your site. The button is a plain link: no script, no tracker.",
  },
  snippetLabel: { id: "Lapor lewat SP4N-LAPOR!", en: "Report through SP4N-LAPOR!" },
  copy: { id: "Salin kode", en: "Copy the code" },
  copied: { id: "Tersalin.", en: "Copied." },
  copyFailed: { id: "Teksnya sudah dipilih: salin sendiri.", en: "It is selected: copy it yourself." },
  json: { id: "Data instansi ini (JSON)", en: "Data of this agency (JSON)" },
} as const satisfies Record<string, Text>;

type Shown = z.output<typeof agencyShown>;
type Named = Pick<Shown["parents"][number], "id" | "name">;

const linkTo = ({ id, name }: Named, language: Language): Hole =>
  html`<a class="link" href="${pageIn(language, `/instansi/${id}`)}">${name}</a>`;

function numbersOf({ numbers, timeZone }: Shown, language: Language): Hole {
  const { open, answered, closedConfirmed, closedAutomatic, asOf, since } = numbers;
  const counts: [number, Text][] = [
    [open, words.open],
    [answered, words.answered],
    [closedConfirmed, words.confirmed],
    [closedAutomatic, words.automatic],
  ];
  return html`<h2>${words.numbers[language]}</h2>
<ul class="counts">${counts.map(([count, label]) => html`<li><b>${count}</b>${label[language]}</li>`)}</ul>
<p class="hint">${words.meaning[language]} ${words.asOf[language]} ${daySeen(asOf, timeZone, language)}. ${since !== null && html`${words.since[language]} ${localDateInWords(since, language)}.`}</p>`;
}

function surroundings(found: Shown, language: Language): Hole {
  const { id, parents, children } = found;
  const further =
    children.cursor === null
      ? undefined
      : pageIn(language, `/instansi/${id}?${new URLSearchParams({ kursor: children.cursor }).toString()}`);
  return html`<h2>${words.place[language]}</h2>
${parents.length > 0 && html`<p>${words.above[language]}: ${parents.map((one, at) => html`${at > 0 && " · "}${linkTo(one, language)}`)}</p>`}
${
  children.items.length > 0 &&
  html`<details><summary>${words.below[language]} (${children.total})</summary><ul class="tree">${children.items.map((one) => html`<li>${linkTo(one, language)}</li>`)}</ul>${nextPage(further, words.more[language])}</details>`
}`;
}

/** A link that an agency puts into its own site. Styles stand in it, because our style sheet is not there. */
const snippetOf = (siteUrl: string, id: string, language: Language): string => {
  const address = new URL(pageIn(language, `/instansi/${id}`), siteUrl).toString();
  return `<a href="${address}" rel="noopener" style="display:inline-block;padding:.8em 1.3em;border-radius:.5em;background:#0a5c40;color:#fff;font:700 1rem/1.3 system-ui,sans-serif;text-decoration:none">${words.snippetLabel[language]}</a>`;
};

function forAgency({ siteUrl }: Frame, { id, closedOn }: Shown, language: Language): Hole {
  if (siteUrl === undefined || closedOn !== null) return undefined;
  const at = (part: string) => pageIn(language, `/instansi/${id}/${part}`);
  return html`<h2>${words.for[language]}</h2>
<p class="row"><a class="link" href="${at("poster")}">${words.poster[language]}</a><a class="link" href="${at("poster.pdf")}">${words.posterPdf[language]}</a><a class="link" href="${at("poster.pdf?ukuran=a5")}">${words.posterPdf5[language]}</a></p>
<details><summary>${words.snippet[language]}</summary><p>${words.snippetText[language]}</p>
<pre class="scroll" tabindex="0"><code id="kode">${snippetOf(siteUrl, id, language)}</code></pre>
<p><button type="button" class="button second" hidden data-copy="#kode" data-done="${words.copied[language]}" data-failed="${words.copyFailed[language]}">${words.copy[language]}</button></p></details>`;
}

const ended = ({ closedOn, successor }: Shown, language: Language): Hole =>
  closedOn !== null &&
  html`<div class="notice"><p>${words.closed[language]} ${localDateInWords(closedOn, language)}. ${successor && html`${words.successor[language]} ${linkTo(successor, language)}`}</p></div>`;

const typed = z.string().optional();

/** `/instansi/{agencyId}`: what an agency is for, where it stands, how its public cases stand, and how to report to it. */
export const agencyPage = (frame: Frame, { agency, list }: { agency: Endpoint; list: Endpoint }): Route[] =>
  pageAt(
    "/instansi/{agencyId}",
    {
      path: z.strictObject({ agencyId }),
      query: z.strictObject({ dari: typed, kursor: typed }),
    },
    async ({ path, query }, visit) => {
      const { language } = visit;
      const [found, { items }] = await Promise.all([
        agencyAt(visit, agency, { path, query: { cursor: query.kursor } }),
        visit.ask(list, { query: { agency: path.agencyId, limit: "6" } }, casesListed),
      ]);
      const { id, name, about, closedOn } = found;
      // Who came by a poster is counted when they report.
      const wayIn = posterOf(query.dari) === undefined ? undefined : query.dari;
      const report = `/lapor?${new URLSearchParams({ instansi: id, ...(wayIn && { dari: wayIn }) }).toString()}`;
      const ofAgency = listAddress({ filters: [{ name: "instansi", value: id }] });
      return {
        ...page(
          layout({
            language,
            address: `/instansi/${id}`,
            files: frame.files,
            title: name,
            canonical: canonicalOf(frame),
            main: html`<p><a class="back" href="${pageIn(language, "/instansi")}">${words.back[language]}</a></p>
<h1>${name}</h1>
<p>${about}</p>
${ended(found, language)}
${closedOn === null && html`<p><a class="button" href="${pageIn(language, report)}">${words.report[language]}</a></p>`}
${numbersOf(found, language)}
<h2>${words.newest[language]}</h2>
${items.length > 0 ? cards(items.map((one) => publicEntry(one, language))) : html`<p>${words.none[language]}</p>`}
${items.length > 0 && html`<p><a class="link" href="${pageIn(language, ofAgency)}">${words.all[language]}</a></p>`}
${surroundings(found, language)}
${forAgency(frame, found, language)}
<p><a class="link" href="/v1/agencies/${id}">${words.json[language]}</a></p>`,
          }),
        ),
        headers: publicPage,
      };
    },
  );
