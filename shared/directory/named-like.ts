const wordsOfName = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** The agencies or categories that a text names: each of its words begins a word of the name. The shortest names come first. */
export function namedLike<N extends { id: string; name: string }>(all: readonly N[], typed: string): N[] {
  const wanted = wordsOfName(typed);
  if (wanted.length === 0) return [];
  const found = all.filter(({ name, id }) => {
    const words = wordsOfName(`${name} ${id}`);
    return wanted.every((one) => words.some((word) => word.startsWith(one)));
  });
  const same = found.filter(({ name }) => wordsOfName(name).join(" ") === wanted.join(" "));
  return same.length > 0 ? same : found.toSorted((a, b) => a.name.length - b.name.length);
}
