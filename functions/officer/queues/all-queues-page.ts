import * as z from "zod";
import type { Agency } from "../../../shared/directory/directory.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { type Problem, problemOf } from "../../../shared/http/problem.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { countLinks } from "../../../shared/page/officer/queue/desk-parts.ts";
import { filteredAddress, queueText } from "../../../shared/page/officer/queue/queue-addresses.ts";
import { beginningOf } from "../../../shared/page/officer/queue/queue-rows.ts";
import { errorSummary, sendButton, textField, type Told } from "../../../shared/page/parts/form.ts";
import { nextPage } from "../../../shared/page/parts/lists.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { casesCounted } from "../count-cases.ts";
import type { Desk } from "../desk.ts";
import { agenciesOffered, openAgencies } from "./agencies-within.ts";
import { onlyWatches, type QueueRoutes } from "./queue-asked.ts";
import { hasAgenciesBelow } from "./queue-page.ts";

const words = {
  title: { id: "Antrean", en: "Queues" },
  own: { id: "Antrean Anda", en: "Your queues" },
  desk: { id: "Meja saya", en: "My desk" },
  of: { id: "Antrean", en: "Queues of" },
  below: { id: "Termasuk semua unit di bawahnya", en: "With all units below" },
  without: { id: "Tanpa unit di bawahnya", en: "Without the units below" },
  back: { id: "Kembali ke antrean sendiri", en: "Back to your own queues" },
  agencies: { id: "Menurut instansi, yang terlambat lebih dulu", en: "By agency, the overdue ones first" },
  agency: { id: "Instansi", en: "Agency" },
  soon: { id: "Hari ini", en: "Today" },
  waiting: { id: "Semua", en: "All" },
  none: { id: "Tidak ada yang menunggu di instansi-instansi ini.", en: "Nothing waits with these agencies." },
  incomplete: {
    id: "Jumlah di atas paling sedikit sebanyak itu: belum semua dihitung di halaman ini.",
    en: "The numbers above are at least so many: not all are counted on this page.",
  },
  more: { id: "Instansi berikutnya", en: "Further agencies" },
  find: { id: "Cari instansi", en: "Find an agency" },
  findHint: { id: "Ketik namanya atau sebagian.", en: "Type its name or a part of it." },
  search: { id: "Cari", en: "Search" },
  choose: { id: "Pilih instansi", en: "Choose an agency" },
  unknown: {
    id: "Tidak ada instansi dengan nama ini. Coba bagian lain dari namanya.",
    en: "There is no agency of this name. Try another part of it.",
  },
  cut: {
    id: "Masih ada yang lain. Ketik nama yang lebih lengkap.",
    en: "There are more. Type more of the name.",
  },
} as const satisfies Record<string, Text>;

type Counted = z.output<typeof casesCounted>;
type Row = Counted["items"][number];

/** So many agencies stand on one page: it stays small. */
const rowsOfPage = 50;

const text = z.string().max(300).optional();
const query = z.strictObject({ instansi: text, cakupan: text, halaman: text, kursor: text, cari: text });
type Typed = z.output<typeof query>;

const waitingAt = ({ counts }: Row): number =>
  counts.verification +
  counts.assigned +
  counts["in-progress"] +
  counts["awaiting-reporter"] +
  counts.answered;

const byUrgency = (a: Row, b: Row): number =>
  b.counts.overdue - a.counts.overdue || b.dueToday - a.dueToday || waitingAt(b) - waitingAt(a);

/** "487 instansi lain tidak punya laporan yang menunggu." */
const idle = (count: number, language: Language): Hole =>
  count > 0 &&
  html`<p class="hint">${{ id: `${count} instansi lain tidak punya laporan yang menunggu.`, en: `${count} other agencies have nothing waiting.` }[language]}</p>`;

/** The agencies of a tree with what waits with each. Those with nothing are counted and not listed. */
function agencyTable(counted: Counted, typed: Typed, { language, address }: OfficerVisit): Hole {
  const busy = counted.items.filter((row) => waitingAt(row) > 0).toSorted(byUrgency);
  const at = Math.max(1, Number(/^\d{1,3}$/.exec(typed.halaman ?? "")?.[0] ?? 1));
  const shown = busy.slice((at - 1) * rowsOfPage, at * rowsOfPage);
  const { instansi, cakupan } = typed;
  const further =
    busy.length > at * rowsOfPage
      ? { instansi, cakupan, kursor: typed.kursor, halaman: String(at + 1) }
      : counted.cursor !== null && { instansi, cakupan, kursor: counted.cursor };
  return html`<h2>${words.agencies[language]}</h2>${
    shown.length === 0
      ? html`<p>${words.none[language]}</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="${words.agencies[language]}"><table><thead><tr><th scope="col">${words.agency[language]}</th><th scope="col">${queueText.overdue[language]}</th><th scope="col">${words.soon[language]}</th><th scope="col">${words.waiting[language]}</th></tr></thead><tbody>${shown.map(
          (row) =>
            html`<tr><th scope="row"><a class="link" href="${filteredAddress(language, address, { instansi: row.agency.id })}">${beginningOf(row.agency.name, 120)}</a></th><td>${row.counts.overdue}</td><td>${row.dueToday}</td><td>${waitingAt(row)}</td></tr>
`,
        )}</tbody></table></div>`
  }${idle(counted.items.length - busy.length, language)}
${nextPage(further ? filteredAddress(language, address, further) : undefined, words.more[language])}`;
}

/** The queues of an agency, or of all that is one's own work, and of the agencies below where that is asked for. */
async function countedPage(desk: Desk, visit: OfficerVisit, typed: Typed, counted: Counted) {
  const { language } = visit;
  const { instansi, cakupan } = typed;
  const name =
    instansi === undefined ? undefined : ((await desk.directory.agency(instansi))?.name ?? instansi);
  const isTree = cakupan === "bawahan";
  const hasBelow = await hasAgenciesBelow(desk, visit, instansi);
  const to = (more: Record<string, string | undefined>) =>
    filteredAddress(language, "/petugas/antrean", { instansi, ...more });
  return html`<p><a class="back" href="${pageIn(language, "/petugas")}">${words.desk[language]}</a></p>
<h1>${name === undefined ? words.own[language] : `${words.of[language]} ${name}`}</h1>
${countLinks(counted.total, language, { instansi, cakupan: isTree ? "bawahan" : undefined })}
${!counted.total.complete && html`<p class="hint">${words.incomplete[language]}</p>`}
<p class="row">${hasBelow && (isTree ? html`<a class="button second" href="${to({})}">${words.without[language]}</a>` : html`<a class="button second" href="${to({ cakupan: "bawahan" })}">${words.below[language]}</a>`)}${instansi && !onlyWatches(visit) && html`<a class="link" href="${pageIn(language, "/petugas/antrean")}">${words.back[language]}</a>`}</p>
${(isTree || counted.items.length > 1) && agencyTable(counted, typed, visit)}`;
}

/** The agencies that a name fits, each as a link to its queues. */
const offered = (agencies: readonly Agency[], { cari = "" }: Typed, language: Language): Hole => {
  const { offered, isCut } = agenciesOffered(agencies, cari);
  if (cari.trim() !== "" && offered.length === 0) return html`<p>${words.unknown[language]}</p>`;
  return html`<ul class="moves">${offered.map(
    ({ id, name }) =>
      html`<li><a class="link" href="${filteredAddress(language, "/petugas/antrean", { instansi: id })}">${name}</a></li>`,
  )}</ul>${isCut && html`<p class="hint">${words.cut[language]}</p>`}`;
};

/** The form that finds an agency by its name. */
async function agencySearch(
  desk: Desk,
  { language, posts }: OfficerVisit,
  typed: Typed,
  isMain: boolean,
): Promise<Hole> {
  const told: Told = { language, wrong: new Map(), values: { cari: typed.cari ?? "" } };
  const reach = posts.some(({ role }) => ["national-admin", "ombudsman-observer", "auditor"].includes(role));
  const agencies =
    isMain || typed.cari
      ? await openAgencies(desk, reach ? ["anywhere"] : posts.map(({ agencyId }) => agencyId))
      : [];
  return html`${isMain && html`<h1>${words.choose[language]}</h1>`}<form action="${pageIn(language, "/petugas/antrean")}" role="search" class="card">
${textField(told, { name: "cari", label: words.find[language], hint: words.findHint[language] }, { type: "search" })}${sendButton(words.search[language], "second")}</form>
${(isMain || typed.cari) && offered(agencies, typed, language)}`;
}

type Asked = { counted: Counted } | { problem: Problem };

/** Counts the queues. A cursor that leads nowhere any more begins again; an agency out of reach is told. */
async function countedFor(visit: OfficerVisit, { counts }: QueueRoutes, typed: Typed): Promise<Asked> {
  const { instansi, cakupan, kursor } = typed;
  const scope = cakupan === "bawahan" ? "subtree" : undefined;
  try {
    return {
      counted: await visit.ask(counts, { query: { agency: instansi, scope, cursor: kursor } }, casesCounted),
    };
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== "invalid-input") throw error;
    if (kursor) return countedFor(visit, { counts } as QueueRoutes, { ...typed, kursor: undefined });
    return { problem: problemOf(error, visit.language, visit.requestId) };
  }
}

/** `/petugas/antrean`: all queues of an officer with their counts, and those of each agency below. */
export const allQueuesPage = (desk: Desk, routes: QueueRoutes): Route[] =>
  officerPageAt(desk.frame, "/petugas/antrean", { query }, async ({ query: typed }, visit) => {
    const { language, posts, address } = visit;
    const choosesFirst = typed.instansi === undefined && onlyWatches(visit);
    const asked = choosesFirst ? undefined : await countedFor(visit, routes, typed);
    const problem = asked && "problem" in asked ? asked.problem : undefined;
    const shown =
      asked && "counted" in asked ? await countedPage(desk, visit, typed, asked.counted) : undefined;
    const search =
      (choosesFirst || (await hasAgenciesBelow(desk, visit, undefined)) || shown === undefined) &&
      (await agencySearch(desk, visit, typed, shown === undefined));
    return page(
      deskPage({ language, address, posts }, desk.frame.files, {
        title: words.title[language],
        summary: errorSummary(problem, language),
        main: html`${shown}${search}`,
      }),
      problem?.status ?? 200,
    );
  });
