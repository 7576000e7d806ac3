import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { queueNames, watchNames } from "../../shared/case/lists/queues.ts";
import type { Agency } from "../../shared/directory/directory.ts";
import { portionOf } from "../../shared/directory/subtree.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";
import { aProvince } from "../fakes/trees.ts";

const governor = anOfficer("agency-admin", "provinsi-contoh");

/** An office with a province of so many agencies. Reports wait at every fortieth of them. */
async function aLargeOffice(below: number) {
  const office = anOffice("2026-11-24T09:00:00+08:00", { people: [...Object.values(staff), governor] });
  const tree = aProvince(below);
  for (const agency of tree) await office.directory.put("agency", agency);
  const reported: string[] = [];
  for (let each = 0; each < tree.length; each += 40) {
    const { number } = await office.submit({ agencyId: tree[each]?.id ?? "" });
    reported.push(number);
    office.at(new Date(office.now().getTime() + 60_000).toISOString());
  }
  const ask = (path: string, query: Record<string, string>) => office.asks(governor, path, query);
  /** All pages of an answer. */
  const pages = async (path: string, query: Record<string, string>) => {
    const found: any[] = [];
    for (let cursor = ""; ;) {
      const { status, body } = await ask(path, { scope: "subtree", ...query, ...(cursor && { cursor }) });
      expect(status).toBe(200);
      found.push(body);
      if (!body.cursor) return found;
      cursor = body.cursor;
    }
  };
  return { office, tree, reported, ask, pages };
}

const numbersOf = (pages: any[]): string[] =>
  pages.flatMap(({ items }) => items.map(({ trackingNumber }: any) => trackingNumber));

const queues = [...queueNames, ...watchNames];

describe("an officer above very many agencies", () => {
  test("The administrator of a province with 502 agencies below gets the counts of each and of all in one answer", async () => {
    const { tree, reported, ask } = await aLargeOffice(502);
    const { status, body } = await ask("/v1/officer/counts", { scope: "subtree" });
    expect(status).toBe(200);
    expect(body.items.map(({ agency }: any) => agency.id).sort()).toEqual(tree.map(({ id }) => id).sort());
    expect(body.items[0].agency).toMatchObject({ id: "provinsi-contoh", parent: null });
    expect(body.total).toMatchObject({
      counts: { verification: reported.length, assigned: 0 },
      complete: true,
    });
    expect(body.cursor).toBeNull();
  });

  test.each([502, 2_000])(
    "With %i agencies below, every case is in the lists once, and every badge tells what its list holds",
    async (below) => {
      const { office, tree, reported, pages } = await aLargeOffice(below);
      office.at("2026-11-26T12:00:00+08:00");
      const counted = await pages("/v1/officer/counts", {});
      expect(counted).toHaveLength(Math.ceil(tree.length / 600));
      const rows = counted.flatMap(({ items }) => items);
      expect(rows.map(({ agency }) => agency.id).sort()).toEqual(tree.map(({ id }) => id).sort());
      for (const queue of queues) {
        const listed = numbersOf(await pages("/v1/officer/cases", { queue, limit: "7" }));
        expect(new Set(listed).size).toBe(listed.length);
        expect([queue, listed.length]).toEqual([
          queue,
          counted.reduce((sum, { total }) => sum + total.counts[queue], 0),
        ]);
        if (queue === "verification") expect(listed.sort()).toEqual(reported.sort());
      }
    },
  );

  test("A total that does not hold all agencies says that there are at least so many", async () => {
    const { ask } = await aLargeOffice(700);
    const { body } = await ask("/v1/officer/counts", { scope: "subtree" });
    expect(body.total.complete).toBe(false);
    const next = await ask("/v1/officer/counts", { scope: "subtree", cursor: body.cursor });
    expect(next.body).toMatchObject({ total: { complete: false }, cursor: null });
  });

  test("A province is listed by due date, whatever agency has a case", async () => {
    const { reported, pages } = await aLargeOffice(502);
    // Each was submitted a minute after the one before.
    expect(numbersOf(await pages("/v1/officer/cases", { queue: "verification", limit: "5" }))).toEqual(
      reported,
    );
  });

  test("A cursor is kept where an agency was added or moved in the tree, and is refused by its field where its agency left", async () => {
    const { office, ask } = await aLargeOffice(700);
    const first = (await ask("/v1/officer/counts", { scope: "subtree" })).body;
    const last = first.items.at(-1).agency;
    const { cursor } = first;
    const next = () => ask("/v1/officer/counts", { scope: "subtree", cursor });
    const before = (await next()).body.items.length;
    const agency = (await office.directory.agency(last.id)) as Agency;
    await office.directory.put("agency", { ...agency, id: "zz-baru", parent: "provinsi-contoh" });
    expect((await next()).body.items).toHaveLength(before + 1);
    await office.directory.put("agency", { ...agency, parent: "pemkot-samarinda" });
    const { status, body } = await next();
    expect([status, body.errors.map(({ path }: any) => path)]).toEqual([400, ["cursor"]]);
  });

  test("A cursor that nobody gave is refused", async () => {
    const office = anOffice();
    for (const cursor of ["abc", "!!!", "", Buffer.from("A B").toString("base64url")])
      expect((await office.counts("mayor", { scope: "subtree", cursor })).status).toBe(400);
    for (const raw of ["!", "pemkot-balikpapan!x", "x!2026-12-01", "a!b!c"])
      expect(
        (
          await office.queue("mayor", {
            queue: "assigned",
            scope: "subtree",
            cursor: Buffer.from(raw).toString("base64url"),
          })
        ).status,
      ).toBe(400);
  });
});

describe("a walk through a tree of agencies", () => {
  /** A tree as the parent of each agency, by its index among those before it. */
  const trees = fc
    .array(fc.nat(), { maxLength: 60 })
    .map((parents) =>
      parents.reduce<Agency[]>(
        (tree, parent, index) => [
          ...tree,
          { ...tree[0]!, id: `a${(index * 37) % 101}-${index}`, parent: tree[parent % tree.length]!.id },
        ],
        aProvince(0),
      ),
    );

  /** All below an agency, each followed by those below it. */
  const walked = (tree: readonly Agency[], top: string): string[] => [
    top,
    ...tree
      .filter(({ parent }) => parent === top)
      .map(({ id }) => id)
      .sort()
      .flatMap((id) => walked(tree, id)),
  ];
  const way = (tree: readonly Agency[], id: string): string[] => {
    const parent = tree.find((one) => one.id === id)?.parent;
    return parent ? [...way(tree, parent), id] : [id];
  };

  test("Portion by portion every agency comes once, and no portion asks about many more agencies than it holds", async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.integer({ min: 1, max: 12 }), async (tree, limit) => {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          let asked = 0;
          const { agencies, next } = await portionOf(
            tree[0]!,
            { after: after === undefined ? undefined : way(tree, after), limit },
            async (ids) => {
              asked += ids.length;
              return ids.map((id) => tree.filter(({ parent }) => parent === id));
            },
          );
          const deepest = Math.max(...tree.map(({ id }) => way(tree, id).length));
          expect(asked).toBeLessThanOrEqual((limit + 1 + deepest) * deepest);
          seen.push(...agencies.map(({ id }) => id));
          after = next;
        } while (after !== undefined);
        expect(seen).toEqual(walked(tree, "provinsi-contoh"));
      }),
    );
  });

  test("An agency that stands above itself is walked once", async () => {
    const [top] = aProvince(0) as [Agency];
    const below = { ...top, id: "bawah", parent: top.id };
    const { agencies, next } = await portionOf(top, { limit: 10 }, async (ids) =>
      ids.map((id) => (id === top.id ? [below] : [top, below])),
    );
    expect([agencies.map(({ id }) => id), next]).toEqual([[top.id, "bawah"], undefined]);
  });
});
