import { describe, expect, test } from "vitest";
import { entryOf, type Index, indexWrite, itemSize, tableWrite } from "../capacity/measure/units.ts";
import { generalised } from "../capacity/measure/wire.ts";
import { added, billOf, type PriceList, times } from "../capacity/model/prices.ts";

const item = (bytes: number, more: object = {}) => ({
  pk: { S: "a" },
  filler: { S: "x".repeat(bytes) },
  ...more,
});
const byQueue: Index = { name: "by-queue", keys: ["queue", "order"], attributes: undefined };
const keysOnly: Index = { ...byQueue, attributes: ["pk", "queue", "order"] };
const queued = (queue: string, order = "1") => ({ queue: { S: queue }, order: { S: order } });

describe("units of a write, as AWS counts them", () => {
  test("an item is the bytes of its names and values, with three for a list or map and one for each entry", () => {
    expect(itemSize({ a: { S: "é" }, n: { N: "-123.45" }, t: { BOOL: true } })).toBe(3 + 1 + 4 + 1 + 1);
    expect(itemSize({ l: { L: [{ S: "ab" }, { S: "c" }] } })).toBe(1 + 3 + 3 + 2);
    expect(itemSize({ m: { M: { k: { S: "v" } } } })).toBe(1 + 3 + 1 + 2);
  });

  test("a write costs a unit for each kilobyte of the larger item, and twice that in a transaction", () => {
    const write = { before: item(2_000), after: item(100), transacted: false };
    expect(tableWrite(write)).toBe(2);
    expect(tableWrite({ ...write, transacted: true })).toBe(4);
    expect(tableWrite({ before: undefined, after: item(10), transacted: false })).toBe(1);
  });

  test("an index costs nothing for what is not in it, and nothing for an entry that stays", () => {
    expect(indexWrite(byQueue, { before: undefined, after: item(10) })).toBe(0);
    const same = item(10, queued("city"));
    expect(indexWrite(byQueue, { before: same, after: same })).toBe(0);
    expect(indexWrite(keysOnly, { before: item(10, queued("city")), after: item(500, queued("city")) })).toBe(
      0,
    );
  });

  test("an entry that moves is written twice: out of its old place and into the new one", () => {
    const [before, after] = [item(1_500, queued("city")), item(1_500, queued("unit"))];
    expect(indexWrite(byQueue, { before, after })).toBe(4);
    expect(indexWrite(byQueue, { before, after: item(1_500) })).toBe(2);
    expect(entryOf(keysOnly, before)).toEqual({ pk: { S: "a" }, ...queued("city") });
  });

  test("a partition is named without what differs from case to case", () => {
    expect(
      ["CASE#7K3MQ-P4X9C", "moved#2026-11-24#3", "check#7", "place#64.71", "pemkot-balikpapan"].map(
        generalised,
      ),
    ).toEqual(["CASE#{number}", "moved#{day}#{part}", "check#{part}", "place#64.71", "pemkot-balikpapan"]);
  });
});

describe("the bill of a month", () => {
  const about = { unit: "x", region: "r", status: "found" as const, source: "s", readOn: "2026-11-27" };
  const prices: PriceList = {
    rupiahOfDollar: { rate: 16_000, of: "2026-11-27", source: "s", status: "found" },
    prices: {
      mail: { what: "mails", usd: 0.1, per: 1_000, freeAMonth: 0, ...about },
      call: { what: "calls", usd: 0.4, per: 1_000_000, freeAMonth: 1_000_000, ...about },
    },
  };

  test("what is used is multiplied by its price, and the dearest stands first", () => {
    const bill = billOf(prices, { call: 3_000_000, mail: 20_000 });
    expect(bill.lines.map(({ id, usd }) => [id, Number(usd.toFixed(9))])).toEqual([
      ["mail", 2],
      ["call", 1.2],
    ]);
    expect(bill.usd).toBeCloseTo(3.2, 9);
  });

  test("what costs nothing every month is taken off apart, and never below nothing", () => {
    expect(billOf(prices, { call: 3_000_000 }).usdAfterFree).toBeCloseTo(0.8, 9);
    expect(billOf(prices, { call: 500_000 }).usdAfterFree).toBe(0);
  });

  test("what has no price is refused instead of being free", () => {
    expect(() => billOf(prices, { pigeons: 1 })).toThrow("Nobody knows what pigeons costs");
  });

  test("quantities add up and multiply", () => {
    expect(added({ a: 1 }, { a: 2, b: 3 }, times(2, { b: 1 }))).toEqual({ a: 3, b: 5 });
  });
});
