import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Case, caseState } from "../../shared/case/case.ts";
import { caseFrom, caseItem } from "../../shared/case/store/case-item-store.ts";
import { anOffice } from "../fakes/office.ts";
import type { Who } from "../fakes/staff.ts";

const text = "Kami sudah menambal jalan itu tadi pagi.";

/** Submits a report and has it answered. */
async function answered() {
  const office = anOffice();
  const found = await office.submit();
  await found.as("admin", "verification");
  await found.as("worker", "answer", { text });
  const state = async () => {
    const now = await office.cases.get(found.number);
    if (!now) throw new Error("The case is gone");
    return now;
  };
  /** Everywhere where somebody reads the case, as it is now. */
  const everywhere = async () => {
    const views = await Promise.all([
      found.seenByPublic(),
      found.seenByReporter(),
      found.seenBy("worker"),
      found.seenBy("observer"),
      found.seenBy("auditor"),
    ]);
    const lists = [
      await office.feed(),
      ...(await Promise.all(
        (["in-progress", "answered"] as const).map((queue) =>
          office.queue("mayor", { queue, scope: "subtree" }),
        ),
      )),
    ];
    const { body: data } = await found.personalData();
    const shown = [
      ...views.map(({ body }) => body),
      ...lists.flatMap(({ body }) => body.items),
      data.case ?? {},
    ];
    return [...shown.map(({ stars }: any) => stars), (await state()).stars];
  };
  const starsShown = async () => [...new Set(await everywhere())];
  return { ...found, office, state, starsShown };
}

describe("a rating", () => {
  test("of three stars and more stands while the case is closed by it, for everybody", async () => {
    const { reporter, starsShown, seenByPublic } = await answered();
    const rated = await reporter("confirmation", { stars: 4 });
    expect([rated.body.status, rated.body.stars]).toEqual(["closed", 4]);
    expect((await seenByPublic()).body.stars).toBe(4);
    expect((await starsShown()).filter((stars) => stars !== undefined)).toEqual([4]);
  });

  test("is gone everywhere once the answer is appealed, and the history keeps to which answer it was given", async () => {
    const { reporter, starsShown, seenByReporter } = await answered();
    await reporter("confirmation", { stars: 4 });
    expect((await reporter("appeal", { text: "Berlubang lagi." })).body.stars).toBeUndefined();
    expect(await starsShown()).toEqual([undefined]);
    const { timeline } = (await seenByReporter()).body;
    const answer = timeline.find(({ type }: any) => type === "answered");
    const rating = timeline.find(({ type }: any) => type === "confirmed");
    expect(rating.content).toEqual({ stars: 4, answer: answer.sequence });
  });

  test("of one or two stars is given to the answer that it disputes, so no case shows it as its own", async () => {
    for (const stars of [1, 2]) {
      const { reporter, starsShown, seenByPublic, seenBy } = await answered();
      const low = await reporter("confirmation", { stars, comment: "Masih berlubang." });
      expect([low.body.status, low.body.stars]).toEqual(["in-progress", undefined]);
      expect(await starsShown()).toEqual([undefined]);
      expect((await seenByPublic()).body.timeline.at(-1)).toMatchObject({
        type: "reopened",
        content: { stars },
      });
      expect((await seenBy("head")).body.timeline.at(-1).content).toMatchObject({ stars, answer: 3 });
    }
  });

  test("of a new answer is its own: the one before it is never shown with it", async () => {
    const { as, reporter, starsShown, seenBy } = await answered();
    await reporter("confirmation", { stars: 2 });
    await as("head", "answer", { text: `${text} Sekarang rata.` });
    expect(await starsShown()).toEqual([undefined]);
    await reporter("confirmation", { stars: 5 });
    expect((await starsShown()).filter((stars) => stars !== undefined)).toEqual([5]);
    const given = (await seenBy("mayor")).body.timeline.filter(({ content }: any) => content?.stars);
    expect(given.map(({ content }: any) => [content.stars, content.answer])).toEqual([
      [2, 3],
      [5, 5],
    ]);
  });

  test("does not come with a case that closes by itself after its answer was disputed", async () => {
    const { as, office, reporter, starsShown, state } = await answered();
    await reporter("confirmation", { stars: 1 });
    await as("head", "answer", { text: `${text} Sekarang rata.` });
    office.at("2026-12-10T09:00:00+08:00");
    await office.sweep();
    expect([(await state()).closure, await starsShown()]).toEqual(["automatic", [undefined]]);
  });

  test("tells the public no number of an event: the public counts events of its own", async () => {
    const { reporter, seenByPublic } = await answered();
    await reporter("confirmation", { stars: 3 });
    expect((await seenByPublic()).body.timeline.at(-1).content).toEqual({ stars: 3 });
  });

  test("that was stored with a case before it was reopened or answered anew is read as none, and the case still parses", async () => {
    const { state, reporter, as } = await answered();
    const { answerNumber: _, ...old } = await state();
    const stale: Case[] = [
      { ...old, stars: 1 },
      { ...old, status: "in-progress", stars: 2, awaits: "agency-head" },
      { ...old, status: "closed", closure: "automatic", stars: 2 },
    ];
    for (const one of stale) {
      expect(caseState.parse(one).stars).toBe(one.stars);
      expect(caseFrom(caseItem(one)).stars).toBeUndefined();
    }
    const rated: Case = { ...old, status: "closed", closure: "confirmed", stars: 5 };
    expect(caseFrom(caseItem(rated))).toEqual(rated);
    expect((await reporter("confirmation", { stars: 4 })).status).toBe(200);
    expect((await as("national", "notes", { text })).status).toBe(200);
    expect((await state()).stars).toBe(4);
  });

  test("whatever happens, only a case that its reporter closed with a rating has stars, and they are the last that were given", async () => {
    const steps: [Who | "reporter", string, (step: number) => object][] = [
      ["worker", "answer", (step) => ({ text: `${text} ${step}` })],
      ["head", "answer", (step) => ({ text: `${text} ${step}` })],
      ["mayor", "answer", (step) => ({ text: `${text} ${step}` })],
      ["worker", "question", (step) => ({ text: `Di mana ${step}?` })],
      ["reporter", "confirmation", (step) => ({ stars: 1 + (step % 5) })],
      ["reporter", "appeal", (step) => ({ text: `Banding ${step}` })],
      ["reporter", "replies", (step) => ({ text: `Belum ${step}` })],
      ["reporter", "redaction", (step) => ({ text: `Teks ${step}` })],
      ["national", "archival", (step) => ({ reason: "abusive", text: `Arsip ${step}` })],
      ["national", "restoration", (step) => ({ text: `Pulih ${step}` })],
      ["reporter", "objection", (step) => ({ text: `Keberatan ${step}` })],
      ["observer", "upholding", (step) => ({ text: `Tetap ${step}` })],
      ["observer", "restoration", (step) => ({ text: `Pulih ${step}` })],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(steps.length - 1), { minLength: 5, maxLength: 20 }),
        async (chosen) => {
          const { as, reporter, state, office, number } = await answered();
          for (const [step, index] of chosen.entries()) {
            const [who, path, body] = steps[index]!;
            await (who === "reporter" ? reporter(path, body(step)) : as(who, path, body(step)));
            const { status, closure, stars } = await state();
            const events = (await office.cases.find(number))?.events ?? [];
            const given = events.findLast((event) => event.type === "confirmed" || event.type === "reopened");
            const isRated = status === "closed" && closure === "confirmed";
            expect(stars).toBe(isRated ? (given?.content as { stars: number }).stars : undefined);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
