import { readFileSync } from "node:fs";
import { masked, personalIn } from "../../shared/case/views/masking/masking.ts";
import { type Personal, personalKinds } from "../../shared/case/views/masking/personal.ts";
import { table } from "./table.ts";

export interface Sentence {
  text: string;
  /** What the public need not read, as people marked it. */
  marked: Personal[];
}

/** The invented sentences of test/unit/data/sentences.txt. */
export const sentences: readonly Sentence[] = readFileSync(
  new URL("../unit/data/sentences.txt", import.meta.url),
  "utf8",
)
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    let text = "";
    const marked: Personal[] = [];
    let from = 0;
    for (const { 0: whole, 1: kind = "", 2: said = "", index } of line.matchAll(/\{([a-z]+):([^}]*)\}/g)) {
      text += line.slice(from, index);
      const start = text.length;
      text += said;
      marked.push({ kind: kind as Personal["kind"], start, end: text.length });
      from = index + whole.length;
    }
    return { text: text + line.slice(from), marked };
  });

/** The rule was mended with the odd sentences; of the even ones nothing but their totals was looked at. */
export const halves = {
  mended: sentences.filter((_, index) => index % 2 === 0),
  "held out": sentences.filter((_, index) => index % 2 === 1),
};

export interface Score {
  marked: number;
  /** Masked exactly as marked: neither a digit less nor a word more. */
  right: number;
  /** Masked where nothing was marked, or not exactly as marked. */
  wrong: number;
}

export const precision = ({ right, wrong }: Score): number => right / Math.max(1, right + wrong);
export const recall = ({ right, marked }: Score): number => right / Math.max(1, marked);

const same = (one: Personal) => (other: Personal) => one.start === other.start && one.end === other.end;

/** How well a part of the sentences is masked, of all kinds or of one. */
export function scoreOf(part: readonly Sentence[], kind?: Personal["kind"]): Score {
  const score = { marked: 0, right: 0, wrong: 0 };
  for (const { text, marked } of part) {
    const found = personalIn(text);
    const wanted = marked.filter((one) => kind === undefined || one.kind === kind);
    score.marked += wanted.length;
    score.right += wanted.filter((one) => found.some(same(one))).length;
    score.wrong += found.filter(
      (one) => (kind === undefined || one.kind === kind) && !marked.some(same(one)),
    ).length;
  }
  return score;
}

const share = (value: number): string => value.toFixed(3);

/** Precision and recall of masking, kind by kind and half by half. */
export function maskingScores(): string {
  const row = (name: string, part: readonly Sentence[], kind?: Personal["kind"]): string[] => {
    const score = scoreOf(part, kind);
    return [
      name,
      String(part.length),
      ...[score.marked, score.right, score.wrong].map(String),
      share(precision(score)),
      share(recall(score)),
    ];
  };
  return table(
    ["What", "Sentences", "Marked", "Masked right", "Masked wrong", "Precision", "Recall"],
    [
      ...personalKinds.map((kind) => row(kind, sentences, kind)),
      ...Object.entries(halves).map(([name, part]) => row(`All, ${name}`, part)),
      row("All", sentences),
    ],
  );
}

/** What a search that goes back and forth would take longest for. */
export const hostile: Record<string, string> = {
  digits: "0",
  "digits and spaces": "0 8 ",
  "dots and digits": "1.",
  "phones that never end": "08",
  letters: "a",
  "letters and dots": "a.",
  "halves of an e-mail": "a.b-c@",
  "words at": "a at ",
  "spelled digits": "nol delapan ",
  plates: "B 123 ",
  brackets: "+(62",
  "context words": "rek bca no ",
  "blank characters": "\u200B0",
};

const few = 10_000;
const many = 40_000;

/** How much longer a text four times as long takes, for hostile texts of each kind; the quickest of several runs each. */
export function maskingTimes(): string {
  const timeOf = (piece: string, length: number): number => {
    const text = piece.repeat(length / piece.length + 1).slice(0, length);
    const times = Array.from({ length: 7 }, () => {
      const began = performance.now();
      masked(text, "id");
      return performance.now() - began;
    });
    return Math.min(...times);
  };
  return table(
    ["Text of", "40,000 characters to 10,000", "Milliseconds for 10,000"],
    Object.entries(hostile).map(([name, piece]) => {
      const short = timeOf(piece, few);
      return [name, (timeOf(piece, many) / short).toFixed(1), short.toFixed(1)];
    }),
  );
}
