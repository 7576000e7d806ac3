import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import {
  openForRetry,
  type RetryRecord,
  retryWindowSeconds,
  sealForRetry,
} from "../../shared/case/submission/retry.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

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

test("the record may go after a day, at a full hour, so that it does not tell when its report came", () => {
  for (const seconds of [0, 1, 1_799, 3_599]) {
    const came = at.getTime() / 1000 + seconds;
    const { expiresAt } = sealForRetry(key, { title: "a" }, answer, {
      at: new Date(came * 1000),
      nonce: new Uint8Array(12),
    });
    expect(expiresAt % 3600).toBe(0);
    expect(expiresAt).toBeGreaterThanOrEqual(came + retryWindowSeconds);
    expect(expiresAt).toBeLessThan(came + retryWindowSeconds + 3600);
  }
});

test("a record that was sealed before answers were compressed opens for its day", () => {
  const keyOfThen = "0b1f7c52-6f0e-4d5a-9d0b-3a1c5e7f9b24";
  const recordOfThen: RetryRecord = {
    keyHash: "xVxu7_Xbxk2QQFkzGPfX5gYvGdCkODCXVnNYViLdSnU",
    bodyMac: "eR7fIYy2CxctuvJ5DV3zr4AE0gTmpAPh8m8VN5QAyZI",
    sealedAnswer:
      "AAAAAAAAAAAAAAAAVJahk4midts8TvLhwtSNN9VC77L0HY9p6sUhSnJMb3IvDXY0eC2jELWBoVncbhwp5YcLYatZ2jOGXD3fayZtxW2_-CrlG2iTK4_uyHj-133ANjrDId1v9EkSgBLIMoN0ULVV5a_s0LY1IA",
    expiresAt: 1795482000,
  };
  expect(openForRetry(recordOfThen, keyOfThen, { title: "a" })).toEqual(answer);
  expect(openForRetry(recordOfThen, keyOfThen, { title: "b" })).toBeUndefined();
});

test("a repeat gets the whole answer again, letter for letter", async () => {
  const { send } = anOffice();
  const asked = () => send(roadComplaint, "192.0.2.1", { "idempotency-key": key });
  const [first, repeat] = [await asked(), await asked()];
  expect([first.status, first.body.clocks.length]).toEqual([201, 1]);
  expect(JSON.stringify(repeat.body)).toBe(JSON.stringify(first.body));
});

test("the record of an ordinary answer takes less than a kilobyte", async () => {
  const { body } = await anOffice().send(roadComplaint, "192.0.2.1");
  const record = sealForRetry(key, roadComplaint, body, { at, nonce: new Uint8Array(12) });
  // As JSON it is longer than as DynamoDB counts it, its key and the names of both included.
  expect(JSON.stringify({ pk: `RETRY#${record.keyHash}`, sk: "RETRY", ...record }).length).toBeLessThan(1024);
});
