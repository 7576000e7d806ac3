import { describe, expect, test } from "vitest";
import { anOffice } from "../fakes/office.ts";

const own = {
  title: "Petugas minta uang, hubungi 0812-0000-1111",
  text: "Pak Contoh di rumah nomor 7 minta uang. NIK saya 6471994101900001, rek BCA 0123456789.",
};
const reworded = {
  title: "Pungutan liar di kelurahan",
  text: "Seorang petugas meminta uang. HP saya 081200002222.",
};

async function aReport(change = {}) {
  const office = anOffice();
  return { office, ...(await office.submit({ ...own, ...change })) };
}
const publicAndFeed = async ({ office, seenByPublic }: Awaited<ReturnType<typeof aReport>>) =>
  JSON.stringify([(await seenByPublic()).body, (await office.feed()).body]);

describe("masking", () => {
  test("personal data in a report are masked for the public, on the case and in the feed, and nowhere else", async () => {
    const found = await aReport({ location: { regionCode: "64.71", address: "Gang 3, WA 081200003333" } });
    await found.as("admin", "verification");
    await found.as("worker", "progress", { text: "Kami sudah menghubungi warga di 081200004444." });
    await found.as("worker", "answer", {
      text: "Uang dikembalikan ke rek BRI 0001-01-000001-50-1 milik warga.",
    });
    const shown = await publicAndFeed(found);
    expect(shown).not.toMatch(/0812-?0000|6471994101900001|0123456789|000001-50/);
    const seen = (await found.seenByPublic()).body;
    expect(seen.title).toBe("Petugas minta uang, hubungi [nomor telepon disamarkan]");
    expect(seen.text).toContain(
      "NIK saya [nomor identitas disamarkan], rek BCA [nomor rekening disamarkan].",
    );
    expect(seen.timeline[1].content.title).toBe(seen.title);
    const officers = (await found.seenBy("worker")).body;
    expect([officers.title, officers.text]).toEqual([own.title, own.text]);
    expect(officers.location.address).toBe("Gang 3, WA 081200003333");
    expect((await found.office.cases.find(found.number))?.events[0]?.content).toMatchObject(own);
  });

  test("reporters read their own words, and beside them what the public reads", async () => {
    const found = await aReport();
    const { body } = await found.seenByReporter();
    expect([body.title, body.text]).toEqual([own.title, own.text]);
    const publicly = (await found.seenByPublic()).body;
    expect([body.publicTitle, body.publicText]).toEqual([publicly.title, publicly.text]);
    const secret = (await (await aReport({ secret: true })).seenByReporter()).body;
    expect(secret).not.toHaveProperty("publicText");
    expect(secret).not.toHaveProperty("publicTitle");
  });
});

describe("redaction", () => {
  test("after a redaction the public reads the reporter's new words; officers still read the first ones, and what was changed", async () => {
    const found = await aReport();
    await found.as("admin", "verification", { title: "Petugas Contoh minta uang" });
    const { status, body } = await found.reporter("redaction", reworded);
    expect([status, body.redaction, body.publicTitle]).toEqual([200, "reworded", reworded.title]);
    const shown = await publicAndFeed(found);
    for (const first of ["Pak Contoh", "rumah nomor 7", "Petugas Contoh", "0812"])
      expect(shown).not.toContain(first);
    const seen = (await found.seenByPublic()).body;
    expect([seen.title, seen.text]).toEqual([
      reworded.title,
      "Seorang petugas meminta uang. HP saya [nomor telepon disamarkan].",
    ]);
    const told = seen.timeline.at(-1);
    expect([told.text, told.by, told.content]).toEqual([
      "Teks untuk publik diubah oleh pelapor",
      "reporter",
      undefined,
    ]);
    const officers = (await found.seenBy("worker")).body;
    expect(officers.text).toBe(own.text);
    expect(officers.timeline.at(-1).content).toEqual(reworded);
  });

  test("a reporter may redact the title alone, or the text alone, and again", async () => {
    const found = await aReport();
    await found.reporter("redaction", { title: "Judul baru" });
    await found.reporter("redaction", { text: "Teks baru." });
    await found.reporter("redaction", { title: "Judul lebih baru" });
    const { title, text } = (await found.seenByPublic()).body;
    expect([title, text]).toEqual(["Judul lebih baru", "Teks baru."]);
  });

  test("a reporter may hide the whole report: the case is then as if it had been reported as secret", async () => {
    const found = await aReport();
    await found.as("admin", "verification");
    await found.as("worker", "answer", { text: "Petugas yang Anda sebut sudah kami tegur dan pindahkan." });
    expect((await found.reporter("redaction", { hide: true })).status).toBe(200);
    const seen = (await found.seenByPublic()).body;
    for (const field of ["title", "text", "location", "category"]) expect(seen).not.toHaveProperty(field);
    expect(JSON.stringify(seen)).not.toContain("tegur");
    expect((await found.office.feed()).body.items).toEqual([]);
    expect((await found.seenBy("worker")).body.text).toBe(own.text);
    expect((await found.reporter("redaction", { hide: true })).status).toBe(200); // a second click
  });

  test("a hidden report is shown again only in new words: the original never comes back by itself", async () => {
    const found = await aReport();
    await found.reporter("redaction", { text: "Teks baru." });
    await found.reporter("redaction", { hide: true });
    const refused = await found.reporter("redaction", { title: "Judul baru" });
    expect([refused.status, refused.body.errors.map(({ path }: { path: string }) => path)]).toEqual([
      400,
      ["text"],
    ]);
    await found.reporter("redaction", reworded);
    expect(await publicAndFeed(found)).not.toMatch(/Pak Contoh|Teks baru/);
    expect((await found.seenByPublic()).body.title).toBe(reworded.title);
  });

  test("a redaction shows something or hides all, never both and never neither", async () => {
    const found = await aReport();
    for (const body of [{}, { hide: true, text: "Teks baru." }, { hide: false }])
      expect((await found.reporter("redaction", body)).status).toBe(400);
  });

  test("a reporter may redact at any time, also when the case is closed, archived or withdrawn, and stops no clock", async () => {
    const found = await aReport();
    const clocks = async () => (await found.office.cases.get(found.number))?.clocks;
    const before = await clocks();
    expect((await found.reporter("redaction", { text: "Teks baru." })).body.status).toBe("submitted");
    expect(await clocks()).toEqual(before);
    await found.as("admin", "verification");
    await found.as("worker", "answer", { text: "Petugas yang Anda sebut sudah kami tegur dan pindahkan." });
    await found.reporter("confirmation", { stars: 5 });
    expect((await found.reporter("redaction", { text: "Teks lain." })).body.status).toBe("closed");
    const archived = await aReport();
    await archived.as("admin", "archival", { reason: "incomplete", text: "Kurang lengkap." });
    expect((await archived.reporter("redaction", reworded)).body.status).toBe("archived");
    const withdrawn = await aReport();
    await withdrawn.reporter("withdrawal");
    expect((await withdrawn.reporter("redaction", reworded)).body.status).toBe("withdrawn");
  });

  test("only whoever brings the receipt may redact a report", async () => {
    const [found, other] = [await aReport(), await aReport()];
    expect((await found.as("national", "redaction", reworded)).status).toBe(404);
    expect((await other.reporter("redaction", reworded)).status).toBe(200);
    expect((await found.seenByPublic()).body).not.toHaveProperty("redaction");
  });

  test("a redaction leaves a history that proves itself", async () => {
    const found = await aReport();
    await found.reporter("redaction", reworded);
    const proof = (await found.proof()).body;
    expect(proof.events).toHaveLength(2);
    expect(JSON.stringify(proof)).not.toContain(reworded.title);
  });
});
