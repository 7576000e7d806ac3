import type { CaseStatus } from "../../../case/case.ts";
import { moveTitle } from "../../../case/moves/table.ts";
import type { Language, Text } from "../../../language.ts";
import { type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { addressOfMove, moveAddresses, type PagedMove } from "../move-addresses.ts";

/** The moves that have a page, gathered by what an officer wants. */
const groups: readonly { heading: Text; moves: readonly PagedMove[] }[] = [
  {
    heading: { id: "Lanjutkan", en: "Go on" },
    moves: ["verify", "answer", "progress", "correct-answer", "restore", "uphold"],
  },
  {
    heading: { id: "Tanya, catat, lampirkan", en: "Ask, note, attach" },
    moves: ["ask", "withdraw-question", "note", "attach"],
  },
  { heading: { id: "Teruskan", en: "Hand over" }, moves: ["assign", "return", "refer"] },
  { heading: { id: "Akhiri", en: "End" }, moves: ["archive", "join"] },
  {
    heading: { id: "Jarang dipakai", en: "Rarely used" },
    moves: ["extend", "withhold", "separate", "open-identity"],
  },
];

/** What is likely done next in each status, the likeliest first. In a status that waits for somebody else it is nothing. */
const likely: Partial<Record<CaseStatus, readonly PagedMove[]>> = {
  submitted: ["verify", "assign"],
  assigned: ["answer", "progress", "assign"],
  "in-progress": ["answer", "progress", "assign"],
  archived: ["restore", "uphold"],
};

interface Movable {
  trackingNumber: string;
  status: CaseStatus;
  legalMoves: ReadonlySet<string>;
  /** Whether the case waits at an agency of this officer's that has others below it. */
  isToBeHandedDown: boolean;
}

const isPaged = (move: string): move is PagedMove => move in moveAddresses;

/** The one or two moves that are likely made next. */
function likeliest({ status, legalMoves, isToBeHandedDown }: Movable): PagedMove[] {
  const inOrder = likely[status] ?? [];
  const first: readonly PagedMove[] = status === "assigned" && isToBeHandedDown ? ["assign"] : [];
  return [...new Set([...first, ...inOrder])].filter((move) => legalMoves.has(move)).slice(0, 2);
}

const linkTo = (
  { trackingNumber }: Movable,
  move: PagedMove,
  { kind, language }: { kind: string; language: Language },
): Html =>
  html`<a class="${kind}" href="${pageIn(language, addressOfMove(trackingNumber, move))}">${moveTitle[move][language]}</a>`;

const all: Text = { id: "Semua langkah", en: "All moves" };

/** What is likely done next, as buttons, and the way to everything else. */
export const likelyMoves = (of: Movable, language: Language): Hole =>
  [...of.legalMoves].some(isPaged) &&
  html`<p class="row">${likeliest(of).map((move, at) => linkTo(of, move, { kind: at === 0 ? "button" : "button second", language }))}<a class="link" href="#langkah">${all[language]}</a></p>`;

/** Every move that is legal now, gathered by what it is for. Each has a page of its own. */
export const movesInGroups = (of: Movable, language: Language): Html =>
  html`<dl class="answers">${groups.map(({ heading, moves }) => {
    const legal = moves.filter((move) => of.legalMoves.has(move));
    return (
      legal.length > 0 &&
      html`<div><dt>${heading[language]}</dt><dd><ul class="moves">${legal.map((move) => html`<li>${linkTo(of, move, { kind: "link", language })}</li>`)}</ul></dd></div>`
    );
  })}</dl>`;
