import { namedLike } from "../../../shared/directory/agency-names.ts";
import type { Agency } from "../../../shared/directory/directory.ts";
import type { Desk } from "../desk.ts";

/** So many agencies are read at once, and so many times. */
const atOnce = 500;
const times = 10;

/** The open agencies of a territory, at most some thousands: those below an agency with itself, or all. */
export async function openAgencies(
  { directory }: Pick<Desk, "directory">,
  territories: readonly string[],
): Promise<Agency[]> {
  const found = new Map<string, Agency>();
  const everywhere = territories.includes("anywhere");
  for (const top of everywhere ? ["anywhere"] : territories) {
    let after: string | undefined;
    for (let read = 0; read < times; read++) {
      const portion = everywhere
        ? await directory.agencies({ ...(after !== undefined && { after }), limit: atOnce })
        : await directory.subtreeOf(top, { after, limit: atOnce });
      if (!portion) break;
      const items = "items" in portion ? portion.items : portion.agencies;
      for (const one of items) if (one.closedAt === undefined) found.set(one.id, one);
      after = "items" in portion ? (portion.more ? items.at(-1)?.id : undefined) : portion.next;
      if (after === undefined) break;
    }
  }
  return [...found.values()];
}

/** So many agencies are offered to choose from. Of more, people type a part of the name. */
const mostOffered = 20;

/** The agencies that a text names, or all of them where they are few. `isCut` where more would fit. */
export function agenciesOffered(
  agencies: readonly Agency[],
  typed: string,
): { offered: Agency[]; isCut: boolean } {
  const found =
    typed.trim() === "" ? (agencies.length <= mostOffered ? [...agencies] : []) : namedLike(agencies, typed);
  return { offered: found.slice(0, mostOffered), isCut: found.length > mostOffered };
}
