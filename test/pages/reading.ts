import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Language } from "../../shared/language.ts";

type Node = DefaultTreeAdapterTypes.Node;

/** A full stop after these ends no sentence. */
const shortened =
  /(?:^|[\s(])(?:no|jl|jln|dr|drg|ir|prof|bpk|sdr|hlm|art|ayat|tgl|dsb|dll|dst|mis|yth|st|mr|mrs|ms|vs|etc|e\.g|i\.e)\.$/i;
const inline = new Set(
  "a abbr b bdi bdo cite code data dfn em i kbd mark q s samp small span strong sub sup time u var wbr".split(
    " ",
  ),
);
const unread = new Set("script style template svg head select datalist textarea".split(" "));

/** Splits a text into its sentences. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let begun = "";
  for (const part of text
    .replace(/\s+/g, " ")
    .trim()
    .split(/(?<=[.!?…]["”’)]?) /)) {
    begun = begun ? `${begun} ${part}` : part;
    if (shortened.test(begun)) continue;
    sentences.push(begun);
    begun = "";
  }
  return [...sentences, begun].filter(Boolean);
}

/** Counts the words of a sentence. A number with its separators is one, and so is a word with hyphens. */
export const wordsOf = (sentence: string): number =>
  sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/**
 * The texts that somebody reads in a document, one for each paragraph, heading, cell and point of a list. With a language it
 * leaves out parts that say they are in another one.
 */
function textsOf(html: string, language?: Language): string[] {
  const texts: string[] = [];
  let current = "";
  const end = () => {
    texts.push(current.trim());
    current = "";
  };
  const walk = (node: Node): void => {
    if (node.nodeName === "#text") current += (node as DefaultTreeAdapterTypes.TextNode).value;
    if (!("childNodes" in node) || unread.has(node.nodeName)) return;
    const said = "attrs" in node ? node.attrs.find(({ name }) => name === "lang")?.value : undefined;
    if (language && said && said !== language) return;
    const isBlock = !inline.has(node.nodeName);
    if (isBlock) end();
    node.childNodes.forEach(walk);
    if (isBlock) end();
  };
  walk(parse(html));
  return texts.filter(Boolean);
}

/** Lists the sentences of a page that have more words than people like to read, with their count. */
export const longSentences = (html: string, most = 20): string[] =>
  textsOf(html)
    .flatMap(sentencesOf)
    .filter((sentence) => wordsOf(sentence) > most)
    .map((sentence) => `${wordsOf(sentence)} words: ${sentence}`);

const telling: Record<Language, Set<string>> = {
  id: new Set(
    "yang dan di ke dari untuk dengan tidak anda kami ini itu atau pada akan bila sudah dapat laporan".split(
      " ",
    ),
  ),
  en: new Set("the and of to in for with not you we this that or on will if is are can report by".split(" ")),
};

/** Lists the paragraphs that are in the other language than the page says. Only those with enough small words to tell. What has a `lang` of its own is let be. */
export function inOtherLanguage(html: string, language: Language): string[] {
  const other: Language = language === "id" ? "en" : "id";
  return textsOf(html, language).filter((text) => {
    const words = text.toLowerCase().split(/[^\p{L}]+/u);
    const count = (of: Language) => words.filter((word) => telling[of].has(word)).length;
    return count(other) >= 3 && count(other) > 2 * count(language);
  });
}
