import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalForm,
  checkHistory,
  type ShownHistory,
} from "../../../shared/page/files/parts/history-check.ts";
import { anOffice } from "../../fakes/office.ts";

/** The history of a case that went some way, as its proof shows it. */
async function aProof(change: object = {}): Promise<ShownHistory> {
  const found = await anOffice().submit(change);
  await found.as("admin", "verification", {});
  await found.as("worker", "notes", { text: "Catatan dalam." });
  await found.as("worker", "progress", { text: "Tim meninjau." });
  return (await found.proof()).body as ShownHistory;
}

describe("the check of a history in the browser", () => {
  test("writes every value in the canonical form of RFC 8785", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => canonicalForm(value) === canonicalize(value)));
  });

  test("finds nothing wrong with a history that nobody touched, whole or of links alone", async () => {
    const whole = await aProof();
    const checked = await checkHistory(whole);
    expect(checked).toEqual({ events: whole.events.length, hashed: checked.hashed });
    expect(checked.hashed).toBeGreaterThan(1);
    const links = await aProof({ anonymous: true });
    expect(await checkHistory(links)).toEqual({ events: links.events.length, hashed: 0 });
  });

  test("names the event that was changed, removed or moved, and an end that was cut off", async () => {
    const proof = await aProof();
    const { events } = proof;
    const changed = (at: number, change: object) =>
      checkHistory({
        ...proof,
        events: events.map((one, index) => (index === at ? { ...one, ...change } : one)),
      });
    for (const change of [
      { at: "2026-01-01T00:00:00.000Z" },
      { type: "answered" },
      { contentHash: "x" },
      { by: { role: "auditor" } },
      { trackingNumber: "x" },
      { sequence: 9 },
      { previousHash: "x" },
    ])
      expect((await changed(0, change)).wrongAt).toBe(1);
    expect((await checkHistory({ ...proof, events: events.slice(1) })).wrongAt).toBe(1);
    expect((await checkHistory({ ...proof, events: events.toReversed() })).wrongAt).toBe(1);
    expect((await checkHistory({ ...proof, events: events.slice(0, -1) })).wrongAt).toBe(events.length);
    expect((await checkHistory({ ...proof, events: [] })).wrongAt).toBe(1);
  });

  test("refuses a format that it does not know", async () => {
    const proof = await aProof();
    await expect(checkHistory({ ...proof, format: "sp4n-lapor-history-2" })).rejects.toThrow();
  });
});
