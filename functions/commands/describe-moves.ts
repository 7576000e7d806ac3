/**
 * npm run moves
 *
 * Writes the tables that decide a case's life into docs/moves.md. They say who may make which move when, and what each event
 * does to the clocks. A test fails while the document and the tables differ.
 */
import { writeFileSync } from "node:fs";
import { effects, type Trigger } from "../../shared/case/clocks/effects.ts";
import { conditions } from "../../shared/case/moves/conditions.ts";
import { moveNames, moves, moveTitle, type Permission, situations } from "../../shared/case/moves/table.ts";
import { stages, stageText } from "../../shared/deadline/ladder.ts";
import { clockNames } from "../../shared/deadline/policy.ts";
import { runCommand, takesNothing } from "../../shared/platform/command.ts";

const row = (...cells: string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: string[], rows: string[][]): string[] => [
  row(...head),
  row(...head.map(() => "---")),
  ...rows.map((cells) => row(...cells)),
];

const whose = { own: "own agency and below", anywhere: "any" } as const;

export const movesDocument = (): string =>
  [
    "# The life of a case",
    "",
    "Printed from the code by `npm run moves`: `shared/case/moves/table.ts`, `shared/case/clocks/effects.ts` and",
    "`shared/deadline/ladder.ts`. What is not in these tables does not happen.",
    "",
    "## Moves",
    "",
    ...table(
      ["move", "Indonesian", "who", "whose cases", "when it stands at", "leads to"],
      moveNames.flatMap((move) =>
        (moves[move].by as readonly Permission[]).map(({ roles, reach, when, exceptArchiver }) => [
          move,
          moveTitle[move].id,
          `${roles.join(", ")}${exceptArchiver ? ", but not who archived it" : ""}`,
          roles.includes("reporter") ? "their own" : whose[reach],
          when.length === situations.length ? "anything" : when.join(", "),
          moves[move].to.join(", ") || "the same",
        ]),
      ),
    ),
    "",
    "Some moves have a condition besides (`shared/case/moves/conditions.ts`). While it is not met they are refused, and nobody is",
    `offered them in \`legalMoves\`: ${Object.keys(conditions).join(", ")}.`,
    "",
    "## What events do to clocks",
    "",
    "`verified-unassigned` is a verification that found no agency yet, `returned-to-assigner` a return that goes to whoever",
    "assigns. An effect on a clock that is not there, or not in the state for it, is none.",
    "",
    ...table(
      ["event", ...clockNames],
      (Object.keys(effects) as Trigger[]).map((event) => [
        event,
        ...clockNames.map((clock) => effects[event][clock] ?? ""),
      ]),
    ),
    "",
    "## The ladder of alerts",
    "",
    "In working days from the due date, at eight in the morning where the agency is.",
    "",
    ...table(
      ["stage", "Indonesian", "working days", "to"],
      stages.map(({ stage, offset, to }) => [stage, stageText[stage].id, String(offset), to]),
    ),
    "",
  ].join("\n");

if (import.meta.main)
  await runCommand(() => {
    takesNothing("Usage: npm run moves (it takes nothing, and writes docs/moves.md)");
    writeFileSync("docs/moves.md", movesDocument());
  });
