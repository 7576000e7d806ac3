import * as z from "zod";
import { rolesInCharge } from "../../../../shared/directory/administration/powers.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { type FormValues, partsOfForm, valueOf } from "../../../../shared/http/page/form.ts";
import {
  notForYou,
  officerActionAt,
  officerFormAt,
  officerPageAt,
  type OfficerVisit,
} from "../../../../shared/http/page/officer.ts";
import type { Tried } from "../../../../shared/http/page/route.ts";
import type { Reply } from "../../../../shared/http/reply.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import {
  fieldCalled,
  hidden,
  sendButton,
  textArea,
  type Told,
  wrongFields,
} from "../../../../shared/page/parts/form.ts";
import { Refusal } from "../../../../shared/refusal.ts";
import { csvOf } from "../../../../shared/table/csv.ts";
import { csvSheet, textOfFile } from "../../../../shared/table/reading/csv.ts";
import { type Sheet, unpacksTooLarge } from "../../../../shared/table/reading/sheet.ts";
import { isWorkbook, workbookSheets } from "../../../../shared/table/reading/workbook.ts";
import { packLoad, unpackLoad } from "../../load/packed.ts";
import type { DirectoryLoad, RowResult } from "../../load/rows.ts";
import { directoryLoaded } from "../../load-directory.ts";
import { addressOfAgency } from "../agencies/agency-page.ts";
import { addressOfOfficer } from "../officers/officer-page.ts";
import { type Room, shown } from "../room.ts";
import { changeTried, packedForForm, triedFields } from "../tried.ts";
import { columns, headingOfField, loadOf, type UnreadRow } from "./headings.ts";
import { templateCsv, templateWorkbook } from "./template.ts";

const words = {
  title: { id: "Muat instansi dan petugas", en: "Load agencies and officers" },
  manage: { id: "Kelola", en: "Manage" },
  lead: {
    id: "Isi contoh berkas, lalu unggah. Kami mencobanya dulu: Anda melihat hasil setiap baris sebelum ada yang berubah. Paling banyak 2.000 baris sekali muat.",
    en: "Fill in a sample file and upload it. We try it first: you see what becomes of each row before anything changes. One load has 2,000 rows at most.",
  },
  samples: { id: "Contoh berkas", en: "Sample files" },
  both: { id: "Instansi dan petugas (XLSX)", en: "Agencies and officers (XLSX)" },
  agencies: { id: "Instansi (CSV)", en: "Agencies (CSV)" },
  officers: { id: "Petugas (CSV)", en: "Officers (CSV)" },
  columnsOf: { id: "Kolomnya", en: "Columns" },
  file: { id: "Berkas XLSX atau CSV, paling besar 4 MB", en: "XLSX or CSV file of 4 MB at most" },
  text: { id: "Atau tempel isi CSV di sini", en: "Or paste CSV here" },
  try: { id: "Coba dulu", en: "Try it first" },
  trial: { id: "Percobaan muatan", en: "Trial of a load" },
  nothingYet: {
    id: "Ini percobaan. Belum ada yang berubah.",
    en: "This is a trial. Nothing has changed yet.",
  },
  partial: {
    id: "Waktunya tidak cukup untuk mencoba semua baris. Baris yang belum dicoba diperiksa saat dijalankan.",
    en: "There was no time to try all rows. Those not tried are checked when the load is carried out.",
  },
  untried: { id: "baris belum dicoba", en: "rows not tried" },
  toCorrect: { id: "Baris yang perlu diperbaiki", en: "Rows to correct" },
  left: {
    id: "Baris ini dilewati. Baris lain tetap dapat dimuat; perbaiki berkasnya, lalu muat lagi: yang sudah sama tidak berubah dua kali.",
    en: "These rows are left out. The others can be loaded; correct the file and load it again: what is the same already does not change twice.",
  },
  toKnow: { id: "Yang perlu Anda ketahui", en: "What you should know" },
  known: {
    id: "Baris ini dapat dimuat. Baca dulu apa yang ikut terjadi.",
    en: "These rows can be loaded. Read first what happens besides.",
  },
  onlyFirst: {
    id: "Hanya 50 yang pertama ditampilkan. Unduh hasilnya untuk melihat semuanya.",
    en: "Only the first 50 are shown. Download the result to see all of them.",
  },
  download: { id: "Unduh hasil semua baris (CSV)", en: "Download the result of all rows (CSV)" },
  which: { id: "Tabel", en: "Table" },
  outcome: { id: "Hasil", en: "Result" },
  row: { id: "Baris", en: "Row" },
  column: { id: "Kolom", en: "Column" },
  what: { id: "Yang perlu dilakukan", en: "What to do" },
  carryOut: { id: "Jalankan muatan ini", en: "Carry out this load" },
  after: {
    id: "Petugas baru langsung mendapat email undangan. Yang berwenang atas rahasia menunggu persetujuan orang kedua.",
    en: "New officers get an invitation by email at once. What gives power over secrets waits for a second person.",
  },
  nothingToDo: { id: "Tidak ada baris yang dapat dimuat.", en: "No row can be loaded." },
  again: { id: "Unggah berkas lain", en: "Upload another file" },
  done: { id: "Hasil muatan", en: "Result of the load" },
  stored: { id: "Baris yang berhasil sudah tersimpan.", en: "The rows that succeeded are stored." },
  goOn: { id: "Lanjutkan baris berikutnya", en: "Go on with the next rows" },
  timeOver: {
    id: "Waktunya habis sebelum semua baris selesai. Lanjutkan: yang sudah selesai tidak diulang.",
    en: "Time was up before all rows were done. Go on: what is done is not done again.",
  },
  noFile: { id: "Pilih berkas, atau tempel isi CSV.", en: "Choose a file, or paste CSV." },
  requests: { id: "Permohonan orang kedua", en: "Requests for a second person" },
  loaded: { id: "Yang dimuat", en: "What was loaded" },
} as const satisfies Record<string, Text>;

const outcomeText: Record<RowResult["outcome"], Text> = {
  created: { id: "baru", en: "new" },
  changed: { id: "berubah", en: "changed" },
  unchanged: { id: "sudah sama", en: "the same already" },
  waits: { id: "menunggu orang kedua", en: "wait for a second person" },
  refused: { id: "perlu diperbaiki", en: "to correct" },
};

const kindText: Record<RowResult["kind"], Text> = {
  agency: { id: "Instansi", en: "Agency" },
  officer: { id: "Petugas", en: "Officer" },
};

const address = "/petugas/kelola/muat";
/** The gateway takes 6 MB, and writes every three bytes as four signs. */
const mostBytesOfForm = 4 * 1024 * 1024 + 64 * 1024;
/** What is tried goes back and forth in the page, so it has to stay small. */
const mostBytesOfLoad = 900 * 1024;
const mostRowsShown = 50;

const sealedAs = (from: number, basis: string): string => `load ${from} ${basis}`;

/** The tables that somebody sent: a file, or text in its place. */
async function sheetsSent(visit: OfficerVisit, values: FormValues): Promise<Sheet[]> {
  const parts = await partsOfForm(visit.event, mostBytesOfForm);
  const file = parts?.get("berkas");
  if (file instanceof File && file.size > 0) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return isWorkbook(bytes) ? workbookSheets(bytes) : [csvSheet(textOfFile(bytes))];
  }
  const pasted = parts?.get("teks") ?? valueOf(values, "teks");
  if (typeof pasted === "string" && pasted.trim() !== "") return [csvSheet(pasted)];
  throw new Refusal("invalid-input", words.noFile, {
    fields: [{ in: "body", path: "berkas", message: words.noFile }],
  });
}

/** `/petugas/kelola/muat/contoh.xlsx` and the two CSV files: tables to fill in. */
const sampleFiles = (room: Room): Route[] =>
  officerPageAt(
    room.registry.frame,
    `${address}/contoh/{file}`,
    { path: z.strictObject({ file: z.enum(["contoh.xlsx", "instansi.csv", "petugas.csv"]) }) },
    async ({ path: { file } }) => {
      const content =
        file === "contoh.xlsx"
          ? templateWorkbook()
          : Buffer.from(templateCsv(file === "instansi.csv" ? "agencies" : "officers"));
      const type =
        file === "contoh.xlsx"
          ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          : "text/csv; charset=utf-8";
      return {
        status: 200,
        file: { content, type },
        headers: { "content-disposition": `attachment; filename="${file}"` },
      };
    },
  );

const counted = (results: readonly { outcome: RowResult["outcome"] }[], language: Language): Hole =>
  html`<ul class="counts">${(Object.keys(outcomeText) as RowResult["outcome"][]).map((outcome) => {
    const count = results.filter((one) => one.outcome === outcome).length;
    return html`<li class="${outcome === "refused" && count > 0 ? "late" : ""}"><b>${count}</b>${outcomeText[outcome][language]}</li>`;
  })}</ul>`;

/** What is said of a row. */
interface Said {
  kind: RowResult["kind"];
  row: number;
  heading: string;
  message: string;
}

const inOrder = (said: Said[]): Said[] =>
  said.sort((a, b) => (a.kind === b.kind ? a.row - b.row : a.kind < b.kind ? -1 : 1));

const wrongRows = (results: readonly RowResult[], unread: readonly UnreadRow[], language: Language): Said[] =>
  inOrder([
    ...unread.map(({ kind, row, heading, message }) => ({ kind, row, heading, message: message[language] })),
    ...results.flatMap(({ kind, row, problems }) =>
      problems.map(({ field, message }) => ({ kind, row, heading: headingOfField(kind, field), message })),
    ),
  ]);

const notedRows = (results: readonly RowResult[]): Said[] =>
  inOrder(
    results.flatMap(({ kind, row, notes = [] }) =>
      notes.map(({ field, message }) => ({ kind, row, heading: headingOfField(kind, field), message })),
    ),
  );

/** The first rows of which something is said, and what that is. */
const saidTable = (said: readonly Said[], title: Text, lead: Text, language: Language): Hole =>
  said.length > 0 &&
  html`<h2>${title[language]}</h2><p>${lead[language]}</p><div class="scroll" tabindex="0" role="region" aria-label="${title[language]}"><table><thead><tr><th scope="col">${words.row[language]}</th><th scope="col">${words.column[language]}</th><th scope="col">${words.what[language]}</th></tr></thead><tbody>${said
    .slice(0, mostRowsShown)
    .map(
      ({ kind, row, heading, message }) =>
        html`<tr><td>${kindText[kind][language]} ${row}</td><td>${heading}</td><td>${message}</td></tr>`,
    )}</tbody></table></div>${said.length > mostRowsShown && html`<p>${words.onlyFirst[language]}</p>`}`;

const wrongTable = (wrong: readonly Said[], language: Language): Hole =>
  saidTable(wrong, words.toCorrect, words.left, language);

type Loaded = z.output<typeof directoryLoaded>;

/** The button that carries out what was tried, from a row on. */
async function carryOutForm(
  room: Room,
  visit: OfficerVisit,
  body: DirectoryLoad,
  { from, basis, label, more }: { from: number; basis: string; label: string; more?: Hole },
): Promise<Hole> {
  const fields = await triedFields(room.registry.frame, visit, sealedAs(from, basis), {
    body: packLoad(body),
    version: 0,
  });
  return html`<form method="post" action="${pageIn(visit.language, `${address}/jalankan`)}">${fields}${hidden("mulai", String(from))}${hidden("dasar", basis)}${sendButton(label)}${more}</form>`;
}

/** What a load would do, row by row. Its page alone has the button that carries it out. */
async function trialPage(
  room: Room,
  visit: OfficerVisit,
  {
    load,
    unread = [],
    from = 0,
    tried,
  }: { load: DirectoryLoad; unread?: readonly UnreadRow[]; from?: number; tried?: Tried | undefined },
): Promise<Reply> {
  const { language } = visit;
  const loaded: Loaded = await visit.ask(
    room.asked.load,
    { query: { dryRun: "true", from: String(from) }, body: load },
    directoryLoaded,
  );
  const { results, next, basis } = loaded;
  const all = load.agencies.length + load.officers.length;
  const untried = next ? all - next.from : 0;
  const isWorth = untried > 0 || results.some(({ outcome }) => !["refused", "unchanged"].includes(outcome));
  const refusedUnread = unread.map(() => ({ outcome: "refused" as const }));
  return shown(
    room,
    { ...visit, address },
    {
      title: words.trial,
      back: { address, label: words.again[language] },
      tried,
      main: html`<h1>${words.trial[language]}</h1><p class="notice" role="status">${words.nothingYet[language]}</p>
${counted([...results, ...refusedUnread], language)}
${untried > 0 && html`<p class="notice">${untried} ${words.untried[language]}. ${words.partial[language]}</p>`}
${wrongTable(wrongRows(results, unread, language), language)}${saidTable(notedRows(results), words.toKnow, words.known, language)}
${isWorth ? html`<p>${words.after[language]}</p>${await carryOutForm(room, visit, load, { from, basis, label: words.carryOut[language], more: downloadButton(language) })}` : html`<p>${words.nothingToDo[language]}</p>`}`,
    },
  );
}

/** The names of the rows of a load, by what each is and its id. */
const namesInLoad = ({ agencies, officers }: DirectoryLoad): ReadonlyMap<string, string> =>
  new Map(
    Object.entries({ agency: agencies, officer: officers }).flatMap(([kind, rows]) =>
      rows.map(({ entry: { id, name } }) => [`${kind} ${id}`, name ?? ""] as const),
    ),
  );

const entryLinks = (results: readonly RowResult[], load: DirectoryLoad, language: Language): Hole => {
  const names = namesInLoad(load);
  const stored = results
    .filter(({ outcome }) => outcome === "created" || outcome === "changed")
    .slice(0, mostRowsShown);
  return (
    stored.length > 0 &&
    html`<h2>${words.loaded[language]}</h2><ul>${stored.map(
      ({ kind, id, outcome }) =>
        html`<li><a href="${pageIn(language, kind === "agency" ? addressOfAgency(id) : addressOfOfficer(id))}">${names.get(`${kind} ${id}`) || id}</a> (${outcomeText[outcome][language]})</li>`,
    )}</ul>`
  );
};

/** A row of the file that tells the result of a trial: one for each thing that is said of a row of the load. */
const linesOf = ({ kind, row, id, outcome, problems, notes = [] }: RowResult, language: Language) => {
  const said = [...problems, ...notes];
  const told = said.length > 0 ? said : [{ field: "", message: "" }];
  return told.map(({ field, message }) => [
    ...[kindText[kind][language], row, id, outcomeText[outcome][language]],
    ...[field && headingOfField(kind, field), message],
  ]);
};

const downloadButton = (language: Language): Hole =>
  html`<p><button class="button second" formaction="${pageIn(language, `${address}/hasil`)}">${words.download[language]}</button></p>`;

/** What was tried, as its page carries it. */
async function loadTried({ registry }: Room, visit: OfficerVisit, values: FormValues) {
  const from = Number(valueOf(values, "mulai"));
  const basis = valueOf(values, "dasar");
  const { body } = await changeTried(registry.frame, visit, sealedAs(from, basis), values);
  return { from, basis, load: unpackLoad(body) };
}

/** `/petugas/kelola/muat/hasil`: the result of a trial row by row, as a file. It is tried once more, and nothing changes. */
const resultFile = (room: Room): Route[] =>
  officerActionAt(
    room.registry.frame,
    `${address}/hasil`,
    {},
    async (_, visit, values) => {
      const { language } = visit;
      const { from, load } = await loadTried(room, visit, values);
      const { results, next } = await visit.ask(
        room.asked.load,
        { query: { dryRun: "true", from: String(from) }, body: load },
        directoryLoaded,
      );
      const content = csvOf({
        headings: [
          words.which,
          words.row,
          { id: "Id", en: "Id" },
          words.outcome,
          words.column,
          words.what,
        ].map((heading) => heading[language]),
        rows: [
          ...results.flatMap((one) => linesOf(one, language)),
          ...(next ? [[words.partial[language]]] : []),
        ],
      });
      return {
        status: 200,
        file: { content, type: "text/csv; charset=utf-8" },
        headers: { "content-disposition": 'attachment; filename="hasil-percobaan.csv"' },
      };
    },
    async (_, visit, tried) => {
      const { load } = await loadTried(room, visit, tried?.values ?? {});
      return trialPage(room, visit, { load, tried });
    },
  );

/** Carries out what was tried. Where something changed since, nothing is done, and it is tried anew. */
const carryOut = (room: Room): Route[] =>
  officerActionAt(
    room.registry.frame,
    `${address}/jalankan`,
    {},
    async (_, visit, values) => {
      const { language } = visit;
      const { from, basis, load } = await loadTried(room, visit, values);
      const { results, next } = await visit.ask(
        room.asked.load,
        { query: { from: String(from), basis }, body: load },
        directoryLoaded,
      );
      const waits = results.some(({ outcome }) => outcome === "waits");
      return shown(
        room,
        { ...visit, address },
        {
          title: words.done,
          back: { address, label: words.again[language] },
          main: html`<h1>${words.done[language]}</h1><p class="notice" role="status">${words.stored[language]}</p>${counted(results, language)}
${next && html`<p>${words.timeOver[language]}</p>${await carryOutForm(room, visit, load, { ...next, label: words.goOn[language] })}`}
${waits && html`<p><a class="link" href="${pageIn(language, "/petugas/kelola/permintaan")}">${words.requests[language]}</a></p>`}
${wrongTable(wrongRows(results, [], language), language)}${entryLinks(results, load, language)}`,
        },
      );
    },
    async (_, visit, tried) => {
      const { load } = await loadTried(room, visit, tried?.values ?? {});
      return trialPage(room, visit, { load, tried });
    },
  );

const columnList = (language: Language): Hole =>
  html`<p class="hint">${words.columnsOf[language]}: ${words.agencies[language]}: ${Object.keys(columns.agencies).join(", ")}. ${words.officers[language]}: ${Object.keys(columns.officers).join(", ")}.</p>`;

/** `/petugas/kelola/muat`: takes a file or pasted CSV, and tries it. */
const uploadPage = (room: Room): Route[] =>
  officerFormAt(room.registry.frame, address, {
    input: {},
    takesFiles: true,
    async show(_, visit, tried) {
      const { language, posts } = visit;
      if (!posts.some(({ role }) => rolesInCharge[role])) throw notForYou();
      const told: Told = { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? {} };
      const why = told.wrong.get("berkas");
      const sample = (file: string, label: Text): Hole =>
        html`<li><a class="link" href="${pageIn(language, `${address}/contoh/${file}`)}" download>${label[language]}</a></li>`;
      return shown(room, visit, {
        title: words.title,
        back: { address: "/petugas/kelola", label: words.manage[language] },
        tried,
        narrow: true,
        main: html`<h1>${words.title[language]}</h1><p>${words.lead[language]}</p>
<h2>${words.samples[language]}</h2><ul class="moves">${sample("contoh.xlsx", words.both)}${sample("instansi.csv", words.agencies)}${sample("petugas.csv", words.officers)}</ul>${columnList(language)}
<form method="post" action="${pageIn(language, address)}" enctype="multipart/form-data">${fieldCalled(
          { name: "berkas", label: words.file[language] },
          html`<div class="${why ? "field wrong" : "field"}"><label for="berkas">${words.file[language]}</label>${why && html`<span class="why" id="berkas-why">${why}</span>`}
<input type="file" id="berkas" name="berkas" accept=".xlsx,.csv,.txt"></div>`,
        )}${textArea(told, { name: "teks", label: words.text[language], optional: true }, { rows: 6 })}${sendButton(words.try[language])}</form>`,
      });
    },
    async send(_, visit, values) {
      const { load, unread } = loadOf(await sheetsSent(visit, values));
      if (Buffer.byteLength(JSON.stringify(load)) > mostBytesOfLoad) throw unpacksTooLarge();
      // Refused before it is tried, because a trial of so much takes long.
      packedForForm(packLoad(load));
      return trialPage(room, visit, { load, unread });
    },
  });

/** The pages that load many agencies and officers at once. */
export const loadPages = (room: Room): Route[] => [
  ...uploadPage(room),
  ...carryOut(room),
  ...resultFile(room),
  ...sampleFiles(room),
];
