import sharp from "sharp";
import { expect, test, vi } from "vitest";
import { openOffice, road, upload } from "./office.ts";

// What no other story asks for: each right of a function has to be needed somewhere.
const begins = new Date();
const office = openOffice({ now: begins.toISOString() });
const national = "admin.nasional@kemenpanrb.example";

test("an officer looks for reports like one and at its photo, and its reporter takes the photo back", async () => {
  const { body: sent } = await office.send(road);
  const headers = { authorization: `Receipt ${sent.receipt}`, "content-type": "application/json" };
  const path = `/v1/cases/${sent.trackingNumber}`;
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7a6a5a" } })
    .jpeg()
    .toBuffer();
  const asked = { name: "lubang.jpg", type: "image/jpeg", size: photo.length };
  const { body } = await office.api(`${path}/attachments`, {
    method: "POST",
    headers,
    body: JSON.stringify(asked),
  });
  await upload(body.upload, photo);
  const state = async () => (await office.api(path, { headers })).body.attachments[0].state;
  await vi.waitFor(async () => expect(await state()).toBe("clean"), { timeout: 30_000, interval: 200 });

  const officers = `/v1/officer/cases/${sent.trackingNumber}`;
  expect((await office.as(national, "GET", `${officers}/duplicates`)).status).toBe(200);
  expect((await office.as(national, "GET", `${officers}/attachments/${body.attachmentId}`)).status).toBe(200);
  const removed = await office.api(`${path}/attachments/${body.attachmentId}/removal`, {
    method: "POST",
    headers,
    body: "{}",
  });
  expect(removed.status).toBe(200);
});

test("somebody begins to practise and goes on later; an administrator sees who has finished", async () => {
  const { site } = office.addresses;
  const begun = await fetch(`${site}/latihan/salah-instansi`, {
    method: "POST",
    headers: { origin: site, "content-type": "application/x-www-form-urlencoded" },
    redirect: "manual",
  });
  expect(begun.status).toBe(303);
  const cookie = begun.headers.getSetCookie().map((one) => one.split(";")[0]);
  for (const page of ["/latihan", "/latihan/salah-instansi"]) {
    const seen = await fetch(`${site}${page}`, { headers: { cookie: cookie.join("; ") } });
    expect([page, seen.status]).toEqual([page, 200]);
  }
  expect((await office.as(national, "GET", "/v1/admin/practice?agency=kemenpanrb")).status).toBe(200);
});

test("the search finds a report by the index of the next hour", async () => {
  await office.at(new Date(begins.getTime() + 70 * 60_000).toISOString());
  await vi.waitFor(
    async () => {
      const { body } = await office.api("/v1/cases?q=berlubang");
      expect(body.items.length).toBeGreaterThan(0);
    },
    { timeout: 30_000, interval: 500 },
  );
});
