import { type Move, moveNames, moveTitle } from "../../../shared/case/moves/table.ts";
import type { OfficerVisit } from "../../../shared/http/page/officer.ts";
import { type Hole, html } from "../../../shared/page/html.ts";

const isMove = (name: string | undefined): name is Move => moveNames.some((move) => move === name);

/** The move that an address says was just made. */
export const moveDone = ({ query: { sudah } }: Pick<OfficerVisit, "query">): Move | undefined =>
  isMove(sudah) ? sudah : undefined;

/** Says that a move was made, after the page of the move has led here. */
export function doneNotice(visit: Pick<OfficerVisit, "query" | "language">): Hole {
  const move = moveDone(visit);
  const said = { id: "Tersimpan", en: "Stored" }[visit.language];
  return (
    move &&
    html`<div class="notice" role="status"><p>${said}: <b>${moveTitle[move][visit.language]}</b>.</p></div>`
  );
}
