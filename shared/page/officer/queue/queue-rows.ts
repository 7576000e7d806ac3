import type * as z from "zod";
import type { officerView } from "../../../case/views/schemas.ts";
import type { ClockName } from "../../../deadline/policy.ts";
import type { Language, Text } from "../../../language.ts";
import { left, toneOf } from "../../case/whose-turn.ts";
import { attributes, type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { chip, type Tone } from "../../parts/turn.ts";
import { officersCase } from "../move-addresses.ts";

/** A case as the list of a queue tells it. */
export type CaseWaiting = z.output<typeof officerView>;

const words = {
  untitled: { id: "Laporan", en: "Report" },
  secret: { id: "Rahasia", en: "Secret" },
  anonymous: { id: "anonim", en: "anonymous" },
  noDate: { id: "Hitungan berhenti", en: "Count stands still" },
  reporter: { id: "Pelapor", en: "Reporter" },
  reporterLate: { id: "Waktu pelapor habis", en: "The reporter's time is over" },
  pick: { id: "Pilih", en: "Choose" },
} as const satisfies Record<string, Text>;

/** In these clocks it is the reporter who has to act. */
const reportersClocks: readonly ClockName[] = ["reply", "completing-file"];

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The clock that is due first: what queues are ordered by. */
export const firstClock = ({ clocks = [] }: Pick<CaseWaiting, "clocks">) =>
  clocks
    .filter(({ endedAt, dueDate }) => endedAt === undefined && dueDate !== null)
    .sort((a, b) => String(a.dueDate).localeCompare(String(b.dueDate)))
    .at(0);

/** The days that are left, in words: "Terlambat 2 hari kerja", "Hari ini", "3 hari kerja lagi". With how it stands. */
export function daysInWords(
  view: Pick<CaseWaiting, "clocks">,
  language: Language,
): { tone: Tone; text: string } {
  const clock = firstClock(view);
  if (!clock) return { tone: "calm", text: words.noDate[language] };
  if (!reportersClocks.includes(clock.clock))
    return { tone: toneOf(clock.daysLeft), text: capitalised(left(clock, language)) };
  const isOver = (clock.daysLeft ?? 0) < 0;
  return {
    tone: "calm",
    text: isOver ? words.reporterLate[language] : `${words.reporter[language]}: ${left(clock, language)}`,
  };
}

/** So long may a title be in a row. Fifty rows fit into a page for a bad line. */
const longestTitle = 110;
const longestName = 60;

const costOf = (sign: string): number => (/[&<>"']/.test(sign) ? 5 : Buffer.byteLength(sign));

/** The beginning of a text that takes at most so many bytes of a page. */
export function beginningOf(text: string, most: number): string {
  const signs = [...text];
  let [bytes, at] = [0, 0];
  while (at < signs.length && bytes + costOf(signs[at] ?? "") <= most) bytes += costOf(signs[at++] ?? "");
  return at === signs.length ? text : `${signs.slice(0, at).join("").trimEnd()}…`;
}

/** The title as this reader has it, with a mark where it is secret. Without one it is the number. */
export const titleInRow = (
  { title, trackingNumber }: Pick<CaseWaiting, "title" | "trackingNumber">,
  language: Language,
): string =>
  title === undefined ? `${words.untitled[language]} ${trackingNumber}` : beginningOf(title, longestTitle);

/** What of a case stands below its title: number, place, category, and whose it is where that differs. */
function about(view: CaseWaiting, language: Language, ownAgency: string | undefined): string {
  const { trackingNumber, location, category, anonymous, agency } = view;
  return [
    trackingNumber,
    location && beginningOf(location.regionName, longestName),
    category && beginningOf(category.name, longestName),
    anonymous && words.anonymous[language],
    agency && agency.id !== ownAgency && beginningOf(agency.name, longestName),
  ]
    .filter((part) => typeof part === "string")
    .join(" · ");
}

/** What a tick says: which case, and the version of it that was seen. */
export const tickOf = ({
  trackingNumber,
  version,
}: Pick<CaseWaiting, "trackingNumber" | "version">): string => `${trackingNumber}:${version ?? 0}`;

/** The box of a row. */
const box = (view: CaseWaiting, ticked: boolean, language: Language): Html =>
  html`<label class="pick"><input type="checkbox" name="n" value="${tickOf(view)}" ${attributes({ checked: ticked })}><span class="unseen">${words.pick[language]} ${view.trackingNumber}</span></label>`;

/** How rows are shown. */
export interface RowsShown {
  /** Whose cases the reader takes for granted. */
  ownAgency?: string | undefined;
  /** Whether a row can be ticked, and whether it is. Without it no row has a box. */
  ticked?: (view: CaseWaiting) => boolean;
  /** What else is said of a row. */
  more?: (view: CaseWaiting) => Hole;
}

/** The cases of a queue, one below the other. */
export const queueRows = (
  items: readonly CaseWaiting[],
  language: Language,
  { ownAgency, ticked, more }: RowsShown = {},
): Html =>
  html`<ul class="${ticked ? "queue ticks" : "queue"}">${items.map((view) => {
    const { tone, text } = daysInWords(view, language);
    return html`<li>${ticked && box(view, ticked(view), language)}<div><a href="${pageIn(language, officersCase(view.trackingNumber))}" ${attributes({ lang: view.title !== undefined && language !== "id" && "id" })}>${titleInRow(view, language)}</a>${view.secret && html` <b>${words.secret[language]}</b>`}<br><small>${about(view, language, ownAgency)}</small>${more?.(view)}</div><div>${chip(tone, text)} <small>${view.statusText}</small></div></li>
`;
  })}</ul>`;
