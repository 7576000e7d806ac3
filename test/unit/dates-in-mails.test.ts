import { describe, expect, it } from "vitest";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";

const email = "warga@contoh.example";

/** Submits a report on Tuesday, 24 November 2026. `mailed` is the newest mail to its reporter. */
async function aReport(change: object = {}) {
  const office = anOffice("2026-11-24T09:00:00+08:00");
  const found = await office.submit({ reporter: { email }, ...change });
  const room = aMailRoom(office);
  room.at("2026-11-24T09:00:00+08:00");
  const mailed = async () => {
    const mails = await room.deliver(found.number);
    const late = await room.flush("2026-11-24T12:00:00+08:00");
    return [...mails, ...late].findLast(({ to }) => to === email)?.text ?? "";
  };
  return { ...found, mailed };
}

describe("a mail to a reporter", () => {
  it("about a question says by when to reply, and what happens after that", async () => {
    const { as, mailed } = await aReport();
    await as("admin", "verification");
    await mailed();
    await as("worker", "question", { text: "Di dekat persimpangan mana?" });
    expect(await mailed()).toContain(
      "Jawablah paling lambat Kamis, 24 Desember 2026, WITA. Sesudah itu laporan dianggap dicabut.",
    );
  });

  it("about a question that was answered meanwhile names no day to reply", async () => {
    const { as, reporter, mailed } = await aReport();
    await as("admin", "verification");
    await as("worker", "question", { text: "Di dekat persimpangan mana?" });
    await reporter("replies", { text: "Di depan pasar." });
    expect(await mailed()).not.toContain("paling lambat Kamis, 24 Desember");
  });

  it("about its verification says by when the agency has to respond and to complete it", async () => {
    const { as, mailed } = await aReport();
    await as("admin", "verification");
    const text = await mailed();
    expect(text).toMatch(/Tanggapan awal paling lambat\s*: Selasa, 1 Desember 2026, WITA/);
    expect(text).toMatch(/Penyelesaian paling lambat\s*: Senin, 14 Desember 2026, WITA/);
  });

  it("about an answer names no limit of the agency: it has met them", async () => {
    const { as, mailed } = await aReport();
    await as("admin", "verification");
    await as("worker", "answer", { text: "Sudah kami tutup.", evidence: [] });
    const text = await mailed();
    expect(text).toContain("mengajukan banding sampai Selasa, 8 Desember 2026, WITA.");
    expect(text).not.toMatch(/Penyelesaian paling lambat/);
  });

  it("about a secret report names no day either", async () => {
    const { as, mailed } = await aReport({ secret: true });
    await as("admin", "verification");
    await as("worker", "question", { text: "Di dekat persimpangan mana?" });
    expect(await mailed()).not.toMatch(/Desember/);
  });
});
