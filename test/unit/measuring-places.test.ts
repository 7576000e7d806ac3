import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  candidatesFor,
  daysAround,
  type Likened,
  likenessFromOutside,
  likenessOf,
  spanOf,
  wholeDays,
} from "../../shared/case/lists/duplicates.ts";
import { dayOf } from "../../shared/deadline/calendar/local-date.ts";
import type { TimeZone } from "../../shared/deadline/calendar/time-zone.ts";
import { tellingWords } from "../../shared/text/stems.ts";
import { anOffice } from "../fakes/office.ts";

/** A square of places that an outsider cannot tell apart, as somebody who attacks would find it: about 500 m. */
const side = 0.0045;
const metresInDegree = 111_195;
/** The place of somebody who reports anonymously to another agency, and of a neighbour in the same square. */
const south = Math.floor(-1.24 / side) * side;
const west = Math.floor(116.86 / side) * side;
const inSquare = fc
  .record({
    up: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    right: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
  })
  .map(({ up, right }) => ({
    regionCode: "64.71",
    latitude: south + up * side,
    longitude: west + right * side,
  }));
const nearby = fc.record({
  regionCode: fc.constant("64.71"),
  latitude: fc.double({ min: south - 0.01, max: south + 0.01, noNaN: true }),
  longitude: fc.double({ min: west - 0.01, max: west + 0.01, noNaN: true }),
});

const zone: TimeZone = "Asia/Makassar";
const hiddenTitle = "Pungutan liar di loket perizinan";
const hidden = (location: Likened["location"], text = "Dipaksa bayar oleh Budiono."): Likened => ({
  trackingNumber: "HIDDEN",
  submittedAt: "2026-11-24T01:00:00.000Z",
  category: "pelayanan-publik/perizinan",
  location,
  words: tellingWords(hiddenTitle, text),
});
const seen = { submittedAt: "2026-11-24", titleWords: tellingWords(hiddenTitle, ""), zone };
const words = fc
  .subarray(["pungutan", "liar", "loket", "perizinan", "dipaksa", "bayar", "budiono", "jalan", "lubang"])
  .map((chosen) => tellingWords(chosen.join(" "), ""));
const probe = fc.record({
  trackingNumber: fc.constantFrom("1", "Z"),
  submittedAt: fc
    .integer({ min: 0, max: 30 * 24 * 60 })
    .map((minutes) => new Date(Date.parse("2026-11-10T00:00:00Z") + minutes * 60_000).toISOString()),
  category: fc.constantFrom("pelayanan-publik", "pelayanan-publik/perizinan", "kesehatan"),
  location: nearby,
  words,
});

describe("the rule for cases that the reader may not read", () => {
  test("no probe report tells two places of one square apart, whatever it says and wherever it lies", () => {
    fc.assert(
      fc.property(inSquare, inSquare, probe, (one, other, sent) => {
        expect(likenessFromOutside(sent, hidden(one), seen)).toEqual(
          likenessFromOutside(sent, hidden(other), seen),
        );
        const considered = (place: Likened["location"]) =>
          candidatesFor(sent, [hidden(place)]).map(({ score }) => score);
        expect(considered(one)).toEqual(considered(other));
      }),
      { numRuns: 3_000 },
    );
  });

  test("whoever halves the distance a thousand times finds the edges of a square of about 500 metres, and the same edges wherever in it the reporter is", () => {
    /** How far from the middle of the square a probe is still listed, in one direction. */
    const reach = (place: Likened["location"], north: number, east: number): number => {
      let [near, far] = [0, 0.05];
      for (let step = 0; step < 60; step++) {
        const middle = (near + far) / 2;
        const at = {
          regionCode: "64.71",
          latitude: south + side / 2 + north * middle,
          longitude: west + side / 2 + east * middle,
        };
        const sent = { ...hidden(at, "Lain sekali."), trackingNumber: "1" };
        if (likenessFromOutside(sent, hidden(place), { ...seen, titleWords: [] })) near = middle;
        else far = middle;
      }
      return near * metresInDegree;
    };
    const edges = (place: Likened["location"]) =>
      [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ].map(([north = 0, east = 0]) => reach(place, north, east));
    const known = edges({ regionCode: "64.71", latitude: south + side / 3, longitude: west + side / 5 });
    // Half the square, and the 100 metres within which two reports are near each other.
    for (const edge of known) expect(edge - 100).toBeCloseTo(250, -1);
    fc.assert(
      fc.property(inSquare, (place) => {
        expect(edges(place)).toEqual(known);
      }),
      { numRuns: 20 },
    );
  });

  test("nobody learns by trying words what the text says, which only its agency may read", () => {
    fc.assert(
      fc.property(inSquare, probe, words, (place, sent, guessed) => {
        const answer = (text: string) => likenessFromOutside(sent, hidden(place, text), seen);
        expect(answer(guessed.join(" "))).toEqual(answer(""));
      }),
      { numRuns: 2_000 },
    );
  });

  test("nobody learns by trying words what a title said before its reporter reworded it", () => {
    const reworded = { ...seen, titleWords: tellingWords("Pungutan liar di sebuah kantor", "") };
    const answer = (title: string, guess: string) =>
      likenessFromOutside(
        { ...hidden(undefined), trackingNumber: "1", words: tellingWords(`pungutan liar ${guess}`, "") },
        { ...hidden(undefined), words: tellingWords(title, "") },
        reworded,
      );
    for (const guess of ["Budiono", "Sulistyo", "kantor"])
      expect(answer("Pungutan liar oleh Budiono di kantor", guess)).toEqual(
        answer("Pungutan liar oleh Sulistyo di kantor", guess),
      );
  });

  test("every report that is alike is a candidate, by whichever rule, and none has a higher score than was promised", () => {
    fc.assert(
      fc.property(nearby, probe, (place, sent) => {
        const [candidate] = candidatesFor(sent, [hidden(place)]);
        for (const likeness of [
          likenessOf(sent, hidden(place)),
          likenessFromOutside(sent, hidden(place), seen),
        ])
          if (likeness) expect(candidate?.score).toBeGreaterThanOrEqual(likeness.score);
      }),
      { numRuns: 3_000 },
    );
  });

  test("a page ends between two local days, so it does not tell which of two reports of a day came first", () => {
    const midnight = Date.parse("2026-11-20T00:00:00+08:00");
    const reports = (times: number[]) =>
      times
        .map((time, index) => ({
          ...hidden(undefined),
          trackingNumber: String(index),
          submittedAt: new Date(midnight + time).toISOString(),
        }))
        .sort((a, b) => (a.submittedAt > b.submittedAt ? -1 : 1));
    const day = 24 * 60 * 60 * 1000;
    const within = fc.integer({ min: 0, max: day - 1 });
    fc.assert(
      fc.property(fc.array(within, { minLength: 6, maxLength: 6 }), (times) => {
        // Three reports of one day, then three of the day before. The call read four of them.
        const read = reports(times.map((time, index) => time + (index < 3 ? day : 0))).slice(0, 4);
        const { items, next } = wholeDays(read, false, zone);
        expect(items.map(({ trackingNumber }) => trackingNumber).sort()).toEqual(["0", "1", "2"]);
        expect(next).toBe(dayOf("2026-11-20"));
      }),
    );
    const flood = reports([1, 2, 3]);
    expect(wholeDays(flood, false, zone)).toEqual({ items: flood, next: dayOf("2026-11-19") });
    expect(wholeDays(flood, true, zone)).toEqual({ items: flood, next: undefined });
  });

  test("nobody learns by reports at chosen times when a case was sent whose date alone is public", () => {
    fc.assert(
      fc.property(inSquare, probe, fc.integer({ min: 0, max: 24 * 60 - 1 }), (place, sent, minute) => {
        const submittedAt = new Date(Date.parse("2026-11-24T00:00:00+08:00") + minute * 60_000).toISOString();
        expect(likenessFromOutside(sent, { ...hidden(place), submittedAt }, seen)).toEqual(
          likenessFromOutside(sent, hidden(place), seen),
        );
        // Whatever is near enough in days is also read.
        const { from, to } = spanOf(daysAround(sent, zone), zone);
        if (likenessFromOutside(sent, hidden(place), seen))
          expect(submittedAt >= from && submittedAt <= to).toBe(true);
      }),
    );
  });
});

/** A report to another agency, and what an officer of Balikpapan is answered for probes of their own. */
async function attacked(change: Parameters<ReturnType<typeof anOffice>["submit"]>[0] = {}) {
  const office = anOffice();
  const target = await office.submit({
    agencyId: "pemkot-samarinda",
    title: hiddenTitle,
    anonymous: true,
    ...change,
  });
  const probe = await office.submit({ anonymous: true });
  const place = async (number: string, location: Likened["location"]) => {
    const found = await office.cases.get(number);
    if (found && location) await office.cases.restate({ ...found, location });
  };
  return {
    office,
    target,
    probe,
    /** Puts the reporter of the other agency's case somewhere. */
    hide: (location: Likened["location"]) => place(target.number, location),
    /** Sends a probe from somewhere; the answer is what the officer reads, sign by sign. */
    answerFrom: async (location: Likened["location"]) => {
      await place(probe.number, location);
      const { status, body, headers } = await office.asks(
        "admin",
        `/v1/officer/cases/${probe.number}/duplicates`,
      );
      expect(status).toBe(200);
      return JSON.stringify({ body, headers });
    },
  };
}

describe("an officer who measures where a reporter of another agency is", () => {
  test("gets the same answer, sign by sign, for any two places in one square, from wherever the probes come", async () => {
    const { hide, answerFrom, target } = await attacked();
    const probes = fc.sample(nearby, { numRuns: 40, seed: 11 });
    const listed = new Set<boolean>();
    const answersFor = async (location: Likened["location"]) => {
      await hide(location);
      const answers: string[] = [];
      for (const from of probes) answers.push(await answerFrom(from));
      for (const answer of answers) listed.add(answer.includes(target.number));
      return answers;
    };
    const hidingPlaces = fc.sample(inSquare, { numRuns: 5, seed: 12 });
    const known = await answersFor(hidingPlaces[0]);
    for (const elsewhere of hidingPlaces.slice(1)) expect(await answersFor(elsewhere)).toEqual(known);
    // Some probes find the case and some do not, or there would be nothing to compare.
    expect([...listed].sort()).toEqual([false, true]);
  });

  test("reads no distance, and no sentence or score that depends on one", async () => {
    const { hide, answerFrom } = await attacked();
    await hide({ regionCode: "64.71", latitude: south + 0.002, longitude: west + 0.002 });
    const near = await answerFrom({ regionCode: "64.71", latitude: south + 0.002, longitude: west + 0.002 });
    expect(near).toContain("Kategori utama sama, mungkin berdekatan, selisih 0 hari");
    expect(near).not.toMatch(/metres|meter|jarak|latitude|longitude/);
    const far = await answerFrom({ regionCode: "64.71", latitude: south + 0.004, longitude: west + 0.004 });
    expect(far).toBe(near);
  });

  test("of their own agency's cases, an officer still reads the distance", async () => {
    const { answerFrom, office } = await attacked();
    await office.submit({ location: { regionCode: "64.71", latitude: -1.2401, longitude: 116.86 } });
    expect(await answerFrom({ regionCode: "64.71", latitude: -1.24, longitude: 116.86 })).toContain(
      '"metres":11',
    );
  });

  test("learns nothing of a secret, withdrawn or archived case of another agency, not even by places that it takes in the list", async () => {
    for (const ending of ["secret", "withdrawn", "archived"] as const) {
      const { office, target, answerFrom } = await attacked({ secret: ending === "secret" });
      if (ending === "withdrawn") await target.reporter("withdrawal");
      if (ending === "archived")
        await target.as("national", "archival", { reason: "not-public-service", text: "x" });
      for (let more = 0; more < 11; more++) await office.submit();
      const here = { regionCode: "64.71", latitude: -1.24, longitude: 116.86 };
      const answer = await answerFrom(here);
      expect([ending, JSON.parse(answer).body.items.length]).toEqual([ending, 10]);
      expect(answer).not.toContain(target.number);
      const found = await office.cases.get(target.number);
      if (found)
        await office.cases.restate({
          ...found,
          category: "kesehatan",
          words: [],
          location: { regionCode: "64.72" },
        });
      expect([ending, await answerFrom(here)]).toEqual([ending, answer]);
    }
  });

  test("gets no cursor but a date", async () => {
    const { office, probe } = await attacked();
    const ask = (cursor: string) =>
      office.asks("admin", `/v1/officer/cases/${probe.number}/duplicates`, {
        cursor: Buffer.from(cursor).toString("base64url"),
      });
    expect((await ask("2026-11-24T01:00:00.000Z#B123A-CDE4Y")).status).toBe(400);
    expect((await ask("2026-11-01")).body).toEqual({ items: [], cursor: null });
  });
});
