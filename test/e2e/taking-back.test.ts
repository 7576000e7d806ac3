import { describe, expect, test, vi } from "vitest";
import { photo } from "../fakes/files.ts";
import { openOffice, road, upload } from "./office.ts";

const office = openOffice();

const city = "admin@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";
const head = "kepala.pu@balikpapan.example";
const observer = "pengamat@ombudsman-ri.example";
const email = "warga@contoh.example";
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";

/** A case at the department of public works. */
async function atWork() {
  const sent = await office.send({ ...road, reporter: { name: "Warga Contoh", email } });
  expect(sent.status).toBe(201);
  const number = sent.body.trackingNumber as string;
  const receipt = { authorization: `Receipt ${sent.body.receipt}`, "content-type": "application/json" };
  const as = (who: string, path: string, body?: object) =>
    office.as(who, body ? "POST" : "GET", `/v1/officer/cases/${number}${path}`, body);
  expect((await as(city, "/verification", {})).status).toBe(200);
  return {
    number,
    as,
    receipt,
    mine: (path = "", body?: object) =>
      office.api(`/v1/cases/${number}${path}`, {
        headers: receipt,
        ...(body && { method: "POST", body: JSON.stringify(body) }),
      }),
    seenByPublic: async () => (await office.api(`/v1/cases/${number}`)).body,
    mailed: async (subject: string) =>
      vi.waitFor(
        async () => {
          const mails = (await office.mailbox()).filter(
            (mail) => mail.destination.to.includes(email) && mail.subject === `[${number}] ${subject}`,
          );
          expect(mails).toHaveLength(1);
          return mails[0]?.body.text ?? "";
        },
        { timeout: 20_000, interval: 100 },
      ),
  };
}
const entryOf = (view: any, type: string) => view.timeline.findLast((one: any) => one.type === type);

describe("what officers wrote", () => {
  test("a question is taken back, and its reporter is mailed that they need not answer", async () => {
    const found = await atWork();
    await found.as(unit, "/question", { text: "Di dekat persimpangan mana?" });
    const { status, body } = await found.as(unit, "/question-withdrawal", {
      reason: "Sudah jelas dari foto.",
    });
    expect([status, body.status]).toEqual([200, "assigned"]);
    expect(await found.mailed("Pertanyaan kami tidak perlu dijawab lagi")).toContain(
      "tidak perlu menjawabnya",
    );
    expect((await found.mine("/replies", { text: "Di depan pasar." })).status).toBe(200);
    expect((await found.as(unit, "/question-withdrawal", { reason: "Lagi." })).status).toBe(409);
  });

  test("an answer is corrected and a name in it is withheld: the public, the reporter and the feed read neither", async () => {
    const found = await atWork();
    await found.as(unit, "/answer", { text: `${text} Tanggal 1 Desember 2026.` });
    const right = `${text} Dikerjakan oleh Bapak Budi Contoh.`;
    const corrected = await found.as(unit, "/answer-correction", {
      text: right,
      reason: "Tanggalnya keliru.",
    });
    expect([corrected.status, corrected.body.status]).toEqual([200, "answered"]);
    expect(await found.mailed("Jawaban atas laporan Anda diralat")).toContain("membantahnya sampai");
    const { sequence } = entryOf((await found.as(unit, "")).body, "answered");
    const withheld = { entry: sequence, words: "Budi Contoh", reason: "Nama orang." };
    expect((await found.as(unit, "/withholding", withheld)).status).toBe(403);
    expect((await found.as(head, "/withholding", withheld)).status).toBe(200);
    for (const seen of [await found.seenByPublic(), (await found.mine()).body]) {
      expect(entryOf(seen, "answered").content).toMatchObject({
        text: `${text} Dikerjakan oleh Bapak [tidak ditampilkan].`,
        correctedAt: expect.any(String),
      });
      expect(JSON.stringify(seen.timeline)).not.toMatch(/Budi|1 Desember/);
    }
    expect(entryOf((await found.as(observer, "")).body, "answered").content).toMatchObject({
      text: right,
      originalText: `${text} Tanggal 1 Desember 2026.`,
    });
  });

  test("a file is removed by the side that attached it, from the bucket too", async () => {
    const found = await atWork();
    const bytes = await photo();
    const form = await found.as(unit, "/attachments", {
      name: "KTP Budi Contoh.jpg",
      type: "image/jpeg",
      size: bytes.length,
    });
    const { attachmentId } = form.body;
    await upload(form.body.upload, bytes);
    const listed = async () =>
      (await found.mine()).body.attachments.find((one: any) => one.attachmentId === attachmentId);
    await vi.waitFor(async () => expect((await listed())?.state).toBe("clean"), {
      timeout: 12_000,
      interval: 100,
    });
    const download = () =>
      fetch(`${office.addresses.api}/v1/cases/${found.number}/attachments/${attachmentId}`, {
        headers: { authorization: found.receipt.authorization },
        redirect: "manual",
      });
    const { headers } = await download();
    const removal = `/attachments/${attachmentId}/removal`;
    expect((await found.mine(removal, {})).status).toBe(403);
    expect((await found.as(head, removal, {})).status).toBe(200);
    expect((await found.as(head, removal, {})).status).toBe(200);
    expect(await listed()).toMatchObject({
      state: "removed",
      removedBy: "agency-head",
      originalRemoved: true,
    });
    expect((await download()).status).toBe(404);
    expect((await fetch(headers.get("location") ?? "")).status).toBe(404);
  });
});
