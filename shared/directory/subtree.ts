import type { Agency } from "./directory.ts";

/** A part of a tree of agencies. `next` is its last agency, where the tree goes on behind it. */
export interface Portion {
  agencies: Agency[];
  next: string | undefined;
}

/** The ids from the top of a tree down to an agency. */
type Way = readonly string[];

interface Place {
  agency: Agency;
  way: Way;
  /** Whether the agencies below it stand in the line too. */
  isOpened: boolean;
}

/** The way from the top of a tree down to an agency; empty where the agency is not below the top. `path` leads up. */
export const wayDown = (path: readonly string[], top: string): string[] =>
  path.slice(0, path.indexOf(top) + 1).toReversed();

const byId = (a: Agency, b: Agency): number => (a.id < b.id ? -1 : 1);

/** A tree is walked from the top down, each agency followed by all below it, and neighbours by their ids. */
function comes(a: Way, b: Way): "before" | "above" | "behind" {
  const differs = a.findIndex((id, index) => id !== b[index]);
  if (differs < 0) return "above";
  return differs < b.length && (a[differs] ?? "") < (b[differs] ?? "") ? "before" : "behind";
}

/**
 * Walks a tree of agencies, and no more of it than a portion needs. `after` leads from the top to the last agency of the
 * portion before. The agencies right below several ones are asked for together.
 */
export async function portionOf(
  top: Agency,
  { after = [], limit }: { after?: Way | undefined; limit: number },
  rightBelow: (ids: readonly string[]) => Promise<readonly Agency[][]>,
): Promise<Portion> {
  const isBehind = ({ way }: Place): boolean => after.length === 0 || comes(way, after) === "behind";
  let line: Place[] = [{ agency: top, way: [top.id], isOpened: false }];
  for (;;) {
    // One more than the portion tells whether the tree goes on. Those above the last agency lead to what follows it.
    const needed = line.slice(0, after.length + limit + 1);
    const closed = needed.filter(({ isOpened }) => !isOpened);
    if (closed.length === 0) break;
    const found = await rightBelow(closed.map(({ agency }) => agency.id));
    const below = new Map(closed.map((place, index) => [place, found[index] ?? []]));
    line = line.flatMap((place) => {
      const agencies = below.get(place);
      if (!agencies) return [place];
      const places = [...agencies].sort(byId).flatMap((agency): Place[] => {
        const way = [...place.way, agency.id];
        // An entry that stands above itself is a fault of the directory, and no reason to walk for ever.
        const isWalked =
          place.way.includes(agency.id) || (after.length > 0 && comes(way, after) === "before");
        return isWalked ? [] : [{ agency, way, isOpened: false }];
      });
      return [{ ...place, isOpened: true }, ...places];
    });
  }
  const behind = line.filter(isBehind);
  const agencies = behind.slice(0, limit).map(({ agency }) => agency);
  return { agencies, next: behind.length > limit ? agencies.at(-1)?.id : undefined };
}
