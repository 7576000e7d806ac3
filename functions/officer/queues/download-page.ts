import * as z from "zod";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import type { TimeZone } from "../../../shared/deadline/calendar/time-zone.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { officerPageAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { seeOther } from "../../../shared/http/page/route.ts";
import { isLedFromElsewhere } from "../../../shared/http/page/same-site.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { classText } from "../../../shared/notification/mails/words/case.ts";
import {
  type AnyQueue,
  filteredAddress,
  type FiltersTyped,
  queuePath,
  queueText,
} from "../../../shared/page/officer/queue/queue-addresses.ts";
import { type CaseWaiting, daysInWords, firstClock } from "../../../shared/page/officer/queue/queue-rows.ts";
import type { Table } from "../../../shared/table/cells.ts";
import { csvOf } from "../../../shared/table/csv.ts";
import { xlsxOf } from "../../../shared/table/xlsx.ts";
import type { Desk } from "../desk.ts";
import { onlyWatches, type QueueRoutes, waitingIn, zoneOf } from "./queue-asked.ts";
import { pathOfQueue, queryOfQueue } from "./queue-page.ts";

const words = {
  file: { id: "antrean", en: "queue" },
  secret: { id: "(rahasia)", en: "(secret)" },
  yes: { id: "ya", en: "yes" },
  no: { id: "tidak", en: "no" },
  cut: {
    id: "Daftar ini dipotong: masih ada laporan lain. Pakai saringan untuk mengunduh sisanya.",
    en: "This list was cut: there are more cases. Use filters to download the rest.",
  },
} as const satisfies Record<string, Text>;

/** A file holds so many cases at most, read so many at a time: the answer comes in time. */
const mostRows = 1_000;
const rowsAtOnce = "100";

/** The columns of the file: what each is called, and what it holds. What is secret stays in the system. */
const columns: readonly {
  heading: Text;
  cell: (view: CaseWaiting, language: Language, zone: TimeZone) => string | number;
}[] = [
  { heading: { id: "Nomor pelacakan", en: "Tracking number" }, cell: ({ trackingNumber }) => trackingNumber },
  {
    heading: { id: "Judul", en: "Title" },
    cell: ({ title, secret }, language) => (secret ? words.secret[language] : (title ?? "")),
  },
  { heading: { id: "Jenis", en: "Kind" }, cell: (view, language) => classText[view.class][language] },
  { heading: { id: "Kategori", en: "Category" }, cell: ({ category }) => category?.name ?? "" },
  { heading: { id: "Wilayah", en: "Region" }, cell: ({ location }) => location?.regionName ?? "" },
  { heading: { id: "Instansi", en: "Agency" }, cell: ({ agency }) => agency?.name ?? "" },
  { heading: { id: "Status", en: "Status" }, cell: ({ statusText }) => statusText },
  { heading: { id: "Hitungan", en: "Clock" }, cell: (view) => firstClock(view)?.name ?? "" },
  { heading: { id: "Batas waktu", en: "Due" }, cell: (view) => firstClock(view)?.dueDate ?? "" },
  { heading: { id: "Sisa hari", en: "Days left" }, cell: (view) => firstClock(view)?.daysLeft ?? "" },
  {
    heading: { id: "Keterangan", en: "In words" },
    cell: (view, language) => daysInWords(view, language).text,
  },
  {
    heading: { id: "Diterima", en: "Received" },
    cell: ({ submittedAt }, _language, zone) => localDate(new Date(submittedAt), zone),
  },
  {
    heading: { id: "Anonim", en: "Anonymous" },
    cell: ({ anonymous }, language) => (anonymous ? words.yes : words.no)[language],
  },
];

/** All that passes the filters, from the first page on, as far as a file goes. */
async function allWaiting(visit: OfficerVisit, routes: QueueRoutes, queue: AnyQueue, typed: FiltersTyped) {
  const items: CaseWaiting[] = [];
  let cursor: string | undefined;
  do {
    const found = await waitingIn(visit, routes, queue, typed, { cursor, limit: rowsAtOnce });
    items.push(...found.items);
    cursor = found.cursor ?? undefined;
  } while (cursor !== undefined && items.length < mostRows);
  return { items: items.slice(0, mostRows), isCut: cursor !== undefined || items.length > mostRows };
}

/** The file says in its last row where it was cut. */
const tableOf = (
  { items, isCut }: Awaited<ReturnType<typeof allWaiting>>,
  language: Language,
  zone: TimeZone,
): Table => ({
  headings: columns.map(({ heading }) => heading[language]),
  rows: [
    ...items.map((view) => columns.map(({ cell }) => cell(view, language, zone))),
    ...(isCut ? [[words.cut[language]]] : []),
  ],
});

const kinds = {
  csv: { type: "text/csv; charset=utf-8", write: async (table: Table) => csvOf(table) },
  xlsx: {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write: xlsxOf,
  },
} as const;

/** `/petugas/antrean/{queue}/unduh`: what a queue shows behind its filters, as a file for programs of tables. */
export const downloadOfQueue = (desk: Desk, routes: QueueRoutes): Route[] =>
  officerPageAt(
    desk.frame,
    "/petugas/antrean/{queue}/unduh",
    { path: pathOfQueue, query: queryOfQueue.extend({ bentuk: z.enum(["csv", "xlsx"]).optional() }) },
    async ({ path: { queue }, query: { bentuk, kursor: _, ...typed } }, visit) => {
      const { language } = visit;
      // A file that nobody here asked for would stay on this computer.
      if (!bentuk || isLedFromElsewhere(visit.event) || (onlyWatches(visit) && typed.instansi === undefined))
        return seeOther(filteredAddress("id", queuePath(queue), typed), language);
      desk.strain.holdBack("export");
      const { type, write } = kinds[bentuk];
      const zone = await zoneOf(desk, visit);
      const table = tableOf(await allWaiting(visit, routes, queue, typed), language, zone);
      const content = await write(table, queueText[queue][language]);
      const name = `${words.file[language]}-${queueText[queue][language].toLowerCase().replaceAll(" ", "-")}-${localDate(desk.now(), zone)}.${bentuk}`;
      return {
        status: 200,
        file: { content, type },
        headers: { "content-disposition": `attachment; filename="${name}"` },
      };
    },
  );
