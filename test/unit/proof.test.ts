import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { routes as identityRoutes } from "../../functions/identity/routes.ts";
import { type CaseEvent, chained, flaws, type Head, proofOf } from "../../shared/case/history.ts";
import { searchesName } from "../../shared/case/identity-search/identity-search.ts";
import { serve } from "../../shared/http/serve.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";

const number = "7K3MQ-P4X9C";
const by = { role: "unit-officer", agencyId: "balikpapan-dinas-pu" } as const;

/** Makes a history of notes, each linked to the one before. */
const historyOf = (texts: readonly string[]): CaseEvent[] =>
  texts.reduce<CaseEvent[]>(
    (events, text, index) => [
      ...events,
      chained<"progressed">(
        {
          trackingNumber: number,
          type: "progressed",
          at: new Date(Date.UTC(2026, 10, 23, 1, index)).toISOString(),
          by,
          officerId: "contoh-petugas",
          content: { text },
          salt: `salt-${index}`,
        },
        events.at(-1),
      ),
    ],
    [],
  );
const headOf = (events: readonly CaseEvent[]): Head => {
  const last = events.at(-1) as CaseEvent;
  return { sequence: last.sequence, hash: last.hash };
};
const check = (events: readonly CaseEvent[], heads: readonly Head[]) =>
  flaws(number, events.map(proofOf), heads);

const anyHistory = fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 12 });
const change = (event: CaseEvent, field: string): CaseEvent => {
  const changes: Record<string, object> = {
    content: { content: { text: "Sudah selesai." } },
    officerId: { officerId: "contoh-lain" },
    by: { by: { role: "agency-head", agencyId: by.agencyId } },
    at: { at: "2026-01-01T00:00:00.000Z" },
    type: { type: "noted" },
    salt: { salt: "pepper" },
    trackingNumber: { trackingNumber: "00000-00000" },
    previousHash: { previousHash: "x" },
    hash: { hash: "x" },
  };
  return { ...event, ...changes[field] };
};
const fields = ["content", "officerId", "by", "at", "type", "salt", "trackingNumber", "previousHash", "hash"];

describe("a history that nobody touched", () => {
  test("a history that nobody touched has no flaw", () => {
    fc.assert(
      fc.property(anyHistory, (texts) => {
        const events = historyOf(texts);
        expect(check(events, [headOf(events), headOf(events.slice(0, 1))])).toEqual([]);
      }),
    );
  });
});

describe("a history in the store that somebody touched", () => {
  test("the flaws name the event whose field was changed, whichever it is", () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(), fc.constantFrom(...fields), (texts, seed, field) => {
        const events = historyOf(texts);
        const at = seed % events.length;
        const tampered = events.map((event, index) => (index === at ? change(event, field) : event));
        expect(check(tampered, [headOf(events)]).map(({ sequence }) => sequence)).toContain(at + 1);
      }),
    );
  });

  test("the flaws name an event that was removed, from the middle or from the end", () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(), (texts, seed) => {
        const events = historyOf(texts);
        const at = seed % events.length;
        const tampered = events.filter((_, index) => index !== at);
        expect(check(tampered, [headOf(events)]).map(({ sequence }) => sequence)).toContain(at + 1);
      }),
    );
  });

  test("the flaws name the events that changed places", () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(), fc.nat(), (texts, one, other) => {
        const events = historyOf(texts);
        const [a, b] = [one % events.length, other % events.length];
        fc.pre(a !== b);
        const tampered = events.map(
          (event, index) => events[index === a ? b : index === b ? a : index] ?? event,
        );
        const named = check(tampered, [headOf(events)]).map(({ sequence }) => sequence);
        expect(named).toContain(Math.min(a, b) + 1);
      }),
    );
  });

  test("only the daily copy finds a history that was written anew from some event on, hashes and head included", () => {
    fc.assert(
      fc.property(anyHistory, (texts) => {
        const events = historyOf(texts);
        const rewritten = historyOf(texts.map((text) => `${text}!`));
        expect(check(rewritten, [headOf(rewritten)])).toEqual([]);
        expect(check(rewritten, [headOf(rewritten), headOf(events)])).toMatchObject([
          { sequence: events.length },
        ]);
      }),
    );
  });
});

test("a proof tells type, time, role and agency, and nothing that anybody wrote or who the officer was", () => {
  const [proof] = historyOf(["Rahasia contoh"]).map(proofOf);
  expect(Object.keys(proof ?? {}).sort()).toEqual(
    ["at", "by", "contentHash", "hash", "previousHash", "sequence", "trackingNumber", "type"].sort(),
  );
  expect(JSON.stringify(proof)).not.toMatch(/Rahasia|contoh-petugas|salt/);
});

describe("npm run verify:history", () => {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-proof-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let written = 0;
  const file = (content: unknown) => {
    const path = join(folder, `${written++}.json`);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const verify = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((done) => {
      execFile(process.execPath, ["functions/commands/verify-history.ts", ...args], (error, out, err) =>
        done({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
      );
    });
  const events = historyOf(["Satu", "Dua", "Tiga"]);
  const proof = { trackingNumber: number, head: headOf(events), events: events.map(proofOf) };
  const line = (of: readonly CaseEvent[], trackingNumber = number) =>
    JSON.stringify({ trackingNumber, ...headOf(of) });

  test("the command says that an unbroken history is one", async () => {
    const anchors = file(`${line(events.slice(0, 2))}\n${line(events, "other")}\n`);
    expect(await verify(file(proof), "--anchors", anchors)).toMatchObject({
      code: 0,
      out: `Unbroken: 3 events of case ${number} since 2026-11-23T01:00:00.000Z, and 1 recorded elsewhere.\n`,
    });
  });

  test("the command names the event that was changed, and the one that was recorded otherwise", async () => {
    const changed = {
      ...proof,
      events: proof.events.map((one) => (one.sequence === 2 ? { ...one, type: "noted" } : one)),
    };
    const { code, out } = await verify(file(changed));
    expect([code, out]).toEqual([1, "Broken: event 2 is not what was written: its hash does not fit.\n"]);
    const anchors = file(line(historyOf(["Lain"])));
    expect(await verify(file(proof), "--anchors", anchors)).toMatchObject({
      code: 1,
      out: "Broken: event 1 is not the one that was recorded.\n",
    });
  });

  test("the command checks an agency's history as its administrators get it, and the copies of its newest hashes", async () => {
    const office = anOffice();
    const id = "balikpapan-uptd-contoh";
    const entry = {
      type: "unit",
      parent: "balikpapan-dinas-pu",
      timeZone: "Asia/Makassar",
      alertEmail: "uptd-contoh@balikpapan.example",
    };
    const put = async (change: object) =>
      (await office.admin("admin", "PUT", `agencies/${id}`, { ...entry, ...change })).status;
    expect([await put({ name: "UPTD Contoh" }), await put({ name: "UPTD Contoh Baru" })]).toEqual([201, 200]);
    const { body } = await office.admin("admin", "GET", `agencies/${id}/history`);
    const heads: object[] = [];
    for await (const portion of office.directory.heads()) heads.push(...portion);
    const copy = file(heads.map((one) => JSON.stringify(one)).join("\n"));
    expect(await verify(file(body), "--anchors", copy)).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^Unbroken: 2 events of agency balikpapan-uptd-contoh .* and 1 recorded elsewhere/,
      ),
    });
    const cut = { ...body, items: body.items.slice(0, 1) };
    expect(await verify(file(cut))).toMatchObject({ code: 0 });
    expect(await verify(file(cut), "--anchors", copy)).toMatchObject({
      code: 1,
      out: "Broken: the history ends before event 2.\n",
    });
  });

  /** A case with an internal note, a deleted receipt and an opened identity between what the public is told. */
  const aCase = async (change: object = {}) => {
    const office = anOffice();
    const found = await office.submit({ reporter: { name: "Warga Contoh" }, ...change });
    await found.as("admin", "verification");
    await found.as("worker", "notes", { text: "Pelapor ini pernah mengadu." });
    await found.as("worker", "progress", { text: "Aspal dipesan." });
    await found.as("worker", "notes", { text: "Sekali lagi." });
    return { office, found };
  };
  const shape = (body: { events: object[] }) => body.events.map((one) => Object.keys(one).sort().join(" "));
  const whole = "at by contentHash hash previousHash sequence trackingNumber type";
  const link = "hash previousHash sequence";

  test("the public proof shows an event that the public timeline hides as a link and no more, and the whole still verifies", async () => {
    const { found } = await aCase();
    const { body } = await found.proof();
    expect(shape(body)).toEqual([whole, whole, link, whole, link]);
    expect(JSON.stringify(body)).not.toContain("noted");
    expect(await verify(file(body))).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^Unbroken: 5 events of case \S+ since \S+ \(2 of them shown by their hashes only\), /,
      ),
    });
  });

  test.each([{ anonymous: true }, { secret: true }])(
    "the public proof of a case that is %j shows links only, and still verifies against the daily copy",
    async (change) => {
      const { office, found } = await aCase(change);
      const { body } = await found.proof();
      expect(new Set(shape(body))).toEqual(new Set([link]));
      const heads: object[] = [];
      for await (const portion of office.cases.movedOn("2026-11-24")) heads.push(...portion);
      const copy = file(heads.map((one) => JSON.stringify(one)).join("\n"));
      expect(await verify(file(body), "--anchors", copy)).toMatchObject({
        code: 0,
        out: `Unbroken: 5 events of case ${found.number} (5 of them shown by their hashes only), and 1 recorded elsewhere.\n`,
      });
    },
  );

  test("whoever brings the receipt gets the headings of all that their timeline tells, and officers and auditors all of them", async () => {
    const { found } = await aCase({ anonymous: true, secret: true });
    const own = await found.from("127.0.0.1", "GET", "/proof");
    expect(shape(own.body)).toEqual([whole, whole, link, whole, link]);
    for (const who of ["worker", "observer", "auditor"] as const) {
      const { body } = await found.proofFor(who);
      expect([who, new Set(shape(body))]).toEqual([who, new Set([whole])]);
      expect(body.head).toEqual((await found.proof()).body.head);
    }
    expect(await verify(file(own.body))).toMatchObject({ code: 0 });
    expect((await found.proofFor("elsewhere")).status).toBe(404);
    const wrong = { authorization: "Receipt 0000-0000-0000-0000-0000" };
    expect((await found.from("127.0.0.1", "GET", "/proof", { headers: wrong })).status).toBe(404);
  });

  test("a hidden event whose content somebody changed in the store breaks the public chain", async () => {
    const { office, found } = await aCase();
    const { find } = office.cases;
    office.cases.find = async (number) => {
      const stored = await find(number);
      const note = stored?.events[2];
      if (note?.type === "noted") note.content.text = "Diganti diam-diam.";
      return stored;
    };
    expect(await verify(file((await found.proof()).body))).toMatchObject({
      code: 1,
      out: "Broken: event 4 does not follow from the event before it.\n",
    });
  });

  test("a proof of links only in which one was exchanged or left out is broken", async () => {
    const { found } = await aCase({ secret: true });
    const { body } = await found.proof();
    const exchanged = body.events.map((one: object, index: number) =>
      index === 1 ? { ...one, hash: "x" } : one,
    );
    expect((await verify(file({ ...body, events: exchanged }))).code).toBe(1);
    expect((await verify(file({ ...body, events: body.events.toSpliced(2, 1) }))).code).toBe(1);
  });

  test("the public timeline counts its own entries, so no gap tells of an internal note", async () => {
    const { found } = await aCase();
    const numbers = ({ body }: { body: { timeline: { sequence: number }[] } }) =>
      body.timeline.map(({ sequence }) => sequence);
    expect(numbers(await found.seenByPublic())).toEqual([1, 2, 3]);
    expect(numbers(await found.seenBy("worker"))).toEqual([1, 2, 3, 4, 5]);
  });

  test("the command checks the searches of an officer as an auditor gets them", async () => {
    const office = anOffice();
    const api = serve(identityRoutes(office), office.directory);
    const search = { nik: "6471015708850001", reason: "Permintaan pemilik NIK di loket." };
    const asked = { subject: staff.observer.subject, body: search };
    expect((await call(api, "POST", "/v1/officer/identity-search", asked)).status).toBe(200);
    const { id } = staff.observer;
    const path = `/v1/officer/identity-searches/${id}`;
    const { body } = await call(api, "GET", path, { subject: staff.auditor.subject });
    const { sequence = 0, hash = "" } = (await office.searches.log(id)) ?? {};
    const copy = file(JSON.stringify({ trackingNumber: searchesName(id), sequence, hash }));
    expect(await verify(file(body), "--anchors", copy)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`2 events of the searches of ${id}`),
    });
    const cut = { ...body, items: body.items.slice(0, 1) };
    expect(await verify(file(cut), "--anchors", copy)).toMatchObject({
      code: 1,
      out: "Broken: the history ends before event 2.\n",
    });
  });

  test("the command refuses a file that is no proof, and says what to do", async () => {
    for (const args of [
      [],
      [file("{")],
      [file({})],
      [join(folder, "nowhere.json")],
      [file(proof), "--anchors", file("x")],
    ]) {
      const { code, err, out } = await verify(...args);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/Usage|not JSON|not the proof|cannot be read|not a line/);
    }
  });
});
