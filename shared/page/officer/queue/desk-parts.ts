import type { QueueName, WatchName } from "../../../case/lists/queues.ts";
import { inWords, type TimeZone, zoneOffsetHours } from "../../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../../language.ts";
import { type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { officersCase } from "../move-addresses.ts";
import { numberAddress, numberTitle } from "../number-page.ts";
import { filteredAddress, queuePath, queueText } from "./queue-addresses.ts";
import { type CaseWaiting, daysInWords, queueRows, titleInRow } from "./queue-rows.ts";

const words = {
  nothingToday: { id: "Tidak ada yang harus selesai hari ini.", en: "Nothing has to be done today." },
  waits: { id: "Yang menunggu Anda", en: "What waits for you" },
  today: { id: "Harus selesai hari ini", en: "To be done today" },
  next: { id: "Berikutnya", en: "Next" },
  take: { id: "Kerjakan berikutnya", en: "Take the next one" },
  news: { id: "Yang berubah sejak kunjungan terakhir Anda", en: "What has changed since your last visit" },
  noNews: { id: "Tidak ada yang berubah sejak", en: "Nothing has changed since" },
  nothing: { id: "Tidak ada yang menunggu.", en: "Nothing waits." },
  agencies: { id: "Menurut jabatan", en: "By post" },
  standing: { id: "Anda menggantikan", en: "You stand in for" },
  until: { id: "sampai", en: "until" },
  theirs: {
    id: "Laporannya ikut dihitung di atas. Lihat antrean",
    en: "Their cases are counted above. See the queue of",
  },
  decide: { id: "Permohonan yang menunggu orang kedua", en: "Requests that wait for a second person" },
  empty: { id: "Meja Anda kosong", en: "Your desk is empty" },
  emptyText: {
    id: "Tidak ada laporan yang menunggu Anda. Begitu ada yang datang, laporan itu muncul di sini dan Anda menerima email.",
    en: "No case waits for you. As soon as one comes, it appears here and you get an email.",
  },
  othersTurn: {
    id: "Saat ini tidak ada yang dapat Anda kerjakan. Laporan di bawah menunggu pelapor atau petugas lain.",
    en: "There is nothing that you can do now. The cases below wait for reporters or for other officers.",
  },
  meanwhile: { id: "Sementara itu:", en: "Meanwhile:" },
  guidance: { id: "baca panduan", en: "read the guidance" },
  practice: { id: "berlatih dengan contoh", en: "practise with examples" },
  all: { id: "Semua antrean", en: "All queues" },
  watch: {
    id: "Anda mengawasi dan tidak bekerja di satu instansi.",
    en: "You watch, and work in no single agency.",
  },
  choose: {
    id: "Pilih instansi yang antreannya ingin Anda lihat",
    en: "Choose an agency whose queues you want to see",
  },
  incomplete: {
    id: "Jumlahnya terlalu besar untuk dihitung semua: paling sedikit sebanyak ini.",
    en: "There are too many to count all: at least so many.",
  },
} as const satisfies Record<string, Text>;

type Counts = Record<QueueName | WatchName, number>;

/** The counts of one agency, and as what the officer works there. Nobody where they stand in for somebody. */
export interface DeskCount {
  agency: { id: string; name: string };
  counts: Counts;
  dueToday: number;
  as: readonly string[];
}

/** In whose place an officer stands now. */
export interface StandingIn {
  name: string;
  role: string;
  agency: { id: string; name: string };
  until: string;
}

/** What a desk shows to whoever works on cases. */
export interface DeskWork {
  ownAgency: string;
  total: { counts: Counts; dueToday: number; complete: boolean };
  byAgency: readonly DeskCount[];
  standing: readonly StandingIn[];
  next: CaseWaiting | undefined;
  news: readonly { view: CaseWaiting; entry: { text: string; at: string; by: string } }[];
}

/** "Selamat pagi", by the clock of the officer's agency. */
function greeting(at: Date, zone: TimeZone, language: Language): string {
  const hour = (at.getUTCHours() + zoneOffsetHours[zone]) % 24;
  if (hour < 11) return { id: "Selamat pagi.", en: "Good morning." }[language];
  if (hour < 15) return { id: "Selamat siang.", en: "Good day." }[language];
  return hour < 18
    ? { id: "Selamat sore.", en: "Good afternoon." }[language]
    : { id: "Selamat malam.", en: "Good evening." }[language];
}

/** How many have to be done today: what is due today, and what is late. */
function mustBeDone(count: number, language: Language): string {
  if (count === 0) return words.nothingToday[language];
  return {
    id: `${count} laporan harus selesai hari ini.`,
    en: `${count} case${count === 1 ? "" : "s"} must be done today.`,
  }[language];
}

const count = (number: number, label: string, address: string, tone: "" | "late" | "due" = ""): Html =>
  html`<li class="${number > 0 ? tone : ""}"><a href="${address}"><b>${number}</b>${label}</a></li>`;

/** The counts of all queues, each a link to its queue: what is late and due first. */
export function countLinks(
  { counts, dueToday }: { counts: Counts; dueToday: number },
  language: Language,
  filters: { instansi?: string | undefined; cakupan?: string | undefined } = {},
): Html {
  const to = (name: QueueName | WatchName, more = {}) =>
    filteredAddress(language, queuePath(name), { ...filters, ...more });
  const plain = [
    "due-soon",
    "verification",
    "assigned",
    "in-progress",
    "awaiting-reporter",
    "answered",
  ] as const;
  return html`<ul class="counts">${count(counts.overdue, queueText.overdue[language], to("overdue"), "late")}
${count(dueToday, words.today[language], to("due-soon", { batas: "hari-ini" }), "due")}
${plain.map(
  (name) => html`${count(counts[name], queueText[name][language], to(name))}
`,
)}</ul>`;
}

const waitsAtAll = ({ counts }: { counts: Counts }): boolean =>
  Object.values(counts).some((number) => number > 0);

/** The case to take next, with the button that leads to it. */
function nextUp({ next, total, ownAgency }: DeskWork, language: Language): Hole {
  const isEmpty = !waitsAtAll(total);
  if (next)
    return html`<h2>${words.next[language]}</h2>${queueRows([next], language, { ownAgency })}
<p><a class="button" href="${pageIn(language, "/petugas/berikutnya")}">${words.take[language]}</a></p>`;
  return html`<div class="notice">${isEmpty && html`<h2>${words.empty[language]}</h2>`}<p>${(isEmpty ? words.emptyText : words.othersTurn)[language]}</p>
<p>${words.meanwhile[language]} <a class="link" href="${pageIn(language, "/petugas/panduan")}">${words.guidance[language]}</a> · <a class="link" href="${pageIn(language, "/latihan")}">${words.practice[language]}</a></p></div>`;
}

/** In whose place the officer stands, until when, and where those cases are. */
const places = (standing: readonly StandingIn[], language: Language): Hole =>
  standing.map(
    ({ name, role, agency, until }) =>
      html`<div class="notice"><p>${words.standing[language]} <b>${name}</b> (${role}, ${agency.name}) ${words.until[language]} ${until}. ${words.theirs[language]} <a class="link" href="${filteredAddress(language, "/petugas/antrean", { instansi: agency.id })}">${agency.name}</a>.</p></div>`,
  );

/** Which numbers belong to which post, where somebody works in several agencies. */
const byPost = (rows: readonly DeskCount[], standing: readonly StandingIn[], language: Language): Hole =>
  rows.length > 1 &&
  html`<h2>${words.agencies[language]}</h2>${rows.map(({ as, agency, ...counted }) => {
    const instead = standing
      .filter((one) => one.agency.id === agency.id)
      .map(({ name }) => `${words.standing[language]} ${name}`);
    return html`<h3>${agency.name}</h3><p class="hint">${[...as, ...instead].join(", ")}</p>${waitsAtAll(counted) ? countLinks(counted, language, { instansi: agency.id }) : html`<p>${words.nothing[language]}</p>`}`;
  })}`;

/** What has changed since the last visit: what happened, when, and where the case stands. */
function newsList(
  { news }: Pick<DeskWork, "news">,
  since: string | undefined,
  zone: TimeZone,
  language: Language,
): Hole {
  if (since === undefined) return undefined;
  if (news.length === 0)
    return html`<p class="hint">${words.noNews[language]} ${inWords(since, zone, language)}.</p>`;
  return html`<h2>${words.news[language]}</h2><ul class="line">${news.map(
    ({ view, entry }) =>
      html`<li><h3><a href="${pageIn(language, officersCase(view.trackingNumber))}">${titleInRow(view, language)}</a></h3><p class="hint">${entry.text} · ${inWords(entry.at, zone, language)} · ${daysInWords(view, language).text}</p></li>`,
  )}</ul>`;
}

const requests = (toDecide: number, language: Language): Hole =>
  toDecide > 0 &&
  html`<ul class="counts">${count(toDecide, words.decide[language], pageIn(language, "/petugas/kelola/permintaan"), "due")}</ul>`;

/** The desk of whoever works on cases. */
const workingDesk = (work: DeskWork, since: string | undefined, zone: TimeZone, language: Language): Html =>
  html`${nextUp(work, language)}
<h2>${words.waits[language]}</h2>${countLinks(work.total, language)}
${!work.total.complete && html`<p class="hint">${words.incomplete[language]}</p>`}
${places(work.standing, language)}${byPost(work.byAgency, work.standing, language)}
${newsList(work, since, zone, language)}`;

/** What a desk shows. `work` is absent where somebody only watches. */
export function deskMain({
  language,
  at,
  zone,
  done,
  work,
  toDecide,
  since,
}: {
  language: Language;
  at: Date;
  /** The zone of the agency of the officer's first post: a desk is read there. */
  zone: TimeZone;
  done: Hole;
  work: DeskWork | undefined;
  toDecide: number;
  since: string | undefined;
}): Html {
  const hello = greeting(at, zone, language);
  const title = work
    ? `${hello} ${mustBeDone(work.total.dueToday + work.total.counts.overdue, language)}`
    : hello;
  return html`<h1>${title}</h1>${done}
${
  work
    ? workingDesk(work, since, zone, language)
    : html`<p>${words.watch[language]}</p><p><a class="button" href="${pageIn(language, "/petugas/antrean")}">${words.choose[language]}</a></p>`
}
${requests(toDecide, language)}
<p class="row"><a class="link" href="${pageIn(language, "/petugas/antrean")}">${words.all[language]}</a><a class="link" href="${pageIn(language, numberAddress)}">${numberTitle[language]}</a></p>`;
}
