import { describe, expect, test, vi } from "vitest";
import { beAbsent, beBack } from "../../shared/directory/administration/absence.ts";
import type { Agency, Officer } from "../../shared/directory/directory.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { type EntryStore, entryStore } from "../../shared/directory/entry-store.ts";
import { agencies, anOfficer } from "../fakes/agencies.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const onDynamo = (): DirectoryStore & EntryStore => {
  const table = database.table("Directory");
  return {
    ...entryStore(database.dynamo, table),
    ...directoryStore(database.dynamo, table, () => Date.parse("2026-11-24T01:00:00Z"), 0),
  };
};

const city = agencies[1] as Agency;
const [worker, first, second] = ["petugas", "wakil-satu", "wakil-dua"].map((id) =>
  anOfficer("unit-officer", city.id, { id, subject: `subject-of-${id}` }),
) as [Officer, Officer, Officer];

describe.each([
  ["DynamoDB", onDynamo],
  ["memory", () => memoryDirectory()],
])("the directory on %s", (_where, makeDirectory) => {
  test("whoever named a deputy is found, until they name another one, come back or leave", async () => {
    const directory = makeDirectory();
    for (const officer of [worker, first, second]) await directory.put("officer", officer);
    const at = new Date("2026-11-24T01:00:00Z");
    const named = async (deputy: Officer) => (await directory.whoNamed(deputy.id)).map(({ id }) => id);
    const name = async (deputy: Officer) => {
      const before = (await directory.find("officer", worker.id))!;
      const dates = { from: "2026-11-24", until: "2026-12-01" };
      const context = {
        who: worker,
        at,
        agency: city,
        today: "2026-11-24",
        mayMakeMoves: true,
        gains: false,
      };
      const change = beAbsent(before, { deputyId: deputy.id, ...dates }, { ...context, deputy })!;
      expect(await directory.record(before, change)).toBe("recorded");
    };
    const found = (ofFirst: string[], ofSecond: string[]) =>
      vi.waitFor(async () => expect([await named(first), await named(second)]).toEqual([ofFirst, ofSecond]));

    await found([], []);
    await name(first);
    await found([worker.id], []);
    await name(second);
    await found([], [worker.id]);
    const before = (await directory.find("officer", worker.id))!;
    await directory.record(before, beBack(before, worker, at)!);
    await found([], []);
  });
});
