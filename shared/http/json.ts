/**
 * Looks for keys that a JSON object has twice. JSON.parse keeps the last one in silence, and its reviver sees no other.
 * The parsers that report them (jsonc-parser, lossless-json, momoa) add 15 to 55 KB to every function that takes a body and
 * recurse into any nesting. The text that comes here is one that JSON.parse has accepted: to tell its strings and
 * brackets apart is enough.
 */

/** A string, with the colon behind it where it is a key. Or a sign that opens, closes or separates. */
const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\],]/g;

/** No request of ours nests half as deep. */
const deepest = 32;

/** An object or a list that is open: the keys it has had, and the key or the index that is being read. */
interface Level {
  keys: Set<string>;
  at: string | number;
}

export type JsonPath = readonly (string | number)[];

/** Finds the paths of keys that came before in the same object. Gives "too-deep" where objects and lists nest too deep. */
export function repeatedKeys(json: string): JsonPath[] | "too-deep" {
  const open: Level[] = [];
  const repeated: JsonPath[] = [];
  for (const [token, string, colon] of json.matchAll(tokens)) {
    const level = open.at(-1);
    if (token === "{" || token === "[") {
      if (open.length === deepest) return "too-deep";
      open.push({ keys: new Set(), at: 0 });
    } else if (token === "}" || token === "]") open.pop();
    else if (level && token === "," && typeof level.at === "number") level.at++;
    else if (level && string !== undefined && colon !== undefined) {
      // A key may be written with escapes: "\u0061" is "a".
      level.at = JSON.parse(string) as string;
      if (level.keys.has(level.at)) repeated.push(open.map(({ at }) => at));
      level.keys.add(level.at);
    }
  }
  return repeated;
}
