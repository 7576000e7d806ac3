import { isDeepStrictEqual } from "node:util";
import * as z from "zod";

/** A value as it goes over the wire, where bytes are base64. */
const value = z.strictObject({
  S: z.string().optional(),
  N: z.string().optional(),
  B: z.string().optional(),
  BOOL: z.boolean().optional(),
  NULL: z.literal(true).optional(),
  SS: z.array(z.string()).optional(),
  NS: z.array(z.string()).optional(),
  get L() {
    return z.array(value).optional();
  },
  get M() {
    return z.record(z.string(), value).optional();
  },
});
type Value = z.infer<typeof value>;

export const item = z.record(z.string(), value);
export type Item = z.infer<typeof item>;

/** What a table or an index is made of. */
export interface Index {
  name: string;
  keys: string[];
  /** Undefined: whole items. */
  attributes: string[] | undefined;
}

export interface Write {
  /** Undefined where there was no such item. */
  before: Item | undefined;
  /** Undefined where there is none any more. */
  after: Item | undefined;
  transacted: boolean;
}

const bytesOf = (text: string): number => Buffer.byteLength(text);
const sum = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((total, each) => total + of(each), 0);

/** Bytes of a value as DynamoDB counts them: three for a map or a list and one for each entry of it. */
function sizeOf(value: Value): number {
  if (value.S !== undefined) return bytesOf(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/\D/g, "").length / 2) + 1;
  if (value.B !== undefined) return Buffer.from(value.B, "base64").length;
  if (value.L) return 3 + sum(value.L, (one) => 1 + sizeOf(one));
  if (value.M) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if (value.SS) return sum(value.SS, bytesOf);
  if (value.NS) return sum(value.NS, (one) => sizeOf({ N: one }));
  return 1;
}

/** Bytes of an item: names and values in UTF-8. */
export const itemSize = (item: Item): number =>
  sum(Object.entries(item), ([name, value]) => bytesOf(name) + sizeOf(value));

const kilobytes = (item: Item): number => Math.max(1, Math.ceil(itemSize(item) / 1024));

/** The units that a write takes of its table: by the larger of the two items, and twice in a transaction. */
export const tableWrite = ({ before, after, transacted }: Write): number =>
  Math.max(1, ...[before ?? [], after ?? []].flat().map(kilobytes)) * (transacted ? 2 : 1);

/** What an item is in an index; undefined where it is not in it. */
export function entryOf({ keys, attributes }: Index, item: Item | undefined): Item | undefined {
  if (!item || keys.some((key) => item[key] === undefined)) return undefined;
  if (!attributes) return item;
  return Object.fromEntries(
    attributes.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
  );
}

/**
 * The units that a write takes of an index. It follows the write by itself, so a transaction does not double it. Another key is two
 * writes: out of its old place and into the new one. An entry that stays as it was costs nothing.
 */
export function indexWrite(index: Index, { before, after }: Pick<Write, "before" | "after">): number {
  const [was, is] = [entryOf(index, before), entryOf(index, after)];
  if (!was || !is) return sum([was ?? [], is ?? []].flat(), kilobytes);
  if (index.keys.some((key) => !isDeepStrictEqual(was[key], is[key]))) return kilobytes(was) + kilobytes(is);
  return isDeepStrictEqual(was, is) ? 0 : Math.max(kilobytes(was), kilobytes(is));
}
