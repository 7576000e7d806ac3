import * as z from "zod";
import { canonicalHash } from "../../../shared/chain.ts";
import { agencyEntry } from "../../../shared/directory/administration/agency.ts";
import { officerEntry } from "../../../shared/directory/administration/officer.ts";
import type { EntryKind } from "../../../shared/directory/entry-history.ts";
import { fieldRefusals } from "../../../shared/http/field-messages.ts";
import type { Text } from "../../../shared/language.ts";
import { agencyId, officerId } from "../../../shared/text/id.ts";

/** A load has so many rows of each kind at most. */
const mostRowsOfLoad = 2_000;

const row = z.strictObject({
  /** The number of the row in the file that it comes from. The answer names it. */
  row: z.int().min(1).max(1_000_000),
  /** What `PUT` of such an entry takes, with its id. A row with something wrong is refused alone. */
  entry: z.record(z.string().max(40), z.string().max(1_000).nullable()),
});

/** Many agencies and officers at once. */
export const directoryLoad = z.strictObject({
  agencies: z.array(row).max(mostRowsOfLoad),
  officers: z.array(row).max(mostRowsOfLoad),
});
export type DirectoryLoad = z.output<typeof directoryLoad>;

const problem = z.object({ field: z.string(), message: z.string() });

/** What became of a row, or would become of it. */
export const rowResult = z.object({
  kind: z.enum(["agency", "officer"]),
  row: z.int(),
  id: z.string(),
  outcome: z.enum(["created", "changed", "unchanged", "waits", "refused"]),
  /** What is wrong with it, each with the field. */
  problems: z.array(problem),
  /** What else carrying it out would do, each with the field: of a trial alone. */
  notes: z.array(problem).optional(),
  /** The request that waits for a second person. */
  request: z.string().optional(),
});
export type RowResult = z.output<typeof rowResult>;

const agencyRow = agencyEntry.extend({ id: agencyId });
const officerRow = officerEntry.extend({ id: officerId });
type Entry =
  | { kind: "agency"; entry: z.output<typeof agencyRow> }
  | { kind: "officer"; entry: z.output<typeof officerRow> };

export interface Problem {
  field: string;
  message: Text;
}

/** A row in the order in which it is worked on: an agency comes after the one that it stands below. */
export interface OrderedRow {
  kind: EntryKind;
  row: number;
  id: string;
  /** So many agencies of the load stand above it. Officers come last. */
  level: number;
  right: Entry | undefined;
  problems: readonly Problem[];
}

/** An id that tells nothing, and is the same whenever the same row is loaded again. */
const neutralId = (email: string, agency: string): string =>
  `petugas-${Buffer.from(canonicalHash([email.toLowerCase(), agency]), "base64url")
    .toString("hex")
    .slice(0, 12)}`;

function entryOf(
  kind: EntryKind,
  typed: Record<string, string | null>,
): Pick<OrderedRow, "id" | "right" | "problems"> {
  const given: Record<string, string | null> = { ...typed };
  if (kind === "officer" && !given.id && given.email && given.agencyId)
    given.id = neutralId(given.email, given.agencyId);
  const id = given.id ?? "";
  const schema = kind === "agency" ? agencyRow : officerRow;
  const result = schema.safeParse(given);
  if (result.success) return { id, right: { kind, entry: result.data } as Entry, problems: [] };
  const problems = fieldRefusals("body", result.error, given).map(({ path, message }) => ({
    field: path,
    message,
  }));
  return { id, right: undefined, problems };
}

const twice = (field: string, row: number): Problem => ({
  field,
  message: {
    id: `Sama dengan baris ${row}. Hapus salah satunya.`,
    en: `The same as in row ${row}. Remove one of the two.`,
  },
});

const inCircle: Problem = {
  field: "parent",
  message: {
    id: "Instansi ini berada di bawah dirinya sendiri menurut berkas ini. Perbaiki induknya.",
    en: "By this file the agency stands below itself. Correct the agency above it.",
  },
};

/** Finds rows that say the same twice: an id, or an address within an agency. */
function repeatedIn(rows: readonly OrderedRow[]): OrderedRow[] {
  const first = new Map<string, number>();
  return rows.map((one) => {
    const right = one.right;
    const keys: [field: string, key: string][] = [["id", `${one.kind} ${one.id}`]];
    if (right?.kind === "officer")
      keys.push(["email", `email ${right.entry.email.toLowerCase()} ${right.entry.agencyId}`]);
    const repeated = keys.flatMap(([field, key]) => {
      const before = first.get(key);
      if (before === undefined) first.set(key, one.row);
      return before === undefined || one.id === "" ? [] : [twice(field, before)];
    });
    return repeated.length === 0
      ? one
      : { ...one, right: undefined, problems: [...one.problems, ...repeated] };
  });
}

/** How many agencies of the load stand above one. Undefined where they stand in a circle. */
function levelOf(id: string, parents: ReadonlyMap<string, string | null>): number | undefined {
  const passed = new Set<string>();
  for (let at: string | null | undefined = id; at && parents.has(at); at = parents.get(at)) {
    if (passed.has(at)) return undefined;
    passed.add(at);
  }
  return passed.size;
}

/** The rows of a load in the order in which they are worked on. It is the same each time. */
export function orderedRows({ agencies, officers }: DirectoryLoad): OrderedRow[] {
  const read =
    (kind: EntryKind) =>
    (one: DirectoryLoad["agencies"][number]): OrderedRow => ({
      kind,
      row: one.row,
      level: Infinity,
      ...entryOf(kind, one.entry),
    });
  const rows = repeatedIn([...agencies.map(read("agency")), ...officers.map(read("officer"))]);
  const parents = new Map(
    rows.flatMap(({ right }) =>
      right?.kind === "agency" ? [[right.entry.id, right.entry.parent] as const] : [],
    ),
  );
  return rows
    .map((one) => {
      if (one.right?.kind !== "agency") return one;
      const level = levelOf(one.id, parents);
      return level === undefined
        ? { ...one, right: undefined, problems: [...one.problems, inCircle] }
        : { ...one, level };
    })
    .sort((a, b) => (a.level === b.level ? 0 : a.level - b.level));
}
