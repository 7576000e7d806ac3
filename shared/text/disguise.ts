import type { Text } from "../language.ts";

/** Signs that hide or turn around what a text says, each kind with its name. Line breaks and tabs are not among them. */
const kinds: readonly (readonly [RegExp, Text])[] = [
  [
    /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u,
    {
      id: "tanda tersembunyi yang dapat membalik arah tulisan",
      en: "a hidden mark that can turn the writing around",
    },
  ],
  [
    /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/u,
    { id: "karakter kendali yang tidak terlihat", en: "an invisible control character" },
  ],
  [/\p{Surrogate}/u, { id: "karakter yang rusak", en: "a broken character" }],
];

/** Where something stands in a text, as people count. */
export function placeOf(text: string, index: number): Text {
  const lines = text.slice(0, index).split("\n");
  const sign = [...(lines.at(-1) ?? "")].length + 1;
  return text.includes("\n")
    ? { id: `baris ${lines.length}, karakter ke-${sign}`, en: `line ${lines.length}, character ${sign}` }
    : { id: `karakter ke-${sign}`, en: `character ${sign}` };
}

/** The issue of a schema where something in a text hides or turns around what it says. Nothing where all is seen. */
export const disguiseIssues = (text: string, path: readonly (string | number)[]) => {
  const disguise = disguiseIn(text);
  return disguise ? [{ code: "custom" as const, path: [...path], params: { text: disguise } }] : [];
};

/** What hides or turns around what a text says, and where; undefined where nothing does. */
export function disguiseIn(text: string): Text | undefined {
  const [first] = kinds
    .map(([kind, name]) => ({ index: text.search(kind), name }))
    .filter(({ index }) => index >= 0)
    .sort((a, b) => a.index - b.index);
  if (!first) return undefined;
  const place = placeOf(text, first.index);
  return {
    id: `Pada ${place.id} ada ${first.name.id}. Hapus, lalu ketik ulang bagian itu.`,
    en: `At ${place.en} there is ${first.name.en}. Remove it and type that part again.`,
  };
}
