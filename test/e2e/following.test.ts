import { expect, test, vi } from "vitest";
import { openOffice, road } from "./office.ts";

const office = openOffice();
const email = "pengikut@contoh.example";
const city = "admin@balikpapan.example";
const form = { "content-type": "application/x-www-form-urlencoded" };

/** Waits until so many mails came to whoever follows, and returns them in their order. */
const mails = (count: number) =>
  vi.waitFor(
    async () => {
      const own = (await office.mailbox()).filter(({ destination }) => destination.to.includes(email));
      expect(own).toHaveLength(count);
      return own;
    },
    { timeout: 20_000, interval: 50 },
  );

/** The path of the link of a sort in a mail. */
const linkIn = (text: string | undefined, sort: "follow" | "unsubscribe"): string =>
  new URL(new RegExp(`https?://\\S+/v1/${sort}/[\\w-]+`).exec(text ?? "")?.[0] ?? "about:blank").pathname;

test("somebody follows a public case by e-mail: they confirm, read of an event that the public reads of, and stop with one click", async () => {
  const { body: sent } = await office.send(road);
  const number = String(sent.trackingNumber);
  const follow = (of: string) =>
    office.api(`/v1/cases/${of}/followers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email }),
    });
  const { body: hidden } = await office.send({ ...road, secret: true });
  expect((await follow(String(hidden.trackingNumber))).status).toBe(404);
  expect(await follow(number)).toMatchObject({ status: 202, body: { trackingNumber: number } });

  const [asked] = await mails(1);
  expect(asked?.subject).toContain(number);
  const link = linkIn(asked?.body.text, "follow");
  const page = await office.api(link);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const pressed = await office.api(link, {
    method: "POST",
    headers: { ...form, accept: "text/html" },
    body: "follow=yes",
  });
  expect([pressed.status, String(pressed.body)]).toEqual([200, expect.stringContaining("Kabar laporan itu")]);

  expect((await office.as(city, "POST", `/v1/officer/cases/${number}/verification`, {})).status).toBe(200);
  const [, news] = await mails(2);
  expect(news?.body.text).toContain("Terverifikasi");
  expect(news?.body.text).not.toContain(road.title);

  const stop = linkIn(news?.body.text, "unsubscribe");
  for (const _ of [1, 2])
    expect(
      (await office.api(stop, { method: "POST", headers: form, body: "List-Unsubscribe=One-Click" })).status,
    ).toBe(200);
  const progress = { text: "Kami sudah meninjau jalan itu." };
  const unit = "petugas.pu@balikpapan.example";
  expect((await office.as(unit, "POST", `/v1/officer/cases/${number}/progress`, progress)).status).toBe(200);
  // A mail that was asked for later has come, so one about that event would have come too.
  const other = "lain@contoh.example";
  const answer = await office.api(`/v1/cases/${number}/followers`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: other }),
  });
  expect(answer.status).toBe(202);
  await vi.waitFor(
    async () =>
      expect((await office.mailbox()).some(({ destination }) => destination.to.includes(other))).toBe(true),
    { timeout: 20_000, interval: 50 },
  );
  await mails(2);
});
