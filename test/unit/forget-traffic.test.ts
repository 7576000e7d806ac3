import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { forgetTraffic } from "../../functions/jobs/forget-traffic.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { TrafficExpiry } from "../../shared/traffic/traffic-expiry-store.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { memoryTraffic } from "../fakes/memory/traffic-store.ts";

const at = new Date("2026-11-24T01:00:00Z");

describe("the job that forgets what networks sent", () => {
  test("it removes what has expired, and leaves what still counts", async () => {
    const traffic = memoryTraffic();
    const before = new Date(at.getTime() - 600_000);
    await traffic.count(["report", "203.0.113.0/24"], before);
    await traffic.count(["report", "203.0.113.0/24"], at);
    await forgetTraffic(traffic, { now: () => at })();
    await forgetTraffic(traffic, { now: () => at })();
    expect(await traffic.countOf(["report", "203.0.113.0/24"], before)).toBe(0);
    expect(await traffic.countOf(["report", "203.0.113.0/24"], at)).toBe(1);
  });

  test("a row that cannot be removed does not keep the others, and the run fails, so that its alarm goes off", async () => {
    const removed: string[] = [];
    const traffic: TrafficExpiry = {
      async *expired() {
        yield ["a", "stuck", "b"];
        yield ["c"];
      },
      async remove(name) {
        if (name === "stuck") throw new Error("throttled");
        removed.push(name);
      },
    };
    await expect(forgetTraffic(traffic, { now: () => at })()).rejects.toThrow("throttled");
    expect(removed).toEqual(["a", "b", "c"]);
  });

  test("a run that takes too long stops by itself, and the next one does what is left", async () => {
    const left = new Set(Array.from({ length: 100 }, (_, index) => `row ${index}`));
    let seconds = 0;
    const traffic: TrafficExpiry = {
      async *expired() {
        yield [...left];
      },
      async remove(name) {
        seconds++;
        left.delete(name);
      },
    };
    const run = forgetTraffic(traffic, {
      now: () => new Date(at.getTime() + seconds * 1000),
      budget: 60_000,
    });
    await run();
    expect(left.size).toBe(25);
    await run();
    expect(left.size).toBe(0);
  });
});

describe("the key behind the names of traffic", () => {
  const nobody = {} as DynamoDBDocumentClient;

  test("it is asked once a day, whatever is named with it", async () => {
    const asked: string[] = [];
    const traffic = trafficStore(nobody, "traffic", async (label) => (asked.push(label), "hash".repeat(11)));
    for (const day of ["2026-11-23", "2026-11-24"])
      await Promise.all([
        traffic.keyOf("counts", day),
        traffic.keyOf("outlines", day),
        traffic.keyOf("counts", day),
      ]);
    expect(asked).toEqual(["sp4n-lapor traffic 2026-11-23", "sp4n-lapor traffic 2026-11-24"]);
  });

  test("while it cannot be used the sender is asked to send again, and it is asked anew then", async () => {
    let fails = true;
    const traffic = trafficStore(nobody, "traffic", async () => {
      if (fails) throw new Refusal("unavailable", { id: "Data diri …", en: "Personal data …" });
      return "hash".repeat(11);
    });
    await expect(traffic.keyOf("counts", "2026-11-24")).rejects.toMatchObject({
      kind: "unavailable",
      text: { en: expect.stringContaining("cannot be checked right now") },
    });
    fails = false;
    expect(await traffic.keyOf("counts", "2026-11-24")).toHaveLength(43);
  });
});
