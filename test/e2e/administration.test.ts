import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { tokenFor } from "../../infra/local/sign-in/token.ts";
import { openOffice, road } from "./office.ts";

// The tests tell one story in order. Each step needs the one before.
const office = openOffice({ now: "2026-11-24T09:00:00+08:00" });

const city = "admin@balikpapan.example";
const liaison = "penghubung.pu@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";
const newcomer = "petugas.drainase@balikpapan.example";
const department = road.agencyId;

const drainage = "/v1/admin/agencies/balikpapan-uptd-drainase";
const entry = {
  name: "UPTD Drainase Kota Balikpapan",
  type: "unit",
  parent: department,
  regionCode: "64.71",
  timeZone: "Asia/Makassar",
  alertEmail: "uptd-drainase@balikpapan.example",
};
const them = "/v1/admin/officers/contoh-petugas-drainase";
const officer = {
  name: "Contoh Petugas Drainase",
  email: newcomer,
  role: "unit-officer",
  agencyId: "balikpapan-uptd-drainase",
};
/**
 * Is told what the department gets. They are invited before any mail is sent, because the functions that send mails
 * remember officers for a minute.
 */
const decider = {
  name: "Contoh Admin PU",
  email: "admin.pu@balikpapan.example",
  role: "agency-admin",
  agencyId: department,
};
const reason = "Digabung dengan dinas.";

test("the city's administrator creates a unit and invites an officer, who signs in and works on a case", async () => {
  expect((await office.as(city, "GET", drainage)).status).toBe(404);
  const made = await office.as(city, "PUT", drainage, entry);
  expect([made.status, made.headers.get("etag")]).toEqual([201, '"1"']);
  expect((await office.as(city, "PUT", them, officer)).status).toBe(201);
  expect((await office.as(city, "PUT", "/v1/admin/officers/contoh-admin-pu", decider)).status).toBe(201);
  const me = await office.as(newcomer, "GET", "/v1/officer/me");
  expect(me.body).toMatchObject({ name: officer.name, agency: { name: entry.name }, mails: "immediate" });
  const chosen = await office.as(newcomer, "PUT", "/v1/officer/me/mail-settings", { mails: "daily" });
  expect(chosen).toMatchObject({ status: 200, body: { mails: "daily" } });
  const listed = await office.as(city, "GET", "/v1/admin/officers?agency=balikpapan-uptd-drainase");
  expect(listed.body.items).toMatchObject([{ id: "contoh-petugas-drainase", mails: "daily" }]);
});

test("nobody else administers the unit: neither its officers nor another city", async () => {
  for (const [email, status] of [
    [unit, 403],
    [newcomer, 403],
    ["auditor@kemenpanrb.example", 403],
    ["admin@samarinda.example", 404],
  ] as const)
    for (const [method, path, body] of [
      ["GET", drainage, undefined],
      ["PUT", drainage, entry],
      ["POST", `${drainage}/closing`, { reason }],
      ["POST", `${them}/dismissal`, { reason }],
    ] as const)
      expect([email, path, (await office.as(email, method, path, body)).status]).toEqual([
        email,
        path,
        status,
      ]);
});

const cases: string[] = [];

test("closing the unit is refused with the count of its open cases until there is a successor, which gets them", async () => {
  for (let each = 0; each < 2; each++) {
    const { trackingNumber } = (await office.send(road)).body;
    const move = (email: string, path: string, body: object) =>
      office.as(email, "POST", `/v1/officer/cases/${trackingNumber}/${path}`, body);
    expect((await move(city, "verification", { supervised: false })).status).toBe(200);
    const assigned = await move(liaison, "assignment", { agencyId: "balikpapan-uptd-drainase" });
    expect(assigned.status).toBe(200);
    expect((await move(newcomer, "progress", { text: "Kami tinjau besok." })).status).toBe(200);
    cases.push(trackingNumber);
  }
  const refused = await vi.waitFor(async () => {
    const answer = await office.as(city, "POST", `${drainage}/closing`, { reason });
    expect(answer).toMatchObject({ status: 409, body: { openCases: 2, openAgencies: [] } });
    return answer;
  });
  expect(refused.body.detail).toContain("2 laporan terbuka");

  const body = { successor: department, reason };
  const closed = await office.as(city, "POST", `${drainage}/closing`, body);
  expect(closed).toMatchObject({
    status: 200,
    body: { successor: department, remainingOfficers: ["contoh-petugas-drainase"] },
  });
  for (const number of cases) {
    const seen = await vi.waitFor(
      async () => {
        const { body } = await office.api(`/v1/cases/${number}`);
        expect(body.agency.id).toBe(department);
        return body;
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(seen.status).toBe("in-progress");
  }
  for (const number of cases) {
    const told = await vi.waitFor(
      async () => {
        const mail = (await office.mailbox()).find(
          ({ destination, body }) =>
            body.text.includes(number) &&
            destination.to.includes(decider.email) &&
            /ditutup|dialihkan/.test(body.text),
        );
        expect(mail).toBeDefined();
        return mail;
      },
      // What else happened to the case within seconds comes in one mail, a minute later.
      { timeout: 90_000, interval: 100 },
    );
    expect(told?.body.text).not.toContain(officer.name);
    const goesOn = await office.as(unit, "POST", `/v1/officer/cases/${number}/progress`, {
      text: "Kami lanjutkan pekerjaan unit itu.",
    });
    expect(goesOn.status).toBe(200);
  }
  expect((await office.as(city, "POST", `${drainage}/closing`, body)).status).toBe(200);
});

test("the dismissed officer is out, and their account with them", async () => {
  const token = await tokenFor(office.addresses, newcomer);
  expect((await office.as(city, "POST", `${them}/dismissal`, { reason })).status).toBe(200);
  // The functions for cases may remember the officer for a minute. This one does not.
  const settings = await office.api("/v1/officer/me/mail-settings", {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ mails: "immediate" }),
  });
  expect(settings.status).toBe(403);
  await expect(tokenFor(office.addresses, newcomer)).rejects.toThrow("was dismissed");
  const account = await fetch(office.addresses.issuer, {
    method: "POST",
    headers: { "x-amz-target": "AWSCognitoIdentityProviderService.AdminGetUser" },
    body: JSON.stringify({ UserPoolId: "ap-southeast-3_local", Username: newcomer }),
  });
  expect(await account.json()).toMatchObject({ Enabled: false });
});

test("an officer who is dismissed before they ever worked on a case never gets in, whatever token they hold", async () => {
  const second = { ...officer, email: "kedua@balikpapan.example", agencyId: department };
  const path = "/v1/admin/officers/contoh-petugas-kedua";
  expect((await office.as(city, "PUT", path, second)).status).toBe(201);
  const token = await tokenFor(office.addresses, second.email);
  expect((await office.as(city, "POST", `${path}/dismissal`, { reason })).status).toBe(200);
  const { status } = await office.api("/v1/officer/me", { headers: { authorization: `Bearer ${token}` } });
  expect(status).toBe(403);
});

const province = "admin@kaltim.example";
const head = "kepala.pu@balikpapan.example";
const newAddress = "kepala.pu.baru@balikpapan.example";

/** Waits for the mails about a request that these words tell apart. Returns whom they went to. */
const mailsAbout = (request: string, words: string, count: number) =>
  vi.waitFor(
    async () => {
      const found = (await office.mailbox()).filter(
        ({ body }) => body.text.includes(request) && body.text.includes(words),
      );
      expect(found).toHaveLength(count);
      return found;
    },
    { timeout: 20_000, interval: 100 },
  );

test("a head's address changes only once the level above has confirmed it, and the old address is told at once", async () => {
  const path = "/v1/admin/officers/contoh-kepala-pu-balikpapan";
  const { id: _, ...entry } = (await office.as(city, "GET", path)).body;
  const token = await tokenFor(office.addresses, head);
  const asked = await office.as(city, "PUT", path, { ...entry, email: newAddress });
  expect(asked).toMatchObject({
    status: 202,
    body: { request: { state: "open", what: ["address"], fields: ["email"], own: true } },
  });
  const { id } = asked.body.request;
  const request = asked.headers.get("location") ?? "";
  expect(request).toBe(`/v1/admin/requests/${id}`);

  const told = await mailsAbout(id, "Belum ada yang berubah", 2);
  expect(told.flatMap(({ destination }) => destination.to).sort()).toEqual([province, head].sort());
  for (const { subject, body } of told)
    for (const kept of [newAddress, head, city, entry.name])
      expect(subject + body.text + body.html).not.toContain(kept);
  expect((await office.as(city, "GET", path)).body.email).toBe(head);
  await expect(tokenFor(office.addresses, newAddress)).rejects.toThrow("no officer");

  for (const [email, status] of [
    [city, 403],
    [head, 403],
    ["admin@samarinda.example", 404],
  ] as const)
    expect([email, (await office.as(email, "POST", `${request}/confirmation`)).status]).toEqual([
      email,
      status,
    ]);
  const listed = await office.as(province, "GET", "/v1/admin/requests");
  expect(listed.body.items).toMatchObject([{ id, own: false, wanted: { email: newAddress } }]);
  for (let click = 0; click < 2; click++)
    expect(await office.as(province, "POST", `${request}/confirmation`)).toMatchObject({
      status: 200,
      body: { request: { id, state: "confirmed", wanted: null } },
    });

  const after = await mailsAbout(id, "berlaku sekarang", 2);
  expect(after.flatMap(({ destination }) => destination.to).sort()).toEqual([city, head].sort());
  const me = await office.as(newAddress, "GET", "/v1/officer/me");
  expect(me.body).toMatchObject({ role: "agency-head", email: newAddress });
  // The old account is out. The function for mail settings remembers nobody.
  const settings = await office.api("/v1/officer/me/mail-settings", {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ mails: "immediate" }),
  });
  expect(settings.status).toBe(403);
  const history = await office.as(city, "GET", `${path}/history`);
  expect(history.body.flaws).toEqual([]);
  expect(history.body.items.slice(1).map(({ text }: any) => text)).toEqual([
    "Dimohonkan, menunggu persetujuan orang kedua: alamat email",
    "Diubah: alamat email, akun (disetujui dua orang)",
  ]);
});

test("an observer of the Ombudsman is appointed by two national administrators, and not where the other one says no", async () => {
  const [first, other] = ["admin.nasional@kemenpanrb.example", "admin.nasional@kemendagri.example"] as const;
  const path = "/v1/admin/officers/contoh-pengamat-kedua";
  const entry = {
    name: "Contoh Pengamat Kedua",
    email: "pengamat.kedua@ombudsman-ri.example",
    role: "ombudsman-observer",
    agencyId: "ombudsman-ri",
  };
  const ask = async () => (await office.as(first, "PUT", path, entry)).body.request.id as string;
  const refused = await ask();
  const no = await office.as(other, "POST", `/v1/admin/requests/${refused}/refusal`, { reason });
  expect(no.body.request.state).toBe("refused");
  expect((await office.as(other, "POST", `/v1/admin/requests/${refused}/confirmation`)).status).toBe(409);
  expect((await office.as(first, "GET", path)).status).toBe(404);
  const again = await ask();
  expect((await office.as(city, "GET", `/v1/admin/requests/${again}`)).status).toBe(404);
  expect((await office.as(other, "POST", `/v1/admin/requests/${again}/confirmation`)).status).toBe(200);
  expect((await office.as(entry.email, "GET", "/v1/officer/me")).body.role).toBe("ombudsman-observer");
});

test("a mailbox outside the domains of the stage waits for the level above", async () => {
  const path = "/v1/admin/agencies/balikpapan-dinas-sosial";
  const { id: _, ...entry } = (await office.as(city, "GET", path)).body;
  const asked = await office.as(city, "PUT", path, { ...entry, alertEmail: "dinas.sosial@mail.contoh.com" });
  expect(asked).toMatchObject({ status: 202, body: { request: { what: ["mailbox"] } } });
  const { id } = asked.body.request;
  const told = await mailsAbout(id, "Belum ada yang berubah", 2);
  expect(told.flatMap(({ destination }) => destination.to).sort()).toEqual(
    [province, entry.alertEmail].sort(),
  );
  const withdrawn = await office.as(city, "POST", `/v1/admin/requests/${id}/withdrawal`, {});
  expect(withdrawn.body.request.state).toBe("withdrawn");
  expect((await office.as(city, "GET", path)).body.alertEmail).toBe(entry.alertEmail);
});

test("the histories tell every change and nobody touched them, and a file that is loaded afterwards leaves the changes as they are", async () => {
  const roads = "/v1/admin/agencies/balikpapan-uptd-pemeliharaan-jalan-dan-jembatan";
  const { id: _, ...before } = (await office.as(city, "GET", roads)).body;
  await office.as(city, "PUT", roads, { ...before, name: "UPTD Jalan dan Jembatan" });
  const { stdout } = await promisify(execFile)("node", [
    "functions/commands/load-directory.ts",
    "--local",
    office.dataDir,
    "shared/directory/data/kalimantan-timur.json",
  ]);
  expect(stdout).toMatch(
    /agencies: 0 added, 0 changed, \d+ unchanged, 1 changed by administrators and kept, 1 not/,
  );
  const texts = async (path: string) => {
    const { body } = await office.as(city, "GET", `${path}/history`);
    expect([path, body.flaws]).toEqual([path, []]);
    return body.items.map(({ text, by }: any) => `${text} (${by.officerId ?? by.role})`);
  };
  const admin = "contoh-admin-balikpapan";
  expect(await texts(drainage)).toEqual([`Dibuat (${admin})`, `Ditutup (${admin})`]);
  expect(await texts(them)).toEqual([
    `Didaftarkan (${admin})`,
    "Diubah: pilihan email (contoh-petugas-drainase)",
    `Diberhentikan (${admin})`,
  ]);
  expect(await texts(roads)).toEqual(["Dibuat (system)", `Diubah: nama (${admin})`]);
});

test("no log holds a name, an address or a reason", () => {
  for (const file of ["Administration.log", "HandOverCases-Function.log", "Emails-Function.log"]) {
    const log = readFileSync(join(office.dataDir, "logs", file), "utf8");
    expect(log).toMatch(/"route":"PUT \/v1\/admin\/agencies\/\{id\}"|cases handed over|mail sent/);
    for (const told of [officer.name, newcomer, "kedua@", city, head, newAddress, reason])
      expect(log).not.toContain(told);
  }
});
