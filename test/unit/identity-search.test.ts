import { describe, expect, test, vi } from "vitest";
import { routes } from "../../functions/identity/routes.ts";
import { type IdentitySearchEvent, searchFlaws } from "../../shared/case/identity-search/identity-search.ts";
import { noSoonerThan } from "../../shared/case/identity-search/identity-search-flow.ts";
import { withdraw } from "../../shared/case/moves/reporter.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { staff, type Who } from "../fakes/staff.ts";

const nik = "6471015708850001";
const reporter = { name: "Warga Contoh", email: "warga@contoh.example", nik, phone: "081234567890" };
const reason = "Permintaan pemilik NIK di loket.";

/** An office in which one may search, and what its searches left behind. */
function anOfficeThatSearches(change: Partial<ReturnType<typeof anOffice>> = {}) {
  const office = { ...anOffice(), ...change };
  const api = serve(routes(office), office.directory);
  const asked = (who: Who, method: string, path: string, body?: unknown) =>
    call(api, method, `/v1/officer/${path}`, {
      subject: staff[who].subject,
      ...(body !== undefined && { body }),
    });
  return {
    ...office,
    search: (who: Who, body: object = { nik, reason }) => asked(who, "POST", "identity-search", body),
    searchers: (who: Who) => asked(who, "GET", "identity-searches"),
    searchesOf: (who: Who, of: Who) => asked(who, "GET", `identity-searches/${staff[of].id}`),
    recorded: (who: Who): Promise<IdentitySearchEvent[]> => office.searches.history(staff[who].id),
  };
}

describe("every search by identity is on record", () => {
  test("a search that finds somebody and one that finds nobody leave the same two events, which name the officer", async () => {
    const office = anOfficeThatSearches();
    const { number } = await office.submit({ reporter });
    expect((await office.search("observer")).body).toEqual({
      items: [{ trackingNumber: number }],
      cursor: null,
    });
    expect((await office.search("observer", { phone: "+62 899 0000 0000", reason })).body).toEqual({
      items: [],
      cursor: null,
    });
    const { id, role, agencyId } = staff.observer;
    expect(await office.recorded("observer")).toMatchObject([
      { type: "searched", officerId: id, role, agencyId, by: "nik", reason, day: "2026-11-24", ofDay: 1 },
      { type: "answered", officerId: id, search: 1, shown: 1 },
      { type: "searched", officerId: id, role, agencyId, by: "phone", reason, day: "2026-11-24", ofDay: 2 },
      { type: "answered", officerId: id, search: 3, shown: 0 },
    ]);
  });

  test("what is searched for is recorded nowhere, and a reason that repeats it is refused", async () => {
    const office = anOfficeThatSearches();
    await office.search("observer");
    expect(JSON.stringify(await office.recorded("observer"))).not.toContain(nik);
    for (const [key, told] of [
      [{ nik }, `Mencari NIK ${nik}.`],
      [{ nik }, "Mencari NIK 6471 0157-0885.0001 atas permintaan."],
      [{ phone: "081234567890" }, "Telepon +62 812-3456-7890 menghubungi kami."],
      [{ nik }, "Juga untuk NIK 6471015708850002, saudaranya."],
      [{ nik }, "Juga untuk 6471/0157/0885/0002, saudaranya."],
      [
        { nik },
        "Mencari \uFF16\uFF14\uFF17\uFF11\uFF10\uFF11\uFF15\uFF17\uFF10\uFF18\uFF18\uFF15\uFF10\uFF10\uFF10\uFF11 atas permintaan.",
      ],
      [
        { phone: "081234567890" },
        "Telepon \u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660 menghubungi kami.",
      ],
    ] as const) {
      const { status, body } = await office.search("observer", { ...key, reason: told });
      expect([status, body.errors?.[0]?.path]).toEqual([400, "reason"]);
    }
    expect(await office.recorded("observer")).toHaveLength(2);
  });

  test("the event is stored before anything is looked up: a search that breaks off is on record", async () => {
    const plain = anOffice();
    const casesOf = vi.fn(() => Promise.reject(new Error("The table does not answer")));
    const office = anOfficeThatSearches({ ...plain, reporters: { ...plain.reporters, casesOf } });
    expect((await office.search("observer")).status).toBe(500);
    expect(await office.recorded("observer")).toMatchObject([{ type: "searched" }]);
  });

  test("where the event cannot be stored nothing is looked up", async () => {
    const plain = anOffice();
    const casesOf = vi.fn(plain.reporters.casesOf);
    const append = () => Promise.reject(new Error("The table does not answer"));
    const office = anOfficeThatSearches({
      ...plain,
      reporters: { ...plain.reporters, casesOf },
      searches: { ...plain.searches, append },
    });
    expect((await office.search("observer")).status).toBe(500);
    expect(casesOf).not.toHaveBeenCalled();
  });

  test.each([
    ["nothing", undefined],
    ["signs", "... --- ..."],
    ["a letter over and over", "aaaaaaaaaaaaaaaa"],
    ["one short word", "cek"],
  ])("a search for the reason of %s is refused, and looks nothing up", async (_what, told) => {
    const office = anOfficeThatSearches();
    const { status, body } = await office.search("observer", { nik, ...(told && { reason: told }) });
    expect([status, body.errors[0].path]).toEqual([400, "reason"]);
    expect(await office.recorded("observer")).toEqual([]);
  });
});

describe("a search without a hit tells nothing more than that", () => {
  /** Cases of the person that the head of the department may not be shown, each hidden for a reason of its own. */
  const hidden = {
    "nobody reported anything": async () => {},
    "the case is another agency's": async (office: ReturnType<typeof anOfficeThatSearches>) => {
      await office.submit({ reporter, agencyId: "pemkot-samarinda" });
    },
    "the reporter is anonymous and did not agree": async (office) => {
      await office.submit({ reporter, agencyId: "balikpapan-dinas-pu", anonymous: true });
    },
    "the case was withdrawn": async (office) => {
      const { number } = await office.submit({ reporter, agencyId: "balikpapan-dinas-pu" });
      const found = await office.cases.get(number);
      if (!found) throw new Error("no case");
      await office.cases.append(
        found,
        withdraw(found, {}, { by: { role: "reporter" }, at: office.now(), salt: "salt" }),
      );
    },
    "there are sixty of another agency": async (office) => {
      for (let index = 0; index < 60; index++)
        await office.submit({ reporter, agencyId: "pemkot-samarinda" });
    },
  } satisfies Record<string, (office: ReturnType<typeof anOfficeThatSearches>) => Promise<void>>;

  test("the answer, its headers and what is written are the same, whatever is hidden", async () => {
    const seen = [];
    for (const prepare of Object.values(hidden)) {
      const office = anOfficeThatSearches();
      await prepare(office);
      const numbers = [...(await office.reporters.casesOf({ nik }, 100))];
      const versions = async () =>
        Promise.all(numbers.map(async (number) => (await office.cases.get(number))?.version));
      const before = await versions();
      const { status, headers, body } = await office.search("head");
      expect(await versions()).toEqual(before);
      const events = (await office.recorded("head")).map(({ hash: _h, previousHash: _p, ...told }) => told);
      seen.push({ status, headers, body, events });
    }
    expect(seen[0]).toMatchObject({ status: 200, body: { items: [], cursor: null } });
    for (const one of seen) expect(one).toEqual(seen[0]);
  });

  test("a search is answered no sooner than after a set time, and one that fails too, so that its time tells nothing", async () => {
    const begun = performance.now();
    expect(await noSoonerThan(40, async () => "found")).toBe("found");
    await expect(noSoonerThan(40, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(performance.now() - begun).toBeGreaterThan(75);
  });

  test("what somebody did to a case at the same moment belongs into no answer of a search", async () => {
    const plain = anOffice();
    let overtakes = 1;
    const append: typeof plain.cases.append = async (before, moved) => {
      if (moved.event.type !== "identity-opened" || overtakes-- <= 0)
        return plain.cases.append(before, moved);
      const changed = withdraw(before, {}, { by: { role: "reporter" }, at: plain.now(), salt: "salt" });
      await plain.cases.append(before, changed);
      return false;
    };
    const office = anOfficeThatSearches({ ...plain, cases: { ...plain.cases, append } });
    await plain.submit({ reporter });
    const { status, body } = await office.search("observer");
    expect([status, body]).toEqual([200, { items: [], cursor: null }]);
  });
});

describe("a person with many cases", () => {
  test("a case that the officer may see is found behind sixty that they may not", async () => {
    const office = anOfficeThatSearches();
    for (let index = 0; index < 60; index++) await office.submit({ reporter, agencyId: "pemkot-samarinda" });
    const { number } = await office.submit({ reporter, agencyId: "balikpapan-dinas-pu" });
    expect((await office.search("head")).body).toEqual({ items: [{ trackingNumber: number }], cursor: null });
  });

  test("more than fifty are shown in portions, each a search of its own, and none twice", async () => {
    const office = anOfficeThatSearches();
    const sent = new Set<string>();
    for (let index = 0; index < 60; index++) sent.add((await office.submit({ reporter })).number);
    const first = await office.search("observer");
    expect(first.body.items).toHaveLength(50);
    const second = await office.search("observer", { nik, reason, cursor: first.body.cursor });
    expect(second.body).toMatchObject({ cursor: null });
    const shown = [...first.body.items, ...second.body.items].map(({ trackingNumber }) => trackingNumber);
    expect(shown.sort()).toEqual([...sent].sort());
    expect((await office.recorded("observer")).filter(({ type }) => type === "searched")).toHaveLength(2);
  });
});

describe("the limit of a day", () => {
  test("above it a search is refused with when it works again, and works again after midnight at the officer's agency", async () => {
    const office = anOfficeThatSearches({ ...anOffice("2026-11-24T22:30:00+08:00"), searchesOfDay: 2 });
    // Balikpapan lies in WITA: the day ends an hour and a half later.
    for (let index = 0; index < 2; index++) expect((await office.search("head")).status).toBe(200);
    const { status, headers, body } = await office.search("head");
    expect([status, headers["retry-after"]]).toEqual([429, "5400"]);
    expect(body.detail).toContain("Rabu, 25 November 2026 pukul 00.00 WITA");
    expect((await office.search("observer")).status).toBe(200);
    office.at("2026-11-25T00:00:00+08:00");
    expect((await office.search("head")).status).toBe(200);
  });

  test("however many searches come at once, no more are answered than the limit allows", async () => {
    const office = anOfficeThatSearches({ ...anOffice(), searchesOfDay: 5 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => office.search("observer")));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(5);
    expect(statuses.filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
    const searched = (await office.recorded("observer")).filter(({ type }) => type === "searched");
    expect(searched.length).toBeLessThanOrEqual(5);
  });

  test("a search above the limit looks nothing up and leaves no event, whatever it is for", async () => {
    const plain = anOffice();
    const casesOf = vi.fn(plain.reporters.casesOf);
    const office = anOfficeThatSearches({
      ...plain,
      reporters: { ...plain.reporters, casesOf },
      searchesOfDay: 0,
    });
    await plain.submit({ reporter });
    const hit = await office.search("observer");
    const miss = await office.search("observer", { nik: "6471015708850002", reason });
    expect([hit.status, hit.headers, hit.body.detail]).toEqual([429, miss.headers, miss.body.detail]);
    expect(casesOf).not.toHaveBeenCalled();
    expect(await office.recorded("observer")).toEqual([]);
  });
});

describe("who searched", () => {
  test("an auditor reads who searched last and how often, and the searches of each with their reasons", async () => {
    const office = anOfficeThatSearches();
    await office.search("observer");
    await office.search("head");
    const { id } = staff.head;
    expect((await office.searchers("auditor")).body.items).toEqual(
      expect.arrayContaining([{ officerId: id, sequence: 2, day: "2026-11-24", ofDay: 1 }]),
    );
    const { status, body } = await office.searchesOf("auditor", "head");
    expect([status, body.flaws]).toEqual([200, []]);
    expect(body.items).toMatchObject([
      {
        text: `Mencari dengan NIK, ke-1 pada Selasa, 24 November 2026: ${reason}`,
        event: { officerId: id, reason },
      },
      { text: "Jawaban untuk pencarian di nomor urut 1: 0 laporan ditampilkan", event: { shown: 0 } },
    ]);
  });

  test.each(Object.keys(staff).filter((who) => who !== "auditor") as Who[])(
    "%s reads no searches, not even their own",
    async (who) => {
      const office = anOfficeThatSearches();
      for (const { status } of [await office.searchers(who), await office.searchesOf(who, who)])
        expect(status).toBe(403);
    },
  );

  test("a history that somebody changed, shortened or cut open is told as broken", async () => {
    const office = anOfficeThatSearches();
    for (let index = 0; index < 2; index++) await office.search("observer");
    const { id } = staff.observer;
    const events = await office.recorded("observer");
    const head = await office.searches.log(id);
    if (!head) throw new Error("no log");
    expect(searchFlaws(id, events, [head])).toEqual([]);
    const reworded = events.map((one) =>
      one.type === "searched" ? { ...one, reason: "Lain sekali." } : one,
    );
    for (const broken of [reworded, events.slice(0, 2), events.slice(1), events.toReversed()])
      expect(searchFlaws(id, broken, [head])).not.toEqual([]);
  });
});

describe("an opening", () => {
  test("an unknown number and a case of another agency are refused in the same words", async () => {
    const office = anOfficeThatSearches();
    const { number, openIdentity } = await office.submit({ reporter, agencyId: "pemkot-samarinda" });
    const foreign = await openIdentity("head", reason);
    const api = serve(routes(office), office.directory);
    const unknown = await call(api, "POST", "/v1/officer/cases/00000-00000/identity-opening", {
      subject: staff.head.subject,
      body: { reason },
    });
    expect([foreign.status, foreign.body, foreign.headers]).toEqual([404, unknown.body, unknown.headers]);
    expect((await office.cases.find(number))?.events).toHaveLength(1);
  });

  test("a consent that is taken back at the same moment shows nothing", async () => {
    const plain = anOffice();
    const sent = await plain.submit({ reporter, anonymous: true });
    expect((await sent.reporter("identity-consent", { agreed: true })).status).toBe(200);
    const find: typeof plain.reporters.find = async (number) => {
      const identity = await plain.reporters.find(number);
      await sent.reporter("identity-consent", { agreed: false });
      return identity;
    };
    const office = { ...plain, reporters: { ...plain.reporters, find } };
    const { status, body } = await call(
      serve(routes(office), office.directory),
      "POST",
      `/v1/officer/cases/${sent.number}/identity-opening`,
      { subject: staff.observer.subject, body: { reason } },
    );
    expect([status, body.identity]).toEqual([200, null]);
  });
});
