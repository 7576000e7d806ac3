import { readFileSync } from "node:fs";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { loadRegions } from "../../functions/commands/load-regions.ts";
import { type Agency, directoryFile } from "../../shared/directory/directory.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { changed, entryFlaws } from "../../shared/directory/entry-history.ts";
import { entryStore } from "../../shared/directory/entry-store.ts";
import { loadingStore } from "../../shared/directory/loading-store.ts";
import { nameSearch } from "../../shared/directory/regions/names.ts";
import { agencies, anOfficer, lowerRegions } from "../fakes/agencies.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();
const directory = () => database.table("Directory");
const loading = () => loadingStore(database.dynamo, directory());
const recorded = () => entryStore(database.dynamo, directory());

/** More agencies than one transaction takes. */
const many: Agency[] = Array.from({ length: 120 }, (_, number) => ({
  ...agencies[2]!,
  id: `dinas-muat-${String(number).padStart(3, "0")}`,
}));
const none = { added: 0, changed: 0, unchanged: 0, kept: 0 };

test("a file of many agencies is stored with a first event for each, and loading it again changes nothing", async () => {
  expect(await loading().load("agency", many)).toEqual({ ...none, added: 120, left: 0 });
  for (const { id } of [many[0]!, many.at(-1)!]) {
    const found = await recorded().find("agency", id);
    const history = await recorded().history("agency", id);
    expect(history.map(({ type, by, sequence }) => [type, by.role, sequence])).toEqual([
      ["created", "system", 1],
    ]);
    const head = { sequence: found!.version, hash: found!.lastHash! };
    expect(entryFlaws("agency", id, history, [head])).toEqual([]);
  }
  expect(await loading().load("agency", many)).toEqual({ ...none, unchanged: 120, left: 0 });
  expect(await recorded().history("agency", many[0]!.id)).toHaveLength(1);
});

test("what administrators changed is kept, what only the file changed is changed, and what is not in it is left", async () => {
  const [first, second, ...others] = many;
  const seen = await recorded().find("agency", first!.id);
  const byAdmin = { type: "changed", by: { role: "national-admin" }, at: new Date() } as const;
  await recorded().record(seen, changed("agency", seen, { ...first!, name: "Dari Admin" }, byAdmin)!);
  const file = [first!, { ...second!, name: "Dari Berkas" }, ...others.slice(1)];
  expect(await loading().load("agency", file)).toEqual({
    ...none,
    changed: 1,
    unchanged: 117,
    kept: 1,
    left: 1,
  });
  const nameOf = async ({ id }: Agency) => (await recorded().find("agency", id))?.entry.name;
  expect([await nameOf(first!), await nameOf(second!)]).toEqual(["Dari Admin", "Dari Berkas"]);
  expect(await loading().load("agency", [first!], { overwrite: true })).toEqual({
    ...none,
    changed: 1,
    left: 119,
  });
  expect(await nameOf(first!)).toBe(first!.name);
});

test("regions and categories are stored as the file has them", async () => {
  const region = { code: "64.71", name: "Kota Balikpapan", type: "city" } as const;
  const category = { id: "jalan", name: "Jalan", subcategories: [] };
  expect(await loading().load("region", [region])).toEqual({ ...none, added: 1, left: 0 });
  expect(await loading().load("category", [category])).toEqual({ ...none, added: 1, left: 0 });
  const renamed = { ...category, name: "Jalan dan Jembatan" };
  expect(await loading().load("category", [renamed])).toEqual({ ...none, changed: 1, left: 0 });
  expect(await loading().load("region", [region])).toEqual({ ...none, unchanged: 1, left: 0 });
  const read = directoryStore(database.dynamo, directory());
  expect([await read.regions(), await read.categories()]).toEqual([[region], [renamed]]);
});

test("regions below a kota are stored, listed under the one above and found by the words of their names, old words no more", async () => {
  const districts = lowerRegions.filter(({ type }) => type === "district");
  const villages = lowerRegions.filter(({ type }) => type === "village");
  expect(await loading().load("district", districts)).toEqual({ ...none, added: 2, left: 0 });
  expect(await loading().load("village", villages)).toEqual({ ...none, added: 3, left: 0 });
  expect(await loading().load("village", villages)).toEqual({ ...none, unchanged: 3, left: 0 });
  const read = () => directoryStore(database.dynamo, directory());
  const codesFor = async (typed: string) => {
    const search = nameSearch(typed)!;
    return (await read().regionsWithWords(search)).map(({ code }) => code).filter((code) => code.length > 5);
  };
  expect((await read().regionsIn("64.71")).map(({ name }) => name)).toEqual([
    "Balikpapan Kota",
    "Balikpapan Selatan",
  ]);
  expect((await read().regionsIn("64.71.05")).map(({ name }) => name)).toEqual([
    "Contoh Makmur",
    "Damai Baru",
  ]);
  expect(await read().regionsIn("64.72")).toEqual([]);
  expect((await read().regionPath("64.71.06.1005")).map(({ code }) => code)).toEqual([
    "64.71.06.1005",
    "64.71.06",
    "64.71",
  ]);
  expect((await read().regionPath("64.71.06.1999")).map(({ code }) => code)).toEqual(["64.71.06", "64.71"]);
  expect((await codesFor("dama")).sort()).toEqual(["64.71.05.1011", "64.71.06.1005"]);
  expect(await codesFor("makmur damai")).toHaveLength(3);
  expect(await read().regions()).toHaveLength(1);

  const renamed = villages.map((one) =>
    one.name === "Damai Baru" ? { ...one, name: "Tenteram Baru" } : one,
  );
  expect(await loading().load("village", renamed)).toEqual({ ...none, changed: 1, unchanged: 2, left: 0 });
  expect(await codesFor("damai")).toEqual(["64.71.06.1005"]);
  expect(await codesFor("tenteram")).toEqual(["64.71.05.1011"]);
  expect((await read().regionsWithWords(nameSearch("baru")!)).map(({ name }) => name)).toContain(
    "Tenteram Baru",
  );
});

test("the regions of Kalimantan Timur are loaded once its kota are there, and every one of them is read back", async () => {
  await expect(loadRegions(database.client, directory())).rejects.toThrow(
    /lies in 64\.01, which is not there/,
  );
  const { regions } = directoryFile.parse(
    JSON.parse(readFileSync("shared/directory/data/kalimantan-timur.json", "utf8")),
  );
  await loading().load("region", regions);
  const [kecamatan, villages] = await loadRegions(database.client, directory());
  expect(kecamatan).toMatch(/^kecamatan: 103 added, 0 changed, 2 unchanged/);
  expect(villages).toMatch(/^kelurahan and desa: 1036 added, 1 changed, 1 unchanged/);
  const read = directoryStore(database.dynamo, directory());
  const districts = (await Promise.all(regions.map(({ code }) => read.regionsIn(code)))).flat();
  const below = districts.filter(({ type }) => type === "district");
  // The invented desa and kelurahan of the tests before stay: what is not in the list is left.
  expect(below).toHaveLength(105);
  const all = (await Promise.all(below.map(({ code }) => read.regionsIn(code)))).flat();
  expect(all.filter(({ name }) => name !== "Contoh Makmur")).toHaveLength(1038);
  await expect(loadRegions(database.client, directory(), ["99"])).rejects.toThrow(/no province 99/);
});

test("an account that is another officer's is refused by the officer's name, and nothing of that load's portion is stored", async () => {
  const officer = anOfficer("unit-officer", "muat-satu");
  expect(await loading().load("officer", [officer])).toEqual({ ...none, added: 1, left: 0 });
  const other = anOfficer("unit-officer", "muat-dua", { subject: officer.subject });
  const third = anOfficer("unit-officer", "muat-tiga");
  await expect(loading().load("officer", [third, other])).rejects.toThrow(
    `officer ${other.id} was not stored`,
  );
  expect(await recorded().find("officer", third.id)).toBeUndefined();
});

test("an entry that somebody changes while the file is loaded is not overwritten", async () => {
  const [, second] = many;
  const dynamo = Object.create(database.dynamo) as typeof database.dynamo;
  let interfere = async () => {};
  dynamo.send = async (command: any) => {
    if (command.constructor.name === "TransactWriteCommand") await interfere();
    return (database.dynamo as any).send(command);
  };
  interfere = async () => {
    await database.dynamo.send(
      new UpdateCommand({
        TableName: directory(),
        Key: { pk: "agency", sk: second!.id },
        UpdateExpression: "SET version = version + :one",
        ExpressionAttributeValues: { ":one": 1 },
      }),
    );
  };
  const load = loadingStore(dynamo, directory()).load("agency", [{ ...second!, name: "Terlambat" }]);
  await expect(load).rejects.toThrow(`agency ${second!.id} was not stored`);
});
