import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Clock, inWita, openClock, writtenTime } from "../../infra/local/time/clock.ts";
import { clockRoute } from "../../infra/local/time/clock-route.ts";

describe("a time for the simulated clock", () => {
  test.each([
    ["2026-03-13", "2026-03-13T08:00:00+08:00"],
    ["2026-03-13T08:00:00+08:00", "2026-03-13T08:00:00+08:00"],
    ["2026-03-13T09:30:00+09:00", "2026-03-13T08:30:00+08:00"],
    ["2026-03-13T00:00:00.000Z", "2026-03-13T08:00:00+08:00"],
  ])("the time %s is %s", (text, expected) => {
    expect(inWita(writtenTime.parse(text))).toBe(expected);
  });

  test.each(["2026-02-30", "2026-03-13T08:00:00", "13-03-2026", "besok", "", "2026-03-13T25:00:00+08:00"])(
    "the text %j is not guessed at",
    (text) => {
      expect(writtenTime.safeParse(text).success).toBe(false);
    },
  );
});

const real = "2026-11-25T10:00:00+08:00";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-clock-"));
  vi.useFakeTimers({ now: new Date(real), toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});
const used = () => writeFileSync(join(folder, "issuer.json"), "{}");
const time = (text: string) => writtenTime.parse(text);
const pass = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000);

describe("the clock of a data folder", () => {
  test("the clock is the machine's unless somebody asked for another", () => {
    const clock = openClock(folder);
    expect([clock.simulated, inWita(clock.now()), clock.ahead]).toEqual([false, real, undefined]);
  });

  test("the clock runs on from where it was set, over a restart too", () => {
    const clock = openClock(folder, time("2026-03-13"));
    used();
    pass(5);
    expect(inWita(clock.now())).toBe("2026-03-13T08:05:00+08:00");
    clock.moveTo(time("2026-03-24"));
    pass(60);
    const again = openClock(folder);
    expect([again.simulated, inWita(again.now())]).toEqual([true, "2026-03-24T09:00:00+08:00"]);
  });

  test("the clock is not set back to before what the folder holds", () => {
    openClock(folder, time("2026-03-13")).moveTo(time("2026-03-24"));
    used();
    expect(() => openClock(folder, time("2026-03-23"))).toThrow("it is 2026-03-24T08:00:00+08:00 already");
    expect(inWita(openClock(folder, time("2026-03-25")).now())).toBe("2026-03-25T08:00:00+08:00");
  });

  test("the clock is not simulated in the past where the folder has lived in the machine's time", () => {
    used();
    expect(() => openClock(folder, time("2026-03-13"))).toThrow(`it is ${real} already`);
  });

  test("the clock begins anew after a first start that failed", () => {
    openClock(folder, time("2026-03-13"));
    pass(1);
    expect(inWita(openClock(folder, time("2026-03-13")).now())).toBe("2026-03-13T08:00:00+08:00");
  });
});

describe("a request to the clock", () => {
  const ask = async (clock: Clock, body?: unknown, headers = { "content-type": "application/json" }) => {
    const route = clockRoute(clock, async () => ["sweep"]);
    const request = { method: body === undefined ? "GET" : "POST", headers } as unknown as IncomingMessage;
    const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
    const { status, headers: answered, body: told } = await route(request, Buffer.from(text));
    return { status, type: answered["content-type"], body: JSON.parse(String(told)) };
  };
  const simulated = () => openClock(folder, time("2026-03-13"));

  test("whoever asks the clock is told the time", async () => {
    expect((await ask(simulated())).body).toEqual({ now: "2026-03-13T08:00:00+08:00", simulated: true });
    rmSync(join(folder, "clock.json"));
    expect((await ask(openClock(folder))).body).toEqual({ now: real, simulated: false });
  });

  test.each([
    [{ now: "2026-03-24T08:00:00+08:00" }, "2026-03-24T08:00:00+08:00"],
    [{ now: "2026-03-24" }, "2026-03-24T08:00:00+08:00"],
    [{ days: 2, hours: 3, minutes: 4 }, "2026-03-15T11:04:00+08:00"],
  ])("a request %o moves the clock, and is answered with what was called", async (body, now) => {
    const clock = simulated();
    expect(await ask(clock, body)).toEqual({
      status: 200,
      type: "application/json",
      body: { now, simulated: true, called: ["sweep"] },
    });
    expect(inWita(clock.now())).toBe(now);
    expect(readFileSync(join(folder, "clock.json"), "utf8")).toContain("millisecondsAhead");
  });

  test.each([
    [{ now: "2026-03-12" }, ["now"]],
    [{ now: "besok", colour: "red" }, ["now", "colour"]],
    [{ days: -1, hours: 1.5, minutes: "3" }, ["days", "hours", "minutes"]],
    [{}, [""]],
    [{ now: "2026-03-24", days: 1 }, [""]],
    ["[1]", [""]],
    ["{", [""]],
  ])("a request %o is refused by its fields and moves nothing", async (body, paths) => {
    const clock = simulated();
    const refused = await ask(clock, body);
    expect([refused.status, refused.type]).toEqual([400, "application/problem+json"]);
    expect(refused.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(paths.sort());
    expect(inWita(clock.now())).toBe("2026-03-13T08:00:00+08:00");
  });

  test("a request by a page that was not allowed to ask is refused", async () => {
    expect((await ask(simulated(), { days: 1 }, { "content-type": "text/plain" })).status).toBe(415);
  });

  test("a request to a system on the machine's clock is refused with how to start it otherwise", async () => {
    const refused = await ask(openClock(folder), { days: 1 });
    expect([refused.status, refused.type]).toEqual([409, "application/problem+json"]);
    expect(refused.body.detail).toContain("npm start -- --data DIR --now 2026-03-13");
  });
});
