import { randomUUID } from "node:crypto";
import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { keyedOutline, outlineOf, resembles, sharedPart } from "../../shared/text/outline.ts";
import { type Arriving, type Door, openDoor } from "../../shared/traffic/door-flow.ts";
import {
  type Counted,
  countedAlone,
  counterFor,
  hardnessAfter,
  hardnessOf,
  type Threshold,
  wrongReceipts,
} from "../../shared/traffic/load.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";
import { agencies } from "../fakes/agencies.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { memoryTraffic } from "../fakes/memory/traffic-store.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff } from "../fakes/staff.ts";

const city = "pemkot-balikpapan";
const threshold = { ofNetwork: 20, ofAll: 1_000_000, holdsAlike: true };
const bots = "203.0.113.9";
const home = "198.51.100.7";

const about = (title: string, text: string) => ({
  ...roadComplaint,
  agencyId: city,
  occurredOn: undefined,
  title,
  text,
});
const realReport = about(
  "Air mati tiga hari",
  "Sejak Senin air PDAM di perumahan kami tidak mengalir sama sekali.",
);

/** Makes words that mean nothing. Every report gets others, so no two are alike. */
const gibberish = (seed: number) =>
  Array.from({ length: 12 }, (_, word) => {
    let number = seed * 7_919 + word * 104_729 + 1;
    return Array.from({ length: 7 }, () => {
      number = (number * 48_271) % 2_147_483_647;
      return String.fromCharCode(97 + (number % 26));
    }).join("");
  }).join(" ");

const solved = async (challenge: Challenge) => {
  const solution = await solveChallenge({ challenge, deriveKey });
  return { "proof-of-work": Buffer.from(JSON.stringify({ challenge, solution })).toString("base64") };
};

const tick = (minutes: number) => new Date(Date.parse("2026-11-24T09:00:00+08:00") + minutes * 60_000);

describe("a thousand automatic reports", () => {
  const mailsTo = (sent: Mail[], address: string) => sent.filter(({ to }) => to === address);
  const mailbox = agencies.find(({ id }) => id === city)?.alertEmail ?? "";

  /** Sends a thousand reports in ten minutes, with a real one among them. The mail room works every minute. */
  async function flood(report: (n: number) => { body: object; address: string }) {
    const office = anOffice("2026-11-24T09:00:00+08:00", { threshold });
    const room = aMailRoom(office);
    const taken: string[] = [];
    const answers: number[] = [];
    let real = "";
    for (let n = 0; n < 1_000; n++) {
      const at = tick(n / 100);
      office.at(at.toISOString());
      room.at(at);
      const { body, address } = report(n);
      const answer = await office.send(body, address);
      answers.push(answer.status);
      const numbers = answer.status === 201 ? [String(answer.body.trackingNumber)] : [];
      if (n === 500) {
        const sent = await office.send(realReport, home);
        expect(sent.status).toBe(201);
        real = String(sent.body.trackingNumber);
        numbers.push(real);
      }
      taken.push(...numbers);
      await room.deliver(...numbers);
      if (n % 100 === 99) await room.flush();
    }
    for (let minute = 11; minute < 60; minute++) await room.flush(tick(minute).toISOString());
    return { office, taken, real, answers, sent: room.mailer.sent };
  }

  test(
    "a thousand reports from a thousand networks, no two alike, cost an officer three mails at most, and none is lost",
    { timeout: 120_000 },
    async () => {
      const { office, taken, real, answers, sent } = await flood((n) => ({
        body: about(`Laporan ${n}`, gibberish(n)),
        address: `10.${n >> 8}.${n & 255}.1`,
      }));
      expect(new Set(answers)).toEqual(new Set([201]));
      for (const address of [mailbox, staff.admin.email]) {
        const mails = mailsTo(sent, address);
        expect(mails.length).toBeGreaterThanOrEqual(2);
        expect(mails.length).toBeLessThanOrEqual(3);
        expect(mails[0]?.subject).toContain("menunggu verifikasi");
        expect(mails[1]?.subject).toMatch(/^Ringkasan \d+ laporan$/);
      }
      expect(taken).toHaveLength(1_001);
      const counted = (await office.counts("admin")).body;
      expect(JSON.stringify(counted)).toContain("1001");
      expect((await office.cases.get(real))?.held).toBeUndefined();
    },
  );

  test(
    "a thousand reports from one network, nearly alike, are refused for want of a proof or held, and nobody is mailed about them",
    { timeout: 120_000 },
    async () => {
      const { office, taken, real, answers, sent } = await flood((n) => ({
        body: about(
          `Promo nomor ${n}`,
          `Kunjungi situs kami sekarang juga dan dapatkan hadiah menarik kode ${n}`,
        ),
        address: bots,
      }));
      expect(answers.filter((status) => status === 201).length).toBeLessThanOrEqual(2 * threshold.ofNetwork);
      expect(answers.filter((status) => status === 428).length).toBeGreaterThan(900);
      const cases = await Promise.all(taken.map((number) => office.cases.get(number)));
      expect(cases.filter((found) => found?.held !== true).map((found) => found?.trackingNumber)).toEqual(
        expect.arrayContaining([taken[0], real]),
      );
      expect(cases.filter((found) => found?.held !== true).length).toBeLessThanOrEqual(3);
      for (const address of [mailbox, staff.admin.email])
        expect(mailsTo(sent, address).length).toBeLessThanOrEqual(3);
      // The real report is in the digest, and in the queue with all the others.
      expect(mailsTo(sent, mailbox).some(({ subject, text }) => `${subject} ${text}`.includes(real))).toBe(
        true,
      );
      const queue = await office.queue("admin", { queue: "verification", limit: "100" });
      expect(queue.body.items).toHaveLength(taken.length);
    },
  );
});

describe("alerts of new cases", () => {
  const quietDay = async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const room = aMailRoom(office);
    const arrive = async (minute: number, n: number) => {
      office.at(tick(minute).toISOString());
      room.at(tick(minute));
      const { body } = await office.send(about(`Laporan ${n}`, gibberish(n)), home);
      return { number: String(body.trackingNumber), mails: await room.deliver(String(body.trackingNumber)) };
    };
    return { office, room, arrive };
  };

  test("an alert goes at once when none went lately, and those of the next ten minutes leave as one digest", async () => {
    const { room, arrive } = await quietDay();
    expect((await arrive(0, 1)).mails).toHaveLength(2);
    const second = await arrive(2, 2);
    const third = await arrive(8, 3);
    expect([second.mails, third.mails]).toEqual([[], []]);
    expect(await room.flush(tick(11).toISOString())).toEqual([]);
    const digests = await room.flush(tick(12).toISOString());
    expect(digests.map(({ to }) => to).sort()).toEqual(
      [staff.admin.email, "lapor@balikpapan.example"].sort(),
    );
    for (const { subject, text } of digests) {
      expect(subject).toBe("Ringkasan 2 laporan");
      expect(text).toContain(`[${second.number}] Laporan baru menunggu verifikasi`);
      expect(text).toContain(third.number);
    }
    expect(await room.flush(tick(30).toISOString())).toEqual([]);
  });

  test("alerts go at once again after a quiet while", async () => {
    const { arrive } = await quietDay();
    await arrive(0, 1);
    expect((await arrive(15, 2)).mails).toHaveLength(2);
  });

  test("a new case is told once, however often its message comes", async () => {
    const { room, arrive } = await quietDay();
    const { number } = await arrive(0, 1);
    const message = { kind: "new-case-alert", trackingNumber: number, sequence: 1 } as const;
    for (let copy = 0; copy < 3; copy++) await room.send(message);
    expect(await room.flush(tick(30).toISOString())).toEqual([]);
    expect(room.mailer.sent).toHaveLength(2);
  });
});

describe("a report that is held", () => {
  const twice = async () => {
    const office = anOffice(undefined, { threshold });
    const room = aMailRoom(office);
    room.at(office.now());
    const reporter = { email: "warga@contoh.example", mailReceipt: true };
    await office.send({ ...realReport, reporter }, home);
    const second = await office.send({ ...realReport, title: "AIR mati, 3 hari!", reporter }, home);
    const number = String(second.body.trackingNumber);
    return { office, room, second, number };
  };

  test("a held report is stored and answered with what it waits for, and mails nobody yet, not even the address in it", async () => {
    const { room, second, number } = await twice();
    expect(second.status).toBe(201);
    expect(Object.keys(second.body)).toEqual(["trackingNumber", "receipt", "status", "clocks", "notices"]);
    expect(second.body.notices).toMatchObject([{ code: "held" }]);
    expect(await room.deliver(number)).toEqual([]);
  });

  test("a held report is shown with its mark to whoever verifies, as waiting to its reporter, and as any other to the public", async () => {
    const { office, second, number } = await twice();
    const queue = await office.queue("admin", { queue: "verification" });
    expect(queue.body.items.find((one: any) => one.trackingNumber === number).held).toBe(true);
    expect(queue.body.items.find((one: any) => one.trackingNumber !== number).held).toBeUndefined();
    const withReceipt: Record<string, string> = { authorization: `Receipt ${second.body.receipt}` };
    expect(JSON.stringify((await office.track(number, home)).body)).not.toMatch(/held|notices/);
    const { notices, ...rest } = (await office.track(number, home, withReceipt)).body;
    expect(notices).toEqual(second.body.notices);
    expect(JSON.stringify(rest)).not.toContain("held");
  });

  test("a held report is like any other once it is verified", async () => {
    const { office, number } = await twice();
    expect((await office.as("admin", number, "verification", { supervised: false })).status).toBe(200);
    expect((await office.cases.get(number))?.held).toBeUndefined();
  });

  test("a report is not held for the same words from another network, for other words, or for the same after ten minutes", async () => {
    const { office } = await twice();
    const heldOf = async (answer: { body: any }) =>
      (await office.cases.get(answer.body.trackingNumber))?.held;
    expect(await heldOf(await office.send(realReport, "192.0.2.1"))).toBeUndefined();
    expect(await heldOf(await office.send(about("Lampu", "Lampu jalan padam semua."), home))).toBeUndefined();
    office.at("2026-11-24T09:11:00+08:00");
    expect(await heldOf(await office.send(realReport, home))).toBeUndefined();
  });

  describe("whose words somebody sends again to learn where it came from", () => {
    const mark = async (
      first: Partial<typeof realReport>,
      from: string,
      probe: Partial<typeof realReport>,
    ) => {
      const office = anOffice("2026-11-24T09:00:00+08:00", { threshold });
      await office.send({ ...realReport, ...first }, home);
      const { body } = await office.send({ ...realReport, ...probe }, from);
      return (await office.cases.get(body.trackingNumber))?.held;
    };
    const probes = [{ anonymous: true }, { anonymous: false }, { secret: true }];

    test.each(probes.slice(0, 2))(
      "an anonymous report is answered alike from its own network and from any other (%o)",
      async (probe) => {
        const first = { anonymous: true };
        expect(await mark(first, home, probe)).toBe(true);
        expect(await mark(first, "192.0.2.1", probe)).toBe(true);
      },
    );

    test("a secret report is not held whatever came before it, so its mark tells nothing", async () => {
      for (const from of [home, "192.0.2.1"])
        expect(await mark({ anonymous: true }, from, { secret: true })).toBeUndefined();
    });

    test.each(probes)("a secret report is compared with nothing, anonymous or not (%o)", async (probe) => {
      for (const anonymous of [true, false])
        for (const from of [home, "192.0.2.1"])
          expect(await mark({ secret: true, anonymous }, from, probe)).toBeUndefined();
    });

    test("a named report with the same words before it does not show where an anonymous or a secret one comes from", async () => {
      const named = { anonymous: false };
      for (const from of [home, "192.0.2.1"]) {
        expect(await mark(named, from, { anonymous: true })).toBeUndefined();
        expect(await mark(named, from, { secret: true })).toBeUndefined();
      }
    });
  });

  test("no report is held where the stage holds none: on a machine where people develop", async () => {
    const office = anOffice();
    await office.send(realReport, home);
    const { body } = await office.send(realReport, home);
    expect((await office.cases.get(body.trackingNumber))?.held).toBeUndefined();
  });

  test("a report is not held when a phone that lost the answer sends it again", async () => {
    const office = anOffice(undefined, { threshold });
    const key = { "idempotency-key": randomUUID() };
    const first = await office.send(realReport, home, key);
    const again = await office.send(realReport, home, key);
    expect(again.body).toEqual(first.body);
    expect((await office.cases.get(first.body.trackingNumber))?.held).toBeUndefined();
  });
});

describe("the proof of work", () => {
  const busy = async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00", { threshold: { ...threshold, ofNetwork: 1 } });
    await office.send(about("Satu", gibberish(1)), home);
    const report = about("Dua", gibberish(2));
    return { office, report };
  };

  test("a busy network is asked for a proof of work, in Indonesian, with where to get a challenge, and nothing is stored", async () => {
    const { office, report } = await busy();
    const answer = await office.send(report, home);
    expect([answer.status, answer.body.type]).toEqual([428, "urn:sp4n-lapor:problem:proof-needed"]);
    expect(answer.body.challenges).toBe("/v1/challenges");
    expect(answer.body.detail).toContain("Ambil tantangan");
    expect((await office.feed()).body.items).toHaveLength(1);
    // Nobody else has to bring a proof of work.
    expect((await office.send(report, bots)).status).toBe(201);
  });

  test("a challenge that was solved once lets one report in, a repeat of it too, and no other", async () => {
    const { office, report } = await busy();
    const proof = await solved((await office.challenge(home)).body);
    const key = { "idempotency-key": randomUUID() };
    const first = await office.send(report, home, { ...proof, ...key });
    expect(first.status).toBe(201);
    expect((await office.send(report, home, { ...proof, ...key })).body).toEqual(first.body);
    expect((await office.send(about("Tiga", gibberish(3)), home, proof)).status).toBe(428);
  });

  test("whoever lost the answer gets it again without a proof of work, however busy the network is by then", async () => {
    const { office, report } = await busy();
    const key = { "idempotency-key": randomUUID() };
    const first = await office.send(report, bots, key);
    for (let n = 3; n < 6; n++) await office.send(about("Lain", gibberish(n)), bots);
    const again = await office.send(report, bots, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await office.send({ ...report, title: "Lain" }, bots, key)).status).toBe(428);
    expect((await office.send(report, bots)).status).toBe(428);
  });

  test("a proof of work that is forged, stale, made easier or nonsense does not count", async () => {
    const { office, report } = await busy();
    const { body: challenge } = await office.challenge(home);
    const good = await solved(challenge);
    const { solution } = JSON.parse(Buffer.from(good["proof-of-work"], "base64").toString());
    const sent = (value: unknown) =>
      office.send(report, home, { "proof-of-work": Buffer.from(JSON.stringify(value)).toString("base64") });
    const { parameters } = challenge;
    for (const wrong of [
      { challenge: { ...challenge, signature: "00" }, solution },
      { challenge: { ...challenge, parameters: { ...parameters, cost: 1 } }, solution },
      {
        challenge: { ...challenge, parameters: { ...parameters, data: { ...parameters.data, hardness: 9 } } },
        solution,
      },
      { challenge, solution: { ...solution, derivedKey: "ab".repeat(32) } },
      {},
      null,
    ])
      expect([(await sent(wrong)).status, wrong]).toEqual([428, wrong]);
    expect((await office.send(report, home, { "proof-of-work": "%%%" })).status).toBe(428);
    office.at("2026-11-24T09:10:01+08:00");
    await office.send(about("Satu lagi", gibberish(4)), home);
    expect((await office.send(report, home, good)).status).toBe(428);
  });

  test("a proof of work gets harder with every doubling, for all when the whole system is busy, and never beyond a phone", () => {
    const of = (ofNetwork: number, ofAll = 0) =>
      hardnessOf({ ofNetwork, ofAll }, { ofNetwork: 20, ofAll: 1_000 });
    expect([1, 20, 21, 40, 80, 160, 320, 1_000_000].map((count) => of(count))).toEqual([
      0, 0, 1, 2, 3, 4, 5, 5,
    ]);
    expect([of(1, 1_000), of(1, 1_001), of(1, 4_000)]).toEqual([0, 1, 3]);
    for (const hardness of [1, 2, 5]) {
      const counter = counterFor(hardness);
      expect(counter).toBeGreaterThanOrEqual(2_000 * 2 ** (hardness - 1));
      expect(counter).toBeLessThan(4_000 * 2 ** (hardness - 1));
    }
  });

  test("a network that tries receipts case after case has to bring a proof of work, and gets to its case with one", async () => {
    const hardness = (ofNetwork: number) => hardnessAfter({ ofCase: 0, ofNetwork });
    expect([hardness(99), hardness(100), hardness(400)]).toEqual([0, 1, 3]);
    const office = anOffice();
    const found = await office.submit();
    const wrong = { authorization: "Receipt 0000-0000-0000-0000-0000" };
    for (let tried = 0; tried < wrongReceipts.ofNetwork; tried++) {
      const other = tried % 2 ? "00000-00000" : "7K3MQ-P4X9C";
      await office.traffic.count(["receipt", "203.0.113.0/24"], office.now());
      if (tried < 2) await office.track(other, home, wrong);
    }
    expect((await found.from(bots, "GET")).status).toBe(428);
    expect((await found.from(home, "GET")).status).toBe(200);
    const proof = await solved((await office.challenge(bots, found.number)).body);
    expect((await found.from(bots, "GET", "", { headers: proof })).body.version).toBe(1);
    expect((await found.from(bots, "GET", "", { headers: proof })).status).toBe(428);
  });

  test("a challenge for a report is none for a receipt, and one for a receipt is none for a report", async () => {
    const { office, report } = await busy();
    const found = await office.submit();
    for (let tried = 0; tried < wrongReceipts.ofCase; tried++)
      await office.traffic.count(["receipt", "198.51.100.0/24", found.number], office.now());
    const forReport = await solved((await office.challenge(home)).body);
    const forReceipt = await solved((await office.challenge(home, found.number)).body);
    expect((await found.from(home, "GET", "", { headers: forReport })).status).toBe(428);
    expect((await office.send(report, home, forReceipt)).status).toBe(428);
    expect((await found.from(home, "GET", "", { headers: forReceipt })).status).toBe(200);
    expect((await office.send(report, home, forReport)).status).toBe(201);
  });
});

describe("a function that has seen a handful of reports", () => {
  const at = tick(0);
  const network = "198.51.100.0/24";
  const ofNetwork: Counted = ["report", network];
  const alone = countedAlone(threshold).ofNetwork;

  /** Opens the doors of several instances of the function, with one table behind them. */
  const doors = (count: number, change: Partial<Threshold> = {}) => {
    const traffic = memoryTraffic();
    const asked: string[] = [];
    const watched: TrafficStore = {
      ...traffic,
      keyOf: (...given) => (asked.push("key"), traffic.keyOf(...given)),
      count: (...given) => (asked.push("count"), traffic.count(...given)),
      outlinesOf: (...given) => (asked.push("outlines of"), traffic.outlinesOf(...given)),
      keepOutlines: (...given) => (asked.push("outlines"), traffic.keepOutlines(...given)),
    };
    const all = Array.from({ length: count }, () => openDoor(watched, { ...threshold, ...change }));
    return { traffic, asked, doors: all };
  };
  const arrive = async (door: Door | undefined, text: string, change: Partial<Arriving> = {}) => {
    const admitted = await door?.admit({
      network,
      text,
      compared: "in-its-network",
      proof: undefined,
      by: "one",
      at,
      ...change,
    });
    await admitted?.remember();
    return admitted?.alike;
  };
  const passes = (door: Door | undefined, change: Partial<Arriving> = {}) =>
    arrive(door, "", change).then(
      () => true,
      (error: Error) => {
        expect(error).toMatchObject({ kind: "proof-needed" });
        return false;
      },
    );

  test("a quiet function asks the table for nothing, and finds reports that are alike all the same", async () => {
    const {
      asked,
      doors: [door],
    } = doors(1);
    expect(alone).toBe(5);
    const texts = [1, 2, 2, 3, 1].map(gibberish);
    const alike = [];
    for (const text of texts) alike.push(await arrive(door, text));
    expect(alike).toEqual([false, false, true, false, true]);
    expect(asked).toEqual([]);
  });

  test("a function brings what it has counted and compared along with the next report, and so again and again", async () => {
    const {
      traffic,
      asked,
      doors: [door, other],
    } = doors(2);
    for (let n = 0; n < alone; n++) await arrive(door, gibberish(n));
    expect(await traffic.countOf(ofNetwork, at)).toBe(0);
    await arrive(door, gibberish(alone));
    expect(await traffic.countOf(ofNetwork, at)).toBe(alone + 1);
    expect(asked).toEqual(["count", "outlines of", "key", "outlines"]);
    for (let n = 0; n <= alone; n++) await arrive(door, gibberish(100 + n));
    expect(await traffic.countOf(ofNetwork, at)).toBe(2 * (alone + 1));
    // Another instance sees them as soon as it adds its own.
    for (let n = 0; n < alone; n++) await arrive(other, gibberish(200 + n));
    expect(await arrive(other, gibberish(3))).toBe(true);
    expect(await arrive(other, gibberish(100 + alone))).toBe(true);
  });

  test("a function begins to count anew with the next ten minutes", async () => {
    const {
      traffic,
      doors: [door],
    } = doors(1);
    for (let n = 0; n < alone; n++) await arrive(door, gibberish(1));
    for (let n = 0; n < alone; n++) expect(await arrive(door, gibberish(1), { at: tick(10) })).toBe(n > 0);
    for (const when of [at, tick(10)]) expect(await traffic.countOf(ofNetwork, when)).toBe(0);
  });

  test("a function shares its count from the first report on where the threshold is too low for one to be missing", async () => {
    const { traffic, doors: both } = doors(2, { ofNetwork: 3, ofAll: 49 });
    const [door, other] = both;
    expect(await arrive(door, gibberish(1))).toBe(false);
    expect(await arrive(other, gibberish(1))).toBe(true);
    for (const counted of [ofNetwork, ["all-reports"]] satisfies Counted[])
      expect(await traffic.countOf(counted, at)).toBe(2);
  });

  test("a function forgets none of its reports when the table cannot be reached", async () => {
    const { traffic } = doors(1);
    let fails = true;
    const count: TrafficStore["count"] = (...given) =>
      fails ? Promise.reject(new Error("throttled")) : traffic.count(...given);
    const door = openDoor({ ...traffic, count }, threshold);
    for (let n = 0; n < alone; n++) await arrive(door, gibberish(n));
    await expect(arrive(door, gibberish(10))).rejects.toThrow("throttled");
    fails = false;
    await arrive(door, gibberish(11));
    expect(await traffic.countOf(ofNetwork, at)).toBe(alone + 2);
  });

  test("each function that serves a network lets in a handful more than the threshold, and no more", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat(1_000), { minLength: 150, maxLength: 150 }),
        async (count, order) => {
          const { doors: all } = doors(count, { holdsAlike: false });
          let free = 0;
          for (const turn of order) if (await passes(all[turn % count])) free++;
          expect(free).toBeLessThanOrEqual(threshold.ofNetwork + count * alone);
          expect(free).toBeGreaterThanOrEqual(threshold.ofNetwork);
          if (count === 1) expect(free).toBe(threshold.ofNetwork);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("each function lets in as few more of all networks together", async () => {
    const ofAll = 500;
    const { doors: all } = doors(3, { ofAll, holdsAlike: false });
    let free = 0;
    for (let n = 0; n < 800; n++)
      if (await passes(all[n % 3], { network: `10.${n >> 8}.${n & 255}.0/24` })) free++;
    expect(free).toBeGreaterThanOrEqual(ofAll);
    expect(free).toBeLessThanOrEqual(ofAll + 3 * countedAlone({ ofNetwork: 0, ofAll }).ofAll);
  });
});

test("a challenge is as hard as the next report has to bring, also while all networks together are busy", async () => {
  const office = anOffice(undefined, { threshold: { ...threshold, ofAll: 1 } });
  const hardness = async () => (await office.challenge(home)).body.parameters.data.hardness;
  expect(await hardness()).toBe(1);
  for (let n = 0; n < 7; n++) await office.send(about("Laporan", gibberish(n)), `10.0.${n}.1`);
  expect(await hardness()).toBe(hardnessOf({ ofNetwork: 1, ofAll: 8 }, { ofNetwork: 20, ofAll: 1 }));
});

test("two reports are alike by their words, whatever their case, order, accents and numbers", () => {
  const under = (key: string) => (text: string) => keyedOutline(key, outlineOf(text));
  for (const outline of [outlineOf, under("key")]) {
    const one = outline("Jalan di depan pasar berlubang besar, sudah 2 bulan");
    expect(sharedPart(one, outline("BERLUBANG besar: jalan depan pásar di, sudah 5 bulan!"))).toBe(1);
    expect(sharedPart(one, outline("Lampu penerangan padam sejak kemarin malam"))).toBe(0);
    expect(resembles(one, [outline("Lampu padam"), one])).toBe(true);
    expect(resembles(one, [])).toBe(false);
    expect(outline("pasar rusak")).not.toContain("pasar");
  }
  expect(under("another key")("Jalan rusak")).not.toBe(under("key")("Jalan rusak"));
  expect(under("key")(gibberish(1).repeat(50)).length).toBeLessThanOrEqual(240);
});
