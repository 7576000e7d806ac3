interface Named {
  id: string;
  name: string;
}

const wordsOfName = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** The agencies that a text names: each of its words begins a word of the name. The shortest names come first. */
export function namedLike<A extends Named>(agencies: readonly A[], typed: string): A[] {
  const wanted = wordsOfName(typed);
  if (wanted.length === 0) return [];
  const found = agencies.filter(({ name, id }) => {
    const words = wordsOfName(`${name} ${id}`);
    return wanted.every((one) => words.some((word) => word.startsWith(one)));
  });
  const same = found.filter(({ name }) => wordsOfName(name).join(" ") === wanted.join(" "));
  return same.length > 0 ? same : found.toSorted((a, b) => a.name.length - b.name.length);
}
