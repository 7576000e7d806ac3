import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { buildSearchIndex } from "../../functions/jobs/build-search-index.ts";
import { indexesAtHand } from "../../shared/search/newest-index-flow.ts";
import { searchPlace } from "../../shared/search/place.ts";
import { answers } from "../../shared/search/told.ts";
import { wantedIn } from "../../shared/search/wanted.ts";
import { wordsIn } from "../../shared/search/words.ts";
import { memoryIndexPlace } from "../fakes/memory/index-place.ts";
import { anOffice } from "../fakes/office.ts";
import { memoryStores } from "../fakes/stores.ts";

/** An office in which the search index is built when a test says so, and the citizens' function looks for a new one each minute. */
function aSearchedOffice({ rows = 500 } = {}) {
  const stores = memoryStores();
  const { feed } = stores.cases;
  // As if one search looked through so many new reports only.
  stores.cases.feed = (asked) => feed({ ...asked, limit: Math.min(asked.limit, rows) });
  let minutes = 0;
  const indexes = indexesAtHand(async () => stores.indexPlace, { now: () => minutes * 60_000 });
  const office = anOffice(undefined, { stores: { ...stores, indexes } });
  return {
    ...office,
    async index() {
      await buildSearchIndex(office.cases, office.indexPlace, { now: office.now })();
      minutes += 2;
    },
    /** Moves the clock of the function on. */
    later: (by: number) => (minutes += by),
    search: (q: string, query: Record<string, string> = {}) => office.feed({ q, ...query }),
    async titles(q: string, query: Record<string, string> = {}): Promise<string[]> {
      const { status, body } = await office.feed({ q, ...query });
      expect([status, body]).toEqual([200, expect.anything()]);
      return body.items.map(({ title }: { title: string }) => title);
    },
  };
}

const road = {
  title: "Jalan berlubang di depan pasar",
  text: "Sudah dua bulan jalan rusak dan membahayakan pengendara.",
  location: { regionCode: "64.71" },
};
const lamp = {
  title: "Lampu penerangan padam",
  text: "Lampu di jalan Contoh padam sejak Senin, dekat pasar.",
  location: { regionCode: "64.71" },
};

describe("what people type", () => {
  test("words are compared by their stems, without capitals and accents, and without words that say nothing", () => {
    expect(wordsIn("PERBAIKAN yang jalan-jalan rusak")).toEqual(wordsIn("perbaikan jalan jalan rusak"));
    expect(wordsIn("berlubang")).toEqual(wordsIn("lubang"));
    expect(wordsIn("Kafé")).toEqual(wordsIn("kafe"));
  });

  test("words in quotes are a phrase, whichever quotes a phone writes; a quote that nothing ends is none", () => {
    expect(wantedIn('pasar "jalan rusak"')).toEqual(wantedIn("pasar \u201Cjalan rusak\u201D"));
    expect(wantedIn('"jalan rusak').phrases).toEqual([]);
    expect(wantedIn('pasar "lampu"')).toEqual(wantedIn("pasar lampu"));
  });

  test("a phrase stands in one piece, and in the title or in the text", () => {
    const told = { title: wordsIn("jalan rusak"), body: wordsIn("lampu padam") };
    expect(answers(told, wantedIn('"jalan rusak" padam'))).toBe(true);
    expect(answers(told, wantedIn('"rusak lampu"'))).toBe(false);
  });

  test.each([
    ["*"],
    ["\u{1F600}\u{1F680}"],
    ["yang dan di untuk"],
    ['""'],
    ['"'],
    ["   "],
    ["a\0b"],
    ["x".repeat(10_000)],
  ])("%j is answered with a sentence at its field", async (q) => {
    const { status, body } = await aSearchedOffice().search(q);
    expect([status, body.errors?.map(({ path }: { path: string }) => path)]).toEqual([400, ["q"]]);
    expect(body.errors[0].message).toMatch(/^[A-Z].*\.$/);
  });

  test.each([
    ['jalan NEAR/3 pasar"'],
    ["title: jalan OR pasar"],
    ["jalan* AND (pasar"],
    ["'; DROP TABLE cases; --"],
    ["{title} : ^jalan"],
    ["-jalan"],
  ])("%j is words and no language of a database", async (q) => {
    const office = aSearchedOffice();
    await office.submit(road);
    await office.index();
    expect((await office.search(q)).status).toBe(200);
  });
});

describe.each([
  ["without an index", false],
  ["with an index", true],
])("a search %s", (_, isIndexed) => {
  const filled = async (...reports: object[]) => {
    const office = aSearchedOffice();
    const people = [];
    for (const [minute, report] of reports.entries()) {
      office.at(`2026-11-24T09:${String(minute).padStart(2, "0")}:00+08:00`);
      people.push(await office.submit(report));
    }
    if (isIndexed) await office.index();
    return { office, people };
  };

  test("finds the cases that hold all the words, in whichever form", async () => {
    const { office } = await filled(road, lamp);
    expect((await office.titles("lubang")).sort()).toEqual([road.title]);
    expect((await office.titles("pasar jalan")).sort()).toEqual([road.title, lamp.title]);
    expect(await office.titles("padam lubang")).toEqual([]);
    expect(await office.titles('"depan pasar"')).toEqual([road.title]);
  });

  test("is narrowed by the same filters as the list", async () => {
    const { office } = await filled({ ...road, class: "complaint" }, { ...lamp, class: "aspiration" });
    expect(await office.titles("pasar", { class: "aspiration" })).toEqual([lamp.title]);
    expect(await office.titles("pasar", { region: "64" })).toHaveLength(2);
    expect(await office.titles("pasar", { region: "63" })).toEqual([]);
    expect(await office.titles("pasar", { status: "submitted" })).toHaveLength(2);
    expect(await office.titles("pasar", { status: "closed" })).toEqual([]);
  });

  test("finds no personal data, and not the marks in their place", async () => {
    const { office } = await filled({
      ...lamp,
      title: "Lampu padam",
      text: "Hubungi saya di 0812-3456-7890 atau warga@contoh.example.",
    });
    for (const q of ["0812", "3456", "contoh", "disamarkan", "nomor telepon"])
      expect([q, await office.titles(q)]).toEqual([q, []]);
    expect(await office.titles("hubungi")).toEqual(["Lampu padam"]);
  });

  test("finds the address of a report that is not anonymous, and of no other", async () => {
    const location = { regionCode: "64.71", address: "Gang Cempaka nomor 7" };
    const { office } = await filled({ ...road, location }, { ...lamp, anonymous: true, location });
    expect(await office.titles("cempaka")).toEqual([road.title]);
  });

  test("finds an anonymous report by its kecamatan, and by no kelurahan", async () => {
    const location = { regionCode: "64.71.06.1005" };
    const { office } = await filled({ ...road, location }, { ...lamp, anonymous: true, location });
    expect(await office.titles("pasar", { region: "64.71.06.1005" })).toEqual([road.title]);
    expect(await office.titles("pasar", { region: "64.71.06" })).toHaveLength(2);
  });

  test("finds nothing of a secret case, not even by its number", async () => {
    const { office, people } = await filled({ ...road, secret: true });
    expect(await office.titles("jalan")).toEqual([]);
    expect(await office.titles(String(people[0]?.number))).toEqual([]);
  });

  test("finds a case by its number, however it is typed", async () => {
    const { office, people } = await filled(road, lamp);
    const number = String(people[0]?.number);
    for (const q of [number, number.toLowerCase(), number.replace("-", " "), ` ${number.replace("-", "")}`])
      expect([q, await office.titles(q)]).toEqual([q, [road.title]]);
    expect(await office.titles(number, { status: "closed" })).toEqual([]);
  });

  test("never finds a case by old words once it is hidden, withdrawn or reworded", async () => {
    const { office, people } = await filled(road, { ...road, title: "Jalan kedua" }, lamp, {
      ...lamp,
      text: "Pengaduan terhadap Pejabat Contoh.",
    });
    const [first, second, third, fourth] = people;
    await first?.reporter("redaction", { hide: true });
    await second?.reporter("withdrawal");
    await third?.reporter("redaction", { title: "Judul baru", text: "Penerangan mati." });
    await fourth?.reporter("redaction", { text: "Teks pengganti." });
    expect(await office.titles("lubang")).toEqual([]);
    expect(await office.titles("kedua")).toEqual([]);
    expect(await office.titles("senin")).toEqual([]);
    expect(await office.titles("pejabat")).toEqual([]);
    await office.index();
    expect(await office.titles("lubang")).toEqual([]);
    expect(await office.titles("mati")).toEqual(["Judul baru"]);
    expect(await office.titles("pengganti")).toEqual([lamp.title]);
  });

  test("goes on page by page to the last hit, each once", async () => {
    const { office } = await filled(
      ...Array.from({ length: 7 }, (_, index) => ({ ...road, title: `Jalan ${index}` })),
    );
    const seen: string[] = [];
    let query: Record<string, string> = { limit: "3" };
    for (let page = 0; page < 4; page++) {
      const { body } = await office.search("rusak", query);
      seen.push(...body.items.map(({ title }: { title: string }) => title));
      if (body.cursor === null) break;
      query = { limit: "3", cursor: body.cursor };
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });
});

describe("an index", () => {
  test("the title counts more than the text, and of equals the newest comes first", async () => {
    const office = aSearchedOffice();
    const inText = { title: "Mohon perhatian", text: "Tentang sampah di sungai Contoh." };
    const inTitle = { title: "Sampah menumpuk", text: "Tentang sungai di Contoh ini." };
    for (const [minute, report] of [inTitle, inText, inTitle].entries()) {
      office.at(`2026-11-24T09:0${minute}:00+08:00`);
      await office.submit(report);
    }
    await office.index();
    const { body } = await office.search("sampah");
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual([
      inTitle.title,
      inTitle.title,
      inText.title,
    ]);
    expect(body.items[0].submittedAt > body.items[1].submittedAt).toBe(true);
  });

  test("reports that came after it are found before its own hits, anonymous ones too", async () => {
    const office = aSearchedOffice();
    await office.submit(road);
    await office.index();
    office.at("2026-11-24T09:30:00+08:00");
    await office.submit({ ...road, title: "Jalan yang baru" });
    await office.submit({ ...road, title: "Jalan anonim", anonymous: true });
    const titles = await office.titles("jalan");
    expect(titles.at(-1)).toBe(road.title);
    expect(titles.slice(0, 2).sort()).toEqual(["Jalan anonim", "Jalan yang baru"]);
    expect((await office.search("jalan")).body.complete).toBe(true);
  });

  test("without one only the newest reports are searched, and the answer says that these are not all", async () => {
    const office = aSearchedOffice({ rows: 5 });
    for (let each = 0; each < 6; each++) await office.submit({ ...lamp, title: `Lampu ${each}` });
    expect((await office.search("lampu")).body).toMatchObject({ complete: false, cursor: null });
    expect(await office.titles("lampu")).toHaveLength(5);
    await office.index();
    expect((await office.search("padam")).body.complete).toBe(false); // more than five came on this day
    expect(await office.titles("padam")).toHaveLength(6);
    office.at("2026-11-26T09:00:00+08:00");
    await office.submit(road);
    await office.index();
    expect((await office.search("padam")).body.complete).toBe(true);
  });

  test("an unchanged feed is not built again for a day; a changed one is", async () => {
    const office = aSearchedOffice();
    const person = await office.submit(road);
    await office.index();
    await office.index();
    expect(office.indexPlace.kept.size).toBe(1);
    await person.reporter("redaction", { text: "Teks baru." });
    await office.index();
    expect(office.indexPlace.kept.size).toBe(2);
    office.at("2026-11-25T10:00:00+08:00");
    await office.index();
    expect(office.indexPlace.kept.size).toBe(3);
  });

  test("a search goes on with the index that it began with, and says so once that is gone", async () => {
    const office = aSearchedOffice();
    for (let each = 0; each < 4; each++) await office.submit({ ...road, title: `Jalan ${each}` });
    await office.index();
    const first = await office.search("jalan", { limit: "2" });
    await office.submit({ ...road, title: "Jalan lagi" });
    for (const hour of [10, 11, 12]) {
      office.at(`2026-11-24T${hour}:00:00+08:00`);
      await office.submit(lamp);
      await office.index();
      await office.titles("jalan");
    }
    const { cursor } = first.body;
    const second = await office.search("jalan", { limit: "2", cursor });
    const both = [...first.body.items, ...second.body.items].map(({ title }: { title: string }) => title);
    expect(both.sort()).toEqual(["Jalan 0", "Jalan 1", "Jalan 2", "Jalan 3"]);

    office.indexPlace.kept.clear();
    await office.submit(lamp);
    office.at("2026-11-24T13:00:00+08:00");
    await office.index();
    await office.titles("jalan");
    office.later(2);
    await office.submit(road);
    office.at("2026-11-24T14:00:00+08:00");
    await office.index();
    await office.titles("jalan");
    const gone = await office.search("jalan", { limit: "2", cursor });
    expect([gone.status, gone.body.errors[0].path]).toEqual([400, "cursor"]);
  });

  test("the cursor of the list is none of a search, and the other way round", async () => {
    const office = aSearchedOffice();
    for (let each = 0; each < 3; each++) await office.submit({ ...road, title: `Jalan ${each}` });
    const [list, found] = [await office.feed({ limit: "1" }), await office.search("jalan", { limit: "1" })];
    expect((await office.feed({ cursor: found.body.cursor })).status).toBe(400);
    expect((await office.search("jalan", { cursor: list.body.cursor })).status).toBe(400);
    expect(searchPlace("../../etc/passwd!0")).toBeUndefined();
  });
});

describe("the function that searches", () => {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-search-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("keeps the index that it has while a new one cannot be fetched, and leaves no file behind", async () => {
    const office = anOffice();
    await office.submit(road);
    const place = memoryIndexPlace();
    await buildSearchIndex(office.cases, place, { now: office.now })();
    let minutes = 0;
    let isDown = false;
    const indexes = indexesAtHand(
      async () =>
        isDown
          ? Promise.reject(new Error("no bucket"))
          : { ...place, fetch: async (name, file) => place.fetch(name, file) },
      { now: () => minutes * 60_000, folder },
    );
    const first = await indexes.newest();
    expect(first?.holds((await office.feed()).body.items[0].trackingNumber)).toBe(true);
    isDown = true;
    minutes = 5;
    expect(await indexes.newest()).toBe(first);
    isDown = false;
    minutes = 10;
    await office.submit(lamp);
    await buildSearchIndex(office.cases, place, { now: office.now })();
    for (const [name] of place.kept) place.kept.set(name, Buffer.from("no index at all"));
    expect(await indexes.newest()).toBe(first);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("looks for a newer index at most once a minute", async () => {
    let asked = 0;
    let seconds = 0;
    const place = {
      ...memoryIndexPlace(),
      newest: async () => {
        asked++;
        return undefined;
      },
    };
    const indexes = indexesAtHand(async () => place, { now: () => seconds * 1000, folder });
    for (seconds = 0; seconds < 120; seconds += 10) await indexes.newest();
    expect(asked).toBe(2);
  });
});

test("whatever is typed, nothing fails, nothing outside the public feed is found, and nothing that does not hold the words", async () => {
  const office = aSearchedOffice();
  const hidden = await office.submit({ ...road, title: "Rahasia kemudian" });
  await office.submit(road);
  await office.submit({ ...lamp, anonymous: true });
  await office.submit({ ...road, title: "Rahasia sejak awal", secret: true });
  await office.index();
  await office.submit({ ...lamp, title: "Lampu baru" });
  await hidden.reporter("redaction", { hide: true });
  const words = [
    "jalan",
    "lampu",
    "rahasia",
    "pasar",
    '"',
    "\u201C",
    "*",
    "NEAR",
    "OR",
    "(",
    "\u{1F600}",
    "\u0301",
    "-",
    "64.71",
    "yang",
  ];
  const typed = fc.oneof(
    fc.string({ unit: "binary", maxLength: 250 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((some) => some.join(" ")),
    fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((some) => some.join("")),
  );
  await fc.assert(
    fc.asyncProperty(typed, async (q) => {
      const { status, body } = await office.search(q);
      expect([200, 400]).toContain(status);
      for (const { title } of body.items ?? []) expect(title).not.toContain("Rahasia");
    }),
    { numRuns: 100 },
  );
});
