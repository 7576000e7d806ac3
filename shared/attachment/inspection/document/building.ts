import { deflateSync } from "node:zlib";
import {
  PDFArray,
  PDFBool,
  PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
} from "@cantoo/pdf-lib";
import type { Drawing } from "./content.ts";
import type { Layers } from "./layers.ts";
import { dictOf, resolved, unpacked } from "./reader.ts";

/**
 * What a copy may hold, kind by kind. A key that is not named here gets into no copy. A value gets into it only where its
 * rule knows what it is; texts get into it as what a page shows, and nowhere else.
 */
export type Rule = (value: PDFObject, to: Building, within?: PDFDict) => PDFObject | undefined;
export type Shape = Readonly<Record<string, Rule>>;

/** Values and bytes of a whole copy. One object that stands in many places counts each time that it is written out. */
const copiedInAll = 3_000_000;
const bytesInAll = 1024 * 1024 * 1024;
export const streamAtMost = 128 * 1024 * 1024;
const inlineNamesInAll = 10_000;
/** Bytes of content streams, each as often as it is written anew, and names in them. */
const drawnInAll = 128 * 1024 * 1024;
const namesInAll = 100_000;
/** Bytes of a list of codes and of a function that calculates. */
export const codesAtMost = 16 * 1024 * 1024;

/** What a content stream draws: which resources, and which images of its own by the names that the copy gave them. */
export interface Drawn extends Pick<Drawing, "uses" | "isWhole"> {
  packed: Uint8Array;
  images: Map<string, PDFRef>;
}

/** The new document while it is being written. */
export class Building {
  readonly out = PDFContext.create();
  readonly from: PDFContext;
  readonly layers: Layers;
  private copied = 0;
  private bytes = 0;
  private toDraw = 0;
  private readonly done = new Map<PDFObject, Map<string, PDFRef | undefined>>();
  /** What was drawn already, by its stream and its resources. */
  readonly drawings = new Map<PDFObject, Map<PDFDict | undefined, Drawn>>();
  private readonly aliases = new Map<string, string>();
  private readonly numbers = new Map<PDFObject, number>();
  private readonly inlineNames = new Set<string>();
  private nothing: PDFRef | undefined;

  constructor(from: PDFContext, layers: Layers) {
    this.from = from;
    this.layers = layers;
  }

  resolve(value: PDFObject | undefined): PDFObject | undefined {
    return resolved(value, this.from);
  }

  spend(values = 1, bytes = 0): void {
    this.copied += values;
    this.bytes += bytes;
    if (this.copied > copiedInAll || this.bytes > bytesInAll) throw new Error("More than any document has");
  }

  spendDrawing(bytes: number): void {
    this.toDraw += bytes;
    if (this.toDraw > drawnInAll) throw new Error("More than any document draws");
  }

  spendNames(names: Iterable<string>): void {
    for (const name of names) this.inlineNames.add(name);
    if (this.inlineNames.size > inlineNamesInAll) throw new Error("More names than any document has");
  }

  /** A name of ours in place of one that a person or a program gave. */
  alias(name: string): string {
    const alias = this.aliases.get(name) ?? `R${this.aliases.size + 1}`;
    if (this.aliases.size > namesInAll) throw new Error("More names than any document has");
    this.aliases.set(name, alias);
    return alias;
  }

  /** Copies an object the first time that it is met as this kind. A circle leads back to the same copy. */
  once(source: PDFObject, kind: string, make: () => PDFObject | undefined): PDFRef | undefined {
    const kinds = this.done.get(source) ?? new Map<string, PDFRef | undefined>();
    this.done.set(source, kinds);
    if (kinds.has(kind)) return kinds.get(kind);
    const ref = this.out.nextRef();
    kinds.set(kind, ref);
    const made = make();
    if (made) this.out.assign(ref, made);
    else kinds.set(kind, undefined);
    return made && ref;
  }

  /** A number that tells one object from others. */
  numberOf(source: PDFObject): number {
    const number = this.numbers.get(source) ?? this.numbers.size;
    this.numbers.set(source, number);
    return number;
  }

  dict(entries: Readonly<Record<string, PDFObject | undefined>>): PDFDict {
    const dict = PDFDict.withContext(this.out);
    for (const [key, value] of Object.entries(entries)) if (value) dict.set(PDFName.of(key), value);
    return dict;
  }

  array(values: readonly PDFObject[]): PDFArray {
    const array = PDFArray.withContext(this.out);
    for (const value of values) array.push(value);
    return array;
  }

  /** A stream of these bytes, packed. */
  stream(entries: Readonly<Record<string, PDFObject | undefined>>, bytes: Uint8Array): PDFRawStream {
    return this.packedStream(entries, deflateSync(bytes));
  }

  packedStream(entries: Readonly<Record<string, PDFObject | undefined>>, packed: Uint8Array): PDFRawStream {
    return this.rawStream({ ...entries, Filter: PDFName.of("FlateDecode") }, packed);
  }

  rawStream(entries: Readonly<Record<string, PDFObject | undefined>>, bytes: Uint8Array): PDFRawStream {
    this.spend(1, bytes.length);
    return PDFRawStream.of(this.dict({ ...entries, Length: PDFNumber.of(bytes.length) }), bytes);
  }

  content(stream: PDFRawStream, { most = streamAtMost, asDifferences = false } = {}): Uint8Array {
    const content = unpacked(stream, { most, asDifferences });
    this.spend(1, content.length);
    return content;
  }

  /** A form that shows nothing, in place of what is hidden or broken. */
  empty(): PDFRef {
    this.nothing ??= this.out.register(
      this.stream(
        { Type: PDFName.of("XObject"), Subtype: PDFName.of("Form"), BBox: this.out.obj([0, 0, 0, 0]) },
        new Uint8Array(),
      ),
    );
    return this.nothing;
  }
}

export const valueAt = (dict: PDFDict | undefined, key: string, to: Building) =>
  dict && to.resolve(dict.get(PDFName.of(key)));
export const dictAt = (dict: PDFDict | undefined, key: string, to: Building) =>
  dictOf(valueAt(dict, key, to));
export const numberAt = (dict: PDFDict | undefined, key: string, to: Building) => {
  const value = valueAt(dict, key, to);
  return value instanceof PDFNumber ? value.asNumber() : undefined;
};
export const listOf = (value: PDFObject | undefined, to: Building): PDFObject[] =>
  value instanceof PDFArray ? value.asArray().flatMap((each) => to.resolve(each) ?? []) : [];
export const name = (text: string) => PDFName.of(text);

export const number: Rule = (value, to) => {
  to.spend();
  return value instanceof PDFNumber ? value : undefined;
};
export const flag: Rule = (value) => (value instanceof PDFBool ? value : undefined);
export const numbers: Rule = (value, to) => {
  if (!(value instanceof PDFArray)) return undefined;
  to.spend(value.size());
  return to.array(listOf(value, to).filter((each) => each instanceof PDFNumber));
};
/** Numbers, and lists of numbers between them. */
export const widths: Rule = (value, to) =>
  value instanceof PDFArray
    ? to.array(listOf(value, to).flatMap((each) => number(each, to) ?? numbers(each, to) ?? []))
    : undefined;
export const nameAmong =
  (...allowed: string[]): Rule =>
  (value) =>
    value instanceof PDFName && allowed.includes(value.decodeText()) ? value : undefined;
export const list =
  (rule: Rule): Rule =>
  (value, to, within) =>
    value instanceof PDFArray
      ? to.array(listOf(value, to).flatMap((each) => rule(each, to, within) ?? []))
      : undefined;
export const either =
  (...rules: Rule[]): Rule =>
  (value, to, within) => {
    for (const rule of rules) {
      const found = rule(value, to, within);
      if (found) return found;
    }
    return undefined;
  };

/** The entries of a dictionary that its shape names. */
export function entriesOf(
  dict: PDFDict,
  shape: Shape,
  to: Building,
  within?: PDFDict,
): Record<string, PDFObject> {
  const entries: Record<string, PDFObject> = {};
  for (const [key, rule] of Object.entries(shape)) {
    const value = valueAt(dict, key, to);
    const copied = value && rule(value, to, within);
    if (copied) entries[key] = copied;
  }
  to.spend(Object.keys(entries).length);
  return entries;
}
export const shaped =
  (shape: () => Shape): Rule =>
  (value, to, within) =>
    value instanceof PDFDict ? to.dict(entriesOf(value, shape(), to, within)) : undefined;
/** The same, as an object of its own that many places may share. */
export const part =
  (kind: string, shape: () => Shape): Rule =>
  (value, to, within) =>
    value instanceof PDFDict
      ? to.once(value, kind, () => to.dict(entriesOf(value, shape(), to, within)))
      : undefined;

export function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
