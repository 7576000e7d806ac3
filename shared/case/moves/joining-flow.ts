import type { Case } from "../case.ts";
import type { CaseStore } from "../store/case-store.ts";

/** How many joins are followed in a row: a case that others follow may itself be joined later. */
const steps = 8;

/** The case that a number leads to in the end: the case itself, or the one that it follows. */
export async function firstOf(
  cases: Pick<CaseStore, "get">,
  trackingNumber: string,
): Promise<Case | undefined> {
  let number = trackingNumber;
  for (let step = 0; step < steps; step++) {
    const found = await cases.get(number);
    if (found?.joinedTo === undefined) return found;
    number = found.joinedTo;
  }
  return undefined;
}
