import { expect, test, vi } from "vitest";
import holidays from "../../shared/deadline/calendar/holidays-id.json" with { type: "json" };
import { openOffice, road } from "./office.ts";

const office = openOffice({ now: "2026-05-04T09:00:00+08:00" });
const national = "admin.nasional@kemenpanrb.example";
const city = "admin@balikpapan.example";

test("a changed decree is tried dry, then moves the open cases, which say so", async () => {
  const { body: sent } = await office.send(road);
  const number = sent.trackingNumber as string;
  const path = `/v1/officer/cases/${number}`;
  expect((await office.as(city, "POST", `${path}/verification`, {})).status).toBe(200);
  const decree = {
    year: 2026,
    decree: "SKB contoh tentang perubahan hari libur 2026",
    days: [
      ...holidays["2026"].days,
      { date: "2026-05-11", kind: "joint-leave", name: "Cuti bersama contoh" },
    ],
  };
  const put = (query = "") => office.as(national, "PUT", `/v1/admin/calendars/2026${query}`, decree);
  const dry = await put("?dryRun=true");
  expect([dry.status, dry.body.trial.complete]).toEqual([200, true]);
  expect(dry.body.trial.examples).toContainEqual({
    trackingNumber: number,
    clock: "response",
    from: "2026-05-11",
    to: "2026-05-12",
  });
  expect((await office.as(city, "PUT", "/v1/admin/calendars/2026", decree)).status).toBe(403);
  expect((await put()).body.version).toBe(2);
  // Open cases wait until no function remembers the old holidays.
  const lastEvent = async () => (await office.as(national, "GET", path)).body.timeline.at(-1);
  await vi.waitFor(
    async () =>
      expect(await lastEvent()).toMatchObject({
        type: "recounted",
        content: { cause: "new-calendar", basis: decree.decree },
      }),
    { timeout: 200_000, interval: 500 },
  );
  // Warm functions see the new version within a minute.
  await office.at("2026-05-04T09:02:00+08:00");
  const { body } = await office.api("/v1/deadlines?class=complaint&from=2026-05-04");
  expect(body.clocks.find(({ clock }: any) => clock === "response").dueDate).toBe("2026-05-12");
}, 240_000);
