import * as z from "zod";
import { asCursor, cursorOf, cursorOfAnother } from "../../shared/cursor.ts";
import { refuseRole, rolesInCharge } from "../../shared/directory/administration/powers.ts";
import { namedLike } from "../../shared/directory/agency-names.ts";
import type { Agency, Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { agencyId } from "../../shared/text/id.ts";
import { agencyView, readable, type Registry } from "./registry.ts";

/** So many agencies make one page of the list. */
const pageSize = 50;
/** So many are read from the database at once, and so often. */
const readAtOnce = 500;
const mostReads = 20;

export const agenciesManaged = z.object({
  items: z.array(
    agencyView.pick({ id: true, name: true, type: true, parent: true, closedAt: true }).extend({
      /** The name of the agency above it, where the reader may see that one. */
      above: z.string().nullable(),
    }),
  ),
  cursor: z.string().nullable(),
});

/** Reads every agency, by id. */
async function everyAgency({ directory }: Registry): Promise<Agency[]> {
  const all: Agency[] = [];
  for (let read = 0; read < mostReads; read++) {
    const after = all.at(-1)?.id;
    const { items, more } = await directory.agencies({
      limit: readAtOnce,
      ...(after !== undefined && { after }),
    });
    all.push(...items);
    if (!more) break;
  }
  return all;
}

/** The agencies that an administrator may see, of all that there are. */
function inSight(all: readonly Agency[], posts: readonly Officer[]): Agency[] {
  if (posts.some(({ role }) => role === "national-admin")) return [...all];
  const own = new Set(posts.map((post) => post.agencyId));
  const parentOf = new Map(all.map(({ id, parent }) => [id, parent]));
  const isBelow = (id: string): boolean => {
    const passed = new Set<string>();
    for (let at: string | null | undefined = id; at && !passed.has(at); at = parentOf.get(at)) {
      if (own.has(at)) return true;
      passed.add(at);
    }
    return false;
  };
  return all.filter(({ id }) => isBelow(id));
}

/** Those at the top of what somebody sees. */
const tops = (seen: readonly Agency[]): Agency[] => {
  const ids = new Set(seen.map(({ id }) => id));
  return seen.filter(({ parent }) => parent === null || !ids.has(parent));
};

const byName = (a: Agency, b: Agency): number => a.name.localeCompare(b.name, "id") || (a.id < b.id ? -1 : 1);

/** One page of a list, from the agency behind `after` on. */
function pageOf(sorted: readonly Agency[], after: string | undefined) {
  const from = after === undefined ? 0 : sorted.findIndex(({ id }) => id === after) + 1;
  if (from === 0 && after !== undefined) throw cursorOfAnother();
  const items = sorted.slice(from, from + pageSize);
  return { items, after: from + pageSize < sorted.length ? items.at(-1)?.id : undefined };
}

/** The agencies that were asked for, and the names of those above them. */
async function found(
  registry: Registry,
  { under, q }: { under?: string | undefined; q?: string | undefined },
  who: Officer,
  posts: readonly Officer[],
): Promise<{ sorted: Agency[]; names: ReadonlyMap<string, string> }> {
  if (under !== undefined && q === undefined) {
    const { entry } = (await readable(registry, "agency", under, who)).found;
    const below = await registry.entries.under("agency", under);
    return { sorted: below.sort(byName), names: new Map([[entry.id, entry.name]]) };
  }
  const seen = inSight(await everyAgency(registry), posts);
  const names = new Map(seen.map(({ id, name }) => [id, name]));
  return { sorted: q === undefined ? tops(seen).sort(byName) : namedLike(seen, q), names };
}

/**
 * `GET /v1/admin/agencies`: lists the agencies at the top of what the administrator is in charge of, those right below one
 * (`under`), or those that a text names (`q`), closed ones too.
 */
export const listManagedAgencies = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Daftar instansi yang Anda kelola", en: "List the agencies that you administer" },
      input: {
        query: z.strictObject({
          under: agencyId.optional(),
          q: z.string().max(200).optional(),
          cursor: cursorOf((after) => agencyId.safeParse(after).success).optional(),
        }),
      },
      output: { 200: agenciesManaged },
      refusals: { "not-found": "There is no such agency where the administrator may look." },
    },
    async ({ query }, { officer: who, posts }) => {
      refuseRole("read", who);
      const administering = posts.filter(({ role }) => rolesInCharge[role]);
      const { sorted, names } = await found(registry, query, who, administering);
      const { items, after } = pageOf(sorted, query.cursor);
      return ok({
        items: items.map(({ id, name, type, parent, closedAt }) => ({
          id,
          name,
          type,
          parent,
          ...(closedAt !== undefined && { closedAt }),
          above: (parent !== null && names.get(parent)) || null,
        })),
        cursor: asCursor(after),
      });
    },
  );
