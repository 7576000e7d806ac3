import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { openOffice, road } from "./office.ts";

const office = openOffice();

const observer = "pengamat@ombudsman-ri.example";
const auditor = "auditor@kemenpanrb.example";
const reason = "Pelapor meminta salinan laporannya di loket.";
const { identitySearchesOfDay: limit } = stageNamed("dev");
const search = (nik: string) => office.as(observer, "POST", "/v1/officer/identity-search", { nik, reason });

test("an observer searches as often as the stage allows, also at once; the auditor reads each search and nobody's number", async () => {
  const nik = "6471015708859999";
  const { body } = await office.send({
    ...road,
    anonymous: true,
    reporter: { name: "Warga Contoh", nik, phone: "081299999999" },
  });
  const answers = [];
  // Somebody clicks four times at once.
  while (answers.length < limit + 8)
    answers.push(...(await Promise.all(Array.from({ length: 4 }, () => search(nik)))));
  const taken = answers.filter(({ status }) => status === 200);
  expect(taken.length).toBeLessThanOrEqual(limit);
  for (const one of taken) expect(one.body).toEqual({ items: [], cursor: null });
  const refused = answers.find(({ status }) => status === 429);
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused?.body.detail).toContain(`${limit} kali hari ini`);

  const list = await office.as(auditor, "GET", "/v1/officer/identity-searches");
  expect(list.body.items).toMatchObject([{ ofDay: limit }]);
  const path = `/v1/officer/identity-searches/${list.body.items[0].officerId}`;
  const history = await office.as(auditor, "GET", path);
  expect([history.status, history.body.flaws]).toEqual([200, []]);
  const searched = history.body.items.filter(({ event }: any) => event.type === "searched");
  expect(searched).toHaveLength(limit);
  expect(searched[0].event).toMatchObject({ role: "ombudsman-observer", by: "nik", reason });
  expect(JSON.stringify(history.body)).not.toContain(nik);
  expect((await office.as(observer, "GET", path)).status).toBe(403);

  // Nothing of it shows at the case that was looked for.
  const { receipt, trackingNumber } = body;
  const mine = await office.api(`/v1/cases/${trackingNumber}`, {
    headers: { authorization: `Receipt ${receipt}` },
  });
  expect(mine.body.timeline).toHaveLength(1);
  const logs = join(office.dataDir, "logs");
  for (const file of readdirSync(logs)) expect(readFileSync(join(logs, file), "utf8")).not.toContain(nik);
});

test("a head who is made unit officer searches and opens nothing from that moment on", async () => {
  const head = "kepala.pu@balikpapan.example";
  const { body: sent } = await office.send({ ...road, anonymous: false, reporter: { name: "Warga Contoh" } });
  const ofCase = `/v1/officer/cases/${sent.trackingNumber}`;
  const tries = async () => {
    const nik = "6471015708859998";
    const answers = [
      await office.as(head, "POST", "/v1/officer/identity-search", { nik, reason }),
      await office.as(head, "POST", `${ofCase}/identity-opening`, { reason }),
      await office.as(head, "POST", `${ofCase}/attachments/00000000-0000-4000-8000-000000000000/opening`, {
        reason,
      }),
    ];
    return answers.map(({ status }) => status);
  };
  expect(await tries()).toEqual([200, 200, 404]);
  const demoted = await office.as(
    "admin@balikpapan.example",
    "PUT",
    "/v1/admin/officers/contoh-kepala-pu-balikpapan",
    {
      name: "Contoh Kepala PU Balikpapan",
      email: head,
      role: "unit-officer",
      agencyId: "balikpapan-dinas-pekerjaan-umum",
    },
  );
  expect(demoted.status).toBe(200);
  expect(await tries()).toEqual([403, 403, 403]);
});
