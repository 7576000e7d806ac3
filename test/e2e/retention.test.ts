import { expect, test } from "vitest";
import { openOffice, road } from "./office.ts";

const office = openOffice({ now: "2026-11-24T09:00:00+08:00" });

async function opened() {
  const reporter = { name: "Warga Contoh", email: "warga@contoh.example", nik: "6471015708850001" };
  const { body } = await office.send({ ...road, reporter });
  const headers = { authorization: `Receipt ${body.receipt}`, "content-type": "application/json" };
  const path = `/v1/cases/${body.trackingNumber}`;
  return {
    withdraw: () => office.api(`${path}/withdrawal`, { method: "POST", headers, body: "{}" }),
    data: async () => (await office.api(`${path}/personal-data`, { headers })).body,
  };
}

test("who reported a case is kept for two years after its end, then removed by the daily job; an open case keeps it", async () => {
  const [ended, open] = [await opened(), await opened()];
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
    content: { what: ["identity"] },
  });
  expect((await open.data()).identity.name).toBe("Warga Contoh");
});
