import * as z from "zod";
import { isMoveInQueue } from "../../../shared/case/lists/next.ts";
import type { Move } from "../../../shared/case/moves/table.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { seeOther } from "../../../shared/http/page/route.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { moveAddresses } from "../../../shared/page/officer/move-addresses.ts";
import {
  type AnyQueue,
  anyQueue,
  filteredAddress,
  type FiltersTyped,
  queueLead,
  queuePath,
  queueText,
} from "../../../shared/page/officer/queue/queue-addresses.ts";
import { queueRows, tickOf } from "../../../shared/page/officer/queue/queue-rows.ts";
import { errorSummary, hidden } from "../../../shared/page/parts/form.ts";
import { nextPage } from "../../../shared/page/parts/lists.ts";
import type { Desk } from "../desk.ts";
import { doneNotice } from "./done-notice.ts";
import { type Listed, listedIn, onlyWatches, type QueueRoutes, rolesOf } from "./queue-asked.ts";
import { filterForm, filterProblem } from "./queue-filters.ts";

const words = {
  together: { id: "Kerjakan bersama", en: "Do together" },
  all: { id: "Semua di halaman ini", en: "All on this page" },
  next: { id: "Halaman berikutnya", en: "Next page" },
  first: { id: "Kembali ke halaman pertama", en: "Back to the first page" },
  lost: {
    id: "Halaman lanjutan itu tidak ada lagi. Ini halaman pertamanya.",
    en: "That further page is no longer there. This is the first one.",
  },
  none: { id: "Tidak ada laporan di antrean ini", en: "Nothing waits in this queue" },
  noneText: {
    id: "Laporan baru muncul di sini sendiri. Anda juga menerima email bila ada yang menunggu.",
    en: "New cases appear here by themselves. You also get an email when something waits.",
  },
  noMatch: { id: "Tidak ada laporan yang cocok dengan saringan ini", en: "No case matches these filters" },
  noMatchText: { id: "Hapus saringan untuk melihat semuanya.", en: "Remove filters to see all of them." },
  goesOn: {
    id: "Di bagian ini tidak ada yang cocok. Lanjutkan ke halaman berikutnya.",
    en: "Nothing matches in this part. Go on to the next page.",
  },
  whole: { id: "Lihat antrean tanpa saringan", en: "See the queue without filters" },
  desk: { id: "Kembali ke meja saya", en: "Back to my desk" },
  queues: { id: "Semua antrean", en: "All queues" },
  download: { id: "Unduh daftar ini", en: "Download this list" },
  ticked: { id: "Centang dulu paling sedikit satu laporan.", en: "Tick at least one case first." },
  work: { id: "Kerjakan yang paling mendesak", en: "Do the most urgent one" },
} as const satisfies Record<string, Text>;

/** What can be done with several cases at once. */
export const togetherMoves = ["progress", "assign", "archive", "join"] as const satisfies readonly Move[];
export type TogetherMove = (typeof togetherMoves)[number];

const togetherText: Record<TogetherMove, Text> = {
  progress: { id: "Catat perkembangan", en: "Note progress" },
  assign: { id: "Disposisikan", en: "Assign" },
  archive: { id: "Arsipkan", en: "Archive" },
  join: { id: "Gabungkan", en: "Join" },
};

export const togetherPath = (queue: AnyQueue, move: TogetherMove): string =>
  `${queuePath(queue)}/bersama/${moveAddresses[move]}`;

const typedText = z.string().max(300).optional();
export const queryOfQueue = z.strictObject({
  ...{ instansi: typedText, cakupan: typedText, jenis: typedText, kategori: typedText, wilayah: typedText },
  ...{ batas: typedText, kursor: typedText },
});
export const pathOfQueue = z.strictObject({ queue: z.enum(anyQueue) });

/** What an empty page says, and what comes next. */
function nothing(
  { found, problem }: Listed,
  isFiltered: boolean,
  queue: AnyQueue,
  { language }: OfficerVisit,
): Hole {
  if (problem || found.items.length > 0) return undefined;
  if (found.cursor !== null) return html`<div class="notice"><p>${words.goesOn[language]}</p></div>`;
  const [title, text] = isFiltered ? [words.noMatch, words.noMatchText] : [words.none, words.noneText];
  return html`<div class="notice"><h2>${title[language]}</h2><p>${text[language]}</p>
<p class="row">${isFiltered && html`<a class="button second" href="${filteredAddress(language, queuePath(queue))}">${words.whole[language]}</a>`}<a class="button second" href="${pageIn(language, "/petugas")}">${words.desk[language]}</a></p></div>`;
}

/** The buttons that do something with all ticked cases. Each leads to a page that confirms. */
function buttons(
  offered: readonly TogetherMove[],
  queue: AnyQueue,
  typed: FiltersTyped,
  { found }: Listed,
  { language }: OfficerVisit,
): Hole {
  return html`<div class="row"><label class="pick"><input type="checkbox" name="semua" value="ya" data-ticks="n"><span>${words.all[language]} (${found.items.length})</span></label>
${hidden("halaman", found.items.map(tickOf).join(" "))}${offered.map(
    (move) =>
      html`<button class="button second" formaction="${filteredAddress(language, togetherPath(queue, move), typed)}">${togetherText[move][language]}</button>`,
  )}</div>`;
}

/** The rows, in a form where something can be done with several of them. */
async function rows(
  desk: Desk,
  visit: OfficerVisit,
  queue: AnyQueue,
  typed: FiltersTyped,
  listed: Listed,
): Promise<Hole> {
  const { language, posts } = visit;
  const { items } = listed.found;
  if (items.length === 0) return undefined;
  const roles = await rolesOf(desk, posts);
  const offered = togetherMoves.filter((move) => isMoveInQueue(queue, move, roles));
  const shown = { ownAgency: posts[0].agencyId };
  if (offered.length === 0) return queueRows(items, language, shown);
  return html`<form method="post" action="${filteredAddress(language, togetherPath(queue, offered[0] ?? "progress"), typed)}" aria-label="${words.together[language]}">
${queueRows(items, language, { ...shown, ticked: () => false })}${buttons(offered, queue, typed, listed, visit)}</form>`;
}

/** Whether agencies stand below one of the officer's, or below the one that is looked at. */
export const hasAgenciesBelow = async (
  { directory }: Desk,
  { posts }: OfficerVisit,
  instansi: string | undefined,
) => {
  const tops = instansi === undefined ? posts.map(({ agencyId }) => agencyId) : [instansi];
  return (await Promise.all(tops.map((id) => directory.rightBelow(id)))).some((below) => below.length > 0);
};

async function shownQueue(
  desk: Desk,
  visit: OfficerVisit,
  queue: AnyQueue,
  typed: FiltersTyped,
  listed: Listed,
) {
  const { language, posts } = visit;
  const { found, lost } = listed;
  const problem = listed.problem && filterProblem(listed.problem, language);
  const { kursor, ...held } = lost ? { ...typed, kursor: undefined } : typed;
  const isFiltered = Object.values(held).some(Boolean);
  const next =
    found.cursor === null
      ? undefined
      : filteredAddress(language, queuePath(queue), { ...held, kursor: found.cursor });
  const hasBelow = await hasAgenciesBelow(desk, visit, typed.instansi);
  const download = (bentuk: string) =>
    filteredAddress(language, `${queuePath(queue)}/unduh`, { ...held, bentuk });
  return deskPage({ language, address: visit.address, posts }, desk.frame.files, {
    title: queueText[queue][language],
    scripts: ["ticks.js"],
    summary: errorSummary(problem, language),
    main: html`<p><a class="back" href="${pageIn(language, "/petugas/antrean")}">${words.queues[language]}</a></p>
<h1>${queueText[queue][language]}</h1>${doneNotice(visit)}
<p>${queueLead[queue][language]}</p>
${visit.query.kosong === "ya" && html`<div class="notice" role="status"><p>${words.ticked[language]}</p></div>`}
${await filterForm(desk, visit, { queue, typed, problem, hasBelow })}
${lost && html`<div class="notice"><p>${words.lost[language]}</p></div>`}
${await rows(desk, visit, queue, { ...held, kursor }, listed)}${nothing(listed, isFiltered, queue, visit)}
${nextPage(next, words.next[language])}
${kursor && html`<p><a class="link" href="${filteredAddress(language, queuePath(queue), held)}">${words.first[language]}</a></p>`}
${found.items.length > 0 && html`<p>${words.download[language]}: <a class="link" href="${download("xlsx")}">Excel (XLSX)</a> · <a class="link" href="${download("csv")}">CSV</a></p>`}`,
  });
}

/** `/petugas/antrean/{queue}`: the cases of a queue by due date, with filters, and what can be done with several at once. */
export const queuePage = (desk: Desk, routes: QueueRoutes): Route[] =>
  officerPageAt(
    desk.frame,
    "/petugas/antrean/{queue}",
    { path: pathOfQueue, query: queryOfQueue },
    async ({ path: { queue }, query: typed }, visit) => {
      if (onlyWatches(visit) && typed.instansi === undefined)
        return seeOther("/petugas/antrean", visit.language);
      const listed = await listedIn(visit, routes, queue, typed);
      return page(await shownQueue(desk, visit, queue, typed, listed), listed.problem?.status ?? 200);
    },
  );
