import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openForRetry, retryWindowSeconds, sealForRetry } from "../../shared/case/submission/retry.ts";

const answer = { trackingNumber: "7K3MQ-P4X9C", receipt: "AAAA-BBBB-CCCC-DDDD-EEEE", status: "submitted" };
const key = randomUUID();
const at = new Date("2026-11-23T01:00:00Z");
const sealed = sealForRetry(key, { title: "a" }, answer, { at, nonce: new Uint8Array(12) });

test("the same key and the same report open the first answer", () => {
  expect(openForRetry(sealed, key.toUpperCase(), { title: "a" })).toEqual(answer);
});

test("the same key with another report opens nothing", () => {
  expect(openForRetry(sealed, key, { title: "b" })).toBeUndefined();
});

test("another key opens nothing, whatever the report", () => {
  expect(openForRetry(sealed, randomUUID(), { title: "a" })).toBeUndefined();
});

test("the record holds neither the key nor the receipt nor the report in clear", () => {
  const stored = JSON.stringify(sealed);
  for (const secret of [key, answer.receipt, answer.trackingNumber]) expect(stored).not.toContain(secret);
});

test("the record may go after a day", () => {
  expect(sealed.expiresAt).toBe(at.getTime() / 1000 + retryWindowSeconds);
});
