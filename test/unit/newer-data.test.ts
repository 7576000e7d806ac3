import { globSync, readFileSync } from "node:fs";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Context, SQSEvent } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { publishEvents } from "../../functions/jobs/publish-events.ts";
import { accepted, attachment, requested } from "../../shared/attachment/attachment.ts";
import { type Case, moved, submit } from "../../shared/case/case.ts";
import { type CaseEvent, eventHash, flaws, proofOf, storedEvent } from "../../shared/case/history.ts";
import { addNote, progress } from "../../shared/case/moves/officer.ts";
import { caseFrom, caseItem, eventFrom, eventItem } from "../../shared/case/store/case-item-store.ts";
import { fileViewOf } from "../../shared/case/views/case-view.ts";
import { proofSeenBy } from "../../shared/case/views/proof-view.ts";
import { canonicalHash } from "../../shared/chain.ts";
import { agency, officer } from "../../shared/directory/directory.ts";
import { changed } from "../../shared/directory/entry-history.ts";
import { recordedFrom, recordingItems } from "../../shared/directory/entry-store.ts";
import { endpoint, get } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { serve } from "../../shared/http/serve.ts";
import { worker } from "../../shared/platform/message-queue.ts";
import { readableOf } from "../../shared/platform/read-stored.ts";
import { reporterIdentity } from "../../shared/reporter/reporter.ts";
import { tryStored, UnreadableItem } from "../../shared/stored.ts";
import { agencies, anOfficer } from "../fakes/agencies.ts";
import { call } from "../fakes/gateway.ts";
import { roadComplaint } from "../fakes/reports.ts";

const at = new Date("2026-11-24T02:00:00Z");
const act = { by: { role: "unit-officer", agencyId: "balikpapan-dinas-pu" }, at, salt: "salt" } as const;
const { case: first, event: submitted } = submit(roadComplaint, {
  trackingNumber: "7K3MQ-P4X9C",
  receipt: "0000-0000-0000-0000-0000",
  salt: "salt",
  language: "id",
  verifyingAgency: "kemenpanrb",
  at: new Date("2026-11-23T01:30:00Z"),
});
const clock = {
  name: "completion",
  startedAt: "2026-11-23T01:30:00.000Z",
  limit: { days: 14, unit: "working-days", legalBasis: "Contoh", certainty: "own-choice" },
  policyVersion: 1,
  pauses: [{ from: "2026-11-23T02:00:00.000Z", to: "2026-11-23T03:00:00.000Z" }],
  due: "2026-12-11",
  moves: [{ at: "2026-11-23T03:00:00.000Z", from: null, to: "2026-12-11", cause: "resumed" }],
} as const;
const atWork = {
  ...first,
  status: "in-progress",
  clocks: [clock],
  lastMove: { digest: "x", at: "2026-11-23T01:30:00.000Z" },
} as unknown as Case;

/** A value to which newer code has added a field at every object that `where` picks, with the places of what it added. */
function added(
  value: unknown,
  where: (place: string) => boolean,
  place = "",
): { value: unknown; places: string[] } {
  if (value === null || typeof value !== "object") return { value, places: [] };
  const inner = Object.entries(value).map(
    ([key, one]) => [key, added(one, where, `${place}.${key}`)] as const,
  );
  const places = inner.flatMap(([, one]) => one.places);
  if (Array.isArray(value)) return { value: inner.map(([, one]) => one.value), places };
  const here = where(place);
  return {
    value: {
      ...Object.fromEntries(inner.map(([key, one]) => [key, one.value])),
      ...(here && { addedLater: { deep: [place] } }),
    },
    places: here ? [...places, `${place}.addedLater`] : places,
  };
}
const placesIn = (value: unknown, place = ""): string[] =>
  value === null || typeof value !== "object"
    ? []
    : Object.entries(value).flatMap(([key, one]) =>
        key === "addedLater" ? [`${place}.${key}`] : placesIn(one, `${place}.${key}`),
      );

/** Picks the objects to which something is added. */
const anywhere = fc.infiniteStream(fc.boolean()).map((picks) => () => picks.next().value as boolean);

describe("what newer code stored beside what this code knows", () => {
  test.each<[string, (found: Case) => Case]>([
    ["a note of progress", (found) => progress(found, { text: "Jalan diukur." }, act).case],
    ["an internal note", (found) => addNote(found, { text: "Catatan." }, act).case],
    ["nothing but a write", (found) => found],
  ])("stays on a case through %s, at any depth", (_, move) => {
    fc.assert(
      fc.property(anywhere, (pick) => {
        const { value, places } = added(caseItem(atWork), pick);
        const after = caseItem(move(caseFrom(value as Record<string, unknown>)));
        expect(placesIn(after).sort()).toEqual(places.sort());
      }),
    );
  });

  test("stays on a file through its inspection", () => {
    const one = requested(
      { name: "jalan.jpg", type: "image/jpeg", size: 1000 },
      {
        trackingNumber: first.trackingNumber,
        attachmentId: "4f0c9d3e-6a5b-4c1d-8e2f-0a1b2c3d4e5f",
        by: { role: "reporter" },
        salt: "salt",
        already: [],
        made: 0,
        anonymous: false,
        limits: { files: 10, megabytes: 25, megapixels: 50 },
        at,
      },
    );
    fc.assert(
      fc.property(anywhere, (pick) => {
        const { value, places } = added(one, pick);
        const read = tryStored(attachment, value);
        if (!("value" in read)) throw read.unreadable;
        const after = accepted(read.value, { digest: "x", originalType: "image/jpeg", at });
        expect(placesIn(after).sort()).toEqual(places.sort());
      }),
    );
  });

  test("stays on an agency, an officer and beside them, although whoever changes them does not name it", () => {
    for (const [kind, entry] of [
      ["agency", agencies[0]],
      ["officer", anOfficer("agency-admin", "balikpapan")],
    ] as const) {
      const item = {
        pk: kind,
        sk: "x",
        version: 3,
        lastHash: "x",
        besideLater: 1,
        entry: { ...entry, later: { deep: 1 } },
      };
      const before = recordedFrom(kind, item);
      const change = changed(kind, before as never, { ...entry, name: "Nama Baru" } as never, {
        type: "changed",
        by: { role: "system" },
        at,
      });
      if (!change) throw new Error("The name has changed");
      expect(change.event.changes.map(({ field }) => field)).toEqual(["name"]);
      const put = recordingItems("Directory", before as never, change)[0]?.Put?.Item;
      expect(put).toMatchObject({
        besideLater: 1,
        entry: { name: "Nama Baru", later: { deep: 1 } },
        itemFormat: 1,
      });
    }
  });

  test("keeps the format that it came with", () => {
    const item = { ...caseItem(atWork), itemFormat: 7 };
    expect(caseItem(caseFrom(item)).itemFormat).toBe(7);
    expect(caseItem(caseFrom(caseItem(atWork))).itemFormat).toBe(1);
    expect(caseFrom(caseItem(atWork))).toEqual(atWork);
  });

  test("reaches no reader: neither an answer of a route nor the timeline", async () => {
    const shape = z.object({ known: z.string(), list: z.array(z.object({ inner: z.string() })) });
    const body = { known: "a", later: "RAHASIA", list: [{ inner: "b", later: "RAHASIA" }] };
    const declared = { summary: { id: "Contoh", en: "Sample" }, input: {}, output: { 200: shape } };
    const answered = await call(
      serve([
        get(
          "/v1/sample",
          endpoint(declared, async () => ok(body)),
        ),
      ]),
      "GET",
      "/v1/sample",
    );
    expect(answered.body).toEqual({ known: "a", list: [{ inner: "b" }] });

    const { case: after, event } = progress(atWork, { text: "Jalan diukur." }, act);
    const told = { ...event, content: { text: "Jalan diukur.", later: "RAHASIA" } } as CaseEvent;
    const names = {
      timeZone: "Asia/Jakarta",
      agencies: {},
      officers: {},
      regionPath: [],
      category: undefined,
    } as const;
    for (const reader of ["public", "reporter", "officer", "observer", "auditor"] as const)
      expect(
        JSON.stringify(fileViewOf({ case: after, events: [submitted, told] }, reader, names, "id").timeline),
      ).not.toContain("RAHASIA");
  });
});

/** An event of a kind that there is not yet, in the place behind another. */
function laterEvent(before: CaseEvent, change: object = {}): Record<string, unknown> {
  const { sequence, hash: previousHash, trackingNumber } = before;
  const told = { trackingNumber, sequence: sequence + 1, type: "mediated", at: at.toISOString() };
  const heading = { ...told, by: { role: "mediator" }, previousHash, ...change };
  const content = { outcome: "RAHASIA" };
  const contentHash = canonicalHash({ salt: "salt", content });
  return { ...heading, content, salt: "salt", hash: canonicalHash({ ...heading, contentHash }) };
}

describe("an event of a kind that this code does not know", () => {
  const later = laterEvent(submitted);
  const read = storedEvent(later);
  const found = { ...atWork, version: 2, lastHash: read.hash };
  const { case: after, event: next } = progress(found, { text: "Jalan diukur." }, act);
  const file = { case: after, events: [submitted, read, next] };

  test("keeps its place, and is as it was stored", () => {
    expect(read.type).toBe("other");
    expect(eventItem(read)).toEqual({
      pk: `CASE#${first.trackingNumber}`,
      sk: "EVENT#000002",
      itemFormat: 1,
      ...later,
    });
    expect(eventFrom(eventItem(read))).toEqual(read);
  });

  test("leaves the history provable, and shows in it if somebody changes it", () => {
    expect(flaws(first.trackingNumber, file.events.map(proofOf))).toEqual([]);
    const forged = storedEvent({ ...later, content: { outcome: "lain" } });
    expect(eventHash(forged)).not.toBe(forged.hash);
  });

  test("is told to nobody, and its proof is a link", () => {
    const names = {
      timeZone: "Asia/Jakarta",
      agencies: {},
      officers: {},
      regionPath: [],
      category: undefined,
    } as const;
    for (const reader of ["public", "reporter", "officer", "observer", "auditor"] as const) {
      const view = JSON.stringify(fileViewOf(file, reader, names, "id"));
      expect(view).not.toContain("RAHASIA");
      expect(view).not.toContain("mediat");
      const proof = proofSeenBy(file, reader, { known: new Set() });
      expect(Object.keys(proof.events[1] ?? {}).sort()).toEqual(["hash", "previousHash", "sequence"]);
      expect(flaws(first.trackingNumber, proof.events, [proof.head])).toEqual([]);
    }
  });

  test("keeps the case unread where it may take words out of sight", () => {
    for (const type of ["redacted", "withheld", "submitted"])
      expect(() => storedEvent(laterEvent(submitted, { type }))).toThrow(UnreadableItem);
  });
});

describe("a value that this code does not know", () => {
  test("a case with an unknown status answers 503, says when to come again, and is left out of lists", async () => {
    const item = { ...caseItem(atWork), status: "in-mediation" };
    const declared = { summary: { id: "Contoh", en: "Sample" }, input: {}, output: { 200: z.object({}) } };
    const answered = await call(
      serve([
        get(
          "/v1/sample",
          endpoint(declared, async () => ok(caseFrom(item))),
        ),
      ]),
      "GET",
      "/v1/sample",
    );
    expect(answered.status).toBe(503);
    expect(answered.headers["retry-after"]).toBe("600");
    expect(answered.body.detail).toContain("Tidak ada yang hilang");
    const items: Record<string, unknown>[] = [item, caseItem(atWork)];
    expect(readableOf(items, caseFrom)).toEqual([atWork]);
  });

  test("an agency of an unknown kind counts as a unit, and keeps its kind when it is changed", () => {
    const item = {
      pk: "agency",
      sk: "x",
      version: 1,
      lastHash: "x",
      entry: { ...agencies[0], type: "village-office" },
    };
    const before = recordedFrom("agency", item);
    expect(before.entry.type).toBe("unit");
    const change = changed(
      "agency",
      before,
      { ...before.entry, name: "Nama Baru" },
      { type: "changed", by: { role: "system" }, at },
    );
    if (!change) throw new Error("The name has changed");
    expect(change.event.changes.map(({ field }) => field)).toEqual(["name"]);
    const put = recordingItems("Directory", before, change)[0]?.Put?.Item as { entry: object };
    expect(put.entry).toEqual({ ...agencies[0], type: "village-office", name: "Nama Baru" });
  });

  test("an officer with an unknown role is nobody here, and an unknown reason to write to nobody is one", () => {
    const item = { entry: { ...anOfficer("agency-admin", "balikpapan"), role: "mediator" } };
    expect(readableOf([item], ({ entry }) => recordedFrom("officer", { entry }))).toEqual([]);
    expect("unreadable" in tryStored(officer, item.entry)).toBe(true);
    const identity = { trackingNumber: "x", language: "id", addressOff: "blocked" };
    expect(tryStored(reporterIdentity, identity)).toMatchObject({ value: { addressOff: "unsubscribed" } });
    expect("value" in tryStored(agency, agencies[0])).toBe(true);
  });
});

describe("messages of newer code", () => {
  test("an event of an unknown kind waits as a message of its own, and holds up none behind it", async () => {
    const sent: unknown[] = [];
    const record = (number: string, item: object) => ({
      dynamodb: {
        SequenceNumber: number,
        NewImage: marshall(item, { removeUndefinedValues: true }) as never,
      },
    });
    const { event: next } = moved(atWork, act, "progressed", { text: "Jalan diukur." });
    const answered = await publishEvents({ send: async (messages) => (sent.push(...messages), []) })({
      Records: [record("1", eventItem(storedEvent(laterEvent(submitted)))), record("2", eventItem(next))],
    });
    expect(answered).toEqual({ batchItemFailures: [] });
    expect(sent[0]).toEqual({ kind: "unknown-event", trackingNumber: first.trackingNumber, sequence: 2 });
    expect(sent.length).toBeGreaterThan(1);
  });

  test("a message of an unknown kind comes back alone, and one with more fields is worked on", async () => {
    const worked: unknown[] = [];
    const work = worker(z.strictObject({ trackingNumber: z.string() }), async (message) => {
      worked.push(message);
    });
    const record = (messageId: string, body: object) =>
      ({ messageId, body: JSON.stringify(body), attributes: { ApproximateReceiveCount: "1" } }) as never;
    const event = {
      Records: [
        record("1", { kind: "later", trackingNumber: "A" }),
        record("2", { trackingNumber: "B", later: true }),
        record("3", { trackingNumber: 3 }),
      ],
    } as SQSEvent;
    expect(await work(event, {} as Context)).toEqual({
      batchItemFailures: [{ itemIdentifier: "1" }, { itemIdentifier: "3" }],
    });
    expect(worked).toEqual([{ trackingNumber: "B", later: true }]);
  });
});

test("no store reads strictly what was stored", () => {
  const stores = [
    ...globSync("shared/**/*-store.ts"),
    "functions/jobs/publish-events.ts",
    "shared/platform/message-queue.ts",
  ];
  const strict = (text: string) => /(?<!JSON|Date)\.(?:safeP|p)arse\(/.test(text);
  expect(stores.length).toBeGreaterThan(20);
  expect(strict("return attachment.parse(rest)")).toBe(true);
  expect(stores.filter((file) => strict(readFileSync(file, "utf8")))).toEqual([]);
});
