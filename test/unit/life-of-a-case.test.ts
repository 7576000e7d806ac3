import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { movesDocument } from "../../functions/commands/describe-moves.ts";
import { caseState } from "../../shared/case/case.ts";
import { flaws, proofOf } from "../../shared/case/history.ts";
import {
  type Move,
  moveNames,
  moves,
  permittedMoves,
  situationOf,
  situations,
} from "../../shared/case/moves/table.ts";
import type { Answer } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { staff, type Who } from "../fakes/staff.ts";

const text = "Kami sudah menambal jalan itu tadi pagi.";
const fieldsOf = ({ body }: Answer): string[] =>
  (body.errors ?? []).map(({ path }: { path: string }) => path);

describe("a case", () => {
  test("a case that names its agency is assigned there when it is verified; one that names none waits to be assigned", async () => {
    const office = anOffice();
    const named = await office.submit();
    expect((await named.as("admin", "verification")).body).toMatchObject({
      status: "assigned",
      agency: { id: "balikpapan-dinas-pu" },
    });
    const unnamed = await office.submit({ agencyId: undefined });
    const verified = await unnamed.as("national", "verification", { supervised: true });
    expect(verified.body).toMatchObject({
      status: "submitted",
      statusText: "Terverifikasi, menunggu diteruskan",
      agency: null,
      supervised: true,
    });
    const assigned = await unnamed.as("national", "assignment", { agencyId: "pemkot-samarinda" });
    expect(assigned.body).toMatchObject({ status: "assigned", agency: { id: "pemkot-samarinda" } });
    expect((await unnamed.as("elsewhere", "progress", { text })).status).toBe(200);
  });

  test("a case keeps its first title when the verifier corrects it, and takes another class and category", async () => {
    const found = await anOffice().submit({ title: "jln rusak" });
    const verified = await found.as("admin", "verification", {
      title: "Jalan rusak di depan pasar",
      class: "aspiration",
      category: "pekerjaan-umum",
    });
    expect(verified.body).toMatchObject({
      title: "Jalan rusak di depan pasar",
      originalTitle: "jln rusak",
      class: "aspiration",
      category: { id: "pekerjaan-umum" },
    });
    expect((await found.seenByPublic()).body.originalTitle).toBeUndefined();
  });

  test("a case records every hop: from where to where, by whom, and how long it stayed", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const found = await office.submit();
    await found.as("admin", "verification");
    office.at("2026-11-24T11:30:00+08:00");
    await found.as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    office.at("2026-11-25T11:30:00+08:00");
    await found.as("roads", "return", { reason: "Bukan jalan kami." });
    const { body } = await found.seenBy("mayor");
    const hops = body.timeline
      .slice(2)
      .map(({ content, officer }: any) => [content.from.id, content.to.id, content.heldSeconds, officer.id]);
    expect(hops).toEqual([
      ["balikpapan-dinas-pu", "balikpapan-uptd-jalan", 2.5 * 3600, staff.liaison.id],
      ["balikpapan-uptd-jalan", "balikpapan-dinas-pu", 24 * 3600, staff.roads.id],
    ]);
    expect(body.returns).toBe(1);
  });

  test("an answer may be disputed for ten working days, over Christmas and New Year, and appealed no longer than that", async () => {
    const office = anOffice("2026-12-18T15:00:00+08:00");
    const found = await office.submit();
    await found.as("admin", "verification");
    const answered = await found.as("worker", "answer", { text });
    // 21, 22, 23, 28, 29, 30, 31 December, 4, 6 and 7 January: 24 December is joint leave, 5 January a holiday.
    expect(answered.body.replyUntil).toBe("2027-01-07T23:59:59.999+08:00");
    await found.reporter("confirmation", { stars: 4 });
    const { appealUntil } = (await found.seenByReporter()).body;
    office.at("2027-01-08T00:00:01+08:00");
    expect([appealUntil, (await found.reporter("appeal", { text })).status]).toEqual([
      "2027-01-07T23:59:59.999+08:00",
      409,
    ]);
    office.at("2027-01-07T23:59:59+08:00");
    expect((await found.reporter("appeal", { text })).body).toMatchObject({ status: "in-progress" });
  });

  test("after a low rating only the head of the agency goes on with a case, and may hand it on", async () => {
    const found = await anOffice().submit();
    await found.as("admin", "verification");
    await found.as("worker", "answer", { text });
    await found.reporter("confirmation", { stars: 1 });
    const refused = await found.as("worker", "answer", { text: `${text} Sungguh.` });
    expect([refused.status, refused.body.currentStatus, refused.body.legalMoves]).toEqual([
      409,
      "in-progress",
      ["note", "attach"],
    ]);
    expect((await found.as("head", "assignment", { agencyId: "balikpapan-uptd-jalan" })).status).toBe(200);
    expect((await found.as("roads", "answer", { text })).status).toBe(200);
  });

  test("a case that is appealed at the top goes to the national administrator", async () => {
    const found = await anOffice().submit({ agencyId: "pemkot-balikpapan" });
    await found.as("admin", "verification");
    await found.as("admin", "answer", { text });
    const appealed = await found.reporter("appeal", { text });
    expect(appealed.body).toMatchObject({
      statusText: "Menunggu keputusan admin nasional",
      agency: { id: "kemenpanrb" },
    });
    expect((await found.as("national", "assignment", { agencyId: "balikpapan-dinas-pu" })).status).toBe(200);
  });

  test("a case is archived for a reason on the list, and restored to where it was", async () => {
    const office = anOffice();
    const first = await office.submit();
    for (const reason of ["not-public-service", "incomplete", "private-matter", "abusive", "under-court"]) {
      const found = await office.submit();
      await found.as("admin", "verification");
      await found.as("worker", "progress", { text });
      expect((await found.as("national", "archival", { reason, text })).body).toMatchObject({
        status: "archived",
        archiveReason: reason,
      });
      expect((await found.as("national", "restoration", { text })).body.status).toBe("in-progress");
    }
    const again = await office.submit();
    const same = { reason: "duplicate-of", text, duplicateOf: first.number };
    expect((await again.as("national", "archival", same)).body.duplicateOf).toBe(first.number);
    expect((await again.seenByPublic()).body.duplicateOf).toBe(first.number);
  });

  test("a case that is archived before the reporter replies is restored to work, and the question is moot", async () => {
    const found = await anOffice().submit();
    await found.as("admin", "verification");
    await found.as("worker", "question", { text });
    await found.as("national", "archival", { reason: "incomplete", text });
    expect((await found.as("national", "restoration", { text })).body.status).toBe("assigned");
  });

  test("the same request is a second click within ten minutes, and a second move after that", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const found = await office.submit();
    await found.as("admin", "verification");
    const version = async () => (await office.cases.get(found.number))?.version;
    await found.as("worker", "progress", { text });
    office.at("2026-11-24T09:09:00+08:00");
    expect((await found.as("worker", "progress", { text })).status).toBe(200);
    expect(await version()).toBe(3);
    office.at("2026-11-24T09:20:00+08:00");
    await found.as("worker", "progress", { text });
    expect(await version()).toBe(4);
  });

  test("a case that moves on another day is in the copy of that day's newest hashes, and no longer in the first day's", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const found = await office.submit();
    office.at("2026-11-26T09:00:00+08:00");
    await found.as("admin", "verification");
    const copied = async (day: string) => {
      const all = [];
      for await (const portion of office.cases.movedOn(day)) all.push(...portion);
      return all;
    };
    expect([await copied("2026-11-24"), await copied("2026-11-26")]).toMatchObject([
      [],
      [{ trackingNumber: found.number, sequence: 2 }],
    ]);
  });

  test("a decision on an older version of a case is refused, and says what has changed", async () => {
    const found = await anOffice().submit();
    await found.as("admin", "verification");
    const late = await found.as("worker", "answer", { text }, { "if-match": '"1"' });
    expect(late.status).toBe(409);
    expect(late.body.changes).toMatchObject([{ type: "verified" }]);
    const now = await found.as("worker", "answer", { text }, { "if-match": '"2"' });
    expect([now.status, now.headers.etag]).toEqual([200, '"3"']);
  });
});

describe("who is told what a move was overtaken by", () => {
  const question = "Di dekat persimpangan mana?";
  const overtaken = { "if-match": '"1"' };
  const aBusyCase = async () => {
    const office = anOffice();
    const found = await office.submit();
    await found.as("admin", "verification");
    await found.as("worker", "question", { text: question });
    await found.reporter("replies", { text: "Di depan pasar." });
    await found.as("worker", "notes", { text: "Pelapor kurang jelas." });
    return { office, found };
  };

  test.each(["auditor", "observer"] as const)(
    "the %s, who may never make the move, is refused as not allowed and told no change",
    async (who) => {
      const { found } = await aBusyCase();
      const { status, body } = await found.as(who, "progress", { text }, overtaken);
      expect([status, body.changes]).toEqual([403, undefined]);
      expect(JSON.stringify(body)).not.toMatch(/persimpangan|pasar|kurang jelas|Catatan internal/);
    },
  );

  test("an officer whose move is not legal any more is told where the case stands, and the changes that their timeline tells", async () => {
    const { found } = await aBusyCase();
    const { status, body } = await found.as("national", "verification", {}, overtaken);
    expect([status, body.currentStatus, body.legalMoves.includes("verify")]).toEqual([
      409,
      "assigned",
      false,
    ]);
    const { timeline } = (await found.seenBy("national")).body;
    expect(body.changes).toEqual(timeline.slice(1));
  });

  test("an officer of another agency is told that there is no such case", async () => {
    const { found } = await aBusyCase();
    const { status, body } = await found.as("elsewhere", "progress", { text }, overtaken);
    expect([status, body.currentStatus, body.legalMoves, body.changes]).toEqual([
      404,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("an officer who loses the case to another agency while they decide is told that there is no such case", async () => {
    const { office, found } = await aBusyCase();
    const { append } = office.cases;
    // The national administrator comes first by a moment.
    office.cases.append = async (before, moved) => {
      office.cases.append = append;
      await found.as("national", "assignment", { agencyId: "pemkot-samarinda" });
      return append(before, moved);
    };
    const { status, body } = await found.as("worker", "progress", { text });
    expect([status, body.changes]).toEqual([404, undefined]);
  });

  test("whoever may make the move is told the changes as their own timeline tells them", async () => {
    const { found } = await aBusyCase();
    const { body } = await found.as("worker", "progress", { text }, overtaken);
    const { timeline } = (await found.seenBy("worker")).body;
    expect(body.changes).toEqual(timeline.slice(1));
  });

  test("an officer who gives a case away is offered no more moves with it", async () => {
    const { found } = await aBusyCase();
    const given = await found.as("worker", "return", { reason: "Bukan kewenangan kami." });
    expect([given.status, given.body.legalMoves]).toEqual([200, []]);
    expect((await found.seenBy("worker")).status).toBe(404);
  });

  test("nobody is refused anything because of what they are not told: an internal note at the same moment does not lose a rating", async () => {
    const office = anOffice();
    const found = await office.submit();
    await found.as("admin", "verification");
    await found.as("worker", "answer", { text });
    const { append } = office.cases;
    office.cases.append = async (...moved) => {
      office.cases.append = append;
      await found.as("worker", "notes", { text: "Catatan di antara petugas." });
      return append(...moved);
    };
    const rated = await found.reporter("confirmation", { stars: 4 });
    expect([rated.status, rated.body.status, rated.body.stars]).toEqual([200, "closed", 4]);
  });

  test("whoever names a version that the case does not have is told so, and not that the case changed", async () => {
    const found = await anOffice().submit();
    const { status, body } = await found.as("admin", "verification", {}, { "if-match": '"99"' });
    expect([status, body.detail, body.changes]).toEqual([
      409,
      expect.stringContaining("If-Match"),
      undefined,
    ]);
    expect(body.legalMoves).toContain("verify");
  });
});

test("a move reads once what clocks are counted by, and of both agencies where the case goes to another", async () => {
  const office = anOffice();
  const found = await office.submit();
  await found.as("admin", "verification");
  const { directory } = office;
  const policies = directory.policies.bind(directory);
  let reads = 0;
  directory.policies = () => {
    reads++;
    return policies();
  };
  const readsOf = async (move: Promise<Answer>) => {
    reads = 0;
    expect((await move).status).toBe(200);
    return reads;
  };
  expect(await readsOf(found.as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" }))).toBe(2);
  expect(await readsOf(found.as("roads", "answer", { text }))).toBe(1);
  expect(await readsOf(found.reporter("confirmation", { stars: 5 }))).toBe(1);
  expect(await readsOf(found.correct({ name: "Warga Contoh" }))).toBe(1);
});

describe("refusals by field", () => {
  const wrongTexts = ["", "   ", "?!...", "a\u0007b", "‮terbalik", "a".repeat(10_001)];

  test.each([
    ["question", "text"],
    ["progress", "text"],
    ["notes", "text"],
    ["answer", "text"],
    ["return", "reason"],
  ])(
    "a text of an officer's %s that is empty, only punctuation, too long or holds control characters is refused by field",
    async (path, field) => {
      const found = await anOffice().submit();
      await found.as("admin", "verification");
      for (const wrong of wrongTexts) {
        const answer = await found.as("worker", path, { [field]: wrong });
        expect([wrong.slice(0, 9), answer.status, fieldsOf(answer)]).toEqual([
          wrong.slice(0, 9),
          400,
          [field],
        ]);
      }
    },
  );

  test.each(["replies", "appeal"])(
    "a text of a reporter's %s that is empty, only punctuation, too long or holds control characters is refused by field",
    async (path) => {
      const found = await anOffice().submit();
      await found.as("admin", "verification");
      await found.as("worker", "answer", { text });
      for (const wrong of wrongTexts)
        expect(fieldsOf(await found.reporter(path, { text: wrong }))).toEqual(["text"]);
    },
  );

  test("an answer without substance is refused by field", async () => {
    const found = await anOffice().submit();
    await found.as("admin", "verification");
    for (const thin of ["Sudah.", "Terima kasih ......................."])
      expect(fieldsOf(await found.as("worker", "answer", { text: thin }))).toEqual(["text"]);
  });

  test.each([
    ["that nobody knows", "nowhere", "tidak ada dalam daftar"],
    ["of another city", "pemkot-samarinda", "bukan instansi Anda"],
    ["above one's own", "pemkot-balikpapan", "bukan instansi Anda"],
    ["that has the case already", "balikpapan-dinas-pu", "sudah berada"],
  ])("an assignment to an agency %s is refused by field", async (_what, agencyId, sentence) => {
    const found = await anOffice().submit();
    await found.as("admin", "verification");
    const { status, body } = await found.as("liaison", "assignment", { agencyId });
    expect([status, body.errors[0].path]).toEqual([400, "agencyId"]);
    expect(body.errors[0].message).toContain(sentence);
  });

  test("an assignment to an agency that was closed is refused by field", async () => {
    const office = anOffice();
    const found = await office.submit();
    await found.as("admin", "verification");
    const unit = await office.directory.agency("balikpapan-uptd-jalan");
    if (unit) await office.directory.put("agency", { ...unit, closedAt: "2026-11-23T00:00:00.000Z" });
    expect(fieldsOf(await found.as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" }))).toEqual([
      "agencyId",
    ]);
  });

  test.each([
    ["verification", { supervised: true, class: "aspiration" }, ["supervised"]],
    ["verification", { category: "nothing" }, ["category"]],
    ["verification", { agencyId: "nowhere" }, ["agencyId"]],
    ["verification", { colour: "red" }, ["colour"]],
    ["archival", { reason: "boring", text }, ["reason"]],
    ["archival", { reason: "duplicate-of", text }, ["duplicateOf"]],
    ["archival", { reason: "duplicate-of", text, duplicateOf: "00000-00000" }, ["duplicateOf"]],
    ["archival", { reason: "abusive", text, duplicateOf: "00000-00000" }, ["duplicateOf"]],
  ])("a wrong %s such as %j is refused by field", async (path, body, fields) => {
    const found = await anOffice().submit();
    expect(fieldsOf(await found.as("national", path, body))).toEqual(fields);
  });

  test.each([[{ stars: 0 }], [{ stars: 6 }], [{ stars: 2.5 }], [{ stars: "5" }], [{}]])(
    "a rating of %j is refused by field",
    async (body) => {
      const found = await anOffice().submit();
      expect(fieldsOf(await found.reporter("confirmation", body))).toEqual(["stars"]);
    },
  );
});

describe("lists", () => {
  const numbersOf = ({ body }: Answer): string[] =>
    body.items.map(({ trackingNumber }: any) => trackingNumber);

  test("lists go on with their cursor to the end, the oldest first for officers and the newest first for the public", async () => {
    const office = anOffice();
    const opened: string[] = [];
    for (let minute = 10; minute < 17; minute++) {
      office.at(`2026-11-24T09:${minute}:00+08:00`);
      opened.push((await office.submit()).number);
    }
    for (const [page, expected] of [
      [
        (cursor?: string) =>
          office.queue("admin", { queue: "verification", limit: "3", ...(cursor && { cursor }) }),
        opened,
      ],
      [(cursor?: string) => office.feed({ limit: "3", ...(cursor && { cursor }) }), opened.toReversed()],
    ] as const) {
      const seen: string[] = [];
      for (let answer = await page(); ; answer = await page(answer.body.cursor)) {
        seen.push(...numbersOf(answer));
        if (answer.body.cursor === null) break;
      }
      expect(seen).toEqual(expected);
    }
  });

  test("lists of another agency, with a forged cursor or with an unknown parameter are refused by field", async () => {
    const office = anOffice();
    const refused = async (who: Who, query: Record<string, string>) =>
      fieldsOf(await office.queue(who, { queue: "assigned", ...query }));
    expect(await refused("worker", { agency: "pemkot-samarinda" })).toEqual(["agency"]);
    expect(await refused("worker", { agency: "nowhere" })).toEqual(["agency"]);
    expect(await refused("auditor", {})).toEqual(["agency"]);
    expect(await refused("worker", { cursor: "abc" })).toEqual(["cursor"]);
    expect(await refused("worker", { limit: "101" })).toEqual(["limit"]);
    expect(await refused("worker", { sort: "x" })).toEqual(["sort"]);
    expect(fieldsOf(await office.queue("worker", { queue: "everything" }))).toEqual(["queue"]);
    expect(fieldsOf(await office.feed({ status: "gone" }))).toEqual(["status"]);
  });

  test("lists of a subtree are for officers above it and for those who watch over all", async () => {
    const office = anOffice();
    const { number, as } = await office.submit();
    await as("admin", "verification");
    const subtree = { queue: "assigned", scope: "subtree" };
    expect(numbersOf(await office.queue("mayor", subtree))).toEqual([number]);
    expect(numbersOf(await office.queue("mayor", { queue: "assigned" }))).toEqual([]);
    expect(numbersOf(await office.queue("observer", { ...subtree, agency: "pemkot-balikpapan" }))).toEqual([
      number,
    ]);
    expect(numbersOf(await office.queue("roads", subtree))).toEqual([]);
  });
});

describe("who has a case now", () => {
  test("everybody is told the agency that has the case, and not the one that the reporter named first", async () => {
    const office = anOffice();
    const found = await office.submit({ agencyId: "balikpapan-uptd-jalan" });
    const shown = async () => {
      const [publics, reporters, list] = await Promise.all([
        found.seenByPublic(),
        found.seenByReporter(),
        office.feed(),
      ]);
      return [publics, reporters].map(({ body }) => body.agency.id).concat(list.body.items[0].agency.id);
    };
    const all = (agency: string) => [agency, agency, agency];
    // The city verifies for its unit, which has no administrator.
    expect(await shown()).toEqual(all("pemkot-balikpapan"));
    await found.as("admin", "verification");
    expect(await shown()).toEqual(all("balikpapan-uptd-jalan"));
    await found.as("admin", "return", { reason: "Bukan kewenangan unit ini." });
    expect(await shown()).toEqual(all("balikpapan-dinas-pu"));
    await found.as("admin", "return", { reason: "Bukan kewenangan dinas ini." });
    await found.as("admin", "return", { reason: "Bukan kewenangan kota ini." });
    expect(await shown()).toEqual(all("kemenpanrb"));
  });
});

describe("the table of moves", () => {
  test("the docs print the table of moves as it is in the code", () => {
    expect(readFileSync("docs/moves.md", "utf8")).toBe(movesDocument()); // npm run moves
  });

  test("somebody may go on in every situation that is not an end, and every situation can be reached", () => {
    for (const situation of situations) {
      const possible = moveNames.filter((move) =>
        (moves[move].by as readonly { when: readonly string[] }[]).some(({ when }) =>
          when.includes(situation),
        ),
      );
      const onwards = possible.filter((move) => moves[move].to.length > 0);
      expect([situation, onwards.length > 0]).toEqual([situation, situation !== "withdrawn"]);
    }
  });

  const paths: Partial<Record<Move, [string, (step: number) => object]>> = {
    verify: ["verification", () => ({})],
    assign: ["assignment", () => ({ agencyId: "balikpapan-uptd-jalan" })],
    return: ["return", (step) => ({ reason: `Bukan kami ${step}` })],
    ask: ["question", (step) => ({ text: `Di mana ${step}?` })],
    "withdraw-question": ["question-withdrawal", (step) => ({ reason: `${text} ${step}` })],
    "correct-answer": ["answer-correction", (step) => ({ text: `${text} ${step}`, reason: text })],
    progress: ["progress", (step) => ({ text: `${text} ${step}` })],
    note: ["notes", (step) => ({ text: `${text} ${step}` })],
    answer: ["answer", (step) => ({ text: `${text} ${step}` })],
    archive: ["archival", (step) => ({ reason: "abusive", text: `${text} ${step}` })],
    object: ["objection", (step) => ({ text: `${text} ${step}` })],
    uphold: ["upholding", (step) => ({ text: `${text} ${step}` })],
    restore: ["restoration", (step) => ({ text: `${text} ${step}` })],
    refer: ["referral", (step) => ({ text: `${text} ${step}` })],
    reply: ["replies", (step) => ({ text: `${text} ${step}` })],
    confirm: ["confirmation", (step) => ({ stars: 1 + (step % 5) })],
    appeal: ["appeal", (step) => ({ text: `${text} ${step}` })],
    separate: ["separation", (step) => ({ text: `${text} ${step}` })],
    redact: ["redaction", (step) => ({ text: `${text} ${step}` })],
    consent: ["referral-consent", () => ({})],
  };

  test("every move of any life of a case leads only to a status that the table names", async () => {
    const anyStep = fc.tuple(
      fc.constantFrom<Who | "reporter">("reporter", ...(Object.keys(staff) as Who[])),
      fc.constantFrom(...(Object.keys(paths) as Move[])),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 40 }), async (steps) => {
        const office = anOffice();
        const found = await office.submit();
        for (const [step, [who, move]] of steps.entries()) {
          const [path, body] = paths[move] as [string, (step: number) => object];
          const before = (await office.cases.find(found.number))!;
          // Past the time in which the same request is a second click.
          office.at(new Date(Date.parse("2026-11-24T09:00:00+08:00") + step * 11 * 60_000).toISOString());
          const isReporters = (moves[move].by[0].roles[0] as string) === "reporter";
          if (isReporters !== (who === "reporter")) continue;
          const answer =
            who === "reporter"
              ? await found.reporter(path, body(step))
              : await found.as(who, path, body(step));
          const after = (await office.cases.find(found.number))!;
          if (answer.status !== 200) {
            expect(after).toEqual(before);
            expect([400, 403, 404, 409]).toContain(answer.status);
            continue;
          }
          const to: readonly string[] = moves[move].to;
          const stays = to.length === 0 || move === "reply" || move === "verify";
          expect(stays ? [...to, before.case.status] : to).toContain(after.case.status);
          expect(after.case.version).toBe(before.case.version + 1);
          expect(after.events).toHaveLength(after.case.version);
          const head = { sequence: after.case.version, hash: after.case.lastHash };
          expect(flaws(found.number, after.events.map(proofOf), [head])).toEqual([]);
          expect(caseState.parse(after.case)).toEqual(after.case);
          if (who !== "reporter")
            expect(answer.body.legalMoves.filter((one: Move) => !moveNames.includes(one))).toEqual([]);
          else
            expect(permittedMoves(situationOf(after.case), { role: "reporter", own: true })).toEqual(
              expect.arrayContaining(answer.body.legalMoves),
            );
        }
      }),
      { numRuns: 60 },
    );
  });
});
