import { describe, expect, test } from "vitest";
import type { AnswerTemplate } from "../../shared/directory/answer-template.ts";
import {
  type AnswerTemplateStore,
  answerTemplateStore,
} from "../../shared/directory/answer-template-store.ts";
import { memoryAnswerTemplates } from "../fakes/memory/answer-template-store.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const stores: [string, () => AnswerTemplateStore][] = [
  ["in memory", () => memoryAnswerTemplates()],
  ["on DynamoDB", () => answerTemplateStore(database.dynamo, database.table("Directory"))],
];

const example = (title: string): AnswerTemplate => ({
  title,
  text: `Laporan {nomor} selesai.\n\nTerima kasih dari {instansi}: ${title}.`,
});

describe.each(stores)("examples of answers %s", (where, makeStore) => {
  const id = (name: string) => `${name}-${where.replace(/\W+/g, "-").toLowerCase()}`;

  test("an agency without any has an empty list, and keeps the order in which it wrote them", async () => {
    const store = makeStore();
    const agency = id("urutan");
    expect(await store.of(agency)).toEqual({ version: 0, templates: [] });
    const templates = ["dua", "satu", "tiga"].map(example);
    expect(await store.put(agency, { version: 1, templates })).toBe(true);
    expect(await store.of(agency)).toEqual({ version: 1, templates });
    expect(await store.of(id("instansi-lain"))).toEqual({ version: 0, templates: [] });
    expect(await store.put(agency, { version: 2, templates: [] })).toBe(true);
    expect(await store.of(agency)).toEqual({ version: 2, templates: [] });
  });

  test.each([
    ["the first example of an agency", 0],
    ["a later one", 3],
  ])(
    "of two officers who write %s at once one is told that it came too late, and nothing is mixed",
    async (_, before) => {
      const store = makeStore();
      const agency = id(`sekaligus-${before}`);
      for (let version = 1; version <= before; version++)
        await store.put(agency, { version, templates: [example(`lama ${version}`)] });
      const written = ["penghubung", "admin"].map((title) => ({
        version: before + 1,
        templates: [example(title)],
      }));
      const outcomes = await Promise.all(written.map((one) => store.put(agency, one)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await store.of(agency)).toEqual(written[outcomes.indexOf(true)]);
    },
  );

  test("a list that was begun on an old version changes nothing", async () => {
    const store = makeStore();
    const agency = id("lama");
    await store.put(agency, { version: 1, templates: [example("satu")] });
    await store.put(agency, { version: 2, templates: [example("dua")] });
    for (const version of [1, 2, 4])
      expect(await store.put(agency, { version, templates: [example("terlambat")] })).toBe(false);
    expect(await store.of(agency)).toEqual({ version: 2, templates: [example("dua")] });
  });

  test("twenty examples of the longest kind are kept", async () => {
    const store = makeStore();
    const agency = id("panjang");
    const templates = Array.from({ length: 20 }, (_, at) => ({
      title: `${at} ${"é".repeat(95)}`,
      text: "é".repeat(3_000),
    }));
    expect(await store.put(agency, { version: 1, templates })).toBe(true);
    expect((await store.of(agency)).templates).toEqual(templates);
  });
});
