import { randomUUID } from "node:crypto";
import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { describe, expect, test } from "vitest";
import { wrongReceipts } from "../../shared/traffic/load.ts";
import { networkOf } from "../../shared/traffic/network.ts";
import { anOffice } from "../fakes/office.ts";

const wrong = { authorization: "Receipt 0000-0000-0000-0000-0000" };
const home = "198.51.100.7";
const attacker = "203.0.113.9";

const solved = async (challenge: Challenge) => {
  const solution = await solveChallenge({ challenge, deriveKey });
  return { "proof-of-work": Buffer.from(JSON.stringify({ challenge, solution })).toString("base64") };
};

describe("a receipt that the reporter replaces", () => {
  const rotate = async () => {
    const office = anOffice();
    const found = await office.submit();
    const headers = { "idempotency-key": randomUUID() };
    const answer = await found.from(home, "POST", "/receipt-rotation", { headers });
    const renewed = { authorization: `Receipt ${answer.body.receipt}` };
    return { office, found, headers, answer, renewed };
  };

  test("a replaced receipt stops working at once, and the new one works in its place", async () => {
    const { found, answer, renewed } = await rotate();
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(["trackingNumber", "receipt"]);
    expect((await found.seenByReporter()).status).toBe(404);
    expect((await found.reporter("withdrawal")).status).toBe(404);
    expect((await found.from(home, "GET", "", { headers: renewed })).body.version).toBe(2);
    expect((await found.from(home, "POST", "/withdrawal", { headers: renewed, body: {} })).status).toBe(200);
  });

  test("the history tells of a replaced receipt without a word of either, and not to the public", async () => {
    const { office, found, answer } = await rotate();
    const file = await office.cases.find(found.number);
    expect(file?.events[1]).toMatchObject({ type: "receipt-rotated", by: { role: "reporter" }, content: {} });
    for (const receipt of [answer.body.receipt, found.receipt.authorization.split(" ")[1]])
      expect(JSON.stringify(file)).not.toContain(receipt);
    const types = async (seen: Promise<{ body: any }>) =>
      (await seen).body.timeline.map(({ type }: any) => type);
    expect(await types(found.seenByPublic())).toEqual(["submitted"]);
    expect(await types(found.seenBy("mayor"))).toEqual(["submitted", "receipt-rotated"]);
  });

  test("a new receipt can be asked for again when the answer was lost, and only with the same key", async () => {
    const { office, found, headers, answer } = await rotate();
    const again = await found.from(home, "POST", "/receipt-rotation", { headers });
    expect([again.status, again.body]).toEqual([200, answer.body]);
    expect((await office.cases.find(found.number))?.events).toHaveLength(2);
    const other = { "idempotency-key": randomUUID() };
    expect((await found.from(home, "POST", "/receipt-rotation", { headers: other })).status).toBe(404);
  });

  test("a receipt is not replaced twice when the request arrives five times at once", async () => {
    const office = anOffice();
    const found = await office.submit();
    const headers = { "idempotency-key": randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => found.from(home, "POST", "/receipt-rotation", { headers })),
    );
    expect(new Set(answers.map(({ body }) => body.receipt)).size).toBe(1);
    expect((await office.cases.find(found.number))?.events).toHaveLength(2);
  });

  test("a replaced receipt does not go out with a mail that was still waiting", async () => {
    const office = anOffice();
    const found = await office.submit({ reporter: { email: "warga@contoh.example", mailReceipt: true } });
    expect((await office.reporters.find(found.number))?.receiptToMail).toBeDefined();
    await found.from(home, "POST", "/receipt-rotation", { headers: { "idempotency-key": randomUUID() } });
    expect((await office.reporters.find(found.number))?.receiptToMail).toBeUndefined();
  });

  test("a receipt can be replaced in every situation of a case, and the clocks stay as they are", async () => {
    const office = anOffice();
    const found = await office.submit();
    const before = (await office.cases.get(found.number))?.clocks;
    await found.reporter("withdrawal");
    const headers = { "idempotency-key": randomUUID() };
    const ended = (await office.cases.get(found.number))?.clocks;
    expect((await found.from(home, "POST", "/receipt-rotation", { headers })).status).toBe(200);
    expect((await office.cases.get(found.number))?.clocks).toEqual(ended);
    expect(ended).not.toEqual(before);
  });
});

describe("wrong receipts", () => {
  const guessing = async () => {
    const office = anOffice();
    const found = await office.submit();
    for (let tried = 0; tried < wrongReceipts.ofCase; tried++)
      expect((await found.from(attacker, "GET", "", { headers: wrong })).status).toBe(404);
    return { office, found };
  };

  test("a network that brings wrong receipts is asked for a proof of work on that case, and reads in Indonesian where to begin", async () => {
    const { found } = await guessing();
    const answer = await found.from(attacker, "GET", "", { headers: wrong });
    expect(answer.status).toBe(428);
    expect(answer.body.type).toBe("urn:sp4n-lapor:problem:proof-needed");
    expect(answer.body.challenges).toBe(`/v1/challenges?trackingNumber=${found.number}`);
    expect(answer.body.detail).toContain("Terlalu banyak tanda terima yang salah");
    expect(answer.body.detail).toContain(answer.body.challenges);
    expect(answer.body.detail).toContain("belum diperiksa");
    // The right receipt gets the same answer, so the answer does not tell that it was right.
    expect((await found.from("203.0.113.200", "GET")).body).toEqual(answer.body);
    expect((await found.from(attacker, "POST", "/withdrawal", { body: {} })).body).toEqual(answer.body);
  });

  test(
    "the right receipt with a proof of work gets in and can act, while a neighbour tries thousands",
    { timeout: 60_000 },
    async () => {
      const { office, found } = await guessing();
      const neighbour = "203.0.113.66";
      const counted = ["receipt", networkOf(neighbour)] as const;
      await office.traffic.count([...counted, found.number], office.now(), 5_000);
      await office.traffic.count(counted, office.now(), 5_000);
      for (let tried = 0; tried < 20; tried++)
        expect((await found.from(neighbour, "GET", "", { headers: wrong })).status).toBe(428);
      const given = async () => await solved((await office.challenge(attacker, found.number)).body);
      expect((await found.from(attacker, "GET", "", { headers: await given() })).body.version).toBe(1);
      const replied = { headers: await given(), body: { text: "Masih rusak." } };
      expect((await found.from(attacker, "POST", "/replies", replied)).status).toBe(200);
      const key = { "idempotency-key": randomUUID(), ...(await given()) };
      const rotated = await found.from(attacker, "POST", "/receipt-rotation", { headers: key });
      expect(rotated.status).toBe(200);
      // A repeat of the rotation may bring the same proof.
      expect((await found.from(attacker, "POST", "/receipt-rotation", { headers: key })).body).toEqual(
        rotated.body,
      );
    },
  );

  test("a wrong receipt with a proof of work is refused as ever, is counted, and makes the next challenge harder in time", async () => {
    const { office, found } = await guessing();
    const counted = ["receipt", networkOf(attacker), found.number] as const;
    const proof = await solved((await office.challenge(attacker, found.number)).body);
    const answer = await found.from(attacker, "GET", "", { headers: { ...wrong, ...proof } });
    expect(answer.status).toBe(404);
    expect(await office.traffic.countOf(counted, office.now())).toBe(wrongReceipts.ofCase + 1);
    const hardness = async () =>
      (await office.challenge(attacker, found.number)).body.parameters.data.hardness;
    expect(await hardness()).toBe(1);
    await office.traffic.count(counted, office.now(), 9);
    expect(await hardness()).toBe(2);
    await office.traffic.count(counted, office.now(), 100_000);
    expect(await hardness()).toBe(3);
  });

  test("a proof of work counts once, for its own case and its own network", async () => {
    const { office, found } = await guessing();
    const other = await office.submit();
    for (let tried = 0; tried < wrongReceipts.ofCase; tried++) {
      await other.from(attacker, "GET", "", { headers: wrong });
      await found.from(home, "GET", "", { headers: wrong });
    }
    const mine = await solved((await office.challenge(attacker, found.number)).body);
    const ofOther = await solved((await office.challenge(attacker, other.number)).body);
    const ofHome = await solved((await office.challenge(home, found.number)).body);
    for (const proof of [ofOther, ofHome])
      expect((await found.from(attacker, "GET", "", { headers: proof })).status).toBe(428);
    expect((await found.from(attacker, "GET", "", { headers: mine })).status).toBe(200);
    expect((await found.from(attacker, "GET", "", { headers: mine })).status).toBe(428);
    expect((await found.from(home, "GET", "", { headers: ofHome })).status).toBe(200);
  });

  test("neither a challenge nor the demand for one tells whether there is such a case", async () => {
    const { office, found } = await guessing();
    const nobody = "00000-00000";
    for (let tried = 0; tried < wrongReceipts.ofCase; tried++) await office.track(nobody, attacker, wrong);
    const told = async (number: string) => {
      const { status, body } = await office.track(number, attacker, wrong);
      return JSON.stringify([status, body]).replaceAll(number, "…");
    };
    expect(await told(nobody)).toBe(await told(found.number));
    const given = async (number: string) => {
      const { status, body } = await office.challenge(attacker, number);
      return [status, Object.keys(body.parameters), body.parameters.data];
    };
    expect(await given(nobody)).toEqual(await given(found.number));
    expect((await office.challenge(attacker, "nonsense")).status).toBe(400);
  });

  test("wrong receipts lock out neither the reporter, who is somewhere else, nor the public", async () => {
    const { found } = await guessing();
    expect((await found.from(home, "GET")).body.version).toBe(1);
    expect((await found.from(home, "POST", "/replies", { body: { text: "Masih rusak." } })).status).toBe(200);
    expect((await found.seenByPublic()).status).toBe(200);
  });

  test("wrong receipts for one case do not keep the network from another case, and are forgotten after ten minutes", async () => {
    const { office, found } = await guessing();
    const other = await office.submit();
    expect((await other.from(attacker, "GET")).body.version).toBe(1);
    office.at("2026-11-24T09:10:00+08:00");
    expect((await found.from(attacker, "GET")).body.version).toBe(1);
  });

  test("wrong receipts are counted on every route, though the request fails", async () => {
    const office = anOffice();
    const found = await office.submit();
    const tries = [
      ["GET", ""],
      ["GET", "/clocks"],
      ["POST", "/withdrawal"],
      ["PUT", "/mail-settings"],
      ["POST", "/receipt-rotation"],
    ] as const;
    const headers = { ...wrong, "idempotency-key": randomUUID() };
    for (const [method, path] of tries) {
      const body = method === "PUT" ? { mails: true } : method === "POST" ? {} : undefined;
      expect((await found.from(attacker, method, path, { headers, body })).status).toBe(404);
    }
    const counted = ["receipt", networkOf(attacker), found.number] as const;
    expect(await office.traffic.countOf(counted, office.now())).toBe(tries.length);
  });

  test("wrong receipts and unknown numbers do the same work and get the same answer", async () => {
    const office = anOffice();
    const found = await office.submit();
    const asked: string[] = [];
    const { cases, traffic } = office;
    const get = cases.get.bind(cases);
    const count = traffic.count.bind(traffic);
    cases.get = (number) => (asked.push("get"), get(number));
    traffic.count = (counted, at) => (asked.push(`count ${counted.length}`), count(counted, at));
    const known = await found.from(attacker, "GET", "", { headers: wrong });
    const ofKnown = asked.splice(0);
    const nobody = await office.track("00000-00000", attacker, wrong);
    expect(asked).toEqual(ofKnown);
    expect(ofKnown).toEqual(["get", "count 3", "count 2"]);
    expect(nobody).toEqual(known);
  });
});

test.each([
  ["203.0.113.9", "203.0.113.0/24"],
  ["::ffff:203.0.113.9", "203.0.113.0/24"],
  ["2001:db8:0:1::1", "2001:db8:0::/48"],
  ["2001:0DB8:0000:ffff:1:2:3:4", "2001:db8:0::/48"],
  ["::1", "0:0:0::/48"],
  ["nowhere", "unknown"],
  ["1::2::3", "unknown"],
  ["", "unknown"],
])("%s counts as the network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
