import { randomUUID } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { asks, type ChangeRequest, endedAs, lapsed } from "../../shared/directory/administration/request.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { changed, type EntryAct, entryFlaws, noted } from "../../shared/directory/entry-history.ts";
import { type EntryStore, entryStore } from "../../shared/directory/entry-store.ts";
import { type RequestStore, requestStore } from "../../shared/directory/request-store.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { memoryRequests } from "../fakes/memory/request-store.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();
const at = new Date("2026-11-26T01:00:00Z");
const asker = anOfficer("agency-admin", "pemkot-balikpapan");
const confirmer = anOfficer("national-admin", "kemenpanrb");
const act = (type: EntryAct["type"], by: Officer): EntryAct => ({
  type,
  by: { role: by.role, agencyId: by.agencyId, officerId: by.id },
  at,
});

let drawn = 0;
const aHead = () => anOfficer("agency-head", `dinas-${drawn++}`);
const aRequest = (of: Officer, version: number): ChangeRequest => {
  const { id, subject: _, dismissedAt: _d, ...entry } = of;
  return asks(
    {
      id: randomUUID(),
      about: { kind: "officer", id },
      version,
      matters: ["address"],
      agencies: [of.agencyId],
      roles: ["agency-head"],
      fields: ["email"],
      officer: { ...entry, email: "baru@x.example" },
      formerAddress: of.email,
      told: ["mailbox@kemenpanrb"],
    },
    asker,
    at,
  );
};

describe.each<[string, () => { entries: EntryStore; requests: RequestStore }]>([
  [
    "in memory",
    () => {
      const requests = memoryRequests();
      return { entries: memoryDirectory([], undefined, requests), requests };
    },
  ],
  [
    "on DynamoDB",
    () => ({
      entries: entryStore(database.dynamo, database.table("Directory")),
      requests: requestStore(database.dynamo, database.table("Directory")),
    }),
  ],
])("requests that need a second person, %s", (_where, makeStores) => {
  /** A head about whom somebody has asked for something. */
  async function asked() {
    const { entries, requests } = makeStores();
    const head = aHead();
    await entries.record(undefined, changed("officer", undefined, head, act("invited", confirmer))!);
    const before = (await entries.find("officer", head.id))!;
    const request = aRequest(head, 2);
    const note = noted("officer", before, ["email"], { ...act("asked", asker), request: { id: request.id } });
    const outcome = await entries.record(before, note, [], { opens: request, insteadOf: undefined });
    expect(outcome).toBe("recorded");
    return { entries, requests, head, request, before: (await entries.find("officer", head.id))! };
  }

  test("a request comes back as it was, and its entry has an event and is otherwise unchanged", async () => {
    const { entries, requests, head, request, before } = await asked();
    expect(await requests.find(request.id)).toEqual(request);
    expect(await requests.lastAbout("officer", head.id)).toEqual({ id: request.id, request });
    expect([before.entry, before.version]).toEqual([head, 2]);
    const history = await entries.history("officer", head.id);
    expect(history.map(({ type }) => type)).toEqual(["invited", "asked"]);
    expect(entryFlaws("officer", head.id, history, [{ sequence: 2, hash: before.lastHash! }])).toEqual([]);
    expect(JSON.stringify(history)).not.toContain("@");
    expect(await requests.find(randomUUID())).toBeUndefined();
    expect(await requests.lastAbout("officer", "tidak-ada")).toBeUndefined();
  });

  test("the change and the end of its request are stored together, or neither is", async () => {
    const { entries, requests, head, request, before } = await asked();
    const ends = endedAs(request, "confirmed", confirmer, { at });
    const moved = { ...head, email: "baru@x.example", subject: `lain-${head.id}` };
    const change = changed("officer", before, moved, act("changed", confirmer))!;
    const stale = { ...before, version: 1 };
    expect(await entries.record(stale, change, [], { ends })).toBe("overtaken");
    expect((await requests.find(request.id))?.state).toBe("open");
    expect(await entries.record(before, change, [], { ends })).toBe("recorded");
    const after = await requests.find(request.id);
    expect([after?.state, after?.officer]).toEqual(["confirmed", undefined]);

    // A request that has ended ends no second time, and takes no change along.
    const now = (await entries.find("officer", head.id))!;
    const again = changed("officer", now, { ...moved, name: "Lain" }, act("changed", confirmer))!;
    expect(await entries.record(now, again, [], { ends })).toBe("overtaken");
    expect((await entries.find("officer", head.id))?.entry.name).toBe(head.name);
    expect(await requests.write({ ends: lapsed(request) })).toBe(false);
  });

  test("of several ends at once one is stored", async () => {
    const { requests, request } = await asked();
    const outcomes = await Promise.all(
      (["refused", "withdrawn", "refused"] as const).map((how) =>
        requests.write({ ends: endedAs(request, how, confirmer, { at }) }),
      ),
    );
    expect(outcomes.sort()).toEqual([false, false, true]);
  });

  test("of several requests at once about an entry that is not there yet one is stored", async () => {
    const { requests } = makeStores();
    const head = aHead();
    const all = [aRequest(head, 0), aRequest(head, 0), aRequest(head, 0)];
    const outcomes = await Promise.all(all.map((opens) => requests.write({ opens, insteadOf: undefined })));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const last = await requests.lastAbout("officer", head.id);
    const next = aRequest(head, 0);
    expect(await requests.write({ opens: next, insteadOf: randomUUID() })).toBe(false);
    expect(await requests.write({ opens: next, insteadOf: last?.id })).toBe(true);
    expect((await requests.lastAbout("officer", head.id))?.id).toBe(next.id);
  });

  test("an account that is another officer's is said so, and the request stays open", async () => {
    const { entries, requests, head, request, before } = await asked();
    const other = aHead();
    await entries.record(undefined, changed("officer", undefined, other, act("invited", confirmer))!);
    const ends = endedAs(request, "confirmed", confirmer, { at });
    const taken = changed("officer", before, { ...head, subject: other.subject }, act("changed", confirmer))!;
    expect(await entries.record(before, taken, [], { ends })).toBe("subject-taken");
    expect((await requests.find(request.id))?.state).toBe("open");
  });

  test("requests come in pages, each once", async () => {
    const { requests } = makeStores();
    const opened = Array.from({ length: 5 }, () => aRequest(aHead(), 0));
    for (const opens of opened) await requests.write({ opens, insteadOf: undefined });
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await requests.page({ after, limit: 2 });
      found.push(...page.items.map(({ id }) => id));
      after = page.after;
    } while (after);
    expect(found).toEqual(expect.arrayContaining(opened.map(({ id }) => id)));
    expect(new Set(found).size).toBe(found.length);
  });
});

test("the table forgets an open request when it expires, and an ended one thirty days later", async () => {
  const table = database.table("Directory");
  const requests = requestStore(database.dynamo, table);
  const request = aRequest(aHead(), 0);
  const expiry = async () =>
    (await database.dynamo.send(new GetCommand({ TableName: table, Key: { pk: "request", sk: request.id } })))
      .Item?.expiresAt as number;
  await requests.write({ opens: request, insteadOf: undefined });
  const days = (count: number) => at.getTime() / 1000 + count * 24 * 60 * 60;
  expect(await expiry()).toBe(days(7));
  await requests.write({ ends: endedAs(request, "refused", confirmer, { at, reason: "Tidak benar." }) });
  expect(await expiry()).toBe(days(30));
});
