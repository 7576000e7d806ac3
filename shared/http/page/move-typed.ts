import type { CaseClass } from "../../deadline/policy.ts";
import { fieldNames, type FormMove, moveForms } from "../../page/officer/moves/table.ts";
import { bodyOf, type FormValues } from "./form.ts";

/** The body of the declared route that a form stands for. */
export function bodyTyped(move: FormMove, values: FormValues): Record<string, unknown> {
  const { fields } = moveForms[move];
  const of = (kind: string): string[] => fields.filter((one) => one.kind === kind).map(({ name }) => name);
  const ticked = of("evidence").map((name) => [name, [values[name] ?? []].flat().filter(Boolean)] as const);
  const plain = fieldNames(move).filter((name) => !of("evidence").includes(name));
  return {
    ...bodyOf(values, plain, { booleans: of("tick"), numbers: of("entry") }),
    ...Object.fromEntries(ticked),
  };
}

/**
 * A body with which a move can be decided before all is typed. What it says is shown to nobody, but an agency that was `chosen`
 * already is the one that is foreseen.
 */
export function bodyOtherwise(
  move: FormMove,
  { class: kind }: { class?: CaseClass | undefined },
  {
    agencyId,
    chosen,
    entry,
  }: { agencyId: string | undefined; chosen?: string | undefined; entry: string | undefined },
): Record<string, unknown> {
  const said = "…";
  switch (move) {
    case "verify":
      return { class: kind, supervised: false, formal: false, ...(chosen && { agencyId: chosen }) };
    case "assign":
      return { agencyId: chosen || agencyId };
    case "answer":
      return { text: said, evidence: [] };
    case "archive":
      return { reason: "private-matter", text: said };
    case "withhold":
      return { entry: Number(entry), reason: said };
    default:
      return { text: said, reason: said };
  }
}
