import { describe, expect, test } from "vitest";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { readPage } from "./markup.ts";

describe("the form for being offline", () => {
  test.each([
    ["/lapor/tanpa-sinyal", "Lapor tanpa sinyal", "/lapor/cerita"],
    ["/en/lapor/tanpa-sinyal", "Report without a signal", "/en/lapor/cerita"],
  ])(
    "%s is the same for everybody, may be kept, and leads to the first step without a script",
    async (path, title, step) => {
      const { publicApi } = anOffice();
      const answer = await call(publicApi, "GET", path);
      expect(answer.status).toBe(200);
      expect(readPage(answer)).toContain(title);
      expect(answer.headers["cache-control"]).toBe("public, max-age=0, s-maxage=60");
      expect(answer.cookies).toEqual([]);
      expect(answer.body).toContain(`<form method="post" action="${step}" data-offline`);
      const again = await call(publicApi, "GET", path, { cookies: ["__Host-draf=x", "__Host-saya=y"] });
      expect(again.body).toBe(answer.body);
    },
  );

  test("It has every part that its script fills, all of them hidden, and may start both workers", async () => {
    const { body, headers } = await call(anOffice().publicApi, "GET", "/lapor/tanpa-sinyal");
    for (const part of [
      "data-waiting-part hidden",
      "data-answer-part hidden",
      "data-forget hidden",
      "data-print hidden",
    ])
      expect(body).toContain(part);
    for (const word of [
      "data-writing=",
      "data-not-lasting=",
      "data-sending=",
      "data-offline=",
      "data-waiting=",
      "data-busy=",
      "data-proving=",
      "data-refused=",
      "data-answered=",
      "data-deleted=",
      "data-noted=",
    ])
      expect(body).toContain(word);
    for (const name of ["class", "title", "text", "occurredOn", "place", "anonymous", "secret"])
      expect(body).toContain(`name="${name}"`);
    expect(headers["content-security-policy"]).toMatch(/trusted-types offline-worker proof-worker$/);
  });
});
