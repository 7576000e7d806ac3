import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Case } from "../../shared/case/case.ts";
import { serve } from "../../shared/http/serve.ts";
import { answeredFigures, numbersOf } from "../../shared/statistics/public-figures.ts";
import { publicCasesOnce } from "../../shared/statistics/public-figures-flow.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";

const said = "Jalan itu sudah kami tambal dan ratakan.";

type Office = ReturnType<typeof anOffice>;

/** Asks as somebody whose function has just started, so that it remembers nothing. */
const asks = (office: Office, path: string, query: Record<string, string> = {}) =>
  call(serve(office.tables().public), "GET", path, { query });

async function answered(office: Office, change: Parameters<Office["submit"]>[0] = {}) {
  const found = await office.submit(change);
  await found.as("admin", "verification", {});
  await found.as("head", "answer", { text: said });
  return found;
}

describe("the figures of the home page", () => {
  test("of an empty system are zeros, with no share of nothing", async () => {
    const office = anOffice();
    const { status, headers, body } = await asks(office, "/v1/figures");
    expect([status, headers["cache-control"], body.latest]).toEqual([200, "public, max-age=60", []]);
    for (const name of ["confirmed", "closedAutomatically", "waiting", "backAtWork"])
      expect(body[name]).toMatchObject({
        value: null,
        numerator: 0,
        denominator: 0,
        complete: true,
        since: null,
        asOf: office.now().toISOString(),
      });
  });

  test("tell apart what reporters confirmed, what closed by itself, what waits and what is being worked on again", async () => {
    const office = anOffice();
    for (const stars of [5, 4, 3]) await (await answered(office)).reporter("confirmation", { stars });
    await answered(office);
    await (await answered(office)).reporter("replies", { text: "Masih berlubang." });
    await answered(office, { secret: true });
    await office.submit();
    const { body } = await asks(office, "/v1/figures");
    const shares = ["confirmed", "closedAutomatically", "waiting", "backAtWork"].map((name) => [
      body[name].numerator,
      body[name].denominator,
      body[name].value,
    ]);
    expect(shares).toEqual([
      [3, 5, 0.6],
      [0, 5, 0],
      [1, 5, 0.2],
      [1, 5, 0.2],
    ]);
    expect(body.confirmed.definition.id).toContain("dinyatakan selesai oleh pelapornya");
    office.at("2026-12-10T09:00:00+08:00");
    await office.sweep();
    const later = (await asks(office, "/v1/figures")).body;
    expect([later.closedAutomatically.numerator, later.waiting.numerator]).toEqual([1, 0]);
    expect(later.confirmed.numerator).toBe(3);
    office.at("2027-03-20T09:00:00+08:00");
    expect((await asks(office, "/v1/figures")).body.confirmed.denominator).toBe(0);
  });

  test("list six public cases that were answered last, with the working days that it took where the agency is", async () => {
    const office = anOffice("2026-11-20T23:50:00+08:00"); // a Friday, on which it is Friday still in Jakarta
    const found = await office.submit();
    office.at("2026-11-24T09:00:00+08:00");
    await found.as("admin", "verification", {});
    await found.as("head", "answer", { text: said });
    await answered(office, { secret: true });
    const { body } = await asks(office, "/v1/figures");
    expect(body.latest).toEqual([
      {
        trackingNumber: found.number,
        title: "Jalan berlubang di depan pasar",
        agency: { id: "balikpapan-dinas-pu", name: expect.any(String) },
        status: "answered",
        statusText: "Ditindaklanjuti, menunggu tanggapan pelapor",
        answeredOn: "2026-11-24",
        workingDays: 2,
        supports: { count: 0 },
      },
    ]);
    for (let sent = 0; sent < 8; sent++) await answered(office);
    expect((await asks(office, "/v1/figures")).body.latest).toHaveLength(6);
  });

  test("a correction of an answer is no new answer, and a case that went back to work is not among the last answered", async () => {
    const office = anOffice();
    const corrected = await answered(office);
    const disputed = await answered(office);
    await disputed.reporter("replies", { text: "Masih berlubang." });
    office.at("2026-11-26T09:00:00+08:00");
    const correction = { text: `${said} Lagi.`, reason: "Salah ketik." };
    expect((await corrected.as("head", "answer-correction", correction)).status).toBe(200);
    const { latest } = (await asks(office, "/v1/figures")).body;
    expect(latest.map(({ trackingNumber, answeredOn }: any) => [trackingNumber, answeredOn])).toEqual([
      [corrected.number, "2026-11-24"],
    ]);
  });

  test("of one day are not in the order in which they were answered: the time of an answer is not public", async () => {
    const office = anOffice();
    const numbers: string[] = [];
    for (let sent = 0; sent < 5; sent++) numbers.push((await answered(office, { anonymous: true })).number);
    const { latest } = (await asks(office, "/v1/figures")).body;
    expect(latest.map(({ trackingNumber }: any) => trackingNumber)).toEqual(numbers.sort().reverse());
  });

  test("show no case that was hidden after the figures were counted", async () => {
    const office = anOffice();
    const api = serve(office.tables().public);
    const found = await answered(office);
    expect((await call(api, "GET", "/v1/figures")).body.latest).toHaveLength(1);
    await found.reporter("redaction", { hide: true });
    expect((await call(api, "GET", "/v1/figures")).body.latest).toEqual([]);
  });

  test("are read once a minute, whoever asks, and again at once after a read that failed", async () => {
    const office = anOffice();
    let reads = 0;
    let fails = true;
    const cases = {
      newestPublic: async (query: Parameters<Office["cases"]["newestPublic"]>[0]) => {
        reads++;
        if (fails) throw new Error("out of reach");
        return office.cases.newestPublic(query);
      },
    };
    const read = publicCasesOnce(cases, office.now);
    await expect(read()).rejects.toThrow("out of reach");
    fails = false;
    await Promise.all([read(), read(), read()]);
    expect(reads).toBe(2);
    office.at("2026-11-24T09:01:00+08:00");
    await read();
    expect(reads).toBe(3);
  });

  test("say from when on they are counted where there are too many cases to count", async () => {
    const office = anOffice();
    const { cases } = office;
    const few = {
      newestPublic: (query: Parameters<Office["cases"]["newestPublic"]>[0]) =>
        cases.newestPublic({ ...query, rowsOfPart: 1 }),
    };
    for (let sent = 0; sent < 30; sent++) await office.submit();
    const found = await publicCasesOnce(few, office.now)();
    expect([found.complete, found.since]).toEqual([false, "2026-11-24"]);
    expect(numbersOf(found, "balikpapan-dinas-pu")).toMatchObject({ complete: false, since: "2026-11-24" });
  });

  test("add up: of any cases each answered one is in one of the four", () => {
    const at = "2026-11-24T01:00:00.000Z";
    const one = fc.record({
      status: fc.constantFrom("submitted", "assigned", "in-progress", "answered", "closed"),
      closure: fc.constantFrom(undefined, "confirmed", "automatic"),
      clocks: fc.constantFrom(
        [],
        [{ name: "reply", startedAt: at }],
        [
          { name: "completion", startedAt: at, endedAt: at },
          { name: "reply", startedAt: "2025-11-24T01:00:00.000Z" },
        ],
      ),
    }) as unknown as fc.Arbitrary<Case>;
    fc.assert(
      fc.property(fc.array(one), (cases) => {
        const figures = Object.values(answeredFigures({ cases, asOf: at, complete: true, since: null }));
        const sum = figures.reduce((total, { numerator }) => total + numerator, 0);
        for (const { denominator } of figures) expect(denominator).toBe(sum);
      }),
    );
  });
});

describe("an agency as everybody sees it", () => {
  test("tells what it is for, where it stands, and how its public cases stand", async () => {
    const office = anOffice();
    await office.submit();
    await office.submit({ secret: true });
    await answered(office);
    await (await answered(office)).reporter("confirmation", { stars: 5 });
    const { status, headers, body } = await asks(office, "/v1/agencies/balikpapan-dinas-pu");
    expect([status, headers["cache-control"]]).toEqual([200, "public, max-age=60"]);
    expect(body).toMatchObject({
      id: "balikpapan-dinas-pu",
      typeText: "Perangkat daerah",
      about: expect.stringMatching(
        /^Perangkat daerah di bawah .+\. Wilayahnya Kota Balikpapan\. Biasanya menangani jalan, jembatan, .+ dan bendungan\. Di bawahnya ada 1 instansi\.$/,
      ),
      region: { code: "64.71", name: "Kota Balikpapan" },
      parents: [{ id: "pemkot-balikpapan", name: expect.any(String) }, ...body.parents.slice(1)],
      children: { items: [{ id: "balikpapan-uptd-jalan" }], total: 1, cursor: null },
      closedOn: null,
      successor: null,
      numbers: { open: 1, answered: 1, closedConfirmed: 1, closedAutomatic: 0, complete: true, since: null },
    });
    expect(JSON.stringify(body)).not.toMatch(/@|alertEmail/);
  });

  test("in English is told in English", async () => {
    const office = anOffice();
    const { body } = await call(serve(office.tables().public), "GET", "/v1/agencies/pemkot-balikpapan", {
      headers: { "accept-language": "en" },
    });
    expect(body.about).toContain("It serves");
    expect(body.about).toContain("Reports are verified here");
  });

  test("that was closed names the one in its place, and its parent no longer lists it", async () => {
    const office = anOffice();
    await office.admin("national", "POST", "agencies/balikpapan-uptd-jalan/closing", {
      successor: "balikpapan-dinas-pu",
      reason: "Digabung dengan dinas.",
    });
    const { body } = await asks(office, "/v1/agencies/balikpapan-uptd-jalan");
    expect([body.closedOn, body.successor?.id]).toEqual(["2026-11-24", "balikpapan-dinas-pu"]);
    expect((await asks(office, "/v1/agencies/balikpapan-dinas-pu")).body.children).toEqual({
      items: [],
      total: 0,
      cursor: null,
    });
  });

  test("with very many below it is listed page by page, each once", async () => {
    const office = anOffice();
    const unit = await office.directory.agency("balikpapan-uptd-jalan");
    for (let made = 0; made < 230; made++)
      await office.directory.put("agency", {
        ...(unit as NonNullable<typeof unit>),
        id: `unit-${String(made).padStart(3, "0")}`,
      });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await asks(office, "/v1/agencies/balikpapan-dinas-pu", cursor ? { cursor } : {});
      expect(body.children.total).toBe(231);
      seen.push(...body.children.items.map(({ id }: any) => id));
      cursor = body.children.cursor ?? undefined;
    } while (cursor);
    expect([seen.length, new Set(seen).size, seen]).toEqual([231, 231, [...seen].sort()]);
  });

  test("that nobody knows is not found, with a word on where to look", async () => {
    const { status, body } = await asks(anOffice(), "/v1/agencies/dinas-khayalan");
    expect([status, body.detail]).toEqual([404, expect.stringContaining("/v1/agencies")]);
  });
});
