import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { likenessInPublic } from "../../shared/case/lists/public-likeness.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const draft = {
  title: "Lubang besar di jalan pasar",
  text: "Jalan di depan pasar berlubang, pengendara motor jatuh kemarin.",
};

function aSearch(options: Parameters<typeof anOffice>[1] = {}) {
  const office = anOffice(undefined, options);
  const api = serve(office.tables().public);
  return {
    office,
    search: (change: object = {}, headers = {}) =>
      call(api, "POST", "/v1/cases/duplicates", { body: { ...draft, ...change }, headers }),
  };
}

const numbersIn = ({ body }: { body: any }): string[] =>
  body.items.map(({ trackingNumber }: any) => trackingNumber);

describe("before somebody sends a report", () => {
  test("they see public reports that are likely about the same, with text, age, status and why", async () => {
    const { office, search } = aSearch();
    const found = await office.submit();
    await office.submit({
      title: "Lampu taman mati",
      text: "Gelap sekali setiap malam.",
      location: { regionCode: "64.71" },
    });
    office.at("2026-11-27T08:00:00+08:00");
    const { status, body } = await search({ category: "pekerjaan-umum", location: { regionCode: "64.71" } });
    expect(status).toBe(200);
    expect(body).toEqual({
      complete: true,
      items: [
        {
          trackingNumber: found.number,
          title: roadComplaint.title,
          excerpt: roadComplaint.text,
          days: 3,
          status: "submitted",
          statusText: "Menunggu verifikasi",
          agency: { id: expect.any(String), name: expect.any(String) },
          place: { regionCode: "64.71", regionName: "Kota Balikpapan", address: "Jalan Contoh depan pasar" },
          supports: { count: 0 },
          canBeSupported: true,
          reasons: [
            "Kategorinya sama",
            expect.stringMatching(/^Kata yang sama: Lubang, jalan, .*pengendara/),
          ],
        },
      ],
    });
  });

  test("they are shown five at most, and a long text is cut at the end of a word", async () => {
    const { office, search } = aSearch();
    const text = `${roadComplaint.text} ${"Mohon segera diperbaiki sebelum musim hujan. ".repeat(20)}`;
    for (let sent = 0; sent < 7; sent++) await office.submit({ text });
    const { body } = await search();
    expect(body.items).toHaveLength(5);
    for (const { excerpt } of body.items) {
      expect([...excerpt].length).toBeLessThanOrEqual(201);
      expect(text.startsWith(excerpt.slice(0, -1))).toBe(true);
      expect(excerpt).toMatch(/\p{L}…$/u);
    }
  });

  test("a report of another region, of months ago or about something else is not shown", async () => {
    const { office, search } = aSearch();
    await office.submit();
    expect(numbersIn(await search({ location: { regionCode: "64.72" } }))).toEqual([]);
    expect(
      numbersIn(await search({ title: "Air mati", text: "Air PDAM tidak mengalir di rumah kami." })),
    ).toEqual([]);
    office.at("2027-01-20T08:00:00+08:00");
    expect(numbersIn(await search())).toEqual([]);
  });

  test("the answer is the same whether a secret, withdrawn or archived report says it all or there is none", async () => {
    const exact = { title: draft.title, text: draft.text };
    const hiding: ((office: ReturnType<typeof anOffice>) => Promise<unknown>)[] = [
      async () => undefined,
      (office) => office.submit({ ...exact, secret: true }),
      async (office) => (await office.submit(exact)).reporter("withdrawal"),
      async (office) => (await office.submit(exact)).reporter("redaction", { hide: true }),
      async (office) => {
        const archived = await office.submit(exact);
        return archived.as("national", "archival", { reason: "abusive", text: "Berisi makian." });
      },
    ];
    const answers = [];
    for (const hide of hiding) {
      const { office, search } = aSearch();
      await office.submit({ title: "Jalan pasar berlubang" });
      await hide(office);
      const { body } = await search();
      answers.push(JSON.stringify(body).replaceAll(/[0-9A-Z]{5}-[0-9A-Z]{5}/g, "N"));
    }
    expect(new Set(answers).size).toBe(1);
  });

  test("what the public does not read of a report is never compared: its first wording, an anonymous address, its coordinates", async () => {
    const { office, search } = aSearch();
    const words = { title: "Zebra kuning merpati", text: "Kuda nil gajah harimau badak." };
    const reworded = await office.submit(words);
    await reworded.reporter("redaction", { title: "Hewan liar", text: "Ada hewan liar di taman kota." });
    expect(numbersIn(await search(words))).toEqual([]);
    const address = "Gang Melati Nomor Sembilan Belas";
    const anonymous: Partial<Submission> = {
      title: "Tetangga berisik",
      text: "Musik keras tiap malam.",
      anonymous: true,
      location: { regionCode: "64.71", address },
    };
    await office.submit(anonymous);
    const probe = { title: "Melati sembilan belas gang", text: address };
    expect(numbersIn(await search(probe))).toEqual([]);
    const at = (latitude: number) => ({ location: { regionCode: "64.71", latitude, longitude: 116.86 } });
    await office.submit();
    const [near, far] = [await search(at(-1.24)), await search(at(-1.05))];
    expect(near.body).toEqual(far.body);
    expect(near.body.items).toHaveLength(1);
    expect(JSON.stringify(near.body)).not.toMatch(/latitude|metres|116\.8/);
  });

  test("nothing of the search is stored, and it needs no account", async () => {
    const { office, search } = aSearch();
    await search();
    expect((await office.feed()).body.items).toEqual([]);
    expect((await search({ reporter: { name: "Warga" } })).status).toBe(400);
  });

  test("very many searches cost their network a proof of work, and say how to go on without one", async () => {
    const { search } = aSearch({ threshold: { ofNetwork: 2, ofAll: 1_000, holdsAlike: true } });
    const statuses = [];
    for (let sent = 0; sent < 7; sent++) statuses.push((await search()).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 428]);
    const { body } = await search();
    expect([body.challenges, body.detail]).toEqual([
      "/v1/challenges?for=search",
      expect.stringContaining("tanpa pencarian ini"),
    ]);
  });
});

test("likeness is the same whichever of two reports is the draft, and grows with what they have in common", () => {
  const stems = fc.uniqueArray(fc.constantFrom(..."abcdefghijklmnopqrst"), { maxLength: 12 });
  fc.assert(
    fc.property(stems, stems, fc.boolean(), (a, b, same) => {
      const one = { words: a, category: "jalan/lubang" };
      const other = { words: b, category: same ? "jalan" : "air" };
      const [there, back] = [likenessInPublic(one, other), likenessInPublic(other, one)];
      expect(there?.score).toBe(back?.score);
      expect([...(there?.words ?? [])].sort()).toEqual([...(back?.words ?? [])].sort());
      if (there) expect(there.words.length).toBeGreaterThanOrEqual(3);
    }),
  );
});
