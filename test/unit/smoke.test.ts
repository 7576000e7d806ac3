import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checks, reportCheck } from "../../infra/operations/smoke/checks.ts";
import type { Answer, Site } from "../../infra/operations/smoke/site.ts";

test("every check leads to a heading that the runbook has, and says what people notice", () => {
  const headings = [...readFileSync("docs/runbook.md", "utf8").matchAll(/^## (.+)$/gm)].map(
    ([, heading = ""]) => heading.toLowerCase().replaceAll(" ", "-"),
  );
  for (const { name, runbook, means } of [...checks, reportCheck]) {
    expect([name, headings]).toEqual([name, expect.arrayContaining([runbook])]);
    expect(means).not.toBe("");
  }
});

describe("encryption", () => {
  const answer = (status: number, headers: Record<string, string> = {}): Answer => ({
    status,
    headers: new Headers(headers),
    text: "",
  });
  const strict = { "strict-transport-security": "max-age=63072000; includeSubDomains; preload" };
  const look = (site: Partial<Site>) =>
    checks
      .find(({ name }) => name === "encryption")
      ?.look({
        origin: "https://lapor.example",
        ask: async () => answer(200, strict),
        askElsewhere: async () => answer(403),
        ...site,
      });

  test("is well where CloudFront refuses what comes in the clear, and where nobody answers it", async () => {
    expect(await look({})).toEqual([]);
    expect(await look({ askElsewhere: async () => Promise.reject(new Error("refused")) })).toEqual([]);
  });

  test("is red where a receipt sent in the clear would be answered, also with a redirect", async () => {
    for (const status of [200, 301])
      expect(await look({ askElsewhere: async () => answer(status) })).toEqual([
        `http://lapor.example/ is answered with ${status} and not refused`,
      ]);
  });

  test("is red where browsers may come back in the clear", async () => {
    for (const said of [answer(200), answer(200, { "strict-transport-security": "max-age=0" })])
      expect(await look({ ask: async () => said })).toEqual([
        "browsers are not told to come back with https only",
      ]);
  });

  test("is red at a site without it, but for one on this machine", async () => {
    expect(await look({ origin: "http://lapor.example" })).toEqual(["http://lapor.example is not encrypted"]);
    expect(await look({ origin: "http://127.0.0.1:3000" })).toEqual([]);
  });
});
