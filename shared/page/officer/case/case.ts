import type * as z from "zod";
import type { EventType } from "../../../case/history.ts";
import type { officerView } from "../../../case/views/schemas.ts";
import { eventFields, type Readers } from "../../../case/views/visibility.ts";
import { localDate } from "../../../deadline/calendar/local-date.ts";
import { localDateInWords, type TimeZone } from "../../../deadline/calendar/time-zone.ts";
import { caseClass } from "../../../deadline/policy.ts";
import type { Language, Text } from "../../../language.ts";
import { classText } from "../../../notification/mails/words/case.ts";
import { newestAnswer } from "../../case/answer.ts";
import { clocksInWords } from "../../case/clocks.ts";
import { momentSeen, zoneSeen } from "../../case/moments.ts";
import { actorSeen, asWritten, type EntrySeen, timelineSeen } from "../../case/timeline.ts";
import { whoseTurn } from "../../case/whose-turn.ts";
import { attributes, type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { summaryList } from "../../parts/lists.ts";
import { chip } from "../../parts/turn.ts";
import { officersCase } from "../move-addresses.ts";
import { evidenceIn, filesSeen } from "./case-files.ts";
import { holdersSeen } from "./case-holders.ts";
import { likelyMoves, movesInGroups } from "./case-moves.ts";

/** A case as its officer sees it. */
export type OfficerView = z.output<typeof officerView>;

const words = {
  report: { id: "Laporan", en: "Report" },
  untitled: { id: "Laporan", en: "Report" },
  sent: { id: "dikirim", en: "sent" },
  closed: {
    id: "Judul dan isi laporan ini tidak terbuka untuk jabatan Anda.",
    en: "Title and text of this report are not open to your post.",
  },
  anonymous: { id: "Pelapor anonim.", en: "The reporter is anonymous." },
  anonymousText: {
    id: "Anda tidak dapat melihat siapa pelapornya. Jangan menanyakan nama, alamat, atau pekerjaannya. Tanyakan kejadiannya saja.",
    en: "You cannot see who it is. Do not ask for name, address or work. Ask about what happened only.",
  },
  secret: { id: "Laporan rahasia.", en: "This report is secret." },
  secretText: {
    id: "Publik tidak membaca isi, jawaban, dan lampirannya. Jangan menyebut laporan ini kepada yang dilaporkan, atau kepada siapa pun yang tidak menanganinya.",
    en: "The public reads neither its text nor its answer. Tell nobody of it who does not work on it, least of all whom it is about.",
  },
  hidden: {
    id: "Pelapor menyembunyikan isinya dari publik.",
    en: "The reporter has hidden its content from the public.",
  },
  held: {
    id: "Laporan yang hampir sama datang beberapa menit sebelumnya. Periksa dulu apakah ini kiriman berulang.",
    en: "Nearly the same report came minutes before. First look whether somebody sends it over and over.",
  },
  lastWord: { id: "Kata pelapor terakhir", en: "The reporter's last word" },
  question: { id: "Pertanyaan kepada pelapor", en: "The question to the reporter" },
  text: { id: "Isi laporan", en: "What was reported" },
  about: { id: "Tentang laporan ini", en: "About this report" },
  kind: { id: "Jenis", en: "Kind" },
  supervised: { id: "berkadar pengawasan", en: "supervised" },
  formal: { id: "permohonan informasi resmi (UU 14/2008)", en: "formal request (UU 14/2008)" },
  category: { id: "Kategori", en: "Category" },
  noCategory: { id: "Belum ada", en: "None yet" },
  place: { id: "Tempat", en: "Place" },
  coordinates: { id: "Koordinat", en: "Coordinates" },
  noPlace: { id: "Tidak disebut", en: "Not told" },
  occurredOn: { id: "Tanggal kejadian", en: "Date of what happened" },
  submitted: { id: "Dikirim", en: "Sent" },
  ownTitle: { id: "Judul dari pelapor", en: "The reporter's title" },
  reporter: { id: "Pelapor", en: "Reporter" },
  isAnonymous: { id: "Anonim", en: "Anonymous" },
  sealed: {
    id: "Tidak anonim. Identitasnya tersegel: hanya kepala instansi atau Ombudsman yang membukanya, dengan alasan yang dibaca pelapor.",
    en: "Not anonymous. The identity is sealed: only the head of the agency or the Ombudsman opens it, for a reason that the reporter reads.",
  },
  noIdentity: {
    id: "Tidak menyebut nama. Tidak ada identitas yang tersimpan.",
    en: "Gave no name. No identity is kept.",
  },
  supports: { id: "Dukungan", en: "Supports" },
  people: { id: "orang menyatakan mengalami hal yang sama", en: "people say that they have this too" },
  person: { id: "orang menyatakan mengalami hal yang sama", en: "person says that they have this too" },
  follows: { id: "Mengikuti laporan", en: "Follows report" },
  followedBy: { id: "Diikuti oleh", en: "Followed by" },
  files: { id: "Lampiran", en: "Files" },
  moves: { id: "Langkah yang dapat Anda ambil", en: "What you can do" },
  noMoves: {
    id: "Sekarang tidak ada langkah yang dapat Anda ambil dengan laporan ini.",
    en: "There is nothing that you can do with this report now.",
  },
  alike: { id: "Laporan yang mungkin sama", en: "Reports that may be the same" },
  lookAlike: {
    id: "Cari dan bandingkan laporan yang mungkin sama",
    en: "Find and compare reports that may be the same",
  },
  clocks: { id: "Batas waktu", en: "Deadlines" },
  noClocks: { id: "Tidak ada batas waktu yang berjalan.", en: "No deadline is running." },
  holders: { id: "Siapa memegang laporan ini", en: "Who has this report" },
  timeline: { id: "Perjalanan laporan", en: "What has happened" },
  internal: { id: "Internal: hanya petugas membacanya", en: "Internal: officers alone read it" },
  original: { id: "Jawaban sebelum diralat", en: "The answer before it was corrected" },
  withheld: { id: "Kata yang ditutup", en: "The words withheld" },
  publicPage: { id: "Halaman laporan ini untuk publik", en: "The page of this report for everybody" },
  proof: { id: "Bukti bahwa riwayat ini tidak diubah", en: "Proof that this history was not changed" },
} as const satisfies Record<string, Text>;

/** Fields in which an entry holds what somebody wrote. */
const prose = ["text", "note", "reason"];
/** The reporter reads the new words of a correction in the answer itself. */
const readElsewhere: readonly string[] = ["answer-corrected"];

/** Whether an entry holds words that neither the public nor the reporter reads. */
function isInternal({ type, content = {} }: EntrySeen): boolean {
  if (!(type in eventFields) || readElsewhere.includes(type)) return false;
  const fields: Readonly<Record<string, Readers>> = eventFields[type as EventType].content;
  return prose.some((field) => content[field] !== undefined && !fields[field]?.includes("reporter"));
}

const said = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** What officers read at an entry besides what everybody reads there. */
const besidesEntry =
  (evidence: (entry: EntrySeen) => Hole, language: Language) =>
  (entry: EntrySeen): Hole => {
    const { originalText, words: withheld } = entry.content ?? {};
    const [original, hiddenWords] = [said(originalText), said(withheld)];
    return [
      isInternal(entry) && html`<p>${chip("due", words.internal[language])}</p>`,
      evidence(entry),
      hiddenWords && html`<p>${words.withheld[language]}: <span lang="id">${hiddenWords}</span></p>`,
      original &&
        html`<details><summary>${words.original[language]}</summary>${asWritten(original)}</details>`,
    ];
  };

const told: readonly string[] = [
  "replied",
  "disputed",
  "appealed",
  "objected",
  "reopened",
  "asked",
  "answered",
  "progressed",
];

/** What was said last, where somebody waits for an answer to it: the reporter's word, or the open question to them. */
function lastWord({ timeline = [], status }: OfficerView, zone: TimeZone, language: Language): Hole {
  const last = timeline.findLast(({ type }) => told.includes(type));
  const text = said(last?.content?.text) ?? said(last?.content?.comment);
  const heading =
    last?.by === "reporter"
      ? words.lastWord
      : last?.type === "asked" && status === "awaiting-reporter"
        ? words.question
        : undefined;
  return (
    last &&
    text &&
    heading &&
    html`<h2>${heading[language]}</h2><div class="card"><p class="hint">${last.text} · ${actorSeen(last, language)} · ${momentSeen(last.at, zone, language)}</p>${asWritten(text)}</div>`
  );
}

/** What an officer has to know before they say or write anything about this report. */
const cautions = (view: OfficerView, language: Language): Hole => {
  const notices: [Text | undefined, Text][] = [
    ...(view.secret ? [[words.secret, words.secretText] as [Text, Text]] : []),
    ...(view.anonymous ? [[words.anonymous, words.anonymousText] as [Text, Text]] : []),
    ...(view.redaction === "hidden" ? [[undefined, words.hidden] as [undefined, Text]] : []),
    ...(view.held && view.status === "submitted" ? [[undefined, words.held] as [undefined, Text]] : []),
  ];
  return (
    notices.length > 0 &&
    html`<div class="notice">${notices.map(([first, text]) => html`<p>${first && html`<b>${first[language]}</b> `}${text[language]}</p>`)}</div>`
  );
};

/** Where it happened. The place of a report that could tell on its reporter is not handed to any other program. */
function placeRows({ location, secret, anonymous }: OfficerView, language: Language) {
  if (!location) return [{ label: words.place, value: words.noPlace[language] }];
  const { address, regionName, latitude, longitude } = location;
  const place = [address, regionName].filter(Boolean).join(", ");
  if (latitude === undefined || longitude === undefined) return [{ label: words.place, value: place }];
  const point = `${latitude}, ${longitude}`;
  return [
    { label: words.place, value: place },
    {
      label: words.coordinates,
      value:
        secret || anonymous
          ? html`<span class="number">${point}</span>`
          : html`<a class="number" href="${`geo:${latitude},${longitude}`}">${point}</a>`,
    },
  ];
}

const kindOf = (view: OfficerView, language: Language): string =>
  [
    classText[caseClass.parse(view.class)][language],
    view.supervised && words.supervised[language],
    view.formal && words.formal[language],
  ]
    .filter((part) => typeof part === "string")
    .join(", ");

const whoReported = ({ anonymous, identityOnFile }: OfficerView): Text =>
  anonymous ? words.isAnonymous : identityOnFile ? words.sealed : words.noIdentity;

const caseLink = (
  { trackingNumber, statusText }: { trackingNumber: string; statusText: string },
  language: Language,
  caseAt = officersCase,
): Html =>
  html`<a class="number" href="${pageIn(language, caseAt(trackingNumber))}">${trackingNumber}</a> (${statusText})`;

function facts(
  view: OfficerView,
  { zone, caseAt }: { zone: TimeZone; caseAt: typeof officersCase },
  language: Language,
): Html {
  const { category, occurredOn, originalTitle, supports, follows, followedBy = [] } = view;
  const rows: { label: Text; value: Hole }[] = [
    { label: words.kind, value: kindOf(view, language) },
    { label: words.category, value: category?.name ?? words.noCategory[language] },
    ...placeRows(view, language),
    { label: words.occurredOn, value: occurredOn && localDateInWords(occurredOn, language) },
    { label: words.submitted, value: momentSeen(view.submittedAt, zone, language) },
    { label: words.ownTitle, value: originalTitle && html`<span lang="id">${originalTitle}</span>` },
    { label: words.reporter, value: whoReported(view)[language] },
    {
      label: words.supports,
      value:
        supports &&
        supports.count > 0 &&
        `${supports.count} ${(supports.count === 1 ? words.person : words.people)[language]}`,
    },
    { label: words.follows, value: follows && caseLink(follows, language, caseAt) },
    {
      label: words.followedBy,
      value:
        followedBy.length > 0 &&
        html`<ul>${followedBy.map((one) => html`<li>${caseLink(one, language)}</li>`)}</ul>`,
    },
  ];
  return summaryList(rows.flatMap(({ label, value }) => (value ? [{ label: label[language], value }] : [])));
}

/** What the page of a case is made of besides its view. */
export interface CaseShown {
  /** What this officer may do with the case now, in any of their posts. */
  legalMoves: ReadonlySet<string>;
  isToBeHandedDown: boolean;
  /** What was just done. */
  notice: Hole;
  /** Likely duplicates, where they are looked for at once. */
  alike?: Hole;
  /** Whether this officer may look for duplicates. */
  mayCompare: boolean;
  /** Whether this officer can open the case that it follows. */
  opensLeading: boolean;
  now: Date;
}

/** A case for its officer: whose turn it is, what it is about, what can be done now, its clocks, and its way so far. */
export function officersCaseSeen(view: OfficerView, shown: CaseShown, language: Language): Html {
  const { trackingNumber, title, text, timeline = [], clocks = [] } = view;
  const { legalMoves, mayCompare, alike, now } = shown;
  const zone = zoneSeen(view);
  const found = { ...view, ...shown };
  const evidence = evidenceIn(found, language);
  const at = (part: string) => pageIn(language, part);
  // The leading case may be out of this officer's reach. Its page for everybody is not.
  const caseAt = (number: string) =>
    number === view.follows?.trackingNumber && !shown.opensLeading
      ? `/laporan/${number}`
      : officersCase(number);
  return html`<p class="where">${words.report[language]} <span class="number">${trackingNumber}</span>, ${words.sent[language]} ${momentSeen(view.submittedAt, zone, language)}</p>
<h1 ${attributes({ lang: title && "id" })}>${title ?? words.untitled[language]}</h1>
${shown.notice}
${whoseTurn(view, language, "public", caseAt)}
${likelyMoves(found, language)}
${cautions(view, language)}
${lastWord(view, zone, language)}
${newestAnswer(timeline, { zone, besides: evidence }, language)}
<h2>${words.text[language]}</h2>
${text === undefined ? html`<p>${words.closed[language]}</p>` : asWritten(text)}
${facts(view, { zone, caseAt }, language)}
<h2>${words.files[language]}</h2>
${filesSeen(found, language)}
${
  mayCompare &&
  html`<h2>${words.alike[language]}</h2>${alike}<p><a class="link" href="${at(`${officersCase(trackingNumber)}/serupa`)}">${words.lookAlike[language]}</a></p>`
}
<h2 id="langkah">${words.moves[language]}</h2>
${legalMoves.size === 0 ? html`<p>${words.noMoves[language]}</p>` : movesInGroups(found, language)}
<h2>${words.clocks[language]}</h2>
${clocks.length === 0 ? html`<p>${words.noClocks[language]}</p>` : clocksInWords(clocks, { today: localDate(now, zone), zone }, language)}
<h2>${words.holders[language]}</h2>
${holdersSeen(view, { zone, now }, language)}
<h2>${words.timeline[language]}</h2>
${timelineSeen(timeline, { zone, besides: besidesEntry(evidence, language), caseAt }, language)}
<p class="row"><a class="link" href="${at(`/laporan/${trackingNumber}`)}">${words.publicPage[language]}</a><a class="link" href="${at(`/laporan/${trackingNumber}/riwayat`)}">${words.proof[language]}</a></p>`;
}
