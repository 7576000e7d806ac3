import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hashOfNobody,
  newReceipt,
  receiptFits,
  receiptHash,
  renewedReceipt,
} from "../../shared/case/receipt/receipt.ts";
import { newTrackingNumber, trackingNumber } from "../../shared/case/tracking-number.ts";
import { alphabet, isCode, normaliseCode } from "../../shared/text/code.ts";

const entropy = fc.uint8Array({ minLength: 64, maxLength: 64 });
const numbers = entropy
  .filter((bytes) => bytes.filter((byte) => byte < 248).length >= 20)
  .map(newTrackingNumber);

describe("a tracking number", () => {
  test("a tracking number is read back however it is typed: small letters, spaces, no dash, O for 0, l for 1", () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const typed = number.toLowerCase().replace("-", " ").replaceAll("0", "o").replaceAll("1", "l");
        expect(trackingNumber.parse(typed)).toBe(number);
      }),
    );
  });

  test("a tracking number with one wrong character is never another valid number", () => {
    fc.assert(
      fc.property(numbers, fc.nat(9), fc.constantFrom(...alphabet), (number, position, character) => {
        const code = normaliseCode(number);
        const wrong = code.slice(0, position) + character + code.slice(position + 1);
        expect(isCode(wrong, 10)).toBe(wrong === code);
      }),
    );
  });

  test("a tracking number with two characters swapped is never another valid number", () => {
    fc.assert(
      fc.property(numbers, fc.nat(9), fc.nat(9), (number, one, other) => {
        const signs = [...normaliseCode(number)];
        [signs[one], signs[other]] = [signs[other] ?? "", signs[one] ?? ""];
        const swapped = signs.join("");
        expect(isCode(swapped, 10)).toBe(swapped === normaliseCode(number));
      }),
    );
  });

  test("tracking numbers use every sign of their alphabet about equally often", () => {
    const count = new Map<string, number>();
    for (let i = 0; i < 5_000; i++)
      for (const sign of newTrackingNumber(randomBytes(32)).replace("-", "").slice(0, 9))
        count.set(sign, (count.get(sign) ?? 0) + 1);
    const expected = (5_000 * 9) / 31;
    for (const sign of alphabet)
      expect(Math.abs((count.get(sign) ?? 0) - expected) / expected).toBeLessThan(0.2);
  });

  test("a tracking number is refused as mistyped when it is empty, too long or full of odd signs", () => {
    for (const typed of ["", "7K3MQ", "😀".repeat(10), "../../etc/passwd", "0".repeat(41)])
      expect(trackingNumber.safeParse(typed).success).toBe(false);
  });
});

describe("a receipt", () => {
  test("a receipt has 19 random characters of 31: more than 80 bits", () => {
    expect(newReceipt(randomBytes(48))).toMatch(/^([0-9A-HJKMNP-RTV-Z]{4}-){4}[0-9A-HJKMNP-RTV-Z]{4}$/);
    expect(19 * Math.log2(31)).toBeGreaterThan(80);
  });

  test("a receipt fits its own hash however it is typed, and no other receipt does", () => {
    const receipt = newReceipt(randomBytes(48));
    expect(receiptFits(receipt.toLowerCase().replaceAll("-", " "), receiptHash(receipt, "x"))).toBe(true);
    expect(receiptFits(newReceipt(randomBytes(48)), receiptHash(receipt, "x"))).toBe(false);
    expect(receiptFits("", receiptHash(receipt, "x"))).toBe(false);
  });

  test("a receipt is stored with a salt: the same receipt on another case has another hash", () => {
    const receipt = newReceipt(randomBytes(48));
    const [one, other] = [receiptHash(receipt, "7K3MQ-P4X9C"), receiptHash(receipt, "00000-00000")];
    expect(one.split(".")[1]).not.toBe(other.split(".")[1]);
    expect([receiptFits(receipt, one), receiptFits(receipt, other)]).toEqual([true, true]);
    expect(one).not.toContain(receipt);
  });

  test("the hash for an unknown case fits no receipt, and takes as much work to check", () => {
    for (let i = 0; i < 5; i++) expect(receiptFits(newReceipt(randomBytes(48)), hashOfNobody)).toBe(false);
    const aHash = receiptHash(newReceipt(randomBytes(48)), "x").split(".")[1] ?? "";
    expect(hashOfNobody.split(".")[1]).toHaveLength(aHash.length);
  });

  test("a rotation gives the same receipt for the same key, and another one for every other key", () => {
    const receipt = newReceipt(randomBytes(48));
    const [key, other] = [randomUUID(), randomUUID()];
    const renewed = renewedReceipt(receipt, key);
    expect(renewed).toMatch(/^([0-9A-HJKMNP-RTV-Z]{4}-){4}[0-9A-HJKMNP-RTV-Z]{4}$/);
    expect(renewed).not.toBe(receipt);
    expect(renewedReceipt(receipt.toLowerCase().replaceAll("-", " "), key.toUpperCase())).toBe(renewed);
    expect(renewedReceipt(receipt, other)).not.toBe(renewed);
    expect(renewedReceipt(newReceipt(randomBytes(48)), key)).not.toBe(renewed);
  });

  test("a receipt cannot be made from too little randomness", () => {
    expect(() => newReceipt(new Uint8Array(48).fill(255))).toThrow("too few");
  });
});
