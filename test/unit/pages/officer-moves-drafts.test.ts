import { describe, expect, test } from "vitest";
import { addressOfMove } from "../../../shared/page/officer/move-addresses.ts";
import type { DraftStore } from "../../../shared/visitor/draft-store.ts";
import { officerDraftsOf } from "../../../shared/visitor/officer-draft-flow.ts";
import { pageIn } from "../../fakes/browsing.ts";
import { memoryDrafts } from "../../fakes/memory/draft-store.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";

const said = "Kami sudah meninjau lokasi dan menambal jalan itu.";

/** An office with a case at work, and the address at which it is answered. */
async function beforeAnAnswer() {
  const office = anOffice();
  const { number } = await office.submit();
  await office.as("national", number, "verification", { agencyId: "balikpapan-dinas-pu" });
  return { office, number, address: addressOfMove(number, "answer") };
}

describe("what an officer typed", () => {
  test("is kept when the session ends in the middle, and is there after signing in again", async () => {
    const { office, address } = await beforeAnAnswer();
    const browser = await office.browserOf("worker");
    await browser.get(address);
    office.at("2026-11-24T10:01:00+08:00");
    const late = await browser.send(address, { text: said, seen: "2", lakukan: "kirim" });
    expect([late.status, late.headers.location]).toEqual([
      303,
      `/petugas/masuk?${new URLSearchParams({ ke: address, karena: "simpan" })}`,
    ]);
    const again = pageIn(await (await office.browserOf("worker")).get(address));
    expect(again.value("text")).toBe(said);
    expect(again.text).toContain("Draf dari Selasa, 24 November 2026 pukul 10.01 WITA");
  });

  test("is there on another device, and for nobody else", async () => {
    const { office, address } = await beforeAnAnswer();
    const saved = await (await office.browserOf("worker")).send(address, { text: said, lakukan: "simpan" });
    expect(saved.headers.location).toBe(`${address}?sudah=simpan`);
    const onPhone = pageIn(await (await office.browserOf("worker")).get(`${address}?sudah=simpan`));
    expect(onPhone.value("text")).toBe(said);
    expect(onPhone.text).toContain("Tersimpan selama tujuh hari");
    expect(pageIn(await (await office.browserOf("liaison")).get(address)).value("text")).toBe("");
  });

  test("is there for seven days, and no longer", async () => {
    const { office, address } = await beforeAnAnswer();
    await (await office.browserOf("worker")).send(address, { text: said, lakukan: "simpan" });
    office.at("2026-12-01T08:59:00+08:00");
    expect(pageIn(await (await office.browserOf("worker")).get(address)).value("text")).toBe(said);
    office.at("2026-12-01T09:00:00+08:00");
    expect(pageIn(await (await office.browserOf("worker")).get(address)).value("text")).toBe("");
  });

  test("is shown with what others did since", async () => {
    const { office, number, address } = await beforeAnAnswer();
    const browser = await office.browserOf("worker");
    const seen = pageIn(await browser.get(address)).value("seen");
    await browser.send(address, { text: said, seen, lakukan: "simpan" });
    await office.as("liaison", number, "progress", { text: "Aspalnya sudah dipesan." });
    expect(pageIn(await browser.get(address)).text).toContain("Aspalnya sudah dipesan.");
  });

  test("is gone when it is sent, and when the officer drops it", async () => {
    const { office, address } = await beforeAnAnswer();
    const browser = await office.browserOf("worker");
    await browser.send(address, { text: said, lakukan: "simpan" });
    await browser.send(address, { lakukan: "buang" });
    expect(pageIn(await browser.get(address)).value("text")).toBe("");
    await browser.send(address, { text: said, lakukan: "simpan" });
    await browser.send(address, { text: said, withoutEvidence: "true", lakukan: "kirim" });
    expect(await office.officerDrafts.of(staff.worker.subject, address)).toBeUndefined();
  });

  test("stays when the answer is refused, and when the case moved on it is shown to be copied", async () => {
    const { office, number, address } = await beforeAnAnswer();
    const browser = await office.browserOf("worker");
    await browser.send(address, { text: said, lakukan: "simpan" });
    await browser.send(address, { text: "Sudah.", withoutEvidence: "true", lakukan: "kirim" });
    expect(pageIn(await browser.get(address)).value("text")).toBe(said);
    await office.as("liaison", number, "answer", { text: said.replace("menambal", "mengaspal") });
    const shown = await browser.get(address);
    expect([shown.status, pageIn(shown).text.includes(said)]).toEqual([409, true]);
  });

  test("leads to the page for files and back, with the text in place", async () => {
    const { office, number, address } = await beforeAnAnswer();
    const browser = await office.browserOf("worker");
    const led = await browser.send(address, { text: said, lakukan: "lampirkan" });
    expect(led.headers.location).toBe(`${addressOfMove(number, "attach")}?untuk=jawab`);
    const attaching = pageIn(await browser.get(led.headers.location ?? ""));
    expect(attaching.all("a").flatMap(({ attrs }) => attrs.map(({ value }) => value))).toContain(address);
    expect(pageIn(await browser.get(address)).value("text")).toBe(said);
  });

  test("of somebody who left is out of reach for whoever signs in after them", async () => {
    const { office, address } = await beforeAnAnswer();
    await (await office.browserOf("worker")).send(address, { text: said, lakukan: "simpan" });
    const gone = await office.admin("admin", "POST", `officers/${staff.worker.id}/dismissal`, {
      reason: "Pensiun.",
    });
    expect(gone.status).toBe(200);
    const shown = await (await office.browserOf("worker")).get(address);
    expect(shown.status).toBe(403);
    expect(String(shown.body)).not.toContain(said);
  });
});

describe("drafts of officers", () => {
  /** A store that remembers everything that was put into it. */
  const watched = () => {
    const seen: string[] = [];
    const inner = memoryDrafts();
    const store: DraftStore = {
      ...inner,
      put: (id, stored) => {
        seen.push(JSON.stringify([id, stored]));
        return inner.put(id, stored);
      },
    };
    return { store, seen };
  };
  const hash = async (text: string) => `keyed ${text}`;

  test("say in the table neither whose they are nor what is in them, nor which case they are about", async () => {
    const { store, seen } = watched();
    const drafts = officerDraftsOf(store, { hash, now: () => new Date() });
    await drafts.keep("subjek-rahasia", "/petugas/laporan/QE2YE-5P512/jawab", { text: said });
    expect(seen).toHaveLength(1);
    expect(seen.join()).not.toMatch(/subjek|QE2YE|menambal/);
    expect((await drafts.of("subjek-rahasia", "/petugas/laporan/QE2YE-5P512/jawab"))?.values).toEqual({
      text: said,
    });
  });

  test("of two devices the later one wins, also where both store at once", async () => {
    const drafts = officerDraftsOf(memoryDrafts(), { hash, now: () => new Date() });
    const kept = await Promise.all(
      Array.from({ length: 3 }, (_, at) => drafts.keep("s", "/a", { text: `Naskah ${at}` })),
    );
    expect(kept).toEqual([true, true, true]);
    expect((await drafts.of("s", "/a"))?.version).toBe(3);
  });

  test("take the place of one that expired or that another key had sealed", async () => {
    let at = new Date("2026-11-24T01:00:00Z");
    const { store } = watched();
    const drafts = officerDraftsOf(store, { hash, now: () => at });
    await drafts.keep("s", "/a", { text: "lama" });
    await drafts.keep("s", "/a", { text: "lama lagi" });
    at = new Date("2026-12-24T01:00:00Z");
    expect(await drafts.of("s", "/a")).toBeUndefined();
    expect(await drafts.keep("s", "/a", { text: "baru" })).toBe(true);
    expect((await drafts.of("s", "/a"))?.values.text).toBe("baru");
    const otherStage = officerDraftsOf(store, { hash: async () => "another key", now: () => at });
    expect(await otherStage.of("s", "/a")).toBeUndefined();
  });

  test("that are too long are refused, and what was kept before stays", async () => {
    const drafts = officerDraftsOf(memoryDrafts(), { hash, now: () => new Date() });
    await drafts.keep("s", "/a", { text: said });
    expect(await drafts.keep("s", "/a", { text: "x".repeat(260_000) })).toBe(false);
    expect((await drafts.of("s", "/a"))?.values.text).toBe(said);
  });
});
