import { expect, test, vi } from "vitest";
import { photo } from "../fakes/files.ts";
import { openOffice, road, upload } from "./office.ts";

const office = openOffice({ now: "2026-11-24T09:00:00+08:00" });

async function opened() {
  const reporter = { name: "Warga Contoh", email: "warga@contoh.example", nik: "6471015708850001" };
  const { body } = await office.send({ ...road, reporter });
  const headers = { authorization: `Receipt ${body.receipt}`, "content-type": "application/json" };
  const path = `/v1/cases/${body.trackingNumber}`;
  return {
    withdraw: () => office.api(`${path}/withdrawal`, { method: "POST", headers, body: "{}" }),
    data: async () => (await office.api(`${path}/personal-data`, { headers })).body,
    /** Attaches a photo and waits until it can be downloaded. */
    async attach() {
      const bytes = await photo();
      const file = { name: "jalan.jpg", type: "image/jpeg", size: bytes.length };
      const { body: place } = await office.api(`${path}/attachments`, {
        method: "POST",
        headers,
        body: JSON.stringify(file),
      });
      await upload(place.upload, bytes);
      const address = `${office.addresses.api}${path}/attachments/${place.attachmentId}`;
      const fetched = () => fetch(address, { headers, redirect: "manual" });
      return vi.waitFor(
        async () => {
          const location = (await fetched()).headers.get("location") ?? "";
          expect((await fetch(location)).status).toBe(200);
          return { fetched, location };
        },
        { timeout: 12_000, interval: 100 },
      );
    },
  };
}

test("who reported a case is kept for two years after its end with its files, then removed by the daily job; an open case keeps them", async () => {
  const [ended, open] = [await opened(), await opened()];
  const [gone, kept] = [await ended.attach(), await open.attach()];
  expect((await ended.withdraw()).status).toBe(200);
  expect((await ended.data()).retention.until).toMatch(/^2028-11-23T/);

  expect((await office.at("2028-11-23T09:00:00+08:00")).status).toBe(200);
  expect((await ended.data()).identity.name).toBe("Warga Contoh");

  expect((await office.at("2028-11-25T09:00:00+08:00")).status).toBe(200);
  const after = await ended.data();
  expect(after.identity).toBeNull();
  expect(after.case.timeline.at(-1)).toMatchObject({
    type: "data-removed",
    by: "system",
    content: { what: ["identity", "files"] },
  });
  expect(after.case.attachments).toMatchObject([{ state: "removed" }]);
  expect((await gone.fetched()).status).toBe(404);
  expect((await fetch(gone.location)).status).toBe(404);
  expect((await kept.fetched()).status).toBe(302);
  expect((await open.data()).identity.name).toBe("Warga Contoh");
});
