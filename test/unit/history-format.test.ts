import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CaseEvent, contentHash, eventContents, eventProof, flaws } from "../../shared/case/history.ts";
import { canonicalHash, historyFormat } from "../../shared/chain.ts";

const document = readFileSync("docs/history-format.md", "utf8");
const blocks = (kind: string) =>
  [...document.matchAll(new RegExp(`\`\`\`${kind}\\n([^]*?)\`\`\``, "g"))].map(([, text = ""]) =>
    text.trim(),
  );
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

describe("the worked example of docs/history-format.md", () => {
  const events = blocks("json").map((text) => eventProof.parse(JSON.parse(text)));
  const [canonicalEvent = "", canonicalContent = ""] = blocks("text");

  test("names the format that the code has", () => {
    expect(document).toContain(`\`${historyFormat}\``);
  });

  test("is an unbroken history for our own checker", () => {
    expect(events).toHaveLength(2);
    expect(flaws("7K3MQ-P4X9C", events)).toEqual([]);
  });

  test("shows the canonical forms that hash to what the proof says, without any code of ours", () => {
    expect(sha256(canonicalEvent)).toBe(events[0]?.hash);
    expect(sha256(canonicalContent)).toBe(events[0]?.contentHash);
  });

  test("tells how the hash of a content is made", () => {
    const told = JSON.parse(canonicalContent) as Pick<CaseEvent, "content" | "officerId" | "salt">;
    expect(contentHash(told)).toBe(events[0]?.contentHash);
  });
});

/** How hashes were made before they followed RFC 8785. */
const digestBefore = (value: unknown): string =>
  sha256(
    JSON.stringify(value, (_key, inner: unknown) =>
      inner && typeof inner === "object" && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ),
  );

test("whatever an event tells, its hash is the one that it had before hashes followed RFC 8785", () => {
  // The two forms differ where a field is called by a number; the next test says that none of ours is.
  const fieldName = fc.stringMatching(/^[a-zA-Z-]{1,12}$/).filter((name) => name !== "toJSON");
  const { content } = fc.letrec((tie) => ({
    content: fc.dictionary(fieldName, tie("value")),
    value: fc.oneof(
      { depthSize: "small" },
      fc.string({ unit: "grapheme" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.array(tie("value").map((value) => value ?? null)),
      tie("content"),
    ),
  }));
  fc.assert(
    fc.property(content, (told) => {
      expect(canonicalHash(told)).toBe(digestBefore(told));
    }),
  );
});

test("no field of an event is called by a number, so every hash that was ever written still verifies", () => {
  const names = Object.values(eventContents).flatMap(({ shape }) => Object.keys(shape));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => /^\d+$/.test(name))).toEqual([]);
});
