import { tellingWords } from "../../text/stems.ts";

interface Named {
  id: string;
  name: string;
}
export type CategoryTree = readonly (Named & { subcategories: readonly Named[] })[];

const mostLikely = 4;

/** Main categories that say nothing of a matter, or that are over. */
const tellNothing = new Set(["corona-virus", "topik-khusus", "topik-lainnya"]);

/**
 * The subcategories whose names have words of a report in common with it, the likeliest first. A name that a report covers wholly
 * comes before one that it only touches.
 */
export function likelyCategories(
  tree: CategoryTree,
  title: string,
  text: string,
): (Named & { main: string })[] {
  const said = new Set(tellingWords(title, text));
  if (said.size === 0) return [];
  return tree
    .filter(({ id }) => !tellNothing.has(id))
    .flatMap((main) => main.subcategories.map((sub) => ({ ...sub, main: main.name })))
    .map((sub) => {
      const own = tellingWords(sub.name, "");
      const inCommon = own.filter((word) => said.has(word)).length;
      return { sub, score: own.length === 0 ? 0 : inCommon + inCommon / own.length };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostLikely)
    .map(({ sub }) => sub);
}
