import { describe, expect, test } from "vitest";
import { calculateDeadlines } from "../../functions/public/calculate-deadlines.ts";
import { get } from "../../shared/http/endpoint.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";

const api = serve([
  get(
    "/v1/deadlines",
    calculateDeadlines(memoryDirectory(), () => new Date("2026-11-23T16:30:00Z")),
  ),
]);
const ask = (query: Record<string, string>, headers: Record<string, string> = {}) =>
  call(api, "GET", "/v1/deadlines", { query, headers });

describe("the public calculator", () => {
  test("The calculator tells every clock with its date, its last moment and its basis", async () => {
    const { status, body } = await ask({ class: "complaint", from: "2026-03-13", timeZone: "Asia/Makassar" });
    expect(status).toBe(200);
    const dates = body.clocks.map((one: any) => [one.clock, one.workingDays, one.dueDate]);
    expect(dates).toEqual([
      ["verification", 3, "2026-03-25"],
      ["response", 5, "2026-03-27"],
      ["completion", 14, "2026-04-10"],
      ["reply", 10, "2026-04-06"],
      ["completing-file", null, "2026-04-12"],
    ]);
    expect(body.clocks[0].dueAt).toBe("2026-03-25T23:59:59.999+08:00");
    for (const { legalBasis } of body.clocks) expect(legalBasis).toMatch(/\w/);
  });

  test("The calculator names each day that it skipped, so that anybody can count again", async () => {
    const { body } = await ask({ from: "2026-03-13", timeZone: "Asia/Makassar" });
    const { explanation } = body.clocks[0];
    expect(explanation.skipped.map((day: any) => `${day.date} ${day.name}`)).toContain("2026-03-14 Sabtu");
    expect(explanation.skipped).toContainEqual({
      date: "2026-03-19",
      why: "holiday",
      name: expect.stringMatching(/Nyepi/),
    });
    expect(explanation).toMatchObject({ counted: 3, policyVersion: 1, provisional: false });
    expect(explanation.calendar[0].decree).toMatch(/SKB/);
  });

  test("The calculator takes the local date of an instant: late on Monday in Jakarta is Tuesday in Papua", async () => {
    const from = "2026-11-23T16:30:00Z";
    const dates = await Promise.all(
      ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"].map(async (timeZone) => {
        const { body } = await ask({ from, timeZone });
        return [body.from, body.clocks[0].dueAt];
      }),
    );
    expect(dates).toEqual([
      ["2026-11-23", "2026-11-26T23:59:59.999+07:00"],
      ["2026-11-24", "2026-11-27T23:59:59.999+08:00"],
      ["2026-11-24", "2026-11-27T23:59:59.999+09:00"],
    ]);
  });

  test("The calculator begins today without a date, and gives a supervised complaint 60 working days", async () => {
    const { body } = await ask({ class: "complaint", supervised: "true" });
    expect(body.from).toBe("2026-11-24");
    expect(body.clocks[2]).toMatchObject({ clock: "completion", workingDays: 60 });
  });

  test("Whoever writes on a holiday is told that the office is closed and when to expect an answer", async () => {
    const { body } = await ask({ from: "2026-03-21" });
    expect(body.officeClosed).toMatchObject({
      opensOn: "2026-03-25",
      reason: expect.stringContaining("Idul Fitri"),
    });
    expect(body.officeClosed.text).toContain("buka lagi Rabu, 25 Maret 2026, WITA. ");
    expect(body.officeClosed.text).toContain("paling lambat Jumat, 27 Maret 2026, WITA");
    expect((await ask({ from: "2026-11-23" })).body.officeClosed).toBeNull();
  });

  test("The calculator speaks English to whoever asks for it", async () => {
    const { body } = await ask({ from: "2026-11-20" }, { "accept-language": "en" });
    expect(body.clocks[0].explanation.skipped[0].name).toBe("Saturday");
  });

  test.each([
    ["an unknown zone", { timeZone: "Asia/Tokyo" }, "timeZone"],
    ["a date that is none", { from: "2026-02-30" }, "from"],
    ["a date before the first policy", { from: "2023-12-31" }, "from"],
    ["a supervised aspiration", { class: "aspiration", supervised: "true" }, "supervised"],
    ["an unknown class", { class: "gossip" }, "class"],
    ["a question nobody declared", { color: "red" }, "color"],
  ])("The calculator refuses %s by field", async (_what, query, field) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ in: "query", path: field }]);
  });
});
