import type { Case, CaseFile } from "../../case.ts";
import type { CaseStore } from "../../store/case-store.ts";
import { isShut, joinedNumbers, type Joins, mayBeTold } from "../../views/joins.ts";
import type { CaseReader } from "../../views/visibility.ts";

/** How many joins are followed in a row: a case that others follow may itself be joined later. */
const steps = 8;

/**
 * The case that a number leads to in the end: the case itself, or the one that it follows. Undefined where the way leads over
 * a case of which the caller may not know: that it follows another one would tell that it is there.
 */
export async function firstOf(
  cases: Pick<CaseStore, "get">,
  trackingNumber: string,
  mayKnow: (step: Case) => Promise<boolean>,
): Promise<Case | undefined> {
  let number = trackingNumber;
  for (let step = 0; step < steps; step++) {
    const found = await cases.get(number);
    if (!found || !(await mayKnow(found))) return undefined;
    if (found.joinedTo === undefined) return found;
    number = found.joinedTo;
  }
  return undefined;
}

/** Reads each case once. */
function readOnce(cases: Pick<CaseStore, "get">) {
  const read = new Map<string, Promise<Case | undefined>>();
  return (number: string) => {
    const found = read.get(number) ?? cases.get(number);
    read.set(number, found);
    return found;
  };
}

/**
 * What a reader of a case may know of the cases that it was joined to, as those stand now. `mayOpen` tells which of them the
 * reader may read themselves.
 */
export async function joinsSeenBy(
  cases: Pick<CaseStore, "get">,
  file: CaseFile,
  reader: CaseReader,
  mayOpen: (other: Case) => Promise<boolean> = async () => false,
): Promise<Joins> {
  const get = readOnce(cases);
  const mayKnow = async (other: Case) => mayBeTold(file.case, other, reader) || (await mayOpen(other));

  const known = new Set<string>();
  await Promise.all(
    joinedNumbers(file).map(async (number) => {
      const other = await get(number);
      if (other && (await mayKnow(other))) known.add(number);
    }),
  );

  let other = file.case.joinedTo;
  for (let step = 0; other !== undefined && step < steps; step++) {
    const next = await get(other);
    if (!next || !(await mayKnow(next))) return { known };
    if (next.joinedTo === undefined) return { known, first: next };
    other = next.joinedTo;
  }
  return { known };
}

/**
 * The first cases that follow this one, as far as a reader may know of them: whatever anybody may be told of, and what `mayOpen` says
 * that they may read themselves.
 */
export async function followersSeenBy(
  cases: Pick<CaseStore, "get" | "followersOf">,
  found: Case,
  mayOpen: (other: Case) => Promise<boolean>,
): Promise<Case[]> {
  const { numbers } = await cases.followersOf(found.trackingNumber);
  const read = await Promise.all(
    numbers.map(async (number) => {
      const other = await cases.get(number);
      return other && (!isShut(other) || (await mayOpen(other))) ? [other] : [];
    }),
  );
  return read.flat();
}
