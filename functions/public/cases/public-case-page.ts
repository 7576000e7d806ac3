import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { publicView } from "../../../shared/case/views/schemas.ts";
import { localDateInWords } from "../../../shared/deadline/calendar/time-zone.ts";
import { caseClass } from "../../../shared/deadline/policy.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { canonicalOf, type Frame } from "../../../shared/http/page/visit.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { classText } from "../../../shared/notification/mails/words/case.ts";
import { momentSeen, zoneSeen } from "../../../shared/page/case/moments.ts";
import { clocksInShort } from "../../../shared/page/case/public-clocks.ts";
import { timelineSeen } from "../../../shared/page/case/timeline.ts";
import { whoseTurn } from "../../../shared/page/case/whose-turn.ts";
import { attributes, type Hole, html, paragraphs } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { summaryList } from "../../../shared/page/parts/lists.ts";

const words = {
  untitled: { id: "Laporan", en: "Report" },
  back: { id: "Laporan warga", en: "Public reports" },
  hidden: {
    id: "Isi laporan ini tidak terbuka untuk publik. Yang terlihat hanya perjalanannya: siapa yang harus bertindak dan sampai kapan.",
    en: "The content of this report is not public. Only its way is shown: who has to act, and until when.",
  },
  byDay: {
    id: "Pelapor memilih tidak menyebut nama, jadi jam kejadian tidak ditampilkan.",
    en: "The reporter chose to stay anonymous, so times of day are not shown.",
  },
  joined: {
    id: "Laporan ini digabung dengan laporan yang sama:",
    en: "This report was joined to one about the same thing:",
  },
  text: { id: "Isi laporan", en: "What was reported" },
  clocks: { id: "Batas waktu", en: "Deadlines" },
  allClocks: {
    id: "Bagaimana batas ini dihitung, hari demi hari",
    en: "How these deadlines are counted, day by day",
  },
  timeline: { id: "Perjalanan laporan", en: "What has happened" },
  proof: {
    id: "Bukti bahwa riwayat ini tidak diubah",
    en: "Proof that this history was not changed",
  },
  support: { id: "Saya juga mengalami ini", en: "I have this too" },
  supports: { id: "orang juga mengalami ini", en: "people have this too" },
  support1: { id: "orang juga mengalami ini", en: "person has this too" },
  noSupports: {
    id: "Belum ada orang lain yang menyatakan mengalami ini.",
    en: "Nobody else has said that they have this too.",
  },
  follow: { id: "Ikuti lewat email", en: "Follow by email" },
  yours: { id: "Ini laporan Anda? Lacak dan jawab", en: "Is this your report? Track and answer" },
  about: { id: "Tentang laporan ini", en: "About this report" },
  number: { id: "Nomor pelacakan", en: "Tracking number" },
  status: { id: "Status", en: "Status" },
  kind: { id: "Jenis", en: "Kind" },
  agency: { id: "Instansi", en: "Agency" },
  category: { id: "Kategori", en: "Category" },
  place: { id: "Tempat", en: "Place" },
  occurred: { id: "Tanggal kejadian", en: "Date of what happened" },
  submitted: { id: "Dikirim", en: "Sent" },
  json: { id: "Data laporan ini (JSON)", en: "Data of this report (JSON)" },
} as const satisfies Record<string, Text>;

type Shown = z.output<typeof publicView>;

const supportsOf = ({ supports }: Shown, language: Language): Hole => {
  if (!supports) return undefined;
  if (supports.count === 0) return words.noSupports[language];
  return html`<b>${supports.count}</b> ${(supports.count === 1 ? words.support1 : words.supports)[language]}.`;
};

/** What everybody may do: say that they have this too, follow it, or open it where it is theirs. */
function doors(found: Shown, language: Language): Hole {
  const { trackingNumber: number, supports, status } = found;
  const goesOn = status !== "closed" && status !== "archived" && status !== "withdrawn";
  return html`${supports && html`<p>${supportsOf(found, language)}</p>`}
<p class="row">${supports && goesOn && html`<a class="button" href="${pageIn(language, `/dukung/${number}`)}">${words.support[language]}</a><a class="button second" href="${pageIn(language, `/ikuti/${number}`)}">${words.follow[language]}</a>`}<a class="link" href="${pageIn(language, `/lacak?nomor=${number}`)}">${words.yours[language]}</a></p>`;
}

const place = ({ location }: Shown): string | undefined =>
  location && [location.address, location.regionName].filter(Boolean).join(", ");

function facts(found: Shown, language: Language): Hole {
  const { agency, category, occurredOn, submittedAt } = found;
  const rows: { label: Text; value: Hole }[] = [
    { label: words.number, value: html`<span class="number">${found.trackingNumber}</span>` },
    { label: words.status, value: found.statusText },
    { label: words.kind, value: classText[caseClass.parse(found.class)][language] },
    {
      label: words.agency,
      value:
        agency &&
        html`<a class="link" href="${pageIn(language, `/instansi/${agency.id}`)}">${agency.name}</a>`,
    },
    { label: words.category, value: category?.name },
    { label: words.place, value: place(found) },
    { label: words.occurred, value: occurredOn && localDateInWords(occurredOn, language) },
    { label: words.submitted, value: momentSeen(submittedAt, zoneSeen(found), language) },
  ];
  return summaryList(rows.flatMap(({ label, value }) => (value ? [{ label: label[language], value }] : [])));
}

/** Says what of this case is not shown, and why. */
const kept = ({ title, text, submittedAt }: Shown, language: Language): Hole => {
  if (title === undefined && text === undefined)
    return html`<div class="notice"><p>${words.hidden[language]}</p></div>`;
  return submittedAt.length === 10 && html`<p class="hint">${words.byDay[language]}</p>`;
};

/** `/laporan/{trackingNumber}`: a case as everybody sees it. Of a hidden case it tells no more than the API: whose turn it is. */
export const publicCasePage = (frame: Frame, track: Endpoint): Route[] =>
  pageAt(
    "/laporan/{trackingNumber}",
    { path: z.strictObject({ trackingNumber }) },
    async ({ path }, visit) => {
      const { language } = visit;
      const found = await visit.ask(track, { path }, publicView);
      const number = found.trackingNumber;
      const zone = zoneSeen(found);
      const title = found.title ?? `${words.untitled[language]} ${number}`;
      const at = (part: string) => pageIn(language, `/laporan/${number}${part}`);
      return {
        ...page(
          layout({
            language,
            address: `/laporan/${number}`,
            files: frame.files,
            quickExit: true,
            title,
            // Search engines find what everybody may read. A case whose content is hidden is not for them.
            canonical: found.title === undefined ? undefined : canonicalOf(frame),
            main: html`<p><a class="back" href="${pageIn(language, "/laporan")}">${words.back[language]}</a></p>
<h1 ${attributes({ lang: found.title && "id" })}>${title}</h1>
${
  found.follows &&
  html`<div class="notice"><p>${words.joined[language]} <a href="${pageIn(language, `/laporan/${found.follows.trackingNumber}`)}" class="number">${found.follows.trackingNumber}</a> (${found.follows.statusText})</p></div>`
}
${whoseTurn(found, language, "public")}
${kept(found, language)}
${found.text !== undefined && html`<h2>${words.text[language]}</h2><div lang="id">${paragraphs(found.text)}</div>`}
${doors(found, language)}
${
  found.clocks &&
  found.clocks.length > 0 &&
  html`<h2>${words.clocks[language]}</h2>
${clocksInShort(found.clocks, zone, language)}
<p><a class="link" href="${at("/batas-waktu")}">${words.allClocks[language]}</a></p>`
}
<h2>${words.timeline[language]}</h2>
${timelineSeen(found.timeline ?? [], { zone }, language)}
<p><a class="link" href="${at("/riwayat")}">${words.proof[language]}</a></p>
<h2>${words.about[language]}</h2>
${facts(found, language)}
<p><a class="link" href="/v1/cases/${number}">${words.json[language]}</a></p>`,
          }),
        ),
        headers: publicPage,
      };
    },
  );
