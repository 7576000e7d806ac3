import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { keepingIdentity, restoreCases } from "../../functions/commands/restore.ts";
import { UnreadableItem } from "../../shared/stored.ts";
import { anOffice } from "../fakes/office.ts";

const restore = (...args: string[]) =>
  spawnSync(process.execPath, ["functions/commands/restore.ts", ...args], { encoding: "utf8" });

test("An identity comes back for a case that keeps one, and not where its reporter had it deleted since", async () => {
  const office = anOffice("2026-11-24T09:00:00+08:00");
  const reporter = { name: "Warga Contoh", email: "warga@contoh.example" };
  const kept = await office.submit({ reporter });
  const deleted = await office.submit({ title: "Lampu jalan padam di simpang", reporter });
  const found = await office.cases.find(deleted.number);
  const { identityOnFile: _, ...without } = found!.case;
  const cases = {
    get: async (number: string) => (number === deleted.number ? without : office.cases.get(number)),
  };
  const keeping = await keepingIdentity(cases, [kept.number, deleted.number, "AAAAA-AAAAA"]);
  expect([...keeping]).toEqual([kept.number]);
});

test("Identities of all cases at once are refused: whoever restores names the cases", () => {
  const { status, stderr } = restore("--from", "old", "--all", "--reporters-from", "old-reporters");
  expect([status, stderr.trim().split("\n")]).toEqual([
    1,
    ["Name the cases whose identities come back: among all there are people who had theirs deleted since."],
  ]);
});

test("A case that cannot be read is named, and the others come back", async () => {
  const told: string[] = [];
  const done = await restoreCases(
    {
      async *numbers() {
        yield ["AAAAA-AAAAA", "BBBBB-BBBBB", "CCCCC-CCCCC"];
      },
      async restoreCase(number) {
        if (number.startsWith("B")) throw new UnreadableItem(["type"]);
        return "restored";
      },
    },
    "all",
    (line) => told.push(line),
  );
  expect([done.restored, done.broken, told]).toEqual([2, 1, ["BBBBB-BBBBB: broken"]]);
});
