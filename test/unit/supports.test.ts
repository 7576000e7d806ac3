import { randomUUID } from "node:crypto";
import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { serve } from "../../shared/http/serve.ts";
import { countsOfLight, dayExpiry, hardnessOfLight } from "../../shared/traffic/load.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const home = "198.51.100.7";
const answer = { text: "Jalan itu sudah kami tambal dan ratakan." };

/** An office and what everybody may do there. */
function aPublic(options: Parameters<typeof anOffice>[1] = {}) {
  const office = anOffice(undefined, options);
  const api = serve(office.tables().public);
  return {
    office,
    api,
    support: (number: string, device: string = randomUUID(), headers = {}, address = home) =>
      call(api, "POST", `/v1/cases/${number}/supports`, { body: { device }, headers, address }),
    shown: async (number: string) => (await office.reads(`/v1/cases/${number}`)).body.supports,
  };
}

const solved = async (challenge: Challenge) => {
  const solution = await solveChallenge({ challenge, deriveKey });
  return { "proof-of-work": Buffer.from(JSON.stringify({ challenge, solution })).toString("base64") };
};

describe("I have this too", () => {
  test("counts once a day from each device, and a repeat gets the same answer", async () => {
    const { office, support, shown } = aPublic();
    const { number } = await office.submit();
    expect(await shown(number)).toEqual({ count: 0 });
    const device = randomUUID();
    const first = await support(number, device);
    expect([first.status, first.body]).toEqual([200, { trackingNumber: number, supports: { count: 1 } }]);
    const again = await support(number, device.toUpperCase());
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect((await support(number)).body.supports).toEqual({ count: 2 });
    office.at("2026-11-25T09:00:00+08:00");
    expect((await support(number, device)).body.supports).toEqual({ count: 3 });
    expect(await shown(number)).toEqual({ count: 3 });
  });

  test("is shown to the public, to the reporter, to officers and in their queue, and moves leave it as it is", async () => {
    const { office, support } = aPublic();
    const found = await office.submit();
    const { number } = found;
    await support(number);
    const before = (await office.cases.get(number))?.version;
    await found.as("admin", "verification", {});
    await support(number);
    const two = { count: 2 };
    expect((await found.seenByPublic()).body.supports).toEqual(two);
    expect((await found.seenByReporter()).body.supports).toEqual(two);
    expect((await found.seenBy("worker")).body.supports).toEqual(two);
    const { items } = (await office.queue("worker", { queue: "assigned" })).body;
    expect(items.map(({ supports }: any) => supports)).toEqual([two]);
    expect((await office.cases.get(number))?.version).toBe((before ?? 0) + 1);
    const file = await office.cases.find(number);
    expect(file?.events.map(({ type }) => type)).toEqual(["submitted", "verified"]);
  });

  test("counts on an answered case too, and on a closed one no more", async () => {
    const { office, support } = aPublic();
    const found = await office.submit();
    await found.as("admin", "verification", {});
    await found.as("head", "answer", answer);
    expect((await support(found.number)).status).toBe(200);
    await found.reporter("confirmation", { stars: 5 });
    const late = await support(found.number);
    expect([late.status, late.body.currentStatus, late.body.legalMoves]).toEqual([409, "closed", []]);
    expect(late.body.detail).toContain("laporan baru");
    expect((await found.seenByPublic()).body.supports).toEqual({ count: 1 });
  });

  test("cannot be said of a secret, withdrawn, archived or unknown report: all are answered alike, and show nothing", async () => {
    const { office, support, shown } = aPublic();
    const secret = await office.submit({ secret: true });
    const withdrawn = await office.submit();
    await withdrawn.reporter("withdrawal");
    const archived = await office.submit();
    await archived.as("national", "archival", { reason: "abusive", text: "Berisi makian." });
    const hidden = await office.submit();
    await hidden.reporter("redaction", { hide: true });
    const numbers = [secret, withdrawn, archived, hidden].map(({ number }) => number);
    const answers = await Promise.all([...numbers, "00000-00000"].map((number) => support(number)));
    const alike = answers.map(({ status, body }) => [status, body.type, body.title, body.detail]);
    expect(new Set(alike.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(alike[0]?.[0]).toBe(404);
    for (const number of numbers) expect(await shown(number)).toBeUndefined();
    expect((await secret.seenByReporter()).body).not.toHaveProperty("supports");
    expect((await secret.seenBy("admin")).body).not.toHaveProperty("supports");
  });

  test("of a report that was joined to another counts where the public looks, once from each device", async () => {
    const { office, support } = aPublic();
    const [first, second] = [await office.submit(), await office.submit()];
    await second.as("admin", "joining", { trackingNumber: first.number });
    const device = randomUUID();
    expect((await support(second.number, device)).body).toEqual({
      trackingNumber: first.number,
      supports: { count: 1 },
    });
    expect((await support(first.number, device)).body.supports).toEqual({ count: 1 });
  });

  test("of a report that was joined to a secret one is answered as of an unknown one", async () => {
    const { office, support } = aPublic();
    const [first, second] = [await office.submit({ secret: true }), await office.submit()];
    await second.as("national", "joining", { trackingNumber: first.number });
    const [of, unknown] = [await support(second.number), await support("00000-00000")];
    expect([of.status, of.body.detail]).toEqual([404, unknown.body.detail]);
  });

  test("needs the name of a device, and no other field", async () => {
    const { office, api } = aPublic();
    const { number } = await office.submit();
    for (const body of [{}, { device: "saya" }, { device: randomUUID(), name: "Warga" }])
      expect((await call(api, "POST", `/v1/cases/${number}/supports`, { body })).status).toBe(400);
  });
});

describe("a flood of supports", () => {
  const threshold = { ofNetwork: 4, ofAll: 1_000, holdsAlike: true };

  test("costs its network a proof of work for each further one, and nobody else", async () => {
    const { office, api, support } = aPublic({ threshold });
    const { number } = await office.submit();
    for (let sent = 0; sent < 4; sent++) expect((await support(number)).status).toBe(200);
    const device = randomUUID();
    const refused = await support(number, device);
    expect([refused.status, refused.body.challenges]).toEqual([
      428,
      `/v1/challenges?for=support&trackingNumber=${number}`,
    ]);
    expect((await support(number, device, {}, "203.0.113.9")).body.supports).toEqual({ count: 5 });

    const ask = (query: Record<string, string>) =>
      call(api, "GET", "/v1/challenges", { query, address: home });
    const forThis = await ask({ for: "support", trackingNumber: number });
    const proof = await solved(forThis.body);
    const other = await office.submit();
    expect((await support(other.number, device, await solved((await ask({})).body))).status).toBe(200);
    expect((await support(number, randomUUID(), await solved((await ask({})).body))).status).toBe(428);
    const let_in = await support(number, randomUUID(), proof);
    expect([let_in.status, let_in.body.supports]).toEqual([200, { count: 6 }]);
    expect((await support(number, randomUUID(), proof)).status).toBe(428);
    expect((await ask({ for: "support" })).status).toBe(400);
  });

  test("makes no report cost work, and a flood of reports makes no support cost work", async () => {
    const { office, api, support } = aPublic({ threshold });
    const { number } = await office.submit();
    const report = () =>
      call(api, "POST", "/v1/cases", {
        body: { ...roadComplaint, occurredOn: undefined },
        headers: { "idempotency-key": randomUUID() },
        address: home,
      });
    for (let sent = 0; sent < 10; sent++) await support(number);
    const reports = [];
    for (let sent = 0; sent < 5; sent++) reports.push((await report()).status);
    expect(reports).toEqual([201, 201, 201, 201, 428]);
    const other = aPublic({ threshold });
    const found = await other.office.submit();
    for (let sent = 0; sent < 10; sent++)
      await other.office.send({ ...roadComplaint, occurredOn: undefined }, home);
    expect((await other.support(found.number)).status).toBe(200);
  });

  test("is never harder with more room, nor easier with more supports", () => {
    const room = fc.record({
      ofNetwork: fc.integer({ min: 1, max: 50 }),
      ofAll: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(room, fc.array(fc.nat(100_000), { minLength: 3, maxLength: 3 }), (free, counts) => {
        const hardness = (more: number, scale: number) =>
          hardnessOfLight(
            countsOfLight(["support", "198.51.100.0/24", "N"], {
              ofNetwork: free.ofNetwork * scale,
              ofAll: free.ofAll * scale,
            }).map((one, index) => ({ free: one.free, count: (counts[index] ?? 0) + more })),
          );
        expect(hardness(1, 1)).toBeGreaterThanOrEqual(hardness(0, 1));
        expect(hardness(0, 2)).toBeLessThanOrEqual(hardness(0, 1));
      }),
    );
  });

  test("a support is forgotten in the night after its day, and never in a second that a case could name", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
        (at) => {
          const expiry = new Date(dayExpiry(at) * 1000);
          expect(expiry.getTime() - at.getTime()).toBeGreaterThan(0);
          expect(expiry.getTime() - at.getTime()).toBeLessThanOrEqual(25 * 60 * 60 * 1000);
          expect(expiry.toISOString().slice(11)).toBe("00:20:00.000Z");
        },
      ),
    );
  });
});
