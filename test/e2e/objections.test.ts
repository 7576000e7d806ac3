import { describe, expect, test, vi } from "vitest";
import { openOffice, openReport, road } from "./office.ts";

const office = openOffice({ now: "2026-11-24T09:00:00+08:00" });
const national = "admin.nasional@kemenpanrb.example";
const otherNational = "admin.nasional@kemendagri.example";
const city = "admin@balikpapan.example";
const province = "admin@kaltim.example";
const unit = "petugas.pu@balikpapan.example";
const citizen = "warga@contoh.example";

const archival = { reason: "not-public-service", text: "Bukan pelayanan publik." };
const text = "Pasar ini milik kota, jadi ini pelayanan publik.";
const because = "Alasan pengarsipan sudah diperiksa kembali.";

let next = 1;

const opened = () => openReport(office, { ...road, reporter: { email: `${next++}.${citizen}` } });

describe("a report that was archived", () => {
  test("a report is objected to in time, decided by the level above, and goes on; a day later nobody may object any more", async () => {
    const [inTime, late, refused, atTop] = [await opened(), await opened(), await opened(), await opened()];
    for (const one of [inTime, late, refused]) {
      await one.move(city, "verification");
      expect((await one.move(city, "archival", archival)).status).toBe(200);
    }
    expect((await atTop.move(national, "archival", archival)).status).toBe(200);
    const { objection } = await inTime.mine();
    expect([objection.state, objection.until]).toEqual(["possible", "2026-12-08T23:59:59.999+08:00"]);

    await office.at("2026-12-08T23:50:00+08:00");
    for (const one of [inTime, refused, atTop]) {
      const { status, body } = await one.reporter("objection", { text });
      expect([status, body.status, body.objection.state]).toEqual([200, "archived", "pending"]);
    }
    await office.at("2026-12-09T00:10:00+08:00");
    expect((await late.reporter("objection", { text })).status).toBe(409);

    const queue = await office.as(province, "GET", "/v1/officer/cases?queue=verification");
    expect(queue.body.items.map((one: { trackingNumber: string }) => one.trackingNumber).sort()).toEqual(
      [inTime.number, refused.number].sort(),
    );
    expect((await inTime.move(city, "restoration", { text: because })).status).toBe(404);
    const granted = await inTime.move(province, "restoration", { text: because });
    expect([granted.body.status, granted.body.agency.id]).toEqual(["assigned", road.agencyId]);
    const upheld = await refused.move(province, "upholding", { text: because });
    expect([upheld.body.status, upheld.body.agency.id]).toEqual(["archived", road.agencyId]);
    expect((await refused.mine()).objection.text).toContain("Ombudsman Republik Indonesia");

    expect((await atTop.move(national, "upholding", { text: because })).status).toBe(403);
    expect((await atTop.move(otherNational, "upholding", { text: because })).body.status).toBe("archived");

    const timeline = (await refused.seen()).timeline.map(({ type }: { type: string }) => type);
    expect(timeline).toEqual(["submitted", "verified", "archived", "objected", "upheld"]);
    const told = async () =>
      (await office.mailbox())
        .filter(
          ({ destination, body }) =>
            destination.to[0]?.endsWith(citizen) && body.text.includes(refused.number),
        )
        .map(({ subject }) => subject.split("] ")[1]);
    await vi.waitFor(
      async () =>
        expect(await told()).toEqual(
          expect.arrayContaining([
            "Laporan Anda diarsipkan",
            "Keberatan Anda kami terima",
            "Keberatan Anda ditolak",
          ]),
        ),
      { timeout: 20_000, interval: 50 },
    );
  });
});

test("a rating is gone from the case, the feed and the queue once its answer is appealed", async () => {
  const { number, move, reporter, seen } = await opened();
  await move(city, "verification");
  await move(unit, "answer", { text: "Kami sudah menambal jalan itu tadi pagi." });
  expect((await reporter("confirmation", { stars: 4 })).body.stars).toBe(4);
  await reporter("appeal", { text: "Berlubang lagi." });
  const feed = (await office.api("/v1/cases")).body.items;
  const queue = (await office.as(city, "GET", "/v1/officer/cases?queue=in-progress")).body.items;
  const all = [await seen(), ...[...feed, ...queue].filter((one) => one.trackingNumber === number)];
  expect(all.map(({ stars }) => stars)).toEqual([undefined, undefined, undefined]);
  expect((await seen()).timeline.find((one: any) => one.type === "confirmed").content).toEqual({ stars: 4 });
});
