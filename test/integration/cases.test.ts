import { describe, expect, test, vi } from "vitest";
import { type Case, submit } from "../../shared/case/case.ts";
import { flaws, proofOf } from "../../shared/case/history.ts";
import { checkShards } from "../../shared/case/lists/checks.ts";
import { assign, returnCase, verify } from "../../shared/case/moves/handing/handing.ts";
import { join, separate } from "../../shared/case/moves/joining/joining.ts";
import { addNote, archive } from "../../shared/case/moves/officer.ts";
import { redact } from "../../shared/case/moves/reporter.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { fileViewOf } from "../../shared/case/views/case-view.ts";
import type { Names } from "../../shared/case/views/names.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { knownSeal } from "../fakes/seal.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();

const casesOnDynamo = () =>
  caseStore(database.dynamo, {
    cases: database.table("Cases"),
    reporters: { table: database.table("Reporters"), seal: knownSeal },
  });

const noNames: Names = {
  timeZone: "Asia/Jakarta",
  agencies: {},
  officers: {},
  regionPath: [],
  category: undefined,
};

let drawn = 0;
const morning = Date.parse("2026-11-23T01:30:00Z");

/** Names another agency for each test, so that tests on one table do not see each other's cases. */
const anAgency = () => `dinas-contoh-${drawn++}`;

/** Makes a clock that is due on a date and is looked at next at an instant. */
const running = (due: string, nextCheckAt: string): Partial<Case> => ({
  clocks: [
    {
      name: "verification",
      startedAt: "2026-11-23T01:30:00.000Z",
      limit: { days: 3, unit: "working-days", legalBasis: "Contoh", certainty: "own-choice" },
      policyVersion: 1,
      pauses: [],
      due,
      moves: [],
    },
  ],
  nextCheckAt,
});

async function aCase(
  cases: CaseStore,
  change: Partial<Submission> & { agencyId: string },
  state: Partial<Case> = {},
): Promise<Case> {
  const number = String(drawn++)
    .padStart(10, "0")
    .replace(/^(.{5})/, "$1-");
  const at = new Date(morning + drawn * 1000);
  const submitted = submit(
    { ...roadComplaint, ...change },
    {
      trackingNumber: number,
      receipt: "0000-0000-0000-0000-0000",
      salt: "salt",
      language: "id",
      verifyingAgency: "kemenpanrb",
      at,
    },
  );
  submitted.case = { ...submitted.case, ...state };
  await cases.submit(submitted, sealForRetry(number, {}, {}, { at, nonce: new Uint8Array(12) }));
  return submitted.case;
}

const act = {
  by: { role: "national-admin", agencyId: "kemenpanrb", officerId: "contoh-admin" },
  at: new Date("2026-11-24T01:30:00Z"),
  salt: "salt",
} as const;

const verified = (found: Case) =>
  verify(
    found,
    { supervised: false, formal: false },
    {
      ...act,
      target: undefined,
      knownCategory: true,
      within: "anywhere",
      verifyingAgency: "kemenpanrb",
    },
  );
const assigned = (found: Case, to: string) =>
  assign(
    found,
    { agencyId: to },
    { ...act, target: { id: to, path: [to], closed: false }, within: "anywhere" },
  );

const numbers = (items: readonly Case[]) => items.map(({ trackingNumber }) => trackingNumber);

describe.each([
  ["in memory", () => memoryStores().cases],
  ["on DynamoDB", casesOnDynamo],
])("the store of cases %s", (_where, makeCases) => {
  test("case and history come back as the move decided them", async () => {
    const cases = makeCases();
    const opened = await aCase(cases, { agencyId: anAgency() });
    const moved = verified(opened);
    expect(await cases.append(opened, moved)).toBe(true);
    expect(await cases.get(opened.trackingNumber)).toEqual(moved.case);
    const file = await cases.find(opened.trackingNumber);
    expect(file?.case).toEqual(moved.case);
    expect(file?.events.map(({ type }) => type)).toEqual(["submitted", "verified"]);
    const head = { sequence: 2, hash: moved.case.lastHash };
    expect(flaws(opened.trackingNumber, file?.events.map(proofOf) ?? [], [head])).toEqual([]);
  });

  test("the daily copy finds a case under the day on which it moved last", async () => {
    const cases = makeCases();
    const opened = await aCase(cases, { agencyId: anAgency() });
    const moved = verified(opened);
    await cases.append(opened, moved);
    const movedOn = async (day: string) => {
      const found: string[] = [];
      for await (const anchors of cases.movedOn(day))
        found.push(...anchors.map(({ trackingNumber, sequence }) => `${trackingNumber} ${sequence}`));
      return found.filter((one) => one.startsWith(opened.trackingNumber));
    };
    await vi.waitFor(async () => expect(await movedOn("2026-11-24")).toEqual([`${opened.trackingNumber} 2`]));
    expect(await movedOn("2026-11-23")).toEqual([]);
  });

  test("reports about a region around a time come the newest first, page by page, with the fields that are compared", async () => {
    const cases = makeCases();
    const region = `9${drawn % 10}.${10 + (drawn % 89)}`;
    const opened: Case[] = [];
    for (let index = 0; index < 7; index++)
      opened.push(
        await aCase(cases, {
          agencyId: anAgency(),
          location: { regionCode: region, latitude: -1, longitude: 116 },
        }),
      );
    await aCase(cases, { agencyId: anAgency() });
    const [oldest, ...rest] = opened;
    const span = { from: rest[0]?.submittedAt ?? "", to: rest.at(-1)?.submittedAt ?? "" };
    const around = async () => {
      const seen: Awaited<ReturnType<CaseStore["around"]>>["items"] = [];
      let after: string | undefined;
      do {
        const page = await cases.around(region, { ...span, after, limit: 4 });
        expect(page.items.length).toBeLessThanOrEqual(4);
        seen.push(...page.items);
        after = page.after;
      } while (after);
      return seen;
    };
    const compared = rest.map(({ trackingNumber, submittedAt, category, location, words }) => ({
      trackingNumber,
      submittedAt,
      category,
      location,
      words,
    }));
    await vi.waitFor(async () => expect(await around()).toEqual(compared.reverse()));
    expect((await around()).map(({ trackingNumber }) => trackingNumber)).not.toContain(
      oldest?.trackingNumber,
    );
  });

  test("supports are counted one by one, ten at once, and neither the case nor its history nor a list knows of them", async () => {
    const cases = makeCases();
    const opened = await aCase(cases, { agencyId: anAgency() });
    const number = opened.trackingNumber;
    const before = [await cases.find(number), await cases.get(number)];
    expect(await cases.supportsOf(number)).toBe(0);
    const counts = await Promise.all(Array.from({ length: 10 }, () => cases.addSupport(number)));
    expect([...counts].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await cases.supportsOf(number)).toBe(10);
    expect([await cases.find(number), await cases.get(number)]).toEqual(before);
    expect(await cases.append(opened, verified(opened))).toBe(true);
    expect(await cases.supportsOf(number)).toBe(10);
    expect((await cases.find(number))?.events.map(({ type }) => type)).toEqual(["submitted", "verified"]);
    const other = await aCase(cases, { agencyId: anAgency() });
    expect(await cases.supportsOfAll([number, other.trackingNumber])).toEqual(
      new Map([
        [number, 10],
        [other.trackingNumber, 0],
      ]),
    );
    expect(await cases.supportsOfAll([])).toEqual(new Map());
  });

  test("arrivals by posters are counted by agency and month, the newest first, and only the months before", async () => {
    const cases = makeCases();
    const [agency, other] = [anAgency(), anAgency()];
    for (const month of ["2026-09", "2026-11", "2026-10", "2026-10"])
      await cases.addArrival(agency, month, 2e9);
    await cases.addArrival(other, "2026-10", 2e9);
    expect(await cases.arrivalsOf(agency, "2026-11")).toEqual([
      { month: "2026-10", reports: 2 },
      { month: "2026-09", reports: 1 },
    ]);
    expect(await cases.arrivalsOf(anAgency(), "2026-11")).toEqual([]);
  });

  test("a return is noted with its move: who returned what matter to whom, once, the newest first, and since an instant", async () => {
    const cases = makeCases();
    const [agency, above] = [anAgency(), anAgency()];
    const giveBack = (found: Case, at: string) =>
      returnCase(
        found,
        { reason: "Bukan kewenangan kami." },
        {
          levelAbove: above,
          verifyingAgency: above,
          by: { role: "agency-admin", agencyId: agency },
          at: new Date(at),
          salt: "salt",
        },
      );
    const [first, second] = [
      await aCase(cases, { agencyId: agency, category: "pekerjaan-umum/jalan" }),
      await aCase(cases, { agencyId: agency, category: undefined }),
    ];
    const returned = giveBack(first, "2026-11-23T02:00:00Z");
    expect(await cases.append(first, returned)).toBe(true);
    expect(await cases.append(first, returned)).toBe(false);
    expect(await cases.append(second, giveBack(second, "2026-11-24T02:00:00Z"))).toBe(true);
    const notes = await cases.returnsFrom(agency, "2026-11-01");
    expect(notes).toEqual([
      { from: agency, to: above, at: "2026-11-24T02:00:00.000Z", trackingNumber: second.trackingNumber },
      {
        from: agency,
        to: above,
        at: "2026-11-23T02:00:00.000Z",
        trackingNumber: first.trackingNumber,
        category: "pekerjaan-umum/jalan",
      },
    ]);
    expect(await cases.returnsFrom(agency, "2026-11-24")).toHaveLength(1);
    expect(await cases.returnsFrom(above, "2026-11-01")).toEqual([]);
  });

  test("the newest public cases come of one region and since a date, without secret ones, and say whether there are more", async () => {
    const cases = makeCases();
    const region = `1${(drawn % 9) + 1}.${String((drawn++ % 90) + 10)}`;
    const made: string[] = [];
    for (let sent = 0; sent < 24; sent++)
      made.push(
        (await aCase(cases, { agencyId: anAgency(), location: { regionCode: region } })).trackingNumber,
      );
    await aCase(cases, { agencyId: anAgency(), secret: true, location: { regionCode: region } });
    const rest = { agencyId: anAgency() };
    await aCase(cases, { ...rest, location: { regionCode: "99.99" } });
    const all = await cases.newestPublic({ since: "0", region, rowsOfPart: 500 });
    expect([numbers(all.items), all.after]).toEqual([[...made].reverse(), undefined]);
    expect((await cases.newestPublic({ since: "2030-01-01", region, rowsOfPart: 500 })).items).toEqual([]);
    const some = await cases.newestPublic({ since: "0", region, rowsOfPart: 3 });
    expect(some.after).toBeDefined();
    const newest = [...made].reverse();
    // All that is as new as the oldest one of them is there, and nothing is left out in between.
    expect(numbers(some.items)).toEqual(newest.slice(0, some.items.length));
    expect(some.items.length).toBeLessThanOrEqual(12);
  });

  test("the followers of a case come page by page, without those that were separated", async () => {
    const cases = makeCases();
    const agencyId = anAgency();
    const first = await aCase(cases, { agencyId });
    const joined: string[] = [];
    for (let index = 0; index < 27; index++) {
      const state = { status: "archived", joinedTo: first.trackingNumber } as const;
      joined.push((await aCase(cases, { agencyId }, state)).trackingNumber);
    }
    await aCase(cases, { agencyId });
    const followers = async () => {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await cases.followersOf(first.trackingNumber, after);
        seen.push(...page.numbers);
        after = page.after;
      } while (after);
      return seen;
    };
    await vi.waitFor(async () => expect(await followers()).toEqual(joined));
    const one = await cases.get(joined[0] ?? "");
    if (!one) throw new Error("It is not there");
    await cases.append(one, separate(one, { text: "Lain." }, { ...act, verifyingAgency: "kemenpanrb" }));
    await vi.waitFor(async () => expect(await followers()).toEqual(joined.slice(1)));
  });

  test("of two cases that are joined to each other at once one stays: a follower cannot be followed", async () => {
    const cases = makeCases();
    const agencyId = anAgency();
    const [one, other, third] = [
      await aCase(cases, { agencyId }),
      await aCase(cases, { agencyId }),
      await aCase(cases, { agencyId }),
    ];
    const joined = (found: Case, original: Case) =>
      cases.append(found, join(found, { trackingNumber: original.trackingNumber }, { ...act, original }));
    expect((await Promise.all([joined(one, other), joined(other, one)])).sort()).toEqual([false, true]);
    const follower = (await cases.get(one.trackingNumber))?.joinedTo === undefined ? other : one;
    expect(await joined(third, follower)).toBe(false);
    expect((await cases.get(third.trackingNumber))?.version).toBe(third.version);
  });

  test("of ten moves that were decided on one version one is stored, and nine leave no trace", async () => {
    const cases = makeCases();
    const opened = await aCase(cases, { agencyId: anAgency() });
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        cases.append(opened, addNote(opened, { text: `Catatan ${index}` }, act)),
      ),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const file = await cases.find(opened.trackingNumber);
    expect([file?.case.version, file?.events.length]).toEqual([2, 2]);
  });

  test("nothing is found under a number that nobody was given", async () => {
    expect(await makeCases().get("nobody")).toBeUndefined();
  });

  test("a case is in one queue of its holder, and in none once nobody has to act", async () => {
    const cases = makeCases();
    const [first, second] = [anAgency(), anAgency()];
    const opened = await aCase(cases, { agencyId: first });
    const whereIs = async () => {
      const found: string[] = [];
      for (const holder of [first, second])
        for (const name of ["verification", "assigned", "in-progress", "answered"] as const) {
          const { items } = await cases.queue(name, [holder], { after: undefined, limit: 10 });
          if (numbers(items).includes(opened.trackingNumber)) found.push(`${holder} ${name}`);
        }
      return found;
    };
    await vi.waitFor(async () => expect(await whereIs()).toEqual([`${first} verification`]));
    const accepted = verified(opened);
    await cases.append(opened, accepted);
    await vi.waitFor(async () => expect(await whereIs()).toEqual([`${first} assigned`]));
    const handed = assigned(accepted.case, second);
    await cases.append(accepted.case, handed);
    await vi.waitFor(async () => expect(await whereIs()).toEqual([`${second} assigned`]));
    const archived = archive(
      handed.case,
      { reason: "private-matter", text: "Sengketa pribadi." },
      { ...act, original: undefined, objectUntil: "2026-12-08T23:59:59.999+08:00" },
    );
    await cases.append(handed.case, archived);
    await vi.waitFor(async () => expect(await whereIs()).toEqual([]));
  });

  test("a queue of several agencies comes page by page, the oldest first, each case once, also while cases leave", async () => {
    const cases = makeCases();
    const holders = [anAgency(), anAgency(), anAgency()];
    const opened: Case[] = [];
    for (let index = 0; index < 23; index++)
      opened.push(await aCase(cases, { agencyId: holders[index % 3 === 0 ? 0 : 1] ?? "" }));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await cases.queue("verification", holders, { after, limit: 5 });
      seen.push(...numbers(page.items));
      after = page.after;
      const done = opened.find(({ trackingNumber }) => trackingNumber === seen.at(-1));
      if (done) await cases.append(done, verified(done));
    } while (after);
    expect(seen).toEqual(numbers(opened));
  });

  test("a queue is filtered by class, main category and province, and says when there is more to see", async () => {
    const cases = makeCases();
    const agencyId = anAgency();
    const wanted: string[] = [];
    for (let index = 0; index < 12; index++) {
      const { trackingNumber } = await aCase(cases, {
        agencyId,
        class: index % 2 ? "complaint" : "aspiration",
        category: index % 3 ? "pekerjaan-umum/jalan" : "pekerjaan-umum-lain",
        location: { regionCode: index % 5 ? "64.71" : "63.01" },
      });
      if (index % 2 && index % 3 && index % 5) wanted.push(trackingNumber);
    }
    const search = { class: "complaint", category: "pekerjaan-umum", region: "64", limit: 2 } as const;
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await cases.queue("verification", [agencyId], { ...search, after });
      seen.push(...numbers(page.items));
      after = page.after;
    } while (after);
    expect(wanted.length).toBeGreaterThan(2);
    expect(seen).toEqual(wanted);
  });

  test("a queue is filtered by kecamatan and kelurahan too, and reports from a kota are compared wherever in it they are", async () => {
    const cases = makeCases();
    const agencyId = anAgency();
    const kota = `8${drawn % 10}.${10 + (drawn % 89)}`;
    const codes = [kota, `${kota}.05`, `${kota}.05.1001`, `${kota}.05.1002`, `${kota}.06.1001`];
    for (const regionCode of codes) await aCase(cases, { agencyId, location: { regionCode } });
    const found = async (region: string) =>
      (await cases.queue("verification", [agencyId], { region, after: undefined, limit: 20 })).items
        .map(({ location }) => location?.regionCode)
        .sort();
    await vi.waitFor(async () => expect(await found(kota)).toEqual(codes));
    expect(await found(`${kota}.05`)).toEqual(codes.slice(1, 4));
    expect(await found(`${kota}.05.1002`)).toEqual([codes[3]]);
    const span = { from: "2000", to: "2100", after: undefined, limit: 20 };
    for (const region of codes) expect((await cases.around(region, span)).items).toHaveLength(codes.length);
  });

  test("the public feed finds a named report by its kelurahan and an anonymous one by its kecamatan only", async () => {
    const cases = makeCases();
    const holder = anAgency();
    const location = { regionCode: "64.71.06.1005" };
    const named = await aCase(cases, { agencyId: holder, location });
    const hidden = await aCase(cases, { agencyId: holder, location, anonymous: true });
    const found = async (region: string) =>
      numbers((await cases.feed({ holder, region, after: undefined, limit: 20 })).items).sort();
    const both = numbers([named, hidden]).sort();
    await vi.waitFor(async () => expect(await found("64.71.06")).toEqual(both));
    expect(await found("64.71.06.1005")).toEqual(numbers([named]));
    const { items } = await cases.queue("verification", [holder], {
      region: "64.71.06.1005",
      after: undefined,
      limit: 20,
    });
    expect(numbers(items).sort()).toEqual(both);
  });

  test("a queue comes by due date, and a watching queue holds what is due in its window in all queues in which officers act", async () => {
    const cases = makeCases();
    const holder = anAgency();
    const dated = async (due: string) => {
      const found = await aCase(cases, { agencyId: holder }, running(due, `${due}T00:00:00.000Z`));
      return found.trackingNumber;
    };
    const late = await dated("2026-12-04");
    const later = await dated("2026-12-30");
    const soon = await dated("2026-12-08");
    const overdue = await dated("2026-11-30");
    const assignedToo = await aCase(
      cases,
      { agencyId: holder },
      { ...running("2026-12-07", "2026-12-07T00:00:00.000Z"), status: "assigned" },
    );
    const answered = await aCase(
      cases,
      { agencyId: holder },
      { ...running("2026-12-07", "2026-12-07T00:00:00.000Z"), status: "answered" },
    );
    const page = async (name: Parameters<CaseStore["queue"]>[0], window = {}) => {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const found = await cases.queue(name, [holder], { window, after, limit: 1 });
        seen.push(...numbers(found.items));
        after = found.after;
      } while (after);
      return seen;
    };
    await vi.waitFor(async () => expect(await page("verification")).toEqual([overdue, late, soon, later]));
    expect(await page("overdue", { to: "2026-12-06" })).toEqual([overdue, late]);
    expect(await page("due-soon", { from: "2026-12-07", to: "2026-12-08" })).toEqual([
      assignedToo.trackingNumber,
      soon,
    ]);
    expect(await page("answered")).toEqual([answered.trackingNumber]);
    const { positions, complete } = await cases.positions(holder);
    expect([positions.length, complete, await cases.openCases(holder)]).toEqual([6, true, 6]);
  });

  test("a sweep finds every case to look at once, in the order of time and page by page, and none on which nothing is due", async () => {
    const cases = makeCases();
    const agencyId = anAgency();
    const due: string[] = [];
    for (let index = 0; index < 40; index++) {
      const found = await aCase(
        cases,
        { agencyId },
        running("2026-11-26", `2019-01-${String((index % 20) + 1).padStart(2, "0")}T00:00:00.000Z`),
      );
      due.push(found.trackingNumber);
    }
    const { trackingNumber: waits } = await aCase(
      cases,
      { agencyId },
      running("2026-11-26", "2019-02-01T00:00:00.000Z"),
    );
    await aCase(cases, { agencyId });
    const all = async (until: string) => {
      const seen: string[] = [];
      for (const shard of checkShards) {
        let after: string | undefined;
        do {
          const page = await cases.toCheck(shard, until, after);
          seen.push(...page.numbers);
          after = page.after;
        } while (after);
      }
      return seen.filter((number) => [...due, waits].includes(number)).sort();
    };
    await vi.waitFor(async () => expect(await all("2019-01-31T00:00:00.000Z")).toEqual(due.sort()));
    expect(await all("2019-02-01T00:00:00.000Z")).toContain(waits);
    const whole: Case[] = [];
    for (const shard of checkShards) {
      let after: string | undefined;
      do {
        const page = await cases.running(shard, after);
        whole.push(...page.cases);
        after = page.after;
      } while (after);
    }
    expect(whole).toContainEqual(await cases.get(waits));
    expect(numbers(whole)).toEqual(expect.arrayContaining(due));
  });

  test("the next look at a case is put off without a new version, unless the case has changed", async () => {
    const cases = makeCases();
    const found = await aCase(
      cases,
      { agencyId: anAgency() },
      running("2026-11-26", "2018-01-01T00:00:00.000Z"),
    );
    expect(await cases.postpone(found, "2018-01-02T00:00:00.000Z")).toBe(true);
    expect(await cases.get(found.trackingNumber)).toEqual({
      ...found,
      nextCheckAt: "2018-01-02T00:00:00.000Z",
    });
    await cases.append(found, addNote(found, { text: "Catatan dalam." }, act));
    expect(await cases.postpone(found, "2018-01-03T00:00:00.000Z")).toBe(false);
    const now = await cases.get(found.trackingNumber);
    if (now) expect(await cases.postpone(now, undefined)).toBe(true);
    expect((await cases.get(found.trackingNumber))?.nextCheckAt).toBeUndefined();
  });

  test("the feed comes the newest first, of one agency where it is asked for, and without secret and archived cases", async () => {
    const cases = makeCases();
    const holder = anAgency();
    const opened: Case[] = [];
    for (let index = 0; index < 9; index++) opened.push(await aCase(cases, { agencyId: holder }));
    await aCase(cases, { agencyId: holder, secret: true });
    const gone = await aCase(cases, { agencyId: holder });
    await cases.append(
      gone,
      archive(
        gone,
        { reason: "abusive", text: "Isi kasar." },
        { ...act, original: undefined, objectUntil: "2026-12-08T23:59:59.999+08:00" },
      ),
    );
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await cases.feed({ holder, after, limit: 4 });
      expect(page.items.length).toBeLessThanOrEqual(4);
      seen.push(...numbers(page.items));
      after = page.after;
    } while (after);
    expect(seen).toEqual(numbers(opened).reverse());
  });

  test("the whole feed holds what the feed holds, each with the words that the public reads, and the feed ends where it is asked to", async () => {
    const cases = makeCases();
    const holder = anAgency();
    const opened: Case[] = [];
    for (let index = 0; index < 3; index++) opened.push(await aCase(cases, { agencyId: holder }));
    await aCase(cases, { agencyId: holder, secret: true });
    const [first, second, third] = opened as [Case, Case, Case];
    const redacting = { ...act, by: { role: "reporter" } } as const;
    await cases.append(second, redact(second, { text: "Teks pengganti." }, redacting));

    const whole: Case[] = [];
    for await (const portion of cases.wholeFeed())
      whole.push(...portion.filter((found) => found.holder === holder));
    expect(numbers(whole).sort()).toEqual(numbers(opened).sort());
    const files = await cases.reports(whole);
    const texts = files.map((file) => [
      file.case.trackingNumber,
      fileViewOf(file, "public", noNames, "id").text,
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      [first.trackingNumber]: roadComplaint.text,
      [second.trackingNumber]: "Teks pengganti.",
      [third.trackingNumber]: roadComplaint.text,
    });
    const since = second.submittedAt;
    const page = await cases.feed({ holder, since, after: undefined, limit: 10 });
    expect(numbers(page.items)).toEqual([third.trackingNumber, second.trackingNumber]);
  });
});
