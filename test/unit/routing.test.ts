import { describe, expect, test } from "vitest";
import { routingChoices, routingHelp } from "../../shared/page/officer/case/routing.ts";
import { returnsCounted } from "../../shared/routing/routing.ts";
import { routing } from "../../shared/routing/routing.ts";
import { similarityOf } from "../../shared/routing/similar.ts";
import { tellingWords } from "../../shared/text/stems.ts";
import { pageIn } from "../fakes/browsing.ts";
import { anOffice } from "../fakes/office.ts";
import type { Who } from "../fakes/staff.ts";

type Office = ReturnType<typeof anOffice>;

const helpFor = (office: Office, who: Who, number: string, query: Record<string, string> = {}) =>
  office.asks(who, `/v1/officer/cases/${number}/routing`, query);

/** The similar cases of an answer. */
const numbersIn = (body: unknown) => routing.parse(body).similar.items.map((one) => one.trackingNumber);

const department = "balikpapan-dinas-pu";
const city = "pemkot-balikpapan";
const roads = "balikpapan-uptd-jalan";

/** A case that waits at the city's government, for which the reporter named no department. */
const unplaced = { agencyId: city };

describe("which agency may be in charge", () => {
  test("agencies come with their reasons: named by the reporter, by similar cases, by category, by place", async () => {
    const office = anOffice();
    for (const day of ["10", "11", "12"]) {
      office.at(`2026-11-${day}T09:00:00+08:00`);
      const before = await office.submit();
      await before.as("admin", "verification", { supervised: false });
      await before.as("worker", "answer", { text: "Sudah kami tambal." });
    }
    office.at("2026-11-24T09:00:00+08:00");
    const { number } = await office.submit();
    const { status, body } = await helpFor(office, "admin", number);
    expect(status).toBe(200);
    expect(body.agencies[0]).toMatchObject({
      agency: { id: department },
      fits: "named",
      withinReach: true,
      returnedThis: false,
    });
    expect(body.agencies[0].reasons).toEqual([
      "Pelapor menyebut instansi ini.",
      "3 dari 3 laporan serupa berakhir di instansi ini.",
      "Urusan “jalan” biasanya ditangani instansi ini.",
    ]);
    expect(body.similar.ended).toEqual([
      { id: department, name: "Dinas Pekerjaan Umum Kota Balikpapan", cases: 3 },
    ]);
    expect(body.agencies.at(-1)).toMatchObject({ agency: { id: city }, fits: "place" });
  });

  test("an agency out of reach is named as such, and no choice", async () => {
    const office = anOffice();
    const { number, as } = await office.submit();
    await as("admin", "verification", { supervised: false });
    const help = routing.parse((await helpFor(office, "liaison", number)).body);
    const reach = Object.fromEntries(
      help.agencies.map(({ agency, withinReach }) => [agency.id, withinReach]),
    );
    expect(reach).toEqual({ [department]: false, [roads]: true, [city]: false });
    expect(routingChoices(help, "id").map(({ value }) => value)).toEqual([roads]);
    expect(routingHelp(help, "id").markup).toContain("di luar jangkauan Anda");
    // Whoever has the case is not told to return it to themselves.
    const [nameOfHolder, nameAbove] = [
      "Dinas Pekerjaan Umum Kota Balikpapan</b>",
      "Pemerintah Kota Balikpapan</b>",
    ];
    const forHolder = routingHelp(help, "id", department).markup;
    expect([forHolder.includes(nameOfHolder), forHolder.includes(nameAbove)]).toEqual([false, true]);
    const national = routing.parse((await helpFor(office, "national", number)).body);
    expect(national.agencies.find(({ agency }) => agency.id === city)?.withinReach).toBe(true);
  });

  test("a category that is about to be given is asked about before it is given", async () => {
    const office = anOffice();
    const { number } = await office.submit({ ...unplaced, category: undefined });
    const ids = (body: unknown) => routing.parse(body).agencies.map(({ agency }) => agency.id);
    expect(ids((await helpFor(office, "admin", number)).body)).toEqual([city]);
    const { body } = await helpFor(office, "admin", number, { category: "pekerjaan-umum/jalan" });
    expect(ids(body)).toContain(department);
  });

  test("whoever neither verifies nor assigns gets no help with choosing, and of a case out of reach nobody does", async () => {
    const office = anOffice();
    const { number, as } = await office.submit();
    await as("admin", "verification", { supervised: false });
    for (const who of ["worker", "observer", "auditor"] as const)
      expect((await helpFor(office, who, number)).status).toBe(403);
    expect((await helpFor(office, "elsewhere", number)).status).toBe(404);
  });
});

describe("similar cases", () => {
  test("they are of the same category or in the same words, and not the case itself", () => {
    const words = (title: string) => tellingWords(title, "");
    const one = { category: "a/b", words: words("Jalan berlubang besar di depan pasar Contoh") };
    expect(similarityOf(one, { category: "a/b", words: words("Lampu mati") })).toEqual({
      isSameCategory: true,
      words: [],
    });
    expect(similarityOf(one, { category: "c", words: words("Lubang di jalan depan pasar") })?.words).toEqual([
      "jalan",
      "lubang",
      "depan",
      "pasar",
    ]);
    expect(similarityOf(one, { category: "a/c", words: words("Lampu mati") })).toBeUndefined();
    expect(similarityOf({ category: undefined }, { category: undefined })).toBeUndefined();
  });

  test("of another agency's case an officer reads what everybody may, and a secret one is not there", async () => {
    const office = anOffice();
    const theirs = { agencyId: "pemkot-samarinda" };
    const open = await office.submit(theirs);
    const secret = await office.submit({ ...theirs, secret: true });
    for (const { as } of [open, secret]) await as("national", "verification", { supervised: false });
    const { number } = await office.submit();
    const { body } = await helpFor(office, "admin", number);
    expect(body.similar.items).toEqual([
      expect.objectContaining({
        trackingNumber: open.number,
        open: false,
        reasons: ["Kategori sama", expect.any(String)],
      }),
    ]);
    expect(body.similar.items[0]).not.toHaveProperty("returns");
    expect(body.similar.items[0].reasons.join()).not.toContain("lubang");
    expect(JSON.stringify(body)).not.toContain(secret.number);
    const national = await helpFor(office, "national", number);
    expect(numbersIn(national.body).sort()).toEqual([open.number, secret.number].sort());
  });

  test("a case that nobody has verified yet teaches nothing and is left out", async () => {
    const office = anOffice();
    await office.submit();
    const { number } = await office.submit();
    expect((await helpFor(office, "admin", number)).body.similar.items).toEqual([]);
  });

  test("no more than twenty are shown, the newest", async () => {
    const office = anOffice("2026-10-01T09:00:00+08:00");
    const numbers: string[] = [];
    for (let day = 1; day <= 23; day++) {
      office.at(`2026-10-${String(day).padStart(2, "0")}T09:00:00+08:00`);
      const { number, as } = await office.submit();
      await as("admin", "verification", { supervised: false });
      numbers.push(number);
    }
    const { number } = await office.submit();
    const { body } = await helpFor(office, "admin", number);
    expect(numbersIn(body)).toEqual(numbers.toReversed().slice(0, 20));
  });
});

describe("returns", () => {
  /** The unit for roads returns a case to its department. */
  async function returned(office: Office, change = {}) {
    const one = await office.submit(change);
    await one.as("admin", "verification", { supervised: false });
    await one.as("liaison", "assignment", { agencyId: roads });
    expect((await one.as("roads", "return", { reason: "Jalan provinsi." })).status).toBe(200);
    return one;
  }

  test("who returned to whom is told to whoever assigns the next case, so that ping-pong is seen before it begins", async () => {
    const office = anOffice();
    await returned(office);
    await returned(office, { category: undefined });
    const { number, as } = await office.submit();
    await as("admin", "verification", { supervised: false });
    const help = routing.parse((await helpFor(office, "liaison", number)).body);
    expect(help.returns).toEqual([
      {
        from: { id: roads, name: "UPTD Jalan Kota Balikpapan" },
        cases: 2,
        ofCategory: 1,
        to: [{ id: department, name: "Dinas Pekerjaan Umum Kota Balikpapan", cases: 2 }],
      },
    ]);
    const [choice] = routingChoices(help, "id");
    expect(String(choice?.hint)).toContain(
      "Mengembalikan 2 laporan dalam setahun (2 ke Dinas Pekerjaan Umum Kota Balikpapan). 1 di antaranya tentang hal ini.",
    );
    expect(help.returnsSince).toBe("2025-11-24");
  });

  test("an agency that has returned this very case comes last, and that is said", async () => {
    const office = anOffice();
    const { number } = await returned(office);
    const help = routing.parse((await helpFor(office, "liaison", number)).body);
    expect(help.agencies.at(-1)).toMatchObject({ agency: { id: roads }, returnedThis: true });
    expect(String(routingChoices(help, "en").at(-1)?.hint)).toContain("Has returned this very case already.");
  });

  test("a return of more than a year ago is forgotten, and a second click counts once", async () => {
    const office = anOffice("2025-10-01T09:00:00+08:00");
    await returned(office);
    office.at("2026-11-24T09:00:00+08:00");
    const again = await returned(office);
    await again.as("roads", "return", { reason: "Jalan provinsi." });
    const { number } = await office.submit();
    const { body } = await helpFor(office, "admin", number, { agencies: `${roads},tidak-ada` });
    expect(routing.parse(body).returns.map(({ from, cases }) => [from.id, cases])).toEqual([[roads, 1]]);
  });

  test("pairs are counted by main category, and the most frequent comes first", () => {
    const note = (to: string, category?: string) => ({ from: "a", to, at: "", trackingNumber: "", category });
    expect(returnsCounted([note("b", "x/1"), note("c"), note("c", "x")], "x/2")).toEqual({
      cases: 3,
      ofCategory: 2,
      to: [
        { id: "c", cases: 2 },
        { id: "b", cases: 1 },
      ],
    });
    expect(returnsCounted([note("b")], undefined).ofCategory).toBe(0);
  });

  test("what stands beside the choices is sound markup, in both languages and where nothing is known", async () => {
    const office = anOffice();
    await returned(office);
    const { number } = await returned(office);
    const { number: lone } = await anOffice().submit({ location: undefined, category: undefined });
    for (const language of ["id", "en"] as const)
      for (const help of [
        routing.parse((await helpFor(office, "admin", number)).body),
        {
          agencies: [],
          similar: { items: [], ended: [], complete: false },
          returns: [],
          returnsSince: "2025-11-24",
        },
      ])
        expect(() =>
          pageIn({
            body: `<!doctype html><html lang="id"><title>x</title><main>${routingHelp(help, language).markup}</main></html>`,
          } as never),
        ).not.toThrow();
    expect(lone).toBeDefined();
  });
});
