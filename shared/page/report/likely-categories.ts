import { tellingWords } from "../../text/stems.ts";
import { isAmbiguous, withMeanings } from "./everyday-words.ts";

interface Named {
  id: string;
  name: string;
}
export type CategoryTree = readonly (Named & { subcategories: readonly Named[] })[];

const mostLikely = 4;

/** Main categories that say nothing of a matter, or that are over. */
const tellNothing = new Set(["corona-virus", "topik-khusus", "topik-lainnya"]);

interface Likely {
  sub: Named & { main: string };
  /** Stems that the name and the report have in common. */
  common: readonly string[];
  isWhole: boolean;
  score: number;
}

/** How a name fits what was said. Undefined where it does not, or only by a word that means many things. */
function likelyBy(sub: Named & { main: string }, said: ReadonlySet<string>): Likely | undefined {
  const own = tellingWords(sub.name, "");
  const common = own.filter((stem) => said.has(stem));
  const isWhole = common.length === own.length;
  if (common.length === 0 || (!isWhole && common.every(isAmbiguous))) return undefined;
  return { sub, common, isWhole, score: common.length + common.length / own.length };
}

/**
 * The subcategories whose names have words of a report in common with it, the likeliest first. A name that a report covers wholly
 * comes before one that it only touches, and one that it touches by a single word is left out where another has more.
 */
export function likelyCategories(
  tree: CategoryTree,
  title: string,
  text: string,
): (Named & { main: string })[] {
  const said = withMeanings(tellingWords(title, text));
  if (said.size === 0) return [];
  const likely = tree
    .filter(({ id }) => !tellNothing.has(id))
    .flatMap((main) => main.subcategories.map((sub) => ({ ...sub, main: main.name })))
    .flatMap((sub) => likelyBy(sub, said) ?? [])
    .sort((a, b) => b.score - a.score);
  const most = Math.max(0, ...likely.map(({ common }) => common.length));
  return likely
    .filter(({ common, isWhole }) => isWhole || common.length > 1 || most === 1)
    .slice(0, mostLikely)
    .map(({ sub }) => sub);
}
