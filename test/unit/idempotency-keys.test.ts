import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWeak } from "../../shared/case/submission/idempotency-key.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

/** A version 4 UUID with these 30 digits where others are drawn at random. */
const uuidOf = (digits: string): string =>
  `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-8${digits.slice(15, 18)}-${digits.slice(18, 30)}`;

const ofDigits = (at: (place: number) => number) =>
  uuidOf(Array.from({ length: 30 }, (_, place) => (at(place) & 15).toString(16)).join(""));

describe("a weak Idempotency-Key", () => {
  test(
    "a key that a generator of random numbers made is practically never refused",
    { timeout: 60_000 },
    () => {
      let refused = 0;
      for (let drawn = 0; drawn < 100_000; drawn++) if (isWeak(randomUUID())) refused++;
      expect(refused).toBe(0);
    },
  );

  test("a counter is always refused, in whatever part of the key it counts, in whatever case it is written", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 0xffff_ffff }),
        fc.integer({ min: 0, max: 22 }),
        fc.boolean(),
        (count, place, isUpper) => {
          const digits = "0".repeat(place) + count.toString(16).padStart(8, "0") + "0".repeat(22 - place);
          const key = uuidOf(digits);
          expect(isWeak(isUpper ? key.toUpperCase() : key)).toBe(true);
        },
      ),
    );
  });

  test("the same few digits again, and digits that climb or fall evenly, are refused", () => {
    for (let digit = 0; digit < 16; digit++) expect(isWeak(ofDigits(() => digit))).toBe(true);
    fc.assert(
      fc.property(fc.nat(15), fc.nat(15), (first, step) => {
        expect(isWeak(ofDigits((place) => first + place * step))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(15), { minLength: 1, maxLength: 8 }), (block) => {
        expect(isWeak(ofDigits((place) => block[place % block.length] ?? 0))).toBe(true);
      }),
    );
  });

  test("a text that is written as a key is refused, whatever it says", () => {
    const written = fc.stringMatching(/^[\w -]{16}$/);
    fc.assert(
      fc.property(written, (text) => {
        const hex = Buffer.from(text).toString("hex");
        const key = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
        expect([text, isWeak(key)]).toEqual([text, true]);
      }),
    );
  });

  test("a time that is filled up to the length of a key is refused, and one with enough behind it is not", () => {
    const instants = fc.date({
      min: new Date("2024-01-01"),
      max: new Date("2034-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const ms = instant.getTime();
        const hex = ms.toString(16).padStart(12, "0");
        expect([ms, isWeak(uuidOf(String(ms).padEnd(30, "0123456789")))]).toEqual([ms, true]);
        for (const filled of [hex.padEnd(30, "0"), hex.padEnd(30, "1234"), hex + "0".repeat(17) + "7"])
          expect([filled, isWeak(uuidOf(filled))]).toEqual([filled, true]);
      }),
    );
    expect(isWeak(uuidOf(`0193c2b45a6b${randomUUID().replaceAll("-", "").slice(0, 18)}`))).toBe(false);
  });

  test.each([
    "00000000-0000-0000-0000-000000000000",
    "00000000-0000-4000-8000-000000000001",
    "ffffffff-ffff-4fff-bfff-ffffffffffff",
    "12345678-1234-4234-8234-123456789abc",
    "DEADBEEF-DEAD-4EEF-8EAD-BEEFDEADBEEF",
    "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
    "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "8e03978e-40d5-43e8-bc93-6894a57f9324",
  ])("%s is refused by name, with what to do, and nothing is stored", async (key) => {
    const office = anOffice();
    const answer = await office.send(roadComplaint, "192.0.2.1", { "idempotency-key": key });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual({
      in: "header",
      path: "Idempotency-Key",
      message: expect.stringContaining("crypto.randomUUID()"),
    });
    expect(JSON.stringify(answer.body)).not.toContain(key);
    expect((await office.feed()).body.items).toEqual([]);
  });

  test("a key that is no UUID at all is told that alone", async () => {
    const answer = await anOffice().send(roadComplaint, "192.0.2.1", { "idempotency-key": "abc" });
    expect(answer.body.errors.map(({ message }: { message: string }) => message)).toEqual([
      expect.stringContaining("Kirim UUID versi 4"),
    ]);
  });

  test("a rotation takes no weak key either, and the receipt stays", async () => {
    const office = anOffice();
    const found = await office.submit();
    const headers = { "idempotency-key": "00000000-0000-4000-8000-000000000001" };
    const answer = await found.from("192.0.2.1", "POST", "/receipt-rotation", { headers });
    expect([answer.status, answer.body.errors[0].path]).toEqual([400, "Idempotency-Key"]);
    expect((await found.seenByReporter()).status).toBe(200);
  });
});
