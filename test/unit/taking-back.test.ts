import { describe, expect, test } from "vitest";
import { flaws } from "../../shared/case/history.ts";
import { placesOf, textFor } from "../../shared/case/views/reading/withheld.ts";
import type { Answer } from "../fakes/gateway.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import type { Who } from "../fakes/staff.ts";

const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const reason = "Pertanyaan ini sudah terjawab oleh berkas.";
const questionText = "Di dekat persimpangan mana?";
const entryOf = ({ body }: Answer, type: string) => body.timeline.findLast((one: any) => one.type === type);
const clockOf = ({ body }: Answer, name: string) => body.clocks.findLast((one: any) => one.clock === name);

type Change = Parameters<ReturnType<typeof anOffice>["submit"]>[0];

/** A case at the department of public works, and what its people do with it. */
async function atWork(change: Change = {}, at = "2026-11-24T09:00:00+08:00") {
  const office = anOffice(at);
  const found = await office.submit(change);
  expect((await found.as("admin", "verification")).status).toBe(200);
  return {
    ...found,
    office,
    stored: async () => (await office.cases.find(found.number))!,
    sequenceOf: async (type: string) => entryOf(await found.seenBy("head"), type).sequence as number,
  };
}

describe("a question that is taken back", () => {
  const asked = async (change: Change = {}) => {
    const found = await atWork(change);
    await found.as("worker", "progress", { text });
    expect((await found.as("worker", "question", { text: questionText })).status).toBe(200);
    return found;
  };

  test("a question that is taken back puts the case where it was asked, and every clock is due as if the reporter had replied then", async () => {
    const [withdrawn, replied] = [await asked(), await asked()];
    for (const { office } of [withdrawn, replied]) office.at("2026-11-30T10:00:00+08:00");
    const answer = await withdrawn.as("worker", "question-withdrawal", { reason });
    await replied.reporter("replies", { text: "Di depan pasar." });
    expect([answer.status, answer.body.status]).toEqual([200, "in-progress"]);
    const [mine, theirs] = [await withdrawn.seenBy("head"), await replied.seenBy("head")];
    expect(mine.body.status).toBe(theirs.body.status);
    for (const clock of ["verification", "response", "completion"])
      expect(clockOf(mine, clock)).toEqual(clockOf(theirs, clock));
    expect(clockOf(mine, "completing-file").state).toBe("cancelled");
    expect(clockOf(mine, "completion").pauses).toHaveLength(1);
    expect(clockOf(mine, "completion").dueDate).not.toBeNull();
  });

  test("a question before verification goes back to the queue of verification, and one after a low rating to the head", async () => {
    const first = await anOffice().submit();
    await first.as("admin", "question", { text: questionText });
    expect((await first.as("admin", "question-withdrawal", { reason })).body.statusText).toBe(
      "Menunggu verifikasi",
    );
    const rated = await atWork();
    await rated.as("worker", "answer", { text });
    await rated.reporter("confirmation", { stars: 1 });
    await rated.as("head", "question", { text: questionText });
    expect((await rated.as("head", "question-withdrawal", { reason })).body.statusText).toBe(
      "Dibuka kembali, menunggu kepala instansi",
    );
  });

  test("a reply that crosses the taking back is kept as a reply, and the case goes on", async () => {
    const found = await asked();
    await found.as("worker", "question-withdrawal", { reason });
    const late = await found.reporter("replies", { text: "Di depan pasar." });
    expect([late.status, late.body.status]).toEqual([200, "in-progress"]);
    expect(entryOf(await found.seenBy("worker"), "replied").content.text).toBe("Di depan pasar.");
  });

  test("a reply at the same moment as the taking back is kept too: it is decided anew", async () => {
    const found = await asked();
    const { append } = found.office.cases;
    found.office.cases.append = async (...moved) => {
      found.office.cases.append = append;
      await found.as("worker", "question-withdrawal", { reason });
      return append(...moved);
    };
    const answer = await found.reporter("replies", { text: "Di depan pasar." });
    expect([answer.status, answer.body.status]).toEqual([200, "in-progress"]);
    expect((await found.stored()).events.map(({ type }) => type).slice(-2)).toEqual([
      "question-withdrawn",
      "replied",
    ]);
  });

  test("a question that was answered, or that was never asked, cannot be taken back, and the refusal says where the case stands", async () => {
    const found = await asked();
    await found.reporter("replies", { text: "Di depan pasar." });
    const late = await found.as("worker", "question-withdrawal", { reason });
    expect([late.status, late.body.currentStatus, late.body.detail]).toEqual([
      409,
      "in-progress",
      "Laporan ini tidak dapat ditarik kembali pertanyaannya sekarang, karena statusnya: Sedang diproses.",
    ]);
  });

  test.each([
    ["auditor", 403],
    ["observer", 403],
    ["elsewhere", 404],
  ] as const)("the %s takes no question back", async (who, status) => {
    const found = await asked();
    expect((await found.as(who, "question-withdrawal", { reason })).status).toBe(status);
  });

  test("a second click takes nothing back twice, and the reason is needed", async () => {
    const found = await asked();
    expect((await found.as("worker", "question-withdrawal", {})).body.errors[0].path).toBe("reason");
    for (let click = 0; click < 2; click++)
      expect((await found.as("worker", "question-withdrawal", { reason })).status).toBe(200);
    const events = (await found.stored()).events.map(({ type }) => type);
    expect(events.filter((type) => type === "question-withdrawn")).toHaveLength(1);
  });

  test("the public reads that a question was taken back, and neither question nor reason; the reporter reads both", async () => {
    const found = await asked();
    await found.as("worker", "question-withdrawal", { reason });
    const shown = JSON.stringify((await found.seenByPublic()).body);
    expect(shown).toContain("Pertanyaan kepada pelapor ditarik kembali");
    expect([shown.includes(reason), shown.includes(questionText)]).toEqual([false, false]);
    expect(entryOf(await found.seenByReporter(), "question-withdrawn").content.reason).toBe(reason);
  });

  test("a case whose question was taken back does not lapse", async () => {
    const found = await asked();
    await found.as("worker", "question-withdrawal", { reason });
    found.office.at("2027-01-20T10:00:00+08:00");
    await found.office.sweep();
    expect((await found.stored()).case.status).toBe("in-progress");
  });
});

const wrongAnswer = "Jalan itu ditambal oleh Bapak Budi Contoh pada tanggal 1 Desember 2026.";
const rightAnswer = "Jalan itu ditambal pada tanggal 10 Desember 2026 oleh petugas kami.";
const slip = "Tanggalnya keliru.";

describe("an answer that is corrected", () => {
  const answered = async (change: Change = {}) => {
    const found = await atWork(change);
    expect((await found.as("worker", "answer", { text: wrongAnswer })).status).toBe(200);
    return found;
  };
  const corrected = async (change: Change = {}) => {
    const found = await answered(change);
    found.office.at("2026-11-27T10:00:00+08:00");
    const answer = await found.as("worker", "answer-correction", { text: rightAnswer, reason: slip });
    expect(answer.status).toBe(200);
    return { ...found, answer };
  };

  test("everybody reads the corrected words, and that and when the answer was corrected, and not what it said before", async () => {
    const found = await corrected();
    for (const seen of [await found.seenByPublic(), await found.seenByReporter()]) {
      expect(entryOf(seen, "answered").content).toMatchObject({
        text: rightAnswer,
        correctedAt: "2026-11-27T02:00:00.000Z",
      });
      expect(entryOf(seen, "answer-corrected").text).toBe("Jawaban diralat oleh instansi");
      expect(JSON.stringify(seen.body.timeline)).not.toMatch(/Budi|1 Desember/);
    }
    expect(JSON.stringify((await found.seenByPublic()).body)).not.toContain(slip);
    expect(entryOf(await found.seenByReporter(), "answer-corrected").content.reason).toBe(slip);
  });

  test.each(["worker", "head", "observer"] as const)("the %s reads both", async (who) => {
    const found = await corrected();
    const seen = await found.seenBy(who);
    expect(entryOf(seen, "answered").content).toMatchObject({
      text: rightAnswer,
      originalText: wrongAnswer,
      originalEvidence: [],
    });
    expect(entryOf(seen, "answer-corrected").content).toMatchObject({ text: rightAnswer, reason: slip });
  });

  test("what a second correction replaced is read by officers and the Ombudsman alone", async () => {
    const found = await corrected();
    const last = "Jalan itu ditambal pada tanggal 12 Desember 2026.";
    await found.as("head", "answer-correction", { text: last, reason: slip });
    for (const seen of [await found.seenByPublic(), await found.seenByReporter()]) {
      expect(entryOf(seen, "answered").content.text).toBe(last);
      expect(JSON.stringify(seen.body.timeline)).not.toMatch(/Budi|10 Desember/);
    }
    expect(JSON.stringify((await found.seenBy("observer")).body)).toMatch(/Budi.*10 Desember/s);
  });

  test("a correction gives the reporter the whole reply window again, and what they were mailed is the day on which the case closes", async () => {
    const found = await answered();
    const before = (await found.seenByReporter()).body.replyUntil;
    found.office.at("2026-12-04T10:00:00+08:00");
    const { body } = await found.as("worker", "answer-correction", { text: rightAnswer, reason: slip });
    expect([before, body.replyUntil]).toEqual([
      "2026-12-08T23:59:59.999+08:00",
      "2026-12-18T23:59:59.999+08:00",
    ]);
    expect(entryOf(await found.seenByReporter(), "answer-corrected").content.replyUntil).toBe(
      body.replyUntil,
    );
    expect(clockOf(await found.seenByReporter(), "reply").dueDate).toBe("2026-12-18");
    found.office.at("2026-12-18T15:00:00+08:00");
    await found.office.sweep();
    expect((await found.stored()).case.status).toBe("answered");
    found.office.at("2026-12-21T10:00:00+08:00");
    await found.office.sweep();
    expect((await found.stored()).case.status).toBe("closed");
  });

  test("a correction does not shorten a window that the reporter was told before days were taken off the calendar", async () => {
    const found = await answered();
    const late = "2027-02-01";
    const { case: stored } = await found.stored();
    const clocks = stored.clocks.map((one) => (one.name === "reply" ? { ...one, due: late } : one));
    await found.office.cases.restate({ ...stored, clocks, replyUntil: `${late}T23:59:59.999+08:00` });
    const { body } = await found.as("worker", "answer-correction", { text: rightAnswer, reason: slip });
    expect(body.replyUntil).toBe(`${late}T23:59:59.999+08:00`);
    expect(clockOf(await found.seenByReporter(), "reply").dueDate).toBe(late);
    expect(entryOf(await found.seenByReporter(), "answer-corrected").content.replyUntil).toBe(
      body.replyUntil,
    );
  });

  test("the limit of the agency stays met on the day of the first answer", async () => {
    const [found, uncorrected] = [await corrected(), await answered()];
    uncorrected.office.at("2026-11-27T10:00:00+08:00");
    for (const clock of ["response", "completion"])
      expect(clockOf(await found.seenByReporter(), clock)).toEqual(
        clockOf(await uncorrected.seenByReporter(), clock),
      );
    expect(clockOf(await found.seenByReporter(), "completion")).toMatchObject({
      state: "met",
      endedAt: "2026-11-24T01:00:00.000Z",
    });
  });

  test("a corrected answer can be disputed, rated and appealed, and a new answer is no correction", async () => {
    for (const [path, body, status] of [
      ["replies", { text: "Belum." }, "in-progress"],
      ["confirmation", { stars: 4 }, "closed"],
      ["appeal", { text: "Belum." }, "in-progress"],
    ] as const) {
      const found = await corrected();
      expect((await found.reporter(path, body)).body.status).toBe(status);
    }
    const disputed = await corrected();
    await disputed.reporter("replies", { text: "Belum." });
    expect(
      (await disputed.as("worker", "answer-correction", { text: wrongAnswer, reason: slip })).status,
    ).toBe(409);
    await disputed.as("worker", "answer", { text });
    expect(entryOf(await disputed.seenByPublic(), "answered").content.correctedAt).toBeUndefined();
  });

  test("the answer of a closed case is corrected too: it stays closed, no clock runs, and the reporter may appeal for as long again", async () => {
    const found = await answered();
    await found.reporter("confirmation", { stars: 4 });
    const before = await found.seenByReporter();
    found.office.at("2026-12-28T10:00:00+08:00");
    expect((await found.reporter("appeal", { text: "Belum." })).status).toBe(409);
    const { status, body } = await found.as("head", "answer-correction", { text: rightAnswer, reason: slip });
    expect([status, body.status, body.stars]).toEqual([200, "closed", 4]);
    const seen = await found.seenByReporter();
    expect(seen.body.clocks).toEqual(before.body.clocks);
    expect([seen.body.appealUntil, entryOf(seen, "answer-corrected").content.appealUntil]).toEqual([
      "2027-01-13T23:59:59.999+08:00",
      "2027-01-13T23:59:59.999+08:00",
    ]);
    expect((await found.stored()).case.nextCheckAt).toBeUndefined();
    found.office.at("2027-01-13T20:00:00+08:00");
    expect((await found.reporter("appeal", { text: "Belum." })).body.status).toBe("in-progress");
  });

  test("a correction that changes nothing, is thin or names a file that is none is refused by field", async () => {
    const found = await answered();
    const refused = async (body: object) => {
      const { status, body: problem } = await found.as("worker", "answer-correction", body);
      return [status, problem.errors.map(({ path }: any) => path)];
    };
    expect(await refused({ text: wrongAnswer, reason: slip })).toEqual([400, ["text"]]);
    expect(await refused({ text: "Sudah.", reason: slip })).toEqual([400, ["text"]]);
    expect(await refused({ text: rightAnswer })).toEqual([400, ["reason"]]);
    expect(await refused({ text: rightAnswer, reason: slip, evidence: ["nothing"] })).toEqual([
      400,
      ["evidence.0"],
    ]);
  });

  test.each([
    ["auditor", 403],
    ["observer", 403],
    ["national", 403],
    ["elsewhere", 404],
  ] as const)("the %s corrects no answer", async (who, status) => {
    const found = await answered();
    expect((await found.as(who, "answer-correction", { text: rightAnswer, reason: slip })).status).toBe(
      status,
    );
  });

  test("of an anonymous case the public reads the date of a correction, and of a secret one nothing that it says", async () => {
    const anonymous = await corrected({ anonymous: true });
    expect(entryOf(await anonymous.seenByPublic(), "answered").content.correctedAt).toBe("2026-11-27");
    const secret = await corrected({ secret: true });
    expect(JSON.stringify((await secret.seenByPublic()).body.timeline)).not.toMatch(/Desember 2026/);
  });
});

const name = "Budi Contoh";
const named = `Petugas kami, Bapak ${name}, sudah menambal jalan itu. Hubungi budi contoh bila perlu.`;

describe("words that are withheld", () => {
  const why = "Nama orang tidak perlu dibaca umum.";
  const withheld = async (who: Who = "admin", change: Change = {}) => {
    const found = await atWork(change);
    await found.as("worker", "progress", { text: named });
    const entry = await found.sequenceOf("progressed");
    const answer = await found.as(who, "withholding", { entry, words: name, reason: why });
    return { ...found, entry, answer };
  };

  test.each(["admin", "head", "mayor", "national"] as const)(
    "the %s withholds a name: the public and the reporter read a mark in its place, wherever it stands in the entry, in capitals or not",
    async (who) => {
      const found = await withheld(who);
      expect(found.answer.status).toBe(200);
      for (const seen of [await found.seenByPublic(), await found.seenByReporter()]) {
        expect(entryOf(seen, "progressed").content.text).toBe(
          "Petugas kami, Bapak [tidak ditampilkan], sudah menambal jalan itu. Hubungi [tidak ditampilkan] bila perlu.",
        );
        expect(JSON.stringify(seen.body)).not.toMatch(/budi contoh/i);
        expect(entryOf(seen, "withheld").text).toBe("Sebagian tulisan petugas ditutup");
      }
      expect(entryOf(await found.seenByReporter(), "withheld").content).toEqual({
        entry: found.entry,
        reason: why,
      });
      expect(entryOf(await found.seenByPublic(), "withheld").content).toBeUndefined();
    },
  );

  test("signs that mean something to whoever searches are words like any other: a telephone number with hyphens is withheld", async () => {
    const found = await atWork();
    const phone = "0812-3456-7890 (Ibu Contoh) [a] a/b a|b {c} $5.00? *^\\";
    await found.as("worker", "progress", { text: `Hubungi ${phone} bila perlu.` });
    const entry = await found.sequenceOf("progressed");
    expect((await found.as("admin", "withholding", { entry, words: phone, reason: why })).status).toBe(200);
    expect(entryOf(await found.seenByReporter(), "progressed").content.text).toBe(
      "Hubungi [tidak ditampilkan] bila perlu.",
    );
  });

  test("all of an entry is withheld, also where it holds a hyphen", async () => {
    const found = await atWork();
    await found.as("worker", "progress", { text: "Kami meninjau-ulang jalan itu." });
    const entry = await found.sequenceOf("progressed");
    expect((await found.as("admin", "withholding", { entry, reason: why })).status).toBe(200);
    expect(JSON.stringify((await found.seenByPublic()).body)).not.toContain("meninjau");
  });

  test("officers and the Ombudsman still read the words, and which were withheld", async () => {
    const found = await withheld();
    for (const who of ["worker", "observer"] as const) {
      const seen = await found.seenBy(who);
      expect(entryOf(seen, "progressed").content.text).toBe(named);
      expect(entryOf(seen, "withheld").content).toEqual({ entry: found.entry, words: name, reason: why });
    }
    expect(JSON.stringify((await found.seenBy("auditor")).body)).not.toContain(name);
  });

  test("the history still proves itself, and the proof does not hold the words", async () => {
    const found = await withheld();
    for (const { body } of [await found.proof(), await found.proofFor("auditor")]) {
      expect(flaws(found.number, body.events, [body.head])).toEqual([]);
      expect(JSON.stringify(body)).not.toMatch(/budi/i);
    }
  });

  test.each([
    ["worker", 403],
    ["liaison", 403],
    ["observer", 403],
    ["auditor", 403],
    ["elsewhere", 404],
  ] as const)("the %s withholds nothing", async (who, status) => {
    const { answer } = await withheld(who);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain(name);
  });

  test("without words all that an officer wrote in the entry is withheld", async () => {
    const found = await atWork();
    await found.as("worker", "question", { text: named });
    const entry = await found.sequenceOf("asked");
    await found.as("head", "withholding", { entry, reason: why });
    expect(entryOf(await found.seenByReporter(), "asked").content.text).toBe("[tidak ditampilkan]");
  });

  test.each([
    ["return", "returned", (found: any) => found.as("admin", "return", { reason: named }), "reason"],
    ["question", "asked", (found: any) => found.as("worker", "question", { text: named }), "text"],
    ["answer", "answered", (found: any) => found.as("worker", "answer", { text: named }), "text"],
    [
      "archival",
      "archived",
      (found: any) => found.as("national", "archival", { reason: "abusive", text: named }),
      "text",
    ],
    [
      "taking back of a question",
      "question-withdrawn",
      async (found: any) => {
        await found.as("worker", "question", { text: questionText });
        return found.as("worker", "question-withdrawal", { reason: named });
      },
      "reason",
    ],
  ])("a name in the text of an officer's %s is withheld", async (_, type, write, field) => {
    const found = await atWork();
    expect((await write(found)).status).toBe(200);
    const entry = entryOf(await found.seenBy("national"), type).sequence;
    const { status } = await found.as("national", "withholding", { entry, words: name, reason: why });
    expect(status).toBe(200);
    const seen = await found.seenByReporter();
    expect(entryOf(seen, type).content[field]).toContain("Bapak [tidak ditampilkan],");
    expect(JSON.stringify(seen.body)).not.toMatch(/budi contoh/i);
    expect(JSON.stringify((await found.seenByPublic()).body)).not.toMatch(/budi contoh/i);
  });

  test("a name in a title that the verifier wrote is withheld on the case, in its history, in the feed and after later moves", async () => {
    const office = anOffice();
    const found = await office.submit();
    await found.as("admin", "verification", { title: `Jalan di depan rumah ${name} rusak` });
    await found.as("admin", "withholding", { entry: 2, words: name, reason: why });
    await found.as("worker", "progress", { text });
    for (const { body } of [await found.seenByPublic(), await found.seenByReporter(), await office.feed()])
      expect([JSON.stringify(body).includes(name), JSON.stringify(body)]).toEqual([
        false,
        expect.stringContaining("Jalan di depan rumah [tidak ditampilkan] rusak"),
      ]);
    expect((await found.seenBy("worker")).body.title).toContain(name);
  });

  test("a name in a title stays withheld where the case is verified again with that title", async () => {
    const office = anOffice();
    const [first, found] = [await office.submit(), await office.submit()];
    await found.as("admin", "verification", { title: `Jalan di depan rumah ${name} rusak` });
    await found.as("admin", "withholding", { entry: 2, words: name, reason: why });
    await found.as("national", "joining", { trackingNumber: first.number });
    await found.reporter("separation", { text: "Bukan laporan yang sama." });
    expect((await found.as("admin", "verification")).status).toBe(200);
    for (const { body } of [await found.seenByPublic(), await found.seenByReporter()])
      expect(JSON.stringify(body)).not.toMatch(/budi contoh/i);
  });

  test("words of an answer stay withheld where a correction says them again; a whole answer is read again once it is corrected", async () => {
    const found = await atWork();
    await found.as("worker", "answer", { text: named });
    const entry = await found.sequenceOf("answered");
    await found.as("head", "withholding", { entry, words: name, reason: why });
    await found.as("worker", "answer-correction", { text: `${named} Sudah selesai.`, reason: slip });
    expect(JSON.stringify((await found.seenByPublic()).body)).not.toMatch(/budi contoh/i);
    await found.as("head", "withholding", { entry, reason: why });
    expect(entryOf(await found.seenByPublic(), "answered").content.text).toBe("[tidak ditampilkan]");
    await found.as("worker", "answer-correction", { text: rightAnswer, reason: slip });
    expect(entryOf(await found.seenByPublic(), "answered").content.text).toBe(rightAnswer);
  });

  test("a name that is withheld in an answer is withheld in the reasons of its corrections too, whichever came first", async () => {
    const found = await atWork();
    await found.as("worker", "answer", { text: `${text} Kata Budi Contoh.` });
    const entry = await found.sequenceOf("answered");
    const correction = (day: string) => ({ text: `${text} ${day}.`, reason: `${day}, kata Budi Contoh.` });
    expect((await found.as("worker", "answer-correction", correction("Senin"))).status).toBe(200);
    const words = { entry, words: "Budi Contoh", reason: "Nama orang." };
    expect((await found.as("head", "withholding", { ...words, entry: entry + 1 })).status).toBe(200);
    expect((await found.as("worker", "answer-correction", correction("Selasa"))).status).toBe(200);
    const { body } = await found.seenByReporter();
    expect(JSON.stringify(body)).not.toContain("Budi Contoh");
    expect(body.timeline.at(-1).content.reason).toBe("Selasa, kata [tidak ditampilkan].");
    expect(JSON.stringify((await found.seenBy("head")).body)).toContain("Selasa, kata Budi Contoh.");
    const again = await found.as("head", "withholding", { ...words, entry: entry + 1, words: "BUDI CONTOH" });
    expect(again.status).toBe(409);
  });

  test("a name in a correction is withheld by the number of the correction, or of the answer", async () => {
    for (const type of ["answer-corrected", "answered"]) {
      const found = await atWork();
      await found.as("worker", "answer", { text: wrongAnswer });
      await found.as("worker", "answer-correction", { text: named, reason: slip });
      const entry = await found.sequenceOf(type);
      expect((await found.as("head", "withholding", { entry, words: name, reason: why })).status).toBe(200);
      for (const seen of [await found.seenByPublic(), await found.seenByReporter()])
        expect(JSON.stringify(seen.body)).not.toMatch(/budi contoh/i);
    }
  });

  test.each([
    ["an entry that is not there", { entry: 99, words: name }, "entry"],
    ["an entry of the reporter", { entry: 1, words: "jalan" }, "entry"],
    ["words that do not stand there", { words: "Siti Contoh" }, "words"],
    ["a reason that repeats the words", { words: name, reason: `Menyebut ${name}.` }, "reason"],
    ["no reason", { words: name, reason: undefined }, "reason"],
    ["words of spaces", { words: "  " }, "words"],
  ])("withholding %s is refused by field", async (_, body, path) => {
    const found = await atWork();
    await found.as("worker", "progress", { text: named });
    const entry = await found.sequenceOf("progressed");
    const { status, body: problem } = await found.as("head", "withholding", { entry, reason: why, ...body });
    expect([status, problem.errors.map((one: any) => one.path)]).toEqual([400, [path]]);
    expect(JSON.stringify(problem)).not.toMatch(/budi|siti/i);
  });

  test("an internal note, which nobody outside reads, and why an identity was opened are not withheld", async () => {
    const found = await atWork({ reporter: { name: "Warga Contoh", email: "warga@contoh.example" } });
    await found.as("worker", "notes", { text: named });
    await found.openIdentity("head", `Memeriksa ${name}.`);
    for (const type of ["noted", "identity-opened"]) {
      const entry = await found.sequenceOf(type);
      const { status, body } = await found.as("head", "withholding", { entry, words: name, reason: why });
      expect([type, status, body.errors[0].path]).toEqual([type, 400, "entry"]);
    }
  });

  test("withholding the same words again changes nothing, soon or late", async () => {
    const found = await withheld();
    const again = () => found.as("admin", "withholding", { entry: found.entry, words: name, reason: why });
    expect((await again()).status).toBe(200);
    found.office.at("2026-11-24T12:00:00+08:00");
    expect((await again()).status).toBe(409);
    expect((await found.stored()).events.filter(({ type }) => type === "withheld")).toHaveLength(1);
  });

  test("a number of which a part is withheld is masked for the public as a whole", () => {
    const withNumber = "Hubungi 0812-3456-7890 sekarang.";
    const to = { reader: "public", language: "id" } as const;
    for (const words of ["0812", "3456", "Hubungi 08", "7890 sekarang"])
      expect([words, textFor(withNumber, [words], to)]).toEqual([words, expect.not.stringMatching(/\d/)]);
    expect(textFor(withNumber, ["Hubungi 08"], to)).toBe("[tidak ditampilkan] sekarang.");
    expect(textFor(withNumber, [], to)).toBe("Hubungi [nomor telepon disamarkan] sekarang.");
  });

  test("words with signs that searches know are found as they are, and over the end of a line", () => {
    expect(placesOf("a.b (c)*", "A.B (c)* axb")).toEqual([{ start: 0, end: 8 }]);
    expect(placesOf("Budi  Contoh", "Pak Budi\nContoh.")).toEqual([{ start: 4, end: 15 }]);
  });
});

describe("what is mailed", () => {
  const reporter = { name: "Warga Contoh", email: "warga@contoh.example" };
  const mailed = async (change: Change = {}) => {
    const found = await atWork({ reporter, ...change });
    const room = aMailRoom(found.office);
    room.at("2026-11-24T10:00:00+08:00");
    await room.forget([found.number]);
    const toReporter = async (address = reporter.email) =>
      (await room.deliver(found.number)).filter(({ to }) => to === address);
    return { ...found, room, toReporter };
  };

  test("the reporter is mailed that they need not answer a question that was taken back", async () => {
    const found = await mailed();
    await found.as("worker", "question", { text: questionText });
    await found.toReporter();
    await found.as("worker", "question-withdrawal", { reason });
    const [mail, ...others] = await found.toReporter();
    expect([mail?.subject, others]).toEqual([
      `[${found.number}] Pertanyaan kami tidak perlu dijawab lagi`,
      [],
    ]);
    expect(mail?.text).toContain("Anda tidak perlu menjawabnya");
    expect(mail?.text).not.toContain(reason);
  });

  test("the reporter is mailed that the answer was corrected and until when they can object, and neither answer nor reason", async () => {
    const found = await mailed();
    await found.as("worker", "answer", { text: wrongAnswer });
    await found.toReporter();
    found.office.at("2026-12-04T10:00:00+08:00");
    await found.as("worker", "answer-correction", { text: rightAnswer, reason: slip });
    const [mail] = await found.toReporter();
    expect(mail?.subject).toBe(`[${found.number}] Jawaban atas laporan Anda diralat`);
    expect(mail?.text).toMatch(/membantahnya sampai .*18 Desember 2026/);
    expect(mail?.text).not.toMatch(/ditambal|keliru/);
  });

  test("the reporters of joined cases are mailed that the answer was corrected", async () => {
    const found = await mailed();
    const follower = await found.office.submit({ reporter: { ...reporter, email: "lain@contoh.example" } });
    await follower.as("national", "joining", { trackingNumber: found.number });
    await found.as("worker", "answer", { text: wrongAnswer });
    await found.toReporter();
    await found.as("worker", "answer-correction", { text: rightAnswer, reason: slip });
    expect((await found.toReporter("lain@contoh.example")).map(({ subject }) => subject)).toEqual([
      `[${follower.number}] Jawaban atas laporan yang diikuti diralat`,
    ]);
  });

  test("the written reason of an extension is mailed without words that were withheld before the mail went out", async () => {
    const office = anOffice();
    const found = await office.submit({ class: "information-request", reporter });
    await found.as("admin", "verification", { formal: true });
    const room = aMailRoom(office);
    room.at("2026-11-24T10:00:00+08:00");
    await room.forget([found.number]);
    await found.as("worker", "extension", { text: named });
    await found.as("head", "withholding", { entry: 3, words: name, reason: "Nama orang." });
    const [mail] = (await room.deliver(found.number)).filter(({ to }) => to === reporter.email);
    expect(mail?.text).toContain("Bapak [tidak ditampilkan], sudah menambal");
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/budi contoh/i);
  });
});
