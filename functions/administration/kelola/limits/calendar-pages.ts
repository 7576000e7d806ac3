import * as z from "zod";
import { calendarYear, type FreeDay, freeDay } from "../../../../shared/deadline/calendar/calendar.ts";
import { localDate } from "../../../../shared/deadline/calendar/local-date.ts";
import { inWords, localDateInWords } from "../../../../shared/deadline/calendar/time-zone.ts";
import { mayAnywhere } from "../../../../shared/directory/administration/powers.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { dateTyped, type FormValues, valueOf } from "../../../../shared/http/page/form.ts";
import {
  notForYou,
  officerActionAt,
  officerPageAt,
  type OfficerVisit,
} from "../../../../shared/http/page/officer.ts";
import type { Tried } from "../../../../shared/http/page/route.ts";
import type { Reply } from "../../../../shared/http/reply.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { trialFigures } from "../../../../shared/page/administration/trial.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import {
  fieldGroup,
  selectField,
  sendButton,
  textField,
  type Told,
} from "../../../../shared/page/parts/form.ts";
import { summaryList } from "../../../../shared/page/parts/lists.ts";
import { Refusal, refuseFields } from "../../../../shared/refusal.ts";
import { allTidied } from "../../../../shared/text/tidy.ts";
import { calendarSet, year } from "../../set-calendar.ts";
import { calendarShown } from "../../show-calendar.ts";
import { doneQuery, leadOn, type Room, roomForm, shown } from "../room.ts";
import { changeTried, triedFields } from "../tried.ts";

const words = {
  title: { id: "Hari libur", en: "Holidays" },
  manage: { id: "Kelola", en: "Manage" },
  lead: {
    id: "Batas waktu semua laporan dihitung dengan hari libur ini. Perubahan dicoba dulu: Anda melihat akibatnya sebelum berlaku.",
    en: "The dates of all cases are counted with these holidays. A change is tried first: you see what follows before it counts.",
  },
  noDecree: { id: "Keputusan untuk tahun ini belum disimpan.", en: "No decree for this year is stored." },
  days: { id: "hari", en: "days" },
  decree: { id: "Keputusan (dasar hukum)", en: "Decree (legal basis)" },
  decreeHint: {
    id: "Misalnya: SKB 3 Menteri Nomor ... Tahun 2026",
    en: "Such as: SKB 3 Menteri Nomor ... Tahun 2026",
  },
  version: { id: "Versi", en: "Version" },
  versions: { id: "Semua versi tahun ini", en: "All versions of this year" },
  shipped: { id: "ikut bersama sistem", en: "came with the system" },
  stored: { id: "disimpan", en: "stored" },
  change: { id: "Ubah hari libur tahun ini", en: "Change the holidays of this year" },
  changeTitle: { id: "Ubah hari libur", en: "Change the holidays" },
  trialTitle: { id: "Percobaan perubahan hari libur", en: "Trial of a change of holidays" },
  date: { id: "Tanggal", en: "Date" },
  kind: { id: "Jenis", en: "Kind" },
  name: { id: "Nama", en: "Name" },
  region: { id: "Kode wilayah", en: "Code of the region" },
  regionHint: {
    id: "Hanya untuk libur daerah, misalnya 64.71",
    en: "Of a regional holiday only, such as 64.71",
  },
  remove: { id: "Hapus hari", en: "Remove days" },
  removeHint: { id: "Centang hari yang tidak libur lagi.", en: "Tick the days that are free no more." },
  add: { id: "Tambah hari", en: "Add days" },
  newDay: { id: "Hari baru", en: "New day" },
  try: { id: "Coba dulu", en: "Try it first" },
  removed: { id: "Tidak libur lagi", en: "Free no more" },
  added: { id: "Libur baru", en: "Newly free" },
  nothing: { id: "Tidak ada hari yang berubah.", en: "No day changes." },
  activate: { id: "Berlakukan hari libur ini", en: "Have these holidays count" },
  after: {
    id: "Sesudah berlaku, laporan yang terbuka dihitung ulang dalam beberapa menit, dan setiap laporan menyebut sebabnya. Pelapor dan petugas melihat tanggal barunya.",
    en: "Once they count, the open cases are counted anew within minutes, and each tells why. Reporters and officers see the new dates.",
  },
  back: { id: "Ubah lagi", en: "Change it again" },
  nationalOnly: {
    id: "Hanya admin nasional yang mengubahnya.",
    en: "Only a national administrator changes them.",
  },
} as const satisfies Record<string, Text>;

const kindText: Record<FreeDay["kind"], Text> = {
  "national-holiday": { id: "Libur nasional", en: "National holiday" },
  "joint-leave": { id: "Cuti bersama", en: "Joint leave" },
  "election-day": { id: "Hari pemilihan", en: "Election day" },
  "regional-holiday": { id: "Libur daerah", en: "Regional holiday" },
};

type Calendar = z.output<typeof calendarShown>;
const pathOfYear = z.strictObject({ year });
const addressOf = (of: number): string => `/petugas/kelola/kalender/${of}`;
const maySet = ({ posts }: OfficerVisit): boolean => posts.some((post) => mayAnywhere("set-limits", post));

/** The calendar of a year. Undefined where no decree is stored yet. */
async function calendarAt({ asked }: Room, visit: OfficerVisit, of: number): Promise<Calendar | undefined> {
  try {
    return await visit.ask(asked.calendar, { path: { year: String(of) } }, calendarShown);
  } catch (error) {
    if (error instanceof Refusal && error.kind === "not-found") return undefined;
    throw error;
  }
}

const dayInWords = ({ date, kind, name, regionCode }: FreeDay, language: Language): string =>
  `${localDateInWords(date, language)}: ${name} (${[kindText[kind][language], ...(regionCode ? [regionCode] : [])].join(", ")})`;

/** `/petugas/kelola/kalender`: the years, and whether each has a decree. */
const yearsPage = (room: Room): Route[] =>
  officerPageAt(
    room.registry.frame,
    "/petugas/kelola/kalender",
    { query: z.strictObject({ ...doneQuery }) },
    async (_, visit) => {
      const { language } = visit;
      const thisYear = Number(localDate(room.registry.now(), "Asia/Jakarta").slice(0, 4));
      const years = [thisYear - 1, thisYear, thisYear + 1, thisYear + 2];
      const calendars = await Promise.all(years.map((of) => calendarAt(room, visit, of)));
      return shown(room, visit, {
        title: words.title,
        back: { address: "/petugas/kelola", label: words.manage[language] },
        main: html`<h1>${words.title[language]}</h1><p>${words.lead[language]}</p>
${summaryList(
  years.map((of, at) => {
    const calendar = calendars[at];
    return {
      label: String(of),
      value: html`<a class="link" href="${pageIn(language, addressOf(of))}">${calendar ? `${calendar.decree}, ${calendar.days.length} ${words.days[language]}` : words.noDecree[language]}</a>`,
    };
  }),
)}`,
      });
    },
  );

/** `/petugas/kelola/kalender/{year}`: the free days of a year, and its versions. */
const yearPage = (room: Room): Route[] =>
  officerPageAt(
    room.registry.frame,
    "/petugas/kelola/kalender/{year}",
    { path: pathOfYear, query: z.strictObject({ ...doneQuery }) },
    async ({ path }, visit) => {
      const { language } = visit;
      const calendar = await calendarAt(room, visit, path.year);
      const sorted = (calendar?.days ?? []).toSorted((a, b) => (a.date < b.date ? -1 : 1));
      return shown(room, visit, {
        title: words.title,
        back: { address: "/petugas/kelola/kalender", label: words.title[language] },
        main: html`<h1>${words.title[language]} ${path.year}</h1>
${calendar ? html`<p>${words.decree[language]}: ${calendar.decree}. ${words.version[language]} ${calendar.version}.</p>` : html`<p class="notice">${words.noDecree[language]}</p>`}
${maySet(visit) ? html`<p><a class="button second" href="${pageIn(language, `${addressOf(path.year)}/ubah`)}">${words.change[language]}</a></p>` : html`<p class="hint">${words.nationalOnly[language]}</p>`}
<ul>${sorted.map((day) => html`<li>${dayInWords(day, language)}</li>`)}</ul>
${
  calendar &&
  html`<h2>${words.versions[language]}</h2><ul>${calendar.versions.map(
    ({ version, decree, days, stored }) =>
      html`<li>${words.version[language]} ${version}: ${decree}, ${days.length} ${words.days[language]}, ${stored ? `${words.stored[language]} ${inWords(stored.at, "Asia/Jakarta", language)} (${stored.officerId})` : words.shipped[language]}</li>`,
  )}</ul>`
}`,
      });
    },
  );

const keyOf = ({ date, regionCode }: Pick<FreeDay, "date" | "regionCode">): string =>
  `${date} ${regionCode ?? ""}`.trim();
/** So many new days fit into one form; a year without a decree begins with more. */
const rowsFor = (calendar: Calendar | undefined): number => (calendar ? 6 : 24);
const partsOfDay = ["date", "kind", "name", "regionCode"] as const;

/** A free day of the list that a form makes, and the field of the form that it came from. */
interface WrittenDay {
  day: Record<string, string>;
  field: string | undefined;
}

const listOf = (values: FormValues, name: string): readonly string[] => [values[name] ?? []].flat();

/** The list of free days that a form stands for: those that stay, and the new ones, by date. */
function writtenDays(values: FormValues, calendar: Calendar | undefined): WrittenDay[] {
  const removed = new Set(listOf(values, "hapus"));
  const kept = (calendar?.days ?? [])
    .filter((day) => !removed.has(keyOf(day)))
    .map(({ date, kind, name, regionCode }) => ({
      day: { date, kind, name, ...(regionCode !== undefined && { regionCode }) },
      field: undefined,
    }));
  const added = Array.from({ length: 40 }, (_, at) => `baru.${at}`).flatMap((field) => {
    const typed = partsOfDay.map((part) => [part, valueOf(values, `${field}.${part}`).trim()] as const);
    const isEmpty = typed.every(([part, value]) => part === "kind" || value === "");
    const day = Object.fromEntries(
      typed
        .filter(([, value]) => value !== "")
        .map(([part, value]) => [part, part === "date" ? dateTyped(value) : value]),
    );
    return isEmpty ? [] : [{ day, field }];
  });
  return [...kept, ...added].sort((a, b) => ((a.day.date ?? "") < (b.day.date ?? "") ? -1 : 1));
}

/** Says what is wrong with a day at the field that it was typed into. */
function atTheirFields(error: unknown, written: readonly WrittenDay[]): unknown {
  if (!(error instanceof Refusal) || error.fields.length === 0) return error;
  return refuseFields(
    error.fields.map((one) => {
      const [, index, part = "date"] = /^days\.(\d+)(?:\.(\w+))?$/.exec(one.path) ?? [];
      const field = index === undefined ? undefined : written[Number(index)]?.field;
      return { ...one, path: field === undefined ? one.path : `${field}.${part}` };
    }),
  );
}

const sealedAs = (of: number): string => `calendar ${of}`;

/** What the holidays would do. Its page alone has the button that makes them count. */
async function trialPage(
  room: Room,
  visit: OfficerVisit,
  { body, version, tried }: { body: unknown; version: number; tried?: Tried | undefined },
): Promise<Reply> {
  const { language } = visit;
  const wanted = calendarYear.parse(body);
  const of = wanted.year;
  const reply = await visit.ask(
    room.asked.setCalendar,
    { path: { year: String(of) }, query: { dryRun: "true" }, body, headers: { "if-match": `"${version}"` } },
    calendarSet,
  );
  const current = (await calendarAt(room, visit, of))?.days ?? [];
  const differing = (a: readonly FreeDay[], b: readonly FreeDay[]): FreeDay[] => {
    const others = new Set(b.map((day) => dayInWords(day, "id")));
    return a.filter((day) => !others.has(dayInWords(day, "id")));
  };
  const [removed, added] = [differing(current, wanted.days), differing(wanted.days, current)];
  const list = (title: Text, days: readonly FreeDay[]): Hole =>
    days.length > 0 &&
    html`<h2>${title[language]}</h2><ul>${days.map((day) => html`<li>${dayInWords(day, language)}</li>`)}</ul>`;
  const fields = await triedFields(room.registry.frame, visit, sealedAs(of), { body, version });
  return shown(
    room,
    { ...visit, address: `${addressOf(of)}/ubah` },
    {
      title: words.trialTitle,
      back: { address: `${addressOf(of)}/ubah`, label: words.back[language] },
      tried,
      main: html`<h1>${words.trialTitle[language]} ${of}</h1>${reply.trial && trialFigures(reply.trial, language)}
${list(words.removed, removed)}${list(words.added, added)}${removed.length + added.length === 0 && html`<p>${words.nothing[language]}</p>`}
<p>${words.decree[language]}: ${wanted.decree}</p><p>${words.after[language]}</p>
<form method="post" action="${pageIn(language, `${addressOf(of)}/aktifkan`)}">${fields}${sendButton(words.activate[language])}</form>`,
    },
  );
}

const dayFields = (told: Told, at: number, language: Language): Hole => {
  const name = (part: string): string => `baru.${at}.${part}`;
  return fieldGroup(
    `${words.newDay[language]} ${at + 1}`,
    html`<div class="filters">${textField(told, { name: name("date"), label: words.date[language] }, { type: "date" })}${selectField(
      told,
      { name: name("kind"), label: words.kind[language] },
      freeDay.shape.kind.options.map((value) => ({ value, label: kindText[value][language] })),
    )}${textField(told, { name: name("name"), label: words.name[language] })}${textField(told, { name: name("regionCode"), label: words.region[language], hint: at === 0 && words.regionHint[language], optional: true })}</div>`,
  );
};

/** The days of a year, each with a box that takes it away. */
const daysToRemove = (told: Told, days: readonly FreeDay[], language: Language): Hole => {
  const ticked = new Set(listOf(told.values, "hapus"));
  return (
    days.length > 0 &&
    html`<details><summary>${words.remove[language]}</summary><fieldset><legend>${words.removeHint[language]}</legend>${days.map(
      (day) => {
        const box = ticked.has(keyOf(day))
          ? html`<input type="checkbox" name="hapus" value="${keyOf(day)}" checked>`
          : html`<input type="checkbox" name="hapus" value="${keyOf(day)}">`;
        return html`<label class="choice">${box}<span>${dayInWords(day, language)}</span></label>`;
      },
    )}</fieldset></details>`
  );
};

/** `/petugas/kelola/kalender/{year}/ubah`: writes a change of holidays, and tries it. Nothing counts before the page of the trial says so. */
const changePage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/kalender/{year}/ubah",
    input: { path: pathOfYear },
    async load({ path }, visit) {
      if (!maySet(visit)) throw notForYou();
      const calendar = await calendarAt(room, visit, path.year);
      return { calendar, of: path.year, version: calendar?.version ?? 0 };
    },
    title: words.changeTitle,
    heading: ({ of }, language) => `${words.changeTitle[language]} ${of}`,
    back: ({ of }, language) => ({ address: addressOf(of), label: `${words.title[language]} ${of}` }),
    filled: ({ calendar }) => ({ decree: calendar?.decree ?? "" }),
    intro: ({ language }) => html`<p>${words.lead[language]}</p>`,
    inputs: ({ told, state, language }) =>
      html`${textField(told, { name: "decree", label: words.decree[language], hint: words.decreeHint[language] })}${daysToRemove(told, state.calendar?.days ?? [], language)}<h2>${words.add[language]}</h2>${Array.from({ length: rowsFor(state.calendar) }, (_, at) => dayFields(told, at, language))}`,
    button: words.try,
    async send({ path }, visit, values) {
      if (!maySet(visit)) throw notForYou();
      const written = writtenDays(values, await calendarAt(room, visit, path.year));
      const decree = valueOf(values, "decree");
      const body = allTidied({ year: path.year, decree, days: written.map(({ day }) => day) });
      const version = Number(valueOf(values, "versi")) || 0;
      // The route says first what is wrong with it, so that the page of the trial holds what can be stored.
      const asked = {
        path: { year: String(path.year) },
        query: { dryRun: "true" },
        body,
        headers: { "if-match": `"${version}"` },
      };
      try {
        if (!calendarYear.safeParse(body).success) await visit.reply(room.asked.setCalendar, asked);
        return await trialPage(room, visit, { body: calendarYear.parse(body), version });
      } catch (error) {
        throw atTheirFields(error, written);
      }
    },
  });

/** Makes what was tried count. Where somebody was faster it is tried anew, and the page shows what would be lost. */
const activation = (room: Room): Route[] =>
  officerActionAt(
    room.registry.frame,
    "/petugas/kelola/kalender/{year}/aktifkan",
    { path: pathOfYear },
    async ({ path }, visit, values) => {
      const { body, version } = await changeTried(room.registry.frame, visit, sealedAs(path.year), values);
      await visit.reply(room.asked.setCalendar, {
        path: { year: String(path.year) },
        body,
        headers: { "if-match": `"${version}"` },
      });
      return leadOn(visit, addressOf(path.year), "kalender");
    },
    async ({ path }, visit, tried) => {
      const { body } = await changeTried(
        room.registry.frame,
        visit,
        sealedAs(path.year),
        tried?.values ?? {},
      );
      const version = (await calendarAt(room, visit, path.year))?.version ?? 0;
      return trialPage(room, visit, { body, version, tried });
    },
  );

/** The pages of the calendar. */
export const calendarPages = (room: Room): Route[] => [
  ...yearsPage(room),
  ...yearPage(room),
  ...changePage(room),
  ...activation(room),
];
