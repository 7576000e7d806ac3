import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CaseEvent, chained, eventHash } from "../../shared/case/history.ts";
import { roadComplaint } from "../fakes/reports.ts";

const { reporter: _, ...report } = roadComplaint;
const first = chained<"submitted">(
  {
    trackingNumber: "7K3MQ-P4X9C",
    type: "submitted",
    at: "2026-11-23T01:00:00.000Z",
    by: { role: "reporter" },
    content: { ...report, reachableByMail: false },
    salt: "salt",
  },
  undefined,
);

describe("the history of a case", () => {
  test("the history of a case links every event to the one before", () => {
    const { sequence, previousHash, hash, ...same } = first;
    const second = chained<"submitted">(same as Parameters<typeof chained<"submitted">>[0], first);
    expect([sequence, previousHash]).toEqual([1, null]);
    expect([second.sequence, second.previousHash]).toEqual([2, hash]);
    expect(eventHash(second)).toBe(second.hash);
  });

  test("the history of a case shows any change of an event", () => {
    const changes: object[] = [
      { trackingNumber: "00000-00000" },
      { sequence: 2 },
      { at: "2026-11-23T01:00:00.001Z" },
      { content: { ...first.content, title: "Jalan mulus" } },
      { salt: "pepper" },
      { previousHash: "x" },
    ];
    for (const change of changes) expect(eventHash({ ...first, ...change })).not.toBe(first.hash);
  });

  test("the hashes of a history do not depend on the order in which a store gives fields back", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (content) => {
        const turned = Object.fromEntries(Object.entries(content).reverse());
        const hashOf = (told: object) => eventHash({ ...first, content: told } as CaseEvent);
        expect(hashOf(turned)).toBe(hashOf(content));
      }),
    );
  });
});
