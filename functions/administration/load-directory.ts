import * as z from "zod";
import { canonicalHash } from "../../shared/chain.ts";
import { refuseRole, rolesInCharge } from "../../shared/directory/administration/powers.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { sideBySide } from "../../shared/platform/side-by-side.ts";
import { Refusal } from "../../shared/refusal.ts";
import { colleaguesOver } from "./load/colleagues.ts";
import { type Loading, loadRow } from "./load/load-row.ts";
import { trialOver } from "./load/overlay.ts";
import { directoryLoad, type OrderedRow, orderedRows, type RowResult, rowResult } from "./load/rows.ts";
import { requestsWaiting } from "./load/waiting.ts";
import { contradictsEntry, type Registry } from "./registry.ts";

/** A load stops beginning new rows so long after it was asked for, because its caller waits and the function answers after 27 seconds. */
const loadMs = 18_000;
/** So many rows are worked on at once. The service of accounts takes no more. */
const atOnce = 10;

export const directoryLoaded = z.object({
  results: z.array(rowResult),
  /** The rows that there was no time for: the same request with these two goes on. Null once all were worked on. */
  next: z.object({ from: z.int(), basis: z.string() }).nullable(),
  /** What the answer rests on. Sent back with the same rows, it has them refused if one of their entries changed since. */
  basis: z.string(),
});

/** The versions of the entries that rows are about, each at the place of its row. */
const versionsOf = ({ entries }: Registry, rows: readonly OrderedRow[]): Promise<number[]> =>
  sideBySide(rows, async ({ kind, id, right }) =>
    right ? ((await entries.find(kind, id))?.version ?? 0) : 0,
  );

/** Names the versions of the entries that rows are about, from a row on. A row has an entry of its own, so no row before changes it. */
const basisOf = (rows: readonly OrderedRow[], versions: readonly number[], from = 0): string =>
  canonicalHash(rows.slice(from).map(({ kind, id }, at) => [kind, id, versions[from + at] ?? 0]));

const overtaken = () =>
  new Refusal("conflict", {
    id: "Sejak dicoba, data yang dimuat sudah berubah, mungkin karena muatan ini sudah dijalankan. Lihat hasil percobaan yang baru, lalu putuskan kembali.",
    en: "What is loaded has changed since it was tried, perhaps because this load has been carried out. Look at the new trial, then decide anew.",
  });

/** Works through the rows in their order, some at once, those of one level before the next, up to an instant. */
async function worked(
  registry: Registry,
  rows: readonly OrderedRow[],
  until: number,
  how: Omit<Loading, "who"> & { posts: readonly Officer[] },
): Promise<RowResult[]> {
  const results: RowResult[] = [];
  while (results.length < rows.length && (results.length === 0 || registry.now().getTime() < until)) {
    const begin = results.length;
    const level = rows[begin]?.level;
    const portion = rows.slice(begin, begin + atOnce).filter((one) => one.level === level);
    results.push(...(await Promise.all(portion.map((one) => loadRow(registry, one, how)))));
  }
  return results;
}

/**
 * `POST /v1/admin/directory-loads`: creates and changes many agencies and officers, each row by the same rules as `PUT` of one, with
 * a result for each. The same load again changes nothing twice. `?dryRun=true` only tells what it would do.
 */
export const loadDirectory = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Muat banyak instansi dan petugas", en: "Load many agencies and officers" },
      input: {
        query: z.strictObject({
          dryRun: z.enum(["true", "false"]).optional(),
          /** So many rows were worked on before. */
          from: z
            .stringFormat("count", /^\d{1,4}$/)
            .transform(Number)
            .pipe(z.int())
            .optional(),
          basis: z.string().max(100).optional(),
        }),
        body: directoryLoad,
      },
      output: { 200: directoryLoaded },
      refusals: { conflict: contradictsEntry },
    },
    async ({ query: { dryRun, from = 0, basis: seen }, body }, { officer: who, posts, language }) => {
      refuseRole("read", who);
      const until = registry.now().getTime() + loadMs;
      const administering = posts.filter(({ role }) => rolesInCharge[role]);
      const rows = orderedRows(body).slice(from);
      const isTrial = dryRun === "true";
      const used = isTrial ? trialOver(registry) : registry;
      const versions = await versionsOf(used, rows);
      const basis = basisOf(rows, versions);
      if (seen !== undefined && seen !== basis) throw overtaken();
      const how = {
        posts: administering,
        language,
        isTrial,
        colleagues: colleaguesOver(used.entries),
        ...(isTrial && { waiting: requestsWaiting(registry) }),
      };
      const results = await worked(used, rows, until, how);
      const done = results.length;
      const next = done < rows.length ? { from: from + done, basis: basisOf(rows, versions, done) } : null;
      return ok({ results, next, basis });
    },
  );
